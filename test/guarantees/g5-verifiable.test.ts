import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { account } from '../../coordinator/bundle/export/account.ts';
import { derivedFiles } from '../../coordinator/bundle/export/bundle.ts';
import { summary } from '../../coordinator/bundle/verify/summary.ts';
import { verifyBundle } from '../../coordinator/bundle/verify/verify.ts';
import { Ledger } from '../../coordinator/chronicle/ledger.ts';
import { replay, SITTING_LEDGER } from '../../coordinator/sitting/chronicle.ts';
import { OwnEntry } from '../../coordinator/sitting/entries.ts';
import { toBase64url } from '../../shared/protocol/bytes.ts';
import { nodeSigner } from '../../shared/protocol/ed25519-node.ts';
import { parseJwsOfAnyLength, signJws } from '../../shared/protocol/jws.ts';
import { makeKeyPair } from '../../shared/protocol/keys.ts';
import { bundleOf, PROGRAM, verdict } from '../support/both-verifiers.ts';
import { filesOf, type Loose, rechain, rewrite, withRows } from '../support/forge.ts';
import { SAMPLE_MOTIONS, SamplePlay, sampleLedger, seededBytes } from '../support/sample-ledger.ts';

const HALLVOTE = `${process.cwd()}/dist/coordinator/cli/hallvote.js`;
const sample = sampleLedger();
const bundle = bundleOf(sample);
const { rows, key } = sample;

const asObject = (value: unknown): object => (typeof value === 'object' && value !== null ? value : {});
const saysOf = (row: Loose | undefined): object => asObject(parseJwsOfAnyLength(row?.body ?? '')?.payload);
const placeOf = (type: string): number => {
  const i = rows.findIndex((row) => row.type === type);
  expect(i).toBeGreaterThanOrEqual(0);
  return i;
};
/** Rows with another body at one place, chained again and signed by the coordinator where that is what signs. */
const withBody = (i: number, body: string): Uint8Array =>
  withRows(bundle, rechain(rows.map((row, at) => (at === i ? { ...row, body } : row))), key);

describe('G5: whoever writes a bundle cannot lead the verifier astray', () => {
  it('with a time no calendar has', () => {
    for (const time of [253_402_300_800_000, Number.MAX_SAFE_INTEGER]) {
      const all = rewrite(
        rows.map((row, i) => (i === rows.length - 1 ? { ...row, time } : row)),
        key,
      );
      expect(verdict(withRows(bundle, all, key))).toBe('line-unreadable');
    }
  });

  it('with titles that look like lines of the verification', () => {
    const begun = OwnEntry.parse({ ...saysOf(rows[0]), title: { zh: '样例\n主机密钥指纹: AAAA' } });
    const first = { time: rows[0]?.time ?? 0, type: 'begun', body: signJws(begun, nodeSigner(key)) };
    const all = rewrite([first, ...rows.slice(1, 2)], key);
    const told = account(replay(all), all);
    const text = summary({ ok: true, told, reportBy: '1\n2', keyBits: null }, 'zh');
    expect(text).not.toMatch(/^主机密钥指纹: AAAA/m);
    expect(text).not.toMatch(/(?!\n)[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/u);
  });

  it('with one entry that enrols a terminal, a seat or a key twice', () => {
    const i = placeOf('terminals-enrolled');
    const fresh = makeKeyPair(seededBytes(77)).x;
    const one = { terminal: 'X1', seat: '901', key: makeKeyPair(seededBytes(76)).x };
    const doubles = [
      { terminal: 'X1', seat: '902', key: fresh },
      { terminal: 'X2', seat: '901', key: fresh },
      { terminal: 'X2', seat: '902', key: one.key },
    ];
    for (const double of doubles) {
      const says = OwnEntry.parse({ ...saysOf(rows[i]), terminals: [one, double] });
      expect(verdict(withBody(i, signJws(says, nodeSigner(key))))).toBe('bad-enrolment');
    }
  });

  it('with a terminal’s message longer than any the coordinator takes', () => {
    const i = placeOf('ballot');
    const [voter] = sample.seats;
    if (!voter) throw new Error('there is a seat');
    const signer = nodeSigner(voter.key);
    const header = toBase64url(
      Buffer.from(JSON.stringify({ alg: 'EdDSA', kid: signer.kid, typ: 'hallvote' })),
    );
    const text = `${JSON.stringify(saysOf(rows[i]))}${' '.repeat(16_384)}`;
    const input = `${header}.${toBase64url(Buffer.from(text))}`;
    expect(verdict(withBody(i, `${input}.${toBase64url(signer.sign(Buffer.from(input)))}`))).toBe(
      'body-unreadable',
    );
  });

  it('with members that no entry or choice has', () => {
    const i = rows.length - 1;
    expect(verdict(withBody(i, signJws({ ...saysOf(rows[i]), extra: 1 }, nodeSigner(key))))).toBe(
      'body-unreadable',
    );
    const at = placeOf('ballot');
    const [t1] = sample.seats;
    if (!t1) throw new Error('there is a seat');
    const choice = { kind: 'decision', option: 'for', extra: 1 };
    for (const change of [{ choice }, { press: 1.5 }, { id: 'short' }])
      expect(verdict(withBody(at, signJws({ ...saysOf(rows[at]), ...change }, nodeSigner(t1.key))))).toBe(
        'body-unreadable',
      );
  });
});

describe('votes.csv', () => {
  const lines = (bytes: Uint8Array) => Buffer.from(bytes).toString().split('\r\n');

  it('accounts for every deputy who could vote, with what was chosen or that no key was pressed', () => {
    const said = lines(filesOf(bundle)['votes.csv']).filter((line) => line.startsWith('m1/1,'));
    expect(said.length).toBe(8);
    expect(said.filter((line) => line.includes(',未按键,'))).toEqual([
      expect.stringContaining(',d8,代表8,西城代表团,,,未按键,'),
    ]);
  });

  it('names deputies who were taken off the roll afterwards', () => {
    const play = new SamplePlay(2, SAMPLE_MOTIONS.slice(0, 1));
    for (const seat of play.seats) play.checkIn(seat);
    play.act({ act: 'open', motion: 'm1', rehearsal: false });
    play.act({ act: 'close', round: 'm1/1' });
    const { rows: before, key: signing } = play.end();
    const roll = before.find((row) => row.type === 'roll-set');
    const all = rewrite([...before, { ...roll, ...emptied(roll), time: before.at(-1)?.time ?? 0 }], signing);
    const votes = lines(derivedFiles(account(replay(all), all))['votes.csv']);
    expect(votes.filter((line) => line.includes('代表2'))).toHaveLength(1);
  });

  function emptied(roll: Loose | undefined): Pick<Loose, 'type' | 'body'> {
    const says = OwnEntry.parse({ ...saysOf(roll), deputies: [] });
    return { type: 'roll-set', body: signJws(says, nodeSigner(key)) };
  }
});

describe('the programs', () => {
  const folder = mkdtempSync(join(tmpdir(), 'hallvote-g5-'));
  afterAll(() => rmSync(folder, { recursive: true }));

  it('export never writes over a ledger, a key or anything else that is no bundle', () => {
    const ledger = join(folder, 'sitting.ledger');
    const keyFile = join(folder, 'coordinator.key');
    const out = join(folder, 'bundle.zip');
    const written = Ledger.open(ledger, SITTING_LEDGER);
    written.append(rows);
    written.close();
    writeFileSync(keyFile, `${toBase64url(key.seed)}\n`, { mode: 0o600 });
    const run = (to: string) =>
      spawnSync(process.execPath, [HALLVOTE, 'export', ledger, '--out', to], { encoding: 'utf8' });
    for (const precious of [ledger, keyFile]) {
      const before = readFileSync(precious);
      const { status, stderr } = run(precious);
      expect(status).toBe(2);
      expect(stderr).toContain('is no bundle');
      expect(readFileSync(precious).equals(before)).toBe(true);
    }
    expect(run(out).status).toBe(0);
    expect(run(out).status).toBe(0);
    expect(verifyBundle(readFileSync(out), { program: PROGRAM, key: key.kid }).ok).toBe(true);
  });
});
