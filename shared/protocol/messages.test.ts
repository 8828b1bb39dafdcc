import { randomBytes } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { z } from 'zod';
import { MAX_ITEMS } from '../kinds/common.ts';
import type { Choice } from '../kinds/kinds.ts';
import { nodeSigner } from './ed25519-node.ts';
import { MAX_MESSAGE_LENGTH, parseJws, signJws } from './jws.ts';
import { makeKeyPair } from './keys.ts';
import {
  Ballot,
  CardNumber,
  CheckIn,
  Command,
  Connect,
  FromTerminal,
  Gone,
  Health,
  Hello,
  MESSAGE_VERSION,
  Receipt,
  Refusal,
  RoundId,
  Seat,
  SittingState,
  ToTerminal,
} from './messages.ts';
import { explain, REASON_CODES } from './reasons.ts';

const ID = 'AAAAAAAAAAAAAAAAAAAAAA';
const KEY = '11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo';
const KID = 'kPrK_qmxVWaYVA9wwBF6Iuo3vVzz7TxHCTwXBygrS4k';
const HASH = '0123456789abcdef'.repeat(4);
const v = MESSAGE_VERSION;
const place = { hall: 'hall-1', sitting: '2027-2-3', terminal: 'T001' };

const motion = {
  kind: 'decision',
  id: 'm1',
  title: { zh: '决议', en: 'Resolution' },
  voting: 'open',
  press: 'last',
  seconds: 60,
  quorum: { num: 2, den: 3 },
  basis: 'roll',
  threshold: { kind: 'more-than', num: 1, den: 2 },
};

interface Example {
  readonly schema: z.ZodType;
  readonly good: Readonly<Record<string, unknown>>;
}

/** One good message of every type. */
const FROM_TERMINAL: Example[] = [
  { schema: CheckIn, good: { typ: 'check-in', v, id: ID, ...place, card: '04A1B2C3' } },
  {
    schema: Ballot,
    good: {
      typ: 'ballot',
      v,
      id: ID,
      ...place,
      deputy: 'D001',
      round: 'm1/1',
      opening: HASH,
      press: 1,
      choice: { kind: 'decision', option: 'for' },
    },
  },
  { schema: Hello, good: { typ: 'hello', v, id: ID, hall: 'hall-1', terminal: 'T001' } },
  {
    schema: Health,
    good: {
      typ: 'health',
      v,
      id: ID,
      hall: 'hall-1',
      terminal: 'T001',
      version: '0.1.0',
      time: 1_795_000_000_000,
      panel: { is: 'ready' },
      reader: { is: 'fault', what: '读卡器无应答' },
      firmware: 'HallvotePanel 1.0',
      machine: { model: 'Raspberry Pi 5', celsius: 51.2, undervoltage: false, diskFree: 8e9, diskSize: 16e9 },
      details: {
        image: 'hallvote-seat 0.1.0 arm64',
        uptime: 3600,
        boot: 'power-cut',
        ended: 'machine',
        wasUndervoltage: false,
        isClockSynchronised: true,
        reader: 'PN532 1.6',
        screen: { is: 'drawn', seconds: 3500, build: 'Bq3xY_z1' },
      },
      faults: ['disk-full'],
      selfTest: { on: false, keys: [1, 2, 3, 4, 5], wrong: [], card: true },
      waiting: 0,
      roundTrip: null,
    },
  },
  { schema: Gone, good: { typ: 'gone', v, hall: 'hall-1', terminal: 'T001', n: 1, why: 'orderly' } },
];
const TO_TERMINAL: Example[] = [
  { schema: Receipt, good: { typ: 'receipt', v, ...place, for: ID, digest: KID, seq: 1, hash: HASH } },
  {
    schema: Refusal,
    good: { typ: 'refusal', v, hall: 'hall-1', terminal: 'T001', for: null, digest: KID, reason: 'too-late' },
  },
  {
    schema: Seat,
    good: {
      typ: 'seat',
      v,
      ...place,
      rev: 7,
      enrolled: true,
      seat: '01-01',
      deputy: { id: 'D001', name: '李娜', delegation: '城东区代表团', title: '' },
      round: 'm1/1',
      eligible: true,
      counted: null,
      remaining: 30_000,
    },
  },
  {
    schema: SittingState,
    good: {
      typ: 'sitting',
      v,
      hall: 'hall-1',
      sitting: '2027-2-3',
      rev: 7,
      title: { zh: '第二次会议' },
      round: { id: 'm1/t2', phase: 'open', rehearsal: true, opening: HASH, motion },
    },
  },
  { schema: Command, good: { typ: 'command', v, id: ID, terminal: 'T001', act: 'identify' } },
];
const CONNECT: Example = {
  schema: Connect,
  good: { typ: 'connect', v, hall: 'hall-1', terminal: 'T001', key: KEY, coordinator: KID, n: 1 },
};
const ALL = [CONNECT, ...FROM_TERMINAL, ...TO_TERMINAL];
/** Fields that may be left out. */
const OPTIONAL = ['fault', 'details', 'why'];
/** Fields that may be any text. */
const FREE_TEXT = ['firmware', 'seat', 'version', 'fault', 'title'];

const accepts = (schema: z.ZodType, value: unknown) => schema.safeParse(value).success;

/** `value` with one more member in each of its objects, one at a time. */
function withExtra(value: unknown): unknown[] {
  if (typeof value !== 'object' || value === null) return [];
  if (Array.isArray(value))
    return value.flatMap((item, i) => withExtra(item).map((inner) => value.with(i, inner)));
  const inside = Object.entries(value).flatMap(([key, item]) =>
    withExtra(item).map((inner) => ({ ...value, [key]: inner })),
  );
  return [{ ...value, extra: 1 }, ...inside];
}

describe.each(ALL)('a message $good.typ', ({ schema, good }) => {
  it('is read as it was written', () => {
    expect(schema.parse(JSON.parse(JSON.stringify(good)))).toEqual(good);
  });

  it('is refused with a field too many, wherever it stands', () => {
    const messages = withExtra(good);
    expect(messages.length).toBeGreaterThan(0);
    for (const message of messages) expect(accepts(schema, message), JSON.stringify(message)).toBe(false);
  });

  it('is refused in any other version', () => {
    for (const other of [0, 2, -1, 1.5, '1', true, null, [1], undefined])
      expect(accepts(schema, { ...good, v: other }), String(other)).toBe(false);
  });

  it('is refused under another type', () => {
    for (const { good: other } of ALL)
      expect(accepts(schema, { ...good, typ: other.typ }), String(other.typ)).toBe(other.typ === good.typ);
  });

  it('is refused with a field too few', () => {
    for (const field of Object.keys(good)) {
      const { [field]: _, ...rest } = good;
      expect(accepts(schema, rest), field).toBe(OPTIONAL.includes(field));
    }
  });

  it('is refused with a field of another kind', () => {
    for (const field of Object.keys(good))
      for (const wrong of [{}, [], Number.NaN, -1, '', '汉/字 ', 'x'.repeat(5000)]) {
        // An empty list is a list.
        if (Array.isArray(wrong) && Array.isArray(good[field])) continue;
        if (typeof wrong === 'string' && FREE_TEXT.includes(field)) continue;
        expect(accepts(schema, { ...good, [field]: wrong }), `${field}: ${String(wrong)}`).toBe(false);
      }
  });
});

describe('who says what', () => {
  const unions: [string, z.ZodType, Example[]][] = [
    ['terminals', FromTerminal, FROM_TERMINAL],
    ['the coordinator', ToTerminal, TO_TERMINAL],
  ];

  it.each(unions)('%s: their own messages, none of the others', (_who, union, own) => {
    for (const example of ALL)
      expect(accepts(union, example.good), String(example.good.typ)).toBe(own.includes(example));
    expect(accepts(union, { typ: 'unheard-of', v })).toBe(false);
  });

  it.each(unions)('%s: nothing that is no message, and reading it never throws', (_who, union) => {
    fc.assert(fc.property(fc.jsonValue(), (value) => void expect(accepts(union, value)).toBe(false)));
  });
});

describe('the parts of messages', () => {
  it('name rounds by motion and number, rehearsals by t', () => {
    for (const round of ['m1/1', 'm1/t1', 'a.b_c-D/9999', `${'m'.repeat(64)}/t10`])
      expect(accepts(RoundId, round), round).toBe(true);
    for (const round of [
      'm1',
      'm1/',
      '/1',
      'm1/0',
      'm1/01',
      'm1/T1',
      'm1/t',
      'm1/10000',
      'a/b/1',
      ' m1/1',
      'm1/1\n',
    ])
      expect(accepts(RoundId, round), round).toBe(false);
  });

  it('know cards by upper-case letters and digits', () => {
    for (const card of ['04A1', '12345678', 'A'.repeat(32)])
      expect(accepts(CardNumber, card), card).toBe(true);
    for (const card of ['', '04A', '04a1b2c3', '04:A1', 'A'.repeat(33), '０４Ａ１', '04A1\n'])
      expect(accepts(CardNumber, card), card).toBe(false);
  });

  it('refuse for every reason there is, with a sentence in both languages, and for no other', () => {
    const refusal = TO_TERMINAL.find(({ schema }) => schema === Refusal)?.good;
    expect(REASON_CODES.length).toBeGreaterThan(20);
    for (const reason of REASON_CODES) {
      expect(accepts(Refusal, { ...refusal, reason }), reason).toBe(true);
      expect(explain(reason, 'zh'), reason).toMatch(/\p{Script=Han}/u);
      expect(explain(reason, 'en'), reason).toMatch(/^[A-Z][^\p{Script=Han}]+$/u);
    }
    for (const reason of ['', 'because', 'toString', null])
      expect(accepts(Refusal, { ...refusal, reason })).toBe(false);
  });

  const id = (n: number) => `i${n}`.padEnd(64, 'x');
  const everyItem = Array.from({ length: MAX_ITEMS }, (_, n) => id(n));
  it.each<Choice>([
    { kind: 'selection', chosen: everyItem },
    { kind: 'appraisal', grades: everyItem.map((item) => ({ item, grade: 'dissatisfied' })) },
    { kind: 'itemised', answers: everyItem.map((item) => ({ item, option: 'against' })) },
  ])('leave the largest ballot there can be within a message ($kind)', (choice) => {
    const ballot = Ballot.parse({
      typ: 'ballot',
      v,
      id: ID,
      hall: id(1),
      sitting: id(2),
      terminal: id(3),
      deputy: id(4),
      round: `${id(5)}/t9999`,
      opening: HASH,
      press: Number.MAX_SAFE_INTEGER,
      choice,
    });
    const jws = signJws(ballot, nodeSigner(makeKeyPair(randomBytes)));
    expect(jws.length).toBeLessThanOrEqual(MAX_MESSAGE_LENGTH);
    expect(parseJws(jws)?.payload).toEqual(ballot);
  });
});
