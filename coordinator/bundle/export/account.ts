import type { LedgerRow } from '../../../shared/protocol/ledger-hash.ts';
import type { Reason } from '../../../shared/protocol/reasons.ts';
import type { EntryNames } from '../../contract/entry-words.ts';
import type { Actor, By, Person } from '../../contract/person.ts';
import { moreExposed, type Wire } from '../../contract/wire.ts';
import { readEntry } from '../../sitting/chronicle.ts';
import { type Deputy, isMessageEntryType, type OwnEntry } from '../../sitting/entries.ts';
import { type Entry, isOwn } from '../../sitting/fold.ts';
import type { Sitting } from '../../sitting/state.ts';
import { type ActTold, actTold } from './acts.ts';

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

/** Who or what did something, and who confirmed it. */
export interface Signed {
  readonly by: By;
  readonly with?: Actor | undefined;
}
/** When, and by whom. */
interface Done extends Signed {
  readonly time: number;
}

/** How a round began, and went on. */
export interface Course {
  readonly begun?: Done;
  /** When it was held (暂停) and why, and when it went on; `until` is absent where it was voided while held. */
  readonly held?: readonly (Done & { readonly reason: string; readonly until?: Done })[];
  readonly extended?: readonly (Done & { readonly seconds: number })[];
  readonly closed?: Done;
  readonly announced?: Done;
  readonly voided?: Done;
}

/** What is told of somebody who is on the staff, or was. */
export interface StaffAccount extends Person {
  /** Whether they are on the staff at the end. */
  readonly isStill: boolean;
  /** How many entries are by them, sign-ins apart, and how many they confirmed. */
  readonly did: number;
  readonly confirmed: number;
  readonly signIns: number;
  readonly failed: number;
}

/** What a bundle tells: the sitting, and what happened on the way that its state no longer holds. */
export interface Account {
  readonly sitting: Sitting;
  readonly checkpoints: readonly Checkpoint[];
  /** What the hall spoke over; the most exposed where it was started several times. */
  readonly wire: Wire;
  /** How often messages were refused for a reason, and how many of them all have no entry of their own. */
  readonly refusals: ReadonlyMap<Reason, number>;
  readonly onlyCounted: number;
  readonly enrolments: readonly Enrolment[];
  readonly courses: ReadonlyMap<string, Course>;
  /** Everybody who ever was on the staff, by id, in the order of the lists. */
  readonly staff: ReadonlyMap<string, StaffAccount>;
  /** Every act of a person, in order. */
  readonly acts: readonly ActTold[];
  /** Attempts to sign in by nobody on the staff. */
  readonly strangersFailed: number;
  /** Round → the roll it was opened with: names may be put right later. */
  readonly rolls: ReadonlyMap<string, Roll>;
}

/** Deputies by id. */
export type Roll = ReadonlyMap<string, Deputy>;

const TOLD = [
  'started',
  'roll-set',
  'opened',
  'entered-by-hand',
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
    wire: 'local' as Wire,
    checkpoints: [] as Checkpoint[],
    refusals: new Map<Reason, number>(),
    onlyCounted: 0,
    enrolments: [] as Enrolment[],
    courses: new Map<string, Course>(),
    staff: new Map<string, StaffAccount>(),
    acts: [] as ActTold[],
    strangersFailed: 0,
    roll: new Map<string, Deputy>(),
    rolls: new Map<string, Roll>(),
  };
  for (const row of rows) {
    if (isMessageEntryType(row.type)) continue;
    const entry = readEntry(row);
    if (TOLD.includes(row.type)) tell(told, entry, rows);
    if (!isOwn(entry.says)) continue;
    const act = actTold(row, entry.says, namesThen(told, sitting));
    if (act) told.acts.push(act);
    tellStaff(told, entry.says);
  }
  return told;
}

/** How deputies and staff are called as it is told so far; rounds keep the title they were opened with. */
function namesThen({ roll, staff }: Told, { rounds }: Sitting): EntryNames {
  return {
    deputy: (id) => roll.get(id)?.name,
    person: (id) => {
      const known = staff.get(id);
      return known?.isStill ? known.name : undefined;
    },
    round: (id) => rounds.get(id)?.motion.title,
  };
}

interface Told {
  wire: Wire;
  checkpoints: Checkpoint[];
  refusals: Map<Reason, number>;
  onlyCounted: number;
  enrolments: Enrolment[];
  courses: Map<string, Course>;
  staff: Map<string, StaffAccount>;
  acts: ActTold[];
  strangersFailed: number;
  roll: Roll;
  rolls: Map<string, Roll>;
}

const SIGN_INS: readonly string[] = ['signed-in', 'signed-out', 'password-chosen', 'authenticator-set'];
const NOTHING_DONE = { did: 0, confirmed: 0, signIns: 0, failed: 0 };

/** Who is on the staff, what they did, and how they came in. */
function tellStaff(told: Told, says: OwnEntry): void {
  const add = (id: string, what: keyof typeof NOTHING_DONE, times = 1) => {
    const known = told.staff.get(id);
    if (known) told.staff.set(id, { ...known, [what]: known[what] + times });
  };
  if ('id' in says.by && !SIGN_INS.includes(says.typ)) add(says.by.id, 'did');
  if ('with' in says && says.with) add(says.with.id, 'confirmed');
  if (says.typ === 'signed-in') add(says.by.id, 'signIns');
  if (says.typ === 'sign-ins-failed')
    for (const { person, count } of says.counts)
      if (person === null) told.strangersFailed += count;
      else add(person, 'failed', count);
  if (says.typ !== 'staff-set') return;
  for (const [id, known] of told.staff) told.staff.set(id, { ...known, isStill: false });
  for (const person of says.staff)
    told.staff.set(person.id, { ...NOTHING_DONE, ...told.staff.get(person.id), ...person, isStill: true });
}

function tell(told: Told, { row, says }: Entry, rows: readonly LedgerRow[]): void {
  const course = (round: string, change: Course) =>
    told.courses.set(round, { ...told.courses.get(round), ...change });
  const done = ({ by, with: second }: Signed): Done => ({ time: row.time, by, with: second });
  const refused = (reason: Reason, times: number) =>
    told.refusals.set(reason, (told.refusals.get(reason) ?? 0) + times);
  switch (says.typ) {
    case 'started':
      told.wire = moreExposed(told.wire, says.wire);
      break;
    case 'roll-set':
      told.roll = new Map(says.deputies.map((deputy) => [deputy.id, deputy]));
      break;
    case 'opened':
      told.rolls.set(says.round, told.roll);
      course(says.round, { begun: done(says) });
      break;
    case 'entered-by-hand':
      course(says.round, { begun: done(says) });
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
      course(says.round, { held: [...held, { ...done(says), reason: says.reason }] });
      break;
    }
    case 'resumed': {
      const { held = [] } = told.courses.get(says.round) ?? {};
      course(says.round, {
        held: held.map((each) => (each.until === undefined ? { ...each, until: done(says) } : each)),
      });
      break;
    }
    case 'extended': {
      const { extended = [] } = told.courses.get(says.round) ?? {};
      course(says.round, { extended: [...extended, { ...done(says), seconds: says.seconds }] });
      break;
    }
    case 'closed':
      course(says.round, { closed: done(says) });
      break;
    case 'announced':
      course(says.round, { announced: done(says) });
      break;
    case 'voided':
      course(says.round, { voided: done(says) });
      break;
    default:
      // The other entries are read where the sitting is folded.
      break;
  }
}
