import { join } from 'node:path';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { HallProcess, PASSWORD } from '../crash/hall-process.ts';
import { testSeat } from '../support/open-hall.ts';
import { launchChromium } from './chromium.ts';
import { signInAs } from './demo.ts';
import { CAN_TRUST, CANNOT_TRUST, trustIn } from './trust.ts';

const hall = HallProcess.of([testSeat(1)], 'on');
const browsers: Browser[] = [];

beforeAll(async () => {
  if (CAN_TRUST) await hall.start();
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
