import { connect, type Socket } from 'node:net';
import type { Context } from './context.ts';
import { Dice } from './dice.ts';

/** What an attack has done so far. */
export interface Counts {
  connections: number;
  packets: number;
  bytes: number;
  /** What was seen on the way, by name: answers, refusals. */
  readonly seen: Record<string, number>;
}

const REST_MS = 10;

/** The hands of one attack: sockets from many loopback addresses, at a bounded pace, all counted, all ended. */
export class Strike {
  readonly dice: Dice;
  readonly counts: Counts = { connections: 0, packets: 0, bytes: 0, seen: {} };
  readonly #end: number;
  readonly #open = new Set<Socket>();
  readonly #most: number;

  /** @param most sockets held open at once; the oldest goes when another comes. */
  constructor(
    readonly context: Context,
    most = 200,
  ) {
    this.dice = new Dice(context.seed);
    this.#end = performance.now() + context.milliseconds;
    this.#most = most;
  }

  get isOver(): boolean {
    return performance.now() >= this.#end;
  }

  /** One turn after the other, at most `perSecond`, until the time is up. */
  async *turns(perSecond: number): AsyncGenerator<number> {
    const start = performance.now();
    for (let i = 0; !this.isOver; ) {
      const due = Math.floor(((performance.now() - start) / 1000) * perSecond) + 1;
      for (; i < due && !this.isOver; i += 1) yield i;
      await new Promise((resolve) => setTimeout(resolve, REST_MS));
    }
  }

  see(what: string): void {
    this.counts.seen[what] = (this.counts.seen[what] ?? 0) + 1;
  }

  /** A connection to a port of the hall, from one of the addresses unless one is named. */
  connect(port: number, from = this.address()): Socket {
    this.counts.connections += 1;
    const socket = connect({ port, host: '127.0.0.1', localAddress: from, noDelay: true });
    socket.on('error', () => socket.destroy());
    socket.once('close', () => this.#open.delete(socket));
    this.#open.add(socket);
    const [oldest] = this.#open;
    if (this.#open.size > this.#most && oldest) {
      this.#open.delete(oldest);
      oldest.destroy();
    }
    return socket;
  }

  /** 127.0.0.2 and on, never the address of the hall's own. */
  address(): string {
    return `127.0.0.${2 + this.dice.below(this.context.addresses)}`;
  }

  get open(): number {
    return this.#open.size;
  }

  send(socket: Socket, bytes: Buffer): void {
    if (socket.destroyed || socket.writableLength > 4_000_000) return;
    this.counts.packets += 1;
    this.counts.bytes += bytes.length;
    socket.write(bytes);
  }

  /** Sends an HTTP request and resolves with its status; 0 where none came within `patience` ms. */
  ask(
    request: string,
    { from = this.address(), patience = 10_000 }: { from?: string; patience?: number } = {},
  ): Promise<number> {
    const socket = this.connect(this.context.http, from);
    this.send(socket, Buffer.from(request));
    return new Promise((resolve) => {
      let head = '';
      let isAnswered = false;
      const end = (status: number) => {
        if (isAnswered) return;
        isAnswered = true;
        clearTimeout(late);
        socket.destroy();
        this.see(status === 0 ? 'no answer' : String(status));
        resolve(status);
      };
      const late = setTimeout(() => end(0), patience);
      socket.on('data', (chunk: Buffer) => {
        head += chunk.toString('latin1');
        const status = /^HTTP\/1\.1 (\d{3})/.exec(head)?.[1];
        if (status) end(Number(status));
      });
      socket.once('close', () => end(0));
    });
  }

  end(): void {
    for (const socket of this.#open) socket.destroy();
  }
}

/** A POST of JSON text. */
export function post(path: string, body: string, headers = ''): string {
  return `POST ${path} HTTP/1.1\r\nHost: hall\r\nConnection: close\r\nContent-Type: application/json\r\nContent-Length: ${Buffer.byteLength(body)}\r\n${headers}\r\n${body}`;
}
