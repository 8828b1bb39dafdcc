import { kindOf, type Motion } from '../../shared/kinds/kinds.ts';
import type { Text } from '../../shared/protocol/ids.ts';
import { TERMS, type Term } from '../../shared/terms.ts';
import type { Round } from './state.ts';

/** How the motion that decides it is called. */
const NAMES = {
  runoff: { mark: 'r', term: TERMS.runoff },
  'open-places': { mark: 's', term: TERMS.openPlaces },
} as const;

/**
 * The motion that settles what a round left undecided: a runoff (再次投票) among the tied, or another vote for the
 * places left open. Null where the round left nothing undecided.
 * @param n how often the motion has been voted on: makes the new id differ.
 * @param taken ids of other motions, which the new one does not take.
 */
export function followUp(round: Round, n: number, taken: ReadonlySet<string>): Motion | null {
  const { motion, result } = round;
  if (!result || result.outcome.kind !== motion.kind) return null;
  const undecided = kindOf(motion.kind).undecided(motion, result.outcome);
  if (!undecided) return null;
  const { mark, term } = NAMES[undecided.is];
  return {
    ...undecided.motion,
    id: childId(motion.id, mark, n, taken),
    title: marked(motion.title, term),
    follows: round.id,
  };
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
