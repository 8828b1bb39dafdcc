import { afterEach, beforeEach, expect, it } from 'vitest';
import { telephonePicture } from '../../coordinator/register/attachments/testing/strangers.ts';
import { breakOff, codeOn, hiddenField, sendFiles, sendForm, sendFrom } from '../support/public-form.ts';
import { openRegister, type TestRegister, YEAR } from '../support/running-register.ts';

let register: TestRegister;

beforeEach(async () => {
  register = await openRegister();
  const opened = { act: 'open-cycle', cycle: YEAR, from: '2026-10-01', to: '2026-10-31' } as const;
  expect(await register.act('congress', opened)).toEqual({ is: 'done' });
});
afterEach(() => register.stop());

const at = (path: string) => `${register.running.http}${path}`;
const MATTER = { title: '人民路加装路灯', text: '夜里太黑，老人不敢出门。' };

/** The form as it stands after the first step, some time later. */
async function secondStep(matter = MATTER): Promise<string> {
  const page = await (await sendForm(at('/propose/matter'), matter)).text();
  register.pass(10_000);
  return page;
}

it('somebody proposes without an account, keeps the code, and finds the proposal by it', async () => {
  expect(await (await fetch(at('/propose'))).text()).toContain('第一步');
  const page = await secondStep();
  const fields = {
    ...MATTER,
    token: hiddenField(page, 'token'),
    area: 'east',
    name: '张三丰',
    telephone: '13800001234',
  };
  const picture = { name: 'IMG_1.jpg', bytes: await telephonePicture(800, 600) };
  const sent = await sendFiles(at('/propose'), fields, [picture]);
  const receipt = await sent.text();
  expect({ status: sent.status, cache: sent.headers.get('cache-control') }).toEqual({
    status: 200,
    cache: 'no-store',
  });
  const code = codeOn(receipt);
  expect(code).not.toBe('');
  expect(receipt).not.toMatch(/张三丰|13800001234/);

  const pdf = await sendForm(at('/propose/receipt.pdf'), { token: fields.token });
  expect(pdf.headers.get('content-type')).toBe('application/pdf');
  expect(
    Buffer.from(await pdf.arrayBuffer())
      .subarray(0, 5)
      .toString(),
  ).toBe('%PDF-');

  // Pressed again, loaded again: the same receipt, and no second proposal.
  const again = await Promise.all([sendFiles(at('/propose'), fields), sendFiles(at('/propose'), fields)]);
  for (const each of again) expect(codeOn(await each.text())).toBe(code);
  expect(await (await fetch(at('/'))).text()).toContain('<dt>收到建议</dt><dd>1</dd>');

  const followed = await (
    await sendForm(at('/follow'), { code: code.toLowerCase().replaceAll('-', ' ') })
  ).text();
  expect(followed).toContain('尚未答复');
  // Nobody has read yet that the words may be shown.
  expect(followed).not.toContain(MATTER.title);
  expect((await sendForm(at('/follow'), { code: `${code.slice(0, -1)}!` })).status).toBe(404);
  const search = await fetch(at(`/proposals?q=${encodeURIComponent('路灯')}`));
  expect(await search.text()).toContain('共0件');
});

it('what cannot be taken is said, and what was typed is still there', async () => {
  const empty = await sendForm(at('/propose/matter'), { title: '', text: '写了很久的话' });
  expect({ status: empty.status, text: await empty.text() }).toMatchObject({
    status: 422,
    text: expect.stringMatching(/请写一个标题[\s\S]*写了很久的话/),
  });
  const page = await secondStep();
  const fields = { ...MATTER, token: hiddenField(page, 'token') };
  const good = { name: 'good.jpg', bytes: await telephonePicture(400, 300) };
  const files = [good, { name: 'bad.jpg', bytes: Buffer.from('<html>') }];
  const refused = await sendFiles(at('/propose'), { ...fields, name: '李四' }, files);
  const again = await refused.text();
  expect(refused.status).toBe(422);
  expect(again).toContain('bad.jpg：只接受');
  expect(again).toContain('value="李四"');
  expect(again).toContain('已收到1个文件');
  // The one that was taken need not be chosen again.
  const kept = hiddenField(again, 'kept');
  const taken = await sendFiles(at('/propose'), { ...fields, kept });
  expect(codeOn(await taken.text())).not.toBe('');
  // Nobody claims a file that was not theirs.
  const other = hiddenField(await secondStep(), 'token');
  const forged = await sendFiles(at('/propose'), { ...MATTER, token: other, kept: kept.replace(/^./, 'f') });
  expect(codeOn(await forged.text())).not.toBe('');
  const rows = await (await fetch(at('/'))).text();
  expect(rows).toContain('<dt>收到建议</dt><dd>2</dd>');

  const huge = [{ name: 'huge.jpg', bytes: Buffer.alloc(10_000_001, 1) }];
  const token = hiddenField(await secondStep(), 'token');
  expect(await (await sendFiles(at('/propose'), { ...MATTER, token }, huge)).text()).toContain('超过 10 MB');
  const many = Array.from({ length: 7 }, () => good);
  expect(await (await sendFiles(at('/propose'), { ...MATTER, token }, many)).text()).toContain('最多5个文件');
  expect(await (await sendFiles(at('/propose'), { ...MATTER, token: 'forged' })).text()).toContain(
    '页面放得太久',
  );
});

it('who sends many is told to wait, with what was typed still there, and whoever is elsewhere is not', async () => {
  const pages = await Promise.all(
    Array.from({ length: 30 }, () => sendForm(at('/propose/matter'), MATTER).then((page) => page.text())),
  );
  register.pass(10_000);
  const answers = await Promise.all(
    pages.map((page) => sendFiles(at('/propose'), { ...MATTER, token: hiddenField(page, 'token') })),
  );
  const statuses = answers.map(({ status }) => status);
  expect(statuses.filter((status) => status === 200)).toHaveLength(20);
  const late = answers.find(({ status }) => status === 429);
  expect(await late?.text()).toMatch(/请过\d+秒再按“提交”[\s\S]*夜里太黑/);
  const token = hiddenField(await secondStep(), 'token');
  for (const [from, status] of [
    ['127.0.0.1', 429],
    ['127.0.0.2', 200],
  ] as const)
    expect({ from, status: await sendFrom(from, at('/propose'), { ...MATTER, token }) }).toEqual({
      from,
      status,
    });
  // Without a form that was given out, nothing is even counted.
  const blind = await sendFiles(at('/propose'), { ...MATTER, token: '' });
  expect(blind.status).toBe(409);
});

it('a line that breaks in the middle of a photograph keeps nobody from sending it again', async () => {
  const token = hiddenField(await secondStep(), 'token');
  const picture = { name: 'IMG.jpg', bytes: await telephonePicture(1600, 1200) };
  for (const share of [0.5, 0.9]) await breakOff(at('/propose'), { ...MATTER, token }, picture, share);
  const sent = await sendFiles(at('/propose'), { ...MATTER, token }, [picture]);
  expect({ status: sent.status, code: codeOn(await sent.text()) !== '' }).toEqual({
    status: 200,
    code: true,
  });
  const nonsense = await fetch(at('/propose'), {
    method: 'POST',
    headers: { 'content-type': 'multipart/form-data; boundary=x' },
    body: '--x\r\nnonsense',
  });
  expect(nonsense.status).toBe(400);
});

it('a form that ends in the middle of a file is refused in words, with what was typed, and taken when it comes whole', async () => {
  const token = hiddenField(await secondStep(), 'token');
  const field = (name: string, value: string) =>
    `--x\r\nContent-Disposition: form-data; name="${name}"\r\n\r\n${value}\r\n`;
  const file = `--x\r\nContent-Disposition: form-data; name="files"; filename="a.jpg"\r\nContent-Type: image/jpeg\r\n\r\n`;
  const fields = (by: string) =>
    [field('token', by), field('title', MATTER.title), field('text', MATTER.text)].join('');
  const sendCut = async (body: string | Buffer) => {
    const headers = { 'content-type': 'multipart/form-data; boundary=x' };
    const sent = await fetch(at('/propose'), {
      method: 'POST',
      headers,
      body: new Uint8Array(Buffer.from(body)),
    });
    return { status: sent.status, text: await sent.text() };
  };
  const picture = await telephonePicture(200, 100);
  const whole = Buffer.concat([Buffer.from(fields(token) + file), picture, Buffer.from('\r\n')]);
  for (const body of [whole.subarray(0, -40), Buffer.concat([whole, Buffer.from(`${file}\xff\xd8`)])]) {
    const { status, text } = await sendCut(body);
    expect(status).toBe(400);
    expect(text).toMatch(/没有收全[\s\S]*夜里太黑/);
  }
  expect((await sendCut(`${fields('forged')}${file}abc`)).status).toBe(409);
  const taken = await sendFiles(at('/propose'), { ...MATTER, token }, [{ name: 'a.jpg', bytes: picture }]);
  expect(codeOn(await taken.text())).not.toBe('');
});

it('wrong codes are slowed down', async () => {
  const tries = [];
  for (let n = 0; n < 32; n += 1) tries.push((await sendForm(at('/follow'), { code: 'AAAA' })).status);
  expect(tries.filter((status) => status === 404)).toHaveLength(30);
  expect(tries.at(-1)).toBe(429);
});

it('nothing is taken when no year collects, nor from another site', async () => {
  const token = hiddenField(await secondStep(), 'token');
  register.pass(60 * 24 * 60 * 60_000);
  expect(await (await fetch(at('/propose'))).text()).toContain('现在不在征集期内');
  const closed = await sendFiles(at('/propose'), { ...MATTER, token });
  expect(codeOn(await closed.text())).toBe('');
  const foreign = await fetch(at('/follow'), {
    method: 'POST',
    headers: { origin: 'https://elsewhere.example', 'content-type': 'application/x-www-form-urlencoded' },
    body: 'code=A',
  });
  expect(foreign.status).toBe(403);
});
