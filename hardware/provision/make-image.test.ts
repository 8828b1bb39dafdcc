import { spawnSync } from 'node:child_process';
import { readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { installsUnderRoot, KEY, run, tmp } from '../testing/under-root.ts';

installsUnderRoot();

const TOOLS = ['mmdebstrap', 'sfdisk', 'mkfs.vfat', 'mcopy', 'mke2fs', 'xz'];
const hasTools = spawnSync('which', TOOLS).status === 0;

describe('make-image', () => {
  it.each([
    [[], 'the name of the image is missing'],
    [['seat.zip'], 'seat.zip: call it .img or .img.xz'],
    [['seat.img', 'other.img'], 'only one image at a time'],
    [['seat.img', '--colour'], '--colour: unknown'],
    [['seat.img', '--from', '/nowhere/raspios.img'], '/nowhere/raspios.img: cannot be read'],
    [['seat.img', '--from', '/dev/null', '--base', 'bare'], '--from and --base exclude each other'],
  ])('refuses %j in one line', (args, what) => {
    const { status, stderr } = run('make-image', args);
    expect(status).toBe(2);
    expect(stderr).toContain(what);
    expect(stderr.trim().split('\n')).toHaveLength(1);
  });

  it('takes a release key as text or as a file, and never the secret one', () => {
    const secret = join(tmp, 'release.key');
    writeFileSync(secret, `${KEY}\n`, { mode: 0o600 });
    const given = (key: string) => run('make-image', ['--dry-run', '--release-key', key, 'seat.img']);
    const refused = given(secret);
    expect(refused.status).toBe(2);
    expect(refused.stderr).toContain('only its owner may read this file');
    expect(refused.stderr).not.toContain(KEY);
    expect(given('short').stderr).toContain('--release-key short: is no public key');
  });

  it.skipIf(!hasTools)('gives the seat the release key', () => {
    const file = join(tmp, 'release.pub');
    writeFileSync(file, `${KEY}\n`, { mode: 0o644 });
    for (const key of [KEY, file]) {
      const { stdout } = run('make-image', ['--dry-run', '--release-key', key, join(tmp, 'seat.img')]);
      expect(stdout).toMatch(new RegExp(`install-seat\\.sh --image .*--release-key ${KEY} `));
    }
  });

  it.skipIf(!hasTools)('says what it would do, and leaves nothing behind', () => {
    const before = readdirSync(tmp).sort();
    const { status, stdout } = run('make-image', ['--dry-run', join(tmp, 'seat.img')]);
    expect(status).toBe(0);
    for (const what of [
      'would run: mmdebstrap',
      'would run in the image: /run/hallvote/package/hardware/provision/install-seat.sh --image',
      `would write: ${join(tmp, 'seat.img')}`,
    ])
      expect(stdout).toContain(what);
    expect(readdirSync(tmp).sort()).toEqual(before);
  });

  it.skipIf(!hasTools)('would take Raspberry Pi OS where it is given', () => {
    const from = join(tmp, 'raspios.img.xz');
    writeFileSync(from, '');
    const { stdout } = run('make-image', ['--dry-run', '--from', from, join(tmp, 'seat.img')]);
    expect(stdout).toContain(`would unpack: ${from}`);
    expect(stdout).not.toContain('mmdebstrap');
  });
});
