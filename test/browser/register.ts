import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { REGISTER_ROUTES } from '../../coordinator/contract/register/routes.ts';
import { HANG_MS } from '../support/hang.ts';
import { answered, openRegister, type TestRegister, YEAR } from '../support/running-register.ts';
import { passwordOf } from '../support/signed-in.ts';

const SHOTS = join(process.cwd(), 'test', 'results', 'register');
/** The folder of the built pages. */
export const BUILT = join(process.cwd(), 'dist/pages');

/** The sample register with its built pages, collecting. */
export async function openSampleRegister(): Promise<TestRegister> {
  mkdirSync(SHOTS, { recursive: true });
  const register = await openRegister({ built: BUILT });
  await register.act('congress', { act: 'open-cycle', cycle: YEAR, from: '2026-10-01', to: '2026-10-31' });
  return register;
}

/** What people ask for. */
const ASKED = [
  ['人民路加装路灯', '人民路夜间昏暗，老人孩子出行不便，建议加装路灯。请联系张先生13800001234。'],
  ['老旧小区加装电梯', '幸福小区都是六层老楼，住户多为老人，上下楼困难，建议加装电梯。'],
  ['人民路路灯太少', '晚上下班走人民路看不清路，希望多装路灯。'],
  ['新建社区托育园', '双职工家庭多，附近没有托育机构，建议新建社区托育园。'],
  ['新建跨江大桥', '建议在东河区新建一座跨江大桥，缩短两岸通行时间。'],
  ['镇卫生院添置彩超', '北塘县群众做彩超要到市里，建议为镇卫生院添置彩超设备。'],
  ['我家门口修一条水泥路', '我家门口的路坑坑洼洼，请修好。'],
  ['增加公交晚班车', '晚上九点后没有公交，晚班工人回家难。'],
] as const;

/** Proposals of deputies, a department and the office’s letters. @returns their ids, in the order in which they came in. */
export async function proposeSome(register: TestRegister): Promise<string[]> {
  const ids: string[] = [];
  for (const [i, [title, text]] of ASKED.entries()) {
    const person = (['deputy1', 'deputy2', 'education'] as const)[i % 3] ?? 'deputy1';
    const body = {
      cycle: YEAR,
      channel: 'meeting' as const,
      wording: { title, text, place: { name: '东河区人民路' } },
      proposer: { name: '张先生', telephone: '13800001234', address: null },
      attachments: [],
    };
    const received = answered(await (await register.as(person)).ask(REGISTER_ROUTES.propose, { body }));
    if (received.is === 'received') ids.push(received.proposal);
  }
  return ids;
}

/** Where a browser is and the register is not. */
const FAR_AWAY = 'America/New_York';

/** A browser of somebody’s own, signed in. */
export async function openAs(
  browser: Browser,
  register: TestRegister,
  person: string,
  path: string,
  [width, height]: readonly [number, number] = [1440, 900],
): Promise<Page> {
  const context = await browser.newContext({ viewport: { width, height }, timezoneId: FAR_AWAY });
  const page = await context.newPage();
  page.setDefaultTimeout(HANG_MS);
  await page.goto(`${register.running.http}${path}`);
  await page.fill('input[name=person]', person);
  await page.fill('input[name=secret]', passwordOf(person));
  await page.click('form button.main');
  await page.waitForSelector('header nav');
  return page;
}

/** A picture of the page, to be looked at. */
export const shoot = (page: Page, name: string, fullPage = false) =>
  page.screenshot({ path: join(SHOTS, `${name}.png`), fullPage });
