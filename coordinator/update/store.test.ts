import { randomBytes } from 'node:crypto';
import {
  appendFileSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { importPublicKey, nodeSigner } from '../../shared/protocol/ed25519-node.ts';
import { type KeyPair, makeKeyPair } from '../../shared/protocol/keys.ts';
import { type Manifest, signManifest } from '../../shared/update/manifest.ts';
import { filesOf, NOT_FOR_SEATS, packed } from './package-file.ts';
import { addPackage, UpdateStore } from './store.ts';

const releaseKey = makeKeyPair(randomBytes);
const publicKey = importPublicKey(releaseKey.x);
if (!publicKey) throw new Error('no key');

let tmp = '';
beforeEach(() => {
  tmp = mkdtempSync(join(tmpdir(), 'hallvote-store-'));
  mkdirSync(join(tmp, 'next/dist/terminal'), { recursive: true });
  writeFileSync(join(tmp, 'next/package.json'), '{}');
  writeFileSync(join(tmp, 'next/dist/terminal/main.js'), 'run()');
  writeFileSync(join(tmp, 'next/dist/terminal/again.js'), 'run()');
  writeFileSync(join(tmp, 'release.pub'), releaseKey.x);
});
afterEach(() => rmSync(tmp, { recursive: true }));

const file = () => join(tmp, 'next.update');
const store = () => join(tmp, 'updates');

it('what only a register’s documents need is in no seat’s package', async () => {
  const folder = join(tmp, 'next');
  for (const part of [
    'dist/coordinator/papers/fonts',
    'dist/coordinator/cli',
    'node_modules/@img/sharp',
    'node_modules/zod',
  ]) {
    mkdirSync(join(folder, part), { recursive: true });
    writeFileSync(join(folder, part, 'one'), part);
  }
  const paths = (await filesOf(folder)).map(({ path }) => path);
  expect(paths).toEqual(expect.arrayContaining(['dist/coordinator/cli/one', 'node_modules/zod/one']));
  expect(paths.filter((path) => /papers|@img/.test(path))).toEqual([]);
  // The installers have the same list.
  const scripts = readFileSync(join(import.meta.dirname, '../../hardware/provision/common.sh'), 'utf8');
  const [, listed = ''] = /^NOT_FOR_SEATS='([^']*)'/m.exec(scripts) ?? [];
  expect(listed.split(/\s+/)).toEqual([...NOT_FOR_SEATS]);
});

async function pack(more: Partial<Manifest> = {}, key: KeyPair = releaseKey): Promise<Buffer> {
  const folder = join(tmp, 'next');
  const files = await filesOf(folder);
  const manifest: Manifest = {
    typ: 'release',
    v: 1,
    version: '1',
    order: 1,
    note: '',
    arch: 'x64',
    node: '22.1.0',
    files,
    ...more,
  };
  const pieces: Uint8Array[] = [];
  for await (const piece of packed(folder, manifest, signManifest(manifest, nodeSigner(key))))
    pieces.push(piece);
  const bytes = Buffer.concat(pieces);
  writeFileSync(file(), bytes);
  return bytes;
}

describe('a package', () => {
  it('is offered when all of it is as it was signed, each content once', async () => {
    await pack({ version: '2.0.0' });
    const added = await addPackage(store(), file(), publicKey);
    expect(added).toMatchObject({ ok: true, value: { manifest: { version: '2.0.0' } } });
    const offer = new UpdateStore(store(), join(tmp, 'release.pub'));
    expect(offer.look()).toBe(true);
    const { release } = offer.offered;
    expect(offer.manifest(release?.hash ?? '')).toBe(release?.text);
    for (const { sha256, size } of release?.manifest.files ?? [])
      expect(readFileSync(offer.content(sha256) ?? '')).toHaveLength(size);
    expect(readdirSync(join(store(), release?.hash ?? '', 'contents'))).toHaveLength(2);
    expect(offer.look()).toBe(false);
  });

  it('replaces the one before, which is not served any more', async () => {
    await pack();
    const first = await addPackage(store(), file(), publicKey);
    const offer = new UpdateStore(store(), join(tmp, 'release.pub'));
    offer.look();
    writeFileSync(join(tmp, 'next/package.json'), '{"other":1}');
    await pack({ order: 2 });
    await addPackage(store(), file(), publicKey);
    expect(offer.look()).toBe(true);
    expect(offer.offered.release?.manifest.order).toBe(2);
    expect(first.ok && offer.manifest(first.value.hash)).toBe(null);
  });

  it.each([
    ['of another key', () => pack({}, makeKeyPair(randomBytes)), 'not-signed'],
    ['with something behind its end', async () => pack().then(() => appendFileSync(file(), 'x')), 'altered'],
    ['cut short', async () => writeFileSync(file(), (await pack()).subarray(0, -1)), 'altered'],
    ['that is empty', async () => writeFileSync(file(), ''), 'malformed'],
    [
      'that never ends its first line',
      async () => writeFileSync(file(), Buffer.alloc(20 << 20, 'a')),
      'malformed',
    ],
  ])('%s is refused, and nothing is left of it', async (_what, make, reason) => {
    await make();
    expect(await addPackage(store(), file(), publicKey)).toEqual({ ok: false, reason });
    expect(readdirSync(store())).toEqual([]);
  });

  it('of which any byte was changed is refused', async () => {
    const good = await pack();
    await fc.assert(
      fc.asyncProperty(fc.nat(good.length - 1), fc.integer({ min: 1, max: 255 }), async (at, by) => {
        const bent = Buffer.from(good);
        bent[at] = (bent[at] ?? 0) ^ by;
        writeFileSync(file(), bent);
        expect(await addPackage(store(), file(), publicKey)).toMatchObject({ ok: false });
      }),
      { numRuns: 150 },
    );
  });

  it('that was spoilt in the coordinator’s own folder is not offered, and nothing stops', async () => {
    await pack();
    const added = await addPackage(store(), file(), publicKey);
    const hash = added.ok ? added.value.hash : '';
    const offer = new UpdateStore(store(), join(tmp, 'release.pub'));
    writeFileSync(join(store(), hash, 'manifest.jws'), 'rubbish');
    offer.look();
    expect(offer.offered.release).toBeNull();
    expect(offer.offered.problem).toContain('malformed');
    writeFileSync(join(store(), 'offered'), '../../etc');
    offer.look();
    expect(offer.offered.release).toBeNull();
    expect(offer.content('../../etc/passwd')).toBeNull();
  });
});
