import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { makeBundle } from '../../coordinator/bundle/export/bundle.ts';
import { Ledger } from '../../coordinator/chronicle/ledger.ts';
import { rejectedDocument } from '../../coordinator/contract/staff-documents.ts';
import { SITTING_LEDGER } from '../../coordinator/sitting/chronicle.ts';
import { nodeSigner } from '../../shared/protocol/ed25519-node.ts';
import { AheadClock } from '../support/ahead-clock.ts';
import { PROGRAM, verdict } from '../support/both-verifiers.ts';
import { DECISION, eventually, type OpenHall, openHall, SELECTION } from '../support/open-hall.ts';
import { SecretSeat } from '../support/secret-seat.ts';
import type { Asked } from '../support/staff.ts';

const SECRET = { ...SELECTION, voting: 'secret' as const, press: 'last' as const };

let clock: AheadClock;
let open: OpenHall;
let seats: SecretSeat[] = [];
/** While this is not done, no ballot is judged. */
let judging: Promise<void>;

beforeEach(async () => {
  judging = Promise.resolve();
  clock = new AheadClock();
  open = await openHall({
    machine: clock,
    proofs: (pool) => ({
      prepare: (election) => pool.prepare(election),
      check: async (...ballots) => {
        await judging;
        return pool.check(...ballots);
      },
      sum: (...ballots) => pool.sum(...ballots),
    }),
    motions: [SECRET, { ...DECISION, id: 'm9', voting: 'secret' }],
    secrecy: { holder: 'coordinator' },
  });
  seats = await Promise.all(open.seats.map((seat) => new SecretSeat(open, seat).begin()));
  for (const seat of seats) await seat.checkIn();
});
afterEach(async () => {
  for (const seat of seats) seat.socket.destroy();
  await open.close();
});

const rowsOf = (file: string) => {
  const ledger = Ledger.read(file, SITTING_LEDGER);
  const rows = [...ledger.rows()];
  ledger.close();
  return rows;
};

const bundle = () => {
  const made = makeBundle(rowsOf(open.ledgerFile), nodeSigner(open.key), PROGRAM);
  if (!made.ok) throw new Error(made.problem);
  return made.bytes;
};

describe('a secret vote', () => {
  it('counts what was sealed, the last ballot of each, and can be verified', async () => {
    await open.act({ act: 'open', motion: 'm2', rehearsal: false });
    const [a, b, c] = seats;
    await a?.vote(['c1', 'c2']);
    await b?.vote(['c1']);
    await b?.vote(['c3']);
    await c?.vote([]);
    await open.act({ act: 'close', round: 'm2/1' });
    const result = await eventually(() => open.chronicle.state.rounds.get('m2/1')?.result, 'the result');
    expect(result.tally).toEqual({
      kind: 'selection',
      votes: [
        { id: 'c1', votes: 1 },
        { id: 'c2', votes: 1 },
        { id: 'c3', votes: 1 },
      ],
    });
    expect(result.cast).toBe(3);
    expect(verdict(bundle())).toBe('fine');
  });

  it('G2 once, G8 no loss: is held with ballots in it, on their way and being judged, goes on, and counts them all', async () => {
    let judge = () => {};
    judging = new Promise((resolve) => {
      judge = resolve;
    });
    const act = async (what: Asked) => expect(await open.act(what)).toMatchObject({ ok: true });
    await act({ act: 'open', motion: 'm2', rehearsal: false });
    const [a, b, c] = seats;
    if (!a || !b || !c) throw new Error('there are three seats');
    // One is recorded and not judged yet when the vote is held, one comes while it is held.
    a.tell(a.casting(a.seal(['c1'])));
    await eventually(() => open.chronicle.state.current?.cast === 1, 'the first ballot');
    await act({ act: 'hold', round: 'm2/1', reason: '检查设备' });
    judge();
    const late = b.casting(b.seal(['c1', 'c3']));
    b.tell(late);
    expect(await b.refusal()).toBe('on-hold');
    expect(open.chronicle.state.current?.cast).toBe(1);
    expect(await open.act({ act: 'close', round: 'm2/1' })).toMatchObject({ reason: 'on-hold' });
    await act({ act: 'resume', round: 'm2/1' });
    expect(await open.act({ act: 'close', round: 'm2/1' })).toMatchObject({ reason: 'just-resumed' });
    b.tell(late);
    await eventually(() => open.chronicle.state.current?.cast === 2, 'the kept ballot');
    await c.vote(['c3']);
    clock.putOn(5_000);
    await act({ act: 'close', round: 'm2/1' });
    const result = await eventually(() => open.chronicle.state.rounds.get('m2/1')?.result, 'the result');
    expect(result.cast).toBe(3);
    expect(result.tally).toMatchObject({
      votes: [
        { id: 'c1', votes: 2 },
        { id: 'c2', votes: 0 },
        { id: 'c3', votes: 2 },
      ],
    });
    await act({ act: 'announce', round: 'm2/1' });
    expect(verdict(bundle())).toBe('fine');
  });

  it('can be voided while ballots are judged: what is false is rejected first', async () => {
    let judge = () => {};
    judging = new Promise((resolve) => {
      judge = resolve;
    });
    await open.act({ act: 'open', motion: 'm2', rehearsal: false });
    const [a, b] = seats;
    a?.tell(a.casting(a.seal(['c1'])));
    b?.tell(b.casting(b.seal(['c1']).replace(/"response":"\d/, '"response":"')));
    await eventually(() => open.chronicle.state.current?.cast === 2, 'two ballots');
    const voided = open.act({ act: 'void', round: 'm2/1', reason: '重来' });
    judge();
    expect(await voided).toMatchObject({ ok: true });
    const types = rowsOf(open.ledgerFile).map(({ type }) => type);
    expect(types.slice(-3)).toEqual(['ballot-rejected', 'voided', 'checkpoint']);
    // The auditor reads which ballot was taken out and why, and of its choice nothing. A digit less may leave a number or none.
    const reason = expect.stringMatching(/^sealed-(without-proof|malformed)$/);
    expect(rejectedDocument(open.chronicle.state)).toEqual({
      reasons: [{ reason, count: 1 }],
      last: [
        {
          ...{ seq: expect.any(Number), time: expect.any(Number), round: 'm2/1', ballot: expect.any(Number) },
          ...{ terminal: b?.seat.terminal, reason },
        },
      ],
    });
    expect(verdict(bundle())).toBe('fine');
  });

  it('closes whatever is sent in the place of a number', async () => {
    await open.act({ act: 'open', motion: 'm2', rehearsal: false });
    const [a, b] = seats;
    await a?.vote(['c1']);
    b?.tell(b.casting(b.seal(['c1']).replace(/"challenge":"\d+/, '"challenge":"none')));
    await eventually(
      () => rowsOf(open.ledgerFile).some(({ type }) => type === 'ballot-rejected'),
      'a rejection',
    );
    await open.act({ act: 'close', round: 'm2/1' });
    const result = await eventually(() => open.chronicle.state.rounds.get('m2/1')?.result, 'the result');
    expect(result.cast).toBe(1);
    expect(verdict(bundle())).toBe('fine');
  });
});
