import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { WebSocket } from 'ws';
import { SimulatedBoard } from '../../hardware/simulated-board.ts';
import { rawHttp } from '../../test/support/raw-http.ts';
import { gallery } from '../testing/gallery.ts';
import { BoardView } from './board-messages.ts';
import { screenView } from './screen-view.ts';
import { ScreenServer } from './server.ts';
import { Body, ScreenView } from './view.ts';

const report = vi.fn();
const onDrawn = vi.fn();
const onRead = vi.fn();
let pages: string;
let server: ScreenServer;
let io: SimulatedBoard;
let port: number;

beforeEach(async () => {
  pages = mkdtempSync(join(tmpdir(), 'hallvote-pages-'));
  mkdirSync(join(pages, 'assets'));
  mkdirSync(join(pages, 'terminal/screen'), { recursive: true });
  for (const page of ['seat', 'board']) {
    writeFileSync(join(pages, `terminal/screen/${page}.html`), `<p>${page}`);
  }
  io = new SimulatedBoard();
  const cards = [{ card: '04A1B2C3', label: '王秀兰' }];
  server = new ScreenServer({
    port: 0,
    language: 'zh',
    pages,
    board: { io, cards },
    report,
    onDrawn,
    onRead,
  });
  port = await server.start();
});
afterEach(async () => {
  await server.stop();
  rmSync(pages, { recursive: true });
});

function get(path: string, headers: Record<string, string> = {}): Promise<{ status: number; body: string }> {
  return new Promise((resolve, reject) => {
    request({ host: '127.0.0.1', port, path, headers }, (response) => {
      let body = '';
      response.on('data', (data) => {
        body += String(data);
      });
      response.on('end', () => resolve({ status: response.statusCode ?? 0, body }));
    })
      .on('error', reject)
      .end();
  });
}

/** Opens a socket; gives what it hears, or `refused`. */
async function socket(
  path: string,
  origin: string,
): Promise<{ heard: unknown[]; send: (m: object) => void } | 'refused'> {
  const client = new WebSocket(`ws://127.0.0.1:${port}${path}`, { origin });
  const heard: unknown[] = [];
  client.on('message', (data) => heard.push(JSON.parse(String(data))));
  const isOpen = await new Promise((resolve) => {
    client.on('open', () => resolve(true));
    client.on('error', () => resolve(false));
  });
  return isOpen ? { heard, send: (message) => client.send(JSON.stringify(message)) } : 'refused';
}

describe('the screen’s server', () => {
  test('serves the pages to this machine, in the language of the configuration', async () => {
    expect((await get('/seat')).status).toBe(302);
    expect(await get('/seat?lang=zh')).toEqual({ status: 200, body: '<p>seat' });
    expect(await get('/board?lang=en')).toEqual({ status: 200, body: '<p>board' });
    expect((await get('/assets/../terminal/screen/seat.html')).status).toBe(403);
  });

  test('answers to no other name and no other origin', async () => {
    expect((await get('/seat?lang=zh', { host: 'evil.example' })).status).toBe(403);
    expect((await get('/seat?lang=zh', { origin: 'http://evil.example' })).status).toBe(403);
    expect(await socket('/seat/socket', 'http://evil.example')).toBe('refused');
    expect(await socket('/board/socket', 'http://evil.example')).toBe('refused');
    expect(await socket('/elsewhere', `http://127.0.0.1:${port}`)).toBe('refused');
  });

  test('shows the last view to a screen that comes late, and each change to all', async () => {
    const { waiting, decision } = gallery();
    if (!waiting || !decision) throw new Error('the gallery lacks a state');
    server.show(screenView(waiting, 'f'));
    const screen = await socket('/seat/socket', `http://127.0.0.1:${port}`);
    if (screen === 'refused') throw new Error(screen);
    await vi.waitFor(() => expect(screen.heard).toHaveLength(1));
    server.show(screenView(waiting, 'f'));
    server.show(screenView(decision, 'f'));
    await vi.waitFor(() => expect(screen.heard).toHaveLength(2));
    expect(screen.heard.map((view) => ScreenView.parse(view).body.is)).toEqual(['waiting', 'decision']);
  });

  test('hears from a screen that it has drawn', async () => {
    onDrawn.mockClear();
    const screen = await socket('/seat/socket', `http://127.0.0.1:${port}`);
    if (screen === 'refused') throw new Error(screen);
    screen.send({ drawn: 'perhaps' });
    screen.send({ drawn: true, build: 'Bq3' });
    await vi.waitFor(() => expect(onDrawn).toHaveBeenCalledOnce());
    expect(onDrawn).toHaveBeenCalledWith('Bq3');
  });

  test('hears a touch that reads, and of no other', async () => {
    const screen = await socket('/seat/socket', `http://127.0.0.1:${port}`);
    if (screen === 'refused') throw new Error(screen);
    for (const read of ['pick', 'cast', 'submit', 4, null]) screen.send({ read });
    screen.send({ read: 'sheet', key: 2 });
    screen.send({ read: 'page-on' });
    await vi.waitFor(() => expect(onRead).toHaveBeenCalled());
    expect(onRead.mock.calls).toEqual([['page-on']]);
  });

  test('cuts whoever sends half a request, and reads no bodies', async () => {
    const half = rawHttp(port, 'GET /seat HTTP/1.1\r\nHost: ');
    const post = rawHttp(
      port,
      `POST /seat HTTP/1.1\r\nHost: 127.0.0.1:${port}\r\nContent-Type: application/json\r\nContent-Length: 9000000\r\n\r\n`,
    );
    try {
      expect(await post.hears('}')).toMatch(/^HTTP\/1\.1 404 /);
      await half.closed;
      expect(half.heard()).toMatch(/^HTTP\/1\.1 408 /);
    } finally {
      half.socket.destroy();
      post.socket.destroy();
    }
  });

  test('the board’s page taps cards and moves keys; what it cannot read is ignored', async () => {
    const tapped: string[] = [];
    io.reader.onTap(({ card }) => tapped.push(card));
    io.pinMode(2, io.MODES.INPUT);
    io.digitalWrite(2, io.HIGH);
    const levels: number[] = [];
    io.digitalRead(2, (level) => levels.push(level));
    const board = await socket('/board/socket', `http://localhost:${port}`);
    if (board === 'refused') throw new Error(board);
    await vi.waitFor(() => expect(BoardView.parse(board.heard[0]).cards[0]?.card).toBe('04A1B2C3'));
    board.send({ act: 'hold', key: 9, isDown: true });
    board.send({ act: 'explode' });
    board.send({ act: 'hold', key: 1, isDown: true });
    board.send({ act: 'hold', key: 1, isDown: false });
    board.send({ act: 'tap', card: '04A1B2C3' });
    await vi.waitFor(() => expect(tapped).toEqual(['04A1B2C3']));
    expect(levels).toEqual([0, 1]);
  });
});

test('the gallery reaches every kind of body, and every view is one the page accepts', () => {
  const views = Object.values(gallery()).map((state) => ScreenView.parse(screenView(state, 'f')));
  const kinds = Body.options.map((option) => option.shape.is.value);
  expect(new Set(views.map((view) => view.body.is))).toEqual(new Set(kinds));
});

test('G4: after the press the view is the same whatever was chosen', () => {
  const { sending, counted } = gallery();
  for (const state of [sending, counted]) {
    if (!state) throw new Error('the gallery lacks a state');
    expect(JSON.stringify(screenView(state, 'f'))).not.toMatch(/"(for|against|abstain)"/);
  }
});
