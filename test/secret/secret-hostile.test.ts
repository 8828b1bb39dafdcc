import { randomBytes } from 'node:crypto';
import { afterEach, describe, expect, it } from 'vitest';
import { electionBytes } from '../../coordinator/bundle/export/elections.ts';
import { secretDocuments } from '../../coordinator/contract/secret-documents.ts';
import type { Proofs } from '../../coordinator/proofs/proofs.ts';
import { checkSum } from '../../coordinator/scrutineer/desk.ts';
import { electionArchive } from '../../shared/belenios/election-archive.ts';
import { encode, secretBasePower } from '../../shared/belenios/group.ts';
import { base64Hash } from '../../shared/belenios/hash.ts';
import { randomSecret } from '../../shared/belenios/secret.ts';
import { sumOfBallots } from '../../shared/belenios/sum.ts';
import { tallyText } from '../../shared/belenios/tally-text.ts';
import { shapeOf } from '../../shared/kinds/counting.ts';
import { DECISION, eventually, type OpenHall, openHall, SELECTION, testSeat } from '../support/open-hall.ts';
import { Scrutineers, scrutineersOf } from '../support/scrutineers.ts';
import { newId, sign } from '../support/seat-messages.ts';
import { SecretSeat } from '../support/secret-seat.ts';

const SECRET = { ...SELECTION, voting: 'secret' as const, press: 'last' as const };

let open: OpenHall;
let seats: SecretSeat[];

async function begin(proofs?: (pool: Proofs) => Proofs): Promise<Scrutineers> {
  open = await openHall({
    seats: [1, 2].map(testSeat),
    motions: [SECRET, { ...SECRET, id: 'm3' }, DECISION],
    secrecy: scrutineersOf(3, 2),
    ...(proofs ? { proofs } : {}),
  });
  const scrutineers = new Scrutineers(open, 3);
  await scrutineers.makeKey();
  seats = await Promise.all(open.seats.map((seat) => new SecretSeat(open, seat).begin()));
  for (const seat of seats) await seat.checkIn();
  return scrutineers;
}
afterEach(async () => {
  for (const seat of seats) seat.socket.destroy();
  await open.close();
});

const start = (motion: string) => open.act({ act: 'open', motion, rehearsal: false });
const seat = (n: number): SecretSeat => {
  const found = seats[n - 1];
  if (!found) throw new Error('no such seat');
  return found;
};

/** Resolves when what was sent to the intake so far is recorded, or waits for a vote's end. */
async function arrived(): Promise<void> {
  await open.hall.broker.intake.drain();
  await new Promise((resolve) => setImmediate(resolve));
}

/** Proofs that are checked only once the gate is open; `calls` counts the checks asked for. */
function gated() {
  let release = () => {};
  let gate = Promise.resolve();
  const state = {
    calls: 0,
    shut: () => {
      gate = new Promise((resolve) => {
        release = resolve;
      });
    },
    open: () => release(),
    of: (pool: Proofs): Proofs => ({
      prepare: (election) => pool.prepare(election),
      check: async (election, ballots) => {
        state.calls += 1;
        await gate;
        return pool.check(election, ballots);
      },
      sum: (ballots, shape) => pool.sum(ballots, shape),
    }),
  };
  return state;
}

describe('a scrutineer’s device', () => {
  it('does not decrypt one ballot taken out of its vote into an election that was made up around it', async () => {
    await begin();
    await start('m2');
    await seat(1).vote(['c1', 'c2']);
    await seat(2).vote(['c1']);
    await open.act({ act: 'close', round: 'm2/1' });
    await eventually(() => open.chronicle.state.current?.sealed?.tally, 'the sum');
    const { state } = open.chronicle;
    const due = secretDocuments.decryption(state);
    const round = state.current;
    const victim = round?.ballots.get('d1')?.choice;
    if (!due || !round?.sealed || victim?.kind !== 'sealed') throw new Error('nothing is due');
    const { sealed, motion } = round;
    // The coordinator's own: another name, and so another hash, than any vote in the ledger.
    const election = sealed.electionText.replace(sealed.election.uuid, 'z'.repeat(22));
    const ballot = JSON.stringify({
      ...JSON.parse(victim.ballot),
      election_uuid: 'z'.repeat(22),
      election_hash: base64Hash(election),
      credential: encode(secretBasePower(randomSecret(randomBytes))),
    });
    const tally = tallyText(sumOfBallots([ballot], shapeOf(motion)));
    const archive = electionArchive({
      timestamp: 0,
      election,
      trustees: sealed.key.text,
      credentials: [],
      ballots: [ballot],
      tally: { ballots: 1, text: tally },
      shares: [],
      result: null,
    });
    const asked = { ...due, election, tally, cast: 1 };
    expect(checkSum(due, secretDocuments.secrecy(state), electionBytes(round))).toMatchObject({
      ballots: 2,
    });
    expect(checkSum(asked, secretDocuments.secrecy(state), archive)).toBe('archive');
  });
});

describe('two ends at once', () => {
  it('a ballot that came before the second waits for the first alone', async () => {
    const proofs = gated();
    await begin(proofs.of);
    await start('m1');
    await open.act({ act: 'close', round: 'm1/1' });
    await open.act({ act: 'announce', round: 'm1/1' });
    await start('m2');
    proofs.shut();
    seat(1).tell(seat(1).casting(seat(1).seal(['c1'])));
    await eventually(() => open.chronicle.state.current?.cast === 1, 'the first ballot');
    const voided = open.act({ act: 'void', round: 'm1/1', reason: 'x' });
    const late = seat(2).casting(seat(2).seal(['c1']));
    await arrived();
    const answer = open.hall.broker.intake.submit('T2', Buffer.from(sign(late, seat(2).seat.key)));
    const closed = open.act({ act: 'close', round: 'm2/1' });
    await arrived();
    proofs.open();
    expect(await voided).toMatchObject({ ok: true });
    expect(await closed).toMatchObject({ ok: true });
    expect(await answer).toMatchObject({ kind: 'entered' });
    expect(open.chronicle.state.current?.cast).toBe(2);
  });
});

describe('a ballot of a vote that is over', () => {
  it('is answered from the ledger, and costs no second look at its proofs', async () => {
    const proofs = gated();
    await begin(proofs.of);
    await start('m2');
    const message = seat(1).casting(seat(1).seal(['c1']));
    seat(1).tell(message);
    await seat(1).receipt(message.id);
    await open.act({ act: 'close', round: 'm2/1' });
    await open.act({ act: 'void', round: 'm2/1', reason: 'x' });
    await start('m3');
    await seat(2).vote(['c2']);
    const before = proofs.calls;
    const receipts = () => seat(1).told.filter((m) => m.typ === 'receipt' && m.for === message.id).length;
    seat(1).tell(message);
    await eventually(() => receipts() === 2, 'the receipt again');
    expect(proofs.calls).toBe(before);
  });

  it('that comes again does not have a false ballot of the next one rejected twice', async () => {
    const proofs = gated();
    await begin(proofs.of);
    await start('m2');
    const message = seat(1).casting(seat(1).seal(['c1']));
    seat(1).tell(message);
    await seat(1).receipt(message.id);
    await open.act({ act: 'void', round: 'm2/1', reason: 'x' });
    await start('m3');
    proofs.shut();
    const forged = seat(2)
      .seal(['c1'])
      .replace(/"response":"\d{9}/, '"response":"123456789');
    seat(2).tell(seat(2).casting(forged));
    await eventually(() => open.chronicle.state.current?.cast === 1, 'the false ballot');
    let rejections = 0;
    open.chronicle.onChange((types) => {
      if (types.has('ballot-rejected')) rejections += 1;
    });
    const again = open.hall.broker.intake.submit('T1', Buffer.from(sign(message, seat(1).seat.key)));
    await arrived();
    const closed = open.act({ act: 'close', round: 'm3/1' });
    await arrived();
    proofs.open();
    await again;
    expect(await closed).toMatchObject({ ok: true });
    expect(rejections).toBe(1);
  });
});

describe('one terminal that floods', () => {
  it('has no more refusals recorded for coming back', async () => {
    await begin();
    const refused = () => open.chronicle.state.refusals.filter(({ terminal }) => terminal === 'T1').length;
    seat(1).socket.destroy();
    const since = performance.now();
    for (let i = 0; i < 3; i += 1) {
      const rogue = await new SecretSeat(open, seat(1).seat).begin();
      for (let n = 0; n < 25 && !rogue.closed; n += 1) rogue.tell({ typ: 'nonsense', id: newId() });
      await rogue.end();
    }
    expect(refused()).toBeGreaterThan(15);
    // Far from the 75 it tried: what one connection may, one more a second, and what each was cut off at.
    const seconds = Math.ceil((performance.now() - since) / 1000);
    expect(refused()).toBeLessThanOrEqual(35 + seconds);
  });
});
