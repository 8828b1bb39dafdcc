import { join } from 'node:path';
import { afterEach, expect, it } from 'vitest';
import type { z } from 'zod';
import { replay } from '../../coordinator/chronicle/chronicle.ts';
import { Ledger } from '../../coordinator/chronicle/ledger.ts';
import type { StaffClient } from '../../coordinator/cli/staff-client.ts';
import { REGISTER_ROUTES } from '../../coordinator/contract/register/routes.ts';
import { SideStore } from '../../coordinator/register/beside/side-store.ts';
import { REGISTER, REGISTER_LEDGER } from '../../coordinator/register/model/book.ts';
import { WorkEntry } from '../../coordinator/register/model/work/work-entries.ts';
import type { Works } from '../../coordinator/register/model/work/works.ts';
import { sampleScan } from '../../coordinator/rehearsal/register/sample-scan.ts';
import { part, sheet } from '../../shared/projects/testing/sample-sheet.ts';
import { importPublicKey, verifyJws } from '../../shared/protocol/ed25519-node.ts';
import { parseJwsOfAnyLength } from '../../shared/protocol/jws.ts';
import type { Unchanging } from '../../shared/protocol/value.ts';
import { askFrom, manyParts } from '../support/from-address.ts';
import { eventually } from '../support/open-hall.ts';
import { codeOn, hiddenField } from '../support/public-form.ts';
import { YEAR } from '../support/running-register.ts';
import { RegisterProcess } from './register-process.ts';

const KILLS = 12;
/** In so many of these lives strangers fill in the public form, which nobody does in less than three seconds. */
const WITH_FORMS = 2;
const STRANGERS = 8;

/** Of it something was decided; the year after is still collecting. */
const YEAR_BEFORE = YEAR - 1;
const ROADS = { project: 'roads', part: '1' };
/** This month where the register is, and a deadline far enough. */
const [MONTH = '', FINISH = ''] = [0, 400].map((days, i) =>
  new Date(Date.now() + days * 86_400_000)
    .toLocaleDateString('sv-SE', { timeZone: 'Asia/Shanghai' })
    .slice(0, i === 0 ? 7 : 10),
);
type Doing = Unchanging<z.input<typeof REGISTER_ROUTES.act.body>>;

/** What was answered, and so has to be there whatever happened afterwards. */
class Journal {
  readonly tried: string[] = [];
  readonly receipts: { readonly title: string; readonly proposal: string | null; readonly code: string }[] =
    [];
  readonly cleared = new Map<string, string>();
  readonly erased = new Set<string>();
  /** What strangers say at the site of a part, and the codes that they were given for it. */
  readonly said: string[] = [];
  readonly spoken: { readonly text: string; readonly code: string }[] = [];
  /** Voices that an office was told it has cleared, answered and erased. */
  readonly heard = new Map<string, string>();
  readonly answered = new Map<string, string>();
  readonly silenced = new Set<string>();
  /** Figures that a department was told it has reported. */
  readonly reported: number[] = [];
  /** Visits by the ids that their telephone made; each is sent until an answer comes, as a telephone does. */
  readonly visited: string[] = [];
  visits = 0;
  figure = 0;

  title(): string {
    const title = `第${this.tried.length + 1}件建议`;
    this.tried.push(title);
    return title;
  }

  words(): string {
    const text = `第${this.said.length + 1}句话`;
    this.said.push(text);
    return text;
  }
}

/** One proposal of a deputy, or of a department; each is asked for once. */
async function propose(client: StaffClient, journal: Journal): Promise<void> {
  const title = journal.title();
  const wording = { title, text: '夜里太黑，老人不敢出门。', place: null };
  const body = { cycle: YEAR, channel: 'online', wording, proposer: null, attachments: [] } as const;
  const received = await client.ask(REGISTER_ROUTES.propose, { body });
  if (received.is !== 'received') throw new Error(received.reason);
  journal.receipts.push({ title, proposal: received.proposal, code: received.code });
}

/** Reads the newest that nobody has read, and now and then erases one that was. */
async function screen(office: StaffClient, congress: StaffClient, journal: Journal): Promise<void> {
  const filter = { cycle: YEAR, stage: 'received' } as const;
  const { rows } = await office.ask(REGISTER_ROUTES.proposals, { body: filter });
  for (const { id } of rows.slice(0, 4)) {
    const title = `读过的${id}`;
    const body = { act: 'clear-wording', proposal: id, title, text: '读过了' } as const;
    const done = await office.ask(REGISTER_ROUTES.act, { body });
    if (done.is === 'done') journal.cleared.set(id, title);
    if (journal.cleared.size % 5 !== 0) continue;
    const erase = { act: 'erase', proposal: id, reason: '本人要求' } as const;
    const gone = await congress.ask(REGISTER_ROUTES.act, { body: erase });
    if (gone.is === 'done') journal.erased.add(id);
  }
}

/** Clears and answers what somebody said and nobody has read, and now and then erases it. */
async function hear(office: StaffClient, congress: StaffClient, journal: Journal): Promise<void> {
  const { voices } = await office.ask(REGISTER_ROUTES.voices);
  const done = async (by: StaffClient, body: Doing) =>
    (await by.ask(REGISTER_ROUTES.act, { body })).is === 'done';
  for (const { voice } of voices.filter(({ text, isErased }) => text === null && !isErased)) {
    const [text, words] = [`读过的${voice}`, `答复${voice}`];
    if (await done(office, { act: 'clear-voice', voice, text })) journal.heard.set(voice, text);
    if (await done(office, { act: 'answer-voice', voice, words })) journal.answered.set(voice, words);
    if (journal.heard.size % 2 !== 0) continue;
    const reason = '本人要求';
    if (await done(congress, { act: 'erase-voice', voice, reason })) journal.silenced.add(voice);
  }
}

/** A project that the congress has chosen on paper, planned from this month on, with a group. */
async function chooseRoads(of: RegisterProcess): Promise<void> {
  const as = async (person: string, act: Doing) => {
    const asked = await (await of.as(person)).ask(REGISTER_ROUTES.act, { body: act });
    if (asked.is === 'waiting')
      await (await of.as('congress2')).ask(REGISTER_ROUTES.confirmWaiting, { body: { id: asked.id } });
    else expect(asked).toEqual({ is: 'done' });
  };
  await as('congress', { act: 'open-cycle', cycle: YEAR_BEFORE, from: '2020-01-01', to: '2020-12-31' });
  for (const project of [ROADS.project, 'other']) {
    const sheetOf = { ...sheet(project), category: 'housing' };
    const parts = [{ ...part(ROADS.part), target: { thousandths: 1e9, unit: '公里' }, finish: FINISH }];
    await as('gov', { act: 'draft-project', project, cycle: YEAR_BEFORE, sheet: { ...sheetOf, parts } });
    await as('gov', { act: 'name-candidate', project });
  }
  const projects = [ROADS.project, 'other'];
  await as('gov', { act: 'submit-list', cycle: YEAR_BEFORE, places: 1, projects });
  const gov = await of.as('gov');
  const { submitted } = await gov.ask(REGISTER_ROUTES.cycle, { params: { year: String(YEAR_BEFORE) } });
  const list = submitted?.hash ?? '';
  await as('congress', { act: 'freeze-list', cycle: YEAR_BEFORE, list });
  const congress = await of.as('congress');
  const scan = await congress.ask(REGISTER_ROUTES.upload, { body: new Uint8Array(await sampleScan()) });
  await as('congress', {
    ...{ act: 'enter-paper-result', cycle: YEAR_BEFORE, list, roll: 3, present: 3, cast: 3 },
    ...{ votes: projects.map((project, i) => ({ project, votes: 2 - i })), chosen: [ROADS.project] },
    ...{ sheet: scan.is === 'taken' ? scan.hash : '', reason: '纸质票' },
  });
  const months = [
    { month: MONTH, permille: 500, fen: 0 },
    { month: FINISH.slice(0, 7), permille: 1000, fen: 120_000_00 },
  ];
  await as('transport', { act: 'plan', ...ROADS, months, safeguards: '' });
  const members = ['deputy1'];
  await as('congress', { act: 'appoint-group', project: ROADS.project, committee: '城建环资工委', members });
}

/** A department reports, each time another figure. */
async function reportOnce(client: StaffClient, journal: Journal): Promise<void> {
  journal.figure += 1;
  const done = journal.figure;
  const more = { appropriated: 0, paid: 0, words: '', evidence: [], reason: '重新核对' };
  const body = { act: 'report', ...ROADS, month: MONTH, done, ...more } as const;
  expect(await client.ask(REGISTER_ROUTES.act, { body })).toEqual({ is: 'done' });
  journal.reported.push(done);
}

/** Somebody of the group sends the visit of which no answer has come yet. */
async function visitOnce(client: StaffClient, journal: Journal): Promise<void> {
  const visit = `t-${journal.visits}`;
  const more = { day: `${MONTH}-01`, figure: null, words: '看过了', photos: [] };
  const body = { act: 'visit', ...ROADS, visit, ...more } as const;
  expect(await client.ask(REGISTER_ROUTES.act, { body })).toEqual({ is: 'done' });
  journal.visited.push(visit);
  journal.visits += 1;
}

/** Somebody at an address of their own proposes something. */
async function fillIn(http: string, from: string, journal: Journal): Promise<void> {
  const matter = { title: journal.title(), text: '从网页上提的建议。' };
  const code = await press(from, [`${http}/propose/matter`, `${http}/propose`], matter);
  journal.receipts.push({ title: matter.title, proposal: null, code });
}

/** Somebody at the site says that it is not so. */
async function speak(http: string, from: string, journal: Journal): Promise<void> {
  const site = `${http}/projects/${ROADS.project}/parts/${ROADS.part}/voice`;
  const said = { kind: 'objection', text: journal.words() };
  journal.spoken.push({ text: said.text, code: await press(from, [`${site}/words`, site], said) });
}

/** Fills in a form of two steps, and presses twice. @returns the code on the receipt. */
async function press(
  from: string,
  [first, second]: readonly [string, string],
  filled: Readonly<Record<string, string>>,
): Promise<string> {
  const page = await askFrom(from, first, new URLSearchParams(filled));
  const fields = { ...filled, token: hiddenField(page.text, 'token') };
  for (;;) {
    const once = () => askFrom(from, second, manyParts(fields));
    const answers = await Promise.all([once(), once()]);
    const taken = answers.filter(({ status }) => status !== 429);
    // Both may come too early, or only the one that was faster: nobody fills in a form in less than three seconds.
    if (taken.length === 0) continue;
    const code = codeOn(taken[0]?.text ?? '');
    for (const { status, text } of taken)
      expect({ status, code: codeOn(text) }).toEqual({ status: 200, code });
    return code;
  }
}

let register: RegisterProcess;
afterEach(() => register.remove());

it('kill -9 at random instants: whoever has a receipt finds the proposal, or what they said at a site, with its words, once; reports, visits and acts that were done are done, and a visit that is sent again is there once', async () => {
  register = new RegisterProcess();
  const journal = new Journal();
  await register.start();
  const congress = await register.as('congress');
  const office = await register.as('gov');
  const proposers = [await register.as('deputy1'), await register.as('transport')];
  const opened = { act: 'open-cycle', cycle: YEAR, from: '2020-01-01', to: '2099-12-31' } as const;
  expect(await congress.ask(REGISTER_ROUTES.act, { body: opened })).toEqual({ is: 'done' });

  await chooseRoads(register);
  const [department, member] = [await register.as('transport'), await register.as('deputy1')];

  for (let kill = 0; kill < KILLS; kill += 1) {
    let isKilled = false;
    /** Does `work` again and again, until the process is killed under it. */
    const keepOn = async (work: () => Promise<void>): Promise<void> => {
      try {
        while (!isKilled) await work();
      } catch (error) {
        if (!isKilled) throw error;
      }
    };
    const { http } = register;
    const isWithForms = kill % Math.floor(KILLS / WITH_FORMS) === 1;
    const before = journal.receipts.length;
    const forms = () => journal.receipts.filter(({ proposal }) => proposal === null).length;
    const formsBefore = forms();
    const [reportsBefore, visitsBefore] = [journal.reported.length, journal.visited.length];
    const spokenBefore = journal.spoken.length;
    const lives = [
      ...[...proposers, ...proposers].map((each) => keepOn(() => propose(each, journal))),
      keepOn(async () => {
        await screen(office, congress, journal);
        await hear(office, congress, journal);
      }),
      keepOn(() => reportOnce(department, journal)),
      keepOn(() => visitOnce(member, journal)),
      ...(isWithForms ? Array.from({ length: STRANGERS }, (_, i) => i) : []).map((i) =>
        keepOn(() => (i % 2 ? speak : fillIn)(http, `127.0.${kill}.${i + 2}`, journal)),
      ),
    ];
    const whole = Promise.all(lives);
    const some = eventually(
      () =>
        journal.receipts.length > before + 4 &&
        journal.reported.length > reportsBefore &&
        journal.visited.length > visitsBefore &&
        (!isWithForms || (forms() > formsBefore && journal.spoken.length > spokenBefore + 2)),
      `receipts before kill ${kill}`,
    );
    await Promise.race([some, whole]);
    // The instant is what is random here; that something was going on is waited for.
    await new Promise((resolve) => setTimeout(resolve, Math.random() * 60));
    isKilled = true;
    await register.end('SIGKILL');
    await whole;
    await register.start();
  }

  for (const { code } of [...journal.receipts.slice(-1), ...journal.spoken.slice(-1)]) {
    const follow = new URLSearchParams({ code });
    const found = await askFrom('127.0.0.1', `${register.http}/follow`, follow);
    expect(found.status).toBe(200);
  }
  await register.end('SIGTERM');
  const told = check(register, journal);
  process.stdout.write(
    `register crash: ${KILLS} kills, ${journal.tried.length} sent, ${journal.receipts.length} receipts, ${journal.cleared.size} read, ${journal.erased.size} erased, ${journal.spoken.length} voices, ${journal.heard.size} heard, ${journal.silenced.size} silenced, ${journal.reported.length} reports, ${journal.visited.length} visits, ${told} entries\n`,
  );
});

/** What must be true of the files whatever was killed when. @returns how many entries there are. */
function check({ data, key }: RegisterProcess, journal: Journal): number {
  const { tried, receipts, cleared, erased, reported, visited } = journal;
  const ledger = Ledger.read(join(data, 'yunxi.ledger'), REGISTER_LEDGER);
  const rows = [...ledger.rows()];
  ledger.close();
  const publicKey = importPublicKey(key);
  for (const { seq, body } of rows) {
    const jws = parseJwsOfAnyLength(body, REGISTER_LEDGER.typ);
    expect({ seq, isSigned: jws && publicKey && verifyJws(jws, publicKey) }).toEqual({ seq, isSigned: true });
  }
  const { proposals, works } = replay(REGISTER, rows);
  const roads = works.projects.get(ROADS.project);
  const figures = [...(roads?.parts.get(ROADS.part)?.reports.values() ?? [])].map(({ done }) => done);
  expect(reported.filter((done) => !figures.includes(done))).toEqual([]);
  expect(visited.filter((visit) => !roads?.visits.has(visit))).toEqual([]);
  // The fold would hide a visit that was entered twice.
  const entered = rows.flatMap(({ body }) => {
    const says: unknown = JSON.parse(Buffer.from(body.split('.')[1] ?? '', 'base64url').toString());
    const read = WorkEntry.safeParse(says);
    return read.success && read.data.typ === 'visited' ? [read.data.visit] : [];
  });
  expect(entered).toEqual([...new Set(entered)]);
  expect(entered.length).toBeGreaterThanOrEqual(visited.length);
  const beside = SideStore.open(join(data, 'beside.db'));
  try {
    const titles = [...proposals.values()].flatMap(({ id, erased: isErased }) => {
      const kept = beside.of(id);
      expect({ id, hasWords: kept !== null }).toEqual({ id, hasWords: !isErased });
      return kept ? [kept.wording.title] : [];
    });
    expect(new Set(titles).size).toBe(titles.length);
    expect(titles.filter((title) => !tried.includes(title))).toEqual([]);
    expect(new Set(receipts.map(({ code }) => code)).size).toBe(receipts.length);
    for (const { title, proposal, code } of receipts) {
      const id = beside.followed(code) ?? '';
      if (proposal !== null) expect(id).toBe(proposal);
      const one = proposals.get(id);
      expect({ title, isThere: one !== undefined }).toEqual({ title, isThere: true });
      if (!one?.erased) expect(beside.of(id)?.wording.title).toBe(title);
    }
    for (const [id, title] of cleared) expect(proposals.get(id)?.wording?.title).toBe(title);
    for (const id of erased) expect(proposals.get(id)?.erased).toBe(true);
    checkVoices(works, beside, journal);
    expect(beside.settle(proposals.values(), works.voices.values())).toEqual({ swept: [], lost: [] });
  } finally {
    beside.close();
  }
  return rows.length;
}

/** Whoever was given a code for what they said finds it, once, with what the offices were told they had done of it. */
function checkVoices({ voices }: Works, beside: SideStore, journal: Journal): void {
  const { said, spoken, heard, answered, silenced } = journal;
  const texts = [...voices.values()].flatMap(({ voice, erased: isErased }) => {
    const kept = beside.voices.of(voice);
    expect({ voice, hasWords: kept !== null }).toEqual({ voice, hasWords: !isErased });
    return kept ? [kept.text] : [];
  });
  expect(new Set(texts).size).toBe(texts.length);
  expect(texts.filter((text) => !said.includes(text))).toEqual([]);
  expect(new Set(spoken.map(({ code }) => code)).size).toBe(spoken.length);
  for (const { text, code } of spoken) {
    const one = voices.get(beside.followed(code) ?? '');
    expect({ text, isThere: one !== undefined }).toEqual({ text, isThere: true });
    if (one && !one.erased) expect(beside.voices.of(one.voice)?.text).toBe(text);
  }
  for (const [voice, text] of heard) {
    const one = voices.get(voice);
    expect(one?.text ?? null).toBe(one?.erased ? null : text);
  }
  for (const [voice, words] of answered)
    expect(voices.get(voice)?.answers.map((each) => each.words)).toContain(words);
  for (const voice of silenced) expect(voices.get(voice)?.erased).toBe(true);
}
