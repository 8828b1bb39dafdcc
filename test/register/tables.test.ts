import { afterEach, beforeEach, expect, it } from 'vitest';
import { REGISTER_ROUTES } from '../../coordinator/contract/register/routes.ts';
import { PROJECT_COLUMNS } from '../../coordinator/register/tables/project-columns.ts';
import { sheet as sampleSheet } from '../../shared/projects/testing/sample-sheet.ts';
import { answered, openRegister, type TestRegister, YEAR } from '../support/running-register.ts';

let register: TestRegister;
const params = { year: String(YEAR) };

beforeEach(async () => {
  register = await openRegister();
  const opened = { act: 'open-cycle', cycle: YEAR, from: '2026-10-01', to: '2026-10-31' } as const;
  expect(await register.act('congress', opened)).toEqual({ is: 'done' });
  const { co, from, parts, ...sheet } = sampleSheet('北路改造');
  const project = {
    ...sheet,
    category: 'housing',
    co: [...co],
    from: [...from],
    parts: parts.map((part) => ({ ...part, funding: part.funding.map((each) => ({ ...each })) })),
  };
  const drafted = { act: 'draft-project', project: 'road', cycle: YEAR, sheet: project } as const;
  expect(await register.act('gov', drafted)).toEqual({ is: 'done' });
});
afterEach(() => register.stop());

const bytesOf = (text: string) => new Uint8Array(Buffer.from(text));
const edited = (title: string) =>
  bytesOf(`${PROJECT_COLUMNS.project.zh},${PROJECT_COLUMNS.title.zh}\r\nroad,${title}\r\n`);

const titleNow = async () => {
  const gov = await register.as('gov');
  return answered(await gov.ask(REGISTER_ROUTES.cycle, { params })).projects[0]?.sheet.title.zh;
};

it('projects come back from a table: shown first, done when confirmed, and nothing the second time', async () => {
  const gov = await register.as('gov');
  const body = edited('北路拓宽');
  const read = answered(await gov.ask(REGISTER_ROUTES.previewProjects, { params, body }));
  if (read.is !== 'read') throw new Error(read.is);
  expect(read.preview).toMatchObject({
    changed: [{ id: 'road', before: '北路改造', after: '北路拓宽' }],
    refused: [],
    acts: 1,
  });
  expect(await titleNow()).toBe('北路改造');
  const { fingerprint } = read.preview;
  const confirm = async (print: string) =>
    answered(
      await gov.ask(REGISTER_ROUTES.importProjects, { params: { ...params, fingerprint: print }, body }),
    );
  expect(await confirm('0'.repeat(64))).toMatchObject({ is: 'read' });
  expect(await titleNow()).toBe('北路改造');
  expect(await confirm(fingerprint)).toEqual({ is: 'done', acts: 1 });
  expect(await titleNow()).toBe('北路拓宽');
  // It is so already: what was shown then is not what would be done now.
  expect(await confirm(fingerprint)).toMatchObject({ is: 'read', preview: { acts: 0, same: 1 } });
});

it('what goes out comes back unchanged, and who took it away stands in the ledger', async () => {
  const gov = await register.as('gov');
  const workbook = answered(await gov.ask(REGISTER_ROUTES.projectsTable, { params }));
  const body = new Uint8Array(workbook);
  const read = answered(await gov.ask(REGISTER_ROUTES.previewProjects, { params, body }));
  expect(read).toMatchObject({
    is: 'read',
    preview: { added: [], changed: [], refused: [], same: 1, acts: 0 },
  });
  expect(answered(await gov.ask(REGISTER_ROUTES.proposalsTable, { params })).length).toBeGreaterThan(1000);
});

it('what is no table is refused with its cure', async () => {
  const gov = await register.as('gov');
  const asked = await gov.ask(REGISTER_ROUTES.previewProjects, {
    params,
    body: bytesOf('PK\u0003\u0004rubbish'),
  });
  expect(answered(asked)).toMatchObject({ is: 'refused' });
});
