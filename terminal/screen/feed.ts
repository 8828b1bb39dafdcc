import type { ReactiveController, ReactiveControllerHost } from 'lit';
import type { z } from 'zod';
import { Timers } from '../../shared/pages/timers.ts';

const RETRY_MS = 1_000;

/** A live document from this page's own server, over a WebSocket that comes back by itself. */
export class Feed<T> implements ReactiveController {
  value: T | null = null;
  isConnected = false;
  #host: ReactiveControllerHost;
  #path: string;
  #schema: z.ZodType<T>;
  #socket: WebSocket | null = null;
  readonly #timers: Timers;
  #wasOpen = false;

  constructor(host: ReactiveControllerHost, path: string, schema: z.ZodType<T>) {
    this.#host = host;
    this.#path = path;
    this.#schema = schema;
    this.#timers = new Timers(host);
    host.addController(this);
  }

  hostConnected(): void {
    const socket = new WebSocket(`ws://${location.host}${this.#path}`);
    this.#socket = socket;
    socket.onopen = () => {
      // The program has started anew, and may be another version: its own page shall be shown, and proven to be drawn.
      if (this.#wasOpen) location.reload();
      this.#wasOpen = true;
      this.#set(true);
    };
    socket.onmessage = (event) => {
      const parsed = this.#schema.safeParse(JSON.parse(String(event.data)));
      if (!parsed.success) return;
      this.value = parsed.data;
      this.#host.requestUpdate();
    };
    socket.onclose = () => {
      if (socket !== this.#socket) return;
      this.#set(false);
      this.#timers.after(RETRY_MS, () => this.hostConnected());
    };
  }

  hostDisconnected(): void {
    const socket = this.#socket;
    this.#socket = null;
    socket?.close();
  }

  send(message: object): void {
    if (this.#socket?.readyState === WebSocket.OPEN) this.#socket.send(JSON.stringify(message));
  }

  #set(isConnected: boolean): void {
    this.isConnected = isConnected;
    this.#host.requestUpdate();
  }
}
