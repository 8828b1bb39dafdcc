import { randomBytes } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { electionBytes, receiptCodes } from '../../coordinator/bundle/export/elections.ts';
import { secretDocuments } from '../../coordinator/contract/secret-documents.ts';
import { checkSum, keyDuty, makeShare } from '../../coordinator/scrutineer/desk.ts';
import { makeSeed } from '../../shared/belenios/pedersen-trustee.ts';
import { randomSecret } from '../../shared/belenios/secret.ts';
import { offerCredential } from '../../shared/protocol/credential.ts';
import { receiptCode } from '../../shared/protocol/receipt-code.ts';
import {
  DECISION,
  eventually,
  type OpenHall,
  openHall,
  SELECTION,
  SITTING,
  testSeat,
} from '../support/open-hall.ts';
import { Scrutineers, scrutineersOf } from '../support/scrutineers.ts';
import { SecretSeat } from '../support/secret-seat.ts';

const SECRET = { ...SELECTION, voting: 'secret' as const, press: 'last' as const };
const FIRST = { ...SECRET, id: 'm3', press: 'first' as const };

let open: OpenHall;
let scrutineers: Scrutineers;
let seats: SecretSeat[];

beforeEach(async () => {
  open = await openHall({
    seats: [1, 2, 3, 4].map(testSeat),
    motions: [SECRET, FIRST, DECISION],
    secrecy: scrutineersOf(3, 2),
  });
  scrutineers = new Scrutineers(open, 3);
  await scrutineers.makeKey();
  seats = await Promise.all(open.seats.map((seat) => new SecretSeat(open, seat).begin()));
  for (const seat of seats) await seat.checkIn();
});
afterEach(async () => {
  for (const seat of seats) seat.socket.destroy();
  await open.close();
});

const vote = (motion = 'm2') => open.act({ act: 'open', motion, rehearsal: false });
const close = (round = 'm2/1') => open.act({ act: 'close', round });
const result = (round = 'm2/1') => open.chronicle.state.rounds.get(round)?.result ?? null;
const tallied = () => eventually(() => open.chronicle.state.current?.sealed?.tally, 'the sum');
const seat = (n: number): SecretSeat => {
  const found = seats[n - 1];
  if (!found) throw new Error('no such seat');
  return found;
};

/** The ballot with the first text between `from` and `to` replaced. */
const changed = (ballot: string, pattern: RegExp, by: string) => ballot.replace(pattern, by);

describe('a sealed ballot is refused and does not count', () => {
  beforeEach(() => vote());

  const cases: [string, (a: SecretSeat, b: SecretSeat) => string, string][] = [
    [
      'with a proof that does not hold',
      (a) => changed(a.seal(['c1']), /"response":"\d{9}/, '"response":"123456789'),
      'sealed-without-proof',
    ],
    [
      'with ciphertexts swapped',
      (a) => {
        const ballot = a.seal(['c1']);
        const pairs = [...ballot.matchAll(/\{"alpha":"[0-9a-f]{64}","beta":"[0-9a-f]{64}"\}/g)].map(
          ([text]) => text,
        );
        const [one = '', two = ''] = pairs;
        return ballot.replace(one, '<first>').replace(two, one).replace('<first>', two);
      },
      'sealed-without-proof',
    ],
    [
      'with a point of small order',
      (a) => changed(a.seal(['c1']), /"alpha":"[0-9a-f]{64}"/, `"alpha":"${'0'.repeat(63)}1"`),
      'sealed-without-proof',
    ],
    [
      'with a point spelled another way',
      (a) => changed(a.seal(['c1']), /"beta":"[0-9a-f]{64}"/, `"beta":"${'f'.repeat(64)}"`),
      'sealed-without-proof',
    ],
    [
      'with a scalar above the order',
      (a) => changed(a.seal(['c1']), /"challenge":"\d+"/, `"challenge":"${'9'.repeat(77)}"`),
      'sealed-malformed',
    ],
    ['signed with another deputy’s credential', (a, b) => a.seal(['c1'], b.secret), 'wrong-credential'],
    [
      'signed with a credential nobody registered',
      (a) => a.seal(['c1'], randomSecret(randomBytes)),
      'wrong-credential',
    ],
    ['that is no ballot at all', () => '{}', 'sealed-malformed'],
    [
      'longer than a ballot can be',
      (a) => changed(a.seal(['c1']), /"challenge":"\d+"/, `"challenge":"${'9'.repeat(4000)}"`),
      'sealed-malformed',
    ],
    ['with a space in it', (a) => `${a.seal(['c1'])} `, 'sealed-malformed'],
    [
      'for another election',
      (a) =>
        a
          .seal(['c1'])
          .replace(/"election_uuid":"(.)/, (_, first) => `"election_uuid":"${first === 'z' ? 'y' : 'z'}`),
      'sealed-for-another-vote',
    ],
  ];
  it.each(cases)('%s', async (_, forge, reason) => {
    const message = seat(1).casting(forge(seat(1), seat(2)));
    seat(1).tell(message);
    expect(await seat(1).refusal()).toBe(reason);
    expect(open.chronicle.state.current?.cast).toBe(0);
    // Sent again, the answer is the same.
    seat(1).tell(message);
    expect(await seat(1).refusal(2)).toBe(reason);
    // And an honest ballot still counts.
    await seat(1).vote(['c2']);
    expect(open.chronicle.state.current?.cast).toBe(1);
  });

  it('copied from somebody else’s', async () => {
    await seat(1).vote(['c1']);
    const copied = open.chronicle.state.current?.ballots.get('d1')?.choice;
    const ballot = copied?.kind === 'sealed' ? copied.ballot : '';
    seat(2).tell(seat(2).casting(ballot));
    expect(await seat(2).refusal()).toBe('wrong-credential');
    // The deputy's own, once more in a new envelope.
    seat(1).tell(seat(1).casting(ballot));
    expect(await seat(1).refusal()).toBe('sealed-copied');
  });

  it('and leaves the ballot before it counting', async () => {
    await seat(1).vote(['c1']);
    seat(1).tell(
      seat(1).casting(changed(seat(1).seal(['c3']), /"response":"\d{9}/, '"response":"123456789')),
    );
    expect(await seat(1).refusal()).toBe('sealed-without-proof');
    await close();
    await tallied();
    await scrutineers.decrypt(1);
    await scrutineers.decrypt(3);
    expect(result()?.tally).toMatchObject({ votes: [{ votes: 1 }, { votes: 0 }, { votes: 0 }] });
  });

  it('where it is open, and an open one where it is secret', async () => {
    const choice = { kind: 'selection', chosen: ['c1'] } as const;
    seat(1).tell({ ...seat(1).casting(seat(1).seal(['c1'])), choice });
    expect(await seat(1).refusal()).toBe('choice-of-another-kind');
  });
});

describe('credentials', () => {
  it('cannot be another deputy’s, nor be offered without their secret half', async () => {
    const [a, b] = [seat(1), seat(2)];
    b.tell(
      b.credential(
        offerCredential(a.secret, { sitting: SITTING, terminal: 'T2', deputy: 'd2' }, randomBytes),
      ),
    );
    expect(await b.refusal()).toBe('credential-in-use');
    b.tell(b.credential({ credential: a.credential().credential, proof: b.credential().proof }));
    expect(await b.refusal(2)).toBe('credential-in-use');
    const fresh = offerCredential(
      randomSecret(randomBytes),
      { sitting: SITTING, terminal: 'T2', deputy: 'd9' },
      randomBytes,
    );
    b.tell(b.credential(fresh));
    expect(await b.refusal(3)).toBe('wrong-credential-proof');
    b.tell(b.credential({ deputy: 'd1' }));
    expect(await b.refusal(4)).toBe('another-deputy');
  });

  it('are replaced before the first ballot, and locked by it', async () => {
    await vote();
    const one = seat(1);
    const other = randomSecret(randomBytes);
    const renew = one.credential(
      offerCredential(other, { sitting: SITTING, terminal: 'T1', deputy: 'd1' }, randomBytes),
    );
    one.tell(renew);
    await one.receipt(renew.id);
    one.tell(one.casting(one.seal(['c1'])));
    expect(await one.refusal()).toBe('wrong-credential');
    const cast = one.casting(one.seal(['c1'], other));
    one.tell(cast);
    await one.receipt(cast.id);
    const back = one.credential();
    one.tell(back);
    await one.receipt(back.id);
    one.tell(one.casting(one.seal(['c2'])));
    expect(await one.refusal(2)).toBe('voted-elsewhere');
    await close();
    await tallied();
    const { credentials } = open.chronicle.state.current?.sealed ?? {};
    // The deputy stands in the election once, with the credential that voted.
    expect(credentials).toHaveLength(4);
    expect(credentials).toContain(renew.credential);
    expect(credentials).not.toContain(back.credential);
  });
});

describe('presses', () => {
  it('where the first counts, a second ballot is refused', async () => {
    await vote('m3');
    await seat(1).vote(['c1']);
    seat(1).tell(seat(1).casting(seat(1).seal(['c2'])));
    expect(await seat(1).refusal()).toBe('already-voted');
  });
});

describe('audits', () => {
  const audit = (from: SecretSeat, ballot: string) => {
    const { press: _, choice: __, typ: ___, ...of } = from.casting(ballot);
    return { ...of, typ: 'audit', ballot, votes: [[1, 0, 0]], randomness: [['1', '2', '3']] };
  };

  it('spoil the ballot they open, and no more than five are taken', async () => {
    await vote();
    const one = seat(1);
    const ballot = one.seal(['c1']);
    const opening = audit(one, ballot);
    one.tell(opening);
    await one.receipt(opening.id);
    one.tell(one.casting(ballot));
    expect(await one.refusal()).toBe('opened-for-audit');
    for (let i = 0; i < 4; i += 1) {
      const next = audit(one, one.seal(['c1']));
      one.tell(next);
      await one.receipt(next.id);
    }
    one.tell(audit(one, one.seal(['c1'])));
    expect(await one.refusal(2)).toBe('too-many-audits');
    await one.vote(['c1']);
    expect(secretDocuments.audits(open.chronicle.state)?.count).toBe(5);
  });
});

describe('the decryption', () => {
  const held = async () => {
    await vote();
    await seat(1).vote(['c1', 'c2']);
    await seat(2).vote(['c1']);
    await seat(3).vote([]);
    await close();
    await tallied();
  };

  it('waits for enough shares, and takes none that is false, another’s, given twice or of another sum', async () => {
    await held();
    const round = 'm2/1';
    const give = (owner: number, share: string) => open.act({ act: 'share', round, owner, share });
    expect(await open.act({ act: 'announce', round })).toMatchObject({ reason: 'not-decrypted' });
    expect(await give(1, scrutineers.share(2))).toMatchObject({ reason: 'wrong-share' });
    expect(
      await give(1, scrutineers.share(1).replace(/"response":"\d{5}/, '"response":"12345')),
    ).toMatchObject({ reason: 'wrong-share' });
    expect(await give(1, '{}')).toMatchObject({ reason: 'wrong-share' });
    // On the staff, and not among those who hold the key.
    expect(await give(4, scrutineers.share(1))).toMatchObject({ reason: 'not-allowed' });
    expect(await scrutineers.decrypt(3)).toMatchObject({ ok: true });
    expect(await scrutineers.decrypt(3)).toMatchObject({ reason: 'share-given' });
    expect(result()).toBeNull();
    expect(await scrutineers.decrypt(1)).toMatchObject({ ok: true });
    expect(result()?.tally).toMatchObject({ votes: [{ votes: 2 }, { votes: 1 }, { votes: 0 }] });
    expect(await give(2, '{}')).toMatchObject({ reason: 'share-not-needed' });
    expect(await scrutineers.sign(2)).toMatchObject({ ok: true });
    expect(await scrutineers.sign(2)).toMatchObject({ reason: 'signed-already' });
    const signature = { challenge: '1', response: '2' };
    expect(await open.act({ act: 'sign-result', round, owner: 1, signature })).toMatchObject({
      reason: 'wrong-result-signature',
    });
    expect(await open.act({ act: 'announce', round })).toMatchObject({ ok: true });
  });

  it('is refused by a scrutineer’s device for anything but the sum of all ballots', async () => {
    await held();
    const { state } = open.chronicle;
    const due = secretDocuments.decryption(state);
    const round = state.current;
    if (!due || !round) throw new Error('nothing is due');
    const secrecy = secretDocuments.secrecy(state);
    const archive = electionBytes(round);
    expect(checkSum(due, secrecy, archive)).toMatchObject({ ballots: 3 });
    const one = round.ballots.get('d1')?.choice;
    const pairs = one?.kind === 'sealed' ? (/"choices":(\[.*?\])/.exec(one.ballot)?.[1] ?? '') : '';
    expect(checkSum({ ...due, tally: `[${pairs}]` }, secrecy, archive)).toBe('sum');
    expect(checkSum({ ...due, cast: 2 }, secrecy, archive)).toBe('sum');
    expect(checkSum(due, { ...secrecy, publicKey: '0'.repeat(64) }, archive)).toBe('key');
    expect(checkSum(due, secrecy, archive.slice(0, -512))).toBe('archive');
    const sum = checkSum(due, secrecy, archive);
    if (typeof sum === 'string') throw new Error(sum);
    // A key lost: with another seed there is no share.
    expect(makeShare(sum, secrecy, { owner: 1, seed: makeSeed(randomBytes) }, randomBytes)).toBeNull();
  });

  it('shows the receipt code of every ballot that counts, and no other', async () => {
    await held();
    const round = open.chronicle.state.current;
    if (!round) throw new Error('no round');
    const cast = [...round.ballots.values()].map(({ choice }) =>
      choice.kind === 'sealed' ? receiptCode(choice.ballot) : '',
    );
    expect(receiptCodes(round)).toEqual(cast.sort());
  });

  it('of a vote in which nobody voted needs nobody', async () => {
    await vote();
    await close();
    expect(result()).toMatchObject({ cast: 0, tally: { votes: [{ votes: 0 }, { votes: 0 }, { votes: 0 }] } });
  });
});

describe('the making of the key', () => {
  it('takes every contribution once, in its turn, and only what holds', async () => {
    await open.act({ act: 'new-ceremony', reason: '密钥丢失' });
    expect(await vote()).toMatchObject({ reason: 'no-election-key' });
    const secrecy = () => secretDocuments.secrecy(open.chronicle.state);
    const [one, two, three] = [1, 2, 3].map((owner) => ({ owner, seed: makeSeed(randomBytes) }));
    if (!one || !two || !three) throw new Error('no scrutineers');
    const due = (self: { owner: number; seed: string }) => {
      const duty = keyDuty(secrecy(), self, randomBytes);
      if (duty.is !== 'contribute' && duty.is !== 'compare') throw new Error(duty.is);
      return { ...duty.act, owner: self.owner };
    };
    const first = due(one);
    expect(await open.act({ ...first, owner: 2 })).toMatchObject({ reason: 'bad-contribution' });
    expect(await open.act(first)).toMatchObject({ ok: true });
    expect(await open.act(first)).toMatchObject({ reason: 'contributed-already' });
    expect(await open.act({ ...first, step: 'polynomial' })).toMatchObject({ reason: 'not-your-turn' });
    // Somebody came in with scrutineer 1's code on another device.
    expect(keyDuty(secrecy(), { owner: 1, seed: makeSeed(randomBytes) }, randomBytes)).toEqual({
      is: 'not-mine',
    });
    expect(keyDuty(secrecy(), one, randomBytes)).toMatchObject({ is: 'wait', awaited: [2, 3] });
    await open.act(due(two));
    await open.act(due(three));
    const codes = [one, two, three]
      .map((self) => keyDuty(secrecy(), self, randomBytes))
      .map((duty) => ('code' in duty ? duty.code : null));
    expect(new Set(codes).size).toBe(1);
    const polynomial = due(one);
    const lie = { ...polynomial, text: polynomial.text.replace(/"response":"\d{5}/, '"response":"12345') };
    expect(await open.act(lie)).toMatchObject({ reason: 'bad-contribution' });
  });

  it('cannot be begun again while ballots still need the key', async () => {
    await vote();
    await seat(1).vote(['c1']);
    expect(await open.act({ act: 'new-ceremony', reason: 'x' })).toMatchObject({
      reason: 'secret-vote-unsettled',
    });
    await close();
    await tallied();
    expect(await open.act({ act: 'new-ceremony', reason: 'x' })).toMatchObject({
      reason: 'secret-vote-unsettled',
    });
    await open.act({ act: 'void', round: 'm2/1', reason: '监票人丢失密钥' });
    expect(await open.act({ act: 'new-ceremony', reason: 'x' })).toMatchObject({ ok: true });
  });
});
