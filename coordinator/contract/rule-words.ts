import type { Basis } from '../../shared/kinds/common.ts';
import { hasOwnRule, type ItemisedMotion, ruleOf } from '../../shared/kinds/itemised.ts';
import { kindOf, type Motion } from '../../shared/kinds/kinds.ts';
import type { Fraction, Threshold } from '../../shared/kinds/quorum-and-majority.ts';
import type { Language } from '../../shared/protocol/ids.ts';
import { BASES, headed, KINDS, PRESSES, TERMS, VOTINGS } from '../../shared/terms.ts';

/** The rules of a motion in words, for displays, consoles and reports alike. */

export function kindWords(motion: Motion, language: Language): string {
  return headed(KINDS[motion.kind][language]);
}

export function basisWords(basis: Basis, language: Language): string {
  return BASES[basis][language];
}

/** `过半数`, `三分之二以上`-like words for a threshold of `basis`. */
export function thresholdWords(threshold: Threshold, basis: Basis, language: Language): string {
  const { kind, num, den } = threshold;
  const of = BASES[basis][language];
  if (language === 'en') return `${kind === 'more-than' ? 'more than' : 'at least'} ${num}/${den} of ${of}`;
  if (num === 1 && den === 2 && kind === 'more-than') return `${of}过半数`;
  return kind === 'more-than' ? `超过${of}的 ${num}/${den}` : `不少于${of}的 ${num}/${den}`;
}

/** The rule of an item that has one of its own; null where it is the motion's. */
export function ownRuleWords(motion: ItemisedMotion, id: string, language: Language): string | null {
  const item = motion.items.find((each) => each.id === id);
  if (!item || !hasOwnRule(item)) return null;
  const { threshold, basis } = ruleOf(motion, item);
  return thresholdWords(threshold, basis, language);
}

export function quorumWords({ num, den }: Fraction, language: Language): string {
  return language === 'zh'
    ? `出席不少于全体代表的 ${num}/${den}`
    : `at least ${num}/${den} of the roll present`;
}

/** Everything that decides the motion, in short phrases. */
export function ruleWords(motion: Motion, language: Language): string[] {
  const zh = language === 'zh';
  const phrases = [
    kindWords(motion, language),
    zh ? VOTINGS[motion.voting].zh : `${VOTINGS[motion.voting].en} vote`,
    PRESSES[motion.press][language],
  ];
  const { ballot, parts } = kindOf(motion.kind);
  const [question, ...others] = ballot(motion);
  if (question && others.length === 0 && parts(motion).length > 0) {
    const { cells, max } = question;
    phrases.push(zh ? `${cells.length} 选 ${max}` : `at most ${max} of ${cells.length}`);
  }
  if (motion.threshold) phrases.push(thresholdWords(motion.threshold, motion.basis, language));
  else phrases.push(TERMS.moreVotesWin[language]);
  phrases.push(quorumWords(motion.quorum, language));
  if (motion.seconds !== null) phrases.push(zh ? `限时 ${motion.seconds} 秒` : `${motion.seconds} seconds`);
  return phrases;
}

/** A share in per cent with two decimals, rounded down, in whole-number arithmetic; `—` of nothing. */
export function percent(part: number, whole: number): string {
  if (whole === 0) return '—';
  const hundredths = Math.floor((part * 10_000) / whole);
  return `${Math.floor(hundredths / 100)}.${String(hundredths % 100).padStart(2, '0')}%`;
}
