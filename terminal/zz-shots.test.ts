import { test } from 'vitest';
import { chromium } from '/work/main/node_modules/playwright-core/index.mjs';
import { ScreenServer } from '/work/main/terminal/screen/server.ts';
import { screenView } from '/work/main/terminal/screen/screen-view.ts';
import { gallery } from '/work/main/terminal/testing/gallery.ts';
import { SimulatedBoard } from '/work/main/hardware/simulated-board.ts';
test('shots', async () => {
  const io = new SimulatedBoard();
  const server = new ScreenServer({ port: 0, language: 'zh', pages: '/tmp/seat-pages', board: { io, cards: [{ card: '04A1B2C3', label: '王秀兰 3排12座' }] } });
  const port = await server.start();
  const browser = await chromium.launch({ executablePath: '/usr/bin/chromium', args: ['--no-sandbox','--disable-gpu','--disable-quic','--no-first-run','--disable-background-networking','--disable-component-update','--disable-sync'] });
  const only = process.env.ONLY?.split(',');
  for (const [w, h, lang] of [[800,480,'zh'],[800,480,'en'],[1280,720,'zh']] as const) {
    const page = await browser.newPage({ viewport: { width: w, height: h } });
    page.on('console', (m) => console.log('console', m.text()));
    page.on('pageerror', (m) => console.log('pageerror', m.message));
    await page.goto(`http://127.0.0.1:${port}/seat?lang=${lang}`);
    for (const [name, state] of Object.entries(gallery())) {
      if (only && !only.includes(name)) continue;
      server.show(screenView(state, 'aBcD 1234 eFgH 5678'));
      await page.waitForTimeout(120);
      const bad = await page.evaluate(() => { const m = document.querySelector('hv-seat')!.shadowRoot!.querySelector('main')!; return [m.scrollHeight > m.clientHeight + 1, m.scrollWidth > m.clientWidth + 1]; });
      if (bad.some(Boolean)) console.log('OVERFLOW', w, lang, name, bad);
      await page.screenshot({ path: `/tmp/shots/${w}-${lang}-${name}.png` });
    }
    await page.close();
  }
  const page = await browser.newPage({ viewport: { width: 1100, height: 900 } });
  page.on('console', (m) => console.log('console', m.text()));
  await page.goto(`http://127.0.0.1:${port}/board?lang=zh`);
  await page.waitForTimeout(600);
  await page.screenshot({ path: `/tmp/shots/board.png` });
  await browser.close(); await server.stop();
}, 200000);
