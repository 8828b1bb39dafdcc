import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { summary } from '../../coordinator/bundle/verify/summary.ts';
import { verifyBundle } from '../../coordinator/bundle/verify/verify.ts';
import { EMPTY_HEAD, type LedgerHead, nextRow } from '../../coordinator/chronicle/row.ts';
import { isMessageEntryType, OwnEntry } from '../../coordinator/sitting/entries.ts';
import { nodeSigner } from '../../shared/protocol/ed25519-node.ts';
import { parseJwsOfAnyLength, signJws } from '../../shared/protocol/jws.ts';
import type { LedgerRow } from '../../shared/protocol/ledger-hash.ts';
import { bundleOf, independent, PROGRAM, verdict } from '../support/both-verifiers.ts';
import { filesOf, rewrite, withRows } from '../support/forge.ts';
import { itemisedLedger, secretItemisedLedger } from '../support/itemised-sample.ts';

/** G5 for votes on the items of a list: both verifiers recount each item by the rule that is its own. */

const open = itemisedLedger();
const bundle = bundleOf(open);
const secret = secretItemisedLedger();
const secretBundle = bundleOf(secret);

const Rounds = z.object({
  rounds: z.array(z.object({ round: z.string(), phase: z.string(), result: z.unknown() })),
});

function roundsOf(made: Uint8Array) {
  const verified = verifyBundle(made, { program: PROGRAM });
  if (!verified.ok) throw new Error(JSON.stringify(verified.broken));
  return [...verified.told.sitting.rounds.values()];
}

/** Each item of a round: for, against, abstain, answered, not pressed, basis, needed, passed. */
function figuresOf(made: Uint8Array, round: string) {
  const result = roundsOf(made).find(({ id }) => id === round)?.result;
  if (result?.tally.kind !== 'itemised' || result.outcome.kind !== 'itemised') return null;
  const { items } = result.tally;
  return result.outcome.items.map(({ id, answered, notPressed, basis, needed, passed }) => {
    const counts = items.find((item) => item.id === id);
    return [id, counts?.for, counts?.against, counts?.abstain, answered, notPressed, basis, needed, passed];
  });
}

describe('a sitting with votes item by item', () => {
  it('verifies, and both verifiers recount the same results', () => {
    for (const made of [bundle, secretBundle]) {
      const { rounds } = Rounds.parse(independent(Buffer.from(made)));
      expect(rounds).toEqual(
        roundsOf(made).map(({ id, result, phase }) => ({ round: id, phase, result: result ?? null })),
      );
      expect(rounds.length).toBeGreaterThan(1);
    }
  });

  it('decides each item by its own rule, and tells what was not pressed from abstentions', () => {
    expect(figuresOf(bundle, 'i1/1')).toEqual([
      ['a', 4, 0, 0, 4, 2, 7, 4, true],
      ['b', 4, 0, 0, 4, 2, 7, 5, false],
      ['c', 2, 0, 0, 2, 4, 2, 2, true],
      ['d', 2, 1, 1, 4, 2, 6, 4, false],
    ]);
    expect(figuresOf(bundle, 'i1/t1')?.[0]).toEqual(['a', 0, 0, 1, 1, 5, 7, 4, false]);
    expect(figuresOf(bundle, 'i2/1')).toEqual([
      ['a', 4, 1, 0, 5, 1, 7, 4, true],
      ['b', 4, 0, 1, 5, 1, 7, 5, false],
      ['c', 1, 0, 0, 1, 5, 1, 1, true],
      ['d', 0, 0, 0, 0, 6, 6, 4, false],
    ]);
    expect(figuresOf(secretBundle, 'i3/t1')?.[2]).toEqual(['c', 1, 0, 0, 1, 3, 1, 1, true]);
    expect(figuresOf(secretBundle, 'i3/1')).toEqual([
      ['a', 3, 0, 0, 3, 1, 4, 3, true],
      ['b', 2, 1, 0, 3, 1, 4, 3, false],
      ['c', 1, 0, 0, 1, 3, 1, 1, true],
      ['d', 1, 0, 1, 2, 2, 4, 3, false],
    ]);
  });

  it('has refused an item answered twice, one of no list, and a ballot of another kind', () => {
    const reasons = open.rows.flatMap(({ body }) => {
      const says = OwnEntry.safeParse(parseJwsOfAnyLength(body)?.payload);
      return says.success && says.data.typ === 'refused' ? says.data.reason : [];
    });
    expect(reasons).toEqual(['candidate-twice', 'unknown-candidate', 'choice-of-another-kind']);
  });

  it('says in votes.csv what each deputy answered to each item', () => {
    const lines = Buffer.from(filesOf(bundle)['votes.csv']).toString().split('\r\n');
    const of = (deputy: string) =>
      lines
        .filter((line) => line.startsWith('i1/1,') && line.includes(`,${deputy},`))
        .map((line) =>
          line
            .split(`,${deputy},`)[1]
            ?.replace(/^[^,]*,[^,]*,/, '')
            .replace(/,\d*$/, ''),
        );
    expect(of('d3')).toEqual(['a,王秀兰为副主任,赞成', 'b,李志强为委员,赞成', 'd,孙建国为委员,弃权']);
    expect(of('d1')[2]).toBe(`c,"'=赵“敏”,为委员",赞成`);
    expect(of('d5')).toEqual([',,空白']);
    expect(of('d6')).toEqual([',,未按键']);
  });

  it('is told in both languages, item by item', () => {
    const verified = verifyBundle(bundle, { program: PROGRAM });
    expect(summary(verified, 'zh')).toContain('4 项中 2 项通过');
    expect(summary(verified, 'en')).toMatch(/2 of 4 items passed/i);
    const report = Buffer.from(filesOf(bundle)['report.html']).toString();
    expect(report).toContain('4 项中 2 项通过');
  });

  it('asks of a sealed ballot one question an item, answered once or not at all', () => {
    const text = roundsOf(secretBundle).find(({ id }) => id === 'i3/1')?.sealed?.electionText ?? '';
    const { questions } = z.object({ questions: z.array(z.unknown()) }).parse(JSON.parse(text));
    const question = (title: string) => ({
      answers: ['赞成', '反对', '弃权'],
      min: 0,
      max: 1,
      question: title,
    });
    expect(questions).toEqual(
      ['王秀兰为副主任', '李志强为委员', '=赵“敏”,为委员', '孙建国为委员'].map(question),
    );
  });
});

const saidBy = (row: LedgerRow): string => JSON.stringify(parseJwsOfAnyLength(row.body)?.payload);

/** A change of the text that the coordinator signs: it must be there. */
const replaced = (from: string, to: string) => (says: string) => {
  expect(says).toContain(from);
  return says.replace(from, to);
};

describe('G5: with the coordinator’s key, votes item by item', () => {
  const { rows, key } = open;

  /**
   * What both find where the last own entry of a type about a round says something else, and every own entry behind it
   * is signed for its new place.
   */
  function forged(type: string, round: string, change: (says: string) => string): string {
    const place = rows.findLastIndex((row) => row.type === type && saidBy(row).includes(`"${round}"`));
    expect(place).toBeGreaterThan(0);
    let head: LedgerHead = EMPTY_HEAD;
    const all = rows.map((row, i) => {
      const { seq, hash, time } = head;
      const signed = (says: string) => {
        const members = z.record(z.string(), z.unknown()).parse(JSON.parse(says));
        const at = row.type === 'checkpoint' ? { at: seq, hash, time } : {};
        return signJws({ ...members, seq: seq + 1, prev: hash, ...at }, nodeSigner(key));
      };
      const says = saidBy(row);
      const body = isMessageEntryType(row.type) ? row.body : signed(i === place ? change(says) : says);
      const next = nextRow(head, row.time, row.type, body);
      head = next;
      return next;
    });
    return verdict(withRows(bundle, all, key));
  }

  it('the forger’s tools leave an honest ledger as it is', () => {
    expect(rewrite(rows, key)).toEqual(rows);
    for (const [type, round] of [
      ['result', 'i1/1'],
      ['agenda-set', 'i1'],
      ['entered-by-hand', 'i2/1'],
    ] as const)
      expect(forged(type, round, (says) => says)).toBe('fine');
  });

  it.each([
    ['an item passed that did not', '"needed":5,"passed":false', '"needed":5,"passed":true'],
    ['what an item needs', '"basis":7,"needed":5', '"basis":7,"needed":4'],
    ['what an item is counted of', '"basis":7,"needed":5', '"basis":6,"needed":5'],
    ['how many did not press', '"notPressed":4', '"notPressed":3'],
    ['how many answered', '"answered":2', '"answered":3'],
    ['an abstention', '"against":1,"abstain":1', '"against":1,"abstain":2'],
    [
      'one not pressed made an abstention',
      '"for":2,"against":0,"abstain":0',
      '"for":2,"against":0,"abstain":4',
    ],
  ])('a result with another figure is found: %s', (_what, from, to) => {
    expect(forged('result', 'i1/1', replaced(from, to))).toBe('not-as-decided');
  });

  it('every digit of a result’s items is found where it is another', () => {
    const i = rows.findLastIndex((row) => row.type === 'result' && saidBy(row).includes('"i1/1"'));
    const says = rows[i] ? saidBy(rows[i]) : '';
    const from = says.indexOf('"items"');
    const places = [...says.matchAll(/:(?=\d)/g)].flatMap(({ index }) => (index > from ? index + 1 : []));
    expect(places.length).toBe(4 * 3 + 4 * 4);
    for (const at of places) {
      const other = String((Number(says[at]) + 1) % 10);
      const change = (text: string) => text.slice(0, at) + other + text.slice(at + 1);
      expect(forged('result', 'i1/1', change), `at ${at}`).toBe('not-as-decided');
    }
  });

  it.each([
    [
      'threshold',
      '"threshold":{"kind":"at-least","num":2,"den":3}',
      '"threshold":{"kind":"more-than","num":1,"den":2}',
    ],
    ['basis', '"basis":"cast"}', '"basis":"roll"}'],
    ['threshold, left out', ',"threshold":{"kind":"at-least","num":2,"den":3}}', '}'],
  ])('an item’s own rule with another %s is found', (_what, from, to) => {
    for (const type of ['opened', 'agenda-set'])
      expect(forged(type, type === 'opened' ? 'i1/1' : 'i1', replaced(from, to)), type).toBe(
        'not-as-decided',
      );
    expect(forged('entered-by-hand', 'i2/1', replaced(from, to))).toBe('not-as-decided');
  });

  it.each([
    [
      'more answers to an item than ballots',
      '"for":4,"against":1,"abstain":0',
      '"for":4,"against":1,"abstain":1',
    ],
    ['items in another order', '"id":"c","for":1', '"id":"d","for":1'],
    ['an item of no list', '"id":"d","for":0', '"id":"x","for":0'],
    ['one item less', ',{"id":"d","for":0,"against":0,"abstain":0}', ''],
  ])('a show of hands with %s is found', (_what, from, to) => {
    expect(forged('entered-by-hand', 'i2/1', replaced(from, to))).toBe('forbidden');
  });

  it('an item’s own rule changed from the top, with a result that fits, is found by what terminals signed', () => {
    const change = replaced('"basis":"cast"}', '"basis":"roll"}');
    const all = rows.map((row) => {
      if (row.type !== 'agenda-set' && row.type !== 'opened') return row;
      const says: unknown = JSON.parse(change(saidBy(row)));
      return { ...row, body: signJws(z.record(z.string(), z.unknown()).parse(says), nodeSigner(key)) };
    });
    expect(verdict(withRows(bundle, rewrite(all, key), key))).toBe('against-rules');
  });

  it('an agenda with an item’s members in another order, or an unknown one, is found', () => {
    const own = '"threshold":{"kind":"at-least","num":2,"den":3},"basis":"present"';
    const turned = '"basis":"present","threshold":{"kind":"at-least","num":2,"den":3}';
    expect(forged('agenda-set', 'i1', replaced(own, turned))).toBe('not-canonical');
    expect(forged('agenda-set', 'i1', replaced(own, `${own},"places":1`))).toBe('body-unreadable');
    expect(forged('agenda-set', 'i1', replaced('"basis":"cast"}', '"basis":"all"}'))).toBe('body-unreadable');
  });

  it('every ballot that is left out is found, open and secret', () => {
    for (const [ledger, made] of [
      [open, bundle],
      [secret, secretBundle],
    ] as const)
      for (const [i, { type }] of ledger.rows.entries()) {
        if (type !== 'ballot') continue;
        const all = rewrite(
          ledger.rows.filter((_, at) => at !== i),
          ledger.key,
        );
        expect(verdict(withRows(made, all, ledger.key)), `entry ${i + 1}`).not.toBe('fine');
      }
  });
});
