import type { LedgerRow } from '../../../shared/protocol/ledger-hash.ts';
import type { Reason } from '../../../shared/protocol/reasons.ts';
import type { By } from '../../contract/person.ts';
import { readEntry } from '../../sitting/chronicle.ts';
import type { Deputy } from '../../sitting/entries.ts';
import type { Entry } from '../../sitting/fold.ts';
import type { Sitting } from '../../sitting/state.ts';

/** A checkpoint as the hall saw it: `at` and `hash` are of the entry before it, `after` is that entry's type. */
export interface Checkpoint {
  readonly at: number;
  readonly hash: string;
  readonly time: number;
  readonly after: string;
}

/** A terminal's key and the entries between which it was enrolled; `until` is null at the end. */
export interface Enrolment {
  readonly terminal: string;
  readonly seat: string;
  readonly key: string;
  readonly from: number;
  readonly until: number | null;
}

/** How a round went on after it opened. */
export interface Course {
  /** When it was held (暂停) and why, and until when; `until` is absent where it was voided while held. */
  readonly held?: readonly { readonly from: number; readonly reason: string; readonly until?: number }[];
  readonly extended?: readonly { readonly time: number; readonly seconds: number }[];
  readonly closed?: { readonly time: number; readonly by: By };
  readonly announced?: number;
  readonly voided?: number;
}

/** What a bundle tells: the sitting, and what happened on the way that its state no longer holds. */
export interface Account {
  readonly sitting: Sitting;
  readonly checkpoints: readonly Checkpoint[];
  /** How often messages were refused for a reason, and how many of them all have no entry of their own. */
  readonly refusals: ReadonlyMap<Reason, number>;
  readonly onlyCounted: number;
  readonly enrolments: readonly Enrolment[];
  readonly courses: ReadonlyMap<string, Course>;
  /** Round → the roll it was opened with: names may be put right later. */
  readonly rolls: ReadonlyMap<string, Roll>;
}

/** Deputies by id. */
export type Roll = ReadonlyMap<string, Deputy>;

const TOLD = [
  'roll-set',
  'opened',
  'checkpoint',
  'refused',
  'refusals-counted',
  'terminals-enrolled',
  'terminals-removed',
  'held',
  'resumed',
  'extended',
  'closed',
  'announced',
  'voided',
];

/** The account of a ledger that {@link readEntry} can read; `sitting` is the fold over the same rows. */
export function account(sitting: Sitting, rows: readonly LedgerRow[]): Account {
  const told = {
    sitting,
    checkpoints: [] as Checkpoint[],
    refusals: new Map<Reason, number>(),
    onlyCounted: 0,
    enrolments: [] as Enrolment[],
    courses: new Map<string, Course>(),
    roll: new Map<string, Deputy>(),
    rolls: new Map<string, Roll>(),
  };
  for (const row of rows) if (TOLD.includes(row.type)) tell(told, readEntry(row), rows);
  return told;
}

interface Told {
  checkpoints: Checkpoint[];
  refusals: Map<Reason, number>;
  onlyCounted: number;
  enrolments: Enrolment[];
  courses: Map<string, Course>;
  roll: Roll;
  rolls: Map<string, Roll>;
}

function tell(told: Told, { row, says }: Entry, rows: readonly LedgerRow[]): void {
  const course = (round: string, change: Course) =>
    told.courses.set(round, { ...told.courses.get(round), ...change });
  const refused = (reason: Reason, times: number) =>
    told.refusals.set(reason, (told.refusals.get(reason) ?? 0) + times);
  switch (says.typ) {
    case 'roll-set':
      told.roll = new Map(says.deputies.map((deputy) => [deputy.id, deputy]));
      break;
    case 'opened':
      told.rolls.set(says.round, told.roll);
      break;
    case 'checkpoint': {
      const { at, hash, time } = says;
      told.checkpoints.push({ at, hash, time, after: rows[at - 1]?.type ?? '' });
      break;
    }
    case 'refused':
      refused(says.reason, 1);
      break;
    case 'refusals-counted':
      for (const { reason, count } of says.counts) {
        refused(reason, count);
        told.onlyCounted += count;
      }
      break;
    case 'terminals-enrolled':
      for (const terminal of says.terminals)
        told.enrolments.push({ ...terminal, from: row.seq, until: null });
      break;
    case 'terminals-removed':
      told.enrolments = told.enrolments.map((enrolment) =>
        enrolment.until === null && says.terminals.includes(enrolment.terminal)
          ? { ...enrolment, until: row.seq }
          : enrolment,
      );
      break;
    case 'held': {
      const { held = [] } = told.courses.get(says.round) ?? {};
      course(says.round, { held: [...held, { from: row.time, reason: says.reason }] });
      break;
    }
    case 'resumed': {
      const { held = [] } = told.courses.get(says.round) ?? {};
      course(says.round, {
        held: held.map((each) => (each.until === undefined ? { ...each, until: row.time } : each)),
      });
      break;
    }
    case 'extended': {
      const { extended = [] } = told.courses.get(says.round) ?? {};
      course(says.round, { extended: [...extended, { time: row.time, seconds: says.seconds }] });
      break;
    }
    case 'closed':
      course(says.round, { closed: { time: row.time, by: says.by } });
      break;
    case 'announced':
      course(says.round, { announced: row.time });
      break;
    case 'voided':
      course(says.round, { voided: row.time });
      break;
    default:
      // The other entries are read where the sitting is folded.
      break;
  }
}
