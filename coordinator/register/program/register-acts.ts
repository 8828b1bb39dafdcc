import { isDeepStrictEqual } from 'node:util';
import type { RegisterConfig } from '../../config/register-file.ts';
import type { RegisterAct } from '../model/acts.ts';
import { decide } from '../model/decide.ts';
import { isChangedSince } from '../model/decide-work.ts';
import type { Decision, Step } from '../model/decided.ts';
import type { RegisterActor, Who } from '../model/person.ts';
import type { RegisterRefusal } from '../model/refusals.ts';
import { confirmRole } from '../model/rights.ts';
import type { Register } from '../model/state.ts';
import { byFile, byWhom, type RegisterChronicle } from './register-chronicle.ts';
import type { WaitingAct, WaitingActs } from './waiting-acts.ts';

/** What became of an act: done, waiting for another person, or refused. */
export type Asked =
  | { readonly is: 'done' }
  | { readonly is: 'waiting'; readonly waiting: WaitingAct }
  | ({ readonly is: 'refused' } & Omit<Extract<Decision, { ok: false }>, 'ok'>);

const refused = (reason: RegisterRefusal): Asked => ({ is: 'refused', reason });

export interface RegisterActsParts {
  readonly chronicle: RegisterChronicle;
  readonly waiting: WaitingActs;
  /** The day of a moment of ledger time where the register is, as `2026-10-08`. */
  readonly dayOf: (time: number) => string;
}

/** Carries out what is asked of a register: decided on the state as it stands, entered, or refused. */
export class RegisterActs {
  readonly #parts: RegisterActsParts;

  constructor(parts: RegisterActsParts) {
    this.#parts = parts;
  }

  /** @param who null: somebody without an account. */
  ask(act: RegisterAct, who: Who | null): Asked {
    const { chronicle, waiting } = this.#parts;
    const done = this.#enter(act, who);
    if (done.ok) return { is: 'done' };
    if (done.reason !== 'second-person' || !who || who.with) return { is: 'refused', ...done };
    const others = [...chronicle.state.staff.values()];
    if (!others.some((each) => confirmRole(each, act.act, who.by.id) !== null))
      return refused('no-second-person');
    // Nobody is asked to confirm what would be refused afterwards.
    const refusal = this.#asIfConfirmed(act, who.by);
    if (refusal) return { is: 'refused', ...refusal };
    const added = waiting.add(act, who.by, chronicle.now());
    return added ? { is: 'waiting', waiting: added } : refused('too-many-waiting');
  }

  /** Enters what somebody has done that no rule decides on. */
  note(step: Step, by: RegisterActor): void {
    const { chronicle } = this.#parts;
    chronicle.commit((writer) => writer.own(byWhom([step], { by }), chronicle.now()));
  }

  /** Another person confirms what waits; it is done by both, by the rules as they stand at this moment. */
  confirm(id: string, person: { readonly id: string }): Asked {
    const { chronicle, waiting } = this.#parts;
    const found = waiting.of(id, chronicle.now());
    if (!found) return refused('not-waiting');
    const { act, by } = found;
    const known = chronicle.state.staff.get(person.id);
    const role = known && confirmRole(known, act.act, by.id);
    if (!known || !role) return refused(person.id === by.id ? 'same-person' : 'not-allowed');
    // Written before another change was decided, it would undo that one.
    const { works } = chronicle.state;
    if (
      act.act === 'decide-change' &&
      act.sheet &&
      isChangedSince(works, act.project, ({ at }) => at > found.at)
    ) {
      waiting.end(id);
      return refused('changed-since');
    }
    const done = this.#enter(act, { by, with: { role, id: known.id, name: known.name } });
    // Afterwards: what could not be entered goes on waiting, and what was entered is refused the second time.
    waiting.end(id);
    return done.ok ? { is: 'done' } : { is: 'refused', ...done };
  }

  /** It is taken back by whoever proposed it, or refused by whoever may confirm it. */
  decline(id: string, person: { readonly id: string }): Asked {
    const { chronicle, waiting } = this.#parts;
    const shown = waiting.shownTo(person, chronicle.state, chronicle.now());
    if (!shown.some((each) => each.id === id)) return refused('not-waiting');
    waiting.end(id);
    return { is: 'done' };
  }

  /** What the file says of staff and names is entered where it is another than before. */
  configure(
    config: Pick<
      RegisterConfig,
      'staff' | 'categories' | 'grounds' | 'bodies' | 'areas' | 'sources' | 'rules'
    >,
  ): void {
    const { chronicle } = this.#parts;
    const { staff, categories, grounds, bodies, areas, sources, rules } = config;
    const names = { categories, grounds, bodies, areas, sources };
    const steps: Step[] = [];
    if (!isDeepStrictEqual([...chronicle.state.staff.values()], staff))
      steps.push({ typ: 'staff-set', staff: [...staff] });
    if (!isSameNames(chronicle.state.vocabulary, names)) steps.push({ typ: 'vocabulary-set', ...names });
    if (!isDeepStrictEqual(chronicle.state.works.rules, rules)) steps.push({ typ: 'rules-set', rules });
    if (steps.length > 0) chronicle.commit((writer) => writer.own(byFile(...steps), chronicle.now()));
  }

  #enter(act: RegisterAct, who: Who | null): Decision {
    const { chronicle, dayOf } = this.#parts;
    const time = chronicle.now();
    const decision = decide(chronicle.state, act, who, dayOf(time));
    if (decision.ok) chronicle.commit((writer) => writer.own(byWhom(decision.steps, who), time));
    return decision;
  }

  /** What would be refused if somebody else confirmed it now; null where it would be done. */
  #asIfConfirmed(act: RegisterAct, by: RegisterActor): Extract<Decision, { ok: false }> | null {
    const { chronicle, dayOf } = this.#parts;
    const { state } = chronicle;
    for (const { id, name, roles } of state.staff.values()) {
      const role = confirmRole({ id, roles }, act.act, by.id);
      if (role === null) continue;
      const decision = decide(state, act, { by, with: { role, id, name } }, dayOf(chronicle.now()));
      return decision.ok ? null : decision;
    }
    return null;
  }
}

function isSameNames(
  before: Register['vocabulary'],
  now: Pick<RegisterConfig, keyof Register['vocabulary']>,
): boolean {
  const lists = ['categories', 'grounds', 'bodies', 'areas', 'sources'] as const;
  return lists.every((what) =>
    isDeepStrictEqual(
      [...before[what]].map(([id, name]) => ({ id, name })),
      now[what].map(({ id, name }) => ({ id, name })),
    ),
  );
}
