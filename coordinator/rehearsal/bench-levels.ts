import { once } from 'node:events';
import { createReadStream, existsSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import { join, resolve, sep } from 'node:path';
import { packageVersion } from '../../shared/package-root.ts';
import { nodeSigner } from '../../shared/protocol/ed25519-node.ts';
import { Ledger } from '../chronicle/ledger.ts';
import type { Program, Programs } from '../cli/programs.ts';
import { StaffClient } from '../cli/staff-client.ts';
import { loadRegister } from '../config/register-file.ts';
import { REGISTER_ROUTES } from '../contract/register/routes.ts';
import { machineClock } from '../process/clock.ts';
import { readKeyFile } from '../process/key-file.ts';
import { orRefuse } from '../refused-start.ts';
import { FEED_FILES } from '../register/feed/files.ts';
import { readHead } from '../register/feed/head.ts';
import { REGISTER_LEDGER } from '../register/model/book.ts';
import { dayIn } from '../register/model/days.ts';
import { RegisterActs } from '../register/program/register-acts.ts';
import { RegisterChronicle } from '../register/program/register-chronicle.ts';
import { WaitingActs } from '../register/program/waiting-acts.ts';
import { writeFeed } from '../register/program/write-feed.ts';
import { LevelsData } from '../register/public/levels/levels-data.ts';
import { benchmark } from './benchmark.ts';
import { manyRegisters, type OneOfMany, writeOneOfMany } from './register/many-registers.ts';
import { startRegister } from './register/running-register.ts';
import { samplePictures } from './register/sample-scan.ts';
import { givePasswords } from './staff-passwords.ts';

const PASSWORD = 'for benchmarks only';
const YEARS = 5;
const COUNTIES = 7;
const IDLE_MS = 15_000;

interface LevelsFigures {
  readonly registers: number;
  readonly entries: number;
  readonly projects: number;
  readonly parts: number;
  /** From the start until all was read, checked and witnessed; and until it is known again after another start. */
  readonly firstPullMs: number;
  readonly againMs: number;
  readonly page: Times;
  readonly pageAfterChange: number;
  /** From pressing the button until the change of one register stands in the sums. */
  readonly changeMs: number;
  readonly megabytes: number | null;
  readonly megabytesMost: number | null;
}

interface Times {
  readonly p50: number;
  readonly most: number;
}

/** Serves folders as any web server does. */
async function served(folder: string): Promise<{ readonly server: Server; readonly base: string }> {
  const server = createServer(({ url = '/' }, answer) => {
    const file = resolve(folder, `.${url}`);
    if (!file.startsWith(folder + sep) || !existsSync(file) || !statSync(file).isFile())
      answer.writeHead(404).end();
    else createReadStream(file).pipe(answer);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const at = server.address();
  if (at === null || typeof at === 'string') throw new Error('nothing is served');
  return { server, base: `http://127.0.0.1:${at.port}` };
}

const feedOf = (folder: string, { kind }: OneOfMany) => join(folder, 'feeds', kind.id);

/** Has somebody of the register say that one of its projects is a share of one of the city's; and writes its feed again. */
function change(folder: string, one: OneOfMany, to: { register: string; project: string }): void {
  const file = join(folder, one.kind.id, 'register.yaml');
  const config = orRefuse(loadRegister(file));
  const key = orRefuse(readKeyFile(join(config.data, 'register.key')));
  const ledger = Ledger.open(join(config.data, `${one.kind.id}.ledger`), REGISTER_LEDGER, {});
  try {
    const chronicle = new RegisterChronicle(ledger, nodeSigner(key), machineClock(), (what, error) => {
      throw new Error(what, { cause: error });
    });
    const dayOf = dayIn(config.timezone);
    const acts = new RegisterActs({ chronicle, waiting: new WaitingActs(() => new Uint8Array(16)), dayOf });
    const [project] = chronicle.state.works.projects.keys();
    const by = { role: 'congress-office', id: 'congress', name: '李静' } as const;
    const done = acts.ask({ act: 'link', project: project ?? '', to }, { by });
    if (done.is !== 'done') throw new Error('the change was refused');
  } finally {
    ledger.close();
  }
  writeFeed(file, feedOf(folder, one));
}

const statusOf = ({ child }: Program, what: 'VmRSS' | 'VmHWM'): number | null => {
  try {
    const status = readFileSync(`/proc/${child.pid}/status`, 'utf8');
    const [, kilobytes] = new RegExp(`^${what}:\\s+(\\d+) kB`, 'm').exec(status) ?? [];
    return kilobytes === undefined ? null : Number(kilobytes) / 1024;
  } catch {
    return null;
  }
};

async function get(url: string): Promise<string> {
  const answer = await fetch(url);
  if (!answer.ok) throw new Error(`${url}: HTTP ${answer.status}`);
  return answer.text();
}

/** What all have together, as soon as `isThere`. */
async function until(http: string, isThere: (data: ReturnType<typeof LevelsData.parse>) => boolean) {
  for (;;) {
    const data = LevelsData.parse(JSON.parse(await get(`${http}/data/levels/all.json`)));
    if (isThere(data)) return data;
    // A server that is asked without a pause has no time for its work.
    await new Promise((go) => setTimeout(go, 500));
  }
}

async function measure(
  programs: Programs,
  towns: number,
  progress: (line: string) => void,
): Promise<LevelsFigures> {
  const folder = programs.scratch();
  const many = manyRegisters({ seed: 7, counties: COUNTIES, towns, years: YEARS });
  const options = { version: packageVersion(), now: Date.now(), pictures: await samplePictures() };
  const [city, ...beneath] = many;
  if (!city) throw new Error('there is no city');
  progress(`writing ${many.length} registers`);
  const { file, config } = writeOneOfMany(folder, city, { years: YEARS }, options);
  let entries = 0;
  const children = beneath.map((one) => {
    const { file: its } = writeOneOfMany(folder, one, { years: YEARS }, options);
    writeFeed(its, feedOf(folder, one));
    const head = readHead(readFileSync(join(feedOf(folder, one), FEED_FILES.head), 'latin1'));
    if (!head) throw new Error('a feed has no end');
    entries += head.seq;
    return { one, key: head.key };
  });
  await givePasswords(config, () => PASSWORD);
  const { server, base } = await served(join(folder, 'feeds'));
  const lines = children.map(
    ({ one: { kind }, key }) =>
      `  - { id: ${kind.id}, level: ${kind.level}, key: ${key}, address: '${base}/${kind.id}/' }\n`,
  );
  writeFileSync(
    file,
    `${readFileSync(file, 'utf8')}\nchildren:\n${lines.join('')}pull: { everyMinutes: 1440 }\n`,
  );

  progress('reading them');
  let begun = performance.now();
  const first = await startRegister(programs, file, 0);
  const isAll = ({ registers }: ReturnType<typeof LevelsData.parse>) =>
    registers.every(({ standing, witnessed }) => standing === 'self' || (standing === 'fresh' && witnessed));
  const { whole } = await until(first.http, isAll);
  const firstPullMs = performance.now() - begun;
  const megabytesMost = statusOf(first.program, 'VmHWM');
  first.program.child.kill();
  await once(first.program.child, 'close');

  progress('starting again');
  begun = performance.now();
  const { http, program } = await startRegister(programs, file, 0);
  await until(http, isAll);
  const againMs = performance.now() - begun;
  const times: number[] = [];
  for (let n = 0; n < 20; n += 1) {
    const asked = performance.now();
    await get(`${http}/levels${n % 2 === 0 ? '' : '?year=2025'}`);
    times.push(performance.now() - asked);
  }
  const sorted = times.toSorted((a, b) => a - b);

  progress('one of them changes');
  const office = new StaffClient(http);
  await office.signIn('congress', PASSWORD);
  const last = beneath.at(-1);
  const { registers } = await until(http, isAll);
  const project = /href="\/projects\/([^"?#]+)/.exec(await get(`${http}/levels/${city.kind.id}`))?.[1] ?? '';
  if (last) change(folder, last, { register: registers[0]?.id ?? '', project });
  begun = performance.now();
  await office.ask(REGISTER_ROUTES.pullChildren);
  const asked = performance.now();
  await get(`${http}/levels`);
  const pageAfterChange = performance.now() - asked;
  await until(http, (data) => data.whole.linked.projects === 1);
  const changeMs = performance.now() - begun;
  // What is no longer needed is given back when nothing is asked for a while.
  await new Promise((go) => setTimeout(go, IDLE_MS));
  const megabytes = statusOf(program, 'VmRSS');
  program.child.kill();
  await once(program.child, 'close');
  server.close();
  return {
    ...{
      registers: many.length,
      entries,
      projects: whole.projects,
      parts: whole.parts,
      firstPullMs,
      againMs,
    },
    page: { p50: sorted[Math.floor(sorted.length / 2)] ?? 0, most: sorted.at(-1) ?? 0 },
    ...{ pageAfterChange, changeMs, megabytes, megabytesMost },
  };
}

function table(figures: LevelsFigures): string {
  const { page } = figures;
  const rows: readonly (readonly [string, string, string])[] = [
    ['项目库 registers', '', String(figures.registers)],
    ['下级台账条目 entries beneath', '', String(figures.entries)],
    ['件、项 projects, parts', '', `${figures.projects}, ${figures.parts}`],
    ['首次读入 first reading, s', '', (figures.firstPullMs / 1000).toFixed(1)],
    ['再次启动 start with all known, s', '', (figures.againMs / 1000).toFixed(1)],
    ['汇总页 roll-up page, ms', '< 500', `${page.p50.toFixed(0)} / ${page.most.toFixed(0)}`],
    ['变动后的汇总页 after a change, ms', '< 500', figures.pageAfterChange.toFixed(0)],
    ['变动可见 a change visible, s', '< 5', (figures.changeMs / 1000).toFixed(1)],
    ['15 秒后内存 memory 15 s later, MB', '< 300', figures.megabytes?.toFixed(0) ?? '—'],
    ['首次读入时最多 most while first reading, MB', '', figures.megabytesMost?.toFixed(0) ?? '—'],
  ];
  return rows
    .map(([name, asked, value]) => `  ${name.padEnd(40)}${asked.padStart(8)}${value.padStart(16)}`)
    .join('\n');
}

/** `hallvote bench register --levels`: a city above seven counties and their towns, of five years each. */
export function benchLevels(towns: number, json: boolean): Promise<void> {
  return benchmark(async (programs) => {
    const figures = await measure(programs, towns, (line) => process.stderr.write(`${line}\n`));
    process.stdout.write(`${json ? JSON.stringify(figures) : table(figures)}\n`);
  });
}
