import type { CastChoice } from '../../shared/protocol/ballot.ts';
import { type Ballot, MESSAGE_VERSION } from '../../shared/protocol/messages.ts';
import { newDraft } from './draft.ts';
import { type Legend, type Meaning, REVIEW_PAUSE_MS } from './legend.ts';
import {
  BALLOT_NOTICE_MS,
  type Cast,
  quiet,
  type SeatEvent,
  type SeatState,
  type Step,
  tell,
  type Vote,
} from './seat-state.ts';

/** From the choice to the cast ballot: in a secret vote it is sealed first, then cast, discarded or opened for audit. */

type Sealed = Extract<Cast, { step: 'sealed' }>;

/** What a key does to a sealed ballot that was not cast yet. */
export function sealedKey(state: SeatState, vote: Vote, held: Sealed, meaning: Meaning, id: string): Step {
  const asking = (is: boolean) =>
    quiet({ ...state, notice: null, vote: { ...vote, cast: { ...held, asking: is } } });
  switch (meaning.act) {
    case 'cast':
      return cast(state, vote, { kind: 'sealed', ballot: held.ballot }, id, held.code);
    case 'audit':
      return asking(true);
    case 'back':
      return asking(false);
    case 'discard':
      return quiet({ ...startedOver(state, vote), notice: null });
    case 'open': {
      const message = { typ: 'audit', ...of(state, vote, id), ballot: held.ballot } as const;
      return {
        state: {
          ...state,
          notice: null,
          vote: { ...vote, draft: null, cast: { step: 'opened', code: held.code } },
        },
        effects: [{ type: 'open', message }],
      };
    }
    default:
      return quiet(state);
  }
}

function startedOver(state: SeatState, vote: Vote): SeatState {
  return { ...state, vote: { ...vote, draft: newDraft(vote.round.motion), cast: { step: 'none' } } };
}

/** The keys of a sealed ballot; the one that casts wakes up only after a pause: the same key, pressed in a row, led here. */
export function sealedLegend({ asking, since }: Sealed, now: number): Legend {
  if (asking) return [{ act: 'back' }, null, null, null, { act: 'open' }];
  const isAwake = now - since >= REVIEW_PAUSE_MS;
  return [{ act: 'discard' }, null, { act: 'audit' }, null, isAwake ? { act: 'cast' } : null];
}

/** Whether the ballot is in the deputy's hands still, sealed but not cast. */
export const isUncast = ({ step }: Cast): boolean => step === 'sealing' || step === 'sealed';

/** What every message of this deputy in this round says. */
function of({ sitting, hall, terminal }: SeatState, { deputy, round }: Vote, id: string) {
  const { id: roundId, opening } = round;
  return {
    v: MESSAGE_VERSION,
    id,
    hall,
    sitting: sitting?.sitting ?? '',
    terminal,
    deputy,
    round: roundId,
    opening,
  } as const;
}

/** Casts the choice: from here on it is on its way. */
export function cast(
  state: SeatState,
  vote: Vote,
  choice: CastChoice,
  id: string,
  code: string | null,
): Step {
  const message: Ballot = { typ: 'ballot', ...of(state, vote, id), press: state.press + 1, choice };
  return {
    state: {
      ...state,
      notice: null,
      press: message.press,
      vote: { ...vote, draft: null, cast: { step: 'sending', id, code } },
    },
    effects: [{ type: 'send', message }],
  };
}

/** A choice comes back sealed; it is let go where its vote is no longer the one in hand. */
export function sealed(
  state: SeatState,
  { round, ballot, code }: Extract<SeatEvent, { type: 'sealed' }>,
): Step {
  const { vote } = state;
  if (vote?.cast.step !== 'sealing' || vote.round.id !== round) return quiet(state);
  return {
    state: {
      ...state,
      isSealingBroken: false,
      vote: { ...vote, cast: { step: 'sealed', ballot, code, since: state.now, asking: false } },
    },
    effects: state.isSealingBroken ? [{ type: 'report' }] : [],
  };
}

/** A choice does not come back sealed. It is forgotten, as every choice handed out is, so the deputy fills in another. */
export function unsealed(state: SeatState, round: string): Step {
  const { vote } = state;
  // Nobody waits any longer for what was given up because its vote is over.
  if (vote?.cast.step !== 'sealing' || vote.round.id !== round) return quiet(state);
  const next = startedOver({ ...state, isSealingBroken: true }, vote);
  return { state: tell(next, { type: 'unsealed' }, BALLOT_NOTICE_MS), effects: [{ type: 'report' }] };
}
