import type { Item, Motion } from '../../shared/motion.ts';
import type { Round } from './state.ts';

/**
 * The motion that settles what a selection left undecided: a runoff (再次投票) among the candidates tied at the
 * last place, where more votes win, or another vote among those not selected for the places left open. Null
 * where the round left nothing undecided.
 * @param n how often the motion has been voted on: makes the new id differ.
 * @param taken ids of other motions, which the new one does not take.
 */
export function followUp(round: Round, n: number, taken: ReadonlySet<string>): Motion | null {
  const { motion, result } = round;
  if (motion.kind !== 'selection' || result?.outcome.kind !== 'selection') return null;
  const { order, runoffPlaces, openPlaces } = result.outcome;
  const having = (...standings: string[]): Item[] =>
    motion.candidates.filter((c) => standings.includes(order.find((o) => o.id === c.id)?.standing ?? ''));

  if (runoffPlaces > 0)
    return {
      ...motion,
      id: childId(motion.id, 'r', n, taken),
      title: { zh: `${motion.title.zh}（再次投票）`, en: `${motion.title.en ?? motion.title.zh} (runoff)` },
      candidates: having('tied'),
      places: runoffPlaces,
      threshold: null,
      follows: round.id,
    };
  const rest = having('below-threshold');
  if (openPlaces > 0 && rest.length > 0)
    return {
      ...motion,
      id: childId(motion.id, 's', n, taken),
      title: {
        zh: `${motion.title.zh}（缺额另选）`,
        en: `${motion.title.en ?? motion.title.zh} (open places)`,
      },
      candidates: rest,
      places: Math.min(openPlaces, rest.length),
      follows: round.id,
    };
  return null;
}

/** Ids stay within 64 characters however often a tie repeats itself. */
function childId(parent: string, mark: string, n: number, taken: ReadonlySet<string>): string {
  const whole = `${parent}-${mark}${n}`;
  const id = whole.length <= 64 ? whole : `${parent.slice(0, 40)}-${mark}${n}`;
  return taken.has(id) ? childId(parent, mark, n + 1, taken) : id;
}
