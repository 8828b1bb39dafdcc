import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { parseDocument } from 'yaml';
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
  /** The file of the CA that its pages' certificate comes from; null where it speaks without TLS. */
  readonly ca: string | null;
  /** Gives the first motion so much time, and has `page`, where the operator is signed in, read the hall's files again. */
  readonly timeFirstMotion: (page: Page, seconds: number) => Promise<void>;
  /** By person. */
  readonly passwords: Readonly<Record<string, string>>;
  readonly stop: () => Promise<void>;
}

async function timeFirstMotion(folder: string, page: Page, seconds: number): Promise<void> {
  const file = join(folder, 'agenda.yaml');
  const agenda = parseDocument(readFileSync(file, 'utf8'));
  agenda.setIn(['motions', 0, 'seconds'], seconds);
  writeFileSync(file, String(agenda));
  const status = await page.evaluate(async () => {
    const headers = { 'content-type': 'application/json' };
    const body = JSON.stringify({ act: 'reload' });
    return (await fetch('/api/act', { method: 'POST', headers, body })).status;
  });
  if (status !== 200) throw new Error(`the files were not read again: ${status}`);
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
  const folder = find(/files: (\S+)/);
  return {
    ca: args.includes('--tls') ? join(folder, 'data', 'tls', 'ca.crt') : null,
    hall: find(/hall display\s+(\S+)/),
    chair: page('chair'),
    operator: page('operator'),
    auditor: page('auditor'),
    admin: page('administrator'),
    seat: find(/your seat\s+(\S+)/),
    scrutineer: page('scrutineer'),
    receipts: find(/receipts\s+(\S+)/),
    timeFirstMotion: (page, seconds) => timeFirstMotion(folder, page, seconds),
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
