import { type Logger, pino } from 'pino';
import { LedgerError } from '../chronicle/row.ts';
import { OPEN_WIRE } from '../contract/wire.ts';
import { machineClock, machineTimer } from '../process/clock.ts';
import { lastResort } from '../process/last-resort.ts';
import { StartError } from '../refused-start.ts';
import type { Running } from '../running.ts';
import { BROKEN, FINE, USAGE, WRONG } from './exit-codes.ts';

/**
 * Runs a hall or a register until this process is told to stop: a start that cannot be is refused in a line, and what leaks
 * later is recorded. `told`: what is printed once it is open.
 */
export async function serve<R extends Running>(
  start: (log: Logger) => Promise<R>,
  told: (running: R) => string,
): Promise<void> {
  const log = pino(pino.destination(2));
  let running: R | null = null;
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
    running = await start(log);
    stopWhenTold(running);
    process.stdout.write(told(running));
  } catch (error) {
    if (!(error instanceof StartError) && !(error instanceof LedgerError)) return leaked(error);
    process.stderr.write(`${error.message}\n`);
    process.exit(USAGE);
  }
}

function stopWhenTold({ stop }: Running): void {
  const end = () => {
    stop().then(
      () => process.exit(FINE),
      () => process.exit(WRONG),
    );
  };
  process.once('SIGINT', end);
  process.once('SIGTERM', end);
}

/** What is said before the addresses: that the wire is open, and how the first administrator comes in. */
export function firstWords({ wire, http, firstCode: first }: Running): string {
  const open = wire === 'open' ? `⚠ ${OPEN_WIRE.zh}\n  ${OPEN_WIRE.en}\n` : '';
  if (!first) return open;
  return `${open}首次启动：管理员 ${first.name}（编号 ${first.person}）的一次性码：${first.code}
  请打开 ${http}/admin 用它登录，并设定自己的密码；其他人的一次性码在那里给出
First start: the one-time code of the administrator ${first.person} is ${first.code}: sign in with it at ${http}/admin and choose a password
`;
}

/** Addresses that other machines reach, as they are printed. */
export const elsewhereWords = (addresses: readonly string[]): string =>
  addresses.join('  ') ||
  '本机没有网络地址，其他机器无法连接 · this machine has no network address: no other can reach it';

/** What others must trust, where it is known. */
export const trustWords = ({ trust }: Running): string =>
  trust
    ? `证书指纹 CA       ${trust.fingerprint ?? '—'}\n证书文件 its file  ${trust.ca ?? '—'}\n如何信任 trust     ${trust.page}\n`
    : '';
