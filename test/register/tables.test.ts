import sharp from 'sharp';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { REGISTER_ROUTES } from '../../coordinator/contract/register/routes.ts';
import type { EntryTable } from '../../coordinator/contract/register/table-documents.ts';
import { PROJECT_COLUMNS } from '../../coordinator/register/tables/project-columns.ts';
import { sheetsIn } from '../../coordinator/register/tables/testing/sheets.ts';
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

const picture = async () => {
  const create = { width: 60, height: 40, channels: 3, background: '#98181a' } as const;
  return new Uint8Array(await sharp({ create }).png().toBuffer());
};

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

it('what came on paper: a template with numbers, seen first, entered once by whoever confirmed it, each with its receipt', async () => {
  const congress = await register.as('congress');
  const upload = await congress.ask(REGISTER_ROUTES.upload, { body: await picture() });
  const scan = answered(upload);
  if (scan.is !== 'taken') throw new Error(scan.reason);
  const workbook = answered(await congress.ask(REGISTER_ROUTES.entryTemplate, { params }));
  const [sheet] = await sheetsIn(new Uint8Array(workbook));
  const [head = [], first = [], second = []] = sheet?.rows.map(({ cells }) => cells) ?? [];
  const lines = [
    head,
    [first[0], '来信', '修路灯', '路灯坏了', '南门', '张三', '', '', '信1.jpg'],
    [second[0], '来电', '公交', '公交太少', '', '', '', '', '没有.jpg'],
  ];
  const table = Buffer.from(lines.map((cells) => cells.join()).join('\r\n')).toString('base64');
  const named = [{ name: '信1.jpg', hash: scan.hash }];
  const send = async (fingerprint: string | null, scans: EntryTable['scans'] = { of: 'rows', named }) =>
    answered(await congress.ask(REGISTER_ROUTES.enterTable, { params, body: { table, scans, fingerprint } }));
  const read = await send(null);
  if (read.is !== 'read') throw new Error(read.is);
  expect(read.preview).toMatchObject({
    added: [
      { proposal: first[0], channel: 'letter', title: '修路灯', place: '南门', name: '张三', scans: 1 },
    ],
    same: 0,
    refused: [{ zh: expect.stringMatching(/第 3 行 I 扫描件文件名 列：没有上传此扫描件/) }],
  });
  expect(await send('0'.repeat(64))).toEqual(read);
  const done = await send(read.preview.fingerprint);
  expect(done).toMatchObject({ is: 'done', receipts: [{ proposal: first[0], title: '修路灯' }] });
  const detail = answered(await congress.ask(REGISTER_ROUTES.proposal, { params: { id: first[0] ?? '' } }));
  expect(detail).toMatchObject({
    enteredBy: '李静',
    proposer: { name: '张三' },
    files: [{ hash: scan.hash }],
  });
  // The same table once more, now with one scan for all of it: what is entered stays as it is.
  const again = await send(read.preview.fingerprint, { of: 'table', scan: scan.hash });
  expect(again).toMatchObject({
    is: 'read',
    preview: { added: [{ proposal: second[0] }], same: 1, refused: [] },
  });
  expect(await send(null, { of: 'table', scan: 'a'.repeat(64) })).toMatchObject({ is: 'refused' });
});
