import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { HANG_MS } from '../support/hang.ts';
import { type RunningDemo, signInAs, startDemo } from './demo.ts';
import { launchTrusting, OVER_TLS } from './trust.ts';

/** The scrutineer's page where the line fails, tabs compete, or the coordinator shows something else than before. */

const SHOTS = join(process.cwd(), 'test', 'results');

let browser: Browser;
let demo: RunningDemo;
let device: BrowserContext;
/** Two tabs of the scrutineer's one browser. */
let one: Page;
let two: Page;
let chair: Page;

beforeAll(async () => {
  mkdirSync(SHOTS, { recursive: true });
  demo = await startDemo('--seats', '12', '--speed', '25', '--no-register', ...OVER_TLS);
  browser = await launchTrusting(demo);
  device = await browser.newContext({ viewport: { width: 1366, height: 900 } });
  device.setDefaultTimeout(HANG_MS);
  one = await device.newPage();
  await one.goto(demo.scrutineer);
  await signInAs(one, 's3', demo);
  await one.waitForSelector('[data-act=begin]');
  two = await device.newPage();
  await two.goto(demo.scrutineer);
  await two.waitForSelector('[data-act=begin]');
  chair = await browser.newPage();
  chair.setDefaultTimeout(HANG_MS);
  await chair.goto(demo.chair);
  await signInAs(chair, 'chair', demo);
});

afterAll(async () => {
  await browser?.close();
  await demo?.stop();
});

const says = (page: Page, text: string | RegExp) => page.getByText(text).first().waitFor();
const shoot = (page: Page, name: string) =>
  page.screenshot({ path: join(SHOTS, `scrutineer-${name}.png`), fullPage: true });

/** Has somebody do something, as their page would. */
const staff = (act: object, page = chair) =>
  page.evaluate(async (body) => {
    const headers = { 'content-type': 'application/json' };
    return (await fetch('/api/act', { method: 'POST', headers, body: JSON.stringify(body) })).status;
  }, act);

const PLACE = 'hallvote-key ';
const stored = (page: Page) =>
  page.evaluate((place) => {
    const name = Object.keys(localStorage).find((each) => each.startsWith(place)) ?? '';
    return { name, text: localStorage.getItem(name) ?? '' };
  }, PLACE);
const store = (page: Page, name: string, text: string) =>
  page.evaluate(([at = '', to = '']) => localStorage.setItem(at, to), [name, text]);

/** Lets the next acts of a tab fail in this way. */
async function failing(page: Page, status: number, body: object) {
  await page.route('**/api/scrutineer/act', (route) => route.fulfill({ status, json: body }));
}
const heal = (page: Page) => page.unroute('**/api/scrutineer/act');

it('makes one key in two tabs, and offers again what failed and what was refused', async () => {
  await failing(one, 500, { error: 'a fault' });
  await failing(two, 500, { error: 'a fault' });
  await one.click('[data-act=begin]');
  await says(one, /没有成功/);
  // The other tab hears of it, and its own button has nothing to do any more.
  await two.waitForSelector('[data-act=begin]', { state: 'detached' });
  const { text } = await stored(one);
  await shoot(one, 'failed');
  await heal(one);
  // Without a click, after a pause.
  await says(one, '请当面对校验码');
  expect((await stored(two)).text).toBe(text);
  await heal(two);
  await says(two, '请当面对校验码');

  // The others have done theirs, so that nothing changes while this one's is refused.
  for (const page of [one, two]) await page.locator('.steps td.good').nth(4).waitFor();
  const refusal = { ok: false, reason: 'bad-contribution', text: { zh: '未通过验证', en: 'does not hold' } };
  let offers = 0;
  for (const page of [one, two])
    await page.route('**/api/scrutineer/act', (route) => {
      offers += 1;
      return route.fulfill({ status: 409, json: refusal });
    });
  await one.click('[data-act=same]');
  // What one tab agreed to holds for both.
  await says(one, '未通过验证');
  await says(two, '未通过验证');
  expect(offers).toBe(2);
  await shoot(one, 'refused');
  await heal(one);
  await one.click('[data-act=again]');
  await heal(two);
  await says(one, '✓ 密钥已生成');
  await says(two, '✓ 密钥已生成');
});

it('takes part in no other ceremony than the one agreed to, until there is a new one', async () => {
  const { name, text } = await stored(one);
  const kept = JSON.parse(text);
  const other = { ...kept.memory.agreed, fingerprint: 'ab'.repeat(32) };
  // What was compared here was another code than that of the ceremony the coordinator shows.
  await store(two, name, JSON.stringify({ ...kept, memory: { ...kept.memory, agreed: other } }));
  await says(one, '主机给的密钥，不是核对过校验码的那一把');
  await says(one, 'ABAB ABAB ABAB ABAB ABAB ABAB');
  await shoot(one, 'other-key');
  expect(await staff({ act: 'new-ceremony', reason: '核对' }, one)).toBe(200);
  await says(one, '请当面对校验码');
  await one.click('[data-act=different]');
  await says(one, '校验码不一样，已停止');
  await says(two, '校验码不一样，已停止');
  await one.reload();
  await says(one, '校验码不一样，已停止');
  await shoot(one, 'stopped');
  expect(await staff({ act: 'new-ceremony', reason: '校验码不同' }, one)).toBe(200);
  await says(one, '请当面对校验码');
  await two.click('[data-act=same]');
  await says(one, '✓ 密钥已生成');
});

it('says where a device has taken the check code from the coordinator', async () => {
  const { name, text } = await stored(one);
  const kept = JSON.parse(text);
  await store(two, name, JSON.stringify({ ...kept, memory: { ...kept.memory, agreed: null } }));
  await says(one, '这台设备没有当面核对过校验码');
  await shoot(one, 'taken');
  await one.setViewportSize({ width: 390, height: 844 });
  await one.getByText('English').click();
  await says(one, 'The check code was not compared at this device');
  const width = await one.evaluate(() => document.documentElement.scrollWidth);
  await shoot(one, 'taken-english-narrow');
  expect(width).toBeLessThanOrEqual(390);
  await one.getByText('中文').click();
  await one.setViewportSize({ width: 1366, height: 900 });
  await one.click('[data-act=same]');
  await one.getByText('这台设备没有当面核对过校验码').waitFor({ state: 'detached' });
  await says(one, '当时的校验码');
});

it('does nothing with a memory that is damaged, and says what to do', async () => {
  const { name, text } = await stored(one);
  await store(two, name, text.slice(0, -3));
  await says(one, '这台设备上的记录已损坏');
  await shoot(one, 'damaged');
  expect((await stored(one)).text).toBe(text.slice(0, -3));
  await store(two, name, text);
  await says(one, '✓ 密钥已生成');
});

it('decrypts one sum in all tabs, after a download that failed, and never another', async () => {
  expect(await staff({ act: 'open', motion: 'm2', rehearsal: false })).toBe(200);
  const hall = await browser.newPage();
  hall.setDefaultTimeout(HANG_MS);
  await hall.goto(demo.hall);
  await hall.waitForFunction(() => {
    const main = document.querySelector('hv-hall')?.shadowRoot?.querySelector('main');
    return Number(/已表决\s*(\d+)/.exec(main?.textContent ?? '')?.[1]) > 5;
  });
  expect(await staff({ act: 'close', round: 'm2/1' })).toBe(200);
  await one.route('**/api/elections/*', (route) => route.abort());
  await one.click('[data-act=decrypt]');
  await says(one, '密封票没有下载成功');
  await shoot(one, 'download-failed');
  await one.unroute('**/api/elections/*');
  // The share gets lost: what was decrypted is remembered all the same, for both tabs.
  await failing(one, 503, {});
  await one.click('[data-act=decrypt]');
  await says(one, /没有成功：/);
  await heal(one);
  const { name, text } = await stored(two);
  const kept = JSON.parse(text);
  const [election = ''] = Object.keys(kept.memory.decrypted);
  expect(Object.keys(kept.memory.decrypted)).toEqual([election]);
  // As though the other tab had meanwhile decrypted another sum that the coordinator had shown it.
  const memory = { ...kept.memory, decrypted: { [election]: '0'.repeat(64) } };
  await store(two, name, JSON.stringify({ ...kept, memory }));
  await one.click('[data-act=decrypt]');
  await says(one, '这台设备已为这次表决解密过另一个总和');
  await shoot(one, 'second-sum');
  await store(two, name, text);
  await one.click('[data-act=decrypt]');
  await one.click('[data-act=sign]');
  await says(two, /已签字：.*王建国/);
});
