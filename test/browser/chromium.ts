import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { delimiter, dirname, join } from 'node:path';
import { type Browser, chromium } from 'playwright-core';
import { HANG_MS } from '../support/hang.ts';

/** The same engine without a window, for half the processor time; it asks for no policies. */
const WITHOUT_WINDOW = 'chromium-headless-shell';
const WITH_WINDOW = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable'];

function onPath(names: readonly string[]): string | null {
  const places = (process.env.PATH ?? '').split(delimiter);
  const all = names.flatMap((name) => places.map((place) => join(place, name)));
  return all.find((file) => existsSync(file)) ?? null;
}

function run(command: string, ...args: string[]): boolean {
  return (
    spawnSync(command, args, { stdio: 'inherit', env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' } })
      .status === 0
  );
}

const GET = 'apt-get install -y --no-install-recommends chromium chromium-headless-shell fonts-noto-cjk';
const LOCK = join(tmpdir(), 'hallvote-chromium.lock');

/**
 * Debian's package where this is root on Debian; else the build that Playwright brings. One at a time: files of this run,
 * and another run beside it, come here together.
 */
function install(): void {
  if (process.getuid?.() === 0 && existsSync('/usr/bin/apt-get'))
    if (run('flock', LOCK, 'sh', '-c', `command -v chromium || ${GET} || { apt-get update && ${GET}; }`))
      return;
  const playwright = dirname(createRequire(import.meta.url).resolve('playwright-core/package.json'));
  run(process.execPath, join(playwright, 'cli.js'), 'install', '--with-deps', 'chromium');
}

function find(): string | null {
  const found = process.env.HALLVOTE_CHROMIUM ?? onPath([WITHOUT_WINDOW, ...WITH_WINDOW]);
  if (found) return found;
  return existsSync(chromium.executablePath()) ? chromium.executablePath() : null;
}

/** The program of a Chromium as a display has it, with a window; null where there is none. */
export const findWindowed = (): string | null => onPath(WITH_WINDOW);

/**
 * A headless Chromium, installed if there is none. @throws where none can be had: these tests are never skipped.
 * @param home where it looks for whom its user trusts.
 */
export async function launchChromium(home?: string): Promise<Browser> {
  if (find() === null) install();
  const executablePath = find();
  if (executablePath === null)
    throw new Error('the browser tests need Chromium: install it, or set HALLVOTE_CHROMIUM to its path');
  return chromium.launch({
    executablePath,
    timeout: HANG_MS,
    ...(home !== undefined && { env: { ...process.env, HOME: home } }),
    args: [
      '--no-sandbox',
      '--disable-gpu',
      '--disable-quic',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
    ],
  });
}
