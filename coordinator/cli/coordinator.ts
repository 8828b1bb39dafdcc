import { Command } from 'commander';
import { pino } from 'pino';
import { LedgerError } from '../chronicle/row.ts';
import { OPEN_WIRE } from '../contract/wire.ts';
import { runCoordinator } from '../main.ts';
import { machineClock, machineTimer } from '../process/clock.ts';
import { lastResort } from '../process/last-resort.ts';
import { StartError } from '../refused-start.ts';
import type { RunningHall, RunOptions } from '../running-hall.ts';
import { BROKEN, FINE, USAGE, WRONG } from './exit-codes.ts';
import { wholeNumber } from './options.ts';

interface Options extends RunOptions {
  readonly config: string;
  readonly json?: boolean;
}

/** How the first administrator comes in. */
function firstCode({ firstCode: first, http }: RunningHall): string {
  if (!first) return '';
  return `首次启动：管理员 ${first.name}（编号 ${first.person}）的一次性码：${first.code}
  请打开 ${http}/admin 用它登录，并设定自己的密码；其他人的一次性码在那里或会务页给出
First start: the one-time code of the administrator ${first.person} is ${first.code}: sign in with it at ${http}/admin and choose a password
`;
}

function describe(running: RunningHall): string {
  const { http, mqtt } = running.elsewhere;
  const trust = running.trust
    ? `证书指纹 CA       ${running.trust.fingerprint ?? '—'}\n证书文件 its file  ${running.trust.ca ?? '—'}\n如何信任 trust     ${running.trust.page}\n`
    : '';
  const none =
    '本机没有网络地址，其他机器无法连接 · this machine has no network address: no other can reach it';
  const open = running.wire === 'open' ? `⚠ ${OPEN_WIRE.zh}\n  ${OPEN_WIRE.en}\n` : '';
  return `${open}${firstCode(running)}大屏 hall      ${running.http}/hall
主持 chair     ${running.http}/chair
会务 operator  ${running.http}/operator
管理 admin     ${running.http}/admin
其他机器 other machines  ${http.join('  ') || none}
终端 terminals ${mqtt.join('  ') || none}  (key: ${running.key.x})
${trust}`;
}

/** `hallvote coordinator`: runs a hall until told to stop. */
export function coordinatorCommand(): Command {
  return new Command('coordinator')
    .requiredOption('--config <hall.yaml>', '会场配置 · the hall’s configuration')
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
      '--mqtt <port>',
      '终端端口，代替配置中的 · port for terminals, in place of the configured',
      wholeNumber(0, 65_535),
    )
    .option(
      '--accept-ledger',
      '账本不全时仍照现有的开会，缺失的记录不再找回 · take the ledger as it is, although entries of it are lost',
    )
    .option('--json', '以一行 JSON 输出地址 · print the addresses as one line of JSON')
    .action(async ({ config, json, ...options }: Options) => {
      const log = pino(pino.destination(2));
      let running: RunningHall | null = null;
      const leaked = lastResort({
        log,
        now: machineClock().mono,
        after: machineTimer,
        isSound: async () => (await running?.isSound()) === true,
        end: () => {
          running?.abandon();
          process.exit(BROKEN);
        },
      });
      // A promise that nobody looks after comes this way too.
      process.on('uncaughtException', leaked);
      try {
        running = await runCoordinator(config, options, log);
        stopWhenTold(running);
        const { http, mqtt, elsewhere, trust, key, firstCode: first } = running;
        process.stdout.write(
          json
            ? `${JSON.stringify({ http, mqtt, elsewhere, trust, key: key.x, firstCode: first })}\n`
            : describe(running),
        );
      } catch (error) {
        if (!(error instanceof StartError) && !(error instanceof LedgerError)) return leaked(error);
        process.stderr.write(`${error.message}\n`);
        process.exit(USAGE);
      }
    });
}

function stopWhenTold({ stop }: RunningHall): void {
  const end = () => {
    stop().then(
      () => process.exit(FINE),
      () => process.exit(WRONG),
    );
  };
  process.once('SIGINT', end);
  process.once('SIGTERM', end);
}
