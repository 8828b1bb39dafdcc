import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { LAMPS, openReporting } from '../support/reporting-register.ts';
import type { TestRegister } from '../support/running-register.ts';
import { barriers } from './axe.ts';
import { launchChromium } from './chromium.ts';
import { openAs, shoot } from './register.ts';

let browser: Browser;
let register: TestRegister;

beforeAll(async () => {
  mkdirSync(join(process.cwd(), 'test/results/register'), { recursive: true });
  browser = await launchChromium();
  register = await openReporting({ built: join(process.cwd(), 'dist/pages') });
});
afterAll(async () => {
  await browser?.close();
  await register?.stop();
});

const says = (page: Page, text: string | RegExp) => page.getByText(text).first().waitFor();
const PHONE = [390, 844] as const;
const DESK = [1280, 800] as const;

it('a body plans and reports, with what would be refused beside each field; the office reminds, and the body sees it', async () => {
  const body = await openAs(browser, register, LAMPS, '/reports', DESK);
  await says(body, '市城市管理局的任务');
  await body.locator('[data-duty=plan]').first().click();
  await body.locator('select[name=first]').selectOption('2027-01');
  await body.click('[data-act=spread]');
  const last = body.locator('input[name="wan-2027-11"]');
  const whole = await last.inputValue();
  await last.fill('99999');
  await says(body, '计划资金合计须等于该子项目投资');
  await body.click('[data-act=send-plan]');
  await shoot(body, 'reports-plan', true);
  expect(await barriers(body)).toEqual([]);
  // What was typed is still there, and one figure cures it.
  expect(await body.locator('input[name="percent-2027-11"]').inputValue()).toBe('100');
  await last.fill(whole);
  await body.click('[data-act=send-plan]');
  await says(body, '✓ 计划已报送');
  expect(await body.locator('[data-duty=report]').count()).toBe(4);

  await body.locator('input[name=done]').fill('50');
  await body.locator('input[name=appropriated]').fill('30');
  await body.locator('input[name=paid]').fill('40');
  await says(body, '支付金额大于到位金额');
  await body.locator('input[name=paid]').fill('20');
  const after = body.locator('.after hv-work-light');
  await after.getByText('灰灯').waitFor();
  await after.locator('summary').focus();
  await body.keyboard.press('Enter');
  await after.getByText(/2027 年 2 月的月报逾期未报/).waitFor();
  await shoot(body, 'reports-report', true);
  expect(await barriers(body)).toEqual([]);
  await body.click('[data-act=send-report]');
  await says(body, '✓ 月报已报送');
  // The next month that is owed, beside what was reported.
  expect(await body.locator('select[name=month]').inputValue()).toBe('2027-02');
  expect(await body.locator('#done-beside dd').first().innerText()).toBe('50');

  const office = await openAs(browser, register, 'congress', '/reports', PHONE);
  await says(office, '1 个单位，3 份');
  await shoot(office, 'reports-office-390', true);
  expect(await barriers(office)).toEqual([]);
  await office.click('[data-act=remind-all]');
  await office
    .getByText(/李静 .* 催报/)
    .nth(2)
    .waitFor();

  const phone = await openAs(browser, register, LAMPS, '/reports', PHONE);
  await phone.locator('.reminded').nth(2).waitFor();
  await shoot(phone, 'reports-390', true);
  expect(await barriers(phone)).toEqual([]);
  await phone.locator('[data-duty=report]').first().click();
  await phone.locator('input[name=done]').waitFor();
  await shoot(phone, 'reports-report-390', true);
  expect(await barriers(phone)).toEqual([]);
  const isWider = await phone.evaluate(() => document.documentElement.scrollWidth > innerWidth);
  expect(isWider).toBe(false);
});
