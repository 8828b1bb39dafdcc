import fc from 'fast-check';
import { expect, it } from 'vitest';
import { listHash } from '../../../shared/projects/list.ts';
import { replay } from '../../chronicle/chronicle.ts';
import { REGISTER } from './book.ts';
import { REGISTER_RIGHTS } from './rights.ts';
import { outcomeOf, type Register } from './state.ts';
import { begun, WALK_START, walk, walkStep } from './testing/any-walk.ts';
import { STAFF } from './testing/small-register.ts';

/** What must be true whatever was done. */
function isSound({ proposals, projects, cycles }: Register): void {
  for (const one of proposals.values()) {
    const said = outcomeOf(one);
    if (said?.is === 'merged') expect(outcomeOf(proposals.get(said.into) ?? one)?.is).not.toBe('merged');
    if (said?.is === 'adopted') expect(projects.get(said.project)?.state).not.toBe('dropped');
    if (one.answer) expect(one.draft).toBeNull();
  }
  for (const { frozen, decided } of cycles.values()) {
    if (!frozen) {
      expect(decided).toBeNull();
      expect(
        [...projects.values()].every(({ state }) => ['draft', 'candidate', 'dropped'].includes(state)),
      ).toBe(true);
      continue;
    }
    // What was frozen is what stands there, to the letter.
    expect(listHash(frozen.list)).toBe(frozen.hash);
    for (const { id, sheet: on } of frozen.list.projects) {
      expect(projects.get(id)?.sheet).toEqual(on);
      expect(['listed', 'chosen', 'not-chosen']).toContain(projects.get(id)?.state);
    }
    const chosen = [...projects.values()].filter(({ state }) => state === 'chosen');
    expect(chosen.length).toBeLessThanOrEqual(frozen.list.places);
    expect(frozen.list.projects.length).toBeGreaterThan(frozen.list.places);
  }
}

it('whatever anybody does, the register stays sound, only those act who may, and the ledger tells all of it', () => {
  fc.assert(
    fc.property(WALK_START, fc.array(walkStep, { minLength: 20, maxLength: 120 }), (start, steps) => {
      const register = begun(start);
      for (const one of steps) {
        const before = register.state();
        const { who, decision } = walk(register, one);
        if (!decision.ok) {
          expect(register.state()).toBe(before);
          continue;
        }
        const { roles } = REGISTER_RIGHTS[one.act.act];
        const own = STAFF.find(({ id }) => id === who)?.roles ?? ['public'];
        expect(own.some((role) => roles.some((may) => may === role))).toBe(true);
        isSound(register.state());
      }
      expect(JSON.stringify(replay(REGISTER, register.rows))).toBe(JSON.stringify(register.state()));
    }),
    { numRuns: 50 },
  );
});
