import { electionArchive } from '../../../shared/belenios/election-archive.ts';
import { resultText } from '../../../shared/belenios/tally-text.ts';
import { countsOf } from '../../../shared/kinds/counting.ts';
import { receiptCode } from '../../../shared/protocol/receipt-code.ts';
import { type Round, type Sitting, sealedBallots } from '../../sitting/state.ts';

/** The elections of a sitting: the secret votes whose ballots were added up, rehearsals and void ones too. */
export function electionsOf(sitting: Sitting): Round[] {
  return [...sitting.rounds.values()].filter(({ sealed }) => sealed?.tally);
}

/** The name of a round's archive in the bundle. */
export const electionFile = ({ sealed }: Round): string => `elections/${sealed?.election.uuid}.bel`;

/** The Belenios archive of a secret vote, which belenios-tool verifies. */
export function electionBytes(round: Round): Uint8Array {
  const { sealed, result } = round;
  if (!sealed) throw new Error(`${round.id} is no secret vote`);
  return electionArchive({
    timestamp: Math.floor(round.openedAt / 1000),
    election: sealed.electionText,
    trustees: sealed.key.text,
    credentials: sealed.credentials ?? [],
    ballots: sealedBallots(round).map(({ text }) => text),
    tally: sealed.tally,
    shares: sealed.shares,
    result: result ? resultText(countsOf(round.motion, result.tally)) : null,
  });
}

/** The receipt codes of the ballots that count in a secret vote, in the order of their characters. */
export function receiptCodes(round: Round): string[] {
  return [...round.ballots.values()]
    .flatMap(({ choice }) => (choice.kind === 'sealed' ? receiptCode(choice.ballot) : []))
    .sort();
}
