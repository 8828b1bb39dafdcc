import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { sampleScan } from '../../coordinator/rehearsal/register/sample-scan.ts';
import { HANG_MS } from '../support/hang.ts';
import type { TestRegister } from '../support/running-register.ts';
import { passwordOf } from '../support/signed-in.ts';
import { JUNE, openWatchedYear, workAs } from '../support/watched-year.ts';
import { barriers } from './axe.ts';
import { launchChromium } from './chromium.ts';
import { BUILT, shoot } from './register.ts';

let browser: Browser;
let register: TestRegister;

beforeAll(async () => {
  browser = await launchChromium();
  register = await openWatchedYear({ built: BUILT });
});
afterAll(async () => {
  await browser?.close();
  await register?.stop();
});

const says = (page: Page, text: string | RegExp) => page.getByText(text).first().waitFor();

async function signIn(page: Page, person: string): Promise<void> {
  await page.fill('input[name=person]', person);
  await page.fill('input[name=secret]', passwordOf(person));
  await page.click('form button.main');
  await page.waitForSelector('header nav');
}

async function open(person: string, [width, height]: readonly [number, number]): Promise<Page> {
  const context = await browser.newContext({ viewport: { width, height } });
  await context.clock.setFixedTime(JUNE);
  const page = await context.newPage();
  page.setDefaultTimeout(HANG_MS);
  await page.goto(`${register.running.http}/visits`);
  await signIn(page, person);
  return page;
}

it('a visit is made without a network, outlives the page, and is sent once when there is one again', async () => {
  const page = await open('deputy1', [390, 844]);
  await says(page, '城区道路照明补盲');
  await says(page, /没有网络也能打开/);
  await shoot(page, 'visits-list-390', true);
  expect(await barriers(page)).toEqual([]);

  await page.context().setOffline(true);
  await page.reload();
  await says(page, /没有网络：以下是/);
  await page.click('a.open');
  await says(page, '480 处');
  await shoot(page, 'visits-project-390', true);
  expect(await barriers(page)).toEqual([]);
  await page.click('[data-part="1"] [data-act=visit]');
  await page.check('input[value=disputed]');
  await page.fill('input[name=found]', '450');
  await page.fill('textarea[name=words]', '人民路缺三十盏');
  const scan = Buffer.from(await sampleScan());
  await page
    .locator('input[type=file]')
    .first()
    .setInputFiles({ name: 'a.jpg', mimeType: 'image/jpeg', buffer: scan });
  await page.waitForSelector('hv-photo-field li img');
  await shoot(page, 'visits-form-390', true);
  expect(await barriers(page)).toEqual([]);

  // A telephone ends a page that is out of sight: what was typed is there.
  await page.reload();
  await page.click('[data-act=go-on]');
  expect(await page.inputValue('textarea[name=words]')).toBe('人民路缺三十盏');
  await page.waitForSelector('hv-photo-field li img');
  await page.click('[data-act=keep]');
  await page.waitForSelector('[data-is=kept]');
  await page.reload();
  await page.waitForSelector('[data-is=kept]');
  await shoot(page, 'visits-kept-390', true);

  expect((await workAs(register, 'gov')).visits).toEqual([]);
  await page.context().setOffline(false);
  await page.waitForSelector('[data-is=received]');
  await says(page, /已收到，账本第 \d+ 号/);
  await shoot(page, 'visits-received-390', true);
  await page.reload();
  await page.waitForSelector('[data-is=received]');
  const { visits, partsWork } = await workAs(register, 'gov');
  expect(visits).toMatchObject([
    { by: { id: 'deputy1' }, words: '人民路缺三十盏', photos: [expect.any(String)] },
  ]);
  expect(partsWork[0]?.figure).toMatchObject({ is: 'disputed', found: 450_000 });
  await says(page, /有争议：小组核实为 450 处/);

  // Signing out leaves nothing to read.
  await page.getByRole('button', { name: '退出' }).click();
  await page.waitForSelector('input[name=person]');
  await page.context().setOffline(true);
  await page.reload();
  await says(page, '正在连接项目库');
  expect(await page.getByText('城区道路照明补盲').count()).toBe(0);
  await page.context().close();
});

it('the congress office appoints a group by who knows the field; a disputed figure is settled by two, both values in sight', async () => {
  const congress = await open('congress', [768, 1024]);
  await congress.click('[data-work=canteens] [data-act=appoint]');
  const dialog = 'hv-group-dialog dialog[open]';
  await congress.fill(`${dialog} input[name=committee]`, '社会建设工委');
  await congress.check(`${dialog} input[value=deputy2]`);
  await shoot(congress, 'visits-group-768');
  expect(await barriers(congress)).toEqual([]);
  await congress.click(`${dialog} button.main`);
  await congress.waitForSelector('[data-work=canteens] .good');
  expect((await workAs(register, 'deputy2', 'canteens')).isMine).toBe(true);

  const committee = await open('committee', [1280, 800]);
  await committee.click('[data-act=settle]');
  const settle = 'hv-settle-dialog dialog[open]';
  await committee.fill(`${settle} input[name=done]`, '455');
  await committee.fill(`${settle} textarea`, '以移交清单为准');
  await shoot(committee, 'visits-settle-1280');
  expect(await barriers(committee)).toEqual([]);
  await committee.click(`${settle} button.main`);
  await says(committee, '已提出，待第二人确认');
  await congress.click('[data-act=read]');
  await says(congress, '以移交清单为准');
  await shoot(congress, 'visits-confirm-768');
  await congress.click('hv-waiting-dialog dialog[open] button.main');
  await congress.waitForSelector('hv-waiting-dialog dialog[open]', { state: 'detached' });
  expect((await workAs(register, 'gov')).partsWork[0]?.figure).toMatchObject({
    is: 'settled',
    done: 455_000,
  });
});
