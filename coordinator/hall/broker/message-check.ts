import type { KeyObject } from 'node:crypto';
import { sha256Base64url } from '../../../shared/protocol/bytes.ts';
import { importPublicKey, verifyJwsAsync } from '../../../shared/protocol/ed25519-node.ts';
import { MessageId } from '../../../shared/protocol/ids.ts';
import {
  MAX_MESSAGE_LENGTH,
  MAX_SEALED_MESSAGE_LENGTH,
  type ParsedJws,
  parseJws,
} from '../../../shared/protocol/jws.ts';
import { thumbprint } from '../../../shared/protocol/keys.ts';
import { Connect, FromTerminal, MESSAGE_VERSION } from '../../../shared/protocol/messages.ts';
import type { Reason } from '../../../shared/protocol/reasons.ts';
import { isForLedger, type MessageEntryType } from '../../sitting/entries.ts';
import type { Authentic } from '../../sitting/judge.ts';
import type { Sitting } from '../../sitting/state.ts';

/** Messages that are not for the ledger go to whoever minds the terminals. */
export type Aside = Exclude<FromTerminal, { typ: MessageEntryType }>;

/** A proof of a terminal's key that holds. */
export type Proof = Authentic & { readonly message: Connect };

/** A message as far as it can be known without judging it: signed by the terminal it comes from, or to be refused. */
export type Checked =
  | Authentic
  | {
      readonly for: string | null;
      readonly reason: Reason;
      /** The key it says it is signed with, where it was refused because that is not the enrolled one. */
      readonly kid?: string;
    };

/** Whether messages and proofs are what they say they are: parsed and their signatures verified, on a thread. */
export class MessageCheck {
  readonly #state: () => Sitting;
  readonly #keys = new Map<string, KeyObject>();

  constructor(state: () => Sitting) {
    this.#state = state;
  }

  /** What the text that came from `terminal` is: a message for the ledger, one that is not, or one to refuse. */
  async message(terminal: string, text: string): Promise<Aside | Checked> {
    const jws = parseJws(text, MAX_SEALED_MESSAGE_LENGTH);
    const isLong = text.length > MAX_MESSAGE_LENGTH;
    if (!jws) return { for: null, reason: isLong ? 'oversized' : 'malformed' };
    const message = FromTerminal.safeParse(jws.payload);
    if (isLong && !(message.success && isSealed(message.data))) return { for: null, reason: 'oversized' };
    if (!message.success) return unreadable(jws.payload);
    const id = 'id' in message.data ? message.data.id : null;
    const refuse = (reason: Reason) => ({ for: id, reason });
    if (message.data.terminal !== terminal) return refuse('another-terminal');
    const enrolled = this.#state().terminals.get(terminal);
    if (!enrolled) return { ...refuse('not-enrolled'), kid: jws.kid };
    if (jws.kid !== enrolled.kid) return { ...refuse('wrong-key'), kid: jws.kid };
    if (!(await this.#isSignedBy(jws, enrolled.key))) return refuse('wrong-signature');
    const { data } = message;
    return isForLedger(data) ? { message: data, kid: jws.kid, digest: sha256Base64url(text) } : data;
  }

  /** Whether `password` proves possession of the key it names, for `terminal`; not whether that key is enrolled. */
  async proof(terminal: string, password: Uint8Array): Promise<Proof | { readonly reason: Reason }> {
    const text = Buffer.from(password).toString('latin1');
    const jws = parseJws(text);
    const proof = Connect.safeParse(jws?.payload);
    if (!jws || !proof.success) return { reason: 'malformed' };
    if (proof.data.terminal !== terminal) return { reason: 'another-terminal' };
    const { kid } = jws;
    if (kid !== thumbprint(proof.data.key)) return { reason: 'wrong-key' };
    // Strangers offer as many keys as they like: only enrolled ones are kept.
    const isEnrolled = this.#state().terminals.get(terminal)?.key === proof.data.key;
    if (!(await this.#isSignedBy(jws, proof.data.key, isEnrolled))) return { reason: 'wrong-signature' };
    return { message: proof.data, kid, digest: sha256Base64url(text) };
  }

  async #isSignedBy(jws: ParsedJws, x: string, keepKey = true): Promise<boolean> {
    const key = this.#keys.get(x) ?? importPublicKey(x);
    if (!key) return false;
    if (keepKey) this.#keys.set(x, key);
    return verifyJwsAsync(jws, key);
  }
}

/** Whether the message carries a sealed ballot, and may be long. */
function isSealed(message: FromTerminal): boolean {
  return message.typ === 'audit' || (message.typ === 'ballot' && message.choice.kind === 'sealed');
}

/** Says why a payload fits no schema, and which message it was where that much can be read. */
function unreadable(payload: unknown): { for: string | null; reason: Reason } {
  if (typeof payload !== 'object' || payload === null) return { for: null, reason: 'malformed' };
  const id = 'id' in payload ? MessageId.safeParse(payload.id) : null;
  const otherVersion = 'v' in payload && typeof payload.v === 'number' && payload.v !== MESSAGE_VERSION;
  return { for: id?.success ? id.data : null, reason: otherVersion ? 'unknown-version' : 'malformed' };
}
