import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { playYear } from '../support/public-year.ts';
import { type TestRegister, YEAR } from '../support/running-register.ts';
import { barriers } from './axe.ts';
import { launchChromium } from './chromium.ts';
import { openAs, openSampleRegister, shoot } from './register.ts';

let browser: Browser;
let register: TestRegister;
const TO_JULY = Date.parse('2027-07-10T09:00:00+08:00') - Date.parse('2026-10-08T09:00:00+08:00');

beforeAll(async () => {
  browser = await launchChromium();
  register = await openSampleRegister();
  await playYear(register, 'voted');
  // Nobody stays signed in for so long.
  register = await register.again();
  register.pass(TO_JULY);
});
afterAll(async () => {
  await browser?.close();
  await register?.stop();
});

it('from the calendar to a published report: words are written, figures stay, and everybody reads both', async () => {
  const congress = await openAs(browser, register, 'congress', '/notices-desk', [1280, 900]);
  await congress.getByText('报送实施计划').first().waitFor();
  await shoot(congress, 'notices-calendar-1280', true);
  expect(await barriers(congress)).toEqual([]);
  await congress.click(`[data-make="mid-year-report/${YEAR}"]`);
  await congress.fill('textarea[name=preamble]', '上半年情况报告如下。');
  expect(await congress.locator('[data-act=publish]').isDisabled()).toBe(true);
  // Whoever turns away and comes back finds what they wrote.
  const kept = congress.waitForResponse('**/api/notices/preview');
  await congress.setViewportSize({ width: 768, height: 1024 });
  await congress.click('button.back');
  await kept;
  await congress.click(`[data-make="mid-year-report/${YEAR}"]`);
  await congress.locator('textarea[name=preamble]').waitFor();
  expect(await congress.inputValue('textarea[name=preamble]')).toBe('上半年情况报告如下。');
  await congress.setViewportSize({ width: 1280, height: 900 });
  await congress.fill('textarea[name=next]', '紧盯落后项目。');
  await congress.click('[data-act=save]');
  await congress.getByText('文字已保存').waitFor();
  // No field of the document is a figure.
  expect(await congress.locator('hv-notice-editor .figures :is(input, textarea)').count()).toBe(0);
  await shoot(congress, 'notices-editor-1280', true);
  expect(await barriers(congress)).toEqual([]);
  await congress.setViewportSize({ width: 768, height: 1024 });
  await shoot(congress, 'notices-editor-768', true);
  await congress.click('[data-act=publish]');
  await congress.getByText('账本，任何人可见').waitFor();
  // Meanwhile a project has become a share of another register's: its figures stand there, and no longer in this report.
  const link = { act: 'link', project: 'lamps', to: { register: 'province', project: 'p1' } } as const;
  expect(await register.act('gov', link)).toEqual({ is: 'done' });
  await congress.click('hv-confirm dialog[open] button.main');
  await congress.getByText('数据已经变化，没有发布').waitFor();
  await shoot(congress, 'notices-moved-768', true);
  expect(await barriers(congress)).toEqual([]);
  await congress.click('hv-confirm dialog[open] button:has-text("取消")');
  await congress.getByText('另有1件是上级项目的份额').waitFor();
  expect(await congress.inputValue('textarea[name=preamble]')).toBe('上半年情况报告如下。');
  await congress.click('[data-act=publish]');
  await congress.getByText('账本，任何人可见').waitFor();
  await shoot(congress, 'notices-publish-768');
  await congress.click('hv-confirm dialog[open] button.main');
  await congress.getByText('✓ 已发布').first().waitFor();

  const deputy = await openAs(browser, register, 'deputy1', '/notices-desk', [390, 844]);
  await deputy.locator('ul.published li').first().waitFor();
  expect(await deputy.locator('[data-make], [data-correct]').count()).toBe(0);
  await deputy.getByRole('button', { name: 'English', exact: true }).click();
  await deputy.getByText('Published').first().waitFor();
  await shoot(deputy, 'notices-deputy-390', true);
  expect(await barriers(deputy)).toEqual([]);
  await deputy.click('ul.published a');
  await deputy.getByText('上半年情况报告如下。').waitFor();
  await shoot(deputy, 'notices-public-390', true);
  expect(await barriers(deputy)).toEqual([]);
  const inside = await deputy.evaluate(() => [document.documentElement.scrollWidth, innerWidth]);
  expect(inside[0]).toBeLessThanOrEqual(inside[1] ?? 0);
});
