import fc from 'fast-check';
import { expect, it } from 'vitest';
import type { LedgerRow } from '../../../shared/protocol/ledger-hash.ts';
import { REGISTER } from '../model/book.ts';
import type { RegisterEntry } from '../model/entries.ts';
import { fold } from '../model/fold.ts';
import { emptyRegister, type Register } from '../model/state.ts';
import { begun, INTERNAL, WALK_START, walk, walkStep } from '../model/testing/any-walk.ts';
import { DAY, hash, STAFF } from '../model/testing/small-register.ts';
import { type PublicRegister, publicProposal, publicRegister } from './public-register.ts';
import { everyPage } from './testing/every-page.ts';

const dayOf = (time: number) => new Date(time).toISOString().slice(0, 10);

function viewOf(register: Register): PublicRegister {
  const view = publicRegister(register, DAY, (one) => publicProposal(one, dayOf));
  if (!view) throw new Error('the register has not begun');
  return view;
}

/** All of it, order included. */
const told = (view: PublicRegister): string =>
  JSON.stringify(view, (_, each) => (each instanceof Map ? [...each] : each));

/** What a walk came to: a test of hidden things that were never there would show nothing. */
const came = { drafts: 0, releases: 0, lists: 0, withdrawn: 0, erased: 0, opinions: 0 };

/**
 * What an entry says in another register that is the same to the outside: other people, other words that nobody has cleared, no
 * answer that was not released, no project or list that is not frozen; null where it would not be there at all.
 * @param isReleased whether answers are released behind it.
 */
function elsewhere(
  says: RegisterEntry,
  { projects, titles, cycles }: PublicRegister,
  isReleased: boolean,
): RegisterEntry | null {
  const isShown = (project: string) => projects.has(project) || titles.has(project);
  switch (says.typ) {
    case 'decision-drafted':
      came.drafts += 1;
      return null;
    case 'erased':
      came.erased += 1;
      return null;
    case 'received':
      return {
        ...says,
        by: { role: 'public' },
        words: hash('other words'),
        proposer: hash('another'),
        attachments: [hash('a file')],
      };
    case 'seconded':
      return 'id' in says.by ? { ...says, by: { ...says.by, id: `${says.by.id}-x`, name: '另一人' } } : says;
    case 'opinion':
      came.opinions += 1;
      return { ...says, opinion: { ...says.opinion, answer: 'unclear', reason: '另有看法' } };
    case 'staff-set':
      return { ...says, staff: [] };
    case 'project-changed':
      // What an answer has named is called so, whatever is drafted afterwards.
      return projects.has(says.project) || (titles.has(says.project) && isReleased) ? says : null;
    case 'project-drafted':
    case 'project-dropped':
    case 'candidate-named':
    case 'candidate-withdrawn':
      return isShown(says.project) ? says : null;
    case 'list-withdrawn':
      came.withdrawn += 1;
      return cycles.some(({ year, list }) => year === says.cycle && list) ? says : null;
    case 'list-submitted':
    case 'list-frozen':
      return cycles.some(({ year, list }) => year === says.cycle && list) ? says : null;
    case 'released':
      came.releases += 1;
      return says;
    default:
      return says;
  }
}

/** The register that differs from that of `rows` in what is hidden, and in nothing else. */
function otherRegister(rows: readonly LedgerRow[], view: PublicRegister): Register {
  const released = rows.findLastIndex((row) => REGISTER.read(row).says.typ === 'released');
  return rows.reduce((state, row, at) => {
    const says = elsewhere(REGISTER.read(row).says, view, at < released);
    return says ? fold(state, { row, says }) : state;
  }, emptyRegister());
}

it('whatever anybody does, registers that differ in drafts, people and uncleared words alone are one to the outside', () => {
  // Chance may leave something out; not so often.
  for (let tries = 0; tries === 0 || (tries < 5 && Object.values(came).includes(0)); tries += 1)
    fc.assert(
      fc.property(WALK_START, fc.array(walkStep, { minLength: 20, maxLength: 80 }), (start, steps) => {
        const register = begun(start);
        for (const one of steps) {
          if (!walk(register, one).decision.ok) continue;
          const view = viewOf(register.state());
          if (view.cycles.some(({ list }) => list)) came.lists += 1;
          expect(told(viewOf(otherRegister(register.rows, view)))).toBe(told(view));
        }
      }),
      { numRuns: 60 },
    );
  for (const [what, times] of Object.entries(came))
    expect({ what, isThere: times > 0 }).toEqual({ what, isThere: true });
});

it('whatever anybody does, no page names a person, a hash of hidden words, or what is internal', async () => {
  await fc.assert(
    fc.asyncProperty(
      WALK_START,
      fc.array(walkStep, { minLength: 40, maxLength: 80 }),
      async (start, steps) => {
        const register = begun(start);
        for (const one of steps) walk(register, one);
        const state = register.state();
        const people = STAFF.flatMap(({ id, name }) => (id.includes('-') ? [name, id] : [name]));
        const hashes = [...state.proposals.values()].map(({ words }) => words);
        const pages = await everyPage(viewOf(state));
        for (const [path, page] of [...pages, ['all that is public', told(viewOf(state))] as const])
          for (const hidden of [INTERNAL, ...people, ...hashes])
            expect(page.includes(hidden) ? `${hidden} on ${path}` : '').toBe('');
      },
    ),
    { numRuns: 20 },
  );
});
