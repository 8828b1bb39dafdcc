import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { HANG_MS } from '../support/hang.ts';
import { act, close } from './acts.ts';
import { type RunningDemo, signInAs, startDemo } from './demo.ts';
import { launchTrusting, OVER_TLS } from './trust.ts';

/** 暂停, 继续, 延长 as people do and see them: on the chair's page, the hall's display and at a seat. */

const SHOTS = join(process.cwd(), 'test', 'results');

let browser: Browser;
let demo: RunningDemo;

beforeAll(async () => {
  mkdirSync(SHOTS, { recursive: true });
  demo = await startDemo('--seats', '24', '--speed', '25', '--no-register', ...OVER_TLS);
  browser = await launchTrusting(demo);
});

afterAll(async () => {
  await browser?.close();
  await demo?.stop();
});

async function visit(url: string, width: number, height: number): Promise<Page> {
  const page = await browser.newPage({ viewport: { width, height } });
  page.setDefaultTimeout(HANG_MS);
  await page.goto(url);
  return page;
}

const says = (page: Page, text: string | RegExp) => page.getByText(text).first().waitFor();
const shoot = (page: Page, name: string) => page.screenshot({ path: join(SHOTS, `hold-${name}.png`) });

/** The numbers of those whose votes are missing, as the chair's page shows them: the sum, then the four. */
const missing = (chair: Page) =>
  chair.evaluate(() => {
    const root = document.querySelector('hv-chair')?.shadowRoot;
    return [...(root?.querySelectorAll('.unvoted dd') ?? [])].map((each) =>
      Number.parseInt(each.textContent ?? '', 10),
    );
  });

it('a vote is held, extended, goes on and is closed, and every page says so', async () => {
  const hall = await visit(demo.hall, 1920, 1080);
  const chair = await visit(demo.chair, 1366, 768);
  const board = await visit(demo.seat, 1280, 900);
  const seat = board.frameLocator('iframe');
  await signInAs(chair, 'chair', demo);
  const operator = await signInAs(await visit(demo.operator, 1366, 768), 'operator', demo);
  await demo.timeFirstMotion(operator, 600);
  await says(chair, '600 秒后自动结束');
  await says(hall, '已达法定人数');
  await board.locator('.card').first().click();
  await seat
    .getByText(/已签到|等待|王/)
    .first()
    .waitFor();
  await act(chair, 'open');
  await seat.getByText('赞成').first().waitFor();
  await board.click('[data-key="2"]');
  await seat.getByText('确认').first().waitFor();

  await act(chair, 'hold', '检查设备');
  await says(hall, '表决暂停');
  await says(hall, '检查设备');
  await seat.getByText('表决暂停').first().waitFor();
  await seat.getByText('检查设备').first().waitFor();
  // On the agenda too: nobody may read there that the vote goes on.
  const status = chair.locator('aside .status').first();
  expect(await status.textContent()).toBe('已暂停');
  expect(await chair.locator('[data-act=close]').count()).toBe(0);
  await act(chair, 'extend', '2');
  await says(chair, '已延长 2 分钟');
  await says(hall, /已延长/);
  for (const [page, name] of [
    [hall, 'hall'],
    [chair, 'chair'],
    [board, 'seat'],
  ] as const)
    await shoot(page, name);
  // The keys are dead: what was in hand stays there.
  await board.click('[data-key="5"]');
  await seat.getByText('表决暂停').first().waitFor();

  await act(chair, 'resume');
  await seat.getByText('确认').first().waitFor();
  await says(hall, '正在表决');
  expect(await status.textContent()).toBe('正在表决');
  const [sum = 0, ...four] = await missing(chair);
  expect(four).toHaveLength(4);
  expect(four.reduce((all, n) => all + n, 0)).toBe(sum);
  expect(sum).toBeGreaterThan(0);
  await board.click('[data-key="5"]');
  await seat
    .getByText(/已计票|已计入|已收到/)
    .first()
    .waitFor();

  await chair.click('[data-act=close]');
  await chair.locator('hv-confirm dialog[open] dt', { hasText: '终端离线' }).waitFor();
  await shoot(chair, 'closing');
  await chair.keyboard.press('Escape');
  await close(chair);
  await says(hall, '等待宣布结果');
});
