import { sha256Base64url } from '../../../shared/protocol/bytes.ts';
import { MAX_SEALED_MESSAGE_LENGTH } from '../../../shared/protocol/jws.ts';
import type { Reason } from '../../../shared/protocol/reasons.ts';
import type { After } from '../../process/clock.ts';
import type { Chronicle } from '../../sitting/chronicle.ts';
import { type Authentic, hasCardMac, judge } from '../../sitting/judge.ts';
import type { Sitting } from '../../sitting/state.ts';
import type { ProofDesk } from '../secret/proof-desk.ts';
import type { Aside, Checked, MessageCheck } from './message-check.ts';
import type { Refusal, Refusals } from './refusals.ts';

/** What a terminal is told of its message, once that is on the disk. */
export type Answer =
  | {
      readonly kind: 'entered';
      readonly for: string | null;
      readonly digest: string;
      readonly seq: number;
      readonly hash: string;
      readonly typ: Authentic['message']['typ'];
      /** Of a secret vote: the ballot whose proofs are still to be checked. */
      readonly sealed: { readonly round: string; readonly text: string } | null;
    }
  | {
      readonly kind: 'refused';
      readonly for: string | null;
      readonly digest: string;
      readonly reason: Reason;
    };

interface Pending {
  readonly arrivedAt: number;
  readonly terminal: string;
  readonly text: string;
  readonly digest: string;
  readonly checked: Checked;
  readonly resolve: (answer: Answer) => void;
  readonly reject: (error: Error) => void;
}

/** Ballots of one commit at the most, and how long a verified one waits for others still being verified. */
const MAX_BATCH = 1024;
const MAX_WAIT_MS = 20;

/** Whether a card's one-time message was made by the card it names; only who holds the cards' keys can say. */
export type HoldsProof = (proof: string) => boolean;

export interface IntakeParts {
  readonly chronicle: Chronicle;
  readonly check: Pick<MessageCheck, 'message'>;
  readonly aside: (message: Aside) => void;
  readonly holdsProof: HoldsProof;
  readonly proofDesk: Pick<ProofDesk, 'judge' | 'settled'>;
  readonly refusals: Pick<Refusals, 'enter' | 'count'>;
  readonly after: After;
}

/**
 * The one way of a terminal's message into the ledger: parsed, verified on a thread, judged and committed with
 * others in one transaction, then answered. What arrives first is judged first.
 */
export class Intake {
  readonly #parts: IntakeParts;
  #queue: Pending[] = [];
  readonly #checking = new Set<Promise<void>>();
  /** Calls off the commit that the oldest message in the queue waits for; null where none waits. */
  #oldest: (() => void) | null = null;
  #scheduled = false;
  /** While a vote is being closed, what arrives waits. */
  #isHeld = false;
  #isStopped = false;
  /** Resolves when nothing is being closed: one at a time, or the end of the first would let in what the second holds. */
  #free: Promise<void> = Promise.resolve();
  /** Commits made and messages in them, for the benchmark. */
  readonly stats = { commits: 0, messages: 0 };

  constructor(parts: IntakeParts) {
    this.#parts = parts;
  }

  /**
   * Takes a message from the connection of `terminal`. Resolves when its fate is on the disk; null for a message
   * that has no place in the ledger. Rejects where nothing could be written: the terminal is to try again.
   */
  async submit(terminal: string, payload: Uint8Array): Promise<Answer | null> {
    const answer = await this.#take(terminal, payload, (text) => this.#parts.check.message(terminal, text));
    return answer?.kind === 'entered' && answer.sealed ? this.#judged(answer, answer.sealed) : answer;
  }

  /** A sealed ballot is answered when its proofs were checked: what is recorded does not count yet. */
  async #judged(
    answer: Extract<Answer, { kind: 'entered' }>,
    { round, text }: { round: string; text: string },
  ): Promise<Answer> {
    const held = this.#parts.chronicle.state.rounds.get(round);
    // No vote ends before its ballots are judged: what stands in one that is over needs no second look.
    const reason = held?.phase === 'open' ? await this.#parts.proofDesk.judge(held, answer.seq, text) : null;
    return reason === null ? answer : { kind: 'refused', for: answer.for, digest: answer.digest, reason };
  }

  /** Enters a terminal's proof of its key, which {@link MessageCheck.proof} has found to hold. */
  async enterProof(terminal: string, password: Uint8Array, proof: Authentic): Promise<Answer> {
    const answer = await this.#take(terminal, password, () => Promise.resolve(proof));
    if (answer === null) throw new Error('a proof is never put aside');
    return answer;
  }

  #take(
    terminal: string,
    payload: Uint8Array,
    check: (text: string) => Promise<Aside | Checked>,
  ): Promise<Answer | null> {
    if (this.#isStopped) return Promise.reject(stopped());
    const arrivedAt = this.#parts.chronicle.now();
    const text = Buffer.from(payload.subarray(0, MAX_SEALED_MESSAGE_LENGTH + 1)).toString('latin1');
    return new Promise((resolve, reject) => {
      const sort = (checked: Aside | Checked) => {
        if ('typ' in checked) {
          this.#parts.aside(checked);
          resolve(null);
        } else {
          const digest = 'digest' in checked ? checked.digest : sha256Base64url(text);
          this.#queue.push({ arrivedAt, terminal, text, digest, checked, resolve, reject });
        }
      };
      // Whatever goes wrong with one message, the others and the vote's end do not wait for it.
      const checking = check(text)
        .then(sort)
        .catch(reject)
        .then(() => {
          this.#checking.delete(checking);
          this.#schedule();
        });
      this.#checking.add(checking);
    });
  }

  /** Resolves when everything that has arrived so far has been judged and committed, or could not be. */
  async drain(): Promise<void> {
    await Promise.all(this.#checking);
    this.#flush();
  }

  /** Commits what has arrived and takes no more; what is held back by a vote's end is refused, to be sent again. */
  async stop(): Promise<void> {
    await this.drain();
    this.#isStopped = true;
    this.#schedule();
  }

  /**
   * Runs `close` when all that arrived before is recorded and every sealed ballot's proofs are checked; what arrives
   * meanwhile waits and is judged after it.
   */
  still<T>(close: () => T): Promise<T> {
    const done = this.#free.then(() => this.#still(close));
    this.#free = done.then(
      () => {},
      () => {},
    );
    return done;
  }

  async #still<T>(close: () => T): Promise<T> {
    await this.drain();
    this.#isHeld = true;
    try {
      await this.#parts.proofDesk.settled();
      return close();
    } finally {
      this.#isHeld = false;
      this.#schedule();
    }
  }

  /** Commits at once when nobody else is on the way, else soon, so that a burst shares its commits. */
  #schedule(): void {
    if (this.#isStopped) for (const { reject } of this.#queue.splice(0)) reject(stopped());
    if (this.#queue.length === 0 || this.#isHeld) return;
    if (this.#queue.length >= MAX_BATCH) {
      this.#flush();
      return;
    }
    this.#oldest ??= this.#parts.after(MAX_WAIT_MS, () => this.#flush());
    if (this.#checking.size > 0 || this.#scheduled) return;
    this.#scheduled = true;
    setImmediate(() => {
      this.#scheduled = false;
      if (this.#checking.size === 0) this.#flush();
    });
  }

  #flush(): void {
    this.#oldest?.();
    this.#oldest = null;
    if (this.#isHeld) return;
    const { terminals } = this.#parts.chronicle.state;
    const isStale = ({ terminal, checked }: Pending) =>
      'reason' in checked && checked.kid !== undefined && checked.kid === terminals.get(terminal)?.kid;
    // Enrolled while its message was on the way: nobody has looked at the signature, so it is to be sent again.
    for (const { reject } of this.#queue.filter(isStale))
      reject(new Error('the terminal is enrolled by now'));
    const batch = this.#queue.filter((item) => !isStale(item)).sort((a, b) => a.arrivedAt - b.arrivedAt);
    this.#queue = [];
    if (batch.length === 0) return;
    const { refusals } = this.#parts;
    const uncounted: Refusal[] = [];
    try {
      const answers = this.#parts.chronicle.commit((writer) =>
        batch.map((item): Answer => {
          const time = Math.max(item.arrivedAt, writer.state.head.time);
          const answer = decideFate(writer.state, item, time, this.#parts.holdsProof);
          if (answer.kind === 'refused') {
            const refusal = refusalOf(item, answer.reason);
            if (!refusals.enter(writer, refusal, time)) uncounted.push(refusal);
          }
          if (answer.kind !== 'enter') return answer;
          const { message } = answer.authentic;
          const row = writer.message(message.typ, item.text, message, time);
          return {
            kind: 'entered',
            typ: message.typ,
            sealed: sealedOf(message),
            for: idOf(message),
            digest: item.digest,
            seq: row.seq,
            hash: row.hash,
          };
        }),
      );
      for (const refusal of uncounted) refusals.count(refusal);
      this.stats.commits += 1;
      this.stats.messages += batch.length;
      answers.forEach((answer, i) => {
        batch[i]?.resolve(answer);
      });
    } catch (error) {
      const failure = error instanceof Error ? error : new Error(String(error));
      for (const item of batch) item.reject(failure);
    }
  }
}

const stopped = () => new Error('the hall has stopped');

function decideFate(
  state: Sitting,
  { checked, digest }: Pending,
  time: number,
  holdsProof: HoldsProof,
): Answer | { kind: 'enter'; authentic: Authentic } {
  if ('reason' in checked) return { kind: 'refused', for: checked.for, digest, reason: checked.reason };
  const { message } = checked;
  const verdict = judge(state, checked, time);
  switch (verdict.kind) {
    case 'enter':
      return hasCardMac(state, message) && !holdsProof(message.proof ?? '')
        ? { kind: 'refused', for: message.id, digest, reason: 'wrong-card-proof' }
        : { kind: 'enter', authentic: checked };
    case 'again':
      return {
        kind: 'entered',
        typ: message.typ,
        sealed: sealedOf(message),
        for: idOf(message),
        digest,
        seq: verdict.seq,
        hash: verdict.hash,
      };
    case 'refuse':
      return { kind: 'refused', for: idOf(message), digest, reason: verdict.reason };
  }
}

/** A proof that was used before proves nothing: whoever listens on the network may have sent it. */
function refusalOf({ terminal, text, checked }: Pending, reason: Reason): Refusal {
  const isProof = 'message' in checked && checked.message.typ === 'connect';
  return { reason, terminal: isProof ? null : terminal, message: Buffer.from(text, 'latin1') };
}

function sealedOf(message: Authentic['message']): { round: string; text: string } | null {
  if (message.typ !== 'ballot' || message.choice.kind !== 'sealed') return null;
  return { round: message.round, text: message.choice.ballot };
}

function idOf(message: Authentic['message']): string | null {
  return message.typ === 'connect' ? null : message.id;
}
