import { execFile } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, rmSync, statSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { loadRegister } from '../../coordinator/config/register-file.ts';
import { REGISTER_ROUTES } from '../../coordinator/contract/register/routes.ts';
import { FEED_FILES } from '../../coordinator/register/feed/files.ts';
import { writeFeed } from '../../coordinator/register/program/write-feed.ts';
import { LevelsData } from '../../coordinator/register/public/levels/levels-data.ts';
import { builtProgram } from '../../shared/package-root.ts';
import { playYear } from '../support/public-year.ts';
import { answered, openRegister, type TestRegister, YEAR } from '../support/running-register.ts';

/** A town and a city above it, over HTTP. */

const HALLVOTE = builtProgram('coordinator/cli/hallvote.js');

let town: TestRegister;
let city: TestRegister;
const scratch = mkdtempSync(join(tmpdir(), 'hallvote-levels-'));

const asTown = (file: string) =>
  file.replace(/id: \w+, name/, 'id: qinghe, name').replace(/^level: city/m, 'level: town');

const above = (key: string, address: string) => (file: string) =>
  `${file}\nchildren:\n  - { id: qinghe, level: town, key: ${key}, address: '${address}' }\npull: { everyMinutes: 1440 }\n`;

beforeAll(async () => {
  town = await openRegister({ change: asTown });
  await town.act('congress', { act: 'open-cycle', cycle: YEAR, from: '2026-10-01', to: '2026-10-31' });
  await playYear(town, 'voted');
  city = await openRegister({ change: above(town.running.key.x, town.running.http) });
});
afterAll(async () => {
  await city.stop();
  await town.stop();
  rmSync(scratch, { recursive: true, force: true });
});

const get = async (path: string) => {
  const answer = await fetch(`${city.running.http}${path}`);
  return { status: answer.status, text: await answer.text() };
};
const data = async () => LevelsData.parse(JSON.parse((await get('/data/levels/all.json')).text));
const pull = async () => answered(await (await city.as('congress')).ask(REGISTER_ROUTES.pullChildren));

/** `hallvote register pull` as somebody types it, beside the running city. */
const pullBeside = (...args: readonly string[]) =>
  new Promise<{ code: unknown; said: string }>((resolve) => {
    const config = join(city.folder, 'register.yaml');
    const command = [HALLVOTE, 'register', 'pull', '--config', config, ...args];
    execFile(process.execPath, command, (error, stdout, stderr) =>
      resolve({ code: error?.code ?? 0, said: stdout + stderr }),
    );
  });

it('what a town decides stands in the city’s sums after one pull, witnessed, with the way down to its own pages', async () => {
  const [child] = await pull();
  expect(child).toMatchObject({ id: 'qinghe', is: 'fresh', why: null });
  const { registers, whole } = await data();
  const [self, its] = registers;
  expect(self).toMatchObject({ id: city.config.register.id, standing: 'self' });
  expect(its?.witnessed).toMatchObject({ entry: child?.read });
  expect(whole.projects).toBeGreaterThan(0);
  expect(whole).toEqual({ ...its?.sums, bySource: whole.bySource });
  const page = await get('/levels');
  expect(page.text).toContain('href="/levels/qinghe"');
  expect(page.text).toContain(`<data value="${whole.fen}">`);
  const down = (await get('/levels/qinghe')).text;
  const project = new RegExp(`href="(${town.running.http}/projects/[^"#]+)"`).exec(down)?.[1];
  const answer = await fetch(project ?? '');
  expect(answer.status).toBe(200);
  expect((await get('/')).text).toContain('href="/levels"');

  const [id = ''] = (project ?? '').split('/').slice(-1);
  const link = { act: 'link', project: id, to: { register: 'elsewhere', project: 'x' } } as const;
  expect((await town.act('congress', link)).is).toBe('done');
  await pull();
  const after = await data();
  expect(after.registers[1]?.claims).toEqual([{ project: id, of: link.to }]);
  expect(after.whole.fen).toBe(whole.fen);
  expect((await get('/levels')).text).toContain('自称是别处项目的一部分');
  for (const path of ['/data/levels/all.csv', '/data/levels/all.xlsx', `/data/levels/${YEAR}.json`])
    expect((await get(path)).status).toBe(200);
  expect((await get('/data/levels/1999.json')).status).toBe(404);
  expect((await get('/levels/nobody')).status).toBe(404);

  // Somebody reads it in by hand, over the same line: the running city shows it.
  expect((await town.act('congress', { ...link, to: null })).is).toBe('done');
  const { code, said } = await pullBeside();
  expect([code, said]).toEqual([0, expect.stringMatching(/^qinghe: .* 1 entries read, up to entry \d+\n$/)]);
  await expect.poll(async () => (await data()).registers[1]?.claims).toEqual([]);
});

it('what was read stays when the town is silent, with its reason; a stick is read beside the running city', async () => {
  const before = await data();
  const file = join(town.folder, 'register.yaml');
  await town.running.stop();
  const [child] = await pull();
  expect(child?.why?.en).toContain('cannot be reached');
  expect((await data()).whole).toEqual(before.whole);

  // The town goes on, and sends a stick.
  town = await openRegister({ folder: town.folder, change: asTown });
  const free = { act: 'open-cycle', cycle: YEAR + 1, from: '2027-10-01', to: '2027-10-31' } as const;
  expect((await town.act('congress', free)).is).toBe('done');
  expect(writeFeed(file, scratch).ok).toBe(true);
  const empty = join(scratch, 'empty');
  mkdirSync(empty);
  expect(await pullBeside('--from', empty)).toMatchObject({
    code: 2,
    said: expect.stringContaining('there is no feed of a register beneath'),
  });
  // A stick that was pulled out while it was written: what is there is read, and it is said that the rest is not.
  const half = join(scratch, 'half');
  cpSync(join(scratch, 'feed'), join(half, 'feed'), { recursive: true });
  cpSync(join(scratch, 'lists'), join(half, 'lists'), { recursive: true });
  const piece = join(half, FEED_FILES.piece(1));
  truncateSync(piece, statSync(piece).size - 20);
  expect(await pullBeside('--from', half)).toMatchObject({
    code: 1,
    said: expect.stringContaining('Not all files are there: the last entries are missing'),
  });
  expect((await data()).whole).toEqual(before.whole);
  expect(await pullBeside('--from', scratch)).toMatchObject({
    code: 0,
    said: expect.stringMatching(/^qinghe: .* [1-9]\d* entries read/m),
  });
  const seen = before.registers[1]?.entry ?? 0;
  await expect.poll(async () => (await data()).registers[1]?.entry).toBeGreaterThan(seen);
  expect((await data()).registers[1]?.reason).toBeNull();
});

it('mistakes in the list of registers beneath are named with their line and a cure', () => {
  const key = 'A'.repeat(43);
  const wrong = (lines: string) => {
    const file = join(scratch, 'register.yaml');
    const text = `register: { id: up, name: 县 }\ncongress: { name: 县 }\nlevel: county\nstaff: [{ id: admin, name: 管理, roles: [administrator] }]\nbodies: [{ id: a, name: 甲 }]\nareas: [{ id: a, name: 甲 }]\nsources: [{ id: a, name: 甲 }]\nchildren:\n${lines}`;
    writeFileSync(file, text);
    const loaded = loadRegister(file);
    return loaded.ok
      ? []
      : loaded.problems.map(({ line, what }) => `${line} ${what.replace(/^children\.\d+\.\w+: /, '')}`);
  };
  const one = `  - { id: town, level: town, key: ${key}, address: 'https://town.example' }\n`;
  expect(wrong(one)).toEqual([]);
  expect(wrong(`  - { id: up, level: town, key: ${key}, address: stick }\n`)).toEqual([
    '9 this is the register itself',
  ]);
  expect(wrong(`  - { id: town, level: city, key: ${key}, address: stick }\n`)).toEqual([
    '9 a city does not stand beneath a county',
  ]);
  expect(wrong(`${one}${one}`)).toEqual([
    '10 two registers have the id town',
    `10 two registers have the key ${key}`,
  ]);
  expect(wrong(`  - { id: town, level: town, key: ${key}, address: 'ftp://town.example' }\n`)).toEqual([
    '9 is no address of the network',
  ]);
  expect(wrong(`  - { id: town, level: town, key: ${key}, address: 'http://a/', ca: x.pem }\n`)).toEqual([
    '9 nothing is encrypted under that address',
  ]);
});
