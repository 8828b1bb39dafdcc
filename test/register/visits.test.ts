import sharp from 'sharp';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { REGISTER_ROUTES } from '../../coordinator/contract/register/routes.ts';
import { answered, type TestRegister } from '../support/running-register.ts';
import { openWatchedYear, REPORTED, upload, workAs } from '../support/watched-year.ts';

let register: TestRegister;

beforeAll(async () => {
  register = await openWatchedYear();
});
afterAll(() => register.stop());

/** The report that the register has of part 1. */
const reported = async () => (await workAs(register, 'deputy1')).partsWork[0]?.figure.seq ?? -1;
type Visit = Extract<Parameters<TestRegister['act']>[1], { readonly act: 'visit' }>;
const visit = (id: string, figure: Visit['figure']): Visit => ({
  ...{ act: 'visit', project: 'lamps', part: '1', visit: id, day: '2027-06-20' },
  ...{ words: '现场清点', photos: [], figure },
});
const photo = (background: string) =>
  sharp({ create: { width: 60, height: 40, channels: 3, background } })
    .jpeg()
    .toBuffer();

it('a visit that a telephone sends twice, and its photograph, are there once', async () => {
  const bytes = await photo('#98181a');
  const once = await upload(register, 'deputy1', bytes);
  expect(await upload(register, 'deputy1', bytes)).toBe(once);
  const act = { ...visit('t-1', { verdict: 'confirmed', report: await reported() }), photos: [once] };
  expect(await register.act('deputy1', act)).toEqual({ is: 'done' });
  const { visits, ...first } = await workAs(register, 'deputy1');
  expect(await register.act('deputy1', act)).toEqual({ is: 'done' });
  const again = await workAs(register, 'deputy1');
  expect(again.visits).toEqual(visits);
  expect(visits).toMatchObject([{ visit: 't-1', by: { id: 'deputy1' }, photos: [once] }]);
  expect(again.partsWork[0]?.figure).toMatchObject({ is: 'confirmed', done: REPORTED });
  expect(first.isMine).toBe(true);
  // Another's visit of the same number is another visit, and is refused.
  expect(await register.act('kin', visit('t-1', null))).toMatchObject({ reason: 'visit-twice' });
});

it('who is not of the group is refused; who acts for the body that reported may look, and confirms nothing', async () => {
  expect(await register.act('deputy2', visit('t-2', null))).toMatchObject({
    is: 'refused',
    reason: 'not-in-group',
  });
  const report = await reported();
  expect(await register.act('kin', visit('t-3', { verdict: 'confirmed', report }))).toMatchObject({
    is: 'refused',
    reason: 'own-figure',
  });
  expect(await register.act('kin', visit('t-3', null))).toEqual({ is: 'done' });
});

it('a member without an office’s rights sees what was attached to a report, and not what came with somebody’s letter', async () => {
  const { partsWork } = await workAs(register, 'deputy1');
  const [evidence = ''] = partsWork[0]?.reports[0]?.evidence ?? [];
  const letter = await upload(register, 'congress', await photo('#174a8c'));
  const read = async (hash: string) =>
    (
      await (
        await register.as('deputy1')
      ).ask(REGISTER_ROUTES.attachment, { params: { hash, size: 'small' } })
    ).is;
  expect([await read(evidence), await read(letter)]).toEqual(['answered', 'refused']);
});

it('members are offered with the categories they know; nobody else is, and nobody else is taken', async () => {
  const members = answered(await (await register.as('congress')).ask(REGISTER_ROUTES.members));
  expect(members).toContainEqual({ id: 'kin', name: '韩梅', fields: ['housing'] });
  const may = register.config.staff.filter(({ roles }) =>
    roles.some((role) => role === 'deputy' || role === 'supervision-group'),
  );
  expect(members.map(({ id }) => id).sort()).toEqual(may.map(({ id }) => id).sort());
  expect(members.some(({ id }) => id === 'gov')).toBe(false);
  const appoint = { act: 'appoint-group', project: 'canteens', committee: '社会委' } as const;
  expect(await register.act('congress', { ...appoint, members: ['gov'] })).toMatchObject({
    reason: 'unknown-member',
  });
});

it('a disputed figure counts with the smaller value, until two persons settle it; both values stay', async () => {
  const report = await reported();
  const disputed = visit('t-4', { verdict: 'disputed', report, found: 450_000 });
  expect(await register.act('deputy1', disputed)).toEqual({ is: 'done' });
  expect((await workAs(register, 'gov')).partsWork[0]?.figure).toMatchObject({
    is: 'disputed',
    reported: REPORTED,
    found: 450_000,
    done: 450_000,
  });
  const settle = { act: 'settle-figure', project: 'lamps', part: '1', report, done: 460_000 } as const;
  const asked = await register.act('committee', { ...settle, words: '以竣工图为准' });
  const { id } = asked.is === 'waiting' ? asked : { id: '' };
  const confirmed = await (await register.as('congress')).ask(REGISTER_ROUTES.confirmWaiting, {
    body: { id },
  });
  expect(answered(confirmed)).toEqual({ is: 'done' });
  const { partsWork, visits } = await workAs(register, 'gov');
  expect(partsWork[0]?.figure).toMatchObject({ is: 'settled', done: 460_000, reported: REPORTED });
  expect(visits.find(({ visit: one }) => one === 't-4')?.figure).toMatchObject({ found: 450_000 });
});

it('a finding is sent twice and is there once; answered, it is returned and closed by the group alone', async () => {
  const ofFinding = { project: 'lamps', finding: 't-5' } as const;
  const find = {
    ...ofFinding,
    act: 'find',
    ...{ part: '1', words: '三号灯不亮', due: '2027-06-25', photos: [], voice: null },
  } as const;
  expect([await register.act('deputy1', find), await register.act('deputy1', find)]).toEqual([
    { is: 'done' },
    { is: 'done' },
  ]);
  const close = { act: 'close-finding', ...ofFinding, words: '已亮' } as const;
  expect(await register.act('deputy1', close)).toMatchObject({ reason: 'not-answered' });
  const answer = { act: 'answer-finding', ...ofFinding, words: '已更换', evidence: [] } as const;
  expect(await register.act('transport', answer)).toMatchObject({ reason: 'other-body' });
  expect(await register.act('lamps', answer)).toEqual({ is: 'done' });
  expect(await register.act('deputy2', close)).toMatchObject({ reason: 'not-in-group' });
  const back = { act: 'return-finding', ...ofFinding, words: '又灭了', due: '2027-07-10' } as const;
  expect(await register.act('kin', back)).toEqual({ is: 'done' });
  expect(await register.act('lamps', answer)).toEqual({ is: 'done' });
  expect(await register.act('deputy1', close)).toEqual({ is: 'done' });
  expect((await workAs(register, 'deputy1')).findings).toMatchObject([
    { state: 'closed', due: '2027-07-10', answers: [{}, {}], returns: [{}] },
  ]);
});
