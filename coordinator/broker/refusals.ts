import type { Logger } from 'pino';
import { toBase64url } from '../../shared/bytes.ts';
import type { Reason } from '../../shared/reasons.ts';
import type { Draft } from '../ledger/entries.ts';
import type { Chronicle } from '../sitting/chronicle.ts';
import { type Party, terminalOf } from './access.ts';
import { throttle } from './token-bucket.ts';

/** Refusals a connection may cause, or all who have not proved who they are; then it is cut off. */
const OF_ONE = { burst: 20, perSecond: 1 } as const;
const OF_STRANGERS = { burst: 100, perSecond: 1 } as const;

/** The entry for a message that was not accepted. */
export function refusedDraft(reason: Reason, terminal: string | null, message: Uint8Array): Draft {
  return { typ: 'refused', reason, terminal, message: toBase64url(message.subarray(0, 2048)) };
}

/** Whose message is refused, and whether one more may be. */
export interface Refused {
  readonly party: Party;
  readonly mayRefuse: () => boolean;
}

/** Records what is refused, as much of it as each may cause. */
export class Refusals {
  readonly #chronicle: Chronicle;
  readonly #log: Logger;
  /** An enrolled terminal keeps its allowance when it comes back, or it could fill the disk connection by connection. */
  readonly #ofTerminals = new Map<string, () => boolean>();
  /** All who have not proved who they are share one allowance, or they could fill the disk. */
  readonly #ofStrangers: () => boolean;

  constructor(chronicle: Chronicle, log: Logger) {
    this.#chronicle = chronicle;
    this.#log = log;
    this.#ofStrangers = throttle(OF_STRANGERS, () => chronicle.now());
  }

  /** What says whether one more message of a connection of `party` may be refused; each time counts. */
  allowance(party: Party): () => boolean {
    const known = party.kind === 'terminal' ? this.#ofTerminals.get(party.terminal) : undefined;
    const mayRefuse = known ?? throttle(OF_ONE, () => this.#chronicle.now());
    if (party.kind === 'terminal') this.#ofTerminals.set(party.terminal, mayRefuse);
    return mayRefuse;
  }

  /** Records a refusal; false where `refused` has caused too many, and is to be cut off unrecorded. */
  record(refused: Refused | undefined, reason: Reason, message: Uint8Array): boolean {
    if (!(refused?.mayRefuse ?? this.#ofStrangers)()) return false;
    const terminal = refused ? terminalOf(refused.party) : null;
    try {
      this.#chronicle.commit((writer) =>
        writer.own([refusedDraft(reason, terminal, message)], this.#chronicle.now()),
      );
    } catch (error) {
      this.#log.error({ error: String(error) }, 'a refusal could not be recorded');
    }
    return true;
  }
}
