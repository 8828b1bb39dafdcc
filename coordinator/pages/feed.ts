import type { ReactiveController, ReactiveControllerHost } from 'lit';
import mqtt, { type MqttClient } from 'mqtt';
import { z } from 'zod';
import { type PublicTopic, type StaffTopic, topics } from '../../shared/topics.ts';
import {
  AgendaDocument,
  AttendanceDocument,
  CheckpointDocument,
  DeputiesDocument,
  HallDocument,
  MotionDocument,
  RefusalsDocument,
  ResultDocument,
  TerminalsDocument,
  TurnoutDocument,
} from '../views/documents.ts';

const SCHEMAS = {
  hall: HallDocument,
  attendance: AttendanceDocument,
  motion: MotionDocument,
  turnout: TurnoutDocument,
  result: ResultDocument,
  checkpoint: CheckpointDocument,
  agenda: AgendaDocument,
  terminals: TerminalsDocument,
  deputies: DeputiesDocument,
  refusals: RefusalsDocument,
} satisfies Record<PublicTopic | StaffTopic, z.ZodType>;

/** What a page knows; undefined until it has arrived. */
export type Documents = { [T in keyof typeof SCHEMAS]?: z.infer<(typeof SCHEMAS)[T]> | undefined };

const Hall = z.object({ hall: z.string() });
const RETRY_MS = 1_500;

/**
 * A page's live documents: retained topics over MQTT on a WebSocket, so that a page that was cut off, asleep or
 * late has the last word as soon as it is back.
 */
export class Feed implements ReactiveController {
  documents: Documents = {};
  isConnected = false;
  /** When the turnout arrived, on the page's own steady clock: what a countdown counts from. */
  turnoutAt = 0;
  readonly #host: ReactiveControllerHost;
  readonly #what: { readonly public: readonly PublicTopic[]; readonly staff: readonly StaffTopic[] };
  #client: MqttClient | null = null;
  #retry: ReturnType<typeof setTimeout> | undefined;
  #isWanted = false;

  constructor(
    host: ReactiveControllerHost,
    what: { public: readonly PublicTopic[]; staff?: readonly StaffTopic[] },
  ) {
    this.#host = host;
    this.#what = { public: what.public, staff: what.staff ?? [] };
    host.addController(this);
  }

  hostConnected(): void {
    this.#isWanted = true;
    this.#connect();
  }

  hostDisconnected(): void {
    this.#isWanted = false;
    this.#hangUp();
  }

  /** Connects anew, as who the page is now: after signing in or out. */
  restart(): void {
    this.#hangUp();
    if (this.#isWanted) this.#connect();
  }

  #hangUp(): void {
    clearTimeout(this.#retry);
    this.#client?.end(true);
    this.#client = null;
    this.#set(false);
  }

  async #connect(): Promise<void> {
    try {
      const { hall } = Hall.parse(await (await fetch('/api/hall')).json());
      if (this.#isWanted && this.#client === null) this.#open(hall);
    } catch {
      this.#again();
    }
  }

  #open(hall: string): void {
    const at = topics(hall);
    const subscribed = new Map<string, PublicTopic | StaffTopic>([
      ...this.#what.public.map((what) => [at.public(what), what] as const),
      ...this.#what.staff.map((what) => [at.staff(what), what] as const),
    ]);
    const scheme = location.protocol === 'https:' ? 'wss' : 'ws';
    const client = mqtt.connect(`${scheme}://${location.host}/mqtt`, {
      protocolVersion: 4,
      clean: true,
      clientId: `web-${crypto.getRandomValues(new Uint32Array(2)).reduce((text, n) => text + n.toString(16).padStart(8, '0'), '')}`,
      reconnectPeriod: 0,
      keepalive: 20,
      // Its other timers live in a worker made from a blob, which the content policy refuses.
      timerVariant: 'native',
    });
    this.#client = client;
    client.on('connect', () => {
      client.subscribe([...subscribed.keys()], { qos: 1 });
      this.#set(true);
    });
    client.on('message', (topic, payload) => {
      const what = subscribed.get(topic);
      if (what) this.#receive(what, payload.toString());
    });
    client.on('error', () => client.end(true));
    client.on('close', () => {
      if (client !== this.#client) return;
      this.#client = null;
      this.#set(false);
      this.#again();
    });
  }

  #again(): void {
    clearTimeout(this.#retry);
    if (this.#isWanted) this.#retry = setTimeout(() => this.#connect(), RETRY_MS * (0.5 + Math.random()));
  }

  /** A document that does not parse is left out; the last good one stands. */
  #receive(what: PublicTopic | StaffTopic, text: string): void {
    const parsed = z.json().safeParse(JSON.parse(text));
    const document = parsed.success ? SCHEMAS[what].safeParse(parsed.data) : null;
    if (!document?.success) return;
    this.documents = { ...this.documents, [what]: document.data };
    if (what === 'turnout') this.turnoutAt = performance.now();
    this.#host.requestUpdate();
  }

  #set(isConnected: boolean): void {
    this.isConnected = isConnected;
    this.#host.requestUpdate();
  }

  /** Milliseconds the open vote has left; null where the chair closes it. Counts down between turnouts. */
  get remaining(): number | null {
    const left = this.documents.turnout?.remaining;
    return left == null ? null : Math.max(0, left - (performance.now() - this.turnoutAt));
  }
}
