import type { KeyObject } from 'node:crypto';
import mqtt, { type IClientOptions, MqttClient } from 'mqtt';
import type { Logger } from 'pino';
import { backoffMs, type Random } from '../../shared/backoff.ts';
import { importPublicKey, verifyJws } from '../../shared/protocol/ed25519-node.ts';
import { guarded, type Report } from '../../shared/protocol/guarded.ts';
import { parseJwsOfAnyLength, type Signer, signJws } from '../../shared/protocol/jws.ts';
import { type PublicIdentity, thumbprint } from '../../shared/protocol/keys.ts';
import { unpackList } from '../../shared/protocol/list-parcel.ts';
import {
  type Certificate,
  type Connect,
  type Gone,
  MESSAGE_VERSION,
  type ToSeat,
  ToTerminal,
} from '../../shared/protocol/messages.ts';
import type { Goodbye } from '../../shared/protocol/seat-details.ts';
import { topics } from '../../shared/protocol/topics.ts';
import type { Clock } from '../machine/clock.ts';
import type { SeatWire, Shown } from './seat-wire.ts';
import { Silence } from './silence.ts';

export interface LinkParts {
  /** `mqtt://`, `mqtts://` or `ws://`, `wss://`. */
  readonly url: string;
  /** Of `mqtts://`: whom to believe, and what to show. */
  readonly wire?: SeatWire | undefined;
  readonly hall: string;
  readonly terminal: string;
  /** The coordinator's public key. */
  readonly coordinator: string;
  readonly self: PublicIdentity;
  readonly signer: Signer;
  /** The number of the next connection, `step` above the last. */
  readonly nextConnection: (step: number) => number;
  /** The first connection waits up to so long, so that a hall switched on at once does not arrive at once. */
  readonly spreadMs: number;
  readonly clock: Clock;
  readonly random: Random;
  readonly log: Logger;
  /** Runs the verification of a message that has arrived: at once, unless a load generator has it wait. */
  readonly verifyWhen?: (verify: () => void) => void;
}

export interface LinkListener {
  /** Connected and subscribed. */
  up(): void;
  down(): void;
  /** Nothing comes on the line any more, as where the wire is cut, or something comes again; the connection stands. */
  silent?(isSilent: boolean): void;
  /** The coordinator is there and refuses this terminal, with whatever number it comes; {@link down} ends that too. */
  refused?(): void;
  /** A message that the coordinator signed, meant for this terminal. */
  message(message: ToSeat): void;
  /** The text of a list that was asked for, and has its hash. */
  list?(hash: string, text: string): void;
}

const RECONNECT = { firstMs: 500, mostMs: 15_000 };
/** A connection on which nothing comes for one and a half times as long is given up; the seat says long before that it is offline. */
const KEEPALIVE_S = 20;
/** A busy hall takes its time to hear a goodbye, and one that it has not heard is shown as a lost seat; systemd waits for ten seconds. */
const STOP_MS = 5_000;
/**
 * By how much the number of a connection is raised after so many refusals in a row. A number that was put back from an old
 * copy, or could not be recorded, is far enough up again after three at the most; the coordinator is not asked why, since
 * who refuses may be anybody. What refuses for another reason costs a few numbers of 2^53.
 */
const STEPS = [1, 2 ** 10, 2 ** 20, 2 ** 30];
const MQTTS_PORT = 8883;
/** MQTT 3.1.1, 3.2.2.3. */
const NOT_AUTHORIZED = 5;
/** More bytes without a whole packet are none of ours: the largest motion, in two languages, takes less. */
const MOST_GATHERED = 8 * 2 ** 20;

/**
 * The terminal's line to the coordinator. Every connection is a new mqtt.js client, because each needs a new
 * proof of the key, and so that no message lingers in the old client: what must not be lost is the courier's.
 */
export class Link {
  #parts: LinkParts;
  #listener: LinkListener;
  #key: KeyObject;
  #kid: string;
  #client: MqttClient | null = null;
  /** What this connection shows, over TLS. */
  #shown: Shown | null = null;
  /** Rises with every line that is begun or called off: one that is ready later is nobody's. */
  #dialled = 0;
  /** The number of this connection. */
  #n = 0;
  #up = false;
  /** Lists that were asked for, by their topic. */
  readonly #awaited = new Map<string, string>();
  #attempt = 0;
  #refusals = 0;
  #report: Report;
  #silence: Silence;
  #cancel = () => {};

  constructor(parts: LinkParts, listener: LinkListener) {
    const key = importPublicKey(parts.coordinator);
    if (key === null) throw new Error('the coordinator’s key is not acceptable');
    this.#key = key;
    this.#kid = thumbprint(parts.coordinator);
    this.#parts = parts;
    this.#listener = listener;
    this.#silence = new Silence(parts.clock, (isSilent) => listener.silent?.(isSilent));
    this.#report = (what, error) =>
      parts.log.error({ terminal: parts.terminal, error: String(error) }, `${what} failed`);
  }

  start(): void {
    const { clock, random, spreadMs } = this.#parts;
    this.#cancel = clock.after(random() * spreadMs, this.#dial);
  }

  /** Says goodbye, and why, and hangs up. */
  async stop(why: Goodbye = 'orderly'): Promise<void> {
    this.#cancel();
    this.#dialled += 1;
    this.#silence.end();
    const client = this.#client;
    this.#client = null;
    if (!client) return;
    if (!this.#up) {
      client.end(true);
      return;
    }
    this.#up = false;
    await new Promise<void>((resolve) => {
      const cancel = this.#parts.clock.after(STOP_MS, () => client.end(true, () => resolve()));
      client.publish(this.#upTopic, this.#gone(why), { qos: 1 }, () => {
        cancel();
        client.end(false, () => resolve());
      });
    });
  }

  /** Publishes a signed message at QoS 1; does nothing while the link is down. */
  publish(jws: string): void {
    if (this.#up) this.#client?.publish(this.#upTopic, jws, { qos: 1 }, () => {});
  }

  /** Asks for the list of projects with this hash: it comes once, and as {@link LinkListener.list}. */
  fetchList(hash: string): void {
    const topic = topics(this.#parts.hall).list(hash);
    this.#awaited.set(topic, hash);
    if (this.#up) this.#client?.subscribe(topic, { qos: 0 }, () => {});
  }

  /** What this connection leaves behind: its last will, or, with a reason, its goodbye. */
  #gone(why?: Goodbye): string {
    const { hall, terminal, signer } = this.#parts;
    const gone: Gone = { typ: 'gone', v: MESSAGE_VERSION, hall, terminal, n: this.#n };
    return signJws(why === undefined ? gone : { ...gone, why }, signer);
  }

  /** Ends this connection as a cut would; the next one comes as after any loss. */
  hangUp(): void {
    this.#client?.end(true);
  }

  get #upTopic(): string {
    return topics(this.#parts.hall).up(this.#parts.terminal);
  }

  #dial = guarded(
    'connecting',
    (what, error) => this.#report(what, error),
    () => this.#begin(),
    () => this.#lost(false),
  );

  async #begin(): Promise<void> {
    this.#dialled += 1;
    const { wire, terminal, url, log } = this.#parts;
    const { hostname, port, protocol } = new URL(url);
    if (!wire || protocol !== 'mqtts:') {
      this.#connect((options) => mqtt.connect(url, options));
      return;
    }
    const mine = this.#dialled;
    const at = Number(port || MQTTS_PORT);
    const refuse = (why: string) => log.warn({ terminal, why }, 'this is not the coordinator');
    const { socket, shown } = await wire.line(hostOf(hostname), at, refuse);
    if (mine !== this.#dialled) {
      socket.destroy();
      return;
    }
    this.#shown = shown;
    this.#connect((options) => new MqttClient(() => socket, options));
  }

  #connect(open: (options: IClientOptions) => MqttClient): void {
    const { hall, terminal, self, signer, nextConnection, log } = this.#parts;
    const n = nextConnection(STEPS[this.#refusals] ?? 1);
    const proof: Connect = {
      typ: 'connect',
      v: MESSAGE_VERSION,
      hall,
      terminal,
      key: self.x,
      coordinator: this.#kid,
      n,
    };
    this.#n = n;
    const client = open({
      protocolVersion: 4,
      clean: true,
      clientId: terminal,
      username: terminal,
      password: signJws(proof, signer),
      will: { topic: this.#upTopic, payload: Buffer.from(this.#gone()), qos: 1, retain: false },
      keepalive: KEEPALIVE_S,
      reconnectPeriod: 0,
      resubscribe: false,
    });
    this.#client = client;
    const { down, sitting } = topics(hall);
    const hangUp = () => client.end(true);
    const safely = <A extends readonly unknown[]>(what: string, handler: (...args: A) => unknown) =>
      guarded(what, this.#report, handler);
    const subscribed = guarded(
      'subscribing',
      this.#report,
      (error: Error | null, granted?: readonly { readonly qos: number }[]) => {
        if (error || granted?.some(({ qos }) => qos === 128)) hangUp();
        else if (client === this.#client) this.#connected();
      },
      hangUp,
    );
    const subscribe = () => client.subscribe([down(terminal), sitting], { qos: 1 }, subscribed);
    client.on('connect', guarded('subscribing', this.#report, subscribe, hangUp));
    const verifyWhen = this.#parts.verifyWhen ?? ((verify) => verify());
    client.on('message', (topic, payload) => {
      // A pulse: that it has come is all it says.
      if (payload.length === 0) return;
      verifyWhen(safely('a message', () => this.#received(topic, payload.toString('utf8'))));
    });
    let isRefused = false;
    client.on(
      'error',
      safely('a fault of the line', (error: Error) => {
        isRefused ||= 'code' in error && error.code === NOT_AUTHORIZED;
        log.warn({ terminal, n, err: error.message }, 'link failed');
      }),
    );
    client.on(
      'close',
      safely('the end of the line', () => {
        hangUp();
        if (client === this.#client) this.#lost(isRefused);
      }),
    );
    let gathered = 0;
    client.on(
      'packetreceive',
      safely('a packet', () => {
        gathered = 0;
        if (client === this.#client && this.#up) this.#silence.heard();
      }),
    );
    client.stream.on('data', (chunk: { readonly length: number }) => {
      gathered += chunk.length;
      if (gathered > MOST_GATHERED) hangUp();
    });
  }

  #connected(): void {
    this.#up = true;
    this.#attempt = 0;
    this.#refusals = 0;
    this.#silence.begin();
    this.#listener.up();
  }

  #lost(isRefused: boolean): void {
    const { clock, random } = this.#parts;
    this.#client = null;
    this.#silence.end();
    this.#cancel = clock.after(backoffMs(this.#attempt, RECONNECT, random), this.#dial);
    this.#attempt += 1;
    const wasOut = this.#refusals >= STEPS.length;
    if (isRefused && this.#shown !== null) this.#parts.wire?.refused(this.#shown);
    this.#refusals = isRefused ? this.#refusals + 1 : 0;
    if (this.#refusals >= STEPS.length) this.#listener.refused?.();
    else if (this.#up || wasOut) this.#listener.down();
    this.#up = false;
  }

  /** Believes nothing that the configured coordinator did not sign for this terminal. */
  #received(topic: string, text: string): void {
    const hash = this.#awaited.get(topic);
    if (hash !== undefined) {
      this.#receivedList(topic, hash, text);
      return;
    }
    const message = this.#verified(topic, text);
    if (message?.typ === 'certificate') this.#certified(message);
    else if (message) this.#listener.message(message);
    else this.#parts.log.warn({ terminal: this.#parts.terminal, topic }, 'message not believed');
  }

  #receivedList(topic: string, hash: string, parcel: string): void {
    this.#awaited.delete(topic);
    this.#client?.unsubscribe(topic, {}, () => {});
    const text = unpackList(parcel, hash);
    if (text !== null) this.#listener.list?.(hash, text);
    else this.#parts.log.warn({ terminal: this.#parts.terminal, topic }, 'list not believed');
  }

  /** Comes again at once where it has something better to show now. */
  #certified(message: Certificate): void {
    const { wire, url } = this.#parts;
    if (!wire || this.#shown === null) return;
    if (wire.told(message, hostOf(new URL(url).hostname), this.#shown)) this.#client?.end(true);
  }

  #verified(topic: string, text: string): ToTerminal | null {
    const { hall, terminal } = this.#parts;
    // A motion with many candidates is longer than anything a terminal may send.
    const jws = parseJwsOfAnyLength(text);
    if (!jws || jws.kid !== this.#kid || !verifyJws(jws, this.#key)) return null;
    const parsed = ToTerminal.safeParse(jws.payload);
    if (!parsed.success) return null;
    const message = parsed.data;
    const place = topics(hall);
    if (message.typ === 'sitting') {
      return topic === place.sitting && message.hall === hall ? message : null;
    }
    if (topic !== place.down(terminal) || message.terminal !== terminal) return null;
    if (message.typ === 'command' || message.typ === 'update') return message;
    return message.hall === hall ? message : null;
  }
}

/** The host of a URL: without the brackets of an IPv6 address. */
function hostOf(hostname: string): string {
  return hostname.replace(/^\[|\]$/g, '');
}
