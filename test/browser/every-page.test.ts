import { appendFileSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { OPEN_WIRE } from '../../coordinator/contract/wire.ts';
import { HallProcess, PASSWORD } from '../crash/hall-process.ts';
import { testSeat } from '../support/open-hall.ts';
import { barriers } from './axe.ts';
import { launchChromium } from './chromium.ts';
import { type RunningDemo, startDemo } from './demo.ts';
import { type Stop, staffTour, tour } from './tour.ts';

const SHOTS = join(process.cwd(), 'test', 'results', 'pages');

let browser: Browser;
let demo: RunningDemo;

beforeAll(async () => {
  mkdirSync(SHOTS, { recursive: true });
  browser = await launchChromium();
  demo = await startDemo('--seats', '24', '--speed', '25', '--no-register');
});

afterAll(async () => {
  await browser?.close();
  await demo?.stop();
});

/** Why a page may not scroll as it does: null where it does not, or where what it says reaches that far. */
function needlessScroll(page: Page): Promise<string | null> {
  return page.evaluate(() => {
    const { scrollWidth, clientWidth, scrollHeight, clientHeight } = document.documentElement;
    if (scrollWidth > clientWidth) return `it scrolls sideways: ${scrollWidth} in ${clientWidth}`;
    if (scrollHeight <= clientHeight) return null;
    const all = (root: Document | ShadowRoot): Element[] =>
      [...root.querySelectorAll('*')].flatMap((element) => [
        element,
        ...(element.shadowRoot ? all(element.shadowRoot) : []),
      ]);
    const says = (element: Element) =>
      element.matches('button, input, select, svg') ||
      [...element.childNodes].some((node) => node instanceof Text && node.data.trim() !== '');
    const lowest = Math.max(
      ...all(document)
        .filter((element) => says(element) && !element.closest('.unseen, style, script'))
        .map((element) => element.getBoundingClientRect().bottom + scrollY),
    );
    // Below the last line stand the margins of what it is in.
    const margins = 4 * Number.parseFloat(getComputedStyle(document.documentElement).fontSize);
    return lowest + margins <= clientHeight
      ? `it scrolls ${scrollHeight} in ${clientHeight}, and says nothing below`
      : null;
  });
}

/** What is wrong with a page there; a picture of it is kept. Axe looks at pages, not at the one line more that some have. */
async function look({ name, language, page }: Stop, isSeenByAxe = false): Promise<string[]> {
  const where = `${name}, ${language}`;
  await page.screenshot({ path: join(SHOTS, `${where.replaceAll(', ', '-').replaceAll(' ', '-')}.png`) });
  const barred = isSeenByAxe ? [] : await barriers(page);
  const found = [await needlessScroll(page), ...barred].filter((each) => each !== null);
  const { lang, dir } = await page.evaluate(() => ({
    lang: document.documentElement.lang,
    dir: document.documentElement.dir,
  }));
  if (lang !== (language === 'zh' ? 'zh-CN' : 'en') || dir !== 'ltr')
    found.push(`it calls itself “${lang}”, written “${dir}”`);
  return found.map((each) => `${where}: ${each}`);
}

const openWireOf = (page: Page) => page.locator('p.open-wire:visible').allTextContents();

it('every page, in both languages: no scroll bar where what it says fits, and no barrier', async () => {
  const found: string[] = [];
  await tour(browser, demo, async (stop) => {
    found.push(...(await look(stop)));
    // The demo's hall is reached on its own machine alone.
    if ((await openWireOf(stop.page)).length > 0)
      found.push(`${stop.name}: it says that the network is in the clear`);
  });
  expect(found).toEqual([]);
});

it('every page of the staff, in both languages: says so where the hall speaks in the clear', async () => {
  const hall = HallProcess.of([testSeat(1)]);
  try {
    appendFileSync(join(hall.folder, 'hall.yaml'), 'insecure: true\n');
    await hall.start();
    const found: string[] = [];
    const said = new Map<string, string[]>();
    const banners = new Set<string>();
    await staffTour(browser, { http: hall.ready.http, password: PASSWORD }, async (stop) => {
      said.set(`${stop.name}, ${stop.language}`, await openWireOf(stop.page));
      const isKnown = banners.has(stop.language);
      banners.add(stop.language);
      found.push(...(await look({ ...stop, name: `in the clear, ${stop.name}` }, isKnown)));
    });
    expect(found).toEqual([]);
    expect(said.size).toBe(2 * (2 + 2 * 6));
    for (const [where, texts] of said)
      expect(texts, where).toEqual([`⚠ ${where.endsWith(', zh') ? OPEN_WIRE.zh : OPEN_WIRE.en}`]);
  } finally {
    await hall.kill();
    hall.remove();
  }
});
