import { meetsQuorum } from '../../shared/kinds/quorum-and-majority.ts';
import { thumbprint } from '../../shared/protocol/keys.ts';
import { type Sitting, timeLeft } from '../sitting/state.ts';
import type {
  AttendanceDocument,
  CheckpointDocument,
  HallDocument,
  MotionDocument,
  ResultDocument,
  TurnoutDocument,
} from './documents.ts';
import { secretDocuments } from './secret-documents.ts';

/** The documents of the public topics, drawn from the sitting alone (G7); none holds a partial result (G4). */
export const publicDocuments = {
  hall(state: Sitting): HallDocument | null {
    if (!state.begun) return null;
    const { hall, name, congress, sitting, title, date, key } = state.begun;
    return { hall, name, congress, sitting, title, date, key, kid: thumbprint(key) };
  },

  attendance(state: Sitting): AttendanceDocument {
    const delegations = new Map<string, { name: string; roll: number; present: number }>();
    for (const { id, delegation } of state.deputies.values()) {
      const group = delegations.get(delegation) ?? { name: delegation, roll: 0, present: 0 };
      group.roll += 1;
      if (state.presence.has(id)) group.present += 1;
      delegations.set(delegation, group);
    }
    const roll = state.deputies.size;
    const present = state.presence.size;
    return {
      roll,
      present,
      quorum: state.quorum,
      quorumMet: roll > 0 && meetsQuorum(present, roll, state.quorum),
      delegations: [...delegations.values()],
      seats: [...state.deputies.keys()].map((id) => (state.presence.has(id) ? '1' : '0')).join(''),
    };
  },

  motion({ current }: Sitting): MotionDocument {
    return (
      current && {
        round: current.id,
        phase: current.phase,
        rehearsal: current.rehearsal,
        motion: current.motion,
        hold: current.hold && { reason: current.hold.reason },
        extended: current.extended,
      }
    );
  },

  turnout({ current }: Sitting, now: number): TurnoutDocument {
    if (!current) return null;
    const { id, roll, present, cast } = current;
    return {
      round: id,
      roll,
      present,
      cast,
      remaining: current.phase === 'open' ? timeLeft(current, now) : null,
      held: current.hold !== null,
    };
  },

  result({ shown }: Sitting): ResultDocument {
    if (shown?.phase !== 'announced' || !shown.result) return null;
    return { round: shown.id, rehearsal: shown.rehearsal, motion: shown.motion, result: shown.result };
  },

  ...secretDocuments,

  checkpoint(state: Sitting): CheckpointDocument {
    return state.checkpoint;
  },
};
