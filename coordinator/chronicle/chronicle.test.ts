import { randomBytes } from 'node:crypto';
import fc from 'fast-check';
import { Map as Dictionary } from 'immutable';
import { expect, it, vi } from 'vitest';
import { z } from 'zod';
import { nodeSigner } from '../../shared/protocol/ed25519-node.ts';
import { parseJwsOfAnyLength } from '../../shared/protocol/jws.ts';
import { makeKeyPair } from '../../shared/protocol/keys.ts';
import { type LedgerRow, ledgerHash } from '../../shared/protocol/ledger-hash.ts';
import { rethrow } from '../../test/support/rethrow.ts';
import { machineClock } from '../process/clock.ts';
import { type Book, ChronicleOf, replay, type Told } from './chronicle.ts';
import { EMPTY_HEAD, LedgerError } from './row.ts';

/** A ledger of quite another kind than a sitting's: wishes, each granted at most once. */
const Says = z.discriminatedUnion('typ', [
  z.strictObject({ typ: z.literal('wished'), seq: z.number(), wish: z.string() }),
  z.strictObject({ typ: z.literal('granted'), seq: z.number(), wish: z.string() }),
]);
type Says = z.infer<typeof Says>;
interface Step {
  readonly typ: Says['typ'];
  readonly wish: string;
}
interface Wishes extends Told {
  readonly wishes: Dictionary<string, 'open' | 'granted'>;
}

const WISHES: Book<Wishes, Says, Step> = {
  kind: { application: 'WISH', typ: 'wishes' },
  empty: () => ({ head: EMPTY_HEAD, clock: null, wishes: Dictionary() }),
  read: (row) => {
    const says = Says.safeParse(parseJwsOfAnyLength(row.body, 'wishes')?.payload);
    if (!says.success) throw new LedgerError(`entry ${row.seq} says nothing`);
    return { row, says: says.data };
  },
  fold: (state, { row: { seq, hash, time }, says }) => ({
    ...state,
    head: { seq, hash, time },
    wishes: state.wishes.set(says.wish, says.typ === 'wished' ? 'open' : 'granted'),
  }),
  own: ({ head }, step) => ({ ...step, seq: head.seq + 1 }),
};

type Act = Step & { readonly isDiskFull: boolean };

function decide({ wishes }: Wishes, { typ, wish }: Step) {
  const is = wishes.get(wish);
  const fits = typ === 'wished' ? is === undefined : is === 'open';
  return fits ? ({ ok: true, steps: [{ typ, wish }] } as const) : ({ ok: false, reason: is } as const);
}

function open() {
  const written: LedgerRow[] = [];
  const disk = { isFull: false };
  const rows = {
    rows: () => written,
    append: (more: readonly LedgerRow[]) => {
      if (disk.isFull) throw new Error('disk is full');
      written.push(...more);
    },
  };
  const signer = nodeSigner(makeKeyPair(randomBytes));
  const chronicle = new ChronicleOf(WISHES, rows, signer, machineClock(), rethrow);
  return { chronicle, written, disk };
}

const ACT = fc.record({
  typ: fc.constantFrom('wished', 'granted'),
  wish: fc.constantFrom('a lift', 'a road', 'a well'),
  isDiskFull: fc.boolean(),
}) satisfies fc.Arbitrary<Act>;

it('whatever is tried in whatever order, what the ledger tells again is what was believed', () => {
  fc.assert(
    fc.property(fc.array(ACT, { maxLength: 25 }), (acts) => {
      const { chronicle, written, disk } = open();
      const granted: string[] = [];
      chronicle.on(['granted'], () => granted.push('one'));
      for (const act of acts) {
        disk.isFull = act.isDiskFull;
        const before = chronicle.state;
        const may = decide(before, act).ok;
        const enact = () => chronicle.enact((state) => decide(state, act));
        if (may && act.isDiskFull) expect(enact).toThrow('disk is full');
        else expect(enact().ok).toBe(may);
        if (!may || act.isDiskFull) expect(chronicle.state).toBe(before);
      }
      const again = replay(WISHES, written);
      expect(again).toEqual(chronicle.state);
      expect(granted).toHaveLength(again.wishes.count((is) => is === 'granted'));
    }),
    { numRuns: 60 },
  );
});

it('a row that was altered, dropped or moved is named', () => {
  const { chronicle, written } = open();
  for (const wish of ['a lift', 'a road', 'a well'])
    chronicle.enact(() => decide(WISHES.empty(), { typ: 'wished', wish }));
  const [first, second, third] = written;
  if (!first || !second || !third) throw new Error('three rows');
  expect(() => replay(WISHES, [first, { ...second, body: third.body }, third])).toThrow('entry 2');
  expect(() => replay(WISHES, [first, third])).toThrow('entry 3');
  expect(() => replay(WISHES, [second, first, third])).toThrow('entry 2');
});

it('a row that was altered and hashed anew is named by what it no longer follows, or is not', () => {
  const { chronicle, written } = open();
  for (const wish of ['a lift', 'a road']) chronicle.enact((state) => decide(state, { typ: 'wished', wish }));
  const [first, second] = written;
  if (!first || !second) throw new Error('two rows');
  const anew = (change: Partial<LedgerRow>) => {
    const { hash: _, ...row } = { ...second, ...change };
    return { ...row, hash: ledgerHash(row) };
  };
  expect(() => replay(WISHES, [first, anew({ seq: 3 })])).toThrow('breaks at entry 3');
  expect(() => replay(WISHES, [first, anew({ prev: '0'.repeat(64) })])).toThrow('breaks at entry 2');
  expect(() => replay(WISHES, [first, anew({ type: 'granted' })])).toThrow(
    'entry 2 is not what its row says',
  );
  expect(replay(WISHES, [first, anew({})]).head.seq).toBe(2);
});

it('a stage without entries writes nothing and tells nobody', () => {
  const { chronicle, disk } = open();
  const heard = vi.fn();
  chronicle.onChange(heard);
  disk.isFull = true;
  expect(chronicle.commit(() => 'nothing')).toBe('nothing');
  expect(heard).not.toHaveBeenCalled();
});

it('a commit within another is refused, and neither is written', () => {
  const { chronicle, written } = open();
  const wish = (name: string) => chronicle.enact((state) => decide(state, { typ: 'wished', wish: name }));
  expect(() => chronicle.commit(() => wish('a lift'))).toThrow('a commit within another');
  expect(written).toEqual([]);
  wish('a lift');
  expect(written).toHaveLength(1);
});

it('a book whose fold forgets the head is found at its first entry', () => {
  const rows = { rows: () => [], append: () => {} };
  const signer = nodeSigner(makeKeyPair(randomBytes));
  const book = { ...WISHES, fold: (state: Wishes) => state };
  const chronicle = new ChronicleOf(book, rows, signer, machineClock(), rethrow);
  expect(() => chronicle.enact((state) => decide(state, { typ: 'wished', wish: 'a lift' }))).toThrow(
    'the head',
  );
});

it('who waits for other entries is not called', () => {
  const { chronicle } = open();
  const heard = vi.fn();
  chronicle.on(['granted'], heard);
  chronicle.enact((state) => decide(state, { typ: 'wished', wish: 'a lift' }));
  expect(heard).not.toHaveBeenCalled();
  chronicle.enact((state) => decide(state, { typ: 'granted', wish: 'a lift' }));
  expect(heard).toHaveBeenCalledOnce();
});
