import type { IncomingMessage } from 'node:http';
import { join } from 'node:path';
import fastifyStatic from '@fastify/static';
import fastify, { type FastifyInstance } from 'fastify';
import { type RawData, type WebSocket, WebSocketServer } from 'ws';
import type { SimulatedBoard } from '../../hardware/simulated-board.ts';
import { guarded, type Report } from '../../shared/protocol/guarded.ts';
import { BEAT_MS, Heartbeat } from '../../shared/protocol/heartbeat.ts';
import { HTTP_LIMITS, limitHeaders } from '../../shared/protocol/http-limits.ts';
import type { Language } from '../../shared/protocol/ids.ts';
import { type ServeAt, upgradeHandler } from '../../shared/protocol/upgrade.ts';
import type { Read } from '../seat/reading.ts';
import { BoardAct, type BoardView } from './board-messages.ts';
import { Drawn } from './drawn.ts';
import { Touched } from './touched.ts';
import type { ScreenView } from './view.ts';

export interface ScreenParts {
  /** 0: any free port. */
  readonly port: number;
  readonly language: Language;
  /** Where the built pages are. */
  readonly pages: string;
  /** The simulated board with the cards on its desk; null where the seat has real hardware or none. */
  readonly board: { readonly io: SimulatedBoard; readonly cards: BoardView['cards'] } | null;
  readonly report: Report;
  /** A page of the seat has been drawn, of this build; null where it does not say. */
  readonly onDrawn?: (build: string | null) => void;
  /** The screen was touched, to read. */
  readonly onRead?: (read: Read) => void;
}

const CONTENT_POLICY = [
  "default-src 'self'",
  "connect-src 'self' ws:",
  "img-src 'self' data:",
  "object-src 'none'",
  "frame-ancestors 'self'",
].join('; ');

/**
 * Serves the seat's screen, and the simulated board's page, to this machine only. Another site in the same
 * browser can neither read the screen nor press a key: host and origin must be this server's own.
 */
export class ScreenServer {
  #parts: ScreenParts;
  #http: FastifyInstance;
  #sockets = new WebSocketServer({ noServer: true, maxPayload: 4096, autoPong: false, maxFragments: 64 });
  #heart = new Heartbeat();
  #beat: ReturnType<typeof setInterval> | undefined;
  #screens = new Set<WebSocket>();
  #last = '';
  #port = 0;

  constructor(parts: ScreenParts) {
    this.#parts = parts;
    this.#http = fastify({ ...HTTP_LIMITS, bodyLimit: 1 });
    limitHeaders(this.#http.server);
    // Nothing is sent to this server but WebSocket messages.
    this.#http.removeAllContentTypeParsers();
  }

  /** Listens; gives the port. */
  async start(): Promise<number> {
    const { pages, language, board, port, report } = this.#parts;
    const http = this.#http;
    http.addHook('onRequest', async (request, reply) => {
      if (!this.#isOwn(request.raw)) return reply.code(403).send('not for this host');
      reply.header('content-security-policy', CONTENT_POLICY);
      reply.header('x-content-type-options', 'nosniff');
      return undefined;
    });
    await http.register(fastifyStatic, { root: join(pages, 'assets'), prefix: '/assets/' });
    const page = (path: string, file: string) =>
      http.get(path, (request, reply) => {
        // The page reads its language from its address.
        if (!request.url.includes('lang=')) return reply.redirect(`${path}?lang=${language}`);
        return reply.header('cache-control', 'no-cache').sendFile(file, join(pages, 'terminal/screen'));
      });
    page('/seat', 'seat.html');
    if (board) page('/board', 'board.html');
    http.server.on('upgrade', upgradeHandler(this.#sockets, this.#serveAt, report));
    this.#beat = setInterval(
      guarded('the heartbeat of screens', report, () => this.#heart.beat(this.#sockets.clients)),
      BEAT_MS,
    ).unref();
    await http.listen({ host: '127.0.0.1', port });
    const address = http.server.address();
    this.#port = address !== null && typeof address === 'object' ? address.port : port;
    return this.#port;
  }

  async stop(): Promise<void> {
    clearInterval(this.#beat);
    for (const socket of this.#sockets.clients) socket.terminate();
    this.#sockets.close();
    this.#http.server.closeAllConnections();
    await this.#http.close();
  }

  /** Shows `view` on every screen, if it differs from what is shown. */
  show(view: ScreenView): void {
    const text = JSON.stringify(view);
    if (text === this.#last) return;
    this.#last = text;
    for (const screen of this.#screens) screen.send(text);
  }

  #isOwn(request: IncomingMessage): boolean {
    const hosts = [`127.0.0.1:${this.#port}`, `localhost:${this.#port}`];
    const { host, origin } = request.headers;
    if (host === undefined || !hosts.includes(host)) return false;
    return origin === undefined || hosts.some((own) => origin === `http://${own}`);
  }

  #serveAt: ServeAt = (path, request) => {
    if (!this.#isOwn(request)) return '403 Forbidden';
    if (path === '/seat/socket') return this.#serveScreen;
    return path === '/board/socket' && this.#parts.board ? this.#serveBoard : '404 Not Found';
  };

  #serveScreen = (client: WebSocket): void => {
    this.#heart.watch(client);
    this.#screens.add(client);
    client.on('close', () => this.#screens.delete(client));
    // All that the seat's page ever says.
    const { onDrawn = () => {}, onRead = () => {}, report } = this.#parts;
    const heard = (data: RawData) => {
      const says = parseJson(String(data));
      const drawn = Drawn.safeParse(says).data;
      if (drawn) onDrawn(drawn.build);
      const touched = Touched.safeParse(says).data;
      if (touched) onRead(touched.read);
    };
    client.on('message', guarded('a word of the seat’s page', report, heard));
    if (this.#last !== '') client.send(this.#last);
  };

  #serveBoard = (client: WebSocket): void => {
    const { board, report } = this.#parts;
    if (!board) return;
    this.#heart.watch(client);
    const { io, cards } = board;
    const tell = (lamps: boolean[]) => client.send(JSON.stringify({ cards, lamps } satisfies BoardView));
    const unwatch = io.onLamps(tell);
    client.on('close', unwatch);
    client.on(
      'message',
      guarded('a word of the board’s page', report, (data: RawData) => {
        const act = BoardAct.safeParse(parseJson(String(data))).data;
        if (act?.act === 'tap') io.tap(act.card);
        if (act?.act === 'hold') io.hold(act.key, act.isDown);
      }),
    );
    tell(io.lamps());
  };
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
