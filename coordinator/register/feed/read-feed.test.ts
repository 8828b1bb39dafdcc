import { randomBytes } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { nodeSigner } from '../../../shared/protocol/ed25519-node.ts';
import { parseJwsOfAnyLength, signJws } from '../../../shared/protocol/jws.ts';
import { type KeyPair, makeKeyPair } from '../../../shared/protocol/keys.ts';
import { type LedgerRow, ledgerHash } from '../../../shared/protocol/ledger-hash.ts';
import { ledgerLine } from '../../chronicle/line.ts';
import { REGISTER_LEDGER } from '../model/book.ts';
import { RegisterEntry } from '../model/entries.ts';
import { smallRegister, wish } from '../model/testing/small-register.ts';
import { YEAR_STEPS } from '../public/testing/a-year.ts';
import { feedLine } from './lines.ts';
import { type FeedPosition, FeedReader } from './read-feed.ts';

/** A year, and a few of its proposals once more: more of the feed than one could look at. */
function year() {
  const register = smallRegister();
  for (const { act, by, second } of YEAR_STEPS) {
    const done = register.act(act(register), by, second);
    if (!done.ok) throw new Error(done.reason);
  }
  return register;
}
const register = year();
const { rows, key } = register;
const shown = register.state().feed.shown;
const lines = rows.slice(0, shown.seq).map(feedLine);
const publicAt = rows.flatMap(({ seq }, i) => (seq > 2 && lines[i]?.includes('"body"') ? [i] : []));
/** Public, with a redacted one right behind it, and with a redacted one behind that. */
const beforeHidden = publicAt.find((i) => !lines[i + 1]?.includes('"body"')) ?? 0;
const hidden = beforeHidden + 1;

/** What is wrong with these lines; null: nothing. */
function wrong(all: readonly string[], from: FeedPosition | null = null, expected?: string): string | null {
  const reader = new FeedReader({ from, ...(expected !== undefined && { key: expected }) });
  for (const line of all) {
    const taken = reader.take(line);
    if (!taken.ok) return `${taken.fault.seq} ${taken.fault.problem}`;
  }
  const fault = reader.end();
  return fault && `${fault.seq} ${fault.problem}`;
}

/** The position after the first `n` lines, the last of which is public. */
function readTo(n: number): FeedPosition {
  const reader = new FeedReader();
  for (const line of lines.slice(0, n)) reader.take(line);
  if (reader.position?.seq !== n) throw new Error('no public entry ends there');
  return reader.position;
}

const changed = (at: number, change: (line: string) => string | readonly string[]): string[] =>
  lines.flatMap((line, i) => (i === at ? change(line) : [line]));

const row = (at: number): LedgerRow => {
  const found = rows[at];
  if (!found) throw new Error(`there is no row ${at}`);
  return found;
};

/** The line of another row at that place, its hash made anew. */
const anew = (at: number, change: Partial<LedgerRow>): string => {
  const made = { ...row(at), ...change };
  return ledgerLine({ ...made, hash: ledgerHash(made) });
};

/** The row says something else, signed by `signer`. */
function saysElse(at: number, change: object, signer: KeyPair = key): string {
  const says = parseJwsOfAnyLength(row(at).body, REGISTER_LEDGER.typ)?.payload;
  const other = RegisterEntry.parse({ ...RegisterEntry.parse(says), ...change });
  return anew(at, { type: other.typ, body: signJws(other, nodeSigner(signer), REGISTER_LEDGER.typ) });
}

it('a feed gives every public entry, and nothing of any other but its hash', () => {
  const reader = new FeedReader({ key: key.x });
  const entries = lines.flatMap((line) => {
    const taken = reader.take(line);
    if (!taken.ok) throw new Error(taken.fault.text.en);
    return taken.entry ?? [];
  });
  expect(reader.end()).toBeNull();
  expect(entries.map(({ says }) => says.typ).filter((typ) => typ !== 'checkpoint')).toEqual([
    ...['begun', 'vocabulary-set', 'cycle-opened', 'wording-cleared', 'wording-cleared', 'wording-cleared'],
    ...['released', 'list-frozen', 'voted'],
  ]);
  expect(reader.position).toMatchObject({ register: 'town', key: key.x, ...shown });
  const redacted = lines.filter((line) => !line.includes('"body"'));
  expect(redacted.length).toBeGreaterThan(15);
  for (const line of redacted) expect(Object.keys(JSON.parse(line))).toEqual(['seq', 'hash']);
});

it('the feed ends with a public entry, so that what is drafted changes nothing outside', () => {
  const draft = year();
  const { feed: before, head } = draft.state();
  expect(draft.act(wish('E'), null).ok).toBe(true);
  const { feed, head: later } = draft.state();
  expect(later.seq).toBe(head.seq + 1);
  expect(feed.shown).toEqual(before.shown);
  expect(feed.digest).not.toBe(before.digest);
});

it.each(publicAt.map((at) => [at + 1]))('a reader goes on from entry %i', (n) => {
  const from = readTo(n);
  expect(wrong(lines.slice(n), from)).toBeNull();
  // The piece it stands in comes whole.
  expect(wrong(lines, from)).toBeNull();
});

describe('what is wrong is named by its entry', () => {
  const other = makeKeyPair(randomBytes);
  const last = lines.length - 1;
  const at = publicAt[2] ?? 0;
  const nextPublic = (i: number) => publicAt.find((each) => each > i) ?? 0;

  it.each<[string, readonly string[], string | null]>([
    ['nothing', lines, null],
    ['no line at all', [], '1 empty'],
    ['the end is gone', lines.slice(0, hidden + 1), `${hidden + 1} unfinished`],
    ['the beginning is gone', lines.slice(1), '2 not-begun'],
    ['a public line is dropped', changed(at, () => []), `${at + 2} sequence`],
    ['a hash is dropped', changed(hidden, () => []), `${hidden + 2} sequence`],
    ['a line comes twice', changed(at, (line) => [line, line]), `${at + 1} sequence`],
    [
      'two lines are exchanged',
      [...lines.slice(0, at), lines[at + 1] ?? '', lines[at] ?? '', ...lines.slice(at + 2)],
      `${at + 2} sequence`,
    ],
    [
      'a hash is another',
      changed(hidden, (line) => line.replace(/[0-9a-f]{64}/, 'ab'.repeat(32))),
      `${nextPublic(hidden) + 1} ${nextPublic(hidden) === hidden + 1 ? 'chain' : 'withheld'}`,
    ],
    [
      'a public line is replaced by its hash',
      changed(at, () => JSON.stringify({ seq: at + 1, hash: row(at).hash })),
      `${nextPublic(at) + 1} withheld`,
    ],
    [
      'several are replaced by their hashes',
      lines.map((line, i) =>
        i > 2 && i < last && publicAt.includes(i) ? JSON.stringify({ seq: i + 1, hash: row(i).hash }) : line,
      ),
      `${last + 1} withheld`,
    ],
    [
      'the row of a redacted entry is shown',
      changed(hidden, () => ledgerLine(row(hidden))),
      `${hidden + 1} not-public`,
    ],
    [
      'the time is another',
      changed(at, () => anew(at, { time: row(at).time + 1 })),
      `${nextPublic(at) + 1} chain`,
    ],
    [
      'the hash is another',
      changed(at, (line) => line.replace(row(at).hash, 'ab'.repeat(32))),
      `${at + 1} hash`,
    ],
    [
      'a letter of the body is another',
      changed(at, () => anew(at, { body: row(at).body.replace(/.$/, 'A') })),
      null,
    ],
    ['the type is another', changed(at, () => anew(at, { type: 'voted' })), `${at + 1} another-type`],
    ['it is spelt otherwise', changed(at, (line) => line.replace('{', '{ ')), `${at + 1} unreadable`],
    ['it is no line', changed(at, () => ''), `${at + 1} unreadable`],
    ['somebody else has signed it', changed(at, () => saysElse(at, {}, other)), `${at + 1} another-key`],
    ['it says another place', changed(at, () => saysElse(at, { seq: at + 2 })), `${at + 1} another-place`],
    [
      'it says another register',
      changed(at, () => saysElse(at, { register: 'x' })),
      `${at + 1} another-register`,
    ],
    [
      'the register itself says another digest',
      changed(at, () => saysElse(at, { feed: 'ab'.repeat(32) })),
      `${at + 1} withheld`,
    ],
  ])('%s', (what, all, found) => {
    if (what.startsWith('a letter')) expect(wrong(all)).toMatch(/ (signature|body-unreadable)$/);
    else expect(wrong(all)).toBe(found);
  });

  it('another register’s feed under an expected key', () => {
    expect(wrong(lines, null, other.x)).toBe('1 another-key');
    expect(wrong(lines, null, key.x)).toBeNull();
  });

  it('the register shows another history than before', () => {
    // The same register, key and beginning; then something else.
    const n = at + 1;
    const from = readTo(n);
    const fork = saysElse(at, { by: { role: 'file' } });
    expect(wrong([...lines.slice(0, at), fork], from)).toBe(`${n} forked`);
    // One that somebody has altered on its way is none.
    const altered = anew(at, { body: row(at).body.replace(/.{9}$/, 'A'.repeat(9)) });
    expect(wrong([...lines.slice(0, at), altered], from)).toMatch(/signature|body-unreadable/);
    // Right behind what was seen stands something that was signed behind something else.
    const two = publicAt.find((i) => publicAt.includes(i + 1)) ?? 0;
    const seen = readTo(two + 1);
    expect(wrong(lines.slice(two + 1), { ...seen, hash: 'ab'.repeat(32) })).toBe(`${two + 2} forked`);
    expect(wrong(lines.slice(two + 1), { ...seen, digest: 'ab'.repeat(32) })).toBe(`${two + 2} forked`);
    // With a hash in between, too, what was signed with another digest is found.
    const earlier = readTo(beforeHidden + 1);
    expect(wrong(lines.slice(beforeHidden + 1), { ...earlier, digest: 'ab'.repeat(32) })).toBe(
      `${nextPublic(hidden) + 1} withheld`,
    );
  });

  it('after something wrong nothing more is taken', () => {
    const reader = new FeedReader();
    reader.take(lines[0] ?? '');
    const first = reader.take(lines[2] ?? '');
    expect(first.ok).toBe(false);
    expect(reader.take(lines[1] ?? '')).toEqual(first);
    expect(reader.position?.seq).toBe(1);
  });
});
