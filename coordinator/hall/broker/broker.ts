import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import type { Aedes, Client } from 'aedes';
import type { Logger } from 'pino';
import { guarded } from '../../../shared/protocol/guarded.ts';
import type { Signer } from '../../../shared/protocol/jws.ts';
import { MESSAGE_VERSION, type ToTerminal } from '../../../shared/protocol/messages.ts';
import type { Reason } from '../../../shared/protocol/reasons.ts';
import { topics } from '../../../shared/protocol/topics.ts';
import type { After } from '../../process/clock.ts';
import { limitPackets, MAX_PACKET, MAX_TERMINAL_PACKET, PACKETS } from '../../process/packet-meter.ts';
import { throttle } from '../../process/token-bucket.ts';
import type { Chronicle } from '../../sitting/chronicle.ts';
import type { SeatCertificates } from '../../wire/seat-certificates.ts';
import type { Door } from '../door/door.ts';
import { FairPool } from '../door/fair-pool.ts';
import type { ProofDesk } from '../secret/proof-desk.ts';
import { accessTable, type Party } from './access.ts';
import { Admission, type Judged } from './admission.ts';
import { guardParser } from './aedes-guards.ts';
import { aedesWith, type Published } from './aedes-hooks.ts';
import { Claimants } from './claimants.ts';
import { type Answer, type HoldsProof, Intake } from './intake.ts';
import { type Entrance, type Line, lineOf } from './line.ts';
import { LiveTerminals } from './live-terminals.ts';
import { type Aside, MessageCheck } from './message-check.ts';
import { Pace } from './pace.ts';
import { Pulses } from './pulses.ts';
import { QuietLog } from './quiet-log.ts';
import { Refusals, type Refused } from './refusals.ts';
import { Speaker } from './speaker.ts';

/** Pages of strangers that follow at once: each hears of every change. The hall's displays are among them. */
const MOST_PAGES = { all: 600, each: 300 } as const;
/** Topics a connection may ask for: each is answered with the last document. */
const SUBSCRIPTIONS = { burst: 60, perSecond: 1 } as const;

export interface BrokerOptions {
  readonly hall: string;
  readonly chronicle: Chronicle;
  readonly signer: Signer;
  readonly log: Logger;
  /** Whether whoever sent the request that opened a WebSocket may read the staff's documents; asked again at every delivery. */
  readonly isReader: (request: IncomingMessage) => boolean;
  /** Hears who has proved to be somebody. */
  readonly door: Pick<Door, 'provedTerminal' | 'provedStaff'>;
  /** Of a hall with TLS: issues what its terminals show; null in one without. */
  readonly certificates: Pick<SeatCertificates, 'issue' | 'isDue'> | null;
  readonly holdsProof: HoldsProof;
  readonly proofDesk: ProofDesk;
  /** A terminal asks for its seat's state, or its seat changed. */
  readonly onSeatDue: (terminal: string) => void;
  /** An enrolled terminal has connected, and asks for its seat's state. */
  readonly onHello: (terminal: string) => void;
  readonly onLiveChange: () => void;
  /** What seldom changes at a terminal has changed. */
  readonly onStandingChange: () => void;
  readonly after: After;
}

/** A connection that was let in. */
interface Connection extends Refused {
  readonly maySubscribe: () => boolean;
}

/** The MQTT broker: who may connect, write and read, and the way of messages to the intake and back. */
export class Broker {
  readonly intake: Intake;
  readonly live: LiveTerminals;
  readonly claimants: Claimants<Client>;
  readonly #aedes: Aedes;
  readonly #options: BrokerOptions;
  readonly #topic: ReturnType<typeof topics>;
  readonly #access: ReturnType<typeof accessTable>;
  readonly #admission: Admission;
  readonly #pace: Pace;
  readonly #refusals: Refusals;
  readonly #quiet: QuietLog;
  readonly #speaker: Speaker;
  readonly #pulses: Pulses;
  readonly #pages = new FairPool<Client>(() => MOST_PAGES);
  readonly #connections = new WeakMap<Client, Connection>();
  readonly #lines = new WeakMap<Client, Line>();
  /** Enrolled terminals that are connected. */
  readonly #clients = new Map<string, Client>();
  /** Those that are to get their certificate. */
  readonly #uncertified = new Map<string, Client>();

  constructor(options: BrokerOptions) {
    const { chronicle, hall, holdsProof, proofDesk, after, log } = options;
    const now = () => chronicle.now();
    this.#options = options;
    this.#quiet = new QuietLog(log, now);
    const check = new MessageCheck(() => chronicle.state);
    this.#pace = new Pace(now, after, log);
    this.#refusals = new Refusals(chronicle, after, this.#quiet);
    this.#topic = topics(hall);
    this.#access = accessTable(hall);
    this.#speaker = new Speaker(this.#topic.down, options.signer, this.#quiet.error);
    this.live = new LiveTerminals(now, options.onLiveChange, options.onStandingChange);
    this.#pulses = new Pulses({
      send: guarded('a pulse', this.#quiet.error, (terminal: string) => {
        const client = this.#clients.get(terminal);
        if (client) this.#speaker.pulse(client, terminal);
      }),
      onSilent: (terminal, isSilent) =>
        isSilent ? this.live.disconnected(terminal) : this.live.back(terminal),
      now,
      after,
    });
    this.claimants = new Claimants(options.onLiveChange);
    const aside = (message: Aside) => {
      if (message.typ === 'hello') {
        options.onHello(message.terminal);
        this.#certify(this.#clients.get(message.terminal), message.terminal);
      }
      if (message.typ === 'gone') this.live.goes(message.terminal, message.why);
      this.live.heard(message.terminal, message.typ === 'health' ? message : null);
    };
    const refusals = this.#refusals;
    this.intake = new Intake({ chronicle, check, aside, holdsProof, proofDesk, refusals, after });
    this.#admission = new Admission({ chronicle, check, pace: this.#pace, intake: this.intake });
    this.#aedes = aedesWith(
      {
        authenticate: (client, password) => this.#authenticate(client, password),
        publish: (client, packet) => this.#publish(client, packet),
        subscribe: (client, topic) => this.#subscribe(client, topic),
        mayForward: (client, topic) => this.#mayForward(client, topic),
        ready: (client) => this.#ready(client),
        gone: (client) => this.#gone(client),
      },
      this.#quiet.error,
      log,
    );
  }

  async start(): Promise<void> {
    await this.#aedes.listen();
  }

  /** Records what has arrived, and ends all connections; what waits for its turn has not arrived. */
  async stop(): Promise<void> {
    this.#pace.stop();
    this.#pulses.stop();
    await this.intake.stop();
    this.#refusals.stop();
    await new Promise<void>((resolve) => this.#aedes.close(() => resolve()));
  }

  /** Serves one connection; `request` is the HTTP request of a WebSocket. */
  handle(stream: Duplex, request?: IncomingMessage, entrance: Entrance = { is: 'any' }): void {
    const report = this.#quiet.error;
    stream.on('error', () => stream.destroy());
    const limit = () =>
      this.#connections.get(client)?.party.kind === 'terminal' ? MAX_TERMINAL_PACKET : MAX_PACKET;
    const mayPacketCome = throttle(PACKETS, () => this.#options.chronicle.now());
    const mayCome = () => {
      const terminal = this.#terminalAt(client);
      if (terminal !== null && this.#clients.get(terminal) === client) this.#pulses.heard(terminal);
      return mayPacketCome();
    };
    const refuse = guarded('a packet', report, (excess: Reason) =>
      this.#refuse(client, excess, Buffer.alloc(0)),
    );
    const client: Client = this.#aedes.handle(limitPackets(stream, limit, mayCome, refuse), request);
    guardParser(client, report);
    this.#lines.set(client, lineOf(stream, request, entrance));
    stream.once(
      'close',
      guarded('the end of a connection', report, () => {
        this.#pages.leave(client);
        this.claimants.leave(client);
      }),
    );
  }

  /** Publishes a retained document; an empty one is never published, a page always finds the last word. */
  retain(topic: string, payload: string): void {
    this.#aedes.publish(
      { cmd: 'publish', topic, payload: Buffer.from(payload), qos: 1, retain: true, dup: false },
      (error) => error && this.#options.log.error({ topic, error: error.message }, 'cannot publish'),
    );
  }

  /** Signs `message` and delivers it to the terminal, if it is connected; or to all who wait under its name. */
  tell(terminal: string, message: ToTerminal): void {
    const client = this.#clients.get(terminal);
    const clients = client ? [client] : this.claimants.named(terminal).map(([claimant]) => claimant);
    for (const each of clients) this.#speaker.say(each, terminal, message);
    if (client) this.#pulses.told(terminal);
  }

  get connectedTerminals(): Iterable<string> {
    return this.#clients.keys();
  }

  /**
   * Ends the connections that go by the name of a terminal whose enrolment changed: each comes back as what it now is.
   * Who waited and was not chosen is told that another key was.
   */
  disconnect(terminal: string): void {
    const { chronicle, hall } = this.#options;
    this.#clients.get(terminal)?.close();
    this.#uncertified.get(terminal)?.close();
    const chosen = chronicle.state.terminals.get(terminal);
    for (const [client, { kid, digest }] of this.claimants.named(terminal)) {
      const end = guarded('the end of a connection', this.#quiet.error, () => client.close());
      const common = { v: MESSAGE_VERSION, hall, terminal, digest, for: null } as const;
      if (!chosen || chosen.kid === kid) end();
      else this.#speaker.say(client, terminal, { typ: 'refusal', ...common, reason: 'wrong-key' }, end);
    }
  }

  async #authenticate(client: Client, password: Uint8Array | undefined): Promise<boolean> {
    const isGone = () => client.closed || client.conn.destroyed;
    const isReader = () => this.#isReader(client);
    const { entrance = { is: 'any' } } = this.#lines.get(client) ?? {};
    const judged: Judged = await this.#admission.judge({
      id: client.id,
      entrance,
      password,
      isReader,
      isGone,
    });
    if (judged && 'reason' in judged) this.#refuse(client, judged.reason, judged.message);
    return judged !== null && 'party' in judged && !isGone() && this.#admit(client, judged.party);
  }

  #isReader(client: Client): boolean {
    const request = this.#lines.get(client)?.request ?? client.req;
    return request !== undefined && this.#options.isReader(request);
  }

  /** Lets a connection in as `party`; false where there is no room for more of its kind. */
  #admit(client: Client, party: Party): boolean {
    const { chronicle, door } = this.#options;
    const { socket, place } = this.#lines.get(client) ?? { socket: client.conn, place: '' };
    switch (party.kind) {
      case 'public': {
        const { isIn, out } = this.#pages.admit(client, place, chronicle.now());
        out?.close();
        if (!isIn) return false;
        break;
      }
      case 'pending': {
        const out = this.claimants.admit(client, { ...party, place, since: chronicle.now() });
        for (const other of out ?? []) other.close();
        if (!out) return false;
        // No terminal's name has this form: whoever claims one takes no connection from who holds it, nor from another.
        client.id = `${party.terminal}~${party.kid}`;
        break;
      }
      case 'uncertified':
        door.provedTerminal(socket, party.terminal);
        this.#uncertified.get(party.terminal)?.close();
        this.#uncertified.set(party.terminal, client);
        client.id = `${party.terminal}~${party.kid}`;
        break;
      case 'staff':
        door.provedStaff(socket);
        break;
      case 'terminal':
        door.provedTerminal(socket, party.terminal);
        this.live.connected(party.terminal);
    }
    const maySubscribe = throttle(SUBSCRIPTIONS, () => chronicle.now());
    this.#connections.set(client, { party, mayRefuse: this.#refusals.patience(party), maySubscribe });
    return true;
  }

  #subscribe(client: Client, topic: string): 'granted' | 'denied' | 'cut' {
    const connection = this.#connections.get(client);
    const mayRead = connection !== undefined && this.#access.mayRead(connection.party, topic);
    if (mayRead && connection.maySubscribe()) return 'granted';
    const mayGoOn = this.#refuse(
      client,
      mayRead ? 'too-many' : 'not-allowed',
      Buffer.from(`SUBSCRIBE ${topic}`),
    );
    return mayGoOn && !mayRead ? 'denied' : 'cut';
  }

  #mayForward(client: Client, topic: string): boolean {
    const connection = this.#connections.get(client);
    const stillReads = connection?.party.kind !== 'staff' || this.#isReader(client);
    return connection !== undefined && stillReads && this.#access.mayRead(connection.party, topic);
  }

  async #publish(client: Client | null, packet: Published): Promise<boolean> {
    const connection = client && this.#connections.get(client);
    if (!client || !connection) return false;
    const { party } = connection;
    const payload = Buffer.from(packet.payload);
    // A terminal that waits to be enrolled asks and says goodbye; it is told that it waits, and nothing is believed.
    if (party.kind === 'pending' && packet.topic === this.#topic.up(party.terminal)) {
      this.#options.onSeatDue(party.terminal);
      return connection.mayRefuse();
    }
    if (party.kind === 'uncertified' && packet.topic === this.#topic.up(party.terminal)) {
      this.#certify(client, party.terminal);
      return connection.mayRefuse();
    }
    const allowed = this.#access.mayWrite(party, packet.topic) && packet.qos < 2 && !packet.retain;
    if (!allowed || party.kind !== 'terminal') {
      this.#refuse(client, 'not-allowed', Buffer.from(`PUBLISH ${packet.topic}`));
      return false;
    }
    const answer = await this.#judged(party.terminal, payload);
    if (answer === false) return false;
    if (!answer) return true;
    this.#answer(party.terminal, answer);
    return answer.kind === 'entered' || connection.mayRefuse();
  }

  /** Tells a terminal the time and, where it has none or its own ends soon, its certificate. */
  #certify = guarded(
    'a certificate',
    (what, error) => this.#quiet.error(what, error),
    async (client: Client | undefined, terminal: string) => {
      const { certificates, chronicle, hall } = this.#options;
      const line = client && this.#lines.get(client);
      if (!certificates || !client || line?.entrance.is !== 'terminals' || !line.entrance.shown.ok) return;
      const { peer } = line.entrance.shown;
      const isDue = peer.is === 'own-key' || certificates.isDue(peer.until);
      const certificate = isDue ? await certificates.issue(terminal) : null;
      if (isDue && certificate === null)
        this.#quiet.warn(
          'a terminal’s certificate cannot be issued',
          `the CA’s key is not here: ${terminal}`,
        );
      const common = { v: MESSAGE_VERSION, hall, terminal, time: chronicle.now() } as const;
      this.#speaker.say(client, terminal, { typ: 'certificate', ...common, certificate });
    },
  );

  /** What became of a message; null where it has no place in the ledger, false where it comes too fast. */
  async #judged(terminal: string, payload: Uint8Array): Promise<Answer | null | false> {
    const done = this.#pulses.judging(terminal);
    try {
      return (await this.#pace.turn(terminal)) && (await this.intake.submit(terminal, payload));
    } finally {
      done();
    }
  }

  #answer(terminal: string, answer: Answer): void {
    const { begun } = this.#options.chronicle.state;
    if (!begun) return;
    const common = { v: MESSAGE_VERSION, hall: begun.hall, terminal, digest: answer.digest } as const;
    if (answer.kind === 'refused') {
      this.tell(terminal, { typ: 'refusal', ...common, for: answer.for, reason: answer.reason });
      return;
    }
    if (answer.for === null) return;
    const { seq, hash } = answer;
    this.tell(terminal, { typ: 'receipt', ...common, sitting: begun.sitting, for: answer.for, seq, hash });
    if (answer.typ === 'check-in' || answer.typ === 'credential') this.#options.onSeatDue(terminal);
  }

  #refuse(client: Client | undefined, reason: Reason, message: Uint8Array): boolean {
    return this.#refusals.record(client && this.#connections.get(client), reason, message);
  }

  #ready(client: Client): void {
    const terminal = this.#terminalAt(client);
    if (terminal === null) return;
    this.#clients.set(terminal, client);
    this.#pulses.begin(terminal);
  }

  #gone(client: Client): void {
    const party = this.#connections.get(client)?.party;
    if (party?.kind === 'uncertified' && this.#uncertified.get(party.terminal) === client)
      this.#uncertified.delete(party.terminal);
    const terminal = this.#terminalAt(client);
    // A client pushed away by its own successor must not mark the successor as gone.
    if (terminal === null || this.#clients.get(terminal) !== client) return;
    this.#clients.delete(terminal);
    this.#pulses.end(terminal);
    this.live.disconnected(terminal);
  }

  #terminalAt(client: Client): string | null {
    const party = this.#connections.get(client)?.party;
    return party?.kind === 'terminal' ? party.terminal : null;
  }
}
