import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pino } from 'pino';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { nodeSigner } from '../../../shared/protocol/ed25519-node.ts';
import { makeKeyPair } from '../../../shared/protocol/keys.ts';
import { HandClock } from '../../../test/support/hand-clock.ts';
import { rethrow } from '../../../test/support/rethrow.ts';
import { usualWho } from '../../../test/support/staff.ts';
import { Ledger } from '../../chronicle/ledger.ts';
import { QuietLog } from '../../process/quiet-log.ts';
import { Chronicle, SITTING_LEDGER } from '../../sitting/chronicle.ts';
import { MOST_REFUSED } from '../../sitting/refusal-budget.ts';
import { Refusals } from './refusals.ts';

let clock: HandClock;
let folder: string;
let ledger: Ledger;
let chronicle: Chronicle;
let refusals: Refusals;
let log: string[];

const BEGUN = {
  hall: 'h',
  name: { zh: '会场' },
  congress: { zh: '大会' },
  sitting: 'sitting-of-a-usual-name',
};
const key = makeKeyPair(randomBytes);

function start(): void {
  ledger = Ledger.open(join(folder, 'sitting.ledger'), SITTING_LEDGER);
  chronicle = new Chronicle(ledger, nodeSigner(key), clock, rethrow);
  chronicle.start({ ...BEGUN, title: { zh: '会议' }, date: '2027-01-15', key: key.x }, 'test', 'tls');
  const quiet = new QuietLog(pino({}, { write: (line: string) => log.push(line) }), clock.mono);
  refusals = new Refusals(chronicle, clock.after, quiet);
}

beforeEach(() => {
  clock = new HandClock();
  folder = mkdtempSync(join(tmpdir(), 'hallvote-refusals-'));
  log = [];
  start();
});
afterEach(() => {
  vi.restoreAllMocks();
  ledger.close();
  rmSync(folder, { recursive: true });
});

const RUBBISH = randomBytes(30_000);
const stranger = () => refusals.record(undefined, 'malformed', RUBBISH);
const rows = (type: string) => [...ledger.rows()].filter((row) => row.type === type);

/** A connection of an enrolled terminal, which keeps its patience when it comes back. */
function terminal(name: string) {
  const party = { kind: 'terminal', terminal: name } as const;
  return { party, mayRefuse: refusals.patience(party) };
}

/** Ends a vote as far as refusals are concerned. */
const endVote = () =>
  chronicle.commit((writer) =>
    writer.own([{ typ: 'voided', ...usualWho('void'), round: 'm1/1', reason: '-' }], chronicle.now()),
  );

describe('what refusals take of a ledger', () => {
  it('of strangers is less than 1 MB, whatever they do, for however long, over however many starts', () => {
    const before = statSync(join(folder, 'sitting.ledger')).size;
    for (let hour = 0; hour < 12; hour += 1) {
      for (let minute = 0; minute < 60; minute += 1) {
        for (let n = 0; n < 200; n += 1) stranger();
        clock.pass(30_000);
        endVote();
        clock.pass(30_000);
      }
      refusals.stop();
      ledger.close();
      start();
    }
    ledger.close();
    const told = chronicle.state.refused;
    expect(told.strangers).toBeGreaterThan(MOST_REFUSED.strangers / 2);
    const votes = rowsTaken('voided');
    expect(statSync(join(folder, 'sitting.ledger')).size - before - votes).toBeLessThan(1_000_000);
    expect(told.told).toBeGreaterThan((12 * 60 * 200 * 4) / 5);
    start();
  });

  it('of a terminal is bounded too, also when it comes back, and of all terminals together', () => {
    for (let minute = 0; minute < 30; minute += 1) {
      for (let n = 0; n < 60; n += 1) refusals.record(terminal('T1'), 'not-allowed', RUBBISH);
      clock.pass(60_000);
    }
    const { refused } = chronicle.state;
    expect(refused.byTerminal.get('T1')).toBeGreaterThan(MOST_REFUSED.terminal - 10_000);
    expect(refused.byTerminal.get('T1')).toBeLessThan(MOST_REFUSED.terminal + 10_000);
    expect(refused.strangers).toBe(0);
    refusals.stop();
    expect(chronicle.state.refused.told).toBe(30 * 60);
    expect(rows('refusals-counted').length).toBeLessThan(10);
  });

  it('is one commit for many that come together', () => {
    const commits = vi.spyOn(chronicle, 'commit');
    for (let n = 0; n < 500; n += 1) stranger();
    expect(commits).not.toHaveBeenCalled();
    clock.pass(250);
    expect(commits).toHaveBeenCalledTimes(1);
    expect(rows('refused')).toHaveLength(100);
  });
});

describe('what has no entry of its own', () => {
  it('is counted behind the end of a vote, by reason and terminal', () => {
    for (let n = 0; n < 130; n += 1) stranger();
    for (let n = 0; n < 25; n += 1) refusals.record(terminal('T1'), 'not-allowed', RUBBISH);
    clock.pass(250);
    endVote();
    clock.pass(250);
    const [, body] = rows('refusals-counted')[0]?.body.split('.') ?? [];
    expect(JSON.parse(Buffer.from(body ?? '', 'base64url').toString())).toMatchObject({
      counts: [
        { reason: 'malformed', terminal: null, count: 30 },
        { reason: 'not-allowed', terminal: 'T1', count: 5 },
      ],
    });
    endVote();
    clock.pass(250);
    expect(rows('refusals-counted')).toHaveLength(1);
  });

  it('is counted after ten minutes, and at a clean stop, which leaves no timer', () => {
    for (let n = 0; n < 130; n += 1) stranger();
    clock.pass(600_000);
    expect(chronicle.state.refused.told).toBe(130);
    for (let n = 0; n < 150; n += 1) stranger();
    refusals.stop();
    expect(chronicle.state.refused.told).toBe(280);
    expect(clock.timers).toBe(0);
  });
});

describe('on a disk that takes nothing', () => {
  it('a refusal costs an attempt in a while and few lines of log, and is counted when there is room again', () => {
    const full = vi.spyOn(chronicle, 'commit').mockImplementation(() => {
      throw new Error('ENOSPC');
    });
    for (let second = 0; second < 120; second += 1) {
      for (let n = 0; n < 100; n += 1) stranger();
      clock.pass(1_000);
    }
    expect(full.mock.calls.length).toBeLessThan(10);
    expect(log.length).toBeLessThan(6);
    full.mockRestore();
    clock.pass(600_000);
    expect(chronicle.state.refused.told).toBe(12_000);
  });
});

/** About what rows of a type take of the file. */
function rowsTaken(type: string): number {
  ledger = Ledger.open(join(folder, 'sitting.ledger'), SITTING_LEDGER);
  const taken = rows(type).reduce((sum, { body }) => sum + body.length + 300, 0);
  ledger.close();
  return taken;
}
