import { expect, it } from 'vitest';
import { Client } from './client.ts';
import { ROUTES } from './routes.ts';
import { SessionFetch } from './session-fetch.ts';

/** A coordinator that answers with `response`, and what it was asked. */
function coordinator(...responses: readonly Response[]) {
  const asked: { url: string; init: RequestInit | undefined }[] = [];
  const left = [...responses];
  const answer: typeof fetch = async (url, init) => {
    asked.push({ url: String(url), init });
    const response = left.shift();
    if (!response) throw new TypeError('fetch failed', { cause: new Error('nobody there') });
    return response;
  };
  return { asked, fetch: answer, client: new Client({ base: 'http://hall', fetch: answer }) };
}

it('asks by the table and reads by it', async () => {
  const { client, asked } = coordinator(Response.json({ code: 'ABCD-EFGH', more: 1 }));
  expect(await client.ask(ROUTES.giveCode, { body: { person: 'a' } })).toEqual({
    is: 'answered',
    value: { code: 'ABCD-EFGH' },
    fileName: null,
  });
  expect(asked[0]).toMatchObject({
    url: 'http://hall/api/staff/code',
    init: { method: 'POST', body: '{"person":"a"}', redirect: 'error' },
  });
});

it('writes what stands in a path so that it stays there, and brings bytes with the name of their file', async () => {
  const headers = { 'content-disposition': 'attachment; filename="1.bel"' };
  const { client, asked } = coordinator(new Response(new Uint8Array([1, 2]), { headers }));
  const outcome = await client.ask(ROUTES.election, { params: { file: '../a?b.bel' } });
  expect(outcome).toEqual({ is: 'answered', value: new Uint8Array([1, 2]), fileName: '1.bel' });
  expect(asked[0]?.url).toBe('http://hall/api/elections/..%2Fa%3Fb.bel');
});

it('an act that is not done is an answer, and whoever is not signed in is refused', async () => {
  const no = { ok: false, reason: 'not-open', text: { zh: '否', en: 'no' } };
  const { client } = coordinator(
    Response.json(no, { status: 409 }),
    Response.json({ error: 'sign in' }, { status: 401 }),
    Response.json(no, { status: 500 }),
    Response.json({ error: 'no', text: { zh: '否', en: 'no' } }, { status: 403 }),
  );
  const act = { body: { act: 'clear' } } as const;
  expect(await client.ask(ROUTES.act, act)).toMatchObject({ is: 'answered', value: no });
  expect(await client.ask(ROUTES.act, act)).toEqual({
    is: 'refused',
    status: 401,
    why: 'sign in',
    text: null,
  });
  expect(await client.ask(ROUTES.act, act)).toEqual({
    is: 'refused',
    status: 500,
    why: 'HTTP 500',
    text: null,
  });
  expect(await client.ask(ROUTES.act, act)).toMatchObject({ status: 403, text: { zh: '否', en: 'no' } });
});

it('tells apart what is no answer, and says how none came', async () => {
  const { client } = coordinator(new Response('{"hall":'), Response.json({ hall: '+/#', address: null }));
  for (let n = 0; n < 2; n += 1)
    expect(await client.ask(ROUTES.hall)).toMatchObject({
      is: 'unreadable',
      why: expect.stringMatching(/^HTTP 200 .*api.hall/),
    });
  expect(await client.ask(ROUTES.hall)).toEqual({ is: 'unreachable', why: 'nobody there' });
});

it('reads no more than the route answers', async () => {
  let sent = 0;
  const endless = new ReadableStream({
    pull: (controller) => {
      sent += 16_384;
      controller.enqueue(new Uint8Array(16_384));
    },
  });
  const { client } = coordinator(new Response(endless));
  expect(await client.ask(ROUTES.hall)).toEqual({
    is: 'unreachable',
    why: `an answer is longer than ${ROUTES.hall.most} bytes`,
  });
  expect(sent).toBeLessThan(2 * ROUTES.hall.most);
});

it('a program’s session is what was set last, until it is cleared', async () => {
  const set = (...cookies: readonly string[]) => {
    const headers = new Headers();
    for (const cookie of cookies) headers.append('set-cookie', cookie);
    return Response.json({ ok: true }, { headers });
  };
  const { asked, fetch } = coordinator(
    set('hallvote=a; Path=/', 'hallvote-device=b; Path=/api'),
    set(),
    set('hallvote=; Max-Age=0'),
    set(),
  );
  const session = new SessionFetch(fetch);
  const client = new Client({ base: '', fetch: session.fetch });
  const password = { body: { person: 'a', secret: 'p', code: null } };
  for (let n = 0; n < 4; n += 1) await client.ask(ROUTES.signIn, password);
  const sent = asked.map(({ init }) => new Headers(init?.headers).get('cookie'));
  expect(sent).toEqual([null, 'hallvote=a; hallvote-device=b', 'hallvote=a; hallvote-device=b', null]);
  const lines = asked.map(({ init }) => new Headers(init?.headers).get('connection'));
  expect(lines).toEqual(['close', 'close', 'close', 'close']);
});
