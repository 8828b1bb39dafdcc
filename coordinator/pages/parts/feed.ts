import type { ReactiveController, ReactiveControllerHost } from 'lit';
import mqtt, { type MqttClient } from 'mqtt';
import type { z } from 'zod';
import { type Cancel, Timers } from '../../../shared/pages/timers.ts';
import { type PublicTopic, type StaffTopic, topics } from '../../../shared/protocol/topics.ts';
import {
  ActsDocument,
  AgendaDocument,
  AttendanceDocument,
  AuditsDocument,
  CheckpointDocument,
  DecryptionDocument,
  DeputiesDocument,
  FleetDocument,
  HallDocument,
  MotionDocument,
  PressingDocument,
  RefusalsDocument,
  RejectedDocument,
  ResultDocument,
  SecrecyDocument,
  TerminalsDocument,
  TurnoutDocument,
  UnvotedDocument,
} from '../../contract/documents.ts';
import { type ActName, mayDo, type RightSettings, USUAL_SETTINGS } from '../../contract/rights.ts';
import { UpdateDocument } from '../../contract/update.ts';
import { WaitingDocument } from '../../contract/waiting.ts';
import { api, type Session } from './api.ts';
import { remainingAt } from './countdown.ts';

const SCHEMAS = {
  hall: HallDocument,
  attendance: AttendanceDocument,
  motion: MotionDocument,
  turnout: TurnoutDocument,
  result: ResultDocument,
  checkpoint: CheckpointDocument,
  secrecy: SecrecyDocument,
  decryption: DecryptionDocument,
  audits: AuditsDocument,
  agenda: AgendaDocument,
  pressing: PressingDocument,
  unvoted: UnvotedDocument,
  terminals: TerminalsDocument,
  fleet: FleetDocument,
  deputies: DeputiesDocument,
  refusals: RefusalsDocument,
  rejected: RejectedDocument,
  acts: ActsDocument,
  update: UpdateDocument,
  waiting: WaitingDocument,
} satisfies Record<PublicTopic | StaffTopic, z.ZodType>;

/** What a page knows; undefined until it has arrived. */
export type Documents = { [T in keyof typeof SCHEMAS]?: z.infer<(typeof SCHEMAS)[T]> | undefined };

const RETRY_MS = 1_500;
/** The turnout of a timed vote comes every second; a link that is silent for so long is taken for broken. */
const SILENCE_MS = 5_000;
/** What people do at a page. */
const MOVES = ['pointerdown', 'keydown'] as const;
/** Staff's pages ask whether their session goes on, and tell that somebody is there: idle is who does not move. */
const SESSION_EVERY_MS = 30_000;

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** What a page follows. */
interface Followed {
  readonly public: readonly PublicTopic[];
  readonly staff?: readonly StaffTopic[];
  /** It asks who is signed in, also where it follows none of the staff's topics. */
  readonly asks?: boolean;
  /** It is for everybody, signed in or not. */
  readonly forAll?: boolean;
}

/**
 * A page's live documents: retained topics over MQTT on a WebSocket, so that a page that was cut off, asleep or
 * late has the last word as soon as it is back. Staff's topics are asked for only where whoever is signed in may read them.
 */
export class Feed implements ReactiveController {
  documents: Documents = {};
  isConnected = false;
  /** Who is signed in, and what makes their rights; null while that is not known. Pages for everybody never ask. */
  session: Session | null = null;
  /** Attempts to sign in as this person that failed before they came; 0 once they have read it. */
  failedBefore = 0;
  /** Topics whose last document this page could not read: the one before still stands. */
  unread: ReadonlySet<PublicTopic | StaffTopic> = new Set();
  readonly #host: ReactiveControllerHost;
  readonly #what: Required<Followed>;
  /** Somebody has moved since that was told. */
  #hasMoved = false;
  readonly #onMove = () => {
    this.#hasMoved = true;
  };
  /** When the last live turnout came over this connection, on the page's own steady clock; null before it has. */
  #turnoutAt: number | null = null;
  #client: MqttClient | null = null;
  /** Tells an answer to this attempt from one to an attempt given up. */
  #attempt = 0;
  readonly #timers: Timers;
  #endRetry: Cancel = () => {};
  #endSilence: Cancel = () => {};
  #endSessionCheck: Cancel = () => {};

  constructor(host: ReactiveControllerHost, what: Followed) {
    this.#host = host;
    this.#what = { staff: [], asks: (what.staff ?? []).length > 0, forAll: false, ...what };
    this.#timers = new Timers(host);
    host.addController(this);
  }

  hostConnected(): void {
    if (this.#what.asks) for (const event of MOVES) addEventListener(event, this.#onMove);
    void this.#connect();
  }

  hostDisconnected(): void {
    for (const event of MOVES) removeEventListener(event, this.#onMove);
    this.#hangUp();
  }

  /** Who is signed in; null where nobody is, or that is not known. */
  get person(): Session['person'] {
    return this.session?.person ?? null;
  }

  /** Whether whoever is signed in may do `act`. */
  may(act: ActName): boolean {
    return this.session !== null && mayDo(this.session.person, act, this.session.settings);
  }

  /** How far the hall goes beyond the table of rights. */
  get settings(): RightSettings {
    return this.session?.settings ?? USUAL_SETTINGS;
  }

  /** Somebody has come in. @param failed attempts to be them that failed before. */
  signedIn(failed: number): void {
    this.failedBefore = failed;
    this.restart();
  }

  /** They have read how many attempts failed. */
  readonly readFailures = (): void => {
    this.failedBefore = 0;
    this.#host.requestUpdate();
  };

  async signOut(): Promise<void> {
    await api.signOut();
    this.failedBefore = 0;
    this.restart();
  }

  /** Connects anew, as who the page is now: after signing in or out. */
  restart(): void {
    this.#hangUp();
    void this.#connect();
  }

  #hangUp(): void {
    this.#attempt += 1;
    const client = this.#client;
    this.#client = null;
    client?.end(true);
    this.#cut();
  }

  async #connect(): Promise<void> {
    this.#attempt += 1;
    const attempt = this.#attempt;
    const { asks, forAll } = this.#what;
    const [hall, session] = await Promise.all([api.hall(), asks ? api.session() : null]);
    if (attempt !== this.#attempt) return;
    if (session !== null) {
      // What somebody else may read is not kept for the next.
      if (this.session && this.session.person?.id !== session.person?.id) this.documents = {};
      this.session = session;
      this.#host.requestUpdate();
    }
    if (hall === null || (asks && session === null)) this.#again();
    else if (!asks || forAll || this.person) this.#open(hall);
  }

  /** What is asked for of the staff's; on every page of theirs, whether something waits for a second person. */
  get #staffTopics(): readonly StaffTopic[] {
    const { asks, forAll, staff } = this.#what;
    if (!this.may('read')) return [];
    return asks && !forAll && this.may('second') ? [...staff, 'waiting'] : staff;
  }

  #open(hall: string): void {
    const at = topics(hall);
    const subscribed = new Map<string, PublicTopic | StaffTopic>([
      ...this.#what.public.map((what) => [at.public(what), what] as const),
      ...this.#staffTopics.map((what) => [at.staff(what), what] as const),
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
      if (client !== this.#client) return;
      client.subscribe([...subscribed.keys()], { qos: 1 });
      this.isConnected = true;
      if (this.#what.asks)
        this.#endSessionCheck = this.#timers.every(SESSION_EVERY_MS, () => void this.#checkSession());
      this.#host.requestUpdate();
    });
    client.on('message', (topic, payload, packet) => {
      const what = subscribed.get(topic);
      if (what && client === this.#client) this.#receive(what, payload.toString(), packet.retain);
    });
    client.on('error', () => client.end(true));
    client.on('close', () => {
      if (client !== this.#client) return;
      this.#client = null;
      this.#cut();
      this.#again();
    });
  }

  #again(): void {
    this.#endRetry();
    this.#endRetry = this.#timers.after(RETRY_MS * (0.5 + Math.random()), () => void this.#connect());
  }

  /** The line is gone: what was true a moment ago is no longer known to be. */
  #cut(): void {
    this.#endRetry();
    this.#endSilence();
    this.#endSessionCheck();
    this.isConnected = false;
    this.#turnoutAt = null;
    this.#host.requestUpdate();
  }

  async #checkSession(): Promise<void> {
    if (this.#hasMoved) {
      this.#hasMoved = false;
      await api.stillHere();
    }
    const session = await api.session();
    const isSame = session === null || JSON.stringify(session) === JSON.stringify(this.session);
    if (!isSame && this.isConnected) this.restart();
  }

  /** A document that does not parse is left out and named in `unread`; the last good one stands. */
  #receive(what: PublicTopic | StaffTopic, text: string, isRetained: boolean): void {
    const document = SCHEMAS[what].safeParse(parseJson(text));
    const unread = new Set(this.unread);
    if (document.success) {
      this.documents = { ...this.documents, [what]: document.data };
      unread.delete(what);
    } else unread.add(what);
    this.unread = unread;
    if (what === 'turnout' && document.success) this.#turnoutCame(isRetained);
    this.#host.requestUpdate();
  }

  /** A retained turnout may be of any age: its figures stand, but a countdown waits for the next one. */
  #turnoutCame(isRetained: boolean): void {
    this.#turnoutAt = isRetained ? null : performance.now();
    this.#endSilence();
    const { turnout } = this.documents;
    // A vote on hold is told once.
    if (turnout?.remaining == null || turnout.held) return;
    this.#endSilence = this.#timers.after(SILENCE_MS, () => this.restart());
  }

  /** Milliseconds the open vote has left; null where the chair closes it, and while that is not known. */
  get remaining(): number | null {
    const { turnout } = this.documents;
    // What stands still is true however long ago it was told.
    if (turnout?.held) return turnout.remaining;
    return remainingAt(turnout?.remaining ?? null, this.#turnoutAt, performance.now());
  }
}
