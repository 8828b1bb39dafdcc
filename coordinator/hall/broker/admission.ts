import { isAcceptableKey } from '../../../shared/protocol/keys.ts';
import type { Reason } from '../../../shared/protocol/reasons.ts';
import type { Chronicle } from '../../sitting/chronicle.ts';
import { judge } from '../../sitting/judge.ts';
import { PAGE_CLIENT, type Party } from './access.ts';
import type { Intake } from './intake.ts';
import type { MessageCheck } from './message-check.ts';
import type { Pace } from './pace.ts';

/** Who says to be `id`, and whether they have gone again meanwhile. */
export interface Caller {
  readonly id: string;
  readonly password: Uint8Array | undefined;
  readonly isReader: () => boolean;
  readonly isGone: () => boolean;
}

/** Who a caller is; or why they are not let in, with what is to be recorded of it; null where nothing is. */
export type Judged =
  | { readonly party: Party }
  | { readonly reason: Reason; readonly message: Uint8Array }
  | null;

export interface AdmissionParts {
  readonly chronicle: Chronicle;
  readonly check: Pick<MessageCheck, 'proof'>;
  readonly pace: Pick<Pace, 'turn'>;
  readonly intake: Pick<Intake, 'enterProof'>;
}

/** Finds out who is at the other end of a connection, by the proof of a terminal's key or a page's session. */
export class Admission {
  readonly #parts: AdmissionParts;

  constructor(parts: AdmissionParts) {
    this.#parts = parts;
  }

  /** Judges a CONNECT; where it is an enrolled terminal's, its proof is on the disk. Rejects where nothing could be written. */
  async judge({ id, password, isReader, isGone }: Caller): Promise<Judged> {
    if (PAGE_CLIENT.test(id)) return { party: { kind: isReader() ? 'staff' : 'public' } };
    if (!password) return { reason: 'not-enrolled', message: Buffer.from(`CONNECT ${id.slice(0, 64)}`) };
    const { chronicle, check, pace, intake } = this.#parts;
    const proof = await check.proof(id, password);
    if ('reason' in proof) return { reason: proof.reason, message: password };
    const { message, kid, digest } = proof;
    if (!chronicle.state.terminals.has(id))
      return isAcceptableKey(message.key)
        ? { party: { kind: 'pending', terminal: id, key: message.key, kid, digest } }
        : null;
    const verdict = judge(chronicle.state, proof, chronicle.now());
    if (verdict.kind === 'refuse') return { reason: verdict.reason, message: password };
    if (!(await pace.turn(id)) || isGone()) return null;
    const answer = await intake.enterProof(id, password, proof);
    return answer.kind === 'entered' ? { party: { kind: 'terminal', terminal: id } } : null;
  }
}
