import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import type { Aedes, Client } from 'aedes';
import type { Logger } from 'pino';
import { guarded } from '../../../shared/protocol/guarded.ts';
import type { Signer } from '../../../shared/protocol/jws.ts';
import { MESSAGE_VERSION, type ToTerminal } from '../../../shared/protocol/messages.ts';
import type { Reason } from '../../../shared/protocol/reasons.ts';
import { topics } from '../../../shared/protocol/topics.ts';
import type { Door } from '../../door/door.ts';
import type { After } from '../../process/clock.ts';
import { limitPackets, MAX_PACKET, MAX_TERMINAL_PACKET, PACKETS } from '../../process/packet-meter.ts';
import { QuietLog } from '../../process/quiet-log.ts';
import { throttle } from '../../process/token-bucket.ts';
import type { Chronicle } from '../../sitting/chronicle.ts';
import type { SeatCertificates } from '../../wire/seat-certificates.ts';
import type { ProofDesk } from '../secret/proof-desk.ts';
import { accessTable } from './access.ts';
import { Admission, type Judged } from './admission.ts';
import { guardParser } from './aedes-guards.ts';
import { aedesWith } from './aedes-hooks.ts';
import { Claimants } from './claimants.ts';
import { Connections } from './connections.ts';
import { type HoldsProof, Intake } from './intake.ts';
import { type Entrance, lineOf } from './line.ts';
import { LiveTerminals } from './live-terminals.ts';
import { type Aside, MessageCheck } from './message-check.ts';
import { Pace } from './pace.ts';
import { Publications } from './publications.ts';
import { Pulses } from './pulses.ts';
import { Refusals } from './refusals.ts';
import { Speaker } from './speaker.ts';

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

/** The MQTT broker: who may connect, write and read, and the way of messages to the intake and back. */
export class Broker {
  readonly intake: Intake;
  readonly live: LiveTerminals;
  readonly claimants: Claimants<Client>;
  readonly #aedes: Aedes;
  readonly #options: BrokerOptions;
  readonly #access: ReturnType<typeof accessTable>;
  readonly #admission: Admission;
  readonly #connections: Connections;
  readonly #publications: Publications;
  readonly #pace: Pace;
  readonly #refusals: Refusals;
  readonly #quiet: QuietLog;
  readonly #speaker: Speaker;
  readonly #pulses: Pulses;

  constructor(options: BrokerOptions) {
    const { chronicle, hall, holdsProof, proofDesk, after, log, door, certificates, onSeatDue } = options;
    const now = () => chronicle.now();
    const topic = topics(hall);
    this.#options = options;
    this.#quiet = new QuietLog(log, now);
    const check = new MessageCheck(() => chronicle.state);
    this.#pace = new Pace(now, after, log);
    this.#refusals = new Refusals(chronicle, after, this.#quiet);
    this.#access = accessTable(hall);
    this.#speaker = new Speaker(topic.down, options.signer, this.#quiet.error);
    this.live = new LiveTerminals(now, options.onLiveChange, options.onStandingChange);
    this.claimants = new Claimants(options.onLiveChange);
    const { claimants, live } = this;
    const refusals = this.#refusals;
    const connections = new Connections({ chronicle, door, claimants, live, refusals });
    this.#connections = connections;
    this.#pulses = new Pulses({
      send: guarded('a pulse', this.#quiet.error, (terminal: string) => {
        const client = connections.at(terminal);
        if (client) this.#speaker.pulse(client, terminal);
      }),
      onSilent: (terminal, isSilent) => (isSilent ? live.disconnected(terminal) : live.back(terminal)),
      now,
      after,
    });
    const aside = (message: Aside) => {
      if (message.typ === 'hello') {
        options.onHello(message.terminal);
        this.#publications.certify(connections.at(message.terminal), message.terminal);
      }
      if (message.typ === 'gone') live.goes(message.terminal, message.why);
      live.heard(message.terminal, message.typ === 'health' ? message : null);
    };
    this.intake = new Intake({ chronicle, check, aside, holdsProof, proofDesk, refusals, after });
    this.#admission = new Admission({ chronicle, check, pace: this.#pace, intake: this.intake });
    this.#publications = new Publications({
      hall,
      chronicle,
      up: topic.up,
      access: this.#access,
      connections,
      intake: this.intake,
      pace: this.#pace,
      pulses: this.#pulses,
      speaker: this.#speaker,
      certificates,
      tell: (terminal, message) => this.tell(terminal, message),
      refuse: (client, reason, message) => this.#refuse(client, reason, message),
      onSeatDue,
      quiet: this.#quiet,
    });
    this.#aedes = aedesWith(
      {
        authenticate: (client, password) => this.#authenticate(client, password),
        publish: (client, packet) => this.#publications.take(client, packet),
        subscribe: (client, asked) => this.#subscribe(client, asked),
        mayForward: (client, told) => this.#mayForward(client, told),
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
      this.#connections.of(client)?.party.kind === 'terminal' ? MAX_TERMINAL_PACKET : MAX_PACKET;
    const mayPacketCome = throttle(PACKETS, () => this.#options.chronicle.now());
    const mayCome = () => {
      const terminal = this.#connections.terminalAt(client);
      if (terminal !== null && this.#connections.at(terminal) === client) this.#pulses.heard(terminal);
      return mayPacketCome();
    };
    const refuse = guarded('a packet', report, (excess: Reason) =>
      this.#refuse(client, excess, Buffer.alloc(0)),
    );
    const client: Client = this.#aedes.handle(limitPackets(stream, limit, mayCome, refuse), request);
    guardParser(client, report);
    this.#connections.came(client, lineOf(stream, request, entrance));
    stream.once(
      'close',
      guarded('the end of a connection', report, () => this.#connections.ended(client)),
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
    const client = this.#connections.at(terminal);
    const clients = client ? [client] : this.claimants.named(terminal).map(([claimant]) => claimant);
    for (const each of clients) this.#speaker.say(each, terminal, message);
    if (client) this.#pulses.told(terminal);
  }

  get connectedTerminals(): Iterable<string> {
    return this.#connections.terminals;
  }

  /**
   * Ends the connections that go by the name of a terminal whose enrolment changed: each comes back as what it now is.
   * Who waited and was not chosen is told that another key was.
   */
  disconnect(terminal: string): void {
    const { chronicle, hall } = this.#options;
    this.#connections.end(terminal);
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
    const { entrance = { is: 'any' } } = this.#connections.lineOf(client) ?? {};
    const judged: Judged = await this.#admission.judge({
      id: client.id,
      entrance,
      password,
      isReader,
      isGone,
    });
    if (judged && 'reason' in judged) this.#refuse(client, judged.reason, judged.message);
    return judged !== null && 'party' in judged && !isGone() && this.#connections.admit(client, judged.party);
  }

  #isReader(client: Client): boolean {
    const request = this.#connections.lineOf(client)?.request ?? client.req;
    return request !== undefined && this.#options.isReader(request);
  }

  #subscribe(client: Client, topic: string): 'granted' | 'denied' | 'cut' {
    const connection = this.#connections.of(client);
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
    const connection = this.#connections.of(client);
    const stillReads = connection?.party.kind !== 'staff' || this.#isReader(client);
    return connection !== undefined && stillReads && this.#access.mayRead(connection.party, topic);
  }

  #refuse(client: Client | undefined, reason: Reason, message: Uint8Array): boolean {
    return this.#refusals.record(client && this.#connections.of(client), reason, message);
  }

  #ready(client: Client): void {
    const terminal = this.#connections.ready(client);
    if (terminal !== null) this.#pulses.begin(terminal);
  }

  #gone(client: Client): void {
    const terminal = this.#connections.gone(client);
    if (terminal === null) return;
    this.#pulses.end(terminal);
    this.live.disconnected(terminal);
  }
}
