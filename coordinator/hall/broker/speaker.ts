import type { Client } from 'aedes';
import { guarded, type Report } from '../../../shared/protocol/guarded.ts';
import { type Signer, signJws } from '../../../shared/protocol/jws.ts';
import type { ToTerminal } from '../../../shared/protocol/messages.ts';

/** Says the coordinator's signed messages to single connections. */
export class Speaker {
  readonly #topicOf: (terminal: string) => string;
  readonly #signer: Signer;
  readonly #report: Report;
  #said = 0;

  /** @param topicOf the topic that a terminal hears its messages on. */
  constructor(topicOf: (terminal: string) => string, signer: Signer, report: Report) {
    this.#topicOf = topicOf;
    this.#signer = signer;
    this.#report = report;
  }

  /** Signs `message` and sends it to `client`, which goes by the name of `terminal`; `then`, it is on its way. */
  say(client: Client, terminal: string, message: ToTerminal, then = () => {}): void {
    const payload = Buffer.from(signJws(message, this.#signer));
    // Aedes drops what a client gets out of the order of its broker's counter, and a retained message takes a
    // longer way than this one: so these count by themselves, as if another broker sent them.
    const order = this.#next();
    const topic = this.#topicOf(terminal);
    // QoS 0: within a connection TCP loses nothing, and after it the terminal asks and sends again. Corked, the
    // answer, which goes out at the next immediate, and the PUBACK that goes with it are one packet on the wire. What
    // uncorks must not wait for the answer to be written: many at once fill the buffer, which then waits for that.
    const { conn } = client;
    conn.cork();
    client.publish({ cmd: 'publish', topic, payload, qos: 0, retain: false, dup: false, ...order }, then);
    setImmediate(guarded('a delivery', this.#report, () => conn.uncork()));
  }

  /** Sends `client` its pulse, which its MQTT library acknowledges. */
  pulse(client: Client, terminal: string): void {
    const packet = { cmd: 'publish', qos: 1, retain: false, dup: false } as const;
    const payload = Buffer.alloc(0);
    client.publish({ ...packet, topic: this.#topicOf(terminal), payload, ...this.#next() }, () => {});
  }

  #next(): { brokerId: string; brokerCounter: number } {
    this.#said += 1;
    return { brokerId: 'down', brokerCounter: this.#said };
  }
}
