import { randomBytes } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Command } from 'commander';
import { parseDocument } from 'yaml';
import { importPublicKey, nodeSigner, verifyJws } from '../../shared/protocol/ed25519-node.ts';
import { parseJws, signJws } from '../../shared/protocol/jws.ts';
import { makeKeyPair } from '../../shared/protocol/keys.ts';
import { wholeNumber } from '../cli/options.ts';
import type { Programs } from '../cli/programs.ts';
import { ROUTES } from '../contract/routes.ts';
import { benchLevels } from './bench-levels.ts';
import { benchReconnect } from './bench-reconnect.ts';
import { benchRegister, type RegisterBenchOptions } from './bench-register.ts';
import { benchSecret } from './bench-secret.ts';
import { benchUpdate } from './bench-update.ts';
import { benchmark } from './benchmark.ts';
import { startGenerator } from './load-generator.ts';
import { relayBurst } from './mosquitto-burst.ts';
import { openSampleHall } from './running-sample.ts';

interface BurstFigures {
  seats: number;
  lastReceiptMs: number;
  p50Ms: number;
  p99Ms: number;
  ballotsPerCommit: number;
  bareVerificationMs: number;
  ratioToBareVerification: number;
  kilobytesPerSeat: number;
  /** Share of one core that the coordinator takes while all seats are connected and nobody does anything: their pulses. */
  idleShare: number;
  /** The same number of messages through a bare Mosquitto, unverified and unstored; null where it is not installed. */
  mosquittoMs: number | null;
}

/** So long the hall is watched while nobody does anything. */
const IDLE_MS = 10_000;

/** Milliseconds one core needs to verify `count` signatures over a ballot, and nothing else. */
function bareVerification(count: number): number {
  const key = makeKeyPair(randomBytes);
  const signer = nodeSigner(key);
  const publicKey = importPublicKey(key.x);
  const ballots = Array.from({ length: count }, (_, i) =>
    parseJws(signJws({ filler: 'x'.repeat(480), i }, signer)),
  );
  const start = performance.now();
  for (const jws of ballots)
    if (!jws || !publicKey || !verifyJws(jws, publicKey)) throw new Error('a signature failed');
  return performance.now() - start;
}

/** Makes the sample hall's first motion, a decision, a secret vote, its key held by the coordinator: no ceremony. */
function makeSecret(folder: string): void {
  const change = (file: string, path: (string | number)[], value: string | object) => {
    const document = parseDocument(readFileSync(join(folder, file), 'utf8'));
    document.setIn(path, value);
    writeFileSync(join(folder, file), String(document));
  };
  change('agenda.yaml', ['motions', 0, 'voting'], 'secret');
  change('hall.yaml', ['secrecy'], { holder: 'coordinator' });
}

/** Lets `seats` real terminals press 确认 at once against a coordinator of its own, and measures. */
async function burst(
  programs: Programs,
  seats: number,
  { isSecret, tls }: { readonly isSecret: boolean; readonly tls: boolean },
  progress: (line: string) => void,
): Promise<BurstFigures> {
  progress(`${seats} seats: opening the hall`);
  const sample = { seats, port: 0, tls, passwordOf: () => 'for benchmarks only' };
  const hall = await openSampleHall(programs, isSecret ? { ...sample, prepare: makeSecret } : sample);
  const chair = await hall.as('chair');
  const stats = () => chair.ask(ROUTES.stats);
  const empty = await stats();
  progress(`${seats} seats: connecting and checking in`);
  const generator = startGenerator(programs, [...hall.seatArgs, ...(isSecret ? ['--secret'] : [])]);
  await generator.isSo('present');
  const full = await stats();
  progress(`${seats} seats: sitting still`);
  await new Promise((resolve) => setTimeout(resolve, IDLE_MS));
  const still = await stats();
  progress(`${seats} seats: opening the vote`);
  const opened = await chair.act({ act: 'open', motion: 'm1', rehearsal: false });
  if (!opened.ok) throw new Error(opened.text.en);
  await generator.isSo('poised');
  const before = await stats();
  // Measured on both sides of the burst: machines are noisy, and only figures of one moment compare.
  const bareBefore = bareVerification(seats);
  generator.go();
  const { seats: cast, lastMs: lastReceiptMs, p50Ms, p99Ms } = await generator.times('done');
  const after = await stats();
  const bareVerificationMs = (bareBefore + bareVerification(seats)) / 2;
  return {
    seats: cast,
    lastReceiptMs,
    p50Ms,
    p99Ms,
    ballotsPerCommit: (after.messages - before.messages) / Math.max(1, after.commits - before.commits),
    bareVerificationMs,
    ratioToBareVerification: lastReceiptMs / bareVerificationMs,
    kilobytesPerSeat: (full.rss - empty.rss) / 1024 / Math.max(1, full.connected),
    idleShare: (still.cpu - full.cpu) / IDLE_MS,
    mosquittoMs: await relayBurst(seats),
  };
}

const ms = (value: number) => `${value.toFixed(0)} ms`;

function table(figures: BurstFigures): string {
  const rows: [string, string][] = [
    ['席位 seats', String(figures.seats)],
    ['最后一张回执 last receipt after', ms(figures.lastReceiptMs)],
    ['每票 p50 / p99 per ballot', `${ms(figures.p50Ms)} / ${ms(figures.p99Ms)}`],
    ['每次提交票数 ballots per commit', figures.ballotsPerCommit.toFixed(1)],
    ['单核仅验签 bare verification, one core', ms(figures.bareVerificationMs)],
    ['与仅验签之比 ratio to it', figures.ratioToBareVerification.toFixed(2)],
    ['每席内存 memory per seat', `${figures.kilobytesPerSeat.toFixed(1)} kB`],
    ['静候时占用单核 idle, share of one core', `${(figures.idleShare * 100).toFixed(1)} %`],
    [
      'Mosquitto 仅转发 bare relay',
      figures.mosquittoMs === null ? '未安装 not installed' : ms(figures.mosquittoMs),
    ],
  ];
  return rows.map(([name, value]) => `  ${name.padEnd(44)}${value.padStart(16)}`).join('\n');
}

interface BurstOptions {
  seats: number;
  secret?: boolean;
  tls?: boolean;
  json?: boolean;
}

/** `hallvote bench burst`: all seats cast at once. */
export function benchCommand(): Command {
  const bench = new Command('bench');
  bench
    .command('burst')
    .description('全场同时表决 · all seats cast at once')
    .option('--seats <n>', '席位数 · seats', wholeNumber(3, 10_000), 3376)
    .option(
      '--secret',
      '无记名表决，回执在验证密封票之后 · a secret vote: receipts after the proofs are checked',
    )
    .option('--tls', '先不加密、再加密各测一次并比较 · in the clear and over TLS, one after the other')
    .option('--json', '输出 JSON · print JSON')
    .action(({ seats, secret, tls, json }: BurstOptions) =>
      benchmark(async (programs) => {
        const isSecret = secret === true;
        const progress = (line: string) => process.stderr.write(`${line}\n`);
        const figures = await burst(programs, seats, { isSecret, tls: false }, progress);
        const over = tls ? await burst(programs, seats, { isSecret, tls: true }, progress) : null;
        const ratio = over && over.lastReceiptMs / figures.lastReceiptMs;
        if (json)
          process.stdout.write(`${JSON.stringify(over ? { ...figures, tls: over, ratio } : figures)}\n`);
        else process.stdout.write(`${table(figures)}\n`);
        if (over && ratio !== null && !json)
          process.stdout.write(
            `\nTLS\n${table(over)}\n  ${'与不加密之比 ratio to the clear'.padEnd(44)}${ratio.toFixed(2).padStart(16)}\n`,
          );
      }),
    );
  bench
    .command('reconnect')
    .description('全场重新连接 · all lines are cut and come back, in the clear and over TLS')
    .option('--seats <n>', '席位数 · seats', wholeNumber(3, 10_000), 3376)
    .option('--json', '输出 JSON · print JSON')
    .action(({ seats, json }: { seats: number; json?: boolean }) => benchReconnect(seats, json === true));
  bench
    .command('secret')
    .description('无记名：密封、验证、计票 · secret votes: sealing, checking, counting')
    .option('--json', '输出 JSON · print JSON')
    .action(({ json }: { json?: boolean }) =>
      benchSecret(json === true, (line) => process.stderr.write(`${line}\n`)),
    );
  bench
    .command('update')
    .description('全场更新：每席下载、核对、安装、试用 · all seats brought to another version')
    .option('--seats <n>', '席位数 · seats', wholeNumber(1, 3_000), 300)
    .option('--json', '输出 JSON · print JSON')
    .action(({ seats, json }: { seats: number; json?: boolean }) => benchUpdate(seats, json === true));
  bench
    .command('register')
    .description('项目库：启动、搜索、筛选、提交 · a register with years of proposals')
    .option('--proposals <n>', '征集建议数 · proposals', wholeNumber(80, 100_000), 20_000)
    .option('--years <n>', '分布在几个年度 · years that they are spread over', wholeNumber(1, 20), 5)
    .option('--json', '输出 JSON · print JSON')
    .option('--levels', '三级汇总：一市七县及其乡镇 · a city above seven counties and their towns')
    .option('--towns <n>', '乡镇数，与 --levels 同用 · towns, with --levels', wholeNumber(1, 500), 72)
    .action(({ levels, towns, ...options }: RegisterBenchOptions & { levels?: boolean; towns: number }) =>
      levels ? benchLevels(towns, options.json === true) : benchRegister(options),
    );
  return bench;
}
