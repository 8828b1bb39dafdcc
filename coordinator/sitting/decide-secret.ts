import { isSigned } from '../../shared/belenios/signing.ts';
import { combine, verifyShare } from '../../shared/belenios/tally.ts';
import { readShare, readTally } from '../../shared/belenios/tally-text.ts';
import { tallyOfCounts } from '../../shared/kinds/counting.ts';
import { result } from '../../shared/protocol/result.ts';
import { resultToSign } from '../../shared/protocol/result-signature.ts';
import type { Act } from '../contract/acts.ts';
import { finishedKey, whyNotContribute } from './ceremony.ts';
import { type Decision, no, type Step, yes } from './decided.ts';
import type { CeremonyStep } from './secrecy.ts';
import { electionKey } from './secret-round.ts';
import { isUnsettled, type Round, type SealedRound, type Sitting } from './state.ts';

/** What scrutineers and the coordinator's own counting do in secret votes. */
export type DecryptionAct =
  /** The sealed sum, as the coordinator has added it up. */
  | { readonly act: 'tally'; readonly round: string; readonly tally: string }
  | { readonly act: 'share'; readonly round: string; readonly owner: number; readonly share: string }
  | {
      readonly act: 'sign-result';
      readonly round: string;
      readonly owner: number;
      readonly signature: { readonly challenge: string; readonly response: string };
    };

export type KeyAct =
  | {
      readonly act: 'ceremony-step';
      readonly owner: number;
      readonly step: CeremonyStep;
      readonly text: string;
    }
  /** The coordinator's own key, where the hall has no scrutineers' keys. */
  | { readonly act: 'set-key'; readonly trustees: string };

export type SecretAct = DecryptionAct | KeyAct;

type NewCeremony = Extract<Act, { act: 'new-ceremony' }>;

export function decideKey(state: Sitting, act: KeyAct | NewCeremony): Decision {
  const { secrecy } = state;
  if (!secrecy) return no('no-secrecy');
  switch (act.act) {
    case 'set-key': {
      if (secrecy.holder !== 'coordinator' || state.electionKey) return no('key-set-already');
      const key = electionKey(act.trustees);
      if (key?.trustees.threshold !== null) return no('bad-contribution');
      return yes({ typ: 'election-key-set', trustees: act.trustees });
    }
    case 'new-ceremony':
      if (secrecy.holder !== 'scrutineers') return no('no-ceremony');
      return mayChangeKey(state)
        ? yes({ typ: 'ceremony-restarted', reason: act.reason })
        : no('secret-vote-unsettled');
    case 'ceremony-step': {
      if (secrecy.holder !== 'scrutineers') return no('no-ceremony');
      if (state.electionKey) return no('key-set-already');
      const { owner, step, text } = act;
      const refusal = whyNotContribute(secrecy, state.ceremony, act);
      if (refusal) return no(refusal);
      const taken: Step = { typ: 'ceremony-step', owner, step, text };
      const trustees = finishedKey(secrecy, state.ceremony, act);
      return trustees === null ? yes(taken) : yes(taken, { typ: 'election-key-set', trustees });
    }
  }
}

/** Whether no sealed ballots still need the key there is. */
export function mayChangeKey({ current }: Sitting): boolean {
  return !(current?.sealed && isUnsettled(current) && current.result === null);
}

export function decideDecryption(state: Sitting, round: Round, act: DecryptionAct): Decision {
  const { sealed } = round;
  if (!sealed) return no('not-secret');
  switch (act.act) {
    case 'tally':
      if (round.phase !== 'closed' || sealed.tally || round.result) return no('not-closed');
      // What nobody can read could be decrypted by nobody, and would be added up again and again.
      if (!readTally(act.tally)) return no('wrong-sum');
      return yes({ typ: 'tallied', round: round.id, ballots: round.cast, tally: act.tally }, 'checkpoint');
    case 'share':
      return round.phase === 'closed' ? share(round, sealed, act.owner, act.share) : no('not-closed');
    case 'sign-result': {
      const key = sealed.key.trustees.signingKeys[act.owner - 1];
      if (!round.result || round.phase === 'voided') return no('not-decrypted');
      if (sealed.signed.has(act.owner)) return no('signed-already');
      const text = resultToSign(state.begun?.sitting ?? '', round.id, round.opening, round.result);
      if (!key || !isSigned(key, text, act.signature)) return no('wrong-result-signature');
      return yes({ typ: 'result-signed', round: round.id, owner: act.owner, signature: act.signature });
    }
  }
}

/** Takes a share that holds; with the last one needed comes the result. */
function share(round: Round, sealed: SealedRound, owner: number, text: string): Decision {
  const { tally, election, key } = sealed;
  const { verificationKeys, threshold } = key.trustees;
  if (!tally || round.result) return no('share-not-needed');
  if (sealed.shares.some((other) => other.owner === owner)) return no('share-given');
  const read = readShare(text);
  const verificationKey = verificationKeys[owner - 1];
  if (!read || !verificationKey || !verifyShare(election.hash, verificationKey, tally.sum, read))
    return no('wrong-share');
  const taken: Step = { typ: 'share', round: round.id, owner, share: text };
  const shares = [...sealed.shares, { ...read, owner }];
  if (shares.length < (threshold ?? verificationKeys.length)) return yes(taken);
  const counts = combine(tally.sum, shares, threshold, tally.ballots);
  if (!counts) return no('wrong-share');
  const { motion, roll, present, cast } = round;
  const drawn = result(motion, tallyOfCounts(motion, counts), { roll, present, cast }, 'terminals');
  return yes(taken, { typ: 'result', round: round.id, result: drawn }, 'checkpoint');
}
