import { createHook } from 'node:async_hooks';
import { readdirSync, readlinkSync } from 'node:fs';
import { pino } from 'pino';
import { LedgerError } from '../../coordinator/chronicle/row.ts';
import { runCoordinator } from '../../coordinator/main.ts';
import { StartError } from '../../coordinator/refused-start.ts';

/**
 * start-and-stay <hall.yaml> <http> <mqtt> [<pages>]: starts a hall that cannot open, in a process that nobody ends: it ends when
 * nothing is open any more. Says in one line of JSON why the hall did not open, and what was left.
 */
const timers = new Map<number, string>();
createHook({
  init: (id, type) => {
    if (type === 'Timeout') timers.set(id, new Error('made here').stack ?? '');
  },
  destroy: (id) => timers.delete(id),
}).enable();

const [config = '', http = '', mqtt = '', pages] = process.argv.slice(2);
/** Files and sockets that are open, by what they are. */
const open = () =>
  readdirSync('/proc/self/fd').flatMap((fd) => {
    try {
      const target = readlinkSync(`/proc/self/fd/${fd}`);
      return /^socket:|\.ledger/.test(target) ? [target] : [];
    } catch {
      return [];
    }
  });
const before = open();
try {
  const log = pino({ level: 'silent' });
  await runCoordinator(config, { http: Number(http), mqtt: Number(mqtt), pages }, log);
} catch (error) {
  // A timer that was called off is known to be gone in the next turn.
  await new Promise((resolve) => setImmediate(resolve));
  await new Promise((resolve) => setImmediate(resolve));
  const said = error instanceof Error ? error.message : String(error);
  const files = open().filter((target) => !before.includes(target));
  const left = [...files, ...[...timers.values()].filter((stack) => stack.includes('/coordinator/'))];
  const isRefusal = error instanceof StartError || error instanceof LedgerError;
  process.stdout.write(`${JSON.stringify({ isRefusal, said, left })}\n`);
}
