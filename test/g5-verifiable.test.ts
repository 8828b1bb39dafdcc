import { randomBytes } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type BundleFiles, packArchive, unpackArchive } from '../coordinator/export/archive.ts';
import { hashes, ledgerLine, type Manifest, makeBundle } from '../coordinator/export/bundle.ts';
import { Ledger } from '../coordinator/ledger/ledger.ts';
import { verifyBundle } from '../coordinator/verify/verify.ts';
import { nodeSigner } from '../shared/ed25519-node.ts';
import { parseJws, parseJwsOfAnyLength, signJws } from '../shared/jws.ts';
import { makeKeyPair } from '../shared/keys.ts';
import { type LedgerRow, ledgerHash } from '../shared/ledger-hash.ts';
import type { OpenHall } from './open-hall.ts';
import { tiedSitting, wholeSitting } from './whole-sitting.ts';

let open: OpenHall;
let rows: LedgerRow[];
let bundle: Uint8Array;

function rowsOf({ ledgerFile }: OpenHall): LedgerRow[] {
  const ledger = Ledger.read(ledgerFile);
  const all = [...ledger.rows()];
  ledger.close();
  return all;
}

function bundleOf(hall: OpenHall): Uint8Array {
  const made = makeBundle(rowsOf(hall), nodeSigner(hall.key));
  if (!made.ok) throw new Error(made.problem);
  return made.bytes;
}

beforeAll(async () => {
  open = await wholeSitting();
  rows = rowsOf(open);
  bundle = bundleOf(open);
});

afterAll(() => open.close());

/** The rows again with a sound chain, as somebody would make it who has no keys. */
function rechain(changed: readonly LedgerRow[]): LedgerRow[] {
  let prev = '0'.repeat(64);
  return changed.map((row, i) => {
    const next = { ...row, seq: i + 1, prev };
    prev = ledgerHash(next);
    return { ...next, hash: prev };
  });
}

/** A bundle around these rows whose manifest is signed with `key`: all that can be forged with it, forged. */
function forge(changed: readonly LedgerRow[], key = open.key): Uint8Array {
  const files = unpackArchive(bundle);
  const last = changed.at(-1);
  if (!files || !last) throw new Error('no bundle');
  const ledger = Buffer.from(changed.map((row) => `${ledgerLine(row)}\n`).join(''));
  const others: BundleFiles = { ...files, 'ledger.jsonl': ledger };
  const manifest: Manifest = {
    typ: 'manifest',
    v: 1,
    sitting: 'sitting-1',
    entries: last.seq,
    head: last.hash,
    files: hashes(others),
  };
  return packArchive({ ...others, 'manifest.jws': Buffer.from(signJws(manifest, nodeSigner(key))) });
}

const broken = (bytes: Uint8Array) => {
  const verification = verifyBundle(bytes);
  return verification.ok ? null : verification.broken;
};

describe('G5 verifiable', () => {
  it('verifies a sitting in which everything happened', () => {
    const verification = verifyBundle(bundle, { key: open.key.kid });
    expect(verification).toMatchObject({ ok: true });
    expect([...(verification.sitting?.rounds.keys() ?? [])]).toEqual([
      'm1/t1',
      'm1/1',
      'm1/2',
      'm2/1',
      'm2/2',
      'm3/1',
      'm4/1',
    ]);
    expect(verification.sitting?.rounds.get('m1/2')?.result).toMatchObject({
      cast: 5,
      present: 6,
      notPressed: 1,
    });
    expect(verification.sitting?.rounds.get('m4/1')?.result?.source).toBe('by-hand');
  });

  it('verifies a runoff made from a tie', async () => {
    const tied = await tiedSitting();
    const verification = verifyBundle(bundleOf(tied));
    await tied.close();
    expect(verification).toMatchObject({ ok: true });
    const outcome = verification.sitting?.rounds.get('m2/1')?.result?.outcome;
    expect(outcome).toMatchObject({ runoffPlaces: 1 });
    const runoff = verification.sitting?.rounds.get('m2-r1/1')?.result?.outcome;
    expect(runoff?.kind === 'selection' && runoff.order.map(({ id, standing }) => [id, standing])).toEqual([
      ['c2', 'selected'],
      ['c3', 'outvoted'],
    ]);
  });

  it('finds any flipped bit, wherever it is', () => {
    const positions = new Set([0, 4, 10, 20, 30, bundle.length - 1, bundle.length - 12]);
    const step = Math.max(1, Math.floor(bundle.length / 400));
    for (let at = 0; at < bundle.length; at += step) positions.add(at);
    const missed = [...positions].filter((at) => {
      const changed = Uint8Array.from(bundle);
      changed[at] = (changed[at] ?? 0) ^ (1 << (at % 8));
      return broken(changed) === null;
    });
    expect(positions.size).toBeGreaterThan(300);
    expect(missed).toEqual([]);
  });

  it('finds entries dropped, swapped, doubled or put in, though chain, manifest and archive are made anew', () => {
    for (let at = 0; at < rows.length; at += 1) {
      const row = rows[at];
      const next = rows[at + 1];
      if (!row) continue;
      expect(broken(forge(rechain(rows.toSpliced(at, 1)))), `entry ${at + 1} dropped`).not.toBeNull();
      expect(broken(forge(rechain(rows.toSpliced(at, 0, row)))), `entry ${at + 1} doubled`).not.toBeNull();
      if (next)
        expect(
          broken(forge(rechain(rows.toSpliced(at, 2, next, row)))),
          `entry ${at + 1} swapped`,
        ).not.toBeNull();
    }
  });

  it('names the first broken entry', () => {
    const at = rows.findIndex((row) => row.type === 'ballot');
    const row = rows[at];
    if (!row) throw new Error('no ballot');
    const other = rows.findLast((candidate) => candidate.type === 'ballot');
    const changed = rows.with(at, { ...row, body: other?.body ?? '' });
    expect(broken(forge(rechain(changed)))).toMatchObject({ entry: row.seq });
  });

  it('refuses a ballot that the coordinator itself would invent, and a result it would change', () => {
    const signer = nodeSigner(open.key);
    const invented = rows.map((row) => {
      if (row.type !== 'ballot') return row;
      const payload = parseJws(row.body)?.payload;
      return typeof payload === 'object' && payload
        ? { ...row, body: signJws({ ...payload, choice: { kind: 'decision', option: 'against' } }, signer) }
        : row;
    });
    expect(broken(forge(rechain(invented)))?.what).toContain('not signed by terminal');
    const at = rows.findIndex((row) => row.type === 'result');
    const row = rows[at];
    const payload = row && parseJwsOfAnyLength(row.body)?.payload;
    if (!row || typeof payload !== 'object' || !payload || !('result' in payload))
      throw new Error('no result');
    const lie = JSON.parse(JSON.stringify(payload).replace('"for":1', '"for":2'));
    expect(broken(forge(rechain(rows.with(at, { ...row, body: signJws(lie, signer) }))))).toMatchObject({
      entry: row.seq,
    });
  });

  it('refuses derived files that do not say what the ledger says', () => {
    const files = unpackArchive(bundle);
    if (!files) throw new Error('no files');
    for (const name of [
      'results.json',
      'roll.csv',
      'votes.csv',
      'report.html',
      'motions.json',
      'keys.json',
    ] as const) {
      const others = { ...files, [name]: Buffer.from(Buffer.from(files[name]).toString().replace('1', '2')) };
      const last = rows.at(-1);
      const manifest: Manifest = {
        typ: 'manifest',
        v: 1,
        sitting: 'sitting-1',
        entries: last?.seq ?? 0,
        head: last?.hash ?? '',
        files: hashes(others),
      };
      const forged = packArchive({
        ...others,
        'manifest.jws': Buffer.from(signJws(manifest, nodeSigner(open.key))),
      });
      expect(broken(forged)?.what, name).toContain(name);
    }
  });

  it('refuses another coordinator’s bundle, rubbish, and half a bundle', () => {
    expect(verifyBundle(bundle, { key: makeKeyPair(randomBytes).kid })).toMatchObject({ ok: false });
    expect(broken(forge(rows, makeKeyPair(randomBytes)))?.what).toContain('manifest');
    for (const rubbish of [
      new Uint8Array(),
      randomBytes(5000),
      bundle.slice(0, bundle.length / 2),
      bundle.slice(1),
      Buffer.concat([bundle, Buffer.from([0])]),
    ])
      expect(broken(rubbish)).not.toBeNull();
  });
});
