import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { HANG_MS } from '../support/hang.ts';
import { HALLVOTE } from './hall.ts';

/** What a program that was started has come to. */
export interface Start {
  /** It was ready, and was then stopped. */
  readonly runs: boolean;
  readonly code: number | null;
  /** Its standard error, log lines left out. */
  readonly said: string;
}

/** Starts `hallvote <args>` and ends it as soon as it prints a line, or where it hangs. */
export async function startOnce(args: readonly string[]): Promise<Start> {
  const child = spawn(process.execPath, [HALLVOTE, ...args], { stdio: ['ignore', 'pipe', 'pipe'] });
  let said = '';
  let runs = false;
  child.stderr.on('data', (chunk) => {
    said += String(chunk);
  });
  child.stdout.once('data', () => {
    runs = true;
    child.kill('SIGTERM');
  });
  const late = setTimeout(() => child.kill('SIGKILL'), HANG_MS);
  await once(child, 'close');
  clearTimeout(late);
  const lines = said.split('\n').filter((line) => line.trim() !== '' && !line.startsWith('{'));
  return { runs, code: child.exitCode, said: lines.join('\n') };
}
