import type { IncomingMessage } from 'node:http';
import type { Logger } from 'pino';
import { type Secret, wipe } from '../../shared/belenios/secret.ts';
import { singleTrustee } from '../../shared/belenios/trustees.ts';
import type { RandomBytes } from '../../shared/protocol/ids.ts';
import { type Signer, signJws } from '../../shared/protocol/jws.ts';
import { topics } from '../../shared/protocol/topics.ts';
import type { CardKeys } from '../cards/card-keys.ts';
import type { LoadedFiles } from '../config/hall-file.ts';
import type { Act } from '../contract/acts.ts';
import { sittingMessage } from '../contract/seat.ts';
import { NO_UPDATES } from '../contract/update.ts';
import { type After, guardedTimer } from '../process/clock.ts';
import type { Proofs } from '../proofs/proofs.ts';
import type { Chronicle } from '../sitting/chronicle.ts';
import { configure } from '../sitting/configure.ts';
import { decide, type SittingAct } from '../sitting/decide.ts';
import type { SecretAct } from '../sitting/decide-secret.ts';
import type { Decision } from '../sitting/decision.ts';
import type { EntryType } from '../sitting/entries.ts';
import type { Begun, Sitting } from '../sitting/state.ts';
import { isUpdateAct, type Updates } from '../update/updates.ts';
import { Broker } from './broker/broker.ts';
import { Deadline } from './deadline.ts';
import type { Door } from './door/door.ts';
import { Publisher } from './publisher.ts';
import { SeatNews } from './seat-news.ts';
import { ElectionKeyError } from './secret/own-key.ts';
import { ProofDesk, ProofsUnavailable } from './secret/proof-desk.ts';
import { Teller } from './secret/teller.ts';

export interface HallOptions {
  readonly begun: Begun;
  readonly version: string;
  readonly chronicle: Chronicle;
  readonly signer: Signer;
  /** Reads the hall's files; `detail` names file, line and cure of every mistake. */
  readonly loadFiles: () => { ok: true; value: LoadedFiles } | { ok: false; detail: string };
  readonly isStaff: (request: IncomingMessage) => boolean;
  /** The arithmetic of secret votes. */
  readonly proofs: Proofs;
  /**
   * The key of secret votes in a hall whose coordinator holds it, made where there is none yet.
   * @throws {ElectionKeyError} where it is not the one in the ledger.
   */
  readonly electionKey: () => Secret;
  /** New versions for the seats; none where left out. */
  readonly updates?: Pick<Updates, 'act' | 'document'>;
  readonly random: RandomBytes;
  readonly after: After;
  readonly log: Logger;
  /** Hears who has proved to be somebody, and need not share the strangers' room. */
  readonly door: Pick<Door, 'provedTerminal' | 'provedStaff'>;
}

/** An act's outcome; `unavailable`: nothing could be written, and nothing changed. */
export type Done = Decision | { readonly ok: false; readonly reason: 'unavailable' };

/** Rounds and seats as terminals see them change with these. */
const SITTING_TYPES: readonly EntryType[] = [
  'opened',
  'closed',
  'announced',
  'voided',
  'cleared',
  'entered-by-hand',
];
const SEAT_TYPES: readonly EntryType[] = [
  'opened',
  'checked-in-by-hand',
  'left',
  'roll-set',
  'terminals-enrolled',
  'terminals-removed',
];

/** The hall at work: wires ledger, broker and pages, and carries out what staff and the clock ask. */
export class Hall {
  readonly broker: Broker;
  readonly #options: HallOptions;
  readonly #publisher: Publisher;
  readonly #proofDesk: ProofDesk;
  readonly #teller: Teller;
  #cardKeys: CardKeys | null = null;
  readonly #seats: SeatNews;
  readonly #deadline: Deadline;
  #isStopped = false;
  constructor(options: HallOptions) {
    const { chronicle, begun, signer, isStaff, log, proofs, random } = options;
    const after = guardedTimer(options.after, (what, error) => log.error({ error: String(error) }, what));
    this.#options = { ...options, after };
    this.#proofDesk = new ProofDesk(chronicle, proofs);
    this.#seats = new SeatNews({ chronicle, broker: () => this.broker, random });
    this.#teller = new Teller({
      chronicle,
      proofs,
      key: () => (chronicle.state.secrecy?.holder === 'coordinator' ? options.electionKey() : null),
      random,
      after,
      log,
    });
    this.broker = new Broker({
      hall: begun.hall,
      chronicle,
      signer,
      log,
      isStaff,
      door: options.door,
      proofDesk: this.#proofDesk,
      holdsProof: (proof) => this.#cardKeys?.holds(proof) ?? false,
      onSeatDue: (terminal) => this.#seats.tell(terminal),
      onHello: (terminal) => this.#seats.welcome(terminal),
      onLiveChange: () => this.#publisher.liveChanged(),
      onStandingChange: () => this.#publisher.standingChanged(),
      after,
    });
    this.#deadline = new Deadline({ chronicle, intake: this.broker.intake, after, log });
    this.#publisher = new Publisher({
      hall: begun.hall,
      chronicle,
      live: () => this.broker.live.all,
      claims: () => this.broker.claimants.all,
      update: () => options.updates?.document() ?? NO_UPDATES,
      retain: (topic, payload) => this.broker.retain(topic, payload),
      after,
    });
  }

  /** Takes the sitting up where the ledger left it. @returns why the files do not fit the sitting, if they do not. */
  async start(): Promise<Done> {
    const { chronicle, begun, version } = this.#options;
    chronicle.start(begun, version);
    const configured = this.#configure();
    if (!configured.ok) return configured;
    if (chronicle.state.checkpoint === null)
      chronicle.commit((writer) => writer.own(['checkpoint'], chronicle.now()));
    await this.broker.start();
    this.#proofDesk.resume();
    this.#follow();
    this.#publisher.start();
    this.#publishSitting();
    this.#deadline.arm();
    this.#teller.look();
    return configured;
  }

  /** Records what has arrived and ends. When it resolves, no timer is left, and nothing is written any more. */
  async stop(): Promise<void> {
    this.#isStopped = true;
    this.#deadline.stop();
    this.#publisher.stop();
    this.#teller.stop();
    await this.broker.stop();
  }

  /** The release on offer, or how far it is, has changed. */
  updateChanged(): void {
    this.#publisher.updateChanged();
  }

  /** Carries out an act of the staff. What had arrived before a vote's end is judged before it. */
  async act(act: Act | SecretAct): Promise<Done> {
    if (isUpdateAct(act)) return this.#options.updates?.act(act) ?? { ok: false, reason: 'no-update' };
    if (act.act === 'reload') return this.#guard(() => this.#configure());
    if (act.act === 'identify' || act.act === 'self-test') return this.#seats.command(act);
    const { intake } = this.broker;
    const decided = () => this.#decided(act);
    // A rejection stands in an open vote only, so none may be on its way when one ends, in whichever way.
    if (act.act === 'close' || act.act === 'void')
      return intake.still(decided).catch((error) => this.#notDone(error));
    await intake.drain();
    return decided();
  }

  #decided(act: SittingAct): Done {
    const { chronicle } = this.#options;
    return this.#guard(() => {
      if (this.#isStopped) return { ok: false, reason: 'unavailable' };
      const decision = chronicle.enact((state) => {
        const decided = decide(state, act);
        // A vote that nobody could decrypt afterwards must not begin.
        if (decided.ok && act.act === 'open' && isSecret(state, act.motion)) this.#checkOwnKey();
        return decided;
      });
      if (decision.ok) for (const terminal of concerned(act)) this.broker.disconnect(terminal);
      return decision;
    });
  }

  #guard(work: () => Done): Done {
    try {
      return work();
    } catch (error) {
      return this.#notDone(error);
    }
  }

  #notDone(error: unknown): Done {
    if (error instanceof ElectionKeyError) {
      this.#options.log.error({ error: error.message }, 'the election key cannot be used');
      return { ok: false, reason: 'election-key-unusable', detail: error.message };
    }
    const areProofs = error instanceof ProofsUnavailable;
    const what = areProofs ? 'ballots could not be judged' : 'the ledger could not be written';
    this.#options.log.error({ error: String(error) }, what);
    return { ok: false, reason: areProofs ? 'proofs-unavailable' : 'unavailable' };
  }

  #configure(): Decision {
    const { chronicle, loadFiles } = this.#options;
    const files = loadFiles();
    if (!files.ok) return { ok: false, reason: 'files-wrong', detail: files.detail };
    const decision = chronicle.enact((state) => configure(state, files.value));
    if (!decision.ok) return decision;
    this.#cardKeys = files.value.cardKeys;
    this.#setOwnKey();
    return decision;
  }

  /** Where the coordinator holds the key of secret votes, that key is entered as soon as it is to. */
  #setOwnKey(): void {
    const { chronicle, electionKey, random } = this.#options;
    const { secrecy, electionKey: known } = chronicle.state;
    if (secrecy?.holder !== 'coordinator') return;
    if (known) {
      this.#checkOwnKey();
      return;
    }
    const trustees = singleTrustee(electionKey(), random);
    chronicle.enact((state) => decide(state, { act: 'set-key', trustees }));
  }

  /** Where the coordinator holds the key of secret votes: that it still does. @throws {ElectionKeyError} */
  #checkOwnKey(): void {
    const { chronicle, electionKey } = this.#options;
    if (chronicle.state.secrecy?.holder === 'coordinator') wipe(electionKey());
  }

  /** What follows from what is entered, in the hall and at its seats. */
  #follow(): void {
    const { chronicle } = this.#options;
    const on = (types: readonly EntryType[], then: () => void) =>
      chronicle.on(types, () => {
        if (!this.#isStopped) then();
      });
    on(['closed', 'tallied'], () => this.#teller.look());
    on(SITTING_TYPES, () => {
      this.#publishSitting();
      this.#deadline.arm();
    });
    on(['opened'], () => {
      this.#seats.endTests();
      this.#proofDesk.prepare();
    });
    on(SEAT_TYPES, () => this.#seats.tellChanged());
  }

  #publishSitting(): void {
    const { chronicle, signer, begun } = this.#options;
    this.broker.retain(topics(begun.hall).sitting, signJws(sittingMessage(chronicle.state), signer));
  }
}

/** The terminals whose enrolment `act` changes: they come back as what they now are. */
function concerned(act: SittingAct): readonly string[] {
  switch (act.act) {
    case 'enrol':
    case 'remove-terminal':
      return [act.terminal];
    case 'replace-terminal':
      return [act.terminal, act.spare];
    default:
      return [];
  }
}

function isSecret({ motions }: Sitting, motion: string): boolean {
  return motions.find(({ id }) => id === motion)?.voting === 'secret';
}
