import { toBase64url } from '../../../shared/protocol/bytes.ts';
import { guarded } from '../../../shared/protocol/guarded.ts';
import type { Reason } from '../../../shared/protocol/reasons.ts';
import type { After } from '../../process/clock.ts';
import type { QuietLog } from '../../process/quiet-log.ts';
import { throttle } from '../../process/token-bucket.ts';
import type { Chronicle, Writer } from '../../sitting/chronicle.ts';
import { BY_HALL } from '../../sitting/decided.ts';
import { keptBytes } from '../../sitting/entries.ts';
import { mayCount, mayEnter } from '../../sitting/refusal-budget.ts';
import { type Party, terminalOf } from './access.ts';
import { RefusalCounts } from './refusal-counts.ts';

/** Refusals a connection may cause before it is cut off; an enrolled terminal, over all its connections. */
const OF_ONE = { burst: 20, perSecond: 1 } as const;
/** Entries for all who have proved nothing, or each new connection would bring its own. */
const OF_STRANGERS = { burst: 100, perSecond: 1 } as const;

/** Refusals wait so long for others, to be written together, and no more of them at a time. */
const GATHER_MS = 250;
const MOST_WAITING = 1000;

/** What is only counted is entered at the latest after so long. */
const COUNT_MS = 600_000;

/** After a failed write refusals are only counted for so long, twice as long after each further one. */
const REST_MS = { first: 1_000, most: 60_000 } as const;

/** A message that was not accepted. `terminal`: enrolled and proved to be at the other end, or null. */
export interface Refusal {
  readonly reason: Reason;
  readonly terminal: string | null;
  readonly message: Uint8Array;
}

/** Whose messages are refused, and whether the connection may go on after one more. */
export interface Refused {
  readonly party: Party;
  readonly mayRefuse: () => boolean;
}

/**
 * Records what is refused: with an entry as long as the sitting's bounds allow it, a few commits a second at the most,
 * and as a count beyond them. A disk that is full costs one attempt in a while.
 */
export class Refusals {
  readonly #chronicle: Chronicle;
  readonly #after: After;
  readonly #log: QuietLog;
  /** An enrolled terminal keeps its patience when it comes back. */
  readonly #ofTerminals = new Map<string, () => boolean>();
  readonly #mayStrangersEnter: () => boolean;
  readonly #counts = new RefusalCounts();
  #waiting: Refusal[] = [];
  /** What calls off the timers. */
  #gathering: (() => void) | null = null;
  #counting: (() => void) | null = null;
  #rest = { until: 0, ms: 0 };
  #isStopped = false;

  constructor(chronicle: Chronicle, after: After, log: QuietLog) {
    this.#chronicle = chronicle;
    this.#after = after;
    this.#log = log;
    this.#mayStrangersEnter = throttle(OF_STRANGERS, () => chronicle.now());
    chronicle.on(['closed', 'voided'], () => this.#countIn(GATHER_MS));
  }

  /** What says whether a connection of `party` may go on after one more refusal; each time counts. */
  patience(party: Party): () => boolean {
    const known = party.kind === 'terminal' ? this.#ofTerminals.get(party.terminal) : undefined;
    const mayRefuse = known ?? throttle(OF_ONE, () => this.#chronicle.now());
    if (party.kind === 'terminal') this.#ofTerminals.set(party.terminal, mayRefuse);
    return mayRefuse;
  }

  /** Records a refusal, soon; false where `refused` has caused too many, and is to be cut off. */
  record(refused: Refused | undefined, reason: Reason, message: Uint8Array): boolean {
    const terminal = refused?.party.kind === 'terminal' ? terminalOf(refused.party) : null;
    const mayGoOn = refused?.mayRefuse() ?? false;
    const refusal = { reason, terminal, message: Buffer.from(message.subarray(0, keptBytes(terminal))) };
    const isWorthIt = terminal === null ? this.#mayStrangersEnter() : mayGoOn;
    if (isWorthIt && this.#canWait(terminal)) this.#gather(refusal);
    else this.count(refusal);
    return mayGoOn;
  }

  /** Enters a refusal in a commit under way; false where its sender has taken too much already: it is to be counted. */
  enter(writer: Writer, { reason, terminal, message }: Refusal, time: number): boolean {
    if (!mayEnter(writer.state.refused, terminal)) return false;
    const kept = toBase64url(message.subarray(0, keptBytes(terminal)));
    writer.own([{ typ: 'refused', ...BY_HALL, reason, terminal, message: kept }], time);
    return true;
  }

  /** Takes note of a refusal that gets no entry of its own. */
  count({ reason, terminal }: Pick<Refusal, 'reason' | 'terminal'>): void {
    this.#counts.add(reason, terminal);
    if (!this.#counting) this.#countIn(COUNT_MS);
  }

  /** Enters what waits and the counts, and takes no more time. */
  stop(): void {
    this.#flush();
    this.#enterCounts('atStop');
    this.#isStopped = true;
    this.#gathering?.();
    this.#counting?.();
  }

  #canWait(terminal: string | null): boolean {
    const { state } = this.#chronicle;
    const isResting = this.#chronicle.now() < this.#rest.until;
    return (
      !this.#isStopped &&
      !isResting &&
      this.#waiting.length < MOST_WAITING &&
      mayEnter(state.refused, terminal)
    );
  }

  #gather(refusal: Refusal): void {
    this.#waiting.push(refusal);
    this.#gathering ??= this.#after(
      GATHER_MS,
      guarded('refusals could not be recorded', this.#log.error, () => this.#flush()),
    );
  }

  #flush(): void {
    this.#gathering?.();
    this.#gathering = null;
    const batch = this.#waiting;
    this.#waiting = [];
    if (batch.length === 0) return;
    const isWritten = this.#write((writer) => {
      const time = this.#chronicle.now();
      return batch.filter((refusal) => !this.enter(writer, refusal, time));
    });
    for (const refusal of isWritten ?? batch) this.count(refusal);
  }

  #countIn(ms: number): void {
    this.#counting?.();
    this.#counting = this.#isStopped
      ? null
      : this.#after(
          ms,
          guarded('refusals could not be counted', this.#log.error, () => this.#enterCounts('now')),
        );
  }

  /** Enters the counts where that is worth an entry; what stays is told with the next. */
  #enterCounts(when: 'now' | 'atStop'): void {
    this.#counting?.();
    this.#counting = null;
    const isWritten =
      mayCount(this.#chronicle.state.refused, this.#counts.total, when) &&
      this.#write((writer) =>
        writer.own(
          [{ typ: 'refusals-counted', ...BY_HALL, counts: this.#counts.lines() }],
          this.#chronicle.now(),
        ),
      ) !== null;
    if (isWritten) this.#counts.clear();
    else if (this.#counts.total > 0) this.#countIn(COUNT_MS);
  }

  /** What `write` gives back once it is on the disk; null where it could not be written, and a while of rest begins. */
  #write<T>(write: (writer: Writer) => T): T | null {
    if (this.#chronicle.now() < this.#rest.until) return null;
    try {
      const written = this.#chronicle.commit(write);
      this.#rest = { until: 0, ms: 0 };
      return written;
    } catch (error) {
      const ms = Math.min(REST_MS.most, Math.max(REST_MS.first, this.#rest.ms * 2));
      this.#rest = { until: this.#chronicle.now() + ms, ms };
      this.#log.error('refusals could not be recorded', error);
      return null;
    }
  }
}
