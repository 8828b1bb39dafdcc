import { Agent, type AgentOptions } from 'node:https';
import type { Duplex } from 'node:stream';
import { httpsFetch } from '../../shared/protocol/https-fetch.ts';
import type { SeatWire } from './seat-wire.ts';

/** Lines of a seat's own, one at a time: a hall of seats asks at once. */
class WireAgent extends Agent {
  readonly #wire: SeatWire;

  constructor(wire: SeatWire, options: AgentOptions) {
    super(options);
    this.#wire = wire;
  }

  override createConnection(
    { host, port }: { readonly host?: string; readonly port?: number | string },
    done: (error: Error | null, stream: Duplex) => void,
  ): undefined {
    this.#wire
      .line(host ?? '', Number(port), () => {})
      .then(
        ({ socket }) => done(null, socket),
        (error: Error) => Reflect.apply(done, undefined, [error]),
      );
  }
}

/** `fetch` that believes what the seat's wire believes. */
export function wireFetch(wire: SeatWire): typeof fetch {
  return httpsFetch({ agent: new WireAgent(wire, { keepAlive: true, maxSockets: 1 }) });
}
