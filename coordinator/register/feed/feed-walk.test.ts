import fc from 'fast-check';
import { expect, it } from 'vitest';
import type { Register } from '../model/state.ts';
import { begun, INTERNAL, WALK_START, walk, walkStep } from '../model/testing/any-walk.ts';
import { STAFF } from '../model/testing/small-register.ts';
import { listsOf } from './files.ts';
import { emptyHistory, type PublicHistory, tell } from './history.ts';
import { feedLine } from './lines.ts';
import { FeedReader } from './read-feed.ts';

/** What everybody may know of a register, as far as a feed tells it. */
function publicPart({ begun: as, vocabulary, cycles, projects, bundles, works, feed }: Register) {
  const listed = [...cycles.values()].flatMap(({ frozen }) => frozen?.list.projects ?? []);
  return {
    begun: as,
    vocabulary: Object.entries(vocabulary).map(([what, names]) => [what, [...names]]),
    cycles: [...cycles.values()].map(({ year, from, to, frozen, decided, withdrawn }) => ({
      ...{ year, from, to, frozen, decided },
      withdrawn: withdrawn.toArray(),
    })),
    projects: listed.map(({ id }) => projects.get(id)),
    bundles: bundles.toArray(),
    works: JSON.stringify(works),
    feed: { shown: feed.shown, files: feed.files.toArray() },
  };
}

/** Words and answers by their proposals, in the order of their ids. */
const byId = (all: Iterable<readonly [string, unknown]>) => [...all].sort(([a], [b]) => (a < b ? -1 : 1));

const came = { lists: 0, withdrawn: 0, votes: 0, answers: 0, wordings: 0 };

it('whatever anybody does, who reads the feed knows of all that is public what the register knows, and nothing else', () => {
  const walks = fc.property(
    WALK_START,
    fc.array(walkStep, { minLength: 20, maxLength: 100 }),
    (start, steps) => {
      const register = begun(start);
      for (const one of steps) walk(register, one);
      const state = register.state();
      const lists = listsOf(state);
      const lines = register.rows.slice(0, state.feed.shown.seq).map(feedLine);
      const reader = new FeedReader({ key: register.key.x });
      let history: PublicHistory = emptyHistory();
      for (const line of lines) {
        const taken = reader.take(line);
        if (!taken.ok) throw new Error(taken.fault.text.en);
        if (!taken.entry) continue;
        const told = tell(history, taken.entry, (hash) => lists.get(hash) ?? null);
        if (!told.ok) throw new Error(told.reason);
        history = told.history;
      }
      expect(reader.end()).toBeNull();
      expect(publicPart(history.register)).toEqual(publicPart(state));
      const proposals = [...state.proposals.values()];
      const wordings = proposals.flatMap(({ id, wording }) => (wording ? [[id, wording] as const] : []));
      const answers = proposals.flatMap(({ id, answer }) => (answer ? [[id, answer] as const] : []));
      expect(byId(history.wordings)).toEqual(byId(wordings));
      expect(byId(history.answers)).toEqual(byId(answers));
      // Nothing redacted is in it, in whatever spelling: only what public entries say, and who of the offices said it.
      expect(history.register.proposals.size + history.register.staff.size).toBe(0);
      const deputies = STAFF.filter(({ roles }) => roles.includes('deputy'));
      const said = lines.map((line) => Buffer.from(line.split('.')[1] ?? '', 'base64url').toString());
      for (const text of said)
        if (!/"typ":"(list-withdrawn|voted-on-paper)"/.test(text))
          for (const hidden of [INTERNAL, ...deputies.map(({ name }) => name)])
            expect(text).not.toContain(hidden);
      came.lists += lists.size;
      came.withdrawn += [...state.cycles.values()].reduce((sum, { withdrawn }) => sum + withdrawn.size, 0);
      came.votes += [...state.cycles.values()].filter(({ decided }) => decided).length;
      came.answers += answers.length;
      came.wordings += wordings.length;
    },
  );
  // What chance left out is tried again.
  for (let tries = 0; tries === 0 || (tries < 6 && Object.values(came).includes(0)); tries += 1)
    fc.assert(walks, { numRuns: 60 });
  for (const [what, times] of Object.entries(came))
    expect({ what, isThere: times > 0 }).toEqual({ what, isThere: true });
});
