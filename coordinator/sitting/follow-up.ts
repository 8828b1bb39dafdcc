import type { Text } from '../../shared/ids.ts';
import type { Item, Motion } from '../../shared/motion.ts';
import { TERMS, type Term } from '../../shared/terms.ts';
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
      title: marked(motion.title, TERMS.runoff),
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
      title: marked(motion.title, TERMS.openPlaces),
      candidates: rest,
      places: Math.min(openPlaces, rest.length),
      follows: round.id,
    };
  return null;
}

/** The title with what the motion is now: English in English, Chinese in every other language. */
function marked(title: Text, { zh, en }: Term): Text {
  const all = Object.entries(title).map(([tag, text]) => [
    tag,
    tag === 'en' ? `${text} (${en})` : `${text}（${zh}）`,
  ]);
  return { ...Object.fromEntries(all), zh: `${title.zh}（${zh}）` };
}

/** Ids stay within 64 characters however often a tie repeats itself. */
function childId(parent: string, mark: string, n: number, taken: ReadonlySet<string>): string {
  const whole = `${parent}-${mark}${n}`;
  const id = whole.length <= 64 ? whole : `${parent.slice(0, 40)}-${mark}${n}`;
  return taken.has(id) ? childId(parent, mark, n + 1, taken) : id;
}
