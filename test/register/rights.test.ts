import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  EVERY_REGISTER_ROUTE,
  REGISTER_ROUTES,
  StaffRegisterAct,
} from '../../coordinator/contract/register/routes.ts';
import { roleLabel } from '../../coordinator/contract/role-words.ts';
import type { Needs } from '../../coordinator/contract/route.ts';
import { pathOf } from '../../coordinator/contract/route.ts';
import { REGISTER_ROLES, type RegisterRole } from '../../coordinator/register/model/person.ts';
import {
  mayInRegister,
  OTHER_RIGHTS,
  REGISTER_RIGHTS,
  type RegisterActName,
} from '../../coordinator/register/model/rights.ts';
import { sheet } from '../../shared/projects/testing/sample-sheet.ts';
import { openRegister, type TestRegister, YEAR } from '../support/running-register.ts';
import { signedIn } from '../support/signed-in.ts';

/** The register's table of rights, walked whole over HTTP: every act and every route, as each role and as nobody. */

type Walker = RegisterRole | null;
const WALKERS: readonly Walker[] = [null, ...REGISTER_ROLES];
const HASH = 'a'.repeat(64);
const PROPOSAL = '2027-7K3QM0A';

/** What the program makes whole, and nobody asks for by name. */
const OF_THE_PROGRAM = ['propose', 'enter-result', 'enter-appraisal', 'publish', 'speak'] as const;
type OfTheProgram = (typeof OF_THE_PROGRAM)[number];

const ON_PART = { project: 'none', part: '1' };
const DRAFT = { kind: 'annual-report', cycle: String(YEAR), period: String(YEAR), project: '-' };

/** An act of each kind, in its shape; what it speaks of need not be there. An act that is missing here does not compile. */
const ACTS: { readonly [A in Exclude<RegisterActName, OfTheProgram>]: object } = {
  'open-cycle': { cycle: YEAR, from: '2026-10-01', to: '2026-10-31' },
  'clear-wording': { proposal: PROPOSAL, title: '题', text: '文' },
  classify: { proposal: PROPOSAL, category: 'housing', area: null },
  second: { proposal: PROPOSAL },
  opine: { proposal: PROPOSAL, opinion: { question: 'needed', answer: 'yes', reason: '需要' } },
  'draft-decision': { proposal: PROPOSAL, outcome: null },
  release: { cycle: YEAR, drafts: HASH },
  erase: { proposal: PROPOSAL, reason: '本人要求' },
  'draft-project': { project: 'one', cycle: YEAR, sheet: sheet('一') },
  'change-project': { project: 'none', read: HASH, sheet: sheet('一') },
  'drop-project': { project: 'none', reason: '无' },
  'name-candidate': { project: 'none' },
  'withdraw-candidate': { project: 'none', reason: '无' },
  'submit-list': { cycle: YEAR, places: 1, projects: ['one'] },
  'freeze-list': { cycle: YEAR, list: HASH },
  'withdraw-list': { cycle: YEAR, list: HASH, reason: '无' },
  'enter-paper-result': {
    ...{ cycle: YEAR, list: HASH, roll: 3, present: 3, cast: 3 },
    votes: [{ project: 'one', votes: 1 }],
    chosen: ['one'],
    sheet: HASH,
    reason: '无',
  },
  plan: { ...ON_PART, months: [{ month: '2027-03', permille: 1000, fen: 0 }], safeguards: '' },
  report: {
    ...ON_PART,
    ...{ month: '2027-03', done: 1, appropriated: 0, paid: 0, words: '', evidence: [], reason: null },
  },
  'appoint-group': { project: 'none', committee: '城建环资工委', members: ['walker-deputy'] },
  visit: { ...ON_PART, visit: 'v1', day: '2027-04-01', figure: null, words: '', photos: [] },
  'settle-figure': { ...ON_PART, report: 1, done: 1, words: '按核实数' },
  find: {
    ...{ project: 'none', finding: 'f1', part: null, words: '路面开裂', due: '2027-05-01' },
    photos: [],
    voice: null,
  },
  'answer-finding': { project: 'none', finding: 'f1', words: '已修补', evidence: [] },
  'return-finding': { project: 'none', finding: 'f1', words: '未修好', due: '2027-06-01' },
  'close-finding': { project: 'none', finding: 'f1', words: '已修好' },
  inspect: {
    ...{ event: 'e1', kind: 'inspection', projects: ['none'], day: '2027-04-01', title: '集中视察' },
    words: '',
    documents: [HASH],
  },
  remind: { ...ON_PART, month: '2027-03' },
  'ask-change': {
    ...{ project: 'none', request: 'r1', kind: 'suspended', sheet: null, reason: '征地未完成' },
    documents: [],
  },
  'refuse-change': { project: 'none', request: 'r1', reason: '理由不足' },
  'decide-change': {
    ...{ project: 'none', kind: 'suspended', sheet: null, request: null, reason: '征地未完成' },
    ...{ decision: '常委会决定', document: HASH },
  },
  'enter-paper-appraisal': {
    paper: {
      ...{ cycle: YEAR, by: 'congress', roll: 3, present: 3, cast: 3 },
      items: [{ project: 'none', satisfied: 3, basic: 0, dissatisfied: 0, 'dont-know': 0 }],
      ...{ sheet: HASH, reason: '无' },
    },
  },
  'order-rectification': { project: 'none', words: '限期整改', due: '2027-12-31' },
  explain: { project: 'none', kind: 'explanation', words: '说明', evidence: [] },
  'accept-rectification': { project: 'none', words: '通过', document: null },
  'look-back': {
    ...{ project: 'none', lookBack: 'l1', day: '2028-05-01', works: 'yes', users: '', words: '' },
    photos: [],
  },
  'clear-voice': { voice: 'x1', text: '很好' },
  'answer-voice': { voice: 'x1', words: '谢谢' },
  'erase-voice': { voice: 'x1', reason: '本人要求' },
  link: { project: 'none', to: null },
};

let register: TestRegister;
const cookies = new Map<RegisterRole, string>();

beforeAll(async () => {
  // The table is walked by a person of each role alone.
  const persons = REGISTER_ROLES.map((role) => ({
    id: `walker-${role}`,
    name: roleLabel(role, 'zh'),
    roles: [role],
    ...(role === 'department' && { body: 'transport' }),
  }));
  const lines = persons.map((each) => `  - ${JSON.stringify(each)}`).join('\n');
  register = await openRegister({
    change: (file) => file.replace('\nstaff:\n', `\nstaff:\n${lines}\n`),
  });
  for (const role of REGISTER_ROLES) cookies.set(role, await signedIn(register.running, `walker-${role}`));
});
afterAll(() => register.stop());

const ask = (walker: Walker, method: string, path: string, body?: unknown) =>
  fetch(register.running.http + path, {
    method,
    redirect: 'manual',
    headers: {
      ...(walker && { cookie: cookies.get(walker) ?? '' }),
      ...(body !== undefined && { 'content-type': 'application/json' }),
    },
    ...(body !== undefined && { body: JSON.stringify(body) }),
  });

const mayCall = (walker: Walker, needs: Needs): boolean => {
  if (needs === 'anybody' || needs === 'sign-in') return true;
  return (
    walker !== null &&
    (needs === 'person' || needs.some((right) => mayInRegister({ roles: [walker] }, right)))
  );
};

const called = (walker: Walker) => (walker === null ? 'nobody' : walker);

describe.each(WALKERS.map((walker) => [called(walker), walker] as const))('as %s', (_name, walker) => {
  it.each(Object.entries(ACTS))('%s is done or refused as the table says', async (act, body) => {
    const parsed = StaffRegisterAct.safeParse({ act, ...body });
    expect(parsed.error).toBeUndefined();
    const { status } = await ask(walker, 'POST', REGISTER_ROUTES.act.path, { act, ...body });
    const may = walker !== null && mayInRegister({ roles: [walker] }, act);
    if (may) expect([200, 409]).toContain(status);
    else expect(status).toBe(walker === null ? 401 : 403);
  });

  const routes = EVERY_REGISTER_ROUTE.filter(({ path }) => path !== REGISTER_ROUTES.signOut.path);
  it.each(routes.map((route) => [`${route.method} ${route.path}`, route] as const))(
    '%s',
    async (_route, route) => {
      const params = {
        year: String(YEAR),
        id: PROPOSAL,
        file: 'none.txt',
        '*': 'none.js',
        hash: HASH,
        ...DRAFT,
      };
      const body = route.method === 'POST' && route.needs !== 'anybody' ? { none: 0 } : undefined;
      const { status } = await ask(walker, route.method, pathOf(route.path, params), body);
      if (mayCall(walker, route.needs)) expect([401, 403]).not.toContain(status);
      else expect(status).toBe(walker === null ? 401 : 403);
    },
  );
});

it('no act and no right is left out of the walk', () => {
  const names: readonly string[] = Object.keys(REGISTER_RIGHTS);
  expect([...Object.keys(ACTS), ...OF_THE_PROGRAM].sort()).toEqual([...names].sort());
  const needed = new Set(
    EVERY_REGISTER_ROUTE.flatMap(({ needs }) => (typeof needs === 'string' ? [] : needs)),
  );
  const others: readonly string[] = Object.keys(OTHER_RIGHTS);
  // What is looked at within a route, not at its door.
  const inside = ['read-drafts', 'read-people', 'export'];
  expect(
    others.filter((right) => !inside.includes(right) && ![...needed].some((one) => one === right)),
  ).toEqual([]);
});
