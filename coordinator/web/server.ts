import type { IncomingMessage } from 'node:http';
import cookie from '@fastify/cookie';
import rateLimit from '@fastify/rate-limit';
import fastifyStatic from '@fastify/static';
import fastify, { type FastifyInstance } from 'fastify';
import { z } from 'zod';
import type { Done } from '../hall.ts';
import type { SecretAct } from '../sitting/decide-secret.ts';
import { ACT_REFUSALS, Act, type ActAnswer } from '../views/acts.ts';
import { type MqttSockets, mqttSockets } from './mqtt-sockets.ts';
import type { PublicElections } from './public-elections.ts';
import { scrutineerRoutes } from './scrutineer-routes.ts';
import type { Scrutineers } from './scrutineers.ts';
import type { Staff } from './staff.ts';

const COOKIE = 'hallvote';

const PAGES: Readonly<Record<string, string>> = {
  '/': 'index.html',
  '/hall': 'hall.html',
  '/chair': 'chair.html',
  '/operator': 'operator.html',
  '/scrutineer': 'scrutineer.html',
  '/receipts': 'receipts.html',
};

const Setup = z.strictObject({ code: z.string().max(20), password: z.string().min(8).max(200) });
const Login = z.strictObject({ password: z.string().max(200) });

export interface WebOptions extends MqttSockets {
  readonly hall: string;
  /** Where phones in the hall reach the pages; null where nobody has said. */
  readonly address: string | null;
  /** The folder of the built pages. */
  readonly pages: string;
  readonly staff: Staff;
  readonly scrutineers: Scrutineers;
  readonly act: (act: Act | SecretAct) => Promise<Done>;
  readonly elections: Pick<PublicElections, 'receipts' | 'archive'>;
  /** Figures of this process for staff and benchmarks. */
  readonly stats: () => object;
  /** Writes the bundle of the sitting so far; null while a vote is open. */
  readonly bundle: () => Promise<{ name: string; bytes: Uint8Array } | null>;
}

function tokenOf(request: IncomingMessage): string | undefined {
  const header = request.headers.cookie ?? '';
  const pair = header.split(';').find((part) => part.trim().startsWith(`${COOKIE}=`));
  return pair?.trim().slice(COOKIE.length + 1);
}

/** Whether the request that opened a connection is signed-in staff's. */
export function isStaffRequest(staff: Staff, request: IncomingMessage): boolean {
  return isSameOrigin(request) && staff.sessions.isOpen(tokenOf(request));
}

/** A browser says where a request comes from; another site's pages get nothing done here. */
function isSameOrigin(request: IncomingMessage): boolean {
  const { origin, host } = request.headers;
  if (origin === undefined) return true;
  return URL.canParse(origin) && new URL(origin).host === host;
}

const UNAVAILABLE = {
  zh: '账本暂时无法写入，操作未执行；请检查磁盘后重试',
  en: 'The ledger cannot be written now; nothing was done. Check the disk and try again',
};

function answerOf(done: Done): ActAnswer {
  if (done.ok) return { ok: true };
  if (done.reason === 'unavailable') return { ok: false, reason: done.reason, text: UNAVAILABLE };
  const { reason } = done;
  const detail = 'detail' in done && done.detail !== undefined ? { detail: done.detail } : {};
  return { ok: false, reason, text: ACT_REFUSALS[reason], ...detail };
}

function refusal(reason: keyof typeof ACT_REFUSALS): ActAnswer {
  return { ok: false, reason, text: ACT_REFUSALS[reason] };
}

/** The HTTP side of the coordinator: pages, staff's acts, MQTT over WebSocket at `/mqtt`. */
export async function webServer(options: WebOptions): Promise<FastifyInstance> {
  const { staff, pages } = options;
  const app = fastify({ bodyLimit: 64 * 1024, trustProxy: false, logger: false });
  await app.register(cookie);
  await app.register(rateLimit, { global: false });
  await app.register(fastifyStatic, { root: pages, serve: false });

  app.addHook('onRequest', async (request, reply) => {
    reply.header('X-Content-Type-Options', 'nosniff');
    reply.header('Referrer-Policy', 'no-referrer');
    reply.header(
      'Content-Security-Policy',
      "default-src 'self'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; connect-src 'self' ws: wss:; frame-ancestors 'none'; base-uri 'none'",
    );
    if (request.method !== 'GET' && !isSameOrigin(request.raw))
      await reply.code(403).send({ error: 'another origin' });
  });

  for (const [route, file] of Object.entries(PAGES))
    app.get(route, (_request, reply) =>
      reply.header('Cache-Control', 'no-cache').sendFile(`coordinator/pages/${file}`),
    );
  app.get<{ Params: { '*': string } }>('/assets/*', (request, reply) =>
    reply
      .header('Cache-Control', 'public, max-age=31536000, immutable')
      .sendFile(`assets/${request.params['*']}`),
  );

  app.get('/api/hall', async () => ({ hall: options.hall, address: options.address }));
  app.get('/api/receipts', async () => options.elections.receipts());
  // Scrutineers and whoever verifies; not the phones of a whole hall, which may share one address.
  const download = { config: { rateLimit: { max: 30, timeWindow: '1 minute' } } };
  app.get<{ Params: { file: string } }>('/api/elections/:file', download, async (request, reply) => {
    const archive = options.elections.archive(request.params.file.replace(/\.bel$/, ''));
    if (!archive)
      return reply.code(404).send({ error: 'no such election, or its ballots are not added up yet' });
    return reply.type('application/octet-stream').send(Buffer.from(archive));
  });
  app.get('/api/session', async (request) => ({
    setUp: staff.isSetUp,
    signedIn: isStaffRequest(staff, request.raw),
  }));

  const guarded = { config: { rateLimit: { max: 10, timeWindow: '1 minute' } } };
  const session = { path: '/', httpOnly: true, sameSite: 'strict' } as const;

  app.post('/api/setup', guarded, async (request, reply) => {
    const body = Setup.safeParse(request.body);
    if (!body.success)
      return reply.code(400).send({ error: 'a code and a password of at least 8 characters' });
    if (staff.isSetUp) return reply.code(409).send({ error: 'the hall has a password' });
    if (!(await staff.setUp(body.data.code, body.data.password)))
      return reply.code(401).send({ error: 'wrong code' });
    return reply.setCookie(COOKIE, staff.sessions.open(), session).send({ ok: true });
  });

  app.post('/api/login', guarded, async (request, reply) => {
    const body = Login.safeParse(request.body);
    if (!body.success || !(await staff.isHallPassword(body.data.password)))
      return reply.code(401).send({ error: 'wrong password' });
    return reply.setCookie(COOKIE, staff.sessions.open(), session).send({ ok: true });
  });

  app.post('/api/logout', async (request, reply) => {
    const token = tokenOf(request.raw);
    if (token !== undefined) staff.sessions.close(token);
    return reply.clearCookie(COOKIE, session).send({ ok: true });
  });

  app.post('/api/act', async (request, reply) => {
    if (!isStaffRequest(staff, request.raw)) return reply.code(401).send({ error: 'sign in' });
    const act = Act.safeParse(request.body);
    if (!act.success) return reply.code(400).send({ error: z.prettifyError(act.error) });
    const answer = answerOf(await options.act(act.data));
    return reply.code(answer.ok ? 200 : 409).send(answer);
  });

  scrutineerRoutes(app, {
    scrutineers: options.scrutineers,
    act: options.act,
    isStaff: (request) => isStaffRequest(staff, request),
    answerOf,
  });

  app.get('/api/stats', async (request, reply) => {
    if (!isStaffRequest(staff, request.raw)) return reply.code(401).send({ error: 'sign in' });
    return options.stats();
  });

  app.get('/api/bundle', async (request, reply) => {
    if (!isStaffRequest(staff, request.raw)) return reply.code(401).send({ error: 'sign in' });
    const bundle = await options.bundle();
    if (!bundle) return reply.code(409).send(refusal('vote-open'));
    return reply
      .type('application/zip')
      .header('Content-Disposition', `attachment; filename="${bundle.name}"`)
      .send(Buffer.from(bundle.bytes));
  });

  const endSockets = mqttSockets(app.server, options);
  app.addHook('onClose', async () => endSockets());
  return app;
}
