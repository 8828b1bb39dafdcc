import type { Act } from '../../coordinator/contract/acts.ts';
import {
  type Actor,
  actorOf,
  type By,
  type Person,
  type Role,
  type Who,
} from '../../coordinator/contract/person.ts';
import {
  type ActName,
  actorFor,
  needsSecond,
  type RightSettings,
  secondRoleFor,
  USUAL_SETTINGS,
} from '../../coordinator/contract/rights.ts';
import type { SecretAct } from '../../coordinator/sitting/decide-secret.ts';
import type { Step } from '../../coordinator/sitting/decided.ts';
import { type Draft, OWN_VERSION, OwnEntry } from '../../coordinator/sitting/entries.ts';

/** The common staff of tests: one person a role, and scrutineers `s1` to `s5`. */
export const STAFF: readonly Person[] = [
  { id: 'chair', name: '周立新', roles: ['chair'] },
  { id: 'operator', name: '吴晓敏', roles: ['operator'] },
  { id: 'auditor', name: '郑国华', roles: ['auditor'] },
  { id: 'admin', name: '钱志强', roles: ['administrator'] },
  { id: 's1', name: '陈明远', roles: ['scrutineer'] },
  { id: 's2', name: '李淑芬', roles: ['scrutineer'] },
  { id: 's3', name: '王建国', roles: ['scrutineer'] },
  { id: 's4', name: '刘桂英', roles: ['scrutineer'] },
  { id: 's5', name: '赵永康', roles: ['scrutineer'] },
];
export const STAFFED = { staff: STAFF, rights: USUAL_SETTINGS } as const;

/** The same as hall.yaml has it. */
export const STAFF_YAML = `staff:\n${STAFF.map(
  ({ id, name, roles }) => `  - { id: ${id}, name: ${name}, roles: [${roles.join(', ')}] }\n`,
).join('')}`;

/** Somebody of that staff, in the first of their roles or another. */
export function actor(id: string, role?: Role): Actor {
  const person = STAFF.find((each) => each.id === id);
  const [first] = person?.roles ?? [];
  if (!person || !first) throw new Error(`nobody is called ${id}`);
  return actorOf(person, role ?? first);
}

/** An act as tests ask for it; of a scrutineer's with their number. */
export type Asked = Act | (SecretAct & { readonly owner: number });

/** The first of `staff` who may do `act`, with the first other one who may confirm it. */
export function usualWho(
  act: ActName,
  staff: readonly Person[] = STAFF,
  settings: RightSettings = USUAL_SETTINGS,
): Who {
  const [by] = staff.flatMap((person) => actorFor(person, act, settings) ?? []);
  if (!by) throw new Error(`nobody may ${act}`);
  if (!needsSecond(act, settings)) return { by };
  const [second] = staff.flatMap((person) => {
    const role = secondRoleFor(person, act, by.id, settings);
    return role ? actorOf(person, role) : [];
  });
  return { by, with: second };
}

/** An act, and whoever does it usually. */
export function asUsual(asked: Asked): { readonly act: Act | SecretAct; readonly who: Who } {
  // A reload may bring another roll.
  if (asked.act === 'reload') return { act: asked, who: usualWho('change-roll') };
  if (!('owner' in asked)) return { act: asked, who: usualWho(asked.act) };
  const { owner, ...act } = asked;
  return { act, who: { by: actor(`s${owner}`) } };
}

/** An entry to be written; where it does not say by whom, by whoever it is by usually. */
export type AnyStep =
  | 'checkpoint'
  | (Draft extends infer D ? (D extends Draft ? Unsigned<D> : never) : never);
type Unsigned<D extends Draft> = Omit<D, 'by' | 'with'> & {
  readonly by?: D['by'];
  readonly with?: Actor | undefined;
};

const ACTS: { readonly [T in Draft['typ']]?: ActName } = {
  'staff-set': 'staff',
  'rules-set': 'reload',
  'roll-set': 'change-roll',
  'list-set': 'reload',
  'agenda-set': 'reload',
  'secrecy-set': 'reload',
  'cards-registered': 'reload',
  'terminals-enrolled': 'enrol',
  'terminals-removed': 'remove-terminal',
  'terminals-told': 'identify',
  'files-read': 'reload',
  exported: 'export',
  'card-issued': 'issue-card',
  'card-marked': 'mark-card',
  'checked-in-by-hand': 'check-in',
  left: 'leave',
  opened: 'open',
  closed: 'close',
  held: 'hold',
  resumed: 'resume',
  extended: 'extend',
  announced: 'announce',
  voided: 'void',
  cleared: 'clear',
  'motion-added': 'follow-up',
  'entered-by-hand': 'by-hand',
  'ceremony-restarted': 'new-ceremony',
  'code-given': 'hand-out-codes',
};

/** The entry with whoever it is by usually. */
export function signed(step: AnyStep): Step {
  if (step === 'checkpoint') return step;
  const who = step.by ? {} : byOf(step.typ, 'owner' in step ? step.owner : 1);
  return draftOf({ ...who, ...step });
}

const OF_SCRUTINEERS: readonly string[] = ['ceremony-step', 'share', 'result-signed'];

/** By whom an entry is usually; one of scrutineer `owner`'s by them. */
export function byOf(typ: Draft['typ'], owner = 1): { readonly by: By; readonly with?: Actor | undefined } {
  if (OF_SCRUTINEERS.includes(typ)) return { by: actor(`s${owner}`) };
  const act = ACTS[typ];
  return act ? usualWho(act) : { by: { role: 'hall' } };
}

const SOMEWHERE = { v: OWN_VERSION, sitting: 's', seq: 1, prev: '0'.repeat(64) };

function draftOf(entry: object): Step {
  const {
    v: _v,
    sitting: _sitting,
    seq: _seq,
    prev: _prev,
    ...draft
  } = OwnEntry.parse({ ...entry, ...SOMEWHERE });
  return draft;
}
