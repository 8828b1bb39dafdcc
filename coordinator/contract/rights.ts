import type { Act, ScrutineerAct } from './acts.ts';
import { type Actor, actorOf, type Role, type StaffPerson } from './person.ts';

/** What is done at routes of their own, or is more than its act says. */
export const OTHER_ACTS = [
  /** The staff's documents: whatever may be exported may be read before. */
  'read',
  /** The bundle, the report and the counts as files. */
  'export',
  /** A `reload` whose files bring another roll. */
  'change-roll',
  /** Confirms, or takes back, what waits for a second person: whose it is, the column `second` says. */
  'second',
  /** Shows codes to sign in with, to be handed over on paper. */
  'hand-out-codes',
  /** Gives a person another code, ends their sessions; a `reload` whose files bring another list of staff or other rights. */
  'staff',
] as const;

export type StaffAct = Act | ScrutineerAct;
/** Everything that anybody of the staff can do. */
export type ActName = StaffAct['act'] | (typeof OTHER_ACTS)[number];

/** Where a hall may go further than the table; as the table has it, neither does. */
export interface RightSettings {
  /** 会务代为操作: the operator conducts votes in the chair's place. */
  readonly operatorForChair: boolean;
  /** Issuing and marking cards needs a second person. */
  readonly secondForCards: boolean;
}
export const USUAL_SETTINGS: RightSettings = { operatorForChair: false, secondForCards: false };

export interface Right {
  /** Who may; the role named first is the one that a person of several acts in. */
  readonly roles: readonly Role[];
  /** Who may too, where the hall says so. */
  readonly also?: { readonly roles: readonly Role[]; readonly where: keyof RightSettings };
  /** Which roles another person must have to confirm it. `blind`: who confirms enters the same anew, without having seen it. */
  readonly second?: {
    readonly roles: readonly Role[];
    readonly where?: keyof RightSettings;
    readonly blind?: true;
  };
  /** Whether whoever does it says why. */
  readonly reason: boolean;
}

/** The acts whose shape has a reason. */
type WithReason = Extract<StaffAct, { readonly reason: string }>['act'];
export type Rights = {
  readonly [A in ActName]: Right & { readonly reason: A extends WithReason ? true : false };
};

const conducts = {
  roles: ['chair'],
  also: { roles: ['operator'], where: 'operatorForChair' },
  reason: false,
} as const;
const operates = { roles: ['operator'], reason: false } as const;
const counts = { roles: ['scrutineer'], reason: false } as const;
const card = {
  ...operates,
  second: { roles: ['operator', 'chair'], where: 'secondForCards' },
} as const;
const reads = { roles: ['chair', 'operator', 'scrutineer', 'auditor'], reason: false } as const;

/** Who may do what: the one table that servers, pages and tests read. An act that is not in it does not compile. */
export const RIGHTS: Rights = {
  open: conducts,
  close: conducts,
  hold: { ...conducts, reason: true },
  resume: conducts,
  extend: conducts,
  announce: conducts,
  clear: conducts,
  'follow-up': conducts,
  void: { roles: ['chair'], second: { roles: ['operator', 'scrutineer'] }, reason: true },
  'by-hand': { roles: ['operator'], second: { roles: ['chair', 'scrutineer'], blind: true }, reason: true },

  'check-in': { roles: ['operator'], reason: true },
  leave: { roles: ['operator'], reason: true },
  'issue-card': card,
  'mark-card': card,
  enrol: operates,
  'remove-terminal': operates,
  'replace-terminal': operates,
  identify: operates,
  'self-test': operates,
  update: operates,
  'stop-update': operates,
  reload: operates,
  'change-roll': { ...operates, second: { roles: ['chair'] } },

  // What guards these is the threshold.
  'new-ceremony': { roles: ['scrutineer'], reason: true },
  'ceremony-step': counts,
  share: counts,
  'sign-result': counts,

  read: reads,
  export: reads,
  second: { roles: ['chair', 'operator', 'scrutineer'], reason: false },
  'hand-out-codes': { roles: ['operator', 'administrator'], reason: false },
  staff: { roles: ['administrator'], reason: false },
};

/** Whether this is an act of a hall. */
export const isActName = (act: string): act is ActName => Object.hasOwn(RIGHTS, act);

/** Who asks: null where nobody has signed in. */
type Asking = Pick<StaffPerson, 'roles'> | null;

/** The role in which `person` may do `act`, for the ledger; null where they may not. */
export function roleFor(person: Asking, act: ActName, settings: RightSettings): Role | null {
  const { roles, also }: Right = RIGHTS[act];
  const may = also && settings[also.where] ? [...roles, ...also.roles] : roles;
  return may.find((role) => person?.roles.includes(role)) ?? null;
}

/** `person` as whoever does `act`; null where they may not. */
export function actorFor(person: StaffPerson, act: ActName, settings: RightSettings): Actor | null {
  const role = roleFor(person, act, settings);
  return role && actorOf(person, role);
}

/** Whether `person` may do `act`, be it with a second person. */
export function mayDo(person: Asking, act: ActName, settings: RightSettings): boolean {
  return roleFor(person, act, settings) !== null;
}

/** Who must confirm `act`; null where one person is enough. */
export function needsSecond(
  act: ActName,
  settings: RightSettings,
): { readonly roles: readonly Role[]; readonly blind: boolean } | null {
  const { second }: Right = RIGHTS[act];
  if (!second || (second.where && !settings[second.where])) return null;
  return { roles: second.roles, blind: second.blind ?? false };
}

/** The role in which `person` may confirm what the person `first` has proposed; null where they may not. Nobody confirms their own. */
export function secondRoleFor(
  person: Pick<StaffPerson, 'id' | 'roles'> | null,
  act: ActName,
  first: string,
  settings: RightSettings,
): Role | null {
  if (person === null || person.id === first) return null;
  return needsSecond(act, settings)?.roles.find((role) => person.roles.includes(role)) ?? null;
}

/** Whether `person` may confirm what the person `first` has proposed. */
export function maySecond(
  person: Pick<StaffPerson, 'id' | 'roles'> | null,
  act: ActName,
  first: string,
  settings: RightSettings,
): boolean {
  return secondRoleFor(person, act, first, settings) !== null;
}

/** Whether whoever does `act` says why. */
export function asksReason(act: ActName): boolean {
  return RIGHTS[act].reason;
}
