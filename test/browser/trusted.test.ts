import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { HallProcess, PASSWORD } from '../crash/hall-process.ts';
import { testSeat } from '../support/open-hall.ts';
import { findWindowed, launchChromium } from './chromium.ts';
import { signInAs } from './demo.ts';
import { CAN_TRUST, CANNOT_TRUST, trustIn } from './trust.ts';

const POLICIES = '/etc/chromium';
const DISPLAY = 'hardware/provision/install-display.sh';
/** Where a browser here can be given other policies than this machine's, for itself alone: by root. */
const CAN_RULE =
  process.getuid?.() === 0 &&
  existsSync(POLICIES) &&
  spawnSync('unshare', ['--mount', '--propagation=private', 'true']).status === 0;
const CANNOT_RULE = CAN_RULE ? '' : ' (skipped: it needs root and Debian’s Chromium)';

const hall = HallProcess.of([testSeat(1)], 'on');
const browsers: Browser[] = [];

beforeAll(async () => {
  if (CAN_TRUST || CAN_RULE) await hall.start();
});
afterAll(async () => {
  for (const browser of browsers) await browser.close();
  await hall.kill();
  hall.remove();
});

/** A page of a browser whose user trusts `authority`, the file of a CA, besides the usual ones. */
async function pageOf(name: string, authority: string | null) {
  const browser = await launchChromium(trustIn(join(hall.folder, name), authority));
  browsers.push(browser);
  return browser.newPage();
}

describe.skipIf(!CAN_TRUST)(`a browser and the hall’s CA${CANNOT_TRUST}`, () => {
  it('opens no page to who has not the CA', async () => {
    const page = await pageOf('stranger', null);
    await expect(page.goto(`${hall.ready.http}/chair`)).rejects.toThrow('ERR_CERT_AUTHORITY_INVALID');
  });

  it('opens the pages without a warning to who has, and lets staff sign in', async () => {
    const page = await pageOf('trusting', hall.ready.trust?.ca ?? null);
    const answer = await page.goto(`${hall.ready.http}/chair`);
    expect(answer?.status()).toBe(200);
    expect(await answer?.securityDetails()).toMatchObject({ protocol: 'TLS 1.3' });
    await signInAs(page, 'chair', { passwords: { chair: PASSWORD } });
    expect(await page.evaluate(() => isSecureContext)).toBe(true);
    const [session, ...more] = (await page.context().cookies()).filter(
      ({ name }) => name === '__Host-hallvote',
    );
    expect(session).toMatchObject({ secure: true, httpOnly: true, sameSite: 'Strict' });
    expect(more).toEqual([]);
  });
});

describe.skipIf(!CAN_RULE)(`a display${CANNOT_RULE}`, () => {
  /** What a Chromium under these policies has of the hall's display. */
  const shown = (policies: string) => {
    const alone = 'mount --bind "$1" "$2" && shift 2 && exec "$@"';
    const browser = [findWindowed() ?? '', '--headless', '--no-sandbox', '--disable-gpu', '--dump-dom'];
    return spawnSync(
      'unshare',
      ['--mount', '--propagation=private', 'sh', '-c', alone, 'alone', policies, POLICIES, ...browser].concat(
        `--user-data-dir=${join(policies, 'profile')}`,
        `${hall.ready.http}/hall`,
      ),
      { encoding: 'utf8', env: { ...process.env, HOME: policies } },
    );
  };

  it('shows the hall where install-display.sh has been told of its CA, and without it nothing', () => {
    const [told, untold] = ['told', 'untold'].map((name) => join(hall.folder, name));
    for (const root of [told, untold]) mkdirSync(join(root ?? '', POLICIES), { recursive: true });
    const trust = ['--root', told ?? '', '--trust-only', '--ca', hall.ready.trust?.ca ?? ''];
    expect(spawnSync(DISPLAY, trust, { encoding: 'utf8' })).toMatchObject({ status: 0, stderr: '' });
    expect(shown(join(told ?? '', POLICIES)).stdout).toContain('<hv-hall>');
    const refused = shown(join(untold ?? '', POLICIES));
    expect(refused.stdout).not.toContain('<hv-hall>');
    expect(refused.stderr).toContain('ERR_CERT_AUTHORITY_INVALID');
  });
});
