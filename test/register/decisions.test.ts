import { mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { parse } from 'yaml';
import { REGISTER_ROUTES } from '../../coordinator/contract/register/routes.ts';
import { sampleScan } from '../../coordinator/rehearsal/register/sample-scan.ts';
import { playYear } from '../support/public-year.ts';
import { answered, openRegister, type TestRegister, YEAR } from '../support/running-register.ts';

/** What only a decision can do to a project that was chosen: over HTTP, by the persons whose it is. */

let register: TestRegister;
beforeEach(async () => {
  register = await openRegister({ change: (file) => `${file}hall: { folder: shared }\n` });
  mkdirSync(join(register.folder, 'shared'));
  await register.act('congress', { act: 'open-cycle', cycle: YEAR, from: '2026-10-01', to: '2026-10-31' });
  await playYear(register, 'voted');
});
afterEach(() => register.stop());

const work = async (id = 'lamps') =>
  answered(await (await register.as('auditor')).ask(REGISTER_ROUTES.work, { params: { id } }));
const scan = async (person: string): Promise<string> => {
  const body = new Uint8Array(await sampleScan());
  const taken = answered(await (await register.as(person)).ask(REGISTER_ROUTES.upload, { body }));
  if (taken.is !== 'taken') throw new Error(taken.reason);
  return taken.hash;
};
const confirm = async (person: string, id: string) =>
  answered(await (await register.as(person)).ask(REGISTER_ROUTES.confirmWaiting, { body: { id } }));

it('a change is asked for, decided with its document by two persons, and what shrank shows', async () => {
  const { sheet } = await work();
  const less = {
    ...sheet,
    co: [...sheet.co],
    from: [...sheet.from],
    parts: sheet.parts.map((part) => ({
      ...part,
      funding: part.funding.map((each) => ({ ...each })),
      target: { ...part.target, thousandths: part.target.thousandths - 1000 },
    })),
  };
  const change = { project: 'lamps', kind: 'changed', sheet: less, reason: '管线迁改未完成' } as const;
  const asked = { act: 'ask-change', request: 'c-1', documents: [], ...change } as const;
  expect(await register.act('gov', asked)).toEqual({ is: 'done' });
  expect(await register.act('gov', asked)).toMatchObject({ reason: 'request-twice' });
  const decided = {
    act: 'decide-change',
    request: 'c-1',
    decision: '常委会决定〔2027〕3号',
    ...change,
  } as const;
  expect(await register.act('committee', { ...decided, document: 'a'.repeat(64) })).toMatchObject({
    reason: 'unknown-attachment',
  });
  const document = await scan('committee');
  const waits = await register.act('committee', { ...decided, document });
  if (waits.is !== 'waiting') throw new Error(waits.is);
  expect((await work()).isShrunk).toBe(false);
  // Whoever confirms reads the document.
  const address = REGISTER_ROUTES.attachment.path.replace(':hash', document).replace(':size', 'whole');
  const read = await (await register.as('congress')).ask(REGISTER_ROUTES.attachment, {
    params: { hash: document, size: 'whole' },
  });
  expect({ address, is: read.is }).toEqual({ address, is: 'answered' });
  expect(await confirm('gov', waits.id)).toMatchObject({ reason: 'not-allowed' });
  expect(await confirm('congress', waits.id)).toEqual({ is: 'done' });
  const after = await work();
  expect(after).toMatchObject({ isShrunk: true, changes: [{ kind: 'changed', document }] });
  expect(after.requests[0]?.answer).toMatchObject({ is: 'decided' });
  expect(after.promised).toEqual(sheet);
});

it('an appraisal is left for the hall, or entered from paper by two; 不满意 stays open until it is accepted', async () => {
  const params = { year: String(YEAR) };
  const congress = await register.as('congress');
  const order = { by: 'standing-committee', projects: ['lamps', 'canteens'] } as const;
  const none = await congress.ask(REGISTER_ROUTES.handOverAppraisal, {
    params,
    body: { ...order, projects: ['bus-shelters'] },
  });
  expect(answered(none)).toMatchObject({ is: 'refused', reason: 'nothing-to-grade' });
  const body = { ...order, projects: [...order.projects] };
  expect(answered(await congress.ask(REGISTER_ROUTES.handOverAppraisal, { params, body }))).toEqual({
    is: 'done',
  });
  const agenda = parse(readFileSync(join(register.folder, 'shared', 'agenda.yaml'), 'utf8'));
  expect(agenda.motions).toMatchObject([
    { id: `appraisal-${YEAR}-committee`, kind: 'appraisal', items: [{ id: 'lamps' }, { id: 'canteens' }] },
  ]);
  const noBundle = await congress.ask(REGISTER_ROUTES.takeAppraisal, {
    params,
    body: { name: 'sitting.zip' },
  });
  expect(answered(noBundle)).toMatchObject({ is: 'refused', reason: 'no-such-bundle' });

  const sheet = await scan('congress');
  const item = (project: string, satisfied: number) => ({
    ...{ project, satisfied, basic: 0, dissatisfied: 50 - satisfied, 'dont-know': 0 },
  });
  const paper = {
    ...{ cycle: YEAR, by: 'congress' as const, roll: 164, present: 60, cast: 50, sheet, reason: '停电' },
    items: [item('lamps', 26), item('canteens', 25)],
  };
  const waits = await register.act('congress', { act: 'enter-paper-appraisal', paper });
  if (waits.is !== 'waiting') throw new Error(waits.is);
  expect(await confirm('congress', waits.id)).toMatchObject({ reason: 'same-person' });
  expect(await confirm('committee', waits.id)).toEqual({ is: 'done' });
  // As if the program had ended before it was written that nothing waits any more.
  const again = await register.act('congress', { act: 'enter-paper-appraisal', paper });
  if (again.is !== 'waiting') throw new Error(again.is);
  expect(await confirm('committee', again.id)).toEqual({ is: 'done' });
  expect((await work()).appraisals).toHaveLength(1);
  expect(await work()).toMatchObject({ grade: 'satisfied', isRectifying: false });
  // Exactly half is not more than half.
  expect(await work('canteens')).toMatchObject({ grade: 'dissatisfied', isRectifying: true });
  const accept = { act: 'accept-rectification', project: 'canteens', words: '通过', document: null } as const;
  expect(await register.act('committee', accept)).toMatchObject({ reason: 'not-explained' });
});
