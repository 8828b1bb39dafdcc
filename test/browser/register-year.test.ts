import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser, Locator, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { sampleScan } from '../../coordinator/rehearsal/register/sample-scan.ts';
import { HANG_MS } from '../support/hang.ts';
import type { TestRegister } from '../support/running-register.ts';
import { passwordOf } from '../support/signed-in.ts';
import { JUNE, openWatchedYear, workAs } from '../support/watched-year.ts';
import { barriers } from './axe.ts';
import { launchChromium } from './chromium.ts';
import { BUILT, shoot } from './register.ts';

let browser: Browser;
let register: TestRegister;
/** What register and hall leave for one another. */
const exchange = mkdtempSync(join(tmpdir(), 'hallvote-exchange-'));

beforeAll(async () => {
  browser = await launchChromium();
  const change = (file: string) => `${file}\nhall: { folder: ${JSON.stringify(exchange)} }\n`;
  register = await openWatchedYear({ built: BUILT, change });
});
afterAll(async () => {
  await browser?.close();
  await register?.stop();
  rmSync(exchange, { recursive: true, force: true });
});

const says = (page: Page, text: string | RegExp) => page.getByText(text).first().waitFor();

async function signIn(page: Page, person: string): Promise<void> {
  await page.fill('input[name=person]', person);
  await page.fill('input[name=secret]', passwordOf(person));
  await page.click('form button.main');
  await page.waitForSelector('header nav');
}

async function open(
  person: string,
  [width, height]: readonly [number, number],
  path = '/visits',
): Promise<Page> {
  const context = await browser.newContext({ viewport: { width, height } });
  await context.clock.setFixedTime(JUNE);
  const page = await context.newPage();
  page.setDefaultTimeout(HANG_MS);
  await page.goto(`${register.running.http}${path}`);
  await signIn(page, person);
  return page;
}

it('a visit is made without a network, outlives the page, and is sent once when there is one again', async () => {
  const page = await open('deputy1', [390, 844]);
  await says(page, '城区道路照明补盲');
  await says(page, /没有网络也能打开/);
  await shoot(page, 'visits-list-390', true);
  expect(await barriers(page)).toEqual([]);

  await page.context().setOffline(true);
  await page.reload();
  await says(page, /没有网络：以下是/);
  await page.click('a.open');
  await says(page, '480 处');
  await shoot(page, 'visits-project-390', true);
  expect(await barriers(page)).toEqual([]);
  await page.click('[data-part="1"] [data-act=visit]');
  await page.check('input[value=disputed]');
  await page.fill('input[name=found]', '450');
  await page.fill('textarea[name=words]', '人民路缺三十盏');
  const scan = Buffer.from(await sampleScan());
  await page
    .locator('input[type=file]')
    .first()
    .setInputFiles({ name: 'a.jpg', mimeType: 'image/jpeg', buffer: scan });
  await page.waitForSelector('hv-photo-field li img');
  await shoot(page, 'visits-form-390', true);
  expect(await barriers(page)).toEqual([]);

  // A telephone ends a page that is out of sight: what was typed is there.
  await page.reload();
  await page.click('[data-act=go-on]');
  expect(await page.inputValue('textarea[name=words]')).toBe('人民路缺三十盏');
  await page.waitForSelector('hv-photo-field li img');
  await page.click('[data-act=keep]');
  await page.waitForSelector('[data-is=kept]');
  await page.reload();
  await page.waitForSelector('[data-is=kept]');
  await shoot(page, 'visits-kept-390', true);

  expect((await workAs(register, 'gov')).visits).toEqual([]);
  await page.context().setOffline(false);
  await page.waitForSelector('[data-is=received]');
  await says(page, /已收到，账本第 \d+ 号/);
  await shoot(page, 'visits-received-390', true);
  await page.reload();
  await page.waitForSelector('[data-is=received]');
  const { visits, partsWork } = await workAs(register, 'gov');
  expect(visits).toMatchObject([
    { by: { id: 'deputy1' }, words: '人民路缺三十盏', photos: [expect.any(String)] },
  ]);
  expect(partsWork[0]?.figure).toMatchObject({ is: 'disputed', found: 450_000 });
  await says(page, /有争议：小组核实为 450 处/);

  // Signing out leaves nothing to read.
  await page.getByRole('button', { name: '退出' }).click();
  await page.waitForSelector('input[name=person]');
  await page.context().setOffline(true);
  await page.reload();
  await says(page, '正在连接项目库');
  expect(await page.getByText('城区道路照明补盲').count()).toBe(0);
  await page.context().close();
});

it('the congress office appoints a group by who knows the field; a disputed figure is settled by two, both values in sight', async () => {
  const congress = await open('congress', [768, 1024]);
  await congress.click('[data-work=canteens] [data-act=appoint]');
  const dialog = 'hv-group-dialog dialog[open]';
  await congress.fill(`${dialog} input[name=committee]`, '社会建设工委');
  await congress.check(`${dialog} input[value=deputy2]`);
  await shoot(congress, 'visits-group-768');
  expect(await barriers(congress)).toEqual([]);
  await congress.click(`${dialog} button.main`);
  await congress.waitForSelector('[data-work=canteens] .good');
  expect((await workAs(register, 'deputy2', 'canteens')).isMine).toBe(true);

  const committee = await open('committee', [1280, 800]);
  await committee.click('[data-act=settle]');
  const settle = 'hv-settle-dialog dialog[open]';
  await committee.fill(`${settle} input[name=done]`, '455');
  await committee.fill(`${settle} textarea`, '以移交清单为准');
  await shoot(committee, 'visits-settle-1280');
  expect(await barriers(committee)).toEqual([]);
  await committee.click(`${settle} button.main`);
  await says(committee, '已提出，待第二人确认');
  await congress.click('[data-act=read]');
  await says(congress, '以移交清单为准');
  await shoot(congress, 'visits-confirm-768');
  await congress.click('hv-waiting-dialog dialog[open] button.main');
  await congress.waitForSelector('hv-waiting-dialog dialog[open]', { state: 'detached' });
  expect((await workAs(register, 'gov')).partsWork[0]?.figure).toMatchObject({
    is: 'settled',
    done: 455_000,
  });
});

const FORM = 'hv-form-dialog dialog[open]';

/** Attaches a scan to the form that is open, and waits until the register has it. */
async function attach(page: Page): Promise<void> {
  const file = { name: '文件.jpg', mimeType: 'image/jpeg', buffer: Buffer.from(await sampleScan()) };
  await page.locator(`${FORM} input[type=file]`).setInputFiles(file);
  await page.waitForSelector(`${FORM} .good`);
}

async function send(page: Page): Promise<void> {
  await page.click(`${FORM} button.main`);
  await page.waitForSelector(FORM, { state: 'detached' });
}

/** Somebody reads what another asks for, and confirms it. */
async function confirm(page: Page, reads: string): Promise<void> {
  await page.click('[data-act=read]');
  await page.locator('hv-waiting-dialog dialog[open]').getByText(reads).first().waitFor();
  await page.click('hv-waiting-dialog dialog[open] button.main');
  await page.waitForSelector('hv-waiting-dialog dialog[open]', { state: 'detached' });
}

const MOST_KEYS = 60;

/** Walks with the keyboard alone until `there` has it. */
async function walkTo(page: Page, there: Locator): Promise<void> {
  for (let i = 0; i < MOST_KEYS; i += 1) {
    if (await there.evaluate((element) => element.matches(':focus'))) return;
    await page.keyboard.press('Tab');
  }
  throw new Error(`the keyboard does not come to ${there}`);
}

it('a change is asked for and decided by two with its document; what was typed outlasts the session, for its writer alone', async () => {
  const gov = await open('gov', [768, 1024], '/works');
  await gov.click('[data-open=lamps]');
  await gov.click('[data-act=ask]');
  await gov.fill(`${FORM} textarea[name=reason]`, '地铁施工占道，暂缓安装。');
  await gov.context().clearCookies();
  await gov.click(`${FORM} button.main`);
  await says(gov, '王琳填写的内容还在');
  expect(await gov.locator('hv-work').isVisible()).toBe(false);
  await shoot(gov, 'works-locked-768');
  expect(await barriers(gov)).toEqual([]);
  await gov.fill('input[name=secret]', passwordOf('gov'));
  await gov.keyboard.press('Enter');
  await gov.waitForSelector(FORM);
  expect(await gov.inputValue(`${FORM} textarea[name=reason]`)).toBe('地铁施工占道，暂缓安装。');
  await shoot(gov, 'works-ask-768');
  await send(gov);
  await says(gov, '待决定');

  const committee = await open('committee', [1280, 800], '/works');
  await committee.click('[data-open=lamps]');
  await committee.click('.record [data-act=decide]');
  await committee.fill(`${FORM} input[name=decision]`, '常委会〔2027〕8号决定');
  expect(await committee.isDisabled(`${FORM} button.main`)).toBe(true);
  await attach(committee);
  await shoot(committee, 'works-decide-1280');
  expect(await barriers(committee)).toEqual([]);
  await send(committee);
  await says(committee, '等待第二人确认');
  expect((await workAs(register, 'gov')).standing).toBe('running');

  // Somebody else signs in where the government's office was writing: nothing of that is left.
  await gov.click('[data-act=change]');
  await gov.fill('hv-project-form textarea', '没有写完');
  await gov.context().clearCookies();
  await says(gov, '王琳填写的内容还在');
  await signIn(gov, 'congress');
  await gov.waitForSelector('.works li');
  expect(await gov.locator('hv-project-form').count()).toBe(0);
  await confirm(gov, '常委会〔2027〕8号决定');
  await says(committee, '常委会〔2027〕8号决定');
  const { standing, changes } = await workAs(register, 'gov');
  expect(standing).toBe('suspended');
  expect(changes).toMatchObject([{ kind: 'suspended', document: expect.stringMatching(/^[0-9a-f]{64}$/) }]);
  await gov.context().close();
  await committee.context().close();
});

it('what a change would make of a project is read beside the request, while it is decided, and while it is confirmed', async () => {
  const { sheet } = await workAs(register, 'gov', 'canteens');
  const [first] = sheet.parts;
  if (!first) throw new Error('no part');
  const copy = ({ funding, ...rest }: typeof first) => ({
    ...rest,
    funding: funding.map((each) => ({ ...each })),
  });
  const parts = [
    { ...copy(first), finish: '2027-12-25', target: { ...first.target, thousandths: 1000 } },
    ...sheet.parts.slice(1).map(copy),
    { ...copy(first), id: 'new', title: '流动助餐车' },
  ];
  const change = { ...sheet, co: [...sheet.co], from: [...sheet.from], beneficiaries: '老年人', parts };
  const ask = { act: 'ask-change', project: 'canteens', request: 'c-less', kind: 'changed' } as const;
  expect(await register.act('gov', { ...ask, sheet: change, reason: '场地未定', documents: [] })).toEqual({
    is: 'done',
  });
  const page = await open('committee', [360, 740], '/works');
  await page.click('[data-open=canteens]');
  const differs = (of: string) => page.locator(`${of} .differs`).innerText();
  const told = /受益对象 现为 .+ → 改为 老年人[\s\S]*新增子项目 流动助餐车/;
  await page.waitForSelector('.record .differs');
  expect(await differs('.record')).toMatch(told);
  expect(await differs('.record')).toContain('改为 2027-12-25');
  await page.locator('.record .differs').scrollIntoViewIfNeeded();
  await shoot(page, 'works-differs-360', true);
  expect(await barriers(page)).toEqual([]);
  await page.click('.record [data-act=decide]');
  expect(await differs(FORM)).toBe(await differs('.record'));
  expect(await page.locator(FORM).evaluate((one) => one.scrollWidth <= one.clientWidth)).toBe(true);
  await page.fill(`${FORM} input[name=decision]`, '常委会〔2027〕7号决定');
  await attach(page);
  await page.locator(FORM).evaluate((one) => one.scrollTo(0, 0));
  await shoot(page, 'works-differs-decide-360');
  expect(await barriers(page)).toEqual([]);
  await send(page);
  const congress = await open('congress2', [360, 740], '/works?lang=en');
  await congress.click('[data-act=read]');
  const waiting = congress.locator('hv-waiting-dialog dialog[open]');
  await waiting.locator('.differs').waitFor();
  expect(await waiting.locator('.differs').innerText()).toMatch(/Who benefits now .+ → would be 老年人/);
  expect(await waiting.evaluate((one) => one.scrollWidth <= one.clientWidth)).toBe(true);
  await shoot(congress, 'works-differs-confirm-360-en');
  expect(await barriers(congress)).toEqual([]);
  await waiting.locator('button.main').click();
  await waiting.waitFor({ state: 'detached' });
  await page.locator('.record .differs', { hasText: '原为' }).first().waitFor();
  expect((await workAs(register, 'gov', 'canteens')).changes).toMatchObject([{ kind: 'changed' }]);
  await page.context().close();
  await congress.context().close();
});

it('an inquiry is recorded, a rectification ordered and accepted by two', async () => {
  const page = await open('committee', [360, 740], '/works');
  await page.click('[data-act=inspect]');
  await page.selectOption(`${FORM} select[name=kind]`, 'inquiry');
  await page.fill(`${FORM} input[name=title]`, '照明补盲专题询问');
  await page.check(`${FORM} input[value=lamps]`);
  await page.fill(`${FORM} textarea[name=words]`, '询问暂缓安装的路段。');
  await attach(page);
  await shoot(page, 'works-inquiry-360');
  expect(await barriers(page)).toEqual([]);
  await send(page);
  await page.click('[data-open=lamps]');
  await says(page, '照明补盲专题询问');
  await page.click('[data-act=order]');
  await page.fill(`${FORM} textarea[name=words]`, '补齐人民路三十盏。');
  await page.fill(`${FORM} input[name=due]`, '2027-08-31');
  await send(page);
  await says(page, '补齐人民路三十盏。');
  await shoot(page, 'works-project-360', true);
  expect(await barriers(page)).toEqual([]);
  expect(await page.locator('[data-act=accept]').count()).toBe(0);
  const said = { project: 'lamps', kind: 'rectification', words: '已补齐三十盏。', evidence: [] } as const;
  expect(await register.act('lamps', { act: 'explain', ...said })).toEqual({ is: 'done' });
  await page.click('button.back');
  await page.click('[data-open=lamps]');
  await page.click('[data-act=accept]');
  await page.fill(`${FORM} textarea[name=words]`, '已到现场核实。');
  await send(page);
  const congress = await open('congress2', [360, 740], '/works');
  await confirm(congress, '已到现场核实。');
  await says(page, '已认可');
  expect((await workAs(register, 'gov')).isRectifying).toBe(false);
  await page.context().close();
  await congress.context().close();
});

it('an appraisal is handed to the hall, and entered from paper, by keyboard alone', async () => {
  const page = await open('congress', [1280, 800], '/works');
  await walkTo(page, page.locator('[data-tab=appraisal]'));
  await page.keyboard.press('Enter');
  await walkTo(page, page.locator('select[name=by]'));
  await page.keyboard.press('ArrowDown');
  // Lamps stand still: this year only the others are graded.
  await walkTo(page, page.locator('fieldset input[value=lamps]'));
  await page.keyboard.press('Space');
  await walkTo(page, page.locator('[data-act=hand-over]'));
  await page.keyboard.press('Enter');
  await says(page, '已写入交换文件夹');
  const agenda = readFileSync(join(exchange, 'agenda.yaml'), 'utf8');
  expect(agenda).toContain('canteens');
  expect(agenda).not.toMatch(/id: lamps/);
  await shoot(page, 'works-appraisal-1280', true);
  expect(await barriers(page)).toEqual([]);

  await walkTo(page, page.locator('[data-act=paper]'));
  await page.keyboard.press('Enter');
  await page.waitForSelector(FORM);
  expect(await page.inputValue(`${FORM} select[name=by]`)).toBe('standing-committee');
  for (const [name, n] of [
    ...[['roll', 31] as const, ['present', 29] as const, ['cast', 29] as const],
    ...[['canteens satisfied', 20] as const, ['canteens basic', 6] as const],
    ...[['canteens dissatisfied', 2] as const, ['canteens dont-know', 1] as const],
    ...[['paediatrics satisfied', 5] as const, ['paediatrics basic', 8] as const],
    ...[['paediatrics dissatisfied', 16] as const, ['paediatrics dont-know', 0] as const],
  ]) {
    await walkTo(page, page.locator(`${FORM} input[name="${name}"]`));
    await page.keyboard.type(String(n));
  }
  await walkTo(page, page.locator(`${FORM} input[type=file]`));
  await attach(page);
  await walkTo(page, page.locator(`${FORM} textarea[name=reason]`));
  await page.keyboard.type('会场停电');
  await shoot(page, 'works-paper-1280');
  expect(await barriers(page)).toEqual([]);
  await walkTo(page, page.locator(`${FORM} button.main`));
  await page.keyboard.press('Enter');
  await says(page, '等待第二人确认');

  const committee = await open('committee', [768, 1024], '/works');
  await confirm(committee, '会场停电');
  await committee.click('[data-tab=appraisal]');
  await says(committee, '不满意');
  await shoot(committee, 'works-appraisal-768', true);
  const grades = await Promise.all(
    ['canteens', 'paediatrics'].map(async (id) => (await workAs(register, 'gov', id)).grade),
  );
  expect(grades).toEqual(['satisfied', 'dissatisfied']);
});
