import { connect, createServer, type Socket } from 'node:net';

/** A line to a port whose wire can be cut: no end, no reset, nothing comes through; and mended, as TCP sees it. */
export class CutLine {
  readonly #sockets = new Set<Socket>();
  #isCut = false;
  readonly #server;
  port = 0;
  /** Bytes that whoever called has sent so far, as far as they came through. */
  sent = 0;

  /** @param tap hears every byte, both ways. */
  constructor(to: number, tap: (chunk: Buffer) => void = () => {}) {
    this.#server = createServer({ allowHalfOpen: true }, (near) => {
      const far = connect({ port: to, host: '127.0.0.1', allowHalfOpen: true });
      for (const [from, into] of [
        [near, far],
        [far, near],
      ] as const) {
        this.#sockets.add(from);
        from.on('data', (chunk) => {
          tap(chunk);
          if (from === near) this.sent += chunk.length;
          into.write(chunk);
        });
        from.on('end', () => into.end());
        from.on('error', () => into.destroy());
        from.on('close', () => {
          this.#sockets.delete(from);
          into.destroy();
        });
        if (this.#isCut) from.pause();
      }
    });
  }

  async open(): Promise<this> {
    await new Promise<void>((resolve) => this.#server.listen(0, '127.0.0.1', resolve));
    const address = this.#server.address();
    this.port = address !== null && typeof address === 'object' ? address.port : 0;
    return this;
  }

  cut(): void {
    this.#isCut = true;
    for (const socket of this.#sockets) socket.pause();
  }

  /** What was sent meanwhile arrives. */
  mend(): void {
    this.#isCut = false;
    for (const socket of this.#sockets) socket.resume();
  }

  async close(): Promise<void> {
    for (const socket of this.#sockets) socket.destroy();
    await new Promise<void>((resolve) => this.#server.close(() => resolve()));
  }
}
