import { resultOfBundle } from '../../coordinator/register/bridge/result-of-bundle.ts';
import { makeRegisterBundle } from '../../coordinator/register/feed/bundle/make-bundle.ts';
import type { RegisterAct } from '../../coordinator/register/model/acts.ts';
import { dayIn } from '../../coordinator/register/model/days.ts';
import { draftsHash } from '../../coordinator/register/model/drafts.ts';
import { submittedHash } from '../../coordinator/register/model/state.ts';
import {
  type SmallRegister,
  smallRegister,
} from '../../coordinator/register/model/testing/small-register.ts';
import { publishedBefore } from '../../coordinator/register/notices/calendar.ts';
import { noticeOf } from '../../coordinator/register/notices/make.ts';
import type { Notice } from '../../coordinator/register/notices/notice.ts';
import { noticeText, readNotice } from '../../coordinator/register/notices/notice-text.ts';
import type { NoticeAsk } from '../../coordinator/register/notices/period.ts';
import { sheet } from '../../shared/projects/testing/sample-sheet.ts';
import { sha256Hex } from '../../shared/protocol/bytes.ts';
import { nodeSigner } from '../../shared/protocol/ed25519-node.ts';
import { makeKeyPair } from '../../shared/protocol/keys.ts';
import { bundleOf, PROGRAM } from './both-verifiers.ts';
import { listedLedger, SAMPLE_LIST, SAMPLE_LIST_HASH } from './list-sample.ts';
import { seededBytes } from './sample-ledger.ts';

/** The signed sheet of a vote on paper, as far as anybody looks at it here. */
export const PAPER_SHEET = Buffer.from('the signed sheet of 2028, as a picture');
export const GRADES_SHEET = Buffer.from('the signed sheet of the appraisal');
const EVIDENCE = Buffer.from('a photograph of a road');
const PHOTO = Buffer.from('a loose manhole cover');
const DECISION = Buffer.from('decision no. 3');
/** What public entries speak of, in the order in which they come; documents are in `RegisterSample.documents`. */
export const PUBLIC_FILES = [EVIDENCE, PHOTO, DECISION, PAPER_SHEET, GRADES_SHEET];
/** A scan of a letter, which no public entry speaks of. */
export const LETTER = Buffer.from('a letter with a name under it');

/** A register, with the documents that it has published: texts and papers under their hashes, in that order. */
export interface RegisterSample extends SmallRegister {
  readonly documents: Map<string, { readonly type: 'json' | 'pdf'; readonly bytes: Buffer }>;
}

/** The hall's bundle from which the result of 2027 was taken. */
export const hallBundle = (): Uint8Array => bundleOf(listedLedger());

/**
 * A city's register with two years in it: a list that was frozen and withdrawn, one that a hall voted on, and one that was voted
 * on by paper. The same on every run.
 */
export function registerSample(): RegisterSample {
  const { categories, bodies, areas, sources } = SAMPLE_LIST.names;
  const small = smallRegister({
    key: makeKeyPair(seededBytes(91)),
    about: {
      register: SAMPLE_LIST.register,
      name: { zh: '样例市民生实事项目库', en: 'Livelihood projects of Sample City' },
      congress: { zh: SAMPLE_LIST.congress },
      level: 'city',
    },
    vocabulary: {
      ...{ categories: [...categories], bodies: [...bodies], areas: [...areas], sources: [...sources] },
      grounds: [{ id: 'private', name: { zh: '个人诉求', en: 'A private matter' } }],
    },
  });
  const register: RegisterSample = { ...small, documents: new Map() };
  const act = (by: string | null, asked: RegisterAct, second?: string, day?: string) => {
    register.clock.pass(60_000);
    const done = register.act(asked, by, second, day);
    if (!done.ok) throw new Error(`${asked.act}: ${done.reason}`);
  };
  const freeze = (cycle: number) => {
    const found = register.state().cycles.get(cycle);
    const list = (found && submittedHash(register.state(), found)) ?? '';
    act('congress', { act: 'freeze-list', cycle, list }, 'congress-2');
    return list;
  };
  const draft = (cycle: number, projects: readonly { id: string; sheet: ReturnType<typeof sheet> }[]) => {
    for (const { id, sheet: on } of projects) {
      act('government', { act: 'draft-project', project: id, cycle, sheet: on });
      act('government', { act: 'name-candidate', project: id });
    }
  };
  const [A, B, C] = ['2027-7K3QM0A', '2027-000000B', '2027-000000C'];
  for (const proposal of [A, B, C] as string[])
    act(null, {
      ...{ act: 'propose', proposal, cycle: 2027, channel: 'online', proposer: null },
      words: sha256Hex(proposal),
      attachments: [sha256Hex(LETTER)],
    });
  act('congress', { act: 'clear-wording', proposal: A ?? '', title: '修北路', text: '北路坑洼，请改造。' });
  act('government', { act: 'clear-wording', proposal: B ?? '', title: '装路灯', text: '晚上看不清。' });
  draft(2027, SAMPLE_LIST.projects as { id: string; sheet: ReturnType<typeof sheet> }[]);
  const projects = SAMPLE_LIST.projects.map(({ id }) => id);
  act('government', { act: 'submit-list', cycle: 2027, places: 3, projects });
  const first = freeze(2027);
  act('congress', { act: 'withdraw-list', cycle: 2027, list: first, reason: '名额有误' }, 'congress-2');
  act('government', { act: 'submit-list', cycle: 2027, places: SAMPLE_LIST.places, projects });
  act('government', {
    act: 'draft-decision',
    proposal: A ?? '',
    outcome: { is: 'adopted', project: '2027-1' },
  });
  const outcome = { is: 'not-adopted', reason: '已列入明年计划' } as const;
  act('government', { act: 'draft-decision', proposal: B ?? '', outcome });
  act('congress', { act: 'release', cycle: 2027, drafts: draftsHash(register.state(), 2027) });
  if (freeze(2027) !== SAMPLE_LIST_HASH) throw new Error('another list');
  const ledger = listedLedger();
  const found = resultOfBundle(hallBundle(), ledger.key.x, SAMPLE_LIST_HASH, { program: PROGRAM });
  if (!found.ok) throw new Error(found.reason);
  act('congress', { act: 'enter-result', cycle: 2027, result: found.result });

  yearOf2027(register);

  const day = passTo(register, '2027-10-08');
  act('congress', { act: 'open-cycle', cycle: 2028, from: '2027-10-01', to: '2027-10-31' }, undefined, day);
  draft(2028, [
    { id: '2028-1', sheet: sheet('南路改造') },
    { id: '2028-2', sheet: sheet('养老食堂') },
  ]);
  act('government', { act: 'submit-list', cycle: 2028, places: 1, projects: ['2028-1', '2028-2'] });
  const list = freeze(2028);
  act(
    'congress',
    {
      ...{ act: 'enter-paper-result', cycle: 2028, list, roll: 60, present: 58, cast: 57 },
      votes: [
        { project: '2028-1', votes: 17 },
        { project: '2028-2', votes: 40 },
      ],
      chosen: ['2028-2'],
      sheet: sha256Hex(PAPER_SHEET),
      reason: '停电，改用纸质表决',
    },
    'congress-2',
    passTo(register, '2028-01-20'),
  );
  // The congress of a county decides on its share of a project of the city's own: here it is the other way round.
  const to = { register: 'province', project: 'canteens' };
  act('government', { act: 'link', project: '2028-2', to }, undefined, '2028-01-20');
  lookBackOn2027(register);
  // What comes behind the last public entry is in no feed yet.
  act('government', { act: 'draft-decision', proposal: C ?? '', outcome });
  return register;
}

/** Lets the clock go on to noon of that day. */
function passTo({ clock }: SmallRegister, day: string): string {
  clock.pass(Date.parse(`${day}T04:00:00Z`) - clock.wall());
  return day;
}

/** Does an act on that day, to which the clock goes on. */
function doOn(
  register: SmallRegister,
  day: string,
  by: string | null,
  act: RegisterAct,
  second?: string,
): void {
  const done = register.act(act, by, second, passTo(register, day));
  if (!done.ok) throw new Error(`${act.act} on ${day}: ${done.reason}`);
}

const planOf = (project: string, fen: number): RegisterAct => ({
  ...{ act: 'plan', project, part: '1', safeguards: '每周调度' },
  months: [250, 500, 750, 1000].map((permille, i) => ({
    month: `2027-0${i + 3}`,
    permille,
    fen: (fen * permille) / 1000,
  })),
});

const reportOf = (
  project: string,
  month: string,
  done: number,
  money: readonly [number, number],
): RegisterAct => ({
  ...{ act: 'report', project, part: '1', month, done, appropriated: money[0], paid: money[1] },
  ...{ words: '', evidence: [sha256Hex(EVIDENCE)], reason: null },
});

const TIMEZONE = 'Asia/Shanghai';

/** Publishes a document on that day, as the register's program does. */
function publish(
  register: RegisterSample,
  day: string,
  asked: Partial<NoticeAsk> & Pick<NoticeAsk, 'kind' | 'period'>,
  language: Notice['language'] = 'zh',
): void {
  const ask: NoticeAsk = { cycle: 2027, project: null, ...asked };
  passTo(register, day);
  const { begun, head, works, vocabulary } = register.state();
  const compared = publishedBefore(works, ask);
  const before = compared && readNotice(String(register.documents.get(compared.text)?.bytes));
  const making = begun && { begun, head, language, timezone: TIMEZONE };
  const ground = { works, vocabulary, day, dayOf: dayIn(TIMEZONE), before };
  const notice = making && noticeOf(ask, ground, making, null);
  if (!notice) throw new Error(`no ${ask.kind} of ${ask.period}`);
  const keep = (type: 'json' | 'pdf', bytes: Buffer) => {
    register.documents.set(sha256Hex(bytes), { type, bytes });
    return sha256Hex(bytes);
  };
  const { document, title, replaces } = notice;
  const text = keep('json', Buffer.from(noticeText(notice)));
  const pdf = keep('pdf', Buffer.from(`the paper of ${document}`));
  doOn(register, day, 'congress', { act: 'publish', ...ask, document, title, text, pdf, replaces });
}

/** What was chosen for 2027 is carried out: one project late and disputed, one changed, finished and settled. */
function yearOf2027(register: RegisterSample): void {
  const on = (day: string, by: string | null, act: RegisterAct, second?: string) =>
    doOn(register, day, by, act, second);
  const lastReport = (project: string) =>
    register.state().works.projects.get(project)?.parts.get('1')?.latest?.seq ?? 0;
  on('2027-02-10', 'transport', planOf('2027-1', 120_000_00));
  on('2027-02-11', 'transport', planOf('2027-3', 120_000_00));
  for (const project of ['2027-1', '2027-3']) {
    const group = { committee: '城建环资工委', members: ['deputy-a', 'deputy-b'] };
    on('2027-03-01', 'congress', { act: 'appoint-group', project, ...group });
  }
  on('2027-04-03', 'transport', reportOf('2027-1', '2027-03', 500, [60_000_00, 30_000_00]));
  on('2027-04-20', 'deputy-a', {
    ...{ act: 'visit', project: '2027-1', part: '1', visit: 'v1', day: '2027-04-19' },
    figure: { verdict: 'disputed', report: lastReport('2027-1'), found: 400 },
    ...{ words: '东段未铺', photos: [] },
  });
  on('2027-04-20', 'deputy-a', {
    ...{ act: 'find', project: '2027-1', finding: 'f1', part: '1', words: '井盖松动', due: '2027-05-20' },
    ...{ photos: [sha256Hex(PHOTO)], voice: null },
  });
  publish(register, '2027-04-25', { kind: 'quarterly-bulletin', period: '2027-Q1' });
  publish(register, '2027-05-08', { kind: 'monthly-notice', period: '2027-04' });
  const [before] = SAMPLE_LIST.projects.filter(({ id }) => id === '2027-3');
  const [part] = before?.sheet.parts ?? [];
  if (!before || !part) throw new Error('no project');
  const funding = [
    { source: 'city', year: 2027, fen: 80_000_00 },
    { source: 'city', year: 2028, fen: 20_000_00 },
  ];
  on(
    '2027-05-10',
    'committee',
    {
      ...{ act: 'decide-change', project: '2027-3', kind: 'changed', request: null, reason: '资金调整' },
      ...{ decision: '常委会决定第3号', document: sha256Hex(DECISION) },
      sheet: { ...before.sheet, parts: [{ ...part, target: { thousandths: 1500, unit: '公里' }, funding }] },
    },
    'congress',
  );
  on('2027-05-20', 'transport', planOf('2027-3', 100_000_00));
  publish(register, '2027-06-08', { kind: 'monthly-notice', period: '2027-05' });
  on('2027-07-02', 'transport', reportOf('2027-3', '2027-06', 1500, [100_000_00, 90_000_00]));
  on('2027-07-10', 'deputy-b', {
    ...{ act: 'visit', project: '2027-3', part: '1', visit: 'v2', day: '2027-07-09' },
    figure: { verdict: 'confirmed', report: lastReport('2027-3') },
    ...{ words: '', photos: [] },
  });
  on('2027-07-12', 'deputy-b', {
    ...{ act: 'find', project: '2027-3', finding: 'f2', part: null, words: '标线未划', due: '2027-08-20' },
    ...{ photos: [], voice: null },
  });
  on('2027-07-13', 'congress', {
    ...{ act: 'inspect', event: 'summer', kind: 'inspection', projects: ['2027-3'], day: '2027-06-28' },
    ...{ title: '集中视察', words: '实地查看', documents: [sha256Hex(DECISION)] },
  });
  publish(register, '2027-07-20', { kind: 'mid-year-report', period: '2027' }, 'en');
  // What corrects a document is what the next one is compared with.
  publish(register, '2027-07-21', { kind: 'monthly-notice', period: '2027-05' }, 'en');
  publish(register, '2027-07-22', { kind: 'monthly-notice', period: '2027-06' });
  on('2027-08-01', 'transport', {
    ...{ act: 'answer-finding', project: '2027-3', finding: 'f2', words: '已划线', evidence: [] },
  });
  on('2027-08-05', 'deputy-b', { act: 'close-finding', project: '2027-3', finding: 'f2', words: '属实' });
}

/** The year after, projects are graded on paper, one has to be put right, and the other still works. */
function lookBackOn2027(register: RegisterSample): void {
  const counts = (project: string, satisfied: number, basic: number) => ({
    ...{ project, satisfied, basic, dissatisfied: 57 - satisfied - basic, 'dont-know': 0 },
  });
  const paper = {
    ...{ cycle: 2027, by: 'congress' as const, roll: 60, present: 58, cast: 57 },
    items: [counts('2027-1', 10, 12), counts('2027-3', 40, 10)],
    ...{ sheet: sha256Hex(GRADES_SHEET), reason: '设备检修' },
  };
  doOn(register, '2028-02-01', 'congress', { act: 'enter-paper-appraisal', paper }, 'congress-2');
  publish(register, '2028-02-05', { kind: 'annual-report', period: '2027' });
  const order = {
    act: 'order-rectification',
    project: '2027-1',
    words: '限期完成',
    due: '2028-04-30',
  } as const;
  doOn(register, '2028-02-06', 'committee', order);
  publish(register, '2028-02-07', { kind: 'rectification-letter', period: '2028-02', project: '2027-1' });
  doOn(register, '2028-03-01', 'deputy-a', {
    ...{ act: 'look-back', project: '2027-3', lookBack: 'l1', day: '2028-02-28', works: 'yes' },
    ...{ users: '每天约八百人', words: '', photos: [] },
  });
  publish(register, '2028-03-05', { kind: 'look-back-report', period: '2028' });
}

/** The register's bundle; every file that is asked for is there. */
export function registerBundle({
  rows,
  key,
  documents,
}: Pick<RegisterSample, 'rows' | 'key' | 'documents'>): Uint8Array {
  const files = new Map([...PUBLIC_FILES, LETTER].map((bytes) => [sha256Hex(bytes), bytes]));
  const made = makeRegisterBundle(
    {
      rows: () => rows,
      attachment: (hash) => {
        const bytes = files.get(hash);
        return bytes ? { type: 'jpg', bytes } : (documents.get(hash) ?? null);
      },
    },
    nodeSigner(key),
    PROGRAM,
  );
  if (!made.ok) throw new Error(made.problem);
  return made.bytes;
}
