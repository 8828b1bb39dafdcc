import { randomBytes } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { MOST_SEALED } from '../../coordinator/sitting/judge.ts';
import { eventually, type OpenHall, openHall, SELECTION, testSeat } from '../support/open-hall.ts';
import { SecretSeat } from '../support/secret-seat.ts';
import { signedAnew } from '../support/sign-anew.ts';

/** What a seat that holds its credential, and so can sign whatever it likes, is still refused. */

const SECRET = { ...SELECTION, voting: 'secret' as const, press: 'last' as const };

let open: OpenHall;
let seat: SecretSeat;

beforeEach(async () => {
  open = await openHall({
    seats: [testSeat(1)],
    motions: [SECRET],
    secrecy: { holder: 'coordinator' },
  });
  const [first] = open.seats;
  if (!first) throw new Error('there is a seat');
  seat = await new SecretSeat(open, first).begin();
  await seat.checkIn();
  await open.act({ act: 'open', motion: 'm2', rehearsal: false });
});
afterEach(async () => {
  seat.socket.destroy();
  await open.close();
});

const sealed = () => open.chronicle.state.current?.sealed;
const cast = async (ballot: string) => {
  const message = seat.casting(ballot);
  seat.tell(message);
  await seat.receipt(message.id);
};
/** The message that opens a ballot; that it opens it as it was sealed is for the reader to find out. */
const opening = (ballot: string, opened = {}) => {
  const { press: _, choice: __, typ: ___, ...of } = seat.casting(ballot);
  return { ...of, typ: 'audit', ballot, votes: [[1, 0, 0]], randomness: [['1', '2', '3']], ...opened };
};

describe('a seat that signs as it likes', () => {
  it('casts no ballot a second time in another text', async () => {
    const ballot = seat.seal(['c1']);
    await cast(ballot);
    await cast(seat.seal(['c2']));
    const anew = signedAnew(ballot, seat.secret, randomBytes);
    expect(anew).not.toBe(ballot);
    seat.tell(seat.casting(anew));
    expect(await seat.refusal()).toBe('sealed-copied');
    expect(sealed()?.entered.get('d1')).toBe(2);
  });

  it('casts no ballot that everybody can read, in whatever text', async () => {
    const ballot = seat.seal(['c1']);
    const message = opening(ballot);
    seat.tell(message);
    await seat.receipt(message.id);
    seat.tell(seat.casting(signedAnew(ballot, seat.secret, randomBytes)));
    expect(await seat.refusal()).toBe('opened-for-audit');
    expect(open.chronicle.state.current?.cast).toBe(0);
  });

  it('opens every answer of every question and nothing else', async () => {
    const shapes = [
      { votes: [] },
      { votes: [[1, 0]] },
      { votes: [[1, 0, 0, 0]] },
      { votes: [[1, 0, 0], []] },
      { randomness: [['1', '2']] },
      { randomness: [['1', '2', '3'], ['4']] },
    ];
    for (const [i, shape] of shapes.entries()) {
      seat.tell(opening(seat.seal(['c1']), shape));
      expect(await seat.refusal(i + 1)).toBe('sealed-malformed');
    }
    expect(sealed()?.audits).toHaveLength(0);
  });

  it('fills no disk: what is longer than a ballot can be is not recorded', async () => {
    const before = open.chronicle.state.head.seq;
    seat.tell(seat.casting(seat.seal(['c1']).padEnd(200_000)));
    expect(await seat.refusal()).toBe('sealed-malformed');
    expect(open.chronicle.state.head.seq).toBe(before + 1);
    expect(sealed()?.entered.size).toBe(0);
  });

  it('casts no more than fifty in a vote, and the last of these counts', async () => {
    for (let n = 0; n < MOST_SEALED; n += 1) await cast(seat.seal(n === MOST_SEALED - 1 ? ['c2'] : ['c1']));
    seat.tell(seat.casting(seat.seal(['c1'])));
    expect(await seat.refusal()).toBe('too-many-ballots');
    await open.act({ act: 'close', round: 'm2/1' });
    const result = await eventually(() => open.chronicle.state.rounds.get('m2/1')?.result, 'the result');
    expect(result.tally).toMatchObject({
      votes: [{ votes: 0 }, { votes: 1 }, { votes: 0 }],
    });
  });
});
