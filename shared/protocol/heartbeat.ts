import type { WebSocket } from 'ws';

/** The time between two beats (ms): a peer that is gone holds its place for two of them. */
export const BEAT_MS = 20_000;

/** Answers to pings are dropped where so many bytes wait to be read: nobody has answers kept for them without end. */
const UNREAD_PONGS = 4 * 1024;

/** Of an open page's documents no more waits to be read, in bytes: one that reads nothing is cut. */
const UNREAD = 32 * 1024 * 1024;

/** The part of a WebSocket that this needs. */
type Peer = Pick<WebSocket, 'on' | 'ping' | 'pong' | 'terminate' | 'bufferedAmount'>;

/** Finds the WebSockets at whose other end nobody is any more, and ends them. They are made with `autoPong: false`. */
export class Heartbeat {
  readonly #silent = new WeakSet<Peer>();

  /** Follows a WebSocket from now on. */
  watch(peer: Peer): void {
    const isThere = () => this.#silent.delete(peer);
    peer.on('pong', isThere);
    peer.on('message', isThere);
    peer.on('ping', (data: Buffer) => {
      isThere();
      if (peer.bufferedAmount < UNREAD_PONGS) peer.pong(data);
    });
  }

  /** Ends who has said nothing since the last beat, or reads nothing, and asks the others for a sign of life. */
  beat(peers: Iterable<Peer>): void {
    for (const peer of peers) {
      if (this.#silent.has(peer) || peer.bufferedAmount > UNREAD) peer.terminate();
      else {
        this.#silent.add(peer);
        peer.ping();
      }
    }
  }
}
