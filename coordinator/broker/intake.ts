import type { KeyObject } from 'node:crypto';
import { sha256Base64url, toBase64url } from '../../shared/bytes.ts';
import { importPublicKey, verifyJwsAsync } from '../../shared/ed25519-node.ts';
import { MessageId } from '../../shared/ids.ts';
import { MAX_MESSAGE_LENGTH, MAX_SEALED_MESSAGE_LENGTH, type ParsedJws, parseJws } from '../../shared/jws.ts';
import { thumbprint } from '../../shared/keys.ts';
import { Connect, FromTerminal, MESSAGE_VERSION } from '../../shared/messages.ts';
import type { Reason } from '../../shared/reasons.ts';
import { type Draft, isForLedger, type MessageEntryType } from '../ledger/entries.ts';
import type { ProofDesk } from '../secret/proof-desk.ts';
import type { Chronicle } from '../sitting/chronicle.ts';
import { type Authentic, hasCardMac, judge } from '../sitting/judge.ts';
import type { Sitting } from '../sitting/state.ts';

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

/** Messages that are not for the ledger go to whoever minds the terminals. */
export type Aside = Exclude<FromTerminal, { typ: MessageEntryType }>;

/** A proof of a terminal's key that holds. */
export type Proof = Authentic & { readonly message: Connect };

interface Pending {
  readonly arrivedAt: number;
  readonly terminal: string;
  readonly text: string;
  readonly digest: string;
  readonly checked: Authentic | { readonly for: string | null; readonly reason: Reason };
  readonly resolve: (answer: Answer) => void;
  readonly reject: (error: Error) => void;
}

/** Ballots of one commit at the most, and how long a verified one waits for others still being verified. */
const MAX_BATCH = 1024;
const MAX_WAIT_MS = 20;

/** The entry for a message that was not accepted. */
export function refusedDraft(reason: Reason, terminal: string | null, message: Uint8Array): Draft {
  return { typ: 'refused', reason, terminal, message: toBase64url(message.subarray(0, 2048)) };
}

/** Whether a card's one-time message was made by the card it names; only who holds the cards' keys can say. */
export type HoldsProof = (proof: string) => boolean;

/**
 * The one way of a terminal's message into the ledger: parsed, verified on a thread, judged and committed with
 * others in one transaction, then answered. What arrives first is judged first.
 */
export class Intake {
  readonly #chronicle: Chronicle;
  readonly #aside: (message: Aside) => void;
  readonly #holdsProof: HoldsProof;
  readonly #proofDesk: ProofDesk;
  readonly #keys = new Map<string, KeyObject>();
  #queue: Pending[] = [];
  readonly #checking = new Set<Promise<void>>();
  #oldest: NodeJS.Timeout | null = null;
  #scheduled = false;
  /** While a vote is being closed, what arrives waits. */
  #isHeld = false;
  /** Resolves when nothing is being closed: one at a time, or the end of the first would let in what the second holds. */
  #free: Promise<void> = Promise.resolve();
  /** Commits made and messages in them, for the benchmark. */
  readonly stats = { commits: 0, messages: 0 };

  constructor(
    chronicle: Chronicle,
    aside: (message: Aside) => void,
    holdsProof: HoldsProof,
    proofDesk: ProofDesk,
  ) {
    this.#proofDesk = proofDesk;
    this.#chronicle = chronicle;
    this.#aside = aside;
    this.#holdsProof = holdsProof;
  }

  /**
   * Takes a message from the connection of `terminal`. Resolves when its fate is on the disk; null for a message
   * that has no place in the ledger. Rejects where nothing could be written: the terminal is to try again.
   */
  async submit(terminal: string, payload: Uint8Array): Promise<Answer | null> {
    const answer = await this.#take(terminal, payload, (text) => this.#check(terminal, text));
    return answer?.kind === 'entered' && answer.sealed ? this.#judged(answer, answer.sealed) : answer;
  }

  /** A sealed ballot is answered when its proofs were checked: what is recorded does not count yet. */
  async #judged(
    answer: Extract<Answer, { kind: 'entered' }>,
    { round, text }: { round: string; text: string },
  ): Promise<Answer> {
    const held = this.#chronicle.state.rounds.get(round);
    // No vote ends before its ballots are judged: what stands in one that is over needs no second look.
    const reason = held?.phase === 'open' ? await this.#proofDesk.judge(held, answer.seq, text) : null;
    return reason === null ? answer : { kind: 'refused', for: answer.for, digest: answer.digest, reason };
  }

  /** Enters a terminal's proof of its key, which {@link checkProof} has found to hold. */
  async enterProof(terminal: string, password: Uint8Array, proof: Authentic): Promise<Answer> {
    const answer = await this.#take(terminal, password, () => Promise.resolve(proof));
    if (answer === null) throw new Error('a proof is never put aside');
    return answer;
  }

  #take(
    terminal: string,
    payload: Uint8Array,
    check: (text: string) => Promise<Aside | Pending['checked']>,
  ): Promise<Answer | null> {
    const arrivedAt = this.#chronicle.now();
    const text = Buffer.from(payload.subarray(0, MAX_SEALED_MESSAGE_LENGTH + 1)).toString('latin1');
    return new Promise((resolve, reject) => {
      const checking = check(text).then((checked) => {
        this.#checking.delete(checking);
        if ('typ' in checked) {
          this.#aside(checked);
          resolve(null);
        } else {
          const digest = 'digest' in checked ? checked.digest : sha256Base64url(text);
          this.#queue.push({ arrivedAt, terminal, text, digest, checked, resolve, reject });
        }
        this.#schedule();
      }, reject);
      this.#checking.add(checking);
    });
  }

  /** Resolves when everything that has arrived so far has been judged and committed, or could not be. */
  async drain(): Promise<void> {
    await Promise.all(this.#checking);
    this.#flush();
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
      await this.#proofDesk.settled();
      return close();
    } finally {
      this.#isHeld = false;
      this.#schedule();
    }
  }

  async #check(terminal: string, text: string): Promise<Aside | Pending['checked']> {
    const jws = parseJws(text, MAX_SEALED_MESSAGE_LENGTH);
    const isLong = text.length > MAX_MESSAGE_LENGTH;
    if (!jws) return { for: null, reason: isLong ? 'oversized' : 'malformed' };
    const message = FromTerminal.safeParse(jws.payload);
    if (isLong && !(message.success && isSealed(message.data))) return { for: null, reason: 'oversized' };
    if (!message.success) return unreadable(jws.payload);
    const id = 'id' in message.data ? message.data.id : null;
    const refuse = (reason: Reason) => ({ for: id, reason });
    if (message.data.terminal !== terminal) return refuse('another-terminal');
    const enrolled = this.#chronicle.state.terminals.get(terminal);
    if (!enrolled) return refuse('not-enrolled');
    if (jws.kid !== enrolled.kid) return refuse('wrong-key');
    if (!(await this.#isSignedBy(jws, enrolled.key))) return refuse('wrong-signature');
    const { data } = message;
    return isForLedger(data) ? { message: data, kid: jws.kid, digest: sha256Base64url(text) } : data;
  }

  /** Whether `password` proves possession of the key it names, for `terminal`; not whether that key is enrolled. */
  async checkProof(terminal: string, password: Uint8Array): Promise<Proof | { readonly reason: Reason }> {
    const text = Buffer.from(password).toString('latin1');
    const jws = parseJws(text);
    const proof = Connect.safeParse(jws?.payload);
    if (!jws || !proof.success) return { reason: 'malformed' };
    if (proof.data.terminal !== terminal) return { reason: 'another-terminal' };
    const { kid } = jws;
    if (kid !== thumbprint(proof.data.key)) return { reason: 'wrong-key' };
    if (!(await this.#isSignedBy(jws, proof.data.key))) return { reason: 'wrong-signature' };
    return { message: proof.data, kid, digest: sha256Base64url(text) };
  }

  async #isSignedBy(jws: ParsedJws, x: string): Promise<boolean> {
    const key = this.#keys.get(x) ?? importPublicKey(x);
    if (!key) return false;
    this.#keys.set(x, key);
    return verifyJwsAsync(jws, key);
  }

  /** Commits at once when nobody else is on the way, else soon, so that a burst shares its commits. */
  #schedule(): void {
    if (this.#queue.length === 0 || this.#isHeld) return;
    if (this.#queue.length >= MAX_BATCH) {
      this.#flush();
      return;
    }
    this.#oldest ??= setTimeout(() => this.#flush(), MAX_WAIT_MS);
    if (this.#checking.size > 0 || this.#scheduled) return;
    this.#scheduled = true;
    setImmediate(() => {
      this.#scheduled = false;
      if (this.#checking.size === 0) this.#flush();
    });
  }

  #flush(): void {
    if (this.#oldest) clearTimeout(this.#oldest);
    this.#oldest = null;
    if (this.#isHeld) return;
    const batch = this.#queue.sort((a, b) => a.arrivedAt - b.arrivedAt);
    this.#queue = [];
    if (batch.length === 0) return;
    try {
      const answers = this.#chronicle.commit((writer) =>
        batch.map((item): Answer => {
          const time = Math.max(item.arrivedAt, writer.state.head.time);
          const answer = decideFate(writer.state, item, time, this.#holdsProof);
          if (answer.kind === 'refused')
            writer.own([refusedDraft(answer.reason, item.terminal, Buffer.from(item.text, 'latin1'))], time);
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

/** Whether the message carries a sealed ballot, and may be long. */
function isSealed(message: FromTerminal): boolean {
  return message.typ === 'audit' || (message.typ === 'ballot' && message.choice.kind === 'sealed');
}

function sealedOf(message: Authentic['message']): { round: string; text: string } | null {
  if (message.typ !== 'ballot' || message.choice.kind !== 'sealed') return null;
  return { round: message.round, text: message.choice.ballot };
}

function idOf(message: Authentic['message']): string | null {
  return message.typ === 'connect' ? null : message.id;
}

/** Says why a payload fits no schema, and which message it was where that much can be read. */
function unreadable(payload: unknown): { for: string | null; reason: Reason } {
  if (typeof payload !== 'object' || payload === null) return { for: null, reason: 'malformed' };
  const id = 'id' in payload ? MessageId.safeParse(payload.id) : null;
  const otherVersion = 'v' in payload && typeof payload.v === 'number' && payload.v !== MESSAGE_VERSION;
  return { for: id?.success ? id.data : null, reason: otherVersion ? 'unknown-version' : 'malformed' };
}
