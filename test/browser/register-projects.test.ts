import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { REGISTER_ROUTES } from '../../coordinator/contract/register/routes.ts';
import { readList } from '../../shared/projects/read-list.ts';
import { sha256Hex } from '../../shared/protocol/bytes.ts';
import { answered, type TestRegister, YEAR } from '../support/running-register.ts';
import { barriers } from './axe.ts';
import { launchChromium } from './chromium.ts';
import { openAs, openSampleRegister, shoot } from './register.ts';

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
const CONFIRM = 'hv-register-projects hv-confirm dialog[open]';

/** Confirms what the page asks before an act. */
async function confirm(page: Page): Promise<void> {
  await page.click(`${CONFIRM} button.main`);
  await page.waitForSelector(CONFIRM, { state: 'detached' });
}

/** Writes the sheet of a new project with one part, and saves it. */
async function draft(page: Page, title: string, wan: string): Promise<void> {
  await page.click('[data-act=new-project]');
  await page.getByLabel('项目名称', { exact: true }).fill(title);
  await page.getByLabel('一句话说明（列在票上）').fill(`${title}，年内完工`);
  await page.getByLabel('类别').selectOption('housing');
  await page.getByLabel('责任单位').first().selectOption('city-management');
  await page.getByLabel('建设内容（为什么、做什么）').fill('夜间昏暗，补装路灯。');
  await page.getByLabel('受益对象').fill('沿线居民约 3 万人');
  await page.click('[data-act=add-part]');
  const part = page.locator('[data-part=p1]');
  await part.getByLabel('名称').fill('东河区路灯');
  await part.getByLabel('区域').selectOption('east');
  await part.getByLabel('目标数量').fill('260');
  await part.getByLabel('单位', { exact: true }).fill('盏');
  await part.getByLabel('来源').selectOption('city');
  await part.getByLabel('万元').fill(wan);
}

/** Changes the project that is open while somebody else does: both are there afterwards. */
async function editedByTwo(page: Page): Promise<void> {
  await page.click('[data-act=edit]');
  await page.getByLabel('受益对象').fill('沿线居民约 4 万人');
  await page.getByLabel('地点（可不填）').fill('人民路北段');
  const { ask } = await projectNow();
  await ask((sheet) => ({ ...sheet, content: '夜间昏暗，补装并更换路灯。', beneficiaries: '全镇居民' }));
  await page.click('[data-act=save]');
  await says(page, '您修改期间，此项目已被他人更改');
  await page.locator('hv-project-form .warn').scrollIntoViewIfNeeded();
  await shoot(page, 'projects-edited-by-two');
  expect(await barriers(page)).toEqual([]);
  await page.click('[data-act=go-on]');
  await page.click('[data-act=save]');
  await page.waitForSelector('[data-act=candidate]');
  expect((await projectNow()).sheet).toMatchObject({
    content: '夜间昏暗，补装并更换路灯。',
    beneficiaries: '沿线居民约 4 万人',
    parts: [{ place: '人民路北段' }],
  });
}

/** The first project, and how somebody else changes it. */
async function projectNow() {
  const client = await register.as('gov2');
  const cycle = await client.ask(REGISTER_ROUTES.cycle, { params: { year: String(YEAR) } });
  const [project] = answered(cycle).projects;
  if (!project) throw new Error('no project');
  const { id, sheet, sheetHash } = project;
  const ask = async (change: (was: typeof sheet) => typeof sheet) =>
    expect(
      await register.act('gov2', {
        act: 'change-project',
        project: id,
        read: sheetHash,
        sheet: change(sheet),
      }),
    ).toEqual({ is: 'done' });
  return { sheet, ask };
}

it('projects are drafted, put in order, and frozen by two persons who have read the list', async () => {
  const gov = await openAs(browser, register, 'gov', '/projects');
  await says(gov, '还没有项目');
  await shoot(gov, 'projects-none');
  await draft(gov, '人民路加装路灯', '很多');
  await gov.click('[data-act=save]');
  await says(gov, /第 1 项：资金须选来源并填金额/);
  await shoot(gov, 'projects-form', true);
  expect(await barriers(gov)).toEqual([]);
  await gov.locator('[data-part=p1]').getByLabel('万元').fill('128.05');
  await says(gov, '合计 128.05 万元');
  await gov.click('[data-act=save]');
  await says(gov, '✓ 齐全');
  await shoot(gov, 'projects-open');
  await editedByTwo(gov);
  await gov.click('[data-act=candidate]');
  await confirm(gov);
  for (const title of ['老旧小区加装电梯', '新建社区托育园']) {
    await draft(gov, title, '300');
    await gov.click('[data-act=save]');
    await gov.waitForSelector('[data-act=candidate]');
    await gov.click('[data-act=candidate]');
    await confirm(gov);
    await gov.waitForSelector('[data-act=withdraw]');
  }

  await gov.click('[data-tab=list]');
  await says(gov, '候选 3 个');
  // By keyboard: the last is moved up, and the keyboard stays with it.
  const order = () => gov.locator('hv-list-order li .title').allInnerTexts();
  await gov.locator('hv-list-order li').last().locator('[data-act=up]').focus();
  await gov.keyboard.press('Enter');
  expect(await order()).toEqual(['人民路加装路灯', '新建社区托育园', '老旧小区加装电梯']);
  await gov.keyboard.press('Enter');
  expect(await order()).toEqual(['新建社区托育园', '人民路加装路灯', '老旧小区加装电梯']);
  await gov.fill('input[name=places]', '3');
  await says(gov, '候选数须多于应选名额');
  expect(await gov.isDisabled('[data-act=submit-list]')).toBe(true);
  await gov.fill('input[name=places]', '2');
  await says(gov, '差额 1 个（50%）');
  await shoot(gov, 'projects-order');
  await gov.click('[data-act=submit-list]');
  await confirm(gov);
  await says(gov, '等待人大办冻结');

  const congress = await openAs(browser, register, 'congress', '/projects');
  await congress.click('[data-tab=list]');
  await congress.click('[data-act=freeze-list]');
  await confirm(congress);
  await says(congress, '等待第二人确认');
  await shoot(congress, 'projects-freeze-waits');
  const other = await openAs(browser, register, 'congress2', '/projects', [768, 1024]);
  await other.click('hv-register-waiting [data-act=read]');
  const reading = 'hv-waiting-dialog dialog[open]';
  await other.waitForSelector(`${reading} .read li`);
  expect(await other.locator(`${reading} .read h3`).allInnerTexts()).toEqual(await order());
  await shoot(other, 'projects-freeze-read-768');
  expect(await barriers(other)).toEqual([]);

  await other.click(`${reading} button.main`);
  await says(congress, '清单已冻结');
  await says(congress, /register\.yaml 未写会场公钥/);
  await shoot(congress, 'projects-frozen');
  expect(await barriers(congress)).toEqual([]);
  const address = await congress.locator('.files a[href*="/list-"]').getAttribute('href');
  const text = await (await fetch(`${register.running.http}${address}`)).text();
  expect(readList(text)?.projects.map(({ sheet: { title } }) => title.zh)).toEqual([
    '新建社区托育园',
    '人民路加装路灯',
    '老旧小区加装电梯',
  ]);
  const shown = await congress.locator('.fingerprint code').first().innerText();
  expect(shown.replaceAll(/\s/g, '')).toBe(sha256Hex(text));
});

it('a vote on paper is entered from its signed sheet, confirmed by another, and says so', async () => {
  const congress = await openAs(browser, register, 'congress', '/projects');
  await congress.click('[data-tab=list]');
  await congress.click('[data-act=enter-paper]');
  const form = 'hv-paper-dialog dialog[open]';
  for (const [name, value] of [
    ['roll', '164'],
    ['present', '158'],
    ['cast', '157'],
    ['votes-2027-01', '143'],
    ['votes-2027-02', '90'],
    ['votes-2027-03', '120'],
    ['reason', '会场停电'],
  ] as const)
    await congress.fill(`${form} input[name="${name}"]`, value);
  await congress.check(`${form} input[value="2027-01"]`);
  await congress.check(`${form} input[value="2027-03"]`);
  const sheet = await congress.screenshot({ type: 'png' });
  await congress
    .locator(`${form} input[type=file]`)
    .setInputFiles({ name: '计票单.png', mimeType: 'image/png', buffer: sheet });
  await congress.waitForSelector(`${form} .good`);
  await shoot(congress, 'projects-paper');
  await congress.click(`${form} button.main`);
  await says(congress, '等待第二人确认');
  const committee = await openAs(browser, register, 'committee', '/projects', [360, 740]);
  await committee.click('hv-register-waiting [data-act=read]');
  await says(committee, '会场停电');
  await shoot(committee, 'projects-paper-confirm-360');
  // Whoever confirms compares it with the sheet.
  const address = await committee.locator('hv-waiting-dialog dialog[open] a').getAttribute('href');
  const seen = await committee.evaluate(async (url) => {
    const { status, headers } = await fetch(url);
    return [status, headers.get('content-type'), headers.get('content-security-policy')];
  }, address ?? '');
  expect(seen).toEqual([200, 'image/jpeg', "default-src 'none'; sandbox"]);
  await committee.click('hv-waiting-dialog dialog[open] button.main');
  await congress.waitForSelector('.list .tag');
  expect(await congress.locator('.list table').first().innerText()).toMatch(
    /人民路加装路灯\s+143 \/ 164\s+✓ 入选/,
  );
  await shoot(congress, 'projects-decided');
  await congress.getByRole('button', { name: 'English', exact: true }).click();
  await says(congress, 'by paper');
  await shoot(congress, 'projects-decided-en');
  const proof = await congress.locator('.list a.public').getAttribute('href');
  expect(proof).toMatch(/#verify$/);
  const page = await (await fetch(`${register.running.http}${proof?.replace(/#.*/, '')}`)).text();
  expect(page).toMatch(/id="verify">Verify it yourself/);
  expect(await barriers(congress)).toEqual([]);
});

it('the administrator hands out codes, and everybody looks after their own account', async () => {
  const admin = await openAs(browser, register, 'admin', '/projects');
  await says(admin, '页没有您的角色可做的事');
  await admin.getByRole('link', { name: '人员管理' }).click();
  await says(admin, '李静');
  await shoot(admin, 'admin');
  expect(await barriers(admin)).toEqual([]);
  await admin.click('a.who');
  await says(admin, '已登录的设备');
  await shoot(admin, 'account');
  expect(await barriers(admin)).toEqual([]);
});
