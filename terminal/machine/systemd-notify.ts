import { execFile } from 'node:child_process';
import { type Clock, every } from './clock.ts';

/**
 * What systemd hears of this service (sd_notify(3)): that it is ready, how it is, and that it is alive.
 *
 * systemd listens on a Unix datagram socket, which Node cannot open. The program `systemd-notify` says it
 * instead: 7 ms twice a minute, no native code, and there wherever the socket is. The unit must say
 * `NotifyAccess=all`, since it is a child that speaks.
 */
export interface ServiceManager {
  /** The service has started; `status` is the line `systemctl status` shows. The watchdog is fed from now on. */
  ready(status: string): Promise<void>;
  status(text: string): Promise<void>;
  /** The service is going down by itself; the watchdog is fed no more. */
  stopping(): Promise<void>;
}

/** Runs a program to its end; rejects if that fails. */
export type Run = (file: string, args: readonly string[]) => Promise<void>;

export interface ServiceManagerParts {
  /** `NOTIFY_SOCKET`, `WATCHDOG_USEC` and `WATCHDOG_PID`, where systemd started this process. */
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly pid: number;
  readonly clock: Clock;
  /** While it says false the watchdog is not fed, and systemd starts the service again. */
  readonly isAlive: () => boolean;
  readonly run?: Run;
  /** A message that could not be delivered; the next one is tried all the same. */
  readonly onError?: (error: unknown) => void;
}

/** The service manager that started this process; one that says nothing where there is none. */
export function serviceManager(parts: ServiceManagerParts): ServiceManager {
  const { env, pid, clock, isAlive, run = runProgram, onError = () => {} } = parts;
  const silent = async () => {};
  if (!env.NOTIFY_SOCKET) return { ready: silent, status: silent, stopping: silent };

  const say = (...lines: string[]) => run('systemd-notify', lines).catch(onError);
  const everyMs = feedEvery(env, pid);
  let rest = () => {};
  return {
    ready: (status) => {
      rest();
      if (everyMs !== null) {
        const feed = () => {
          if (isAlive()) void say('WATCHDOG=1');
        };
        rest = every(clock, everyMs, feed);
      }
      return say('READY=1', statusLine(status));
    },
    status: (text) => say(statusLine(text)),
    stopping: () => {
      rest();
      return say('STOPPING=1');
    },
  };
}

/** Half the watchdog's time, as sd_watchdog_enabled(3) advises; null where nobody watches this process. */
function feedEvery(env: ServiceManagerParts['env'], pid: number): number | null {
  const micros = Number(env.WATCHDOG_USEC);
  const isOurs = env.WATCHDOG_PID === undefined || env.WATCHDOG_PID === String(pid);
  return isOurs && micros > 0 ? micros / 1000 / 2 : null;
}

/** One line: what follows a line break would be read as another message. */
function statusLine(text: string): string {
  return `STATUS=${text.replace(/\s+/g, ' ')}`;
}

const RUN_MS = 5000;

function runProgram(file: string, args: readonly string[]): Promise<void> {
  return new Promise((resolve, reject) => {
    execFile(file, args, { timeout: RUN_MS, killSignal: 'SIGKILL' }, (error) =>
      error ? reject(error) : resolve(),
    );
  });
}
