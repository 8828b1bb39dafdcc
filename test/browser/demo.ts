import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { eventually } from '../support/open-hall.ts';

const HALLVOTE = `${process.cwd()}/dist/coordinator/cli/hallvote.js`;

export interface RunningDemo {
  readonly hall: string;
  readonly chair: string;
  readonly operator: string;
  readonly seat: string;
  readonly scrutineer: string;
  readonly receipts: string;
  readonly password: string;
  readonly stop: () => Promise<void>;
}

/** `npm start` as a stranger runs it, with fewer and quicker deputies. */
export async function startDemo(...args: string[]): Promise<RunningDemo> {
  const child: ChildProcess = spawn(process.execPath, [HALLVOTE, 'demo', '--port', '0', ...args], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  let output = '';
  child.stdout?.on('data', (chunk) => {
    output += String(chunk);
  });
  const ends = once(child, 'exit');
  const stop = async () => {
    child.kill('SIGTERM');
    await ends;
  };
  try {
    await eventually(() => output.includes('Ctrl-C') || child.exitCode !== null, 'the demo’s welcome');
  } catch (error) {
    await stop();
    throw error;
  }
  const find = (pattern: RegExp): string => {
    const found = pattern.exec(output)?.[1];
    if (found === undefined) throw new Error(`the demo did not print ${pattern}:\n${output}`);
    return found;
  };
  return {
    hall: find(/hall display\s+(\S+)/),
    chair: find(/chair\s+(\S+)/),
    operator: find(/operator\s+(\S+)/),
    seat: find(/your seat\s+(\S+)/),
    scrutineer: find(/scrutineer\s+(\S+)/),
    receipts: find(/receipts\s+(\S+)/),
    password: find(/password: (\S+)/),
    stop,
  };
}
