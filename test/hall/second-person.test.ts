import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { Ledger } from '../../coordinator/chronicle/ledger.ts';
import type { Act, ActAnswer, HandEntry } from '../../coordinator/contract/acts.ts';
import { ROLES, type Role } from '../../coordinator/contract/person.ts';
import { RIGHTS, type Right } from '../../coordinator/contract/rights.ts';
import { ROUTES } from '../../coordinator/contract/routes.ts';
import { About, Waiting } from '../../coordinator/contract/waiting.ts';
import { SITTING_LEDGER } from '../../coordinator/sitting/chronicle.ts';
import { WAITING_MS } from '../../coordinator/staff/second-person.ts';
import { topics } from '../../shared/protocol/topics.ts';
import { bundleOf, verdict } from '../support/both-verifiers.ts';
import { HandClock } from '../support/hand-clock.ts';
import { HALL, type OpenHall, openHall, testSeat } from '../support/open-hall.ts';
import { type ServedHall, serveHall } from '../support/served-hall.ts';
import { signedIn } from '../support/signed-in.ts';
import { STAFF } from '../support/staff.ts';

/** Two persons, each in a session of their own, over HTTP: what one proposes the other confirms, or it is not done. */

let clock: HandClock;
let open: OpenHall;
let served: ServedHall;
let cookies: Map<string, string>;
/** Types of the entries made since the hall was opened, by a commit each once. */
let made: string[];

async function begin(folder?: string): Promise<void> {
  const key = folder === undefined ? undefined : open.key;
  const seats = folder === undefined ? [1, 2, 3, 4].map(testSeat) : open.seats;
  open = await openHall({
    machine: clock,
    after: clock.after,
    seats,
    rights: { operatorForChair: false, secondForCards: true },
    ...(folder !== undefined && key && { folder, key }),
  });
  made = [];
  open.chronicle.onChange((types) => made.push(...types));
  served = await serveHall(open);
  cookies = new Map();
}

beforeEach(async () => {
  clock = new HandClock();
  await begin();
  for (const deputy of ['d1', 'd2', 'd3'])
    expect(await open.act({ act: 'check-in', deputy, reason: '未带卡' })).toMatchObject({ ok: true });
});
afterEach(async () => {
  await served.close();
  await open.close();
});

async function ask(person: string, path: string, body?: object): Promise<unknown> {
  const cookie = cookies.get(person) ?? (await signedIn(served, person));
  cookies.set(person, cookie);
  const response = await fetch(served.http + path, {
    method: body ? 'POST' : 'GET',
    headers: { cookie, 'content-type': 'application/json' },
    ...(body && { body: JSON.stringify(body) }),
  });
  const answer = await response.json();
  return response.status === 403 ? { ok: false, reason: 'forbidden', answer } : answer;
}

const act = async (person: string, what: Act) => (await ask(person, ROUTES.act.path, what)) as ActAnswer;
const confirm = (person: string, id: string, entered: HandEntry | null = null) =>
  ask(person, ROUTES.confirmWaiting.path, { id, entered });
const shown = async (person: string) => Waiting.parse(await ask(person, ROUTES.waiting.path));

/** Proposes, and gives the id of what waits then. */
async function proposed(person: string, what: Act): Promise<string> {
  const answer = await act(person, what);
  if (!answer.ok || !answer.waiting) throw new Error(`it does not wait: ${JSON.stringify(answer)}`);
  expect(answer.waiting.left).toBe(WAITING_MS);
  return answer.waiting.id;
}

const reason = '计数有误';
const VOID: Act = { act: 'void', round: 'm1/1', reason };
const counted = (yes: number, cast = 3): HandEntry => ({
  tally: { kind: 'decision', for: yes, against: cast - yes, abstain: 0 },
  cast,
});
const BY_HAND: Act = { act: 'by-hand', motion: 'm1', ...counted(2), reason: '设备故障' };

async function opened(): Promise<void> {
  expect(await act('chair', { act: 'open', motion: 'm1', rehearsal: false })).toEqual({ ok: true });
}
function writeAnotherRoll(name: string): void {
  const { files } = open.disk;
  const deputies = files.deputies.map((each) => (each.id === 'd4' ? { ...each, name } : each));
  open.disk.files = { ...files, deputies };
}

/** Each act of the table that needs a second person: what must be so before, what is sent and entered, and by whom. */
interface Case {
  readonly what: About['act'];
  readonly given: () => Promise<void> | void;
  readonly act: Act;
  readonly entered?: HandEntry;
  readonly by: string;
  readonly entry: string;
}
const CASES: readonly Case[] = [
  { what: 'void', given: opened, act: VOID, by: 'chair', entry: 'voided' },
  {
    what: 'by-hand',
    given: () => {},
    act: BY_HAND,
    entered: counted(2),
    by: 'operator',
    entry: 'entered-by-hand',
  },
  {
    what: 'issue-card',
    given: () => {},
    act: { act: 'issue-card', deputy: 'd4', card: 'NEWCARD1' },
    by: 'operator',
    entry: 'card-issued',
  },
  {
    what: 'mark-card',
    given: () => {},
    act: { act: 'mark-card', card: 'CARD0004', status: 'lost' },
    by: 'operator',
    entry: 'card-marked',
  },
  {
    what: 'change-roll',
    given: () => writeAnotherRoll('新名'),
    act: { act: 'reload' },
    by: 'operator',
    entry: 'roll-set',
  },
];

it('the cases are those of the table', () => {
  const seconded = Object.entries(RIGHTS).filter(([, right]: [string, Right]) => right.second);
  expect(CASES.map(({ what }) => what).sort()).toEqual(seconded.map(([name]) => name).sort());
  expect(About.options.map(({ shape }) => shape.act.value).sort()).toEqual(
    CASES.map(({ what }) => what).sort(),
  );
});

/** The last entry of a type, as it stands in the ledger. */
async function entered(typ: string): Promise<unknown> {
  const said: unknown[] = [];
  for (const row of (await ended()).rows) {
    if (row.type !== typ) continue;
    said.push(JSON.parse(Buffer.from(String(row.body).split('.')[1] ?? '', 'base64url').toString()));
  }
  return said.at(-1);
}

/** Ends the hall and reads what it has written; then it goes on. */
async function ended() {
  await served.close();
  const { folder, ledgerFile } = open;
  await open.close('keep');
  const ledger = Ledger.open(ledgerFile, SITTING_LEDGER);
  const rows = [...ledger.rows()];
  ledger.close();
  await begin(folder);
  return { rows, key: open.key };
}

describe.each(CASES)('$what', ({ what, given, act: asked, entered: counts = null, by, entry }) => {
  const right: Right = RIGHTS[what];
  const roles: readonly Role[] = right.second?.roles ?? [];
  /** Somebody else than whoever proposes; of the proposer's own role there may be nobody. */
  const another = (role: Role) => STAFF.find((each) => each.roles.includes(role) && each.id !== by)?.id;
  const second = roles.flatMap((role) => another(role) ?? [])[0] ?? '';

  it.skipIf(second === '')('waits, is nobody’s alone nor anybody’s, and is done by two', async () => {
    await given();
    const id = await proposed(by, asked);
    expect(await proposed(by, asked)).toBe(id);
    expect(made).not.toContain(entry);
    expect(await confirm(by, id, counts)).toMatchObject({ reason: 'same-person' });
    for (const role of ROLES.filter((each) => !roles.includes(each))) {
      const person = another(role);
      if (person === undefined) continue;
      expect(await confirm(person, id, counts)).toMatchObject({
        reason: expect.stringMatching(/^(not-allowed|forbidden)$/),
      });
    }
    expect(made).not.toContain(entry);
    expect(await shown(second)).toMatchObject({ waiting: [{ id, as: 'to-confirm', about: { act: what } }] });
    expect(await confirm(second, id, counts)).toEqual({ ok: true });
    expect(await confirm(second, id, counts)).toMatchObject({ reason: 'not-waiting' });
    expect(await shown(by)).toMatchObject({ waiting: [], settled: [{ id, outcome: { is: 'done' } }] });
    expect(await entered(entry)).toMatchObject({ by: { id: by }, with: { id: second } });
    const { rows, key } = await ended();
    expect(verdict(bundleOf({ rows, key }))).toBe('fine');
  });

  it.skipIf(second === '')('is over when it is taken back, declined or two minutes old', async () => {
    await given();
    const taken = await proposed(by, asked);
    expect(await ask(second, ROUTES.takeBackWaiting.path, { id: taken })).toMatchObject({
      reason: 'not-waiting',
    });
    expect(await ask(by, ROUTES.takeBackWaiting.path, { id: taken })).toEqual({ ok: true });
    const declined = await proposed(by, asked);
    expect(await ask(by, ROUTES.declineWaiting.path, { id: declined })).toMatchObject({
      reason: 'same-person',
    });
    expect(await ask(second, ROUTES.declineWaiting.path, { id: declined })).toEqual({ ok: true });
    const old = await proposed(by, asked);
    clock.pass(WAITING_MS);
    for (const id of [taken, declined, old])
      expect(await confirm(second, id, counts)).toMatchObject({ reason: 'not-waiting' });
    expect((await shown(by)).settled.map(({ outcome }) => outcome.is)).toContain('expired');
    expect(made).not.toContain(entry);
  });
});

describe('what waits', () => {
  it('is told to every page by a count and nothing else', async () => {
    const topic = topics(HALL).staff('waiting');
    const heard: string[] = [];
    const retain = open.hall.broker.retain.bind(open.hall.broker);
    open.hall.broker.retain = (to, payload) => {
      if (to === topic) heard.push(payload);
      retain(to, payload);
    };
    const id = await proposed('operator', BY_HAND);
    await confirm('chair', id, counted(1));
    const told = heard.map((each) => JSON.parse(each));
    expect(told.map((each) => Object.keys(each).sort())).toEqual([
      ['start', 'told'],
      ['start', 'told'],
    ]);
    expect(told[1].told).toBeGreaterThan(told[0].told);
  });

  it('is shown to whoever proposed or may confirm it, of a show of hands without a count', async () => {
    await proposed('operator', BY_HAND);
    const seen = await shown('s1');
    expect(seen.waiting).toMatchObject([
      { about: { act: 'by-hand', motion: { id: 'm1' } }, by: { id: 'operator' } },
    ]);
    expect(JSON.stringify(seen)).not.toMatch(/"tally"|"cast":|设备故障/);
    expect(await ask('auditor', ROUTES.waiting.path)).toMatchObject({ reason: 'forbidden' });
    await opened();
    await proposed('chair', VOID);
    expect((await shown('s2')).waiting.map(({ about }) => about.act)).toContain('void');
  });

  it('of two that confirm at once one wins', async () => {
    await opened();
    const id = await proposed('chair', VOID);
    const answers = await Promise.all(['operator', 's1', 's2'].map((each) => confirm(each, id)));
    expect(answers.filter((each) => JSON.stringify(each) === '{"ok":true}')).toHaveLength(1);
    expect(answers.filter((each) => JSON.stringify(each).includes('not-waiting'))).toHaveLength(2);
  });

  it('is proposed only where it would be done', async () => {
    expect(await act('chair', VOID)).toMatchObject({ ok: false, reason: 'unknown-round' });
    expect(await act('operator', { ...BY_HAND, ...counted(9, 9) })).toMatchObject({
      reason: 'tally-mismatch',
    });
    expect(await act('operator', { act: 'reload' })).toEqual({ ok: true });
    expect((await shown('operator')).waiting).toEqual([]);
  });

  it('is over, with the reason, when the vote has gone on', async () => {
    await opened();
    const id = await proposed('chair', VOID);
    expect(await act('chair', { act: 'close', round: 'm1/1' })).toEqual({ ok: true });
    expect(await confirm('operator', id)).toMatchObject({ reason: 'not-waiting' });
    expect((await shown('chair')).settled).toMatchObject([
      { id, outcome: { is: 'refused', reason: 'ground-changed' } },
    ]);
    expect(open.chronicle.state.rounds.get('m1/1')?.phase).toBe('closed');
  });

  it.each<[string, Act, Act]>([
    [
      'is marked',
      { act: 'mark-card', card: 'CARD0004', status: 'lost' },
      { act: 'mark-card', card: 'CARD0004', status: 'cancelled' },
    ],
    [
      'is issued',
      { act: 'issue-card', deputy: 'd4', card: 'NEWCARD1' },
      { act: 'issue-card', deputy: 'd3', card: 'NEWCARD1' },
    ],
  ])('is over, with the reason, when the card %s otherwise meanwhile', async (_what, first, other) => {
    const id = await proposed('operator', first);
    expect(await confirm('chair', await proposed('operator', other))).toEqual({ ok: true });
    expect(await confirm('chair', id)).toMatchObject({ reason: 'not-waiting' });
    expect((await shown('operator')).settled).toContainEqual(
      expect.objectContaining({ id, outcome: expect.objectContaining({ reason: 'ground-changed' }) }),
    );
  });

  it('is over, with the reason, when the roll was replaced since', async () => {
    writeAnotherRoll('新名');
    const id = await proposed('operator', { act: 'reload' });
    expect((await shown('chair')).waiting).toMatchObject([
      { about: { act: 'change-roll', changed: { count: 1, names: ['新名'] }, added: { count: 0 } } },
    ]);
    writeAnotherRoll('又一名');
    expect(await confirm('chair', id)).toMatchObject({ reason: 'files-replaced' });
    expect(open.chronicle.state.deputies.get('d4')?.name).toBe('代表4');
    expect((await shown('operator')).settled).toMatchObject([{ outcome: { reason: 'files-replaced' } }]);
    // Proposed anew, it is what the files say now.
    expect(await confirm('chair', await proposed('operator', { act: 'reload' }))).toEqual({ ok: true });
    expect(open.chronicle.state.deputies.get('d4')?.name).toBe('又一名');
  });

  it.each(['chair', 'operator'])('is not done where the %s has lost the right meanwhile', async (who) => {
    await opened();
    const id = await proposed('chair', VOID);
    const { files } = open.disk;
    const staff = files.staff.map((each) =>
      each.id === who ? { ...each, roles: ['auditor' as const] } : each,
    );
    open.disk.files = { ...files, staff };
    expect(await act('admin', { act: 'reload' })).toEqual({ ok: true });
    // Only their session has gone with it, where it has: what they are now is asked at that moment.
    expect(await confirm('operator', id)).toMatchObject({ ok: false });
    expect(open.chronicle.state.rounds.get('m1/1')?.phase).toBe('open');
  });

  it('is proposed in vain where nobody of the staff could confirm it', async () => {
    await opened();
    const { files } = open.disk;
    const staff = files.staff.filter(
      ({ roles }) => !roles.some((role) => role === 'operator' || role === 'scrutineer'),
    );
    open.disk.files = { ...files, staff };
    expect(await act('admin', { act: 'reload' })).toEqual({ ok: true });
    expect(await act('chair', VOID)).toMatchObject({ ok: false, reason: 'no-second-person' });
  });

  it('waits no longer after a start, which is another', async () => {
    await opened();
    const id = await proposed('chair', VOID);
    const { start } = await shown('chair');
    await ended();
    const after = await shown('chair');
    expect(after).toMatchObject({ waiting: [], settled: [] });
    expect(after.start).not.toBe(start);
    expect(await confirm('operator', id)).toMatchObject({ reason: 'not-waiting' });
  });
});

describe('two entries of a show of hands', () => {
  it('that differ are told to both, by which count and not by how much; then both begin anew', async () => {
    const first = await proposed('operator', BY_HAND);
    expect(await confirm('s1', first, { ...counted(2), cast: 4 })).toMatchObject({
      reason: 'entries-differ',
    });
    expect(await confirm('s1', first, counted(2))).toMatchObject({ reason: 'not-waiting' });
    const again = await proposed('operator', BY_HAND);
    expect(await confirm('chair', again, counted(1))).toMatchObject({ reason: 'entries-differ' });
    const fields = [
      { item: '', mark: 'for' },
      { item: '', mark: 'against' },
    ];
    const differ = { is: 'differ', with: { id: 'chair', role: 'chair' }, fields };
    expect((await shown('operator')).settled.map(({ outcome }) => outcome)).toMatchObject([
      { fields: ['cast'] },
      differ,
    ]);
    expect((await shown('chair')).settled.map(({ outcome }) => outcome)).toMatchObject([differ]);
    expect((await shown('s2')).settled).toEqual([]);
    expect(open.chronicle.state.rounds.size).toBe(0);
    expect(await confirm('chair', await proposed('operator', BY_HAND), counted(2))).toEqual({ ok: true });
    expect(open.chronicle.state.rounds.get('m1/1')?.result?.tally).toMatchObject({ for: 2, against: 1 });
  });
});
