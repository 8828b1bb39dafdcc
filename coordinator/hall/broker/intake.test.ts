import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pino } from 'pino';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { nodeSigner } from '../../../shared/protocol/ed25519-node.ts';
import { makeKeyPair } from '../../../shared/protocol/keys.ts';
import { HandClock } from '../../../test/support/hand-clock.ts';
import { rethrow } from '../../../test/support/rethrow.ts';
import { actor } from '../../../test/support/staff.ts';
import { Ledger } from '../../chronicle/ledger.ts';
import { QuietLog } from '../../process/quiet-log.ts';
import { Chronicle, SITTING_LEDGER } from '../../sitting/chronicle.ts';
import { Intake } from './intake.ts';
import type { Aside, Checked } from './message-check.ts';
import { Refusals } from './refusals.ts';

const REFUSED: Checked = { for: null, reason: 'malformed' };
const stranger = makeKeyPair(randomBytes);
const ASIDE: Aside = { typ: 'hello', v: 1, id: 'x'.repeat(22), hall: 'h', terminal: 'T1' };

let clock: HandClock;
let folder: string;
let ledger: Ledger;
let chronicle: Chronicle;
let intake: Intake;
let settle: () => Promise<void>;

/** An intake where a message's text says what its check does. */
beforeEach(() => {
  clock = new HandClock();
  folder = mkdtempSync(join(tmpdir(), 'hallvote-intake-'));
  ledger = Ledger.open(join(folder, 'sitting.ledger'), SITTING_LEDGER);
  settle = () => Promise.resolve();
  const checks: Record<string, () => Promise<Aside | Checked>> = {
    refused: () => Promise.resolve(REFUSED),
    aside: () => Promise.resolve(ASIDE),
    stranger: () => Promise.resolve({ for: null, reason: 'not-enrolled', kid: stranger.kid }),
    breaks: () => Promise.reject(new Error('no thread')),
  };
  const key = makeKeyPair(randomBytes);
  chronicle = new Chronicle(ledger, nodeSigner(key), clock, rethrow);
  const begun = {
    hall: 'h',
    name: { zh: '会场' },
    congress: { zh: '大会' },
    sitting: 's',
    title: { zh: '会议' },
  };
  chronicle.start({ ...begun, date: '2027-01-15', key: key.x }, 'test', 'tls');
  intake = new Intake({
    chronicle,
    check: { message: (_, text) => checks[text]?.() ?? new Promise(() => {}) },
    aside: () => {
      throw new Error('nobody minds the terminals');
    },
    holdsProof: () => false,
    proofDesk: { judge: () => Promise.resolve(null), settled: () => settle() },
    refusals: new Refusals(chronicle, clock.after, new QuietLog(pino({ enabled: false }), clock.mono)),
    after: clock.after,
  });
});
afterEach(() => {
  ledger.close();
  rmSync(folder, { recursive: true });
});

const submit = (text: string) => intake.submit('T1', Buffer.from(text));
const nextTurn = () => new Promise((resolve) => setImmediate(resolve));

describe('a message whose check breaks', () => {
  it.each(['breaks', 'aside'])(
    '(%s) fails alone: what comes after it does not wait, nor does a vote’s end',
    async (broken) => {
      await expect(submit(broken)).rejects.toThrow();
      // Answered without the timer that waits for others on their way: nobody is.
      expect(await submit('refused')).toMatchObject({ kind: 'refused', reason: 'malformed' });
      expect(await intake.still(() => 'closed')).toBe('closed');
      expect(clock.timers).toBe(0);
    },
  );
});

describe('a message refused for its key', () => {
  it('is to be sent again where that key was enrolled meanwhile: nobody has looked at the signature', async () => {
    const before = chronicle.state.head.seq;
    expect(await submit('stranger')).toMatchObject({ kind: 'refused', reason: 'not-enrolled' });
    const terminals = [{ terminal: 'T1', seat: '1', key: stranger.x }];
    chronicle.commit((writer) =>
      writer.own([{ typ: 'terminals-enrolled', by: actor('operator'), terminals }], 0),
    );
    await expect(submit('stranger')).rejects.toThrow('enrolled by now');
    expect(chronicle.state.head.seq).toBe(before + 2);
  });
});

describe('an intake that stops', () => {
  it('records what has arrived, takes no more and leaves no timer', async () => {
    const before = submit('refused');
    await intake.stop();
    expect(await before).toMatchObject({ kind: 'refused' });
    await expect(submit('refused')).rejects.toThrow('the hall has stopped');
    expect(clock.timers).toBe(0);
  });

  it('refuses what a vote’s end holds back, and the vote’s end changes nothing about that', async () => {
    let isSettled = () => {};
    settle = () =>
      new Promise((resolve) => {
        isSettled = resolve;
      });
    const closed = intake.still(() => 'closed');
    await nextTurn();
    const held = expect(submit('refused')).rejects.toThrow('the hall has stopped');
    await nextTurn();
    await intake.stop();
    await held;
    isSettled();
    expect(await closed).toBe('closed');
    expect(clock.timers).toBe(0);
  });
});
