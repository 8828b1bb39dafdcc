import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { REGISTER_ROUTES } from '../../coordinator/contract/register/routes.ts';
import { type TestRegister, YEAR } from '../support/running-register.ts';
import { barriers } from './axe.ts';
import { launchChromium } from './chromium.ts';
import { openAs, openSampleRegister, proposeSome, shoot } from './register.ts';

let browser: Browser;
let register: TestRegister;

beforeAll(async () => {
  browser = await launchChromium();
  register = await openSampleRegister();
});
afterAll(async () => {
  await browser?.close();
  await register?.stop();
});

const says = (page: Page, text: string | RegExp) => page.getByText(text).first().waitFor();
const DIALOG = 'hv-desk-dialog dialog[open]';

/** Sends the dialog that is open, and waits until it is gone. */
async function send(page: Page, dialog = DIALOG): Promise<void> {
  await page.click(`${dialog} button.main`);
  await page.waitForSelector(dialog, { state: 'detached' });
}

it('from a deputy’s proposal to answers that are released together, most of it by keyboard', async () => {
  const ids = await proposeSome(register);
  const [lamps = '', , , , bridge = ''] = ids;
  const gov = await openAs(browser, register, 'gov', '/desk');
  await says(gov, '人民路加装路灯');
  await shoot(gov, 'desk-queue');

  await gov.click(`[data-open="${lamps}"]`);
  await says(gov, '来件原文');
  // The register's own time, wherever the browser is.
  await says(gov, '2026年10月8日 09:00');
  await shoot(gov, 'desk-open');
  expect(await barriers(gov)).toEqual([]);
  await gov.keyboard.press('c');
  await gov.waitForSelector(DIALOG);
  await says(gov, /文中可能还有个人信息：13800001234/);
  await shoot(gov, 'desk-clear');
  await gov.fill(`${DIALOG} textarea`, '人民路夜间昏暗，老人孩子出行不便，建议加装路灯。');
  await send(gov);
  await says(gov, '核对后的文字（公开）');
  await gov.keyboard.press('f');
  await gov.selectOption(`${DIALOG} select[name=category]`, 'housing');
  await gov.selectOption(`${DIALOG} select[name=area]`, 'east');
  await send(gov);

  // A department reads what is cleared, says what it thinks, and decides nothing.
  const department = await openAs(browser, register, 'transport', `/desk?p=${lamps}`, [768, 1024]);
  await department.click('[data-act=opine]');
  await department.check(`${DIALOG} input[name=needed][value=yes]`);
  await department.fill(`${DIALOG} input[name=needed-reason]`, '夜间事故较多，确有需要');
  await shoot(department, 'desk-opine-768');
  await send(department);
  await says(department, '夜间事故较多');
  expect(await department.locator('[data-act=adopt], [data-act=clear]').count()).toBe(0);
  const deputy = await openAs(browser, register, 'deputy2', `/desk?p=${lamps}`, [360, 740]);
  await deputy.click('[data-act=second]');
  await deputy.click('hv-confirm dialog[open] button.main');
  await says(deputy, '吴刚');
  expect(await deputy.getByText('夜间事故较多').count()).toBe(0);
  await shoot(deputy, 'desk-deputy-360');
  await deputy.click('button.back');
  await says(deputy, '共 1 件');
  await shoot(deputy, 'desk-deputy-queue-360');
  expect(await barriers(deputy)).toEqual([]);

  await says(gov, '吴刚');
  await gov.keyboard.press('a');
  await gov.fill(`${DIALOG} input[name=summary]`, '主干道路灯补亮，年内完工');
  await gov.selectOption(`${DIALOG} select[name=lead]`, 'city-management');
  await shoot(gov, 'desk-adopt');
  await send(gov);
  await says(gov, '拟：采纳');

  // Several at once, without a pointer.
  await gov.locator(`[data-open="${bridge}"]`).focus();
  await gov.keyboard.press('Enter');
  await says(gov, '新建跨江大桥');
  await gov.keyboard.press('x');
  await gov.keyboard.press('k');
  await gov.keyboard.press('k');
  await gov.keyboard.press('x');
  await says(gov, '已选 2 件');
  await shoot(gov, 'desk-marked');
  await gov.keyboard.press('?');
  await says(gov, '启用字母快捷键');
  await shoot(gov, 'desk-keys');
  await gov.keyboard.press('Escape');
  await says(gov, '已选 2 件');
  await gov.keyboard.press('e');
  await gov.keyboard.press('Space');
  await gov.keyboard.press('Tab');
  await gov.keyboard.type('不属于民生实事的范围');
  await shoot(gov, 'desk-exclude');
  await gov.keyboard.press('Control+Enter');
  await gov.waitForSelector(DIALOG, { state: 'detached' });
  await gov.click('[data-stage=drafted]');
  await says(gov, '拟：不列入');
  await says(gov, '共 3 件');
  await shoot(gov, 'desk-drafted');
  expect(await barriers(gov)).toEqual([]);

  const congress = await openAs(browser, register, 'congress', '/desk');
  await congress.click('[data-act=release]');
  await says(congress, '一次公布全部答复');
  expect(await congress.locator('hv-release-dialog table').innerText()).toMatch(
    /采纳\s+1[\s\S]*不列入\s+2[\s\S]*合计\s+3/,
  );
  await shoot(congress, 'desk-release');
  // Another answer is drafted while somebody reads how many there are: it does not go out unseen.
  const outcome = { is: 'excluded', ground: 'large', reason: '另行研究' } as const;
  await register.act('gov', { act: 'draft-decision', proposal: bridge, outcome });
  await congress.click('hv-release-dialog dialog[open] button.main');
  await says(congress, /在您查看之后有增减或改动/);
  await shoot(congress, 'desk-release-refused');
  // The keyboard is still the dialog's.
  await congress.keyboard.press('Escape');
  await congress.waitForSelector('hv-release-dialog dialog[open]', { state: 'detached' });
  await says(congress, '拟：不列入');
  await says(congress, '共 3 件');
  await shoot(congress, 'desk-release-again');
  await congress.click('[data-act=release]');
  await send(congress, 'hv-release-dialog dialog[open]');
  await congress.click('[data-stage=excluded]');
  await says(congress, '✓ 不列入');
  await deputy.reload();
  await says(deputy, '共 0 件');
  await deputy.click('[data-stage=adopted]');
  await says(deputy, '✓ 采纳');
});

it('a letter is entered with its scan, and its receipt is shown once', async () => {
  const congress = await openAs(browser, register, 'congress', '/desk', [768, 1024]);
  await congress.click('[data-act=propose]');
  const form = 'hv-propose-dialog dialog[open]';
  await congress.fill(`${form} input[name=title]`, '菜市场加盖雨棚');
  await congress.fill(`${form} textarea[name=text]`, '菜市场下雨积水，建议加盖雨棚。');
  await congress.fill(`${form} input[name=name]`, '钱小七');
  const scan = await congress.screenshot({ type: 'png' });
  const files = congress.locator(`${form} input[type=file]`);
  await files.setInputFiles({ name: '说明.txt', mimeType: 'text/plain', buffer: Buffer.from('不是图片') });
  await says(congress, '只接受 JPEG、PNG、WebP 图片和 PDF');
  await files.setInputFiles({ name: '来信.png', mimeType: 'image/png', buffer: scan });
  await congress.waitForSelector(`${form} .good`);
  await shoot(congress, 'desk-enter-768');
  await congress.click(`${form} button.main`);
  await says(congress, /已收到，编号/);
  expect(await congress.locator(`${form} .code`).innerText()).toMatch(/^([0-9A-Z]{4}-){3}[0-9A-Z]{4}$/);
  await shoot(congress, 'desk-receipt-768');
  expect(await barriers(congress)).toEqual([]);
  await congress.click(`${form} [data-act=close]`);

  const gov = await register.as('gov');
  const queue = await gov.ask(REGISTER_ROUTES.proposals, { body: { cycle: YEAR, text: '菜市场' } });
  const [row] = queue.is === 'answered' ? queue.value.rows : [];
  const office = await openAs(browser, register, 'gov', `/desk?p=${row?.id}`);
  await office.waitForFunction(() => {
    const view = document
      .querySelector('hv-register-desk')
      ?.shadowRoot?.querySelector('hv-proposal')?.shadowRoot;
    return (view?.querySelector('img')?.naturalWidth ?? 0) > 0;
  });
  await shoot(office, 'desk-letter');
});

it('letters come in from a table: what is not right is said, the rest is entered, and its codes are shown once', async () => {
  const congress = await openAs(browser, register, 'congress', '/desk', [390, 844]);
  await congress.click('[data-act=enter-table]');
  const form = 'hv-entry-dialog dialog[open]';
  const head = '建议编号,来源渠道,标题,内容,地点,姓名,扫描件文件名';
  const rows = [
    `${YEAR}-7K3QM0B,来信,校门口修人行道,学校门口没有人行道，孩子走在马路上。,实验小学,周老师,`,
    `${YEAR}-7K3QM0C,微信,公交加座椅,站台没有座椅。,,,`,
  ];
  const table = { name: '录入.csv', mimeType: 'text/csv', buffer: Buffer.from([head, ...rows].join('\r\n')) };
  await congress.setInputFiles(`${form} input[name=table]`, table);
  await congress.check(`${form} input[value=table]`);
  const scan = await congress.screenshot({ type: 'png' });
  const scans = congress.locator(`${form} hv-file-field input`);
  await scans.setInputFiles({ name: '全部来信.png', mimeType: 'image/png', buffer: scan });
  await congress.waitForSelector(`${form} .good`);
  await congress.click(`${form} button.main`);
  await says(congress, /第 3 行 B 来源渠道 列/);
  await shoot(congress, 'desk-entry-390');
  await congress.setViewportSize({ width: 1280, height: 800 });
  await shoot(congress, 'desk-entry-1280');
  expect(await barriers(congress)).toEqual([]);
  await congress.click(`${form} button.main`);
  await says(congress, '已录入 1 件');
  expect(await congress.locator(`${form} td code`).allInnerTexts()).toEqual([
    `${YEAR}-7K3QM0B`,
    expect.stringMatching(/^([0-9A-Z]{4}-){3}[0-9A-Z]{4}$/),
  ]);
  await shoot(congress, 'desk-entry-receipts-1280');
  await congress.click(`${form} [data-act=close]`);
  await says(congress, '校门口修人行道');
});
