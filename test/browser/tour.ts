import type { Browser, Page } from 'playwright-core';
import type { StaffPage } from '../../coordinator/contract/staff-pages.ts';
import { HANG_MS } from '../support/hang.ts';
import { act, close, count } from './acts.ts';
import { type RunningDemo, signInAs } from './demo.ts';

/** A page in one of its states, and in one language. */
export interface Stop {
  readonly name: string;
  readonly language: 'zh' | 'en';
  readonly page: Page;
}

const PASSWORD = '会场东门的石狮子有两只';
const LAPTOP: readonly [number, number] = [1366, 768];
const DISPLAY: readonly [number, number] = [1920, 1080];
/** Somebody for each page of the staff. */
const WORKS_AT: Readonly<Record<StaffPage, string>> = {
  chair: 'chair',
  operator: 'operator',
  scrutineer: 's3',
  auditor: 'auditor',
  admin: 'admin',
  account: 'chair',
};

async function visitWith(
  browser: Browser,
  url: string,
  [width, height]: readonly [number, number] = LAPTOP,
): Promise<Page> {
  // A context of its own: nobody is signed in, and the language is not chosen yet.
  const context = await browser.newContext({ viewport: { width, height } });
  const page = await context.newPage();
  page.setDefaultTimeout(HANG_MS);
  await page.goto(url);
  await page.evaluate(() => document.fonts.ready);
  return page;
}

/** In Chinese, then, changed as a reader would, in English. A dialog that is open hides the button. */
async function stopAt(at: (stop: Stop) => Promise<void>, name: string, page: Page, ...first: string[]) {
  for (const language of ['zh', 'en'] as const) {
    for (const selector of first) await page.click(selector);
    await at({ name, language, page });
    if (first.length > 0) await page.keyboard.press('Escape');
    const [other, tag] = language === 'zh' ? ['English', 'en'] : ['中文', 'zh-CN'];
    await page.getByRole('button', { name: other, exact: true }).click();
    await page.waitForFunction((tag) => document.documentElement.lang === tag, tag);
  }
}

/** The pages of the staff, and the index: before anybody has signed in, and with somebody who works there. */
export async function staffTour(
  browser: Browser,
  hall: { readonly http: string; readonly password: string },
  at: (stop: Stop) => Promise<void>,
): Promise<void> {
  const index = await visitWith(browser, hall.http);
  await index.waitForSelector('.key code');
  await stopAt(at, 'index', index);
  for (const [page, person] of Object.entries(WORKS_AT)) {
    const staff = await visitWith(browser, new URL(page, hall.http).href);
    await staff.waitForSelector('input[name=secret]');
    await stopAt(at, `${page}, sign-in`, staff);
    await signInAs(staff, person, { passwords: { [person]: hall.password } });
    await staff.waitForSelector('main');
    await stopAt(at, page, staff);
    if (page === 'account') {
      await staff.goto(hall.http);
      await staff.getByText(/您可以打开/).waitFor();
      await stopAt(at, 'index, signed in', staff);
    }
    await staff.context().close();
  }
  await index.context().close();
}

/** Every page of the hall in its main states, each in both languages, at the size it is usually looked at. */
export async function tour(
  browser: Browser,
  demo: RunningDemo,
  at: (stop: Stop) => Promise<void>,
): Promise<void> {
  const visit = (url: string, size = LAPTOP) => visitWith(browser, url, size);
  const stop = (name: string, page: Page, ...first: string[]) => stopAt(at, name, page, ...first);
  const signIn = (page: Page, person: string) => signInAs(page, person, demo);
  const says = (page: Page, text: string | RegExp) => page.getByText(text).first().waitFor();

  const heldInSecret = async (kind: string): Promise<void> => {
    await act(chair, 'open');
    await hall.waitForSelector(`.vote.${kind}.open`);
    await stop(`hall, ${kind} open`, hall);
    await hall.waitForFunction(() => {
      const main = document.querySelector('hv-hall')?.shadowRoot?.querySelector('main');
      return Number(/已表决\s*(\d+)/.exec(main?.textContent ?? '')?.[1]) > 5;
    });
    await act(chair, 'close');
    await says(hall, /等待监票人解密/);
    await stop(`hall, ${kind} decrypting`, hall);
    await stop(`chair, ${kind} decrypting`, chair);
    await scrutineer.click('[data-act=decrypt]');
    await scrutineer.waitForSelector('[data-act=sign]');
    await stop(`scrutineer, ${kind} decrypted`, scrutineer);
    await scrutineer.click('[data-act=sign]');
    await act(chair, 'announce');
    await hall.waitForSelector('.result');
    await stop(`hall, ${kind} announced`, hall);
    await stop(`chair, ${kind} announced`, chair);
  };

  const index = await visit(new URL('/', demo.hall).href);
  await says(index, '主机密钥指纹');
  await stop('index', index);
  const receipts = await visit(demo.receipts);
  await says(receipts, '还没有结束的无记名表决');
  await stop('receipts, none', receipts);
  const operator = await visit(demo.operator);
  await operator.waitForSelector('input[name=secret]');
  await stop('sign-in', operator);
  await signIn(operator, 'operator');
  await says(operator, /在线 \d+/);
  for (const tab of [
    'terminals',
    'unvoted',
    'fleet',
    'deputies',
    'scrutineers',
    'byHand',
    'staff',
    'refusals',
    'update',
    'files',
  ]) {
    await operator.click(`[data-tab=${tab}]`);
    await operator.waitForSelector(`[data-tab=${tab}][aria-current=page]`);
    await stop(`operator, ${tab}`, operator);
  }
  await stop('operator, a question', operator, '[data-act=reload]');
  await operator.click('[data-tab=byHand]');
  await stop('operator, by hand', operator, '[data-act=by-hand] >> nth=0');

  const admin = await signIn(await visit(demo.admin), 'admin');
  await admin.waitForSelector('tr[data-person=auditor]');
  await stop('admin', admin);
  await stop('admin, a question', admin, 'tr[data-person=auditor] [data-act=give]');
  await admin.click('tr[data-person=auditor] [data-act=give]');
  await admin.click('dialog[open] [data-act=sure]');
  const code = (await admin.locator('dialog[open] .code code').textContent()) ?? '';
  await admin.click('dialog[open] [data-act=close]');
  const auditor = await visit(demo.auditor);
  await auditor.fill('input[name=person]', 'auditor');
  await auditor.fill('input[name=secret]', code);
  await auditor.click('form button.main');
  await auditor.waitForSelector('input[name=again]');
  await stop('choose a password', auditor);
  for (const name of ['password', 'again']) await auditor.fill(`input[name=${name}]`, PASSWORD);
  await auditor.click('form button.main');
  await auditor.waitForSelector('header nav');
  await says(auditor, '未表决');
  await stop('auditor', auditor);
  for (const tab of ['deputies', 'terminals', 'acts', 'rejected', 'scrutineers', 'files']) {
    await auditor.click(`[data-tab=${tab}]`);
    await auditor.waitForSelector(`[data-tab=${tab}][aria-current=page]`);
    await stop(`auditor, ${tab}`, auditor);
  }
  await auditor.goto(new URL('/chair', demo.auditor).href);
  await says(auditor, /没有您的角色可做的事/);
  await stop('another role’s page', auditor);
  await auditor.goto(new URL('/', demo.auditor).href);
  await says(auditor, /您可以打开/);
  await stop('index, signed in', auditor);
  await auditor.goto(new URL('/account', demo.auditor).href);
  await auditor.waitForSelector('[data-act=authenticator]');
  await stop('account', auditor);
  await auditor.click('[data-act=authenticator]');
  await auditor.locator('input[name=current]').nth(1).fill(PASSWORD);
  await auditor.locator('input[name=current]').nth(1).press('Enter');
  await auditor.waitForSelector('.qr');
  await stop('account, authenticator', auditor);

  const hall = await visit(demo.hall, DISPLAY);
  await says(hall, '已达法定人数');
  await stop('hall, attendance', hall);
  const chair = await signIn(await visit(demo.chair), 'chair');
  await demo.timeFirstMotion(operator, 3_600);
  await says(chair, '未表决');
  await stop('chair, before', chair);
  await stop('chair, a question', chair, '[data-act=open]');
  await act(chair, 'open');
  await says(hall, '正在表决');
  await stop('hall, open', hall);
  await stop('chair, open', chair);
  await stop('chair, asked why votes are missing', chair, '[data-act=close]');
  await operator.click('[data-tab=unvoted]');
  await operator.waitForSelector('[data-filter=notPressed]');
  await stop('operator, unvoted in a vote', operator);
  await stop('chair, a hold', chair, '[data-act=hold]');
  await act(chair, 'hold', '检查设备');
  await says(hall, '表决暂停');
  // Until the chair's page has heard of the hold, its dialogs would be of a vote that goes on, and close.
  await says(chair, '已暂停');
  await act(chair, 'extend', '2');
  await says(hall, /已延长/);
  await stop('hall, held', hall);
  await stop('chair, held', chair);
  await act(chair, 'resume');
  await says(hall, '正在表决');
  await stop('hall, extended', hall);
  await stop('chair, gone on', chair);
  await close(chair);
  await says(chair, '尚未宣布');
  await says(hall, '等待宣布结果');
  await stop('hall, closed', hall);
  await stop('chair, closed', chair);
  await act(chair, 'announce');
  await says(hall, /✓ 通过/);
  await stop('hall, decision announced', hall);
  await stop('chair, announced', chair);

  const scrutineer = await signIn(await visit(demo.scrutineer), 's3');
  await scrutineer.waitForSelector('[data-act=begin]');
  await stop('scrutineer, no key yet', scrutineer);
  await scrutineer.click('[data-act=begin]');
  await says(scrutineer, '请当面对校验码');
  await stop('scrutineer, comparing', scrutineer);
  await scrutineer.click('[data-act=same]');
  await says(scrutineer, '✓ 密钥已生成');
  await stop('scrutineer, with its key', scrutineer);
  for (const [kind, nth] of [
    ['appraisal', 2],
    ['itemised', 3],
    ['selection', 1],
  ] as const) {
    await chair.locator('aside li button').nth(nth).click();
    await stop(`chair, ${kind} before`, chair);
    await heldInSecret(kind);
  }
  await chair.locator('aside li button').nth(0).click();
  await act(chair, 'void', '计数有误');
  await says(operator, /请您确认/);
  await stop('chair, waiting for a second person', chair);
  await stop('operator, asked to confirm', operator);
  await stop('operator, confirming', operator, 'hv-waiting [data-act=confirm]');
  await operator.click('hv-waiting [data-act=confirm]');
  await operator.click('hv-confirm dialog[open] button.main');
  await says(chair, /✓ 已执行/);
  await stop('chair, confirmed', chair);
  await operator.click('[data-tab=byHand]');
  await operator.locator('[data-act=by-hand]').first().click();
  await count(operator, 12, 3, '设备故障');
  await chair.waitForSelector('hv-waiting .to-confirm');
  await stop('chair, asked to count', chair);
  await stop('chair, a blind entry', chair, 'hv-waiting [data-act=confirm]');
  await chair.click('hv-waiting [data-act=confirm]');
  await count(chair, 11, 4);
  await operator.waitForSelector('hv-waiting [data-settled=differ]');
  await stop('operator, entries that differ', operator);
  await act(chair, 'reopen');
  await hall.waitForSelector('.vote.not-first .badge.turn');
  await stop('hall, held again', hall);
  await stop('chair, held again', chair);
  await act(chair, 'close');
  await act(chair, 'announce');
  await hall.waitForSelector('.result.not-first .badge.turn');
  await stop('hall, held again and announced', hall);
  await receipts.reload();
  await receipts.waitForSelector('ol li');
  await stop('receipts', receipts);
  await receipts.fill('input[type=search]', 'AAAAAA');
  await stop('receipts, not found', receipts);
  for (const page of [index, receipts, operator, admin, auditor, hall, chair, scrutineer])
    await page.context().close();
}
