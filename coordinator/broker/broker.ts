import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import { Aedes, type AuthErrorCode, type AuthenticateError, type Client } from 'aedes';
import type { Logger } from 'pino';
import { type Signer, signJws } from '../../shared/jws.ts';
import { isAcceptableKey } from '../../shared/keys.ts';
import { MESSAGE_VERSION, type ToTerminal } from '../../shared/messages.ts';
import type { Reason } from '../../shared/reasons.ts';
import { topics } from '../../shared/topics.ts';
import type { After } from '../clock.ts';
import type { ProofDesk } from '../secret/proof-desk.ts';
import type { Chronicle } from '../sitting/chronicle.ts';
import { judge } from '../sitting/judge.ts';
import { accessTable, PAGE_CLIENT, type Party, terminalOf } from './access.ts';
import { type Answer, type HoldsProof, Intake } from './intake.ts';
import { LiveTerminals } from './live-terminals.ts';
import { type Aside, MessageCheck, type Proof } from './message-check.ts';
import { Pace } from './pace.ts';
import { limitPackets, MAX_PACKET, MAX_TERMINAL_PACKET } from './packet-meter.ts';
import { QuietLog } from './quiet-log.ts';
import { Refusals, type Refused } from './refusals.ts';

const NOT_AUTHORIZED: AuthErrorCode.NOT_AUTHORIZED = 5;

export interface BrokerOptions {
  readonly hall: string;
  readonly chronicle: Chronicle;
  readonly signer: Signer;
  readonly log: Logger;
  /** Whether the request that opened a WebSocket belongs to signed-in staff; asked again at every delivery. */
  readonly isStaff: (request: IncomingMessage) => boolean;
  readonly holdsProof: HoldsProof;
  readonly proofDesk: ProofDesk;
  /** A terminal asks for its seat's state, or its seat changed. */
  readonly onSeatDue: (terminal: string) => void;
  /** An enrolled terminal has connected, and asks for its seat's state. */
  readonly onHello: (terminal: string) => void;
  readonly onLiveChange: () => void;
  readonly after: After;
}

/** The MQTT broker: who may connect, write and read, and the way of messages to the intake and back. */
export class Broker {
  readonly intake: Intake;
  readonly live: LiveTerminals;
  readonly #aedes: Aedes;
  readonly #options: BrokerOptions;
  readonly #topic: ReturnType<typeof topics>;
  readonly #access: ReturnType<typeof accessTable>;
  readonly #check: MessageCheck;
  readonly #pace: Pace;
  readonly #refusals: Refusals;
  readonly #quiet: QuietLog;
  readonly #connections = new WeakMap<Client, Refused>();
  readonly #requests = new WeakMap<Client, IncomingMessage>();
  readonly #clients = new Map<string, Client>();
  #told = 0;

  constructor(options: BrokerOptions) {
    const { chronicle, hall, holdsProof, proofDesk, after, log } = options;
    this.#options = options;
    this.#check = new MessageCheck(() => chronicle.state);
    this.#pace = new Pace(() => chronicle.now(), after, log);
    this.#quiet = new QuietLog(log, () => chronicle.now());
    this.#refusals = new Refusals(chronicle, after, this.#quiet);
    this.#topic = topics(hall);
    this.#access = accessTable(hall);
    this.live = new LiveTerminals(() => chronicle.now(), options.onLiveChange);
    const aside = (message: Aside) => {
      if (message.typ === 'hello') options.onHello(message.terminal);
      this.live.heard(message.terminal, message.typ === 'health' ? message : null);
    };
    const refusals = this.#refusals;
    this.intake = new Intake({
      chronicle,
      check: this.#check,
      aside,
      holdsProof,
      proofDesk,
      refusals,
      after,
    });
    this.#aedes = new Aedes({
      // A frozen subscriber holds a delivery slot until it is dropped; a whole hall must not wait for it.
      concurrency: 10_000,
      drainTimeout: 8_000,
      connectTimeout: 10_000,
      preConnect: (_client, packet, done) =>
        done(null, packet.clean === true && packet.protocolVersion === 4),
      authenticate: (client, _username, password, done) => {
        this.#authenticate(client, password).then(
          (accepted) => done(accepted ? null : notAuthorized(), accepted),
          (error) => {
            this.#quiet.error('a connection could not be recorded', error);
            done(notAuthorized(), false);
          },
        );
      },
      authorizePublish: (client, packet, done) => {
        this.#publish(client, packet).then(
          (accepted) => done(accepted ? null : new Error('not allowed')),
          (error) => {
            this.#quiet.error('a message could not be written to the ledger', error);
            done(new Error('not durable, try again'));
          },
        );
      },
      authorizeSubscribe: (client, subscription, done) => {
        const connection = this.#connections.get(client);
        if (connection && this.#access.mayRead(connection.party, subscription.topic))
          return done(null, subscription);
        const allowed = this.#refuse(client, 'not-allowed', Buffer.from(`SUBSCRIBE ${subscription.topic}`));
        return allowed ? done(null, null) : done(new Error('not allowed'));
      },
      authorizeForward: (client, packet) => {
        const connection = this.#connections.get(client);
        const stillStaff = connection?.party.kind !== 'staff' || this.#isStaff(client);
        return connection && stillStaff && this.#access.mayRead(connection.party, packet.topic)
          ? packet
          : null;
      },
    });
    this.#aedes.on('clientReady', (client) => this.#ready(client));
    this.#aedes.on('clientDisconnect', (client) => this.#gone(client));
    this.#aedes.on('clientError', (client, error) =>
      log.debug({ client: client.id, error: error.message }, 'client error'),
    );
    this.#aedes.on('connectionError', (_client, error) =>
      log.debug({ error: error.message }, 'connection error'),
    );
  }

  async start(): Promise<void> {
    await this.#aedes.listen();
  }

  /** Records what has arrived, and ends all connections; what waits for its turn has not arrived. */
  async stop(): Promise<void> {
    this.#pace.stop();
    await this.intake.stop();
    this.#refusals.stop();
    await new Promise<void>((resolve) => this.#aedes.close(() => resolve()));
  }

  /** Serves one connection; `request` is the HTTP request of a WebSocket. */
  handle(stream: Duplex, request?: IncomingMessage): void {
    stream.on('error', () => stream.destroy());
    const limit = () =>
      this.#connections.get(client)?.party.kind === 'terminal' ? MAX_TERMINAL_PACKET : MAX_PACKET;
    const client: Client = this.#aedes.handle(
      limitPackets(stream, limit, () => this.#refuse(client, 'oversized', Buffer.alloc(0))),
      request,
    );
    if (request) this.#requests.set(client, request);
  }

  /** Publishes a retained document; an empty one is never published, a page always finds the last word. */
  retain(topic: string, payload: string): void {
    this.#aedes.publish(
      { cmd: 'publish', topic, payload: Buffer.from(payload), qos: 1, retain: true, dup: false },
      (error) => error && this.#options.log.error({ topic, error: error.message }, 'cannot publish'),
    );
  }

  /** Signs `message` and delivers it to the terminal, if it is connected. */
  tell(terminal: string, message: ToTerminal): void {
    const client = this.#clients.get(terminal);
    if (!client) return;
    const payload = Buffer.from(signJws(message, this.#options.signer));
    // Aedes drops what a client gets out of the order of its broker's counter, and a retained message takes a
    // longer way than this one: so these count by themselves, as if another broker sent them.
    this.#told += 1;
    const order = { brokerId: 'down', brokerCounter: this.#told };
    const topic = this.#topic.down(terminal);
    // QoS 0: within a connection TCP loses nothing, and after it the terminal asks and sends again. Corked, the
    // answer, which goes out at the next immediate, and the PUBACK that goes with it are one packet on the wire. What
    // uncorks must not wait for the answer to be written: many at once fill the buffer, which then waits for that.
    const { conn } = client;
    conn.cork();
    client.publish({ cmd: 'publish', topic, payload, qos: 0, retain: false, dup: false, ...order }, () => {});
    setImmediate(() => conn.uncork());
  }

  get connectedTerminals(): Iterable<string> {
    return this.#clients.keys();
  }

  /** Ends the connection of a terminal whose enrolment changed: it comes back as what it now is. */
  disconnect(terminal: string): void {
    this.#clients.get(terminal)?.close();
  }

  async #authenticate(client: Client, password: Readonly<Buffer> | undefined): Promise<boolean> {
    if (PAGE_CLIENT.test(client.id)) {
      this.#admit(client, this.#isStaff(client) ? { kind: 'staff' } : { kind: 'public' });
      return true;
    }
    if (!password) {
      this.#refuse(client, 'not-enrolled', Buffer.from(`CONNECT ${client.id.slice(0, 64)}`));
      return false;
    }
    const { chronicle } = this.#options;
    const proof = await this.#check.proof(client.id, password);
    if ('reason' in proof) {
      this.#refuse(client, proof.reason, password);
      return false;
    }
    if (!chronicle.state.terminals.has(client.id)) return !client.closed && this.#admitPending(client, proof);
    const verdict = judge(chronicle.state, proof, chronicle.now());
    if (verdict.kind === 'refuse') {
      this.#refuse(client, verdict.reason, password);
      return false;
    }
    if (!(await this.#pace.turn(client.id)) || client.closed) return false;
    const answer = await this.intake.enterProof(client.id, password, proof);
    if (answer.kind !== 'entered' || client.closed) return false;
    this.#admit(client, { kind: 'terminal', terminal: client.id });
    this.live.connected(client.id, null);
    return true;
  }

  /** A terminal nobody has enrolled yet may wait, one key a name, so that it cannot push another away. */
  #admitPending(client: Client, { message, kid }: Proof): boolean {
    const waiting = this.live.all.get(client.id);
    if (waiting?.pending && waiting.pending.kid !== kid) return false;
    if (!isAcceptableKey(message.key)) return false;
    this.#admit(client, { kind: 'pending', terminal: client.id });
    this.live.connected(client.id, { key: message.key, kid });
    return true;
  }

  #isStaff(client: Client): boolean {
    const request = this.#requests.get(client) ?? client.req;
    return request !== undefined && this.#options.isStaff(request);
  }

  #admit(client: Client, party: Party): void {
    this.#connections.set(client, { party, mayRefuse: this.#refusals.patience(party) });
  }

  async #publish(
    client: Client | null,
    packet: { topic: string; payload: Buffer | string; qos: number; retain: boolean },
  ): Promise<boolean> {
    const connection = client && this.#connections.get(client);
    if (!client || !connection) return false;
    const { party } = connection;
    const payload = Buffer.from(packet.payload);
    // A terminal that waits to be enrolled asks and says goodbye; it is told that it waits, and nothing is believed.
    if (party.kind === 'pending' && packet.topic === this.#topic.up(party.terminal)) {
      this.#options.onSeatDue(party.terminal);
      return connection.mayRefuse();
    }
    const allowed = this.#access.mayWrite(party, packet.topic) && packet.qos < 2 && !packet.retain;
    if (!allowed || party.kind !== 'terminal') {
      this.#refuse(client, 'not-allowed', Buffer.from(`PUBLISH ${packet.topic}`));
      return false;
    }
    if (!(await this.#pace.turn(party.terminal))) return false;
    const answer = await this.intake.submit(party.terminal, payload);
    if (!answer) return true;
    this.#answer(party.terminal, answer);
    return answer.kind === 'entered' || connection.mayRefuse();
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
    if (terminal !== null) this.#clients.set(terminal, client);
  }

  #gone(client: Client): void {
    const terminal = this.#terminalAt(client);
    // A client pushed away by its own successor must not mark the successor as gone.
    if (terminal === null || this.#clients.get(terminal) !== client) return;
    this.#clients.delete(terminal);
    this.live.disconnected(terminal);
  }

  #terminalAt(client: Client): string | null {
    const connection = this.#connections.get(client);
    return connection ? terminalOf(connection.party) : null;
  }
}

function notAuthorized(): AuthenticateError {
  return Object.assign(new Error('not authorized'), { returnCode: NOT_AUTHORIZED });
}
