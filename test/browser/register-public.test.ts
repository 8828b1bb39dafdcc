import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { playYear } from '../support/public-year.ts';
import { openRegister, type TestRegister, YEAR } from '../support/running-register.ts';
import { barriers } from './axe.ts';
import { launchChromium } from './chromium.ts';

const SHOTS = join(process.cwd(), 'test', 'results', 'public-pages');
const WIDTHS = [360, 768, 1440] as const;

let browser: Browser;
let register: TestRegister;
let proposals: readonly string[];

beforeAll(async () => {
  mkdirSync(SHOTS, { recursive: true });
  browser = await launchChromium();
  register = await openRegister();
  const opened = { act: 'open-cycle', cycle: YEAR, from: '2026-10-01', to: '2026-10-31' } as const;
  expect(await register.act('congress', opened)).toEqual({ is: 'done' });
  // Next year collects while this one was voted on.
  proposals = await playYear(register, 'voted');
  await register.act('congress', { ...opened, cycle: YEAR + 1, to: '2026-11-15' });
});

afterAll(async () => {
  await browser?.close();
  await register?.stop();
});

const at = (path: string) => `${register.running.http}${path}`;

const reading = (): readonly (readonly [string, string])[] => [
  ['overview', '/'],
  ['cycle', `/cycles/${YEAR}`],
  ['cycle before', `/cycles/${YEAR + 1}`],
  ['area', `/cycles/${YEAR}?area=east`],
  ['years', '/years'],
  ['project', '/projects/lamps'],
  ['candidate', '/projects/bus-shelters'],
  ['part', '/projects/lamps/parts/1'],
  ['proposals', '/proposals'],
  ['found', `/proposals?q=${encodeURIComponent('路灯')}`],
  ['nothing found', '/proposals?q=zzz&stage=adopted'],
  ['adopted', `/proposals/${proposals[0]}`],
  ['merged', `/proposals/${proposals[5]}`],
  ['propose', '/propose'],
  ['follow', '/follow'],
  ['open data', '/open-data'],
  ['nothing', '/projects/none'],
];

/** What keeps people from reading a page at this width. */
async function faults(page: Page, name: string): Promise<string[]> {
  const sideways = await page.evaluate(() => {
    const { scrollWidth, clientWidth } = document.documentElement;
    return scrollWidth > clientWidth ? `it scrolls sideways: ${scrollWidth} in ${clientWidth}` : null;
  });
  const small = await page.evaluate(() =>
    [
      ...document.querySelectorAll(
        'main a.go, main button, nav a, input:not([type=radio]), label.choice, select',
      ),
    ]
      .filter((each) => each instanceof HTMLElement && each.offsetHeight > 0 && each.offsetHeight < 44)
      .map((each) => `too low to touch: ${each.textContent}`),
  );
  return [...(sideways ? [sideways] : []), ...small, ...(await barriers(page))].map(
    (fault) => `${name}: ${fault}`,
  );
}

async function picture(page: Page, name: string): Promise<void> {
  const width = page.viewportSize()?.width;
  await page.screenshot({ path: join(SHOTS, `${name.replaceAll(' ', '-')}-${width}.png`), fullPage: true });
}

/** A picture of a page, and what is wrong with it; where there are no scripts nothing can look for that. */
async function shoot(page: Page, name: string): Promise<string[]> {
  await picture(page, name);
  return faults(page, `${name}, ${page.viewportSize()?.width}`);
}

const withoutScript = (width: number): Promise<BrowserContext> =>
  browser.newContext({ viewport: { width, height: 800 }, javaScriptEnabled: false });

it('every page can be read at every width, in both languages and without JavaScript, and its first view is light', async () => {
  const found: string[] = [];
  for (const width of WIDTHS) {
    const context = await browser.newContext({ viewport: { width, height: 800 } });
    const page = await context.newPage();
    const wrong: string[] = [];
    page.on('console', (message) => message.type() === 'error' && wrong.push(message.text()));
    for (const [name, path] of reading())
      for (const language of ['zh', 'en'] as const) {
        const asked = language === 'zh' ? path : `${path}${path.includes('?') ? '&' : '?'}lang=en`;
        await page.goto(at(asked));
        found.push(...(await shoot(page, `${name} ${language}`)));
      }
    expect(wrong.filter((each) => !each.includes('404'))).toEqual([]);
    await context.close();
  }
  expect(found).toEqual([]);
  const plain = await withoutScript(360);
  const page = await plain.newPage();
  let bytes = 0;
  page.on('response', async (response) => {
    bytes += (await response.body().catch(() => Buffer.alloc(0))).length;
  });
  await page.goto(at(`/cycles/${YEAR}`), { waitUntil: 'networkidle' });
  expect(await page.textContent('main')).toContain('入选，143 / 164 票（纸质票决）');
  expect(bytes).toBeGreaterThan(1000);
  expect(bytes).toBeLessThan(200_000);
  expect(await plain.cookies()).toEqual([]);
  await plain.close();
});

it('somebody proposes by keyboard alone, without JavaScript, and follows by the code', async () => {
  const context = await withoutScript(360);
  const page = await context.newPage();
  const found: string[] = [];
  const type = async (label: string, text: string) => {
    await page.getByLabel(label).focus();
    await page.keyboard.type(text);
  };
  await page.goto(at('/propose'));
  await type('标题', '人民路东段再装几盏路灯');
  await type('要办什么', '路灯不够亮，孩子放学不安全。');
  await page.keyboard.press('Tab');
  await page.keyboard.press('Enter');
  await page.getByText('有人提过类似的').waitFor();
  register.pass(10_000);
  await page.getByLabel('区域').selectOption('east');
  await type('姓名', '张三丰');
  await picture(page, 'details');
  await page.getByRole('button', { name: '提交' }).focus();
  await page.keyboard.press('Enter');
  const code = (await page.locator('.code').textContent()) ?? '';
  expect(code).toMatch(/^([0-9A-Z]{4}-){3}[0-9A-Z]{4}$/);
  await picture(page, 'receipt plain');
  expect(page.url()).not.toContain(code);
  await context.close();

  const scripted = await browser.newContext({ viewport: { width: 360, height: 800 } });
  const follow = await scripted.newPage();
  // The QR code opens this: the code is sent to nobody before somebody presses the button.
  await follow.goto(at(`/follow#${code}`));
  expect(await follow.inputValue('#code')).toBe(code);
  expect(follow.url()).not.toContain(code);
  await follow.getByRole('button', { name: '查询' }).click();
  await follow.getByText('尚未答复').waitFor();
  found.push(...(await shoot(follow, 'followed')));
  await follow.goto(at('/propose'));
  await follow.getByLabel('标题').fill('村口装一面凸面镜');
  await follow.getByLabel('要办什么').fill('村口弯道看不见来车。');
  await follow.getByRole('button', { name: '下一步' }).click();
  await follow.getByRole('button', { name: '提交' }).click();
  await follow.getByText('还没有提交').waitFor();
  found.push(...(await shoot(follow, 'again')));
  register.pass(10_000);
  await follow.getByRole('button', { name: '提交' }).click();
  await follow.locator('.code').waitFor();
  found.push(...(await shoot(follow, 'receipt')));
  await follow.goto(at('/projects/lamps/parts/1'));
  await follow.getByLabel('情况不符').check();
  await follow.getByLabel('说什么').fill('北段没有灯。');
  await follow.getByRole('button', { name: '下一步' }).click();
  found.push(...(await shoot(follow, 'voice')));
  register.pass(10_000);
  await follow.getByRole('button', { name: '提交' }).click();
  const voice = (await follow.locator('.code').textContent()) ?? '';
  found.push(...(await shoot(follow, 'voice taken')));
  await follow.goto(at(`/follow#${voice}`));
  await follow.getByRole('button', { name: '查询' }).click();
  await follow.getByText('文字正在核对').waitFor();
  found.push(...(await shoot(follow, 'voice followed')));
  expect(found).toEqual([]);
  await scripted.close();
});
