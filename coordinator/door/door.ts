import type { Socket } from 'node:net';
import type { Duplex } from 'node:stream';
import { guarded, type Report } from '../../shared/protocol/guarded.ts';
import { FairPool, type PoolLimits } from './fair-pool.ts';
import { MOST_OF_TERMINAL, MOST_STAFF } from './limits.ts';
import { placeOf } from './place.ts';

export interface DoorOptions {
  readonly limits: () => PoolLimits;
  /** ms, never going back. */
  readonly now: () => number;
  readonly report: Report;
}

/**
 * The one door of the hall, for its MQTT port and its pages alike. Whoever comes in has proved nothing and shares the
 * room for such; who has proved to be an enrolled terminal or signed-in staff has room of their own, so that no number
 * of strangers can keep them out.
 */
export class Door {
  readonly #options: DoorOptions;
  readonly #unproved: FairPool<Duplex>;
  /** Connections of those who have proved to be somebody → who, and how many each of them has. */
  readonly #proved = new Map<Duplex, string>();
  readonly #counts = new Map<string, number>();
  /** Connections that are in, by their ends, and what came in by the door of what speaks TLS on it. */
  readonly #byEnds = new Map<string, Socket>();
  readonly #under = new WeakMap<Duplex, Socket>();

  constructor(options: DoorOptions) {
    this.#options = options;
    this.#unproved = new FairPool(options.limits);
  }

  /** Connections that are in, by whether they have proved anything. */
  get stats(): { readonly unproved: number; readonly proved: number } {
    return { unproved: this.#unproved.size, proved: this.#proved.size };
  }

  /** Lets a new connection in, for which another may have to go; false where it was ended. */
  enter(socket: Socket): boolean {
    const { now, report } = this.#options;
    const end = () => socket.destroy();
    socket.on('error', end);
    const { isIn, out } = this.#unproved.admit(socket, placeOf(socket.remoteAddress), now());
    out?.destroy();
    if (!isIn) {
      report('a connection was turned away', 'there is no room for more from its address');
      socket.destroy();
      return false;
    }
    const ends = endsOf(socket);
    this.#byEnds.set(ends, socket);
    socket.once(
      'close',
      guarded('the end of a connection', report, () => {
        if (this.#byEnds.get(ends) === socket) this.#byEnds.delete(ends);
        this.#leave(socket);
      }),
    );
    return true;
  }

  /** `secure` speaks TLS, its handshake done, on a connection that has come in: who proves something on it proves it for that. */
  secured(secure: Socket): void {
    const socket = this.#byEnds.get(endsOf(secure));
    if (socket) this.#under.set(secure, socket);
  }

  /** An enrolled terminal is at the other end. */
  provedTerminal(socket: Duplex, terminal: string): void {
    this.#prove(socket, `terminal ${terminal}`, MOST_OF_TERMINAL);
  }

  /** Signed-in staff or a scrutineer is at the other end; said as often as it shows. */
  provedStaff(socket: Duplex): void {
    this.#prove(socket, 'staff', MOST_STAFF);
  }

  /** More than the most stay with those who have proved nothing. */
  #prove(shown: Duplex, who: string, most: number): void {
    const socket = this.#under.get(shown) ?? shown;
    if (!this.#unproved.has(socket)) return;
    const count = this.#counts.get(who) ?? 0;
    if (count >= most) return;
    this.#unproved.leave(socket);
    this.#proved.set(socket, who);
    this.#counts.set(who, count + 1);
  }

  #leave(socket: Duplex): void {
    this.#unproved.leave(socket);
    const who = this.#proved.get(socket);
    if (who === undefined) return;
    this.#proved.delete(socket);
    const count = this.#counts.get(who) ?? 0;
    if (count > 1) this.#counts.set(who, count - 1);
    else this.#counts.delete(who);
  }
}

/** A connection's two ends, which no other has at the same time. */
function endsOf({ localAddress, localPort, remoteAddress, remotePort }: Socket): string {
  return `${localAddress} ${localPort} ${remoteAddress} ${remotePort}`;
}
