import type { Random } from '../../shared/backoff.ts';
import { GRADES } from '../../shared/kinds/appraisal.ts';
import type { Choice, KindName, Motion, Of } from '../../shared/kinds/kinds.ts';
import { OPTIONS } from '../../shared/kinds/options.ts';

/** What a deputy might choose, as votes of such kinds usually end. */

type LikelyOf<K extends KindName> = (motion: Of<Motion, K>, random: Random) => Of<Choice, K>;

const LIKELY: { readonly [K in KindName]: LikelyOf<K> } = {
  decision: (_motion, random) => ({ kind: 'decision', option: draw(OPTIONS, [92, 5, 3], random) }),

  selection: ({ candidates, places }, random) => {
    // The first on the list are the more popular; a few deputies leave places empty.
    const keen = candidates.map(({ id }, i, { length }) => ({
      id,
      weight: (1 - (0.75 * i) / length) * (0.4 + random()),
    }));
    const most = random() < 0.9 ? places : Math.ceil(random() * places);
    const picks = keen.sort((a, b) => b.weight - a.weight).slice(0, most);
    return { kind: 'selection', chosen: picks.map(({ id }) => id) };
  },

  appraisal: ({ items, dontKnow }, random) => ({
    kind: 'appraisal',
    grades: items.flatMap(({ id }, i, { length }) => {
      // The last items on the list fare worse.
      const worse = Math.round((30 * i) / length);
      const grade = draw(GRADES, [78 - worse, 16, 4 + worse, 2], random);
      return grade === 'dont-know' && !dontKnow ? [] : [{ item: id, grade }];
    }),
  }),

  itemised: ({ items }, random) => ({
    kind: 'itemised',
    answers: items.flatMap(({ id }) =>
      // A few items are passed over.
      random() < 0.02 ? [] : [{ item: id, option: draw(OPTIONS, [92, 5, 3], random) }],
    ),
  }),
};

const likely = <K extends KindName>(kind: K): LikelyOf<K> => LIKELY[kind];

/** A choice on `motion`; the same `random` gives the same. */
export const likelyChoice = (motion: Motion, random: Random): Choice => likely(motion.kind)(motion, random);

function draw<T>(values: readonly [T, ...T[]], weights: readonly number[], random: Random): T {
  let left = random() * weights.reduce((sum, weight) => sum + weight, 0);
  for (const [i, value] of values.entries()) {
    left -= weights[i] ?? 0;
    if (left < 0) return value;
  }
  return values[0];
}
