import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import type { Page } from 'playwright-core';
import { eventually } from '../support/open-hall.ts';

const HALLVOTE = `${process.cwd()}/dist/coordinator/cli/hallvote.js`;

export interface RunningDemo {
  readonly hall: string;
  readonly chair: string;
  readonly operator: string;
  readonly auditor: string;
  readonly admin: string;
  readonly seat: string;
  readonly scrutineer: string;
  readonly receipts: string;
  /** By person. */
  readonly passwords: Readonly<Record<string, string>>;
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
  const page = (role: string) => find(new RegExp(`\\s${role}\\s+(\\S+)`));
  return {
    hall: find(/hall display\s+(\S+)/),
    chair: page('chair'),
    operator: page('operator'),
    auditor: page('auditor'),
    admin: page('administrator'),
    seat: find(/your seat\s+(\S+)/),
    scrutineer: page('scrutineer'),
    receipts: find(/receipts\s+(\S+)/),
    passwords: Object.fromEntries(
      [...output.matchAll(/person: (\S+)\s+密码 password: (\S+)/g)].map(([, person = '', password = '']) => [
        person,
        password,
      ]),
    ),
    stop,
  };
}

/** Signs in on a staff page that asks who somebody is. */
export async function signInAs(
  page: Page,
  person: string,
  { passwords }: Pick<RunningDemo, 'passwords'>,
): Promise<Page> {
  await page.fill('input[name=person]', person);
  await page.fill('input[name=secret]', passwords[person] ?? '');
  await page.click('form button.main');
  await page.waitForSelector('header nav');
  return page;
}
