import { isAcceptableKey } from '../../../shared/protocol/keys.ts';
import type { Reason } from '../../../shared/protocol/reasons.ts';
import type { Chronicle } from '../../sitting/chronicle.ts';
import { judge } from '../../sitting/judge.ts';
import { PAGE_CLIENT, type Party } from './access.ts';
import type { Intake } from './intake.ts';
import type { Entrance } from './line.ts';
import type { MessageCheck, Proof } from './message-check.ts';
import type { Pace } from './pace.ts';

/** Who says to be `id`, by which entrance, and whether they have gone again meanwhile. */
export interface Caller {
  readonly id: string;
  readonly entrance: Entrance;
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
  async judge({ id, entrance, password, isReader, isGone }: Caller): Promise<Judged> {
    const without = (reason: Reason, what = '') =>
      ({ reason, message: Buffer.from(`CONNECT ${id.slice(0, 64)}${what}`) }) as const;
    if (entrance.is === 'terminals' && !entrance.shown.ok)
      return without('wrong-certificate', ` ${entrance.shown.reason}`);
    if (PAGE_CLIENT.test(id))
      return entrance.is === 'terminals'
        ? without('not-allowed')
        : { party: { kind: isReader() ? 'staff' : 'public' } };
    if (entrance.is === 'pages') return without('wrong-certificate', ' no-certificate');
    if (!password) return without('not-enrolled');
    const { chronicle, check, pace, intake } = this.#parts;
    const proof = await check.proof(id, password);
    if ('reason' in proof) return { reason: proof.reason, message: password };
    const another = notTheOneShown(id, entrance, proof);
    if (another !== null) return { reason: another, message: password };
    const { message, kid, digest } = proof;
    if (!chronicle.state.terminals.has(id))
      return isAcceptableKey(message.key)
        ? { party: { kind: 'pending', terminal: id, key: message.key, kid, digest } }
        : null;
    const verdict = judge(chronicle.state, proof, chronicle.now());
    if (verdict.kind === 'refuse') return { reason: verdict.reason, message: password };
    // It gets its certificate and nothing else, so that there is nothing to enter.
    if (entrance.is === 'terminals' && entrance.shown.ok && entrance.shown.peer.is === 'own-key')
      return { party: { kind: 'uncertified', terminal: id, kid } };
    if (!(await pace.turn(id)) || isGone()) return null;
    const answer = await intake.enterProof(id, password, proof);
    return answer.kind === 'entered' ? { party: { kind: 'terminal', terminal: id } } : null;
  }
}

/** Why the certificate of a connection is none for who speaks on it; null where there is none, or it is theirs. */
function notTheOneShown(id: string, entrance: Entrance, { kid }: Proof): Reason | null {
  if (entrance.is !== 'terminals' || !entrance.shown.ok) return null;
  const { peer } = entrance.shown;
  if (peer.is === 'terminal' && peer.terminal !== id) return 'another-terminal';
  return peer.kid === kid ? null : 'wrong-key';
}
