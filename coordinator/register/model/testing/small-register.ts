import { randomBytes } from 'node:crypto';
import { SAMPLE_YEAR } from '../../../../shared/projects/testing/sample-sheet.ts';
import { nodeSigner } from '../../../../shared/protocol/ed25519-node.ts';
import { type KeyPair, makeKeyPair } from '../../../../shared/protocol/keys.ts';
import type { LedgerRow } from '../../../../shared/protocol/ledger-hash.ts';
import { HandClock } from '../../../../test/support/hand-clock.ts';
import { rethrow } from '../../../../test/support/rethrow.ts';
import { ChronicleOf } from '../../../chronicle/chronicle.ts';
import type { RegisterAct } from '../acts.ts';
import { REGISTER } from '../book.ts';
import { decide } from '../decide.ts';
import type { Decision } from '../decided.ts';
import type { Draft, RegisterEntry } from '../entries.ts';
import type { SignedStep } from '../own-entry.ts';
import type { RegisterActor, RegisterPerson, RegisterRole, Who } from '../person.ts';
import type { Register, RegisterBegun } from '../state.ts';

/** A collecting day, in a cycle that lasts all October. */
export const DAY = '2026-10-08';
export const CYCLE = SAMPLE_YEAR;

export const STAFF: readonly RegisterPerson[] = [
  { id: 'deputy-a', name: '周敏', roles: ['deputy'] },
  { id: 'deputy-b', name: '吴刚', roles: ['deputy'] },
  { id: 'transport', name: '郑桥', roles: ['department'], body: 'transport' },
  { id: 'government', name: '王琳', roles: ['government-office'] },
  { id: 'congress', name: '李静', roles: ['congress-office'] },
  { id: 'congress-2', name: '陈立', roles: ['congress-office'] },
  { id: 'committee', name: '杨凯', roles: ['standing-committee'] },
  { id: 'auditor', name: '赵严', roles: ['auditor'] },
  { id: 'admin', name: '孙健', roles: ['administrator'] },
];

const named = (...ids: string[]) => ids.map((id) => ({ id, name: { zh: id } }));

/** `person` as the list above has them, in `role`. */
export function actor(id: string, role?: RegisterRole): RegisterActor {
  const person = STAFF.find((one) => one.id === id);
  const as = role ?? person?.roles[0];
  if (!person || !as) throw new Error(`there is no ${id}`);
  return { role: as, id, name: person.name };
}

export interface SmallRegister {
  readonly key: KeyPair;
  readonly rows: readonly LedgerRow[];
  readonly state: () => Register;
  /** Does `act` as `by`, confirmed by `second`; `by` null: without an account. */
  readonly act: (act: RegisterAct, by: string | null, second?: string, day?: string) => Decision;
  readonly actAs: (act: RegisterAct, who: Who | null, day?: string) => Decision;
  readonly clock: HandClock;
}

/** What may be otherwise about a register in memory. */
export interface SmallSetting {
  readonly key?: KeyPair;
  readonly about?: Omit<RegisterBegun, 'key'>;
  readonly vocabulary?: Omit<Extract<Draft, { typ: 'vocabulary-set' }>, 'typ'>;
}

const TOWN = {
  register: 'town',
  name: { zh: '清河镇民生实事项目库' },
  congress: { zh: '清河镇人民代表大会' },
  level: 'town',
} as const;

const VOCABULARY = {
  categories: named('roads', 'schools'),
  grounds: named('private', 'done-already'),
  bodies: named('transport', 'education'),
  areas: named('north', 'south'),
  sources: named('city', 'town'),
};

/** A town's register in memory, with a cycle that collects in October. */
export function smallRegister({
  key = makeKeyPair(randomBytes),
  about = TOWN,
  vocabulary = VOCABULARY,
}: SmallSetting = {}): SmallRegister {
  const rows: LedgerRow[] = [];
  const clock = new HandClock();
  const chronicle = new ChronicleOf<Register, RegisterEntry, SignedStep>(
    REGISTER,
    { rows: () => rows, append: (more) => rows.push(...more) },
    nodeSigner(key),
    clock,
    rethrow,
  );
  const file = { role: 'file' } as const;
  chronicle.commit((writer) =>
    writer.own(
      [
        {
          by: { role: 'register' },
          step: { typ: 'begun', ...about, key: key.x },
        },
        { by: file, step: { typ: 'staff-set', staff: STAFF } },
        {
          by: file,
          step: { typ: 'vocabulary-set', ...vocabulary },
        },
      ],
      chronicle.now(),
    ),
  );
  const actAs: SmallRegister['actAs'] = (act, who, day = DAY) => {
    const time = chronicle.now();
    const decision = decide(chronicle.state, act, who, day);
    if (decision.ok)
      chronicle.commit((writer) => {
        for (const step of decision.steps)
          writer.own(
            [step === 'checkpoint' ? { step, by: { role: 'register' } } : { step, ...(who ?? ANYBODY) }],
            time,
          );
      });
    return decision;
  };
  const register: SmallRegister = {
    key,
    rows,
    clock,
    state: () => chronicle.state,
    actAs,
    act: (act, by, second, day) =>
      actAs(
        act,
        by === null ? null : { by: actor(by), ...(second === undefined ? {} : { with: actor(second) }) },
        day,
      ),
  };
  register.act({ act: 'open-cycle', cycle: CYCLE, from: '2026-10-01', to: '2026-10-31' }, 'congress');
  return register;
}

const ANYBODY = { by: { role: 'public' } } as const;

/** Any 32 bytes in hexadecimal, the same for the same name. */
export const hash = (name: string): string =>
  Buffer.from(name.padEnd(32, '.')).subarray(0, 32).toString('hex');

/** A proposal's id that ends in these letters. */
export const proposalId = (end: string): string => `2027-${end.padStart(7, '0')}`;

export const wish = (end: string): Extract<RegisterAct, { act: 'propose' }> => ({
  act: 'propose',
  proposal: proposalId(end),
  cycle: CYCLE,
  channel: 'online',
  words: hash(end),
  proposer: null,
  attachments: [],
});
