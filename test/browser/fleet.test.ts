import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { copyFileSync, cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { z } from 'zod';
import { loadHall } from '../../coordinator/config/hall-file.ts';
import { givePasswords } from '../../coordinator/rehearsal/staff-passwords.ts';
import { eventually } from '../support/open-hall.ts';
import { launchChromium } from './chromium.ts';
import { signInAs } from './demo.ts';

const SHOTS = join(process.cwd(), 'test', 'results');
const HALLVOTE = join(process.cwd(), 'dist/coordinator/cli/hallvote.js');
const TERMINAL = join(process.cwd(), 'dist/terminal/main.js');
const PASSWORD = 'fleet-password';
/** Only a hang takes longer: the seat itself waits a minute before it says that its screen shows nothing. */
const LIMIT = { timeout: 300_000 };

const Ready = z.object({ http: z.string(), mqtt: z.string(), key: z.string() });

const folder = mkdtempSync(join(tmpdir(), 'hallvote-fleet-'));
const at = (name: string) => join(folder, name);
const programs = new Set<ChildProcess>();
let browser: Browser;
let operator: Page;
let ready: z.infer<typeof Ready>;
let fleet: ChildProcess;

interface Program {
  readonly child: ChildProcess;
  /** The line of its output that matches. */
  readonly says: (pattern: RegExp) => Promise<string>;
}

function start(file: string, ...args: string[]): Program {
  const child = spawn(process.execPath, [file, ...args], { stdio: ['ignore', 'pipe', 'ignore'] });
  programs.add(child);
  let output = '';
  child.stdout?.on('data', (chunk) => {
    output += String(chunk);
  });
  const says = (pattern: RegExp) =>
    eventually(() => output.split('\n').find((line) => pattern.test(line)), `${pattern} of ${file}`);
  return { child, says };
}

/** Runs `hallvote <args>` to its end; gives what it said. */
async function run(...args: string[]): Promise<string> {
  const { child } = start(HALLVOTE, ...args);
  let said = '';
  child.stdout?.on('data', (chunk) => {
    said += String(chunk);
  });
  expect(await once(child, 'close')).toEqual([0, null]);
  return said;
}

async function end(child: ChildProcess, signal: NodeJS.Signals): Promise<void> {
  programs.delete(child);
  if (child.exitCode !== null || child.signalCode !== null) return;
  const ended = once(child, 'exit');
  child.kill(signal);
  await ended;
}

/** A real seat with a screen of its own; where its page is. */
async function startSeat(): Promise<{ readonly child: ChildProcess; readonly page: string }> {
  const { child, says } = start(TERMINAL, '--config', at('terminal.yaml'));
  const line = await says(/^screen http/);
  return { child, page: /screen (\S+)/.exec(line)?.[1] ?? line };
}

beforeAll(async () => {
  mkdirSync(SHOTS, { recursive: true });
  await run('init', folder, '--seats', '6', '--tls', 'off');
  const keys = ['--keys', at('terminal-keys'), '--terminals', at('terminals.csv'), '--roll', at('roll.csv')];
  await run('simulate', '--make-keys', '6', ...keys);
  const described = loadHall(at('hall.yaml'));
  if (!described.ok) throw new Error('the hall’s files are in order');
  await givePasswords(described.value, () => PASSWORD);
  const hall = start(
    HALLVOTE,
    'coordinator',
    '--config',
    at('hall.yaml'),
    '--http',
    '0',
    '--mqtt',
    '0',
    '--json',
  );
  ready = Ready.parse(JSON.parse(await hall.says(/^\{/)));
  writeFileSync(at('release.pub'), await run('release', 'key', at('release.key')));
  const to = ['--url', ready.mqtt, '--hall', 'sample-hall', '--key', ready.key];
  const manner = ['--behaviour', 'checkin-only', '--skip', 'T001,T006', '--health', '1'];
  const updates = ['--release-key', at('release.pub'), '--data', at('seats')];
  fleet = start(HALLVOTE, 'simulate', ...to, ...keys, ...manner, ...updates).child;
  mkdirSync(at('seat'), { mode: 0o700 });
  copyFileSync(at('terminal-keys/T001.seed'), at('seat/seed'));
  writeFileSync(
    at('terminal.yaml'),
    `id: T001\nhall: sample-hall\ncoordinator: {url: "${ready.mqtt}", key: ${ready.key}}\ndata: seat\n` +
      'screen: {port: 0, watched: true}\nboard: {kind: simulated, cards: []}\nhealth: 1\nspread: 0\n',
  );
  browser = await launchChromium();
  operator = await browser.newPage({ viewport: { width: 1440, height: 900 } });
  await operator.goto(`${ready.http}/operator`);
  await signInAs(operator, 'operator', { passwords: { operator: PASSWORD } });
  await operator.click('[data-tab=fleet]');
}, 600_000);

afterAll(async () => {
  await browser?.close();
  await Promise.all([...programs].map((child) => end(child, 'SIGKILL')));
  rmSync(folder, { recursive: true, force: true });
});

/** Waits until the fleet's view says `text` of a property of a seat. */
const says = (terminal: string, property: string, text: string) =>
  operator
    .locator(`tr[data-terminal=${terminal}] [data-property=${property}]`, { hasText: text })
    .waitFor(LIMIT);

it('the operator sees whether a seat’s page is on its screen, and how its program ended', {
  timeout: 600_000,
}, async () => {
  const seat = await startSeat();
  await says('T001', 'screen', '启动中');
  const screen = await launchChromium();
  try {
    const page = await screen.newPage();
    await page.goto(seat.page);
    await says('T001', 'screen', '有画面');
    const build = await operator.locator('tr[data-terminal=T001] [data-property=build]').textContent();
    const scripts = await page.evaluate(() =>
      performance.getEntriesByType('resource').map(({ name }) => name),
    );
    expect(build?.replace(/^.*\s/, '')).toMatch(/^[\w-]{4,20}$/);
    expect(scripts.some((name) => name.includes(`-${build?.replace(/^.*\s/, '')}.js`))).toBe(true);
  } finally {
    await screen.close();
  }
  await says('T001', 'screen', '无画面');
  await operator.locator('tr[data-terminal=T001]', { hasText: '屏幕无画面' }).waitFor(LIMIT);
  await operator.screenshot({ path: join(SHOTS, 'operator-fleet.png') });

  await end(seat.child, 'SIGKILL');
  await says('T001', 'state', '失去联系');
  const again = await startSeat();
  await says('T001', 'ended', '被终止');
  await end(again.child, 'SIGTERM');
  await says('T001', 'state', '有序停止');
  const last = await startSeat();
  await says('T001', 'ended', '有序停止');
  await end(last.child, 'SIGTERM');
});

it(
  'the operator brings the seats to a release on offer, and sees which took it and which cannot',
  LIMIT,
  async () => {
    const next = at('next');
    cpSync(join(process.cwd(), 'dist'), join(next, 'dist'), { recursive: true });
    cpSync(join(process.cwd(), 'package-lock.json'), join(next, 'package-lock.json'));
    const manifest = readFileSync(join(process.cwd(), 'package.json'), 'utf8');
    writeFileSync(join(next, 'package.json'), manifest.replace(/"version": "[^"]*"/, '"version": "9.9.9"'));
    const packing = ['--key', at('release.key'), '--note', '县大会前'];
    await run('release', 'pack', next, at('next.update'), ...packing);
    await run('update', 'add', at('next.update'), '--config', at('hall.yaml'));

    await operator.click('[data-tab=update]');
    const tally = (state: string, count: number) =>
      operator.locator(`li[data-update=${state}]`, { hasText: new RegExp(`${count}$`) }).waitFor(LIMIT);
    await operator.locator('.offered', { hasText: '9.9.9' }).waitFor(LIMIT);
    await tally('todo', 4);
    await tally('offline', 2);
    await operator.screenshot({ path: join(SHOTS, 'update-offered.png') });
    await operator.click('[data-act=update-all]');
    await operator.click('hv-confirm button.main');
    await tally('done', 4);
    await operator.screenshot({ path: join(SHOTS, 'update-done.png') });
    await operator.click('[data-tab=fleet]');
    await says('T002', 'version', '9.9.9');
  },
);

it('shows all seats, sorts, filters and saves them', { timeout: 600_000 }, async () => {
  await says('T002', 'image', '模拟');
  await says('T002', 'reader', '模拟');
  await says('T006', 'state', '主机启动后未见');
  const rows = operator.locator('table.fleet tbody tr');
  expect(await rows.count()).toBe(6);
  await operator.click('[data-sort=terminal]');
  await operator.click('[data-sort=terminal]');
  expect(await rows.first().getAttribute('data-terminal')).toBe('T006');
  expect(await operator.locator('th[aria-sort=descending]').count()).toBe(1);

  await operator.click('[data-filter=away]');
  await expect.poll(() => rows.count(), LIMIT).toBe(2);
  await operator.click('[data-filter=differs]');
  await expect.poll(() => rows.count(), LIMIT).toBe(1);
  expect(await rows.first().getAttribute('data-terminal')).toBe('T001');
  // What is odd is said by a sign and in words too, never by colour alone.
  const odd = rows.first().locator('[data-property=image].odd');
  expect(await odd.textContent()).toMatch(/≠.*与多数不同，多数为 模拟/);
  await operator.click('[data-filter=all]');
  await operator.locator('dl [data-property=image] button', { hasText: '模拟' }).click();
  await expect.poll(() => rows.count(), LIMIT).toBe(4);

  const [download] = await Promise.all([operator.waitForEvent('download'), operator.click('[data-act=csv]')]);
  const file = at('fleet.csv');
  await download.saveAs(file);
  const lines = readFileSync(file, 'utf8').trimEnd().split('\r\n');
  expect(lines[0]).toContain('席位,终端,状态');
  expect(lines).toHaveLength(5);

  await end(fleet, 'SIGTERM');
  await says('T002', 'state', '有序停止');
  expect(await operator.evaluate(() => document.documentElement.scrollWidth)).toBe(1440);
});
