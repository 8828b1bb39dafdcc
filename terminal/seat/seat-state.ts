import type { DeviceStatus, Key, LampRow, Tap } from '../../hardware/capabilities.ts';
import type { Choice } from '../../shared/kinds/kinds.ts';
import type { List } from '../../shared/projects/list-shape.ts';
import type { Text } from '../../shared/protocol/ids.ts';
import type {
  Audit,
  Ballot,
  CheckIn,
  MachineHealth,
  Seat,
  SeatDeputy,
  SelfTest,
  SittingState,
} from '../../shared/protocol/messages.ts';
import type { Reason } from '../../shared/protocol/reasons.ts';
import type { DiskFault } from '../../shared/protocol/seat-faults.ts';
import type { Draft } from './kinds/kinds.ts';
import type { Read } from './reading.ts';

/** What a seat knows, what can happen to it, and what it asks to be done: `seat.ts` is the machine. */

export type Round = NonNullable<SittingState['round']>;

/** What has become of the ballot last cast in this round. `counted` needs the coordinator's signed word. */
export type Cast =
  | { readonly step: 'none' }
  /** Being sealed; the choice is forgotten with it. */
  | { readonly step: 'sealing' }
  /** Sealed, its receipt code on the screen: to be cast, or opened for audit; `asking`: whether really to open it. */
  | {
      readonly step: 'sealed';
      readonly ballot: string;
      readonly code: string;
      readonly since: number;
      readonly asking: boolean;
    }
  /** Opened for audit: spoilt. */
  | { readonly step: 'opened'; readonly code: string }
  | { readonly step: 'sending'; readonly id: string; readonly code: string | null }
  | { readonly step: 'counted'; readonly code: string | null }
  | { readonly step: 'refused'; readonly reason: Reason };

/** This deputy's part in the round in hand. */
export interface Vote {
  readonly round: Round;
  readonly deputy: string;
  /** The ballot in the deputy's hands; null before and after. */
  readonly draft: Draft | null;
  /** The page, from 0, of the sheet of the item at hand that is being read; null where none is. */
  readonly reading: number | null;
  readonly cast: Cast;
  /** A ballot of this deputy is in the ledger, this one or an earlier. */
  readonly counted: boolean;
}

/** A ballot still on its way after its round left the screen, or since before a restart. */
export interface Afloat {
  readonly id: string;
  readonly round: string;
  readonly deputy: string;
  readonly title: Text | null;
}

export type NoticeBody =
  | { readonly type: 'card-refused'; readonly reason: Reason }
  | { readonly type: 'card-unreadable' }
  | { readonly type: 'not-connected' }
  /** The vote closed over a choice that was not confirmed: nothing was cast. */
  | { readonly type: 'unconfirmed'; readonly counted: boolean }
  /** The ballot that was to be cast could not be written to the disk: it is in the deputy's hands still. */
  | { readonly type: 'unrecorded' }
  /** What could not be recorded can be now. */
  | { readonly type: 'recordable' }
  /** The choice could not be sealed, and is forgotten. */
  | { readonly type: 'unsealed' }
  /** What became of a ballot of an earlier round. */
  | { readonly type: 'not-counted'; readonly title: Text | null; readonly reason: Reason }
  | { readonly type: 'counted-late'; readonly title: Text | null };
/** Something to tell the deputy for a while. */
export type Notice = NoticeBody & { readonly until: number; readonly deputy: string | null };

export interface SeatState {
  readonly hall: string;
  readonly terminal: string;
  readonly now: number;
  /** `refused`: the coordinator is there, and does not let this terminal in. */
  readonly link: 'up' | 'down' | 'refused';
  readonly panel: DeviceStatus;
  readonly reader: DeviceStatus;
  /** The computer, as of the last look; null before. */
  readonly machine: MachineHealth | null;
  /** Why no ballot can be written to the disk; null while all is well. */
  readonly storage: DiskFault | null;
  /** The last choice handed out for sealing did not come back sealed. */
  readonly isSealingBroken: boolean;
  /** The seat's page has not been drawn for a while, where a screen belongs to it. */
  readonly isScreenLost: boolean;
  readonly sitting: SittingState | null;
  /** Lists of projects that have come, by their hash. */
  readonly lists: ReadonlyMap<string, List>;
  readonly seat: Seat | null;
  /** This terminal's public credential for the deputy who sits here; null where nobody does. */
  readonly credential: string | null;
  /** When the open round closes, on this terminal's clock; as of `seat`. */
  readonly closesAt: number | null;
  /** The check-in that waits for its answer. */
  readonly checkIn: { readonly id: string; readonly card: string } | null;
  readonly vote: Vote | null;
  readonly afloat: readonly Afloat[];
  readonly notice: Notice | null;
  readonly identifyUntil: number;
  /** The self-test (自检) in hand, or the last one; null before the first. */
  readonly selfTest: (SelfTest & { readonly until: number }) | null;
  /** The last press number used; of an earlier start, as far as the outbox and the coordinator know of it. */
  readonly press: number;
}

/** `id` is a fresh message id, for the message the event may lead to. */
export type SeatEvent = { readonly at: number } & (
  | { readonly type: 'tick' }
  | { readonly type: 'card'; readonly tap: Tap; readonly id: string }
  | { readonly type: 'key'; readonly key: Key; readonly id: string }
  | { readonly type: 'screen'; readonly isLost: boolean }
  | { readonly type: 'link'; readonly link: SeatState['link'] }
  | { readonly type: 'panel'; readonly panel: DeviceStatus }
  | { readonly type: 'reader'; readonly reader: DeviceStatus }
  | { readonly type: 'sitting'; readonly sitting: SittingState }
  /** A list that has this hash. */
  | { readonly type: 'list'; readonly hash: string; readonly list: List }
  /** The screen was touched, to read. */
  | { readonly type: 'read'; readonly read: Read; readonly id: string }
  | { readonly type: 'seat'; readonly seat: Seat; readonly credential?: string | null }
  /** The choice handed out for sealing, sealed. */
  | { readonly type: 'sealed'; readonly round: string; readonly ballot: string; readonly code: string }
  /** The choice handed out for sealing will not come back. */
  | { readonly type: 'unsealed'; readonly round: string }
  /** Comes in place of a key that would have cast a ballot: it could not be recorded, so the key has done nothing. */
  | { readonly type: 'unrecorded' }
  | { readonly type: 'storage'; readonly fault: DiskFault | null }
  | { readonly type: 'receipt'; readonly id: string }
  | { readonly type: 'refusal'; readonly id: string; readonly reason: Reason }
  | { readonly type: 'machine'; readonly machine: MachineHealth }
  | { readonly type: 'identify' }
  | { readonly type: 'self-test'; readonly on: boolean }
);

/** An event as its source knows it: when it happened and the id it may use are added later. */
export type Happening = SeatEvent extends infer E ? (E extends SeatEvent ? Omit<E, 'at'> : never) : never;

export type SeatEffect =
  | { readonly type: 'send'; readonly message: Ballot | CheckIn }
  /** Seals the choice, which is kept nowhere else. */
  | { readonly type: 'seal'; readonly round: Round; readonly choice: Choice }
  /** Tells the coordinator how the sealed ballot was sealed, instead of casting it. */
  | { readonly type: 'open'; readonly message: Omit<Audit, 'votes' | 'randomness'> }
  | { readonly type: 'lamps'; readonly lamps: LampRow }
  /** Something the operator should see at once: tell how the seat is. */
  | { readonly type: 'report' };

export interface Step {
  readonly state: SeatState;
  readonly effects: readonly SeatEffect[];
}

/** A seat that has just been switched on, with the ballots that its outbox still holds. */
export function initialSeat(
  self: { hall: string; terminal: string; press: number },
  afloat: readonly Afloat[],
  now: number,
): SeatState {
  return {
    ...self,
    now,
    link: 'down',
    panel: { is: 'none' },
    reader: { is: 'none' },
    machine: null,
    storage: null,
    isSealingBroken: false,
    isScreenLost: false,
    sitting: null,
    lists: new Map(),
    seat: null,
    credential: null,
    closesAt: null,
    checkIn: null,
    vote: null,
    afloat,
    notice: null,
    identifyUntil: Number.NEGATIVE_INFINITY,
    selfTest: null,
    press: self.press,
  };
}

export const quiet = (state: SeatState): Step => ({ state, effects: [] });

/** Who is checked in here; null while the seat is dead. */
export function deputyOf(state: SeatState): SeatDeputy | null {
  const { seat, sitting } = state;
  return seat?.enrolled && seat.sitting === sitting?.sitting ? seat.deputy : null;
}

/** How long a seat speaks of a ballot. */
export const BALLOT_NOTICE_MS = 60_000;

/** Shows `body` to the deputy who sits here for `ms`, or until something else is to be said. */
export function tell(state: SeatState, body: NoticeBody, ms: number): SeatState {
  return { ...state, notice: { ...body, until: state.now + ms, deputy: deputyOf(state)?.id ?? null } };
}
