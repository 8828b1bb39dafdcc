import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { REGISTER_ROUTES } from '../../coordinator/contract/register/routes.ts';
import type { VoiceRow } from '../../coordinator/contract/register/voices.ts';
import { telephonePicture } from '../../coordinator/register/attachments/testing/strangers.ts';
import { codeOn, hiddenField, sendFiles, sendForm } from '../support/public-form.ts';
import { playYear } from '../support/public-year.ts';
import { answered, openRegister, type TestRegister, YEAR } from '../support/running-register.ts';

let register: TestRegister;

beforeEach(async () => {
  register = await openRegister();
  const opened = { act: 'open-cycle', cycle: YEAR, from: '2026-10-01', to: '2026-10-31' } as const;
  await register.act('congress', opened);
  await playYear(register, 'voted');
  await register.act('congress', { ...opened, cycle: YEAR + 1, to: '2026-11-15' });
});
afterEach(() => register.stop());

const at = (path: string) => `${register.running.http}${path}`;
const SITE = '/projects/lamps/parts/1';
const SAID = { kind: 'objection', text: '北段没有灯，找欧阳铁柱。' };

/** A form's second step, lying there long enough. */
async function token(said: Readonly<Record<string, string>> = SAID): Promise<string> {
  const page = await (await sendForm(at(`${SITE}/voice/words`), said)).text();
  register.pass(10_000);
  return hiddenField(page, 'token');
}

const voicesFor = async (person: string): Promise<readonly VoiceRow[]> =>
  answered(await (await register.as(person)).ask(REGISTER_ROUTES.voices)).voices;

const pageAt = async (path: string) => (await fetch(at(path))).text();
const follow = async (code: string) => (await sendForm(at('/follow'), { code })).text();
const kept = () =>
  Buffer.concat(
    readdirSync(register.config.data)
      .filter((name) => name.startsWith('beside.db'))
      .map((name) => readFileSync(join(register.config.data, name))),
  );

it('what somebody says at a site is read, cleared, answered, found out about, followed, and erased to the byte', async () => {
  const bytes = await telephonePicture(800, 600);
  const form = { ...SAID, token: await token() };
  const sent = await sendFiles(at(`${SITE}/voice`), form, [{ name: 'lamp.jpg', bytes }]);
  const code = codeOn(await sent.text());
  expect(code).toMatch(/^([0-9A-Z]{4}-){3}[0-9A-Z]{4}$/);
  // The same form once more is the same receipt, and nothing else.
  expect(codeOn(await (await sendFiles(at(`${SITE}/voice`), form)).text())).toBe(code);
  expect(await follow(code)).toContain('文字正在核对');
  expect(await pageAt(SITE)).not.toContain('北段');

  const [one, ...others] = await voicesFor('gov');
  if (!one) throw new Error('nothing came in');
  const { voice } = one;
  expect(others).toEqual([]);
  expect(one).toMatchObject({ kind: 'objection', project: 'lamps', part: '1', sent: SAID.text, text: null });
  const file = one.files[0]?.hash ?? '';
  const attachment = { params: { hash: file, size: 'small' as const } };
  expect((await (await register.as('gov')).ask(REGISTER_ROUTES.attachment, attachment)).is).toBe('answered');
  expect((await fetch(at(`/evidence/${file}/whole`))).status).toBe(404);
  expect(await voicesFor('deputy1')).toEqual([]);

  const group = {
    act: 'appoint-group',
    project: 'lamps',
    committee: '城建工委',
    members: ['deputy1'],
  } as const;
  await register.act('congress', group);
  expect(await voicesFor('deputy1')).toEqual([]);
  await register.act('gov', { act: 'clear-voice', voice, text: '北段没有灯。' });
  await register.act('congress', { act: 'answer-voice', voice, words: '已转监督小组。' });
  expect(await voicesFor('deputy1')).toMatchObject([{ voice, sent: null, files: [], isMine: true }]);
  expect(await voicesFor('deputy2')).toMatchObject([{ voice, sent: null, isMine: false }]);
  const found = { act: 'find', project: 'lamps', part: '1', words: '北段没有灯', due: '2026-12-01' } as const;
  // Who knows the name of somebody's photograph does not publish it.
  expect(await register.act('deputy1', { ...found, finding: 'f0', photos: [file], voice })).toMatchObject({
    is: 'refused',
    reason: 'private-attachment',
  });
  expect(await register.act('deputy1', { ...found, finding: 'f1', photos: [], voice })).toEqual({
    is: 'done',
  });
  // Whoever asks sees what became of it, and that there is no need to make another.
  const made = { finding: 'f1', due: '2026-12-01', state: 'open' };
  for (const person of ['deputy1', 'deputy2', 'gov'])
    expect(await voicesFor(person)).toMatchObject([{ voice, finding: made }]);
  const site = await pageAt(SITE);
  expect(site).toContain('北段没有灯。');
  expect(site).toContain('已转监督小组。');
  expect(site).not.toContain('欧阳铁柱');
  expect(await follow(code)).toContain('监督小组已据此提出问题');

  expect(kept().includes('欧阳铁柱')).toBe(true);
  await register.act('congress', { act: 'erase-voice', voice, reason: '本人要求' });
  expect(kept().includes('欧阳铁柱')).toBe(false);
  const gone = await (await register.as('gov')).ask(REGISTER_ROUTES.attachment, attachment);
  expect(gone).toMatchObject({ is: 'refused', status: 404 });
  expect(await pageAt(SITE)).not.toContain('北段没有灯。');
  expect(await follow(code)).toContain('内容已按要求清除');
  register = await register.again();
  expect(await follow(code)).toContain('内容已按要求清除');
});

it('a form without words or choice comes back with what was typed, and there is nothing to say where nothing is built', async () => {
  const empty = await sendForm(at(`${SITE}/voice/words`), { text: '只有话' });
  expect(empty.status).toBe(422);
  expect(await empty.text()).toMatch(/还没有提交.*只有话/s);
  expect((await sendForm(at('/projects/lamps/parts/none/voice/words'), SAID)).status).toBe(404);
  expect((await sendForm(at('/projects/bus-shelters/parts/1/voice/words'), SAID)).status).toBe(404);
  const early = await sendFiles(at(`${SITE}/voice`), { ...SAID, token: 'made up' });
  expect(early.status).toBe(409);
});

it('one measure holds for all that an address sends, proposals and voices together', async () => {
  const proposal = { title: '再装几盏', text: '不够亮' };
  const forms = await Promise.all(
    Array.from({ length: 30 }, async (_, i) => {
      const [first, then, fields] =
        i % 2 === 0
          ? ([`${SITE}/voice/words`, `${SITE}/voice`, SAID] as const)
          : (['/propose/matter', '/propose', proposal] as const);
      const page = await (await sendForm(at(first), fields)).text();
      return [then, { ...fields, token: hiddenField(page, 'token') }] as const;
    }),
  );
  register.pass(10_000);
  const sent = await Promise.all(
    forms.map(async ([path, fields]) => codeOn(await (await sendFiles(at(path), fields)).text())),
  );
  expect(sent.filter((code) => code !== '')).toHaveLength(20);
  expect(await voicesFor('gov')).toHaveLength(sent.filter((code, i) => code !== '' && i % 2 === 0).length);
});
