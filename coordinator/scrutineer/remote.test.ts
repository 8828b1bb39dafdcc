import { randomBytes } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { electionArchive } from '../../shared/belenios/election-archive.ts';
import { makeSeed } from '../../shared/belenios/pedersen-trustee.ts';
import { sumOfBallots } from '../../shared/belenios/sum.ts';
import { tallyText } from '../../shared/belenios/tally-text.ts';
import { shapeOf } from '../../shared/kinds/counting.ts';
import { eventually, type OpenHall, openHall, SELECTION, testSeat } from '../../test/support/open-hall.ts';
import { scrutineersOf } from '../../test/support/scrutineers.ts';
import { SecretSeat } from '../../test/support/secret-seat.ts';
import { type ServedHall, serveHall } from '../../test/support/served-hall.ts';
import { passwordOf } from '../../test/support/signed-in.ts';
import { secretDocuments } from '../contract/secret-documents.ts';
import { sealedBallots } from '../sitting/state.ts';
import { MemoryFile } from './memory-file.ts';
import { type Consent, RemoteScrutineer } from './remote.ts';

/** `hallvote scrutineer` at a coordinator that fails, and at one that lies. */

const SECRET = { ...SELECTION, voting: 'secret' as const, press: 'last' as const };
const PAUSE_MS = 20;

let open: OpenHall;
let served: ServedHall;
let said: string[];
let asked: string[];
const running: RemoteScrutineer[] = [];
const hands: SecretSeat[] = [];

beforeEach(async () => {
  said = [];
  asked = [];
  open = await openHall({
    seats: [1, 2, 3].map(testSeat),
    motions: [SECRET],
    secrecy: scrutineersOf(2, 2),
  });
  served = await serveHall(open);
});
afterEach(async () => {
  for (const each of running.splice(0)) await each.stop();
  for (const hand of hands.splice(0)) hand.socket.destroy();
  await served.close();
  await open.close();
});

const seeds = [1, 2].map(() => makeSeed(randomBytes));
const memoryOf = (owner: number) => new MemoryFile(join(open.folder, `s${owner}.key.decrypted.json`));

/** Starts a scrutineer, with what their key remembers from before. */
async function start(owner: number, consent: Partial<Consent> = {}, patienceMs = 30_000) {
  const memory = memoryOf(owner);
  if (!memory.exists) memory.begin();
  const ask = (what: string) => async () => {
    asked.push(`${owner} ${what}`);
    return true;
  };
  const scrutineer = new RemoteScrutineer({
    http: served.http,
    identity: { person: `s${owner}`, secret: passwordOf(`s${owner}`) },
    seed: seeds[owner - 1] ?? '',
    memory,
    describe: (problem) => memory.describe(problem),
    consent: { compare: ask('compare'), decrypt: ask('decrypt'), sign: ask('sign'), ...consent },
    say: (line) => said.push(`${owner} ${line}`),
    pauseMs: PAUSE_MS,
    patienceMs,
  });
  running.push(scrutineer);
  await scrutineer.start();
  return scrutineer;
}

const hasSaid = (pattern: RegExp) => eventually(() => said.some((line) => pattern.test(line)), `${pattern}`);
const keyMade = () => eventually(() => open.chronicle.state.electionKey, 'the key');
const agreedBy = (owner: number) =>
  eventually(() => {
    const memory = memoryOf(owner).read();
    return typeof memory === 'object' && memory.agreed?.publicKey ? memory.agreed : null;
  }, 'the agreement');

/** A closed vote of two ballots, added up. */
async function heldVote() {
  for (const seat of open.seats.slice(0, 2)) hands.push(await new SecretSeat(open, seat).begin());
  for (const hand of hands) await hand.checkIn();
  await open.act({ act: 'open', motion: 'm2', rehearsal: false });
  for (const hand of hands) await hand.vote(['c1']);
  await open.act({ act: 'close', round: 'm2/1' });
  await eventually(() => open.chronicle.state.current?.sealed?.tally, 'the sum');
}

/** Shows the vote in hand as though only its first ballot had been cast. */
function showOneBallotAlone() {
  const due = secretDocuments.decryption(open.chronicle.state);
  const round = open.chronicle.state.current;
  if (!due || !round?.sealed) throw new Error('nothing is due');
  const [first = ''] = sealedBallots(round).map(({ text }) => text);
  const tally = tallyText(sumOfBallots([first], shapeOf(round.motion)));
  const archive = electionArchive({
    timestamp: 0,
    election: round.sealed.electionText,
    trustees: round.sealed.key.text,
    credentials: [],
    ballots: [first],
    tally: { ballots: 1, text: tally },
    shares: [],
    result: null,
  });
  served.misdeeds.election = () => archive;
  served.show('decryption', { ...due, tally, cast: 1, shares: [] });
}

/** Waits until the hall has shown the first share itself, and shows nothing more of its own. */
const shownFirst = () =>
  eventually(() => served.shown('decryption').includes('"shares":[1]'), 'the first share, shown');

const shares = () => open.chronicle.state.current?.sealed?.shares.map(({ owner }) => owner) ?? [];

it('decrypts of one vote one sum only, also after it was started again', async () => {
  const first = await start(1);
  const second = await start(2, { decrypt: async () => false });
  await keyMade();
  await heldVote();
  await shownFirst();
  await second.stop();
  await first.stop();
  const given: string[] = [];
  served.misdeeds.act = async (act) => {
    given.push(act.act);
    return { ok: false, reason: 'share-not-needed' };
  };
  showOneBallotAlone();
  await start(1);
  await hasSaid(/同一表决的另一个总和/);
  expect(given).toEqual([]);
  // The sum that it has decrypted before it decrypts again, as where its share got lost.
  const due = secretDocuments.decryption(open.chronicle.state);
  served.misdeeds.election = null;
  served.misdeeds.act = (act, who) => {
    given.push(act.act);
    return open.hall.act(act, who);
  };
  served.show('decryption', { ...due, shares: [] });
  await eventually(() => given.includes('share'), 'the share');
});

it('makes no share where what it remembers is damaged', async () => {
  await start(1, {
    decrypt: async () => {
      // While the question stands on the screen.
      writeFileSync(memoryOf(1).path, '{"what":');
      return true;
    },
  });
  await start(2, { decrypt: async () => false });
  await keyMade();
  await heldVote();
  await hasSaid(/^1 ⚠ .*s1\.key\.decrypted\.json: 已损坏/);
  expect(shares()).toEqual([]);
  const again = new RemoteScrutineer({
    http: served.http,
    identity: { person: 's1', secret: passwordOf('s1') },
    seed: seeds[0] ?? '',
    memory: memoryOf(1),
    describe: (problem) => memoryOf(1).describe(problem),
    consent: { compare: async () => true, decrypt: async () => true, sign: async () => true },
    say: () => {},
  });
  await expect(again.start()).rejects.toThrow(/已损坏.*副本/);
});

it('stops where the codes differ, also after it was started again, and takes part anew in a new ceremony', async () => {
  await (await start(1, { compare: async () => false })).stop();
  await start(2);
  const one = await start(1, { compare: async () => false });
  await hasSaid(/^1 已停止/);
  await one.stop();
  await start(1);
  await eventually(() => said.filter((line) => /^1 已停止/.test(line)).length === 2, 'the second word');
  expect(asked).not.toContain('1 compare');
  expect(open.chronicle.state.ceremony.get('polynomial')?.has(1) ?? false).toBe(false);
  await open.act({ act: 'new-ceremony', reason: '校验码不同' });
  await keyMade();
  expect(asked).toContain('1 compare');
});

it('offers every step again that did not get there, and asks nobody twice for it', async () => {
  const failed = new Map<string, number>();
  const kind = (act: { act: string }) => ('step' in act ? `${act.act} ${act.step}` : act.act);
  // Each step first ends in a fault of the server, then in a ledger that cannot be written, then gets there.
  served.misdeeds.act = async (act, who) => {
    const times = (failed.get(kind(act)) ?? 0) + 1;
    failed.set(kind(act), times);
    if (times === 1) throw new Error('a fault of the server');
    if (times === 2) return { ok: false, reason: 'unavailable' };
    return open.hall.act(act, who);
  };
  let downloads = 0;
  await start(1);
  await start(2);
  await keyMade();
  served.misdeeds.election = () => {
    downloads += 1;
    if (downloads === 1) throw new Error('a fault of the server');
    served.misdeeds.election = null;
    return null;
  };
  await heldVote();
  await eventually(() => open.chronicle.state.current?.sealed?.signed.size === 2, 'both signatures');
  expect([...failed.keys()].sort()).toEqual(
    ['polynomial', 'certificate', 'verification-key']
      .map((step) => `ceremony-step ${step}`)
      .concat('share', 'sign-result')
      .sort(),
  );
  expect(downloads).toBe(2);
  expect(asked.sort()).toEqual(
    [1, 2].flatMap((owner) => ['compare', 'decrypt', 'sign'].map((what) => `${owner} ${what}`)),
  );
});

it('waits for no answer for ever, and signs in again where its session has ended', async () => {
  let isFirst = true;
  served.misdeeds.act = async (act, who) => {
    if ('step' in act && act.step !== 'certificate') return { ok: false, reason: 'unavailable' };
    if (!isFirst) return open.hall.act(act, who);
    isFirst = false;
    return new Promise(() => {});
  };
  await start(1, {}, 300);
  await start(2);
  await eventually(() => open.chronicle.state.ceremony.get('certificate')?.size === 2, 'the certificates');
  const { port } = served;
  await served.close();
  served = await serveHall(open, port);
  await keyMade();
});

it('offers a step that was refused once for each state, and not for ever', async () => {
  const secondHasCome: boolean[] = [];
  let isRefusing = true;
  served.misdeeds.act = async (act, who) => {
    if (!isRefusing || who.by.id !== 's1') return open.hall.act(act, who);
    secondHasCome.push(open.chronicle.state.ceremony.get('certificate')?.has(2) ?? false);
    return { ok: false, reason: 'bad-contribution' };
  };
  await start(1);
  await hasSaid(/密钥材料未通过验证/);
  // Another look at the same state, as when the line was cut.
  served.show('secrecy', null);
  served.show('decryption', null);
  await start(2);
  await eventually(() => secondHasCome.includes(true), 'the offer in the new state');
  expect(secondHasCome).toEqual([false, true]);
  isRefusing = false;
  // Its own state has not changed: whoever wants it tried now starts it again.
  await running[0]?.stop();
  await start(1);
  await keyMade();
});

it('takes no other key or certificates than those whose code was compared', async () => {
  const one = await start(1, { decrypt: async () => false });
  await start(2, { decrypt: async () => false });
  await keyMade();
  const { publicKey } = await agreedBy(1);
  const truth = secretDocuments.secrecy(open.chronicle.state);
  expect(truth.publicKey).toBe(publicKey);
  // The same ceremony with another scrutineer 2: their certificate is the coordinator's own.
  const other = await openHall({ seats: [testSeat(1)], secrecy: scrutineersOf(2, 2) });
  const there = await serveHall(other);
  const [honest] = seeds;
  const forged = [honest ?? '', makeSeed(randomBytes)];
  const accomplices = forged.map((seed, i) => {
    const memory = new MemoryFile(join(other.folder, `${i}.json`));
    memory.begin();
    const yes = async () => true;
    return new RemoteScrutineer({
      http: there.http,
      identity: { person: `s${i + 1}`, secret: passwordOf(`s${i + 1}`) },
      seed,
      memory,
      describe: (problem) => problem,
      consent: { compare: yes, decrypt: yes, sign: yes },
      say: () => {},
    });
  });
  for (const each of accomplices) await each.start();
  await eventually(() => other.chronicle.state.electionKey, 'the other key');
  const lie = secretDocuments.secrecy(other.chronicle.state);
  for (const each of accomplices) await each.stop();
  await there.close();
  await other.close();
  expect(lie.ceremony).toBe(truth.ceremony);
  served.show('secrecy', lie);
  await hasSaid(/^1 ⚠ 主机给的密钥不是核对过校验码的那一把/);
  const before = asked.length;
  await one.stop();
  said = [];
  const again = await start(1);
  await hasSaid(/^1 ⚠ 主机给的密钥不是核对过校验码的那一把/);
  // A vote under the truth, while this device is shown the other key: it neither decrypts nor signs.
  await heldVote();
  await eventually(() => secretDocuments.decryption(open.chronicle.state)?.tally, 'the sum');
  served.show('decryption', null);
  served.show('secrecy', { ...lie, certificate: [null, null] });
  await hasSaid(/^1 ⚠ .*≠ —/);
  expect(asked.slice(before)).toEqual([]);
  await again.stop();
  // A device that remembers nothing takes what is there, and says so.
  served.show('secrecy', truth);
  memoryOf(1).begin();
  said = [];
  await start(1);
  await hasSaid(/^1 ⚠ 这里没有核对过校验码/);
  expect((await agreedBy(1)).isCompared).toBe(false);
  await eventually(() => shares().includes(1), 'the share');
});
