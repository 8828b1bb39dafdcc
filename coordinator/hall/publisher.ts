import {
  PUBLIC_TOPICS,
  type PublicTopic,
  STAFF_TOPICS,
  type StaffTopic,
  topics,
} from '../../shared/protocol/topics.ts';
import { fleetDocument } from '../contract/fleet.ts';
import { pressingDocument, unvotedDocument } from '../contract/pressing.ts';
import { publicDocuments } from '../contract/public-documents.ts';
import {
  actsDocument,
  agendaDocument,
  deputiesDocument,
  refusalsDocument,
  rejectedDocument,
  terminalsDocument,
} from '../contract/staff-documents.ts';
import type { UpdateDocument } from '../contract/update.ts';
import type { WaitingDocument } from '../contract/waiting.ts';
import type { After } from '../process/clock.ts';
import type { Chronicle } from '../sitting/chronicle.ts';
import { type EntryType, OWN_ENTRY_TYPES } from '../sitting/entries.ts';
import { isRecent } from '../sitting/recent.ts';
import type { Claim } from './broker/claimants.ts';
import type { LiveTerminal } from './broker/live-terminals.ts';

/** Pages hear of a change within this long; many changes make one message. */
const PUBLIC_EVERY_MS = 150;
const STAFF_EVERY_MS = 600;
/** Where what staff's pages hear is much, it comes less often: no more of it in a millisecond, but at the latest after so long. */
const STAFF_BYTES_PER_MS = 500;
const STAFF_LATEST_MS = 5_000;
/** An open vote's countdown is told anew this often, for displays that come late. */
const COUNTDOWN_EVERY_MS = 1000;

type EntryTypes = readonly EntryType[];
const PRESENCE: EntryTypes = ['check-in', 'checked-in-by-hand', 'left', 'roll-set', 'rules-set'];
const KEY: EntryTypes = ['secrecy-set', 'ceremony-step', 'ceremony-restarted', 'election-key-set'];
const DECRYPTION: EntryTypes = ['tallied', 'share', 'result-signed'];
const ROUND: EntryTypes = [
  'opened',
  'held',
  'resumed',
  'extended',
  'closed',
  'result',
  'announced',
  'voided',
  'cleared',
  'entered-by-hand',
];
const TERMINALS: EntryTypes = ['terminals-enrolled', 'terminals-removed'];
export const CARDS: EntryTypes = ['cards-registered', 'card-issued', 'card-marked'];

const PUBLIC_ON: Record<PublicTopic, EntryTypes> = {
  hall: ['begun', 'started'],
  attendance: PRESENCE,
  motion: ROUND,
  turnout: [...ROUND, 'ballot', 'ballot-rejected'],
  result: ROUND,
  checkpoint: ['checkpoint'],
  secrecy: KEY,
  decryption: [...ROUND, ...DECRYPTION],
  audits: [...ROUND, 'audit'],
};

const PRESSING: EntryTypes = [...ROUND, 'ballot', 'ballot-rejected', ...PRESENCE, ...TERMINALS];

const STAFF_ON: Record<StaffTopic, EntryTypes> = {
  pressing: PRESSING,
  unvoted: PRESSING,
  agenda: [...ROUND, ...DECRYPTION, ...KEY, 'agenda-set', 'motion-added'],
  terminals: [...TERMINALS, ...PRESENCE],
  fleet: TERMINALS,
  deputies: [...PRESENCE, ...CARDS, ...TERMINALS],
  refusals: ['refused', 'refusals-counted'],
  rejected: ['refused', 'refusals-counted', 'ballot-rejected'],
  acts: OWN_ENTRY_TYPES.filter(isRecent),
  update: [],
  waiting: [],
};

export interface PublisherOptions {
  readonly hall: string;
  readonly chronicle: Chronicle;
  readonly live: () => ReadonlyMap<string, LiveTerminal>;
  readonly claims: () => readonly Claim[];
  readonly update: () => UpdateDocument;
  readonly waiting: () => WaitingDocument;
  readonly retain: (topic: string, payload: string) => void;
  readonly after: After;
}

/** Keeps the retained documents of the pages in step with the sitting, at most so often. */
export class Publisher {
  readonly #options: PublisherOptions;
  readonly #topic: ReturnType<typeof topics>;
  readonly #published = new Map<string, string>();
  readonly #due = new Set<PublicTopic | StaffTopic>();
  /** What calls off the timers that run. */
  readonly #timers = new Map<'public' | 'staff' | 'countdown', () => void>();
  /** What staff's pages were told last, in bytes. */
  #staffBytes = 0;
  #isStopped = false;

  constructor(options: PublisherOptions) {
    this.#options = options;
    this.#topic = topics(options.hall);
  }

  /** Publishes everything as it stands and follows the sitting from then on. */
  start(): void {
    for (const what of PUBLIC_TOPICS) this.#due.add(what);
    for (const what of STAFF_TOPICS) this.#due.add(what);
    this.#publishPublic();
    this.#publishStaff();
    this.#options.chronicle.onChange((types) => this.#changed(types));
    this.#countDown();
  }

  /** Connections or health of terminals changed. */
  liveChanged(): void {
    this.#due.add('terminals').add('pressing').add('unvoted');
    this.#later('staff');
  }

  /** Another release is on offer, or it has come further. */
  updateChanged(): void {
    this.#due.add('update');
    this.#later('staff');
  }

  /** What waits for a second person has changed; they are told at once. */
  waitingChanged(): void {
    if (this.#isStopped) return;
    this.#due.add('waiting');
    this.#publishNow('waiting');
  }

  /** What seldom changes at terminals has changed. */
  standingChanged(): void {
    this.#due.add('fleet');
    this.#later('staff');
  }

  /** Publishes nothing from now on. */
  stop(): void {
    this.#isStopped = true;
    for (const cancel of this.#timers.values()) cancel();
    this.#timers.clear();
  }

  #changed(types: ReadonlySet<EntryType>): void {
    if (this.#isStopped) return;
    for (const what of PUBLIC_TOPICS)
      if (PUBLIC_ON[what].some((type) => types.has(type))) this.#due.add(what);
    for (const what of STAFF_TOPICS) if (STAFF_ON[what].some((type) => types.has(type))) this.#due.add(what);
    // The chair's act is seen at once; what deputies do is gathered.
    if (ROUND.some((type) => types.has(type))) {
      this.#publishPublic();
      this.#publishNow('agenda');
    }
    if (PUBLIC_TOPICS.some((what) => this.#due.has(what))) this.#later('public');
    if (STAFF_TOPICS.some((what) => this.#due.has(what))) this.#later('staff');
  }

  #countDown(): void {
    this.#once('countdown', COUNTDOWN_EVERY_MS, () => {
      this.#countDown();
      if (this.#options.chronicle.state.current?.phase !== 'open') return;
      this.#due.add('turnout');
      this.#publishPublic();
    });
  }

  #later(which: 'public' | 'staff'): void {
    if (which === 'public') this.#once(which, PUBLIC_EVERY_MS, () => this.#publishPublic());
    else this.#once(which, this.#staffEvery, () => this.#publishStaff());
  }

  get #staffEvery(): number {
    return Math.min(STAFF_LATEST_MS, Math.max(STAFF_EVERY_MS, this.#staffBytes / STAFF_BYTES_PER_MS));
  }

  /** Does `work` after a while, unless that is due already. */
  #once(which: 'public' | 'staff' | 'countdown', ms: number, work: () => void): void {
    if (this.#isStopped || this.#timers.has(which)) return;
    const cancel = this.#options.after(ms, () => {
      this.#timers.delete(which);
      work();
    });
    this.#timers.set(which, cancel);
  }

  #publishPublic(): void {
    for (const what of PUBLIC_TOPICS) this.#publishNow(what);
    // With the turnout: the chair reads the two as one sum.
    this.#publishNow('pressing');
  }

  #publishNow(what: PublicTopic | StaffTopic): void {
    if (this.#due.delete(what)) this.#publish(what);
  }

  #publishStaff(): void {
    this.#staffBytes = 0;
    for (const what of STAFF_TOPICS) if (this.#due.delete(what)) this.#staffBytes += this.#publish(what);
  }

  /** Publishes a document that changed. @returns how long it is, 0 where it did not change. */
  #publish(what: PublicTopic | StaffTopic): number {
    const topic = isPublic(what) ? this.#topic.public(what) : this.#topic.staff(what);
    const payload = JSON.stringify(this.#document(what));
    if (this.#published.get(topic) === payload) return 0;
    this.#published.set(topic, payload);
    this.#options.retain(topic, payload);
    return payload.length;
  }

  #document(what: PublicTopic | StaffTopic): unknown {
    const { state } = this.#options.chronicle;
    switch (what) {
      case 'agenda':
        return agendaDocument(state);
      case 'terminals':
        return terminalsDocument(state, this.#options.live(), this.#options.claims());
      case 'pressing':
        return pressingDocument(state, this.#options.live());
      case 'unvoted':
        return unvotedDocument(state, this.#options.live());
      case 'fleet':
        return fleetDocument(state, this.#options.live());
      case 'deputies':
        return deputiesDocument(state);
      case 'refusals':
        return refusalsDocument(state);
      case 'rejected':
        return rejectedDocument(state);
      case 'acts':
        return actsDocument(state);
      case 'update':
        return this.#options.update();
      case 'waiting':
        return this.#options.waiting();
      case 'turnout':
        return publicDocuments.turnout(state, this.#options.chronicle.now());
      default:
        return publicDocuments[what](state);
    }
  }
}

const isPublic = (what: PublicTopic | StaffTopic): what is PublicTopic =>
  PUBLIC_TOPICS.some((known) => known === what);
