import { afterEach, beforeEach, expect, it } from 'vitest';
import { electionBytes } from '../../coordinator/bundle/export/elections.ts';
import { ReceiptsDocument } from '../../coordinator/contract/documents.ts';
import { PublicElections } from '../../coordinator/web/public-elections.ts';
import { eventually, type OpenHall, openHall, SELECTION, testSeat } from '../support/open-hall.ts';
import { Scrutineers, scrutineersOf } from '../support/scrutineers.ts';
import { SecretSeat } from '../support/secret-seat.ts';
import { type ServedHall, serveHall } from '../support/served-hall.ts';
import { signedIn } from '../support/signed-in.ts';

const SECRET = { ...SELECTION, voting: 'secret' as const, press: 'last' as const };

let open: OpenHall;
let scrutineers: Scrutineers;
let seat: SecretSeat;
let served: ServedHall;

beforeEach(async () => {
  open = await openHall({
    seats: [testSeat(1)],
    motions: [SECRET, { ...SECRET, id: 'm3' }],
    secrecy: scrutineersOf(3, 2),
  });
  scrutineers = new Scrutineers(open, 3);
  await scrutineers.makeKey();
  const [first] = open.seats;
  if (!first) throw new Error('there is a seat');
  seat = await new SecretSeat(open, first).begin();
  await seat.checkIn();
  served = await serveHall(open);
});
afterEach(async () => {
  seat.socket.destroy();
  await served.close();
  await open.close();
});

const receiptsOf = (elections: PublicElections) => ReceiptsDocument.parse(JSON.parse(elections.receipts()));

async function vote(motion: string) {
  await open.act({ act: 'open', motion, rehearsal: false });
  await seat.vote(['c1']);
  await open.act({ act: 'close', round: `${motion}/1` });
  const sealed = () => open.chronicle.state.current?.sealed;
  await eventually(() => sealed()?.tally, 'the sum');
  return sealed()?.election.uuid ?? '';
}

const now = 0;

it('keeps what was made, and makes it anew when there is more of it', async () => {
  const elections = new PublicElections(
    () => open.chronicle.state,
    () => now,
  );
  const first = await vote('m2');
  const stages = [elections.archive(first)];
  expect(elections.archive(first)).toBe(stages[0]);
  for (const owner of [1, 2]) {
    await scrutineers.decrypt(owner);
    const round = open.chronicle.state.current;
    const now = elections.archive(first);
    expect(now).toEqual(round && electionBytes(round));
    expect(now).not.toEqual(stages.at(-1));
    stages.push(now);
  }
  expect(receiptsOf(elections).map(({ round }) => round)).toEqual(['m2/1']);
  await open.act({ act: 'announce', round: 'm2/1' });
  await open.act({ act: 'clear' });
  const second = await vote('m3');
  expect(elections.archive(second)).not.toEqual(elections.archive(first));
  expect(elections.archive(first)).toEqual(stages.at(-1));
  const [of2, of3] = receiptsOf(elections).map(({ codes }) => codes);
  expect(of2).toHaveLength(1);
  expect(of3).toHaveLength(1);
  expect(of3).not.toEqual(of2);
  expect(elections.archive('another')).toBeNull();
  // Two asked for in turn are made once each.
  expect(elections.archive(second)).toBe(elections.archive(second));
  const both = [first, second].map((uuid) => elections.archive(uuid));
  for (let n = 0; n < 20; n += 1)
    for (const [i, uuid] of [first, second].entries()) expect(elections.archive(uuid)).toBe(both[i]);
});

it('makes no more anew than the hall can bear where there is more than is kept', async () => {
  let now = 0;
  const elections = new PublicElections(
    () => open.chronicle.state,
    () => now,
    1,
  );
  const first = await vote('m2');
  for (const owner of [1, 2]) await scrutineers.decrypt(owner);
  await open.act({ act: 'announce', round: 'm2/1' });
  await open.act({ act: 'clear' });
  const second = await vote('m3');
  for (let n = 0; n < 4; n += 1)
    for (const uuid of [first, second]) expect(elections.archive(uuid)).toBeInstanceOf(Uint8Array);
  expect(elections.archive(first)).toBe('later');
  expect(elections.archive(second)).toBeInstanceOf(Uint8Array);
  now = 5_000;
  expect(elections.archive(first)).toBeInstanceOf(Uint8Array);
  expect(elections.archive(second)).toBe('later');
});

it('is not handed to one address again and again without end', async () => {
  const uuid = await vote('m2');
  const codes = [];
  for (let n = 0; n < 70; n += 1) {
    const { status } = await fetch(`${served.http}/api/elections/${uuid}.bel`);
    codes.push(status);
    if (status === 429) break;
  }
  expect(codes[0]).toBe(200);
  expect(codes.at(-1)).toBe(429);
});

it('a scrutineer who has left is out, whoever has kept the cookie', async () => {
  const post = (path: string, body: object, cookie = '') =>
    fetch(served.http + path, {
      method: 'POST',
      headers: { 'content-type': 'application/json', cookie },
      body: JSON.stringify(body),
    });
  const cookie = await signedIn(served, 's1');
  const who = async () => (await fetch(`${served.http}/api/session`, { headers: { cookie } })).json();
  expect(await who()).toMatchObject({ person: { id: 's1' } });
  await post('/api/sign-out', {}, cookie);
  expect(await who()).toMatchObject({ person: null });
  expect((await post('/api/scrutineer/act', { act: 'share', round: 'm2/1', share: '' }, cookie)).status).toBe(
    401,
  );
});
