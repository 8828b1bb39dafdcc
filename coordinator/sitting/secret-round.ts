import { hash } from 'node:crypto';
import { Map as Dictionary, OrderedMap } from 'immutable';
import { readElection } from '../../shared/belenios/ballot.ts';
import { encode } from '../../shared/belenios/group.ts';
import { longestBallot } from '../../shared/belenios/longest-ballot.ts';
import { readTrustees } from '../../shared/belenios/trustees.ts';
import type { Motion } from '../../shared/kinds/kinds.ts';
import type { Text } from '../../shared/protocol/ids.ts';
import { type ElectionSeal, electionText } from '../../shared/protocol/secret-election.ts';
import type { ElectionKey, Round, SealedRound, Sitting } from './state.ts';

/** What the fold makes of the entries of secret votes. */

const BASE58 = '123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz';
const UUID_LENGTH = 22;

/** Names the election of the round that opens now: nobody chooses it, and no other history has the same. */
export function newElection({ head }: Sitting, round: string, key: ElectionKey): ElectionSeal {
  let n = BigInt(`0x${hash('sha256', `hallvote-election|${head.hash}|${round}`, 'hex')}`);
  let uuid = '';
  for (; uuid.length < UUID_LENGTH; n /= 58n) uuid += BASE58[Number(n % 58n)] ?? '';
  return { uuid, key: encode(key.trustees.publicKey) };
}

/** The secret side of a round at its opening; null where the seal is none. */
export function sealedRound(
  seal: ElectionSeal,
  key: ElectionKey | null,
  sitting: Text,
  motion: Motion,
): SealedRound | null {
  const text = electionText(seal, sitting, motion);
  const election = readElection(text);
  if (!election || !key) return null;
  return {
    election,
    electionText: text,
    key,
    longest: longestBallot(election),
    used: Dictionary(),
    entered: Dictionary(),
    audits: [],
    credentials: null,
    tally: null,
    shares: [],
    signed: OrderedMap(),
  };
}

/** The key in `trustees.json`; null where that is not in order. */
export function electionKey(text: string): ElectionKey | null {
  const trustees = readTrustees(text);
  return trustees && { text, trustees };
}

/** The public credentials of those who could vote: of who voted the one used, else the one registered last. */
export function finalCredentials(state: Sitting, round: Round): string[] {
  return [...round.eligible]
    .flatMap((deputy) => round.ballots.get(deputy)?.credential ?? state.credentials.get(deputy) ?? [])
    .sort();
}
