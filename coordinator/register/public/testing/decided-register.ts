import fc from 'fast-check';
import type { Part, Sheet } from '../../../../shared/projects/sheet.ts';
import { submittedHash } from '../../model/state.ts';
import { CYCLE, hash, type SmallRegister, smallRegister } from '../../model/testing/small-register.ts';

const id = fc.integer({ min: 1, max: 9999 }).map((n) => `p${n}`);
const body = fc.constantFrom('transport', 'education');
const words = fc.constantFrom('改造', '道路 <b>&amp;', '"引号"', '第一行\n第二行', 'é\u0301');

const part: fc.Arbitrary<Part> = fc.record({
  id,
  title: words,
  // The department that has somebody on the staff of the small register.
  body: fc.constantFrom('transport', 'transport', 'transport', 'education'),
  area: fc.constantFrom('north', 'south'),
  place: fc.constantFrom('', '北街12号'),
  target: fc.record({
    thousandths: fc.integer({ min: 1, max: 500_000_000_000 }),
    unit: fc.constantFrom('公里', '座'),
  }),
  finish: fc.constantFrom('2026-12-31', '2027-06-30', '2027-11-30', '2028-03-01'),
  // A source gives several times in a year, too.
  funding: fc.array(
    fc.record({
      source: fc.constantFrom('city', 'town'),
      year: fc.constantFrom(CYCLE, CYCLE + 1),
      // Thirty of them are within what a project may cost.
      fen: fc.integer({ min: 1, max: 300_000_000_000 }),
    }),
    { minLength: 1, maxLength: 5 },
  ),
});

/** Any sheet that may be put to the vote. */
export const anySheet: fc.Arbitrary<Sheet> = fc.record({
  title: words.map((zh) => ({ zh, en: 'Roads' })),
  summary: words.map((zh) => ({ zh })),
  category: fc.constantFrom('roads', 'schools'),
  lead: body,
  co: fc.uniqueArray(body, { maxLength: 2 }),
  content: words,
  beneficiaries: words,
  parts: fc.uniqueArray(part, { minLength: 1, maxLength: 6, selector: (one) => one.id }),
  from: fc.constant([]),
});

/** Has the congress vote on what is frozen: those that `isChosen` says are chosen. */
export function voteOnFrozen(register: SmallRegister, isChosen: (at: number) => boolean): void {
  const { frozen, decided } = register.state().cycles.get(CYCLE) ?? {};
  if (!frozen || decided) return;
  const { list, hash: of } = frozen;
  const candidates = list.projects.map(({ id: project }, i) => ({
    project,
    votes: isChosen(i) ? 100 : 3,
    selected: isChosen(i),
  }));
  const round = { round: 'm1/1', roll: 164, present: 160, cast: 159, byHand: false, secret: true };
  const decision = register.act(
    {
      act: 'enter-result',
      cycle: CYCLE,
      result: {
        list: of,
        congress: list.congress,
        ...{ hall: 'town-hall', sitting: 's1', manifest: hash('manifest'), key: 'A'.repeat(43) },
        rounds: [{ ...round, tiedPlaces: 0, candidates }],
      },
    },
    'congress',
  );
  if (!decision.ok) throw new Error(decision.reason);
}

/** A register whose congress has voted on these: the first of them are chosen. */
export function decidedRegister(sheets: readonly Sheet[], places: number): SmallRegister {
  const register = smallRegister();
  const done = (decision: { readonly ok: boolean }) => {
    if (!decision.ok) throw new Error(JSON.stringify(decision));
  };
  const projects = sheets.map((sheet, i) => {
    const project = `one-${i}`;
    done(register.act({ act: 'draft-project', project, cycle: CYCLE, sheet }, 'government'));
    done(register.act({ act: 'name-candidate', project }, 'government'));
    return project;
  });
  done(register.act({ act: 'submit-list', cycle: CYCLE, places, projects }, 'government'));
  const cycle = register.state().cycles.get(CYCLE);
  const list = (cycle && submittedHash(register.state(), cycle)) ?? '';
  done(register.act({ act: 'freeze-list', cycle: CYCLE, list }, 'congress', 'congress-2'));
  voteOnFrozen(register, (at) => at < places);
  return register;
}
