import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { screenView } from '../../terminal/screen/screen-view.ts';
import { ScreenServer } from '../../terminal/screen/server.ts';
import { gallery } from '../../terminal/testing/gallery.ts';
import { HANG_MS } from '../support/hang.ts';
import { barriers } from './axe.ts';
import { launchChromium } from './chromium.ts';

const SHOTS = join(process.cwd(), 'test', 'results', 'seat');
const STATES = gallery();
/** The small touch screen of a Raspberry Pi, the larger one made for it, and a common one. */
const SIZES = [
  [800, 480],
  [1024, 600],
  [1280, 720],
] as const;

let browser: Browser;
let server: ScreenServer;
let url: string;

const touched: string[] = [];

beforeAll(async () => {
  mkdirSync(SHOTS, { recursive: true });
  server = new ScreenServer({
    port: 0,
    language: 'zh',
    pages: join(process.cwd(), 'dist/pages'),
    board: null,
    report: () => {},
    onRead: (read) => touched.push(read),
  });
  url = `http://127.0.0.1:${await server.start()}/seat`;
  browser = await launchChromium();
});

afterAll(async () => {
  await browser?.close();
  await server?.stop();
});

/** What is cut off or runs over: empty where the whole screen can be read. */
function misfits(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const root = document.querySelector('hv-seat')?.shadowRoot;
    if (!root) return ['there is no seat on the page'];
    const { innerWidth, innerHeight } = window;
    const found: string[] = [];
    if (document.documentElement.scrollHeight > innerHeight + 1) found.push('the page scrolls');
    // Cut off within its own box, with an ellipsis or without; in pixels, since a glyph's box is taller than its line.
    for (const element of root.querySelectorAll('*')) {
      const { overflowX, fontSize } = getComputedStyle(element);
      const text = (element.textContent ?? '').trim().slice(0, 30);
      if (element.matches('.unseen') || overflowX === 'visible') continue;
      const over = [element.scrollWidth - element.clientWidth, element.scrollHeight - element.clientHeight];
      if (over.some((px) => px > Number.parseFloat(fontSize) / 4)) found.push(`“${text}” is cut off within`);
    }
    for (const element of root.querySelectorAll('.what, .name, .deputy')) {
      const text = (element.textContent ?? '').trim().slice(0, 30);
      if (getComputedStyle(element).textOverflow === 'ellipsis') found.push(`“${text}” ends in …`);
    }
    const floor = root.querySelector('main')?.getBoundingClientRect().bottom ?? innerHeight;
    for (const element of root.querySelectorAll('main :is(h1, p, dd)')) {
      const { bottom, width } = element.getBoundingClientRect();
      const text = (element.textContent ?? '').trim().slice(0, 30);
      if (width > 0 && bottom > floor + 2) found.push(`“${text}” runs into what stands below`);
    }
    for (const element of root.querySelectorAll('h1, p, strong, dd, .key, .keys > *')) {
      const box = element.getBoundingClientRect();
      const text = (element.textContent ?? '').trim().slice(0, 30);
      if (box.width === 0 || text === '') continue;
      if (box.right > innerWidth + 1 || box.left < -1) found.push(`“${text}” runs over the side`);
      if (box.bottom > innerHeight + 1 && !element.closest('ol, ul'))
        found.push(`“${text}” is cut off below`);
    }
    return found;
  });
}

describe.each(SIZES)('the seat’s screen at %i×%i', (width, height) => {
  it.each(['zh', 'en'] as const)('shows every state whole, in %s', async (language) => {
    const page = await browser.newPage({ viewport: { width, height } });
    page.setDefaultTimeout(HANG_MS);
    const errors: string[] = [];
    page.on('pageerror', (error) => errors.push(error.message));
    await page.goto(`${url}?lang=${language}`);
    for (const [i, [name, state]] of Object.entries(STATES).entries()) {
      // The seat's number says which state is on the screen.
      const seat = `${width}-${language}-${i}`;
      server.show({ ...screenView(state, 'AbCd EfGh IjKl MnOp'), seat });
      await page.waitForFunction(
        (seat) =>
          document.querySelector('hv-seat')?.shadowRoot?.querySelector('.seat')?.textContent?.includes(seat),
        seat,
      );
      // To be looked at: in English on the smallest alone.
      if (language === 'zh' || width === 800)
        await page.screenshot({ path: join(SHOTS, `${name}-${width}-${language}.png`) });
      // Whatever the size.
      if (width === 800) expect(await barriers(page), `${name} in ${language}`).toEqual([]);
      expect(await misfits(page), `${name} at ${width}×${height} in ${language}`).toEqual([]);
    }
    expect(errors).toEqual([]);
    await page.close();
  });
});

it('a touch reads, by the tiles that are about reading, and chooses nothing', async () => {
  const page = await browser.newPage({ viewport: { width: 800, height: 480 } });
  page.setDefaultTimeout(HANG_MS);
  await page.goto(`${url}?lang=zh`);
  const tiles = page.locator('hv-seat .key');
  const show = async (name: string, word: string) => {
    const state = STATES[name];
    if (!state) throw new Error(`there is no ${name}`);
    server.show(screenView(state, ''));
    await page.locator('hv-seat .key .word', { hasText: word }).waitFor();
  };
  await show('candidate-with-sheet', '详情');
  for (const i of [0, 1, 2, 4]) await tiles.nth(i).click();
  await tiles.nth(3).click();
  await show('sheet-parts', '上一页');
  for (const i of [1, 4, 3, 2, 0]) await tiles.nth(i).click();
  // What came last comes after all the others.
  await expect.poll(() => touched.at(-1)).toBe('back');
  expect(touched).toEqual(['sheet', 'page-on', 'page-back', 'back']);
  await page.close();
});
