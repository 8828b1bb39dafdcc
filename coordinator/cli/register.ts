import { appendFileSync, copyFileSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Command, Option } from 'commander';
import { pino } from 'pino';
import { packageRoot, packageVersion } from '../../shared/package-root.ts';
import { LedgerError } from '../chronicle/row.ts';
import { loadRegister } from '../config/register-file.ts';
import { OPEN_WIRE } from '../contract/wire.ts';
import { machineClock, machineTimer } from '../process/clock.ts';
import { lastResort } from '../process/last-resort.ts';
import { orRefuse, StartError } from '../refused-start.ts';
import { type RegisterOptions, type RunningRegister, runRegister } from '../register/program/run-register.ts';
import { sampleRegisterFile } from '../rehearsal/register/sample-file.ts';
import { CITY, SAMPLE_REGISTERS, type SampleRegisterKind } from '../rehearsal/register/sample-registers.ts';
import { samplePictures } from '../rehearsal/register/sample-scan.ts';
import { writeSampleRegister } from '../rehearsal/register/write-sample.ts';
import { BROKEN, FINE, USAGE, WRONG } from './exit-codes.ts';
import { wholeNumber } from './options.ts';
import { feedCommand } from './register-feed.ts';
import { importCommand } from './register-import.ts';
import { pullCommand } from './register-pull.ts';

interface Options extends RegisterOptions {
  readonly config?: string;
  readonly json?: boolean;
}

function describe({ http, elsewhere, trust, wire, key, firstCode }: RunningRegister): string {
  const none =
    '本机没有网络地址，其他机器无法连接 · this machine has no network address: no other can reach it';
  const open = wire === 'open' ? `⚠ ${OPEN_WIRE.zh}\n  ${OPEN_WIRE.en}\n` : '';
  const first = firstCode
    ? `首次启动：管理员 ${firstCode.name}（编号 ${firstCode.person}）的一次性码：${firstCode.code}
  请打开 ${http}/admin 用它登录，并设定自己的密码；其他人的一次性码在那里给出
First start: the one-time code of the administrator ${firstCode.person} is ${firstCode.code}: sign in with it at ${http}/admin and choose a password
`
    : '';
  const how = trust
    ? `证书指纹 CA       ${trust.fingerprint ?? '—'}\n证书文件 its file  ${trust.ca ?? '—'}\n如何信任 trust     ${trust.page}\n`
    : '';
  return `${open}${first}公开页 public   ${http}/
征集筛选 desk   ${http}/desk
项目清单 list   ${http}/projects
管理 admin      ${http}/admin
其他机器 other machines  ${elsewhere.join('  ') || none}
公钥 key        ${key.x}
${how}`;
}

/** `hallvote register`: runs a register of livelihood projects until told to stop. */
export function registerCommand(): Command {
  return new Command('register')
    .enablePositionalOptions()
    .option('--config <register.yaml>', '项目库配置 · the register’s configuration')
    .option(
      '--http <port>',
      '网页端口，代替配置中的 · port of the pages, in place of the configured',
      wholeNumber(0, 65_535),
    )
    .option(
      '--https <port>',
      '加密网页端口，代替配置中的 · port of the pages with TLS, in place of the configured',
      wholeNumber(0, 65_535),
    )
    .option(
      '--accept-ledger',
      '账本不全时仍照现有的打开，缺失的记录不再找回 · take the ledger as it is, although entries of it are lost',
    )
    .option('--json', '以一行 JSON 输出地址 · print the addresses as one line of JSON')
    .action(run)
    .addCommand(initCommand())
    .addCommand(sampleCommand())
    .addCommand(feedCommand())
    .addCommand(pullCommand())
    .addCommand(importCommand());
}

async function run({ config, json, ...options }: Options): Promise<void> {
  if (config === undefined) {
    process.stderr.write('--config <register.yaml>: 请写明 · name the register’s configuration\n');
    process.exit(USAGE);
  }
  const log = pino(pino.destination(2));
  const leaked = lastResort({
    log,
    now: machineClock().mono,
    after: machineTimer,
    isSound: async () => true,
    end: () => process.exit(BROKEN),
  });
  // A promise that nobody looks after comes this way too.
  process.on('uncaughtException', leaked);
  try {
    const running = await runRegister(config, options, log);
    stopWhenTold(running);
    const { http, elsewhere, trust, key, firstCode } = running;
    process.stdout.write(
      json ? `${JSON.stringify({ http, elsewhere, trust, key: key.x, firstCode })}\n` : describe(running),
    );
  } catch (error) {
    if (!(error instanceof StartError) && !(error instanceof LedgerError)) return leaked(error);
    process.stderr.write(`${error.message}\n`);
    process.exit(USAGE);
  }
}

function stopWhenTold({ stop }: RunningRegister): void {
  const end = () => {
    stop().then(
      () => process.exit(FINE),
      () => process.exit(WRONG),
    );
  };
  process.once('SIGINT', end);
  process.once('SIGTERM', end);
}

/** Writes the register's file into an empty folder; what is in the way, or null. */
function writeFile(dir: string, tls: 'on' | 'off', kind: SampleRegisterKind = CITY): string | null {
  try {
    mkdirSync(dir, { recursive: true });
    if (readdirSync(dir).length > 0) return '文件夹不为空，请另选 · the folder is not empty; name another';
    writeFileSync(join(dir, FILE), sampleRegisterFile(tls, kind));
    return null;
  } catch (error) {
    const why = error instanceof Error && 'code' in error ? String(error.code) : String(error);
    return `无法写入，请另选 · cannot be written to (${why}); name another`;
  }
}

const FILE = 'register.yaml';

function refuse(dir: string, inTheWay: string): void {
  process.stderr.write(`${dir}: ${inTheWay}\n`);
  process.exitCode = USAGE;
}

/** `hallvote register init`: a register's file to start from, in an empty folder. */
function initCommand(): Command {
  return new Command('init')
    .description('生成项目库配置 · write a register’s configuration')
    .argument('<dir>', '空文件夹 · an empty folder')
    .action((dir: string) => {
      const inTheWay = writeFile(dir, 'on');
      if (inTheWay !== null) return refuse(dir, inTheWay);
      const file = join(dir, FILE);
      process.stdout.write(
        `已生成 written: ${file}\n下一步 next: 编辑 edit register.yaml, 然后 then\n  hallvote register --config ${file}\n`,
      );
    });
}

/** A plan of the sample's city, drawn for it. */
const PLAN = 'coordinator/rehearsal/register/plan-of-yunxi.jpg';

/** `hallvote register sample`: a register with years in it, to look at and to try things on. */
function sampleCommand(): Command {
  return new Command('sample')
    .description('生成示例项目库 · write a sample register with years in it')
    .argument('<dir>', '空文件夹 · an empty folder')
    .addOption(
      new Option('--register <which>', '哪一级 · which register')
        .choices(Object.keys(SAMPLE_REGISTERS))
        .default('city'),
    )
    .option('--proposals <n>', '征集建议数 · proposals', wholeNumber(20, 100_000), 400)
    .option('--years <n>', '分布在几个年度 · years that they are spread over', wholeNumber(1, 20), 1)
    .action(writeSample);
}

interface Sampled {
  readonly register: keyof typeof SAMPLE_REGISTERS;
  readonly proposals: number;
  readonly years: number;
}

async function writeSample(dir: string, { register, proposals, years }: Sampled): Promise<void> {
  const kind = SAMPLE_REGISTERS[register];
  const inTheWay = writeFile(dir, 'off', kind);
  if (inTheWay !== null) return refuse(dir, inTheWay);
  if (kind === CITY) {
    copyFileSync(join(packageRoot(), PLAN), join(dir, 'plan.jpg'));
    appendFileSync(join(dir, FILE), 'plan: plan.jpg\n');
  }
  const config = orRefuse(loadRegister(join(dir, FILE)));
  const pictures = await samplePictures();
  writeSampleRegister(config, {
    kind,
    proposals,
    years,
    version: packageVersion(),
    now: Date.now(),
    ...pictures,
  });
}
