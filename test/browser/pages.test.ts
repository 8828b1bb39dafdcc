import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { verifyBundle } from '../../coordinator/bundle/verify/verify.ts';
import { HANG_MS } from '../support/hang.ts';
import { type RunningDemo, signInAs, startDemo } from './demo.ts';
import { launchTrusting, OVER_TLS } from './trust.ts';

const SHOTS = join(process.cwd(), 'test', 'results');

let browser: Browser;
let demo: RunningDemo;
/** The scrutineer's browser: it alone has the key. */
let scrutineer: Page;
const troubles: string[] = [];
const opened: Page[] = [];

beforeAll(async () => {
  mkdirSync(SHOTS, { recursive: true });
  demo = await startDemo('--seats', '24', '--speed', '25', '--no-register', ...OVER_TLS);
  browser = await launchTrusting(demo);
});

afterAll(async () => {
  await browser?.close();
  await demo?.stop();
});

// A page that stays open goes on drawing whatever the hall does.
afterEach(async () => {
  for (const page of opened.splice(0)) if (page !== scrutineer) await page.close();
});

async function visit(url: string, width = 1366, height = 768): Promise<Page> {
  const page = await browser.newPage({ viewport: { width, height } });
  opened.push(page);
  page.setDefaultTimeout(HANG_MS);
  page.on('pageerror', (error) => troubles.push(`${url}: ${error.message}`));
  page.on('console', (message) => {
    // A refused act is answered with 409, which the browser logs.
    if (message.type() === 'error' && !message.text().includes('409'))
      troubles.push(`${url}: ${message.text()}`);
  });
  await page.goto(url);
  return page;
}

const signIn = (page: Page, person: string) => signInAs(page, person, demo);

/** Clicks an act of the chair and confirms it. */
async function act(chair: Page, name: string): Promise<void> {
  await chair.click(`[data-act=${name}]`);
  await chair.click('hv-confirm dialog[open] button.main');
  await chair.waitForSelector('hv-confirm dialog[open]', { state: 'detached' });
}

const says = (page: Page, text: string | RegExp) => page.getByText(text).first().waitFor();
const shoot = (page: Page, name: string) => page.screenshot({ path: join(SHOTS, `${name}.png`) });

describe('the pages, as people use them', () => {
  it('lets a person chair a vote and sit at a seat, while the hall watches', async () => {
    const hall = await visit(demo.hall, 1920, 1080);
    const chair = await visit(demo.chair);
    const board = await visit(demo.seat, 1280, 900);
    const seat = board.frameLocator('iframe');
    await signIn(chair, 'chair');

    await says(hall, '已达法定人数');
    await board.locator('.card').first().click();
    await seat
      .getByText(/已签到|等待|王/)
      .first()
      .waitFor();
    await shoot(hall, 'hall-attendance');

    await act(chair, 'open');
    await says(hall, '正在表决');
    await seat.getByText('赞成').first().waitFor();
    await board.click('[data-key="2"]');
    await seat.getByText('确认').first().waitFor();
    await shoot(board, 'seat-confirm');
    await board.click('[data-key="5"]');
    await seat
      .getByText(/已计票|已计入|已收到/)
      .first()
      .waitFor();
    await shoot(board, 'seat-counted');
    await shoot(hall, 'hall-open');
    expect(await hall.locator('main').textContent()).not.toMatch(/反对|弃权/);

    await act(chair, 'close');
    await says(hall, '等待宣布结果');
    await says(chair, '尚未宣布');
    expect(await hall.locator('main').textContent()).not.toMatch(/反对|弃权|通过/);
    await shoot(chair, 'chair-closed');

    await act(chair, 'announce');
    await says(hall, /✓ 通过/);
    expect(await hall.locator('tr.for td.votes').textContent()).toMatch(/^\d+$/);
    await shoot(hall, 'hall-result');
    await shoot(chair, 'chair-announced');
  });

  it('lets a person be one of three scrutineers: make the key, lose it, and have it back from the file', async () => {
    scrutineer = await visit(demo.scrutineer);
    await signIn(scrutineer, 's3');
    await scrutineer.click('[data-act=begin]');
    await says(scrutineer, '请当面对校验码');
    await shoot(scrutineer, 'scrutineer-compare');
    // The laptop is closed in the middle: the page goes on where it was.
    await scrutineer.reload();
    await scrutineer.click('[data-act=same]');
    await says(scrutineer, '✓ 密钥已生成');
    const password = '云溪-2027-password';
    await scrutineer.click('[data-act=backup]');
    await scrutineer.fill('input[name=password]', password);
    await scrutineer.fill('input[name=again]', password);
    const [download] = await Promise.all([
      scrutineer.waitForEvent('download'),
      scrutineer.click('form.backup button'),
    ]);
    const file = join(SHOTS, 'scrutineer-key.json');
    await download.saveAs(file);
    await scrutineer.click('[data-act=forget]');
    await scrutineer.click('[data-act=forget]');
    await says(scrutineer, '这台设备上没有您的密钥');
    await scrutineer.click('[data-act=restore]');
    await scrutineer.setInputFiles('input[type=file]', file);
    await scrutineer.fill('input[name=password]', `${password}?`);
    await scrutineer.click('form.backup button');
    await says(scrutineer, '密码不对');
    await scrutineer.fill('input[name=password]', password);
    await scrutineer.click('form.backup button');
    await says(scrutineer, '已恢复');
    await scrutineer.click('[data-act=try]');
    await says(scrutineer, /密钥可用/);
    await shoot(scrutineer, 'scrutineer-key');
  });

  it('shows a secret selection as it is voted on, audited, decrypted and decided, and everything fits the screen', async () => {
    const hall = await visit(demo.hall, 1920, 1080);
    const chair = await visit(demo.chair);
    await signIn(chair, 'chair');
    await chair.locator('aside li button').nth(1).click();
    await act(chair, 'open');
    await says(hall, '从 12 项中选 10 项');
    await shoot(hall, 'hall-selection-open');
    const board = await visit(demo.seat, 1280, 900);
    const seat = board.frameLocator('iframe');
    // The cards come over the line that the keys use.
    await board.locator('.card').first().waitFor();
    /** Chooses the first, and leaves the rest out. */
    const fillIn = async () => {
      await seat.getByText('第 1 项，共 12 项').waitFor();
      await board.click('[data-key="2"]');
      await seat.getByText('第 2 项，共 12 项').waitFor();
      await board.click('[data-key="5"]');
      await seat.getByText('共选 1 项').waitFor();
      await seat.locator('.key.valid').nth(1).waitFor();
      await board.click('[data-key="5"]');
      await seat.getByText('已密封，尚未投出').waitFor();
    };
    await fillIn();
    await shoot(board, 'seat-sealed');
    await board.click('[data-key="3"]');
    await seat.getByText('要公开检验此票吗？').waitFor();
    await board.click('[data-key="5"]');
    await seat.getByText('此票已公开检验，不计入').waitFor();
    await says(scrutineer, '✓ 相符');
    await board.click('[data-key="5"]');
    await fillIn();
    const code = (await seat.locator('.receipt .first').allTextContents()).join('');
    await seat.getByText('投出', { exact: true }).waitFor();
    await board.click('[data-key="5"]');
    await seat.getByText('已计入').first().waitFor();
    await hall.waitForFunction(() => {
      const main = document.querySelector('hv-hall')?.shadowRoot?.querySelector('main');
      return Number(/已表决\s*(\d+)/.exec(main?.textContent ?? '')?.[1]) > 15;
    });
    await act(chair, 'close');
    await says(hall, /等待监票人解密/);
    await shoot(hall, 'hall-decrypting');
    await scrutineer.click('[data-act=decrypt]');
    await scrutineer.click('[data-act=sign]');
    await says(scrutineer, /已签字：.*王建国/);
    await scrutineer.screenshot({ path: join(SHOTS, 'scrutineer-signed.png'), fullPage: true });
    await act(chair, 'announce');
    await says(hall, /应选 10 项/);
    const receipts = await visit(demo.receipts);
    await receipts.fill('input[type=search]', code);
    await says(receipts, '查到了：此票已计入');
    await shoot(receipts, 'receipts');
    for (const [width, height] of [
      [1920, 1080],
      [1280, 720],
      [3840, 2160],
    ] as const) {
      await hall.setViewportSize({ width, height });
      const fits = await hall.evaluate(() => {
        const main = document.querySelector('hv-hall')?.shadowRoot?.querySelector('main');
        return main
          ? main.scrollHeight <= main.clientHeight + 1 && main.scrollWidth <= main.clientWidth + 1
          : false;
      });
      expect(fits, `${width}×${height}`).toBe(true);
      // Large enough for the last row: no name smaller than a fortieth of the screen's height.
      const name = await hall.evaluate(() => {
        const shown = document.querySelector('hv-hall')?.shadowRoot?.querySelector('.ranking .name');
        return shown ? Number.parseFloat(getComputedStyle(shown).fontSize) : 0;
      });
      expect(name / height, `${width}×${height}`).toBeGreaterThan(1 / 40);
    }
    await hall.setViewportSize({ width: 1920, height: 1080 });
    await shoot(hall, 'hall-selection');
  });

  it('catches up by itself after an interruption', async () => {
    const hall = await visit(demo.hall, 1280, 720);
    await says(hall, '应选 10 项');
    const chair = await visit(demo.chair);
    await signIn(chair, 'chair');
    await hall.context().setOffline(true);
    await act(chair, 'clear');
    await hall.context().setOffline(false);
    await says(hall, '代表签到');
  });

  it('lets an operator check a deputy in, mark a card lost, and read why a seat was refused', async () => {
    const operator = await visit(demo.operator);
    await signIn(operator, 'operator');
    await says(operator, /在线 \d+/);
    await shoot(operator, 'operator-terminals');
    await operator.click('[data-tab=deputies]');
    await operator.locator('tr[data-deputy]').nth(1).waitFor();
    const neighbour = operator.locator('tr[data-deputy]').nth(1);
    await neighbour.getByText('挂失', { exact: true }).click();
    await operator.click('hv-confirm dialog[open] button.main');
    await neighbour.getByText('已挂失').waitFor();
    const board = await visit(demo.seat, 1280, 900);
    await board.locator('.card').nth(1).click();
    await operator.click('[data-tab=refusals]');
    await says(operator, /已挂失|本人的席位/);
    await shoot(operator, 'operator-refusals');
  });

  it('tests every seat before a sitting: lit keys, a card, and a report of the seats that did not pass', async () => {
    const operator = await visit(demo.operator);
    await signIn(operator, 'operator');
    const board = await visit(demo.seat, 1280, 900);
    const seat = board.frameLocator('iframe');
    // The cards come over the line that the keys use.
    await board.locator('.card').first().waitFor();
    await act(operator, 'self-test');
    await seat.getByText('请按亮灯的第 1 键').waitFor();
    await board.click('[data-key="3"]');
    await seat.getByText('按键接错：第 3 键').waitFor();
    await says(operator, '不通过');
    await act(operator, 'self-test');
    for (const key of [1, 2, 3, 4, 5]) {
      await seat.getByText(`请按亮灯的第 ${key} 键`).waitFor();
      await board.click(`[data-key="${key}"]`);
    }
    await shoot(board, 'seat-self-test');
    await shoot(operator, 'operator-self-test');
    await board.locator('.card').first().click();
    await seat.getByText('自检通过').waitFor();
    await says(operator, '全部席位通过自检');
    await act(operator, 'end-self-test');
    await seat.getByText('自检通过').waitFor({ state: 'detached' });
  });

  it('gives the bundle of the sitting, which verifies', async () => {
    const operator = await visit(demo.operator);
    await signIn(operator, 'operator');
    await operator.click('[data-tab=files]');
    const [download] = await Promise.all([
      operator.waitForEvent('download'),
      operator.click('[data-act=bundle]'),
    ]);
    const chunks: Buffer[] = [];
    for await (const chunk of await download.createReadStream()) chunks.push(Buffer.from(chunk));
    expect(verifyBundle(Buffer.concat(chunks), {})).toMatchObject({ ok: true });
  });

  it('keeps strangers out: no page of the staff without a password, and says so to who guesses too often', async () => {
    const page = await visit(demo.chair);
    await page.fill('input[name=person]', 'chair');
    await page.fill('input[name=secret]', 'not-the-password');
    await page.click('form button.main');
    await says(page, '编号、密码或码不对');
    expect(
      await page.evaluate(
        async () =>
          (
            await fetch('/api/act', {
              method: 'POST',
              headers: { 'content-type': 'application/json' },
              body: '{"act":"clear"}',
            })
          ).status,
      ),
    ).toBe(401);
    // How often they may, and what slows them down, is tested where time stands still.
    await page.route('**/api/sign-in', (route) => route.fulfill({ status: 429, json: { error: 'later' } }));
    await page.click('form button.main');
    await says(page, '尝试过于频繁');
  });

  it('lets four people work as four roles at once, each with what is theirs and nothing else', async () => {
    const roles = { chair: demo.chair, operator: demo.operator, auditor: demo.auditor, admin: demo.admin };
    const pages = new Map<string, Page>();
    // Each in a browser of their own.
    for (const [person, url] of Object.entries(roles))
      pages.set(person, await signIn(await visit(url), person));
    const at = (person: string): Page => {
      const page = pages.get(person);
      if (!page) throw new Error(`${person} has signed in`);
      return page;
    };
    const [chair, operator, auditor, admin] = [at('chair'), at('operator'), at('auditor'), at('admin')];
    await chair.locator('aside li button').nth(2).click();
    await chair.waitForSelector('[data-act=rehearse]');
    expect(await chair.locator('[data-act=by-hand]').count()).toBe(0);
    await act(chair, 'rehearse');
    await auditor.getByText('正在表决').first().waitFor();
    await shoot(auditor, 'auditor');
    for (const tab of ['deputies', 'terminals', 'rejected', 'update']) {
      await auditor.click(`[data-tab=${tab}]`);
      await auditor.waitForSelector(`[data-tab=${tab}][aria-current=page]`);
      expect(await auditor.locator('main [data-act]').count()).toBe(0);
    }
    await operator.click('[data-tab=staff]');
    await operator.waitForSelector('tr[data-person=chair]');
    // Everybody has a password, and another code is not the operator's to give.
    expect(await operator.locator('[data-act=give]').count()).toBe(0);
    await admin.waitForSelector('tr[data-person=auditor] [data-act=end]');
    await shoot(admin, 'admin');
    // Another role's page says whose it is, and its acts are refused by the server.
    await auditor.goto(new URL('/chair', demo.auditor).href);
    await says(auditor, '“主持人”页没有您的角色可做的事');
    const refused = await auditor.evaluate(async () => {
      const headers = { 'content-type': 'application/json' };
      return (await fetch('/api/act', { method: 'POST', headers, body: '{"act":"clear"}' })).status;
    });
    expect(refused).toBe(403);
    // The administrator ends the auditor's session: the page asks who is there within seconds.
    await admin.click('tr[data-person=auditor] [data-act=end]');
    await admin.click('dialog[open] [data-act=sure]');
    await auditor.waitForSelector('input[name=person]');
    // Gives them another code, with which they choose a password.
    await admin.click('tr[data-person=auditor] [data-act=give]');
    await admin.click('dialog[open] [data-act=sure]');
    const code = (await admin.locator('dialog[open] .code code').textContent()) ?? '';
    await shoot(admin, 'admin-code');
    await admin.click('dialog[open] [data-act=close]');
    await auditor.fill('input[name=person]', 'auditor');
    await auditor.fill('input[name=secret]', code.toLowerCase());
    await auditor.click('form button.main');
    await auditor.waitForSelector('input[name=again]');
    await shoot(auditor, 'choose-password');
    for (const name of ['password', 'again']) await auditor.fill(`input[name=${name}]`, 'woaini5201314');
    await auditor.click('form button.main');
    await says(auditor, /这样的密码最先会被猜到/);
    for (const name of ['password', 'again'])
      await auditor.fill(`input[name=${name}]`, '会场东门的石狮子有两只');
    await auditor.click('form button.main');
    await auditor.waitForSelector('header nav');
    for (const page of pages.values()) await page.context().close();
  });

  it('speaks English when asked to', async () => {
    const hall = await visit(`${demo.hall}?lang=en`, 1280, 720);
    // The vote that was opened to be rehearsed goes on.
    await says(hall, 'Voting');
    await says(hall, /People's Congress/);
    await shoot(hall, 'hall-english');
    const start = await visit(new URL('/', demo.hall).href);
    await says(start, '会堂表决');
  });

  it('causes no error in any page', () => {
    expect(
      troubles.filter((trouble) => !/401|403|422|429|ERR_INTERNET_DISCONNECTED|WebSocket/.test(trouble)),
    ).toEqual([]);
  });
});
