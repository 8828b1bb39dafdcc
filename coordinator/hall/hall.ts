import type { IncomingMessage } from 'node:http';
import type { Logger } from 'pino';
import { type Signer, signJws } from '../../shared/protocol/jws.ts';
import { packList } from '../../shared/protocol/list-parcel.ts';
import { topics } from '../../shared/protocol/topics.ts';
import type { Act } from '../contract/acts.ts';
import type { Actor, Who } from '../contract/person.ts';
import { sittingMessage } from '../contract/seat-message.ts';
import { NO_UPDATES } from '../contract/update.ts';
import type { Wire } from '../contract/wire.ts';
import type { Door } from '../door/door.ts';
import { type After, guardedTimer } from '../process/clock.ts';
import type { Proofs } from '../proofs/proofs.ts';
import type { SecretAct } from '../sitting/decide-secret.ts';
import type { EntryType } from '../sitting/entries.ts';
import type { SignInDraft } from '../sitting/sign-ins.ts';
import type { Begun } from '../sitting/state.ts';
import type { Updates } from '../update/updates.ts';
import { Broker, type BrokerOptions } from './broker/broker.ts';
import { Deadline } from './deadline.ts';
import { Configuration, type ConfigurationParts } from './files-entered.ts';
import { CARDS, Publisher } from './publisher.ts';
import { SeatNews } from './seat-news.ts';
import { type Asked, SecondPersons } from './second-persons.ts';
import { ProofDesk } from './secret/proof-desk.ts';
import { Teller } from './secret/teller.ts';
import { type Done, StaffActs } from './staff-acts.ts';

export interface HallOptions extends ConfigurationParts {
  readonly begun: Begun;
  readonly version: string;
  readonly wire: Wire;
  readonly signer: Signer;
  /** Whether a request is of somebody who may read the staff's documents. */
  readonly isReader: (request: IncomingMessage) => boolean;
  /** The arithmetic of secret votes. */
  readonly proofs: Proofs;
  /** New versions for the seats; none where left out. */
  readonly updates?: Pick<Updates, 'act' | 'whyNot' | 'document'>;
  readonly after: After;
  readonly log: Logger;
  /** Hears who has proved to be somebody, and need not share the strangers' room. */
  readonly door: Pick<Door, 'provedTerminal' | 'provedStaff'>;
  /** Of a hall with TLS: issues what its terminals show. */
  readonly certificates?: BrokerOptions['certificates'];
}

/** Rounds and seats as terminals see them change with these. */
const SITTING_TYPES: readonly EntryType[] = [
  'opened',
  'held',
  'resumed',
  'extended',
  'closed',
  'announced',
  'voided',
  'cleared',
  'entered-by-hand',
];
/** With these the open vote ends at another time. */
const TIME_TYPES: readonly EntryType[] = ['resumed', 'extended'];
const SEAT_TYPES: readonly EntryType[] = [
  'opened',
  'checked-in-by-hand',
  'left',
  'roll-set',
  'terminals-enrolled',
  'terminals-removed',
];

/** The hall at work: wires ledger, broker and pages, and follows what is entered. */
export class Hall {
  readonly broker: Broker;
  /** Acts that wait for a second person. */
  readonly seconds: SecondPersons;
  readonly #options: HallOptions;
  readonly #publisher: Publisher;
  readonly #proofDesk: ProofDesk;
  readonly #teller: Teller;
  readonly #configuration: Configuration;
  readonly #acts: StaffActs;
  readonly #seats: SeatNews;
  readonly #deadline: Deadline;
  /** Lists that were published. */
  readonly #lists = new Set<string>();
  #isStopped = false;

  constructor(options: HallOptions) {
    const { chronicle, begun, signer, isReader, log, proofs, random, updates } = options;
    const after = guardedTimer(options.after, (what, error) => log.error({ error: String(error) }, what));
    this.#options = { ...options, after };
    this.#configuration = new Configuration(options);
    this.#proofDesk = new ProofDesk(chronicle, proofs);
    this.#seats = new SeatNews({ chronicle, broker: () => this.broker, random });
    this.#teller = new Teller({
      chronicle,
      proofs,
      key: () => this.#configuration.ownKey(),
      random,
      after,
      log,
    });
    this.broker = new Broker({
      hall: begun.hall,
      chronicle,
      signer,
      log,
      isReader,
      door: options.door,
      certificates: options.certificates ?? null,
      proofDesk: this.#proofDesk,
      holdsProof: this.#configuration.holdsProof,
      onSeatDue: (terminal) => this.#seats.tell(terminal),
      onHello: (terminal) => this.#seats.welcome(terminal),
      onLiveChange: () => this.#publisher.liveChanged(),
      onStandingChange: () => this.#publisher.standingChanged(),
      after,
    });
    this.#acts = new StaffActs({
      chronicle,
      configuration: this.#configuration,
      broker: this.broker,
      seats: this.#seats,
      updates,
      log,
    });
    this.seconds = new SecondPersons({
      chronicle,
      acts: this.#acts,
      rollNews: () => this.#configuration.rollNews(),
      onChange: () => this.#publisher.waitingChanged(),
      random,
      after,
    });
    this.#deadline = new Deadline({ chronicle, intake: this.broker.intake, after, log });
    this.#publisher = new Publisher({
      hall: begun.hall,
      chronicle,
      live: () => this.broker.live.all,
      claims: () => this.broker.claimants.all,
      update: () => updates?.document() ?? NO_UPDATES,
      waiting: () => this.seconds.document,
      retain: (topic, payload) => this.broker.retain(topic, payload),
      after,
    });
  }

  /** Takes the sitting up where the ledger left it. @returns why the files do not fit the sitting, if they do not. */
  async start(): Promise<Done> {
    const { chronicle, begun, version, wire } = this.#options;
    chronicle.start(begun, version, wire);
    const configured = this.#configuration.read(null);
    if (!configured.ok) return configured;
    if (chronicle.state.checkpoint === null)
      chronicle.commit((writer) => writer.own(['checkpoint'], chronicle.now()));
    await this.broker.start();
    this.#proofDesk.resume();
    this.#follow();
    this.#publisher.start();
    this.#publishLists();
    this.#publishSitting();
    this.#deadline.arm();
    this.#teller.look();
    return configured;
  }

  /** Records what has arrived and ends. When it resolves, no timer is left, and nothing is written any more. */
  async stop(): Promise<void> {
    this.#isStopped = true;
    this.#acts.stop();
    this.seconds.stop();
    this.#deadline.stop();
    this.#publisher.stop();
    this.#teller.stop();
    await this.broker.stop();
  }

  /** The release on offer, or how far it is, has changed. */
  updateChanged(): void {
    this.#publisher.updateChanged();
  }

  /** Carries out what somebody of the staff asks, where the ledger's own list says that they may. */
  act(act: Act | SecretAct, who: Who): Promise<Done> {
    return this.#acts.act(act, who);
  }

  /** The same, asked by one person: where another has to confirm it, it waits for them. */
  ask(act: Act | SecretAct, by: Actor): Promise<Asked> {
    return this.seconds.ask(act, by);
  }

  /** A session that is not used for so long ends. */
  get idleMs(): number {
    return this.#configuration.idleMs;
  }

  /** Enters who signed in and out, and what else became of codes and sessions: all of it or, where the rules forbid some, nothing. */
  note(...drafts: readonly SignInDraft[]): Done {
    return this.#acts.note(drafts);
  }

  /** Enters that somebody takes the bundle away; or why they may not. */
  exported(who: Who): Done {
    return this.#acts.exported(who);
  }

  /** What follows from what is entered, in the hall and at its seats. */
  #follow(): void {
    const { chronicle } = this.#options;
    const on = (types: readonly EntryType[], then: () => void) =>
      chronicle.on(types, () => {
        if (!this.#isStopped) then();
      });
    on(['closed', 'tallied'], () => this.#teller.look());
    // Before they hear that the vote goes on, seats know how long.
    on(TIME_TYPES, () => this.#seats.tellAll());
    on(['list-set'], () => this.#publishLists());
    on([...SITTING_TYPES, 'agenda-set'], () => {
      this.#publishSitting();
      this.#deadline.arm();
    });
    on(['opened'], () => {
      this.#seats.endTests();
      this.#proofDesk.prepare();
    });
    on(SEAT_TYPES, () => this.#seats.tellChanged());
    on([...SITTING_TYPES, 'agenda-set', 'roll-set', ...CARDS], () => this.seconds.look());
  }

  /** The lists of projects, for seats to fetch when they hear of them; what was published once stays as it is. */
  #publishLists(): void {
    const { begun, chronicle } = this.#options;
    for (const [hash, text] of chronicle.state.lists) {
      if (this.#lists.has(hash)) continue;
      this.#lists.add(hash);
      this.broker.retain(topics(begun.hall).list(hash), packList(text));
    }
  }

  #publishSitting(): void {
    const { chronicle, signer, begun } = this.#options;
    this.broker.retain(topics(begun.hall).sitting, signJws(sittingMessage(chronicle.state), signer));
  }
}
