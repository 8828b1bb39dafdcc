import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { barriers } from './axe.ts';
import { launchChromium } from './chromium.ts';
import { type RunningDemo, startDemo } from './demo.ts';
import { tour } from './tour.ts';

const SHOTS = join(process.cwd(), 'test', 'results', 'pages');

let browser: Browser;
let demo: RunningDemo;

beforeAll(async () => {
  mkdirSync(SHOTS, { recursive: true });
  browser = await launchChromium();
  demo = await startDemo('--seats', '24', '--speed', '25');
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

it('every page, in both languages: no scroll bar where what it says fits, and no barrier', async () => {
  const found: string[] = [];
  await tour(browser, demo, async ({ name, language, page }) => {
    const where = `${name}, ${language}`;
    await page.screenshot({ path: join(SHOTS, `${where.replaceAll(', ', '-').replaceAll(' ', '-')}.png`) });
    const scroll = await needlessScroll(page);
    if (scroll) found.push(`${where}: ${scroll}`);
    for (const barrier of await barriers(page)) found.push(`${where}: ${barrier}`);
    const { lang, dir } = await page.evaluate(() => ({
      lang: document.documentElement.lang,
      dir: document.documentElement.dir,
    }));
    if (lang !== (language === 'zh' ? 'zh-CN' : 'en') || dir !== 'ltr')
      found.push(`${where}: it calls itself “${lang}”, written “${dir}”`);
  });
  expect(found).toEqual([]);
});
