import { afterEach, beforeEach, expect, it } from 'vitest';
import type { PublishAnswer } from '../../coordinator/contract/register/notices.ts';
import { REGISTER_ROUTES } from '../../coordinator/contract/register/routes.ts';
import type { NoticeWords as Words } from '../../coordinator/register/notices/notice.ts';
import { readNotice } from '../../coordinator/register/notices/notice-text.ts';
import { sha256Hex } from '../../shared/protocol/bytes.ts';
import { playYear } from '../support/public-year.ts';
import { answered, openRegister, type TestRegister, YEAR } from '../support/running-register.ts';

let register: TestRegister;
const ASK = { kind: 'monthly-notice', cycle: YEAR, period: `${YEAR}-05`, project: null } as const;
const STRANGE = '<b>#eval("1")</b>';
const JUNE = Date.parse('2027-06-08T09:00:00+08:00') - Date.parse('2026-10-08T09:00:00+08:00');

beforeEach(async () => {
  register = await openRegister();
  const opened = { act: 'open-cycle', cycle: YEAR, from: '2026-10-01', to: '2026-10-31' } as const;
  expect(await register.act('congress', opened)).toEqual({ is: 'done' });
  await playYear(register, 'voted');
  // Nobody stays signed in for so long.
  register = await register.again();
  register.pass(JUNE);
});
afterEach(() => register.stop());

async function preview(words: Words | null = null) {
  const client = await register.as('congress');
  return answered(
    await client.ask(REGISTER_ROUTES.previewNotice, { body: { ask: ASK, language: 'zh', words } }),
  );
}

async function shown(words: Words | null = null) {
  const answer = await preview(words);
  if (answer.is !== 'shown') throw new Error(answer.reason);
  return answer;
}

const publish = async (words: Words, figures: string, replaces: string | null): Promise<PublishAnswer> => {
  const client = await register.as('congress');
  const body = { ask: ASK, language: 'zh' as const, words, figures, replaces };
  return answered(await client.ask(REGISTER_ROUTES.publishNotice, { body }));
};

const get = (path: string) => fetch(`${register.running.http}${path}`);

it('a notice is seen, published with those figures and no others, and stays as it was published', async () => {
  const calendar = async () => answered(await (await register.as('deputy1')).ask(REGISTER_ROUTES.calendar));
  expect((await calendar()).due.map(({ what }) => what)).toContain('plan');
  const first = await shown();
  expect(first.notice.words.preamble).not.toMatch(/\d/);
  const words = { ...first.notice.words, preamble: STRANGE, number: '云人办〔2027〕7号' };
  expect((await shown(words)).figures).toBe(first.figures);
  // What was written is there again, and on the paper that one looks at first.
  expect((await shown()).notice.words).toEqual(words);
  const draft = await (await register.as('congress')).ask(REGISTER_ROUTES.draftNotice, {
    params: { kind: ASK.kind, cycle: String(YEAR), period: ASK.period, project: '-' },
  });
  expect(Buffer.from(answered(draft).subarray(0, 5)).toString()).toBe('%PDF-');

  const link = { act: 'link', project: 'lamps', to: { register: 'province', project: 'p1' } } as const;
  expect(await register.act('gov', link)).toEqual({ is: 'done' });
  const moved = await publish(words, first.figures, null);
  if (moved.is !== 'moved') throw new Error(moved.is);
  expect(moved.figures).not.toBe(first.figures);
  expect((await get(`/notices/${first.notice.document}`)).status).toBe(404);

  const published = await publish(words, moved.figures, null);
  if (published.is !== 'published') throw new Error(published.is);
  const { document, text, pdf } = published;
  const json = Buffer.from(await (await get(`/notices/${document}/notice.json`)).arrayBuffer());
  expect(sha256Hex(json)).toBe(text);
  expect(readNotice(json.toString())).toMatchObject({ document, words, sections: moved.notice.sections });
  const paper = Buffer.from(await (await get(`/notices/${document}/notice.pdf`)).arrayBuffer());
  expect(sha256Hex(paper)).toBe(pdf);
  for (const language of ['', '?lang=en']) {
    const page = await (await get(`/notices/${document}${language}`)).text();
    expect(page).toContain('&lt;b&gt;#eval(&quot;1&quot;)&lt;/b&gt;');
    expect(page).toContain(text.match(/.{8}/g)?.join(' '));
  }
  expect(await (await get('/notices')).text()).toContain(text.match(/.{8}/g)?.join(' '));
  expect((await calendar()).published).toMatchObject([{ document, text, pdf, replacedBy: null }]);

  // Pressed twice, it is there once; a correction names what it corrects.
  expect(await publish(words, moved.figures, null)).toMatchObject({
    is: 'refused',
    reason: 'published-already',
  });
  const corrected = await publish({ ...words, preamble: '更正。' }, moved.figures, document);
  expect(corrected).toMatchObject({ is: 'published', document: `${document}.2` });
  const before = await (await get(`/notices/${document}`)).text();
  expect(before).toContain(`/notices/${document}.2`);
  expect(before).toContain('&lt;b&gt;');

  register = await register.again();
  expect((await get(`/notices/${document}/notice.json`)).status).toBe(200);
  expect((await get(`/notices/${document}.2`)).status).toBe(200);
});

it('nothing is made of a period that has not begun, of another kind, or of nothing', async () => {
  const client = await register.as('congress');
  const reason = async (ask: object) => {
    const body = { ask: { ...ASK, ...ask }, language: null, words: null };
    const answer = answered(await client.ask(REGISTER_ROUTES.previewNotice, { body }));
    return answer.is === 'refused' ? answer.reason : answer.is;
  };
  expect(await reason({ period: `${YEAR}-07` })).toBe('period-to-come');
  expect(await reason({ period: `${YEAR}-Q1` })).toBe('wrong-period');
  expect(await reason({ cycle: YEAR + 1 })).toBe('nothing-to-tell');
  expect(await reason({ kind: 'rectification-letter', project: 'lamps' })).toBe('nothing-to-tell');
});
