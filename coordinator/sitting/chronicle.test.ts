import { randomBytes } from 'node:crypto';
import { expect, it, vi } from 'vitest';
import { nodeSigner } from '../../shared/protocol/ed25519-node.ts';
import type { Report } from '../../shared/protocol/guarded.ts';
import { makeKeyPair } from '../../shared/protocol/keys.ts';
import type { LedgerRow } from '../../shared/protocol/ledger-hash.ts';
import { rethrow } from '../../test/support/rethrow.ts';
import { machineClock } from '../process/clock.ts';
import { Chronicle } from './chronicle.ts';
import { BY_HALL } from './decided.ts';

const key = makeKeyPair(randomBytes);
const BEGUN = {
  hall: 'h',
  name: { zh: '会场' },
  congress: { zh: '大会' },
  sitting: 's',
  title: { zh: '会议' },
  date: '2027-01-15',
  key: key.x,
};

/** A ledger in memory whose disk can be full. */
function open(report: Report = rethrow) {
  const written: LedgerRow[] = [];
  const disk = { isFull: false };
  const ledger = {
    rows: vi.fn(() => written.values()),
    append: (rows: readonly LedgerRow[]) => {
      if (disk.isFull) throw new Error('database or disk is full');
      written.push(...rows);
    },
  };
  const chronicle = new Chronicle(ledger, nodeSigner(key), machineClock(), report);
  chronicle.start(BEGUN, '0', 'tls');
  return { chronicle, disk, ledger, written };
}

const REFUSED = { typ: 'refused', ...BY_HALL, reason: 'malformed', terminal: null, message: '' } as const;
const refuse = (chronicle: Chronicle) => chronicle.commit((writer) => writer.own([REFUSED], 0));

it('a commit that fails changes nothing and reads nothing again', () => {
  const { chronicle, disk, ledger, written } = open();
  const before = chronicle.state;
  const heard = vi.fn();
  chronicle.onChange(heard);
  disk.isFull = true;
  for (let i = 0; i < 100; i += 1) expect(() => refuse(chronicle)).toThrow('disk is full');
  expect(chronicle.state).toBe(before);
  expect(ledger.rows).toHaveBeenCalledTimes(1);
  expect(heard).not.toHaveBeenCalled();

  disk.isFull = false;
  refuse(chronicle);
  expect(chronicle.state.head.seq).toBe(3);
  expect(written.map(({ seq }) => seq)).toEqual([1, 2, 3]);
  expect(heard).toHaveBeenCalledExactlyOnceWith(new Set(['refused']));
});

it('what is staged is seen by what is staged behind it, and by nobody else before it is written', () => {
  const { chronicle } = open();
  const before = chronicle.state;
  chronicle.commit((writer) => {
    writer.own([REFUSED], 0);
    expect(writer.state.refusals).toHaveLength(1);
    expect(chronicle.state).toBe(before);
    writer.own(['checkpoint'], 0);
  });
  expect(before.refusals).toHaveLength(0);
  expect(chronicle.state.checkpoint).toMatchObject({ seq: 3 });
});

it('what throws while it stages writes nothing', () => {
  const { chronicle, written } = open();
  const before = chronicle.state;
  expect(() =>
    chronicle.commit((writer) => {
      writer.own([REFUSED], 0);
      throw new Error('no');
    }),
  ).toThrow('no');
  expect(chronicle.state).toBe(before);
  expect(written).toHaveLength(2);
});

it('a listener that throws is reported, hinders no other, and takes back nothing', () => {
  const report = vi.fn();
  const { chronicle } = open(report);
  const heard = vi.fn();
  chronicle.onChange(() => {
    throw new Error('a page');
  });
  chronicle.onChange(heard);
  refuse(chronicle);
  expect(report).toHaveBeenCalledTimes(1);
  expect(heard).toHaveBeenCalledTimes(1);
  expect(chronicle.state.head.seq).toBe(3);
});
