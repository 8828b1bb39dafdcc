import { statSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import type { Client } from '../../coordinator/contract/client.ts';
import { REGISTER_ROUTES } from '../../coordinator/contract/register/routes.ts';
import { telephonePicture } from '../../coordinator/register/attachments/testing/strangers.ts';
import { readList } from '../../shared/projects/read-list.ts';
import { sheet as sampleSheet } from '../../shared/projects/testing/sample-sheet.ts';
import { sha256Hex } from '../../shared/protocol/bytes.ts';
import { answered, openRegister, type TestRegister, YEAR } from '../support/running-register.ts';
import { signedIn } from '../support/signed-in.ts';

let register: TestRegister;

beforeEach(async () => {
  register = await openRegister();
  const opened = { act: 'open-cycle', cycle: YEAR, from: '2026-10-01', to: '2026-10-31' } as const;
  expect(await register.act('congress', opened)).toEqual({ is: 'done' });
});
afterEach(() => register.stop());

const sheet = (title: string) => {
  const one = sampleSheet(title);
  return {
    ...one,
    category: 'housing',
    co: [],
    from: [],
    title: { zh: title },
    summary: { zh: `${title}，年内完工` },
    parts: one.parts.map((part) => ({
      ...part,
      area: 'nowhere',
      funding: part.funding.map((each) => ({ ...each })),
    })),
  };
};

const propose = async (person: string, title: string) => {
  const body = {
    cycle: YEAR,
    channel: 'meeting' as const,
    wording: { title, text: `${title}，群众反映强烈。`, place: { name: '东河区人民路' } },
    proposer: { name: '张三丰', telephone: '13800001234', address: null },
    attachments: [],
  };
  return answered(await (await register.as(person)).ask(REGISTER_ROUTES.propose, { body }));
};

const queue = async (client: Client, filter: object = {}) =>
  answered(await client.ask(REGISTER_ROUTES.proposals, { body: { cycle: YEAR, ...filter } }));

it('a deputy proposes, an office screens, two persons freeze, and the hall is given the list', async () => {
  const received = await propose('deputy1', '人民路加装路灯');
  if (received.is !== 'received') throw new Error(received.reason);
  expect(received.code).toMatch(/^([0-9A-Z]{4}-){3}[0-9A-Z]{4}$/);
  const gov = await register.as('gov');
  const department = await register.as('transport');
  expect((await queue(gov)).rows).toMatchObject([
    { title: '人民路加装路灯', stage: 'received', draft: null },
  ]);
  // Who may not read people sees no words before somebody has cleared them.
  expect((await queue(department)).rows).toMatchObject([{ title: null }]);
  const proposal = received.proposal;
  const act = async (person: string, what: Parameters<TestRegister['act']>[1]) =>
    expect(await register.act(person, what)).toEqual({ is: 'done' });
  await act('gov', {
    act: 'clear-wording',
    proposal,
    title: '人民路加装路灯',
    text: '人民路夜间昏暗，建议加装路灯。',
  });
  await act('gov', { act: 'classify', proposal, category: 'housing', area: 'east' });
  await act('transport', {
    act: 'opine',
    proposal,
    opinion: { question: 'needed', answer: 'yes', reason: '确有需要' },
  });
  for (const project of ['lamps', 'road', 'school'])
    await act('gov', { act: 'draft-project', project, cycle: YEAR, sheet: sheet(`项目${project}`) });
  await act('gov', { act: 'draft-decision', proposal, outcome: { is: 'adopted', project: 'lamps' } });
  expect((await queue(department)).rows).toMatchObject([
    { draft: null, answer: null, stage: 'under-screening' },
  ]);
  const answersSeen = async (client: Client) =>
    answered(await client.ask(REGISTER_ROUTES.cycle, { params: { year: String(YEAR) } })).projects.map(
      ({ id, answers }) => [id, answers],
    );
  expect(await answersSeen(gov)).toContainEqual(['lamps', 1]);
  expect(await answersSeen(department)).toContainEqual(['lamps', 0]);
  expect((await queue(gov, { stage: 'drafted', text: '路灯' })).rows).toMatchObject([
    { id: proposal, draft: { is: 'adopted' } },
  ]);
  const seen = (await queue(await register.as('congress'))).counts.drafts ?? '';
  await act('gov', { act: 'draft-decision', proposal, outcome: { is: 'adopted', project: 'road' } });
  const release = { act: 'release', cycle: YEAR, drafts: seen } as const;
  expect(await register.act('congress', release)).toMatchObject({ is: 'refused', reason: 'others-drafted' });
  await act('gov', { act: 'draft-decision', proposal, outcome: { is: 'adopted', project: 'lamps' } });
  await act('congress', release);
  expect((await queue(department)).rows).toMatchObject([{ answer: { is: 'adopted', project: 'lamps' } }]);

  // No area of this register yet: the candidates are not complete.
  const cycle = async () =>
    answered(await gov.ask(REGISTER_ROUTES.cycle, { params: { year: String(YEAR) } }));
  expect((await cycle()).projects[0]?.gaps.map(({ what }) => what)).toEqual(['unknown-area']);
  for (const project of ['lamps', 'road', 'school']) {
    const one = sheet(`项目${project}`);
    const read = (await cycle()).projects.find(({ id }) => id === project)?.sheetHash ?? '';
    const parts = one.parts.map((part) => ({ ...part, area: 'east' }));
    await act('gov', { act: 'change-project', project, read, sheet: { ...one, parts } });
    await act('gov', { act: 'name-candidate', project });
  }
  await act('gov', { act: 'submit-list', cycle: YEAR, places: 2, projects: ['lamps', 'road', 'school'] });
  const { submitted } = await cycle();
  const stages = async (cookie: string) => {
    const response = await fetch(`${register.running.http}/api/session`, { headers: { cookie } });
    return REGISTER_ROUTES.session.answer.parse(await response.json()).cycles.map(({ stage }) => stage);
  };
  // What the government has handed in is nobody's outside the offices before it is frozen.
  expect(await stages(await signedIn(register.running, 'gov'))).toEqual(['submitted']);
  for (const cookie of ['', await signedIn(register.running, 'deputy1')])
    expect(await stages(cookie)).toEqual(['collecting']);
  const list = submitted?.hash ?? '';
  const asked = await register.act('congress', { act: 'freeze-list', cycle: YEAR, list });
  expect(asked).toMatchObject({ is: 'waiting' });
  const waiting = async (person: string) =>
    answered(await (await register.as(person)).ask(REGISTER_ROUTES.waiting));
  expect(await waiting('congress')).toMatchObject([{ as: 'proposed', act: { act: 'freeze-list', list } }]);
  expect(await waiting('deputy1')).toEqual([]);
  const id = asked.is === 'waiting' ? asked.id : '';
  const confirm = async (person: string) =>
    answered(await (await register.as(person)).ask(REGISTER_ROUTES.confirmWaiting, { body: { id } }));
  expect(await confirm('congress')).toMatchObject({ is: 'refused', reason: 'same-person' });
  expect(await confirm('transport')).toMatchObject({ is: 'refused', reason: 'not-allowed' });
  expect(await confirm('gov')).toEqual({ is: 'done' });
  expect(await confirm('gov')).toMatchObject({ is: 'refused', reason: 'not-waiting' });
  expect((await cycle()).frozen).toMatchObject({ hash: list, places: 2 });

  const text = async (path: string) => (await fetch(`${register.running.http}${path}`)).text();
  const listed = await text('/lists/list-yunxi-2027.txt');
  expect(sha256Hex(listed)).toBe(list);
  expect(readList(listed)?.projects).toHaveLength(3);
  expect(await text('/cycles/2027/agenda.yaml')).toContain('list: list-yunxi-2027.txt');
});

it('what waits for another person waits after another start, with the sheet they are to read, and is judged anew', async () => {
  const projects = ['lamps', 'road', 'school'];
  for (const project of projects) {
    const one = sheet(`项目${project}`);
    const parts = one.parts.map((part) => ({ ...part, area: 'east' }));
    await register.act('gov', { act: 'draft-project', project, cycle: YEAR, sheet: { ...one, parts } });
    await register.act('gov', { act: 'name-candidate', project });
  }
  await register.act('gov', { act: 'submit-list', cycle: YEAR, places: 2, projects });
  const params = { year: String(YEAR) };
  const seen = answered(await (await register.as('gov')).ask(REGISTER_ROUTES.cycle, { params }));
  const list = seen.submitted?.hash ?? '';
  const waits = async (...asked: Parameters<TestRegister['act']>) => {
    const answer = await register.act(...asked);
    return answer.is === 'waiting' ? answer.id : '';
  };
  const confirm = async (person: string, id: string) =>
    answered(await (await register.as(person)).ask(REGISTER_ROUTES.confirmWaiting, { body: { id } }));
  const freeze = await waits('congress', { act: 'freeze-list', cycle: YEAR, list });
  expect(statSync(join(register.config.data, 'waiting.json')).mode & 0o777).toBe(0o600);
  register = await register.again();
  expect(await confirm('gov', freeze)).toEqual({ is: 'done' });

  const office = await register.as('congress');
  const picture = new Uint8Array(await telephonePicture(80, 60));
  const taken = answered(await office.ask(REGISTER_ROUTES.upload, { body: picture }));
  const signed = taken.is === 'taken' ? taken.hash : '';
  const result = {
    act: 'enter-paper-result',
    ...{ cycle: YEAR, list, roll: 3, present: 3, cast: 3 },
    votes: projects.map((project, i) => ({ project, votes: 3 - i })),
    ...{ chosen: ['lamps', 'road'], sheet: signed, reason: '停电' },
  } as const;
  const paper = await waits('congress', result);
  const withdrawal = await waits('congress', { act: 'withdraw-list', cycle: YEAR, list, reason: '误提' });
  register = await register.again();
  const committee = await register.as('committee');
  const read = await committee.ask(REGISTER_ROUTES.attachment, { params: { hash: signed, size: 'whole' } });
  expect(read.is).toBe('answered');
  expect(await confirm('committee', paper)).toEqual({ is: 'done' });
  register = await register.again();
  expect(await confirm('committee', paper)).toMatchObject({ is: 'refused', reason: 'not-waiting' });
  expect(await confirm('gov', withdrawal)).toMatchObject({ is: 'refused', reason: 'cycle-decided' });
});

it('stands as it stood after another start, its words beside it', async () => {
  await propose('deputy1', '修缮老旧小区楼道');
  register = await register.again();
  const gov = await register.as('gov');
  expect((await queue(gov, { text: '楼道' })).rows).toMatchObject([{ title: '修缮老旧小区楼道' }]);
});

it('nobody does what is another’s, and strangers nothing', async () => {
  const act = { act: 'release', cycle: YEAR, drafts: '0'.repeat(64) } as const;
  await expect(register.act('gov', act)).rejects.toThrow(/refused/);
  const stranger = await fetch(`${register.running.http}/api/act`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(act),
  });
  expect(stranger.status).toBe(401);
});
