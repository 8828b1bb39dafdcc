import { isSigned } from '../../shared/belenios/signing.ts';
import { combine, verifyShare } from '../../shared/belenios/tally.ts';
import { readShare, readTally } from '../../shared/belenios/tally-text.ts';
import { tallyOfCounts } from '../../shared/kinds/counting.ts';
import { result } from '../../shared/protocol/result.ts';
import { resultToSign } from '../../shared/protocol/result-signature.ts';
import type { Act, ScrutineerAct } from '../contract/acts.ts';
import type { Actor, Who } from '../contract/person.ts';
import { finishedKey, whyNotContribute } from './ceremony.ts';
import { BY_HALL, type Decision, no, type Step, yes } from './decided.ts';
import { electionKey } from './secret-round.ts';
import { isUnsettled, type Round, type SealedRound, type Sitting } from './state.ts';

/** What scrutineers do in secret votes: which of them it is, their place on the hall's list says. */
export type SecretAct = ScrutineerAct;
type KeyAct = Extract<SecretAct, { act: 'ceremony-step' }> | Extract<Act, { act: 'new-ceremony' }>;
type DecryptionAct = Extract<SecretAct, { act: 'share' | 'sign-result' }>;

/** What the coordinator does by itself in secret votes. */
export type OwnAct =
  /** The sealed sum, as the coordinator has added it up. */
  | { readonly act: 'tally'; readonly round: string; readonly tally: string }
  /** Its own key, where the hall has no scrutineers' keys, and what it decrypts with it. */
  | { readonly act: 'set-key'; readonly trustees: string }
  | { readonly act: 'own-share'; readonly round: string; readonly share: string };

/** The coordinator is the only owner of its own key. */
const ITSELF = 1;

/** The scrutineer's number of somebody, from 1, in the order of the hall's list; null where they hold no key. */
function ownerOf({ secrecy }: Sitting, { id }: Actor): number | null {
  if (secrecy?.holder !== 'scrutineers') return null;
  const at = secrecy.scrutineers.findIndex((each) => each.id === id);
  return at < 0 ? null : at + 1;
}

/** What the coordinator enters by itself, or why that makes no sense now. */
export function decideOwn(state: Sitting, act: OwnAct): Decision {
  if (act.act === 'set-key') return setKey(state, act.trustees);
  const round = state.rounds.get(act.round);
  if (!round) return no('unknown-round');
  const { sealed } = round;
  if (!sealed) return no('not-secret');
  if (act.act === 'own-share')
    return sealed.key.trustees.threshold === null
      ? share(round, sealed, ITSELF, act.share, BY_HALL)
      : no('not-allowed');
  if (round.phase !== 'closed' || sealed.tally || round.result) return no('not-closed');
  // What nobody can read could be decrypted by nobody, and would be added up again and again.
  if (!readTally(act.tally)) return no('wrong-sum');
  const { id, cast } = round;
  return yes({ typ: 'tallied', ...BY_HALL, round: id, ballots: cast, tally: act.tally }, 'checkpoint');
}

function setKey({ secrecy, electionKey: known }: Sitting, trustees: string): Decision {
  if (!secrecy) return no('no-secrecy');
  if (secrecy.holder !== 'coordinator' || known) return no('key-set-already');
  const key = electionKey(trustees);
  if (key?.trustees.threshold !== null) return no('bad-contribution');
  return yes({ typ: 'election-key-set', ...BY_HALL, trustees });
}

export function decideKey(state: Sitting, act: KeyAct, who: Who): Decision {
  const { secrecy } = state;
  if (!secrecy) return no('no-secrecy');
  if (secrecy.holder !== 'scrutineers') return no('no-ceremony');
  if (act.act === 'new-ceremony')
    return mayChangeKey(state)
      ? yes({ typ: 'ceremony-restarted', ...who, reason: act.reason })
      : no('secret-vote-unsettled');
  const owner = ownerOf(state, who.by);
  if (owner === null) return no('not-allowed');
  if (state.electionKey) return no('key-set-already');
  const { step, text } = act;
  const contribution = { owner, step, text };
  const refusal = whyNotContribute(secrecy, state.ceremony, contribution);
  if (refusal) return no(refusal);
  const taken: Step = { typ: 'ceremony-step', ...who, owner, step, text };
  const trustees = finishedKey(secrecy, state.ceremony, contribution);
  return trustees === null ? yes(taken) : yes(taken, { typ: 'election-key-set', ...BY_HALL, trustees });
}

/** Whether no sealed ballots still need the key there is. */
export function mayChangeKey({ current }: Sitting): boolean {
  return !(current?.sealed && isUnsettled(current) && current.result === null);
}

export function decideDecryption(state: Sitting, round: Round, act: DecryptionAct, who: Who): Decision {
  const { sealed } = round;
  if (!sealed) return no('not-secret');
  const owner = ownerOf(state, who.by);
  if (owner === null || sealed.key.trustees.threshold === null) return no('not-allowed');
  if (act.act === 'share') return share(round, sealed, owner, act.share, who);
  const key = sealed.key.trustees.signingKeys[owner - 1];
  if (!round.result || round.phase === 'voided') return no('not-decrypted');
  if (sealed.signed.has(owner)) return no('signed-already');
  const text = resultToSign(state.begun?.sitting ?? '', round.id, round.opening, round.result);
  if (!key || !isSigned(key, text, act.signature)) return no('wrong-result-signature');
  return yes({ typ: 'result-signed', ...who, round: round.id, owner, signature: act.signature });
}

/** Takes a share that holds; with the last one needed comes the result. */
function share(
  round: Round,
  sealed: SealedRound,
  owner: number,
  text: string,
  who: Who | typeof BY_HALL,
): Decision {
  if (round.phase !== 'closed') return no('not-closed');
  const { tally, election, key } = sealed;
  const { verificationKeys, threshold } = key.trustees;
  if (!tally || round.result) return no('share-not-needed');
  if (sealed.shares.some((other) => other.owner === owner)) return no('share-given');
  const read = readShare(text);
  const verificationKey = verificationKeys[owner - 1];
  if (!read || !verificationKey || !verifyShare(election.hash, verificationKey, tally.sum, read))
    return no('wrong-share');
  const taken: Step = { typ: 'share', ...who, round: round.id, owner, share: text };
  const shares = [...sealed.shares, { ...read, owner }];
  if (shares.length < (threshold ?? verificationKeys.length)) return yes(taken);
  const counts = combine(tally.sum, shares, threshold, tally.ballots);
  if (!counts) return no('wrong-share');
  const { motion, roll, present, cast } = round;
  const drawn = result(motion, tallyOfCounts(motion, counts), { roll, present, cast }, 'terminals');
  return yes(taken, { typ: 'result', ...BY_HALL, round: round.id, result: drawn }, 'checkpoint');
}
