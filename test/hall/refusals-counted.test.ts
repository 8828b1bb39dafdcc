import { describe, expect, it } from 'vitest';
import { account } from '../../coordinator/bundle/export/account.ts';
import { reportHtml } from '../../coordinator/bundle/export/report.ts';
import { replay } from '../../coordinator/sitting/chronicle.ts';
import { toBase64url } from '../../shared/protocol/bytes.ts';
import { nodeSigner } from '../../shared/protocol/ed25519-node.ts';
import { parseJwsOfAnyLength, signJws } from '../../shared/protocol/jws.ts';
import { bundleOf, verdict } from '../support/both-verifiers.ts';
import { rechain, withRows } from '../support/forge.ts';
import { SAMPLE_MOTIONS, SamplePlay } from '../support/sample-ledger.ts';

const play = new SamplePlay(3, SAMPLE_MOTIONS);
const strange = (bytes: number) => toBase64url(new Uint8Array(bytes));
play.enter({ typ: 'refused', reason: 'malformed', terminal: null, message: strange(256) });
play.enter({
  typ: 'refusals-counted',
  counts: [
    { reason: 'not-allowed', terminal: null, count: 4_000_000 },
    { reason: 'malformed', terminal: null, count: 2 },
    { reason: 'too-late', terminal: 'T1', count: 7 },
  ],
});
const sample = play.end();
const bundle = bundleOf(sample);

/** The same ledger, its last entry saying something else, signed by the coordinator again. */
function saying(change: object): string {
  const { rows, key } = sample;
  const last = rows.at(-1);
  const says = parseJwsOfAnyLength(last?.body ?? '')?.payload;
  if (!last || typeof says !== 'object' || says === null) throw new Error('there is an entry');
  const changed: object = { ...says, ...change };
  const type = 'typ' in changed ? String(changed.typ) : '';
  const body = signJws(changed, nodeSigner(key));
  return verdict(withRows(bundle, rechain([...rows.slice(0, -1), { ...last, type, body }]), key));
}

describe('refusals that are counted', () => {
  it('stand in a bundle that both verifiers accept, and in the report', () => {
    expect(verdict(bundle)).toBe('fine');
    const report = reportHtml(account(replay(sample.rows), sample.rows));
    expect(report).toContain('4000000');
    expect(report).toContain('4000009 of them are counted');
  });

  it.each([
    ['nothing', { counts: [] }],
    ['none', { counts: [{ reason: 'malformed', terminal: null, count: 0 }] }],
    ['half of one', { counts: [{ reason: 'malformed', terminal: null, count: 0.5 }] }],
    ['with a member more', { counts: [{ reason: 'malformed', terminal: null, count: 1, more: 1 }] }],
    ['a hundred and one', { counts: Array(101).fill({ reason: 'malformed', terminal: null, count: 1 }) }],
  ])('count %s in no bundle', (_what, change) => {
    expect(saying(change)).not.toBe('fine');
  });

  it('of a stranger’s message no more than 256 bytes are kept', () => {
    const { key } = sample;
    const i = sample.rows.length - 2;
    const row = sample.rows[i];
    const says = parseJwsOfAnyLength(row?.body ?? '')?.payload;
    if (!row || typeof says !== 'object') throw new Error('there is a refusal');
    const long = { ...row, body: signJws({ ...says, message: strange(257) }, nodeSigner(key)) };
    const rows = rechain(sample.rows.map((other, at) => (at === i ? long : other)));
    expect(verdict(withRows(bundle, rows, key))).toBe('body-unreadable');
  });
});
