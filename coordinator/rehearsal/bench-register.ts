import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { WRONG } from '../cli/exit-codes.ts';
import { type Program, Programs } from '../cli/programs.ts';
import { StaffClient } from '../cli/staff-client.ts';
import { REGISTER_ROUTES } from '../contract/register/routes.ts';
import { sampleRegisterFolder, startRegister } from './register/running-register.ts';

const PASSWORD = 'for benchmarks only';

/** Of what was asked so many times: the middle one and the slowest, in ms. */
interface Times {
  readonly p50: number;
  readonly most: number;
}

interface RegisterFigures {
  readonly proposals: number;
  readonly years: number;
  readonly entries: number;
  readonly startMs: number;
  /** By 1 to 4 characters, the whole way over HTTP. */
  readonly searchDesk: Times;
  readonly searchPublic: Times;
  readonly queue: Times;
  readonly queueFiltered: Times;
  readonly detail: Times;
  readonly overview: Times;
  readonly cycle: Times;
  readonly list: Times;
  /** Pages after somebody has changed something: nothing is at hand. */
  readonly changed: Times;
  readonly submission: Times;
  readonly freezeMs: number;
  /** Null where the system does not say. */
  readonly megabytes: number | null;
}

/** What people type: of one to four characters, rare and in half of all proposals. */
const WORDS = [
  '灯',
  '路',
  '老',
  '电梯',
  '老人',
  '学校',
  '托育',
  '停车',
  '红绿灯',
  '老年食',
  '人民路',
  '加装电梯',
  '老旧小区',
  '社区办一',
];

/** How long `work` takes, over `inputs` one after the other, each after `before`. */
async function timed<T>(
  inputs: readonly T[],
  work: (input: T) => Promise<unknown>,
  before: () => Promise<unknown> = async () => {},
): Promise<Times> {
  const times: number[] = [];
  for (const input of inputs) {
    await before();
    const begun = performance.now();
    await work(input);
    times.push(performance.now() - begun);
  }
  const sorted = times.toSorted((a, b) => a - b);
  return { p50: sorted[Math.floor(sorted.length / 2)] ?? 0, most: sorted.at(-1) ?? 0 };
}

const times = (count: number) => Array.from({ length: count }, (_, i) => i);

function megabytesOf({ child }: Program): number | null {
  try {
    const [, kilobytes] = /^VmRSS:\s+(\d+) kB/m.exec(readFileSync(`/proc/${child.pid}/status`, 'utf8')) ?? [];
    return kilobytes === undefined ? null : Number(kilobytes) / 1024;
  } catch {
    return null;
  }
}

async function page(url: string): Promise<string> {
  const response = await fetch(url);
  const text = await response.text();
  if (!response.ok) throw new Error(`${url}: HTTP ${response.status}`);
  return text;
}

/** Fills a sample register with `proposals` in `years`, runs it as a process of its own, and measures. */
async function measure(
  programs: Programs,
  proposals: number,
  years: number,
  progress: (line: string) => void,
): Promise<RegisterFigures> {
  progress(`${proposals} proposals: writing the sample`);
  const { file } = await sampleRegisterFolder(programs, { proposals, years, passwordOf: () => PASSWORD });
  progress(`${proposals} proposals: starting`);
  const begun = performance.now();
  const { http, program } = await startRegister(programs, file, 0);
  const startMs = performance.now() - begun;
  progress(`${proposals} proposals: measuring`);
  const signIn = async (person: string) => {
    const client = new StaffClient(http);
    await client.signIn(person, PASSWORD);
    return client;
  };
  const office = await signIn('gov');
  const congress = await signIn('congress');
  const deputy = await signIn('deputy1');
  const { cycles, seq: entries } = await office.ask(REGISTER_ROUTES.session);
  const running = cycles.find(({ stage }) => stage !== 'decided');
  if (!running) throw new Error('the sample has no running year');
  const { year: cycle } = running;
  const find = (filter: object) =>
    office.ask(REGISTER_ROUTES.proposals, { body: { cycle, stage: 'all', ...filter } });

  const searchDesk = await timed(WORDS, (text) => find({ text }));
  const searchPublic = await timed(WORDS, (q) => page(`${http}/proposals?q=${encodeURIComponent(q)}`));
  const queue = await timed(times(20), (n) => find({ page: n % 5 }));
  const queueFiltered = await timed(WORDS, (text) => find({ text, stage: 'open', area: 'east' }));
  const { rows } = await find({});
  const detail = await timed(rows.slice(0, 20), ({ id }) =>
    office.ask(REGISTER_ROUTES.proposal, { params: { id } }),
  );
  const overview = await timed(times(20), () => page(`${http}/`));
  const cyclePage = await timed(times(20), () => page(`${http}/cycles/${cycle - 1}`));
  const list = await timed(times(20), (n) => page(`${http}/proposals?category=old-age&page=${n}`));
  const propose = async () => {
    const wording = { title: '人民路加装路灯', text: '夜里太黑，老人不敢出门。', place: { name: '人民路' } };
    const body = { cycle, channel: 'online', wording, proposer: null, attachments: [] } as const;
    const received = await deputy.ask(REGISTER_ROUTES.propose, { body });
    if (received.is !== 'received') throw new Error(received.text.en);
  };
  const submission = await timed(times(20), propose);
  const changed = await timed(times(20), () => page(`${http}/`), propose);
  const freezeMs = await freeze(office, congress, cycle);
  const megabytes = megabytesOf(program);
  program.child.kill();
  await once(program.child, 'close');
  return {
    ...{ proposals, years, entries, startMs, searchDesk, searchPublic, queue, queueFiltered, detail },
    ...{ overview, cycle: cyclePage, list, submission, changed, freezeMs, megabytes },
  };
}

/** Two persons freeze the list that was handed in; from the second one's yes until it stands. */
async function freeze(office: StaffClient, congress: StaffClient, year: number): Promise<number> {
  const { submitted } = await office.ask(REGISTER_ROUTES.cycle, { params: { year: String(year) } });
  const act = { act: 'freeze-list', cycle: year, list: submitted?.hash ?? '' } as const;
  const asked = await congress.ask(REGISTER_ROUTES.act, { body: act });
  if (asked.is !== 'waiting') throw new Error(`freezing: ${asked.is}`);
  const { most } = await timed([asked.id], async (id) => {
    const done = await office.ask(REGISTER_ROUTES.confirmWaiting, { body: { id } });
    if (done.is !== 'done') throw new Error(`freezing: ${done.is}`);
  });
  return most;
}

const ms = (value: number) => `${value < 10 ? value.toFixed(1) : value.toFixed(0)}`;
const both = ({ p50, most }: Times) => `${ms(p50)} / ${ms(most)}`;

function table(all: readonly RegisterFigures[]): string {
  const rows: readonly [string, string, (figures: RegisterFigures) => string][] = [
    ['征集建议 proposals', '', ({ proposals }) => String(proposals)],
    ['账本条目 entries', '', ({ entries }) => String(entries)],
    ['启动 start', '< 3000', ({ startMs }) => ms(startMs)],
    ['搜索（办公室）search, offices', '< 50', ({ searchDesk }) => both(searchDesk)],
    ['搜索（公众）search, public', '< 50', ({ searchPublic }) => both(searchPublic)],
    ['筛选页 queue', '< 300', ({ queue }) => both(queue)],
    ['筛选页带条件 queue, filter and words', '< 300', ({ queueFiltered }) => both(queueFiltered)],
    ['一件建议及同类 one with its like', '', ({ detail }) => both(detail)],
    ['公开首页 overview', '', ({ overview }) => both(overview)],
    ['公开年度页 a year', '', ({ cycle }) => both(cycle)],
    ['公开建议页 proposals', '', ({ list }) => both(list)],
    ['有变动后的首页 overview after a change', '', ({ changed }) => both(changed)],
    ['提交一件 a submission', '', ({ submission }) => both(submission)],
    ['冻结清单 freezing', '', ({ freezeMs }) => ms(freezeMs)],
    ['内存 memory, MB', '', ({ megabytes }) => megabytes?.toFixed(0) ?? '—'],
  ];
  const line = (name: string, asked: string, values: readonly string[]) =>
    `  ${name.padEnd(38)}${asked.padStart(8)}${values.map((value) => value.padStart(16)).join('')}`;
  return [
    line('毫秒 ms, p50 / 最慢 slowest', '要求 asked', []),
    ...rows.map(([name, asked, of]) => line(name, asked, all.map(of))),
  ].join('\n');
}

export interface RegisterBenchOptions {
  /** The most there are; half and a quarter as many are measured too, so that growth shows. */
  readonly proposals: number;
  readonly years: number;
  readonly json?: boolean;
}

/** `hallvote bench register`: a register with years of proposals, as it starts, searches, shows and takes in. */
export async function benchRegister({ proposals, years, json }: RegisterBenchOptions): Promise<void> {
  const programs = new Programs();
  programs.stopWhenTold();
  try {
    const all: RegisterFigures[] = [];
    for (const share of [4, 2, 1])
      all.push(
        await measure(programs, Math.ceil(proposals / share), years, (line) =>
          process.stderr.write(`${line}\n`),
        ),
      );
    process.stdout.write(`${json ? JSON.stringify(all) : table(all)}\n`);
  } catch (error) {
    if (!programs.isStopping) {
      process.stderr.write(`${error instanceof Error ? error.message : error}\n`);
      process.exitCode = WRONG;
    }
  }
  await programs.stop();
}
