import type { RegisterAct } from './acts.ts';
import type { RegisterActor, RegisterPerson, RegisterRole } from './person.ts';

export type RegisterActName = RegisterAct['act'];

/** What is done beside the acts: reading what the offices see, taking it away, and the accounts of others. */
export const OTHER_RIGHTS = {
  /** Proposals and projects as the offices see them; what is drafted of answers, the table `DRAFTS` says. */
  read: [
    'government-office',
    'congress-office',
    'department',
    'standing-committee',
    'supervision-group',
    'auditor',
  ],
  /** What is drafted and not released: nobody outside the offices sees it. */
  'read-drafts': ['government-office', 'congress-office', 'auditor'],
  /** Names, telephones, addresses and words that were not cleared. */
  'read-people': ['congress-office', 'government-office'],
  /** Leaves a frozen list for the hall. */
  'hand-over': ['congress-office', 'government-office'],
  /** Enters a table of what came on paper. */
  'enter-table': ['congress-office'],
  /** Reads on in the registers beneath, now. */
  pull: ['congress-office', 'government-office', 'administrator'],
  export: ['government-office', 'congress-office', 'auditor'],
  'hand-out-codes': ['congress-office', 'administrator'],
  staff: ['administrator'],
} as const satisfies Record<string, readonly RegisterRole[]>;

/** Everything that a route of a register may need. */
export type RegisterRight = RegisterActName | keyof typeof OTHER_RIGHTS;

interface Right {
  /** Who may; the role named first is the one that a person of several acts in. `public`: anybody, without an account. */
  readonly roles: readonly (RegisterRole | 'public')[];
  /** Which role another person must have to confirm it. */
  readonly second?: readonly RegisterRole[];
}

const screens = { roles: ['government-office'] } as const;
const congress = { roles: ['congress-office'] } as const;
const department = { roles: ['department'] } as const;
const group = { roles: ['supervision-group', 'deputy'] } as const;
const committee = { roles: ['standing-committee'] } as const;
const offices = ['congress-office', 'government-office'] as const;
const onPaper = { roles: ['congress-office'], second: ['congress-office', 'standing-committee'] } as const;

/** Who may do what in a register. An act that is not in it does not compile. */
export const REGISTER_RIGHTS: { readonly [A in RegisterActName]: Right } = {
  'open-cycle': congress,
  propose: { roles: ['public', 'deputy', 'department', 'congress-office'] },
  'clear-wording': { roles: offices },
  classify: { roles: ['government-office', 'congress-office'] },
  second: { roles: ['deputy'] },
  opine: { roles: ['department', 'government-office'] },
  'draft-decision': screens,
  release: congress,
  erase: { roles: ['congress-office', 'administrator'] },
  'draft-project': screens,
  'change-project': screens,
  'drop-project': screens,
  'name-candidate': screens,
  'withdraw-candidate': screens,
  'submit-list': screens,
  'freeze-list': { roles: ['congress-office'], second: offices },
  'withdraw-list': { roles: ['congress-office'], second: offices },
  'enter-result': congress,
  'enter-paper-result': onPaper,
  plan: department,
  report: department,
  'appoint-group': congress,
  visit: group,
  'settle-figure': { roles: ['standing-committee'], second: ['congress-office'] },
  find: group,
  'answer-finding': department,
  'return-finding': group,
  'close-finding': group,
  inspect: { roles: ['congress-office', 'standing-committee'] },
  remind: { roles: offices },
  'ask-change': screens,
  'refuse-change': committee,
  // A decision and its document, and two persons who say that it was taken.
  'decide-change': { roles: ['standing-committee'], second: ['congress-office'] },
  'enter-appraisal': congress,
  'enter-paper-appraisal': onPaper,
  'order-rectification': committee,
  explain: department,
  'accept-rectification': { roles: ['standing-committee'], second: ['congress-office'] },
  'look-back': { roles: ['supervision-group', 'deputy', 'congress-office'] },
  publish: congress,
  speak: { roles: ['public'] },
  'clear-voice': { roles: offices },
  'answer-voice': { roles: ['department', 'congress-office', 'government-office', 'supervision-group'] },
  'erase-voice': { roles: ['congress-office', 'administrator'] },
  link: { roles: ['government-office', 'congress-office'] },
};

/** The role in which `person` may do `act`; null where they may not. */
export function registerRoleFor(
  person: Pick<RegisterPerson, 'roles'>,
  act: RegisterActName,
): RegisterRole | null {
  for (const role of REGISTER_RIGHTS[act].roles)
    if (role !== 'public' && person.roles.includes(role)) return role;
  return null;
}

/** The role in which `person` confirms what the person `first` has proposed; null where they may not. Nobody confirms their own. */
export function confirmRole(
  person: Pick<RegisterPerson, 'id' | 'roles'>,
  act: RegisterActName,
  first: string,
): RegisterRole | null {
  const { second }: Right = REGISTER_RIGHTS[act];
  if (person.id === first) return null;
  return second?.find((role) => person.roles.includes(role)) ?? null;
}

/** Whether `person` may confirm what the person `first` has proposed. */
export const mayConfirm = (
  person: Pick<RegisterPerson, 'id' | 'roles'>,
  act: RegisterActName,
  first: string,
): boolean => confirmRole(person, act, first) !== null;

const isRegisterAct = (right: string): right is RegisterActName => Object.hasOwn(REGISTER_RIGHTS, right);
const isOther = (right: string): right is keyof typeof OTHER_RIGHTS => Object.hasOwn(OTHER_RIGHTS, right);

/** The role in which somebody does what a route or an account needs; null where they may not. */
export function registerRoleOf(person: { readonly roles: readonly string[] }, right: string): string | null {
  const roles = isRegisterAct(right)
    ? REGISTER_RIGHTS[right].roles
    : isOther(right)
      ? OTHER_RIGHTS[right]
      : [];
  return roles.find((role) => role !== 'public' && person.roles.includes(role)) ?? null;
}

/** All rights there are. */
export const REGISTER_RIGHT_NAMES: readonly string[] = [
  ...Object.keys(REGISTER_RIGHTS),
  ...Object.keys(OTHER_RIGHTS),
];

/** Whether they may. */
export const mayInRegister = (person: { readonly roles: readonly string[] }, right: string): boolean =>
  registerRoleOf(person, right) !== null;

/** Whether somebody may be of a supervision group: whoever may visit. */
export const mayBeOfGroup = (person: Pick<RegisterPerson, 'roles'>): boolean =>
  registerRoleFor(person, 'visit') !== null;

/** Whether `actor` is who they are said to be, has that role, and may do `act` in it. */
function mayAs(
  actor: RegisterActor,
  roles: readonly (RegisterRole | 'public')[],
  staff: ReadonlyMap<string, RegisterPerson>,
): boolean {
  const person = staff.get(actor.id);
  return person?.name === actor.name && person.roles.includes(actor.role) && roles.includes(actor.role);
}

/** Why these persons may not do `act`, by the register's own list; null where they may. */
export function whyNotAllowed(
  act: RegisterActName,
  who: { readonly by: RegisterActor; readonly with?: RegisterActor } | null,
  staff: ReadonlyMap<string, RegisterPerson>,
): 'not-allowed' | 'second-person' | null {
  const { roles, second }: Right = REGISTER_RIGHTS[act];
  if (who === null) return roles.includes('public') ? null : 'not-allowed';
  if (!mayAs(who.by, roles, staff)) return 'not-allowed';
  if (!second) return who.with ? 'not-allowed' : null;
  const other = who.with;
  return other && other.id !== who.by.id && mayAs(other, second, staff) ? null : 'second-person';
}
