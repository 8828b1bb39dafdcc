import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { HANG_MS } from '../support/hang.ts';
import { act, BY_HAND, count } from './acts.ts';
import { launchChromium } from './chromium.ts';
import { type RunningDemo, signInAs, startDemo } from './demo.ts';
import { CAN_TRUST, CANNOT_TRUST, trustIn } from './trust.ts';

/** Two persons, each at a browser of their own: what one proposes the other confirms there. */

const SHOTS = join(process.cwd(), 'test', 'results');

const says = (page: Page, text: string | RegExp) => page.getByText(text).first().waitFor();
const shoot = (page: Page, name: string) =>
  page.screenshot({ path: join(SHOTS, `second-person-${name}.png`) });

/** Over TLS wherever a browser here can be told whom to trust, as the hall is meant to be. */
const isTls = CAN_TRUST;

describe(isTls ? 'over TLS, in a browser that trusts the hall’s CA' : `in the clear${CANNOT_TRUST}`, () => {
  const home = mkdtempSync(join(tmpdir(), 'hallvote-browser-'));
  let browser: Browser;
  let demo: RunningDemo;
  /** Every address that the pages asked, and every line that they held. */
  const asked = new Set<string>();
  const pages: Page[] = [];

  beforeAll(async () => {
    mkdirSync(SHOTS, { recursive: true });
    demo = await startDemo('--seats', '24', '--speed', '25', '--no-register', ...(isTls ? ['--tls'] : []));
    browser = await launchChromium(demo.ca === null ? undefined : trustIn(home, demo.ca));
  });

  afterAll(async () => {
    await browser?.close();
    await demo?.stop();
    rmSync(home, { recursive: true, force: true });
  });

  /** A browser of somebody's own. */
  async function at(url: string, person: string, width = 1366, height = 768): Promise<Page> {
    const context = await browser.newContext({ viewport: { width, height } });
    const page = await context.newPage();
    page.setDefaultTimeout(HANG_MS);
    page.on('request', (request) => asked.add(new URL(request.url()).protocol));
    page.on('websocket', (socket) => asked.add(new URL(socket.url()).protocol));
    await page.goto(url);
    pages.push(page);
    return signInAs(page, person, demo);
  }

  it('a vote is voided by two, and a show of hands entered by two, first otherwise and then the same', async () => {
    const chair = await at(demo.chair, 'chair');
    const operator = await at(demo.operator, 'operator');
    const scrutineer = await at(demo.scrutineer, 's3', 390, 844);
    const auditor = await at(demo.auditor, 'auditor');
    await auditor.click('[data-tab=acts]');
    await says(chair, '已达法定人数');
    await act(chair, 'open');
    await says(chair, '正在表决');

    await chair.click('[data-act=void]');
    await says(chair, '须由另一人确认：会务或监票人');
    await shoot(chair, 'void-asked');
    await chair.fill('hv-confirm dialog[open] input[name=reason]', '计数有误');
    await chair.click('hv-confirm dialog[open] button.main');
    await says(chair, '等待第二人确认');
    await says(operator, /请您确认/);
    await says(scrutineer, /请您确认/);
    await shoot(chair, 'void-waits');
    await shoot(operator, 'void-notice');
    await shoot(scrutineer, 'void-notice-narrow');
    // Said to a screen reader, and reached by the keyboard alone.
    expect(await operator.locator('hv-waiting [role=status]').textContent()).toContain('请您确认');
    await operator.locator('hv-waiting [data-act=confirm]').focus();
    await operator.keyboard.press('Enter');
    await operator.waitForSelector('hv-waiting hv-confirm dialog[open]');
    await shoot(operator, 'void-confirms');
    // A grave act: the way out has the focus.
    await operator.keyboard.press('Tab');
    await operator.keyboard.press('Enter');
    await says(chair, /✓ 已执行，由.*（会务）确认/);
    await chair.click('hv-waiting [data-act=read]');
    expect(await scrutineer.locator('hv-waiting .to-confirm').count()).toBe(0);

    // Live, and with both names.
    const voided = auditor.locator('table.acts tbody tr', { hasText: '计数有误' });
    await voided.waitFor();
    const cells = await voided.locator('td').allTextContents();
    expect(cells.map((cell) => cell.replaceAll(/\s+/g, ' ').trim()).slice(1, 6)).toEqual([
      '周立新 主持人',
      '作废',
      expect.stringMatching(/^m1\/1 ./),
      '计数有误',
      '吴晓敏 会务',
    ]);
    await auditor.fill('input[type=search]', '作废');
    await auditor.waitForFunction(
      () =>
        document.querySelector('hv-auditor')?.shadowRoot?.querySelectorAll('table.acts tbody tr').length ===
        1,
    );
    await shoot(auditor, 'acts');
    expect(await auditor.locator('main button, main input').count()).toBe(0);

    await operator.click('[data-tab=byHand]');
    const propose = async () => {
      await operator.locator('[data-act=by-hand]').first().click();
      await count(operator, 12, 3, '设备故障');
      await says(operator, '等待第二人确认');
      await says(chair, /请您另行录入举手票数/);
    };
    await propose();
    await says(scrutineer, /请您另行录入举手票数/);
    await scrutineer.click('hv-waiting [data-act=confirm]');
    await scrutineer.waitForSelector(BY_HAND);
    expect(await scrutineer.locator(`${BY_HAND} input[name=for]`).inputValue()).toBe('');
    expect(await scrutineer.locator(`${BY_HAND} input[name=reason]`).count()).toBe(0);
    await shoot(scrutineer, 'blind-narrow');
    await count(scrutineer, 11, 4);
    for (const page of [operator, scrutineer]) await says(page, /录入的票数不同，不同的是：赞成、反对/);
    await shoot(operator, 'differ');
    await shoot(scrutineer, 'differ-narrow');
    await propose();
    await chair.click('hv-waiting [data-act=confirm]');
    await shoot(chair, 'blind');
    await count(chair, 12, 3);
    await says(operator, /✓ 已执行，由.*（主持人）确认/);
    await says(chair, '人工录入');

    // Taken back, it is nobody's to confirm.
    await act(chair, 'void', '再议');
    await says(operator, /请您确认/);
    await chair.click('hv-waiting [data-act=take-back]');
    await operator.locator('hv-waiting .to-confirm').waitFor({ state: 'detached' });
    await act(chair, 'void', '再议');
    await operator.click('hv-waiting [data-act=decline]');
    await says(chair, /✕ 未执行：.*（会务）不确认/);
    await shoot(chair, 'declined');

    // All of it over the one wire, the live documents and the sessions too.
    expect([...asked].filter((protocol) => protocol !== 'data:').toSorted()).toEqual(
      isTls ? ['https:', 'wss:'] : ['http:', 'ws:'],
    );
    const cookies = (await Promise.all(pages.map((page) => page.context().cookies()))).flat();
    const session = isTls ? '__Host-hallvote' : 'hallvote';
    expect(cookies.filter(({ name }) => name === session)).toHaveLength(4);
    for (const { name, secure } of cookies)
      expect([name.startsWith('__Host-'), secure], name).toEqual([isTls, isTls]);
  });
});
