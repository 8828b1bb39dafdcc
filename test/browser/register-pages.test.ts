import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { sheet } from '../../shared/projects/testing/sample-sheet.ts';
import { hiddenField, sendFiles, sendForm } from '../support/public-form.ts';
import { playYear } from '../support/public-year.ts';
import { type TestRegister, YEAR } from '../support/running-register.ts';
import { barriers } from './axe.ts';
import { launchChromium } from './chromium.ts';
import { openAs, openSampleRegister, proposeSome, shoot } from './register.ts';

let browser: Browser;
let register: TestRegister;

beforeAll(async () => {
  browser = await launchChromium();
  register = await openSampleRegister();
});
afterAll(async () => {
  await browser?.close();
  await register?.stop();
});

it('every page of the staff, in both languages and at every width: nothing scrolls sideways, and nobody is kept out', async () => {
  const [proposal = ''] = await proposeSome(register);
  const project = {
    act: 'draft-project',
    project: '2027-01',
    cycle: YEAR,
    sheet: sheet('人民路加装路灯'),
  } as const;
  expect(await register.act('gov', project)).toEqual({ is: 'done' });
  const found: string[] = [];
  for (const [width, height] of [
    [360, 740],
    [768, 1024],
    [1440, 900],
  ] as const)
    for (const [name, person, path, opened, ...clicks] of [
      ['desk', 'gov', '/desk', 'hv-desk-queue li'],
      ['desk-one', 'gov', `/desk?p=${proposal}`, 'hv-proposal .sent'],
      ['projects', 'gov', '/projects', '.projects li'],
      ['project', 'gov', '/projects', 'hv-project .gaps', '[data-open="2027-01"]'],
      ['project-form', 'gov', '/projects', '[data-part]', '[data-open="2027-01"]', '[data-act=edit]'],
      ['list', 'gov', '/projects', '.list', '[data-tab=list]'],
      ['voices', 'gov', '/voices', 'main h1'],
      ['members', 'admin', '/admin', 'hv-members [data-person]'],
      ['own-account', 'deputy1', '/account', 'hv-account-view ul'],
    ] as const) {
      const page = await openAs(browser, register, person, path, [width, height]);
      for (const each of clicks) await page.click(each);
      for (const language of ['zh', 'en'] as const) {
        if (language === 'en') await page.getByRole('button', { name: 'English', exact: true }).click();
        await page.locator(opened).first().waitFor();
        const where = `${name}-${width}-${language}`;
        await shoot(page, where);
        const [inside, across] = await page.evaluate(() => {
          const { scrollWidth, clientWidth } = document.documentElement;
          return [scrollWidth, clientWidth];
        });
        if (inside > across) found.push(`${where}: it scrolls sideways, ${inside} in ${across}`);
        for (const barrier of await barriers(page)) found.push(`${where}: ${barrier}`);
      }
      await page.context().close();
    }
  expect(found).toEqual([]);
});

it('what somebody said at a site is read, cleared without what is personal, and answered', async () => {
  await playYear(register, 'voted');
  const site = `${register.running.http}/projects/lamps/parts/1`;
  const said = { kind: 'objection', text: '北段没有灯，请打13800001234。' };
  const form = await (await sendForm(`${site}/voice/words`, said)).text();
  register.pass(10_000);
  await sendFiles(`${site}/voice`, { ...said, token: hiddenField(form, 'token') });
  const page = await openAs(browser, register, 'gov', '/voices', [390, 844]);
  await page.getByText('可能是个人信息：13800001234').waitFor();
  await shoot(page, 'voices-one', true);
  expect(await barriers(page)).toEqual([]);
  await page.click('[data-act=clear-voice]');
  await page.getByLabel('公开的文字').fill('北段没有灯。');
  await shoot(page, 'voices-clear');
  await page.click('hv-voice-dialog button.main');
  await page.getByText('没有待核对的').waitFor();
  await page.click('[data-act=answer-voice]');
  await page.getByLabel('答复', { exact: true }).fill('已转监督小组。');
  await page.click('hv-voice-dialog button.main');
  await page.getByText('已转监督小组。').waitFor();
  expect(await (await fetch(site)).text()).toMatch(/北段没有灯。.*已转监督小组。/s);
  await page.context().close();

  // “情况不符” leads to the group, which makes a finding of it.
  const group = {
    act: 'appoint-group',
    project: 'lamps',
    committee: '城建工委',
    members: ['deputy1'],
  } as const;
  expect(await register.act('congress', group)).toEqual({ is: 'done' });
  const theirs = await openAs(browser, register, 'deputy1', '/voices', [390, 844]);
  await theirs.click('[data-act=find]');
  await shoot(theirs, 'voices-find');
  expect(await barriers(theirs)).toEqual([]);
  await theirs.click('hv-form-dialog button.main');
  await theirs.getByRole('link', { name: '待答复' }).waitFor();
  expect(await theirs.locator('[data-act=find]').count()).toBe(0);
  await shoot(theirs, 'voices-found', true);
  await theirs.context().close();
  const project = await (await fetch(`${register.running.http}/projects/lamps`)).text();
  expect(project).toMatch(/id="findings".*北段没有灯。/s);
});
