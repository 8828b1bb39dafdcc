import { needed } from '../../shared/fraction.ts';
import { inLanguage, type Language } from '../../shared/ids.ts';
import type { Motion } from '../../shared/kinds/kinds.ts';
import type { Result } from '../../shared/result.ts';
import { kindWords, quorumWords, thresholdWords } from '../views/rule-words.ts';
import type { ChairWords } from './chair-words.ts';
import type { Fact } from './confirm-dialog.ts';

/** How many must be present for a vote on `motion`. */
export function quorumCount({ quorum }: Pick<Motion, 'quorum'>, roll: number): number {
  return needed(roll, { kind: 'at-least', ...quorum });
}

function thresholdText(motion: Motion, roll: number, words: ChairWords, language: Language): string {
  const { threshold, basis } = motion;
  if (threshold === null) return words.moreVotesWin;
  const text = thresholdWords(threshold, basis, language);
  // Only of the roll is the number known before the vote.
  return basis === 'roll' && roll > 0 ? words.thresholdNeeds(text, needed(roll, threshold)) : text;
}

/** Everything that decides the motion, each with its name. */
export function ruleFacts(motion: Motion, roll: number, words: ChairWords, language: Language): Fact[] {
  const { kind, voting, press, quorum, seconds } = motion;
  const quorumText = quorumWords(quorum, language);
  return [
    [words.voting, words.votings[voting]],
    [words.press, words.presses[press]],
    ...(kind === 'selection'
      ? [[words.places, words.atMost(motion.candidates.length, motion.places)] satisfies Fact]
      : []),
    [words.threshold, thresholdText(motion, roll, words, language)],
    [words.quorum, roll > 0 ? words.quorumNeeds(quorumText, quorumCount(motion, roll)) : quorumText],
    [words.duration, seconds === null ? words.chairCloses : words.closesAfter(seconds)],
  ];
}

/** The rule in one line, as a dialog repeats it. */
export function ruleLine(motion: Motion, roll: number, words: ChairWords, language: Language): string {
  const facts = ruleFacts(motion, roll, words, language).map(([, value]) => value);
  return [kindWords(motion, language), ...facts].join(language === 'zh' ? '，' : ', ');
}

/** What a result comes to, in a few words. */
export function outcomeLine({ outcome }: Result, words: ChairWords): string {
  switch (outcome.kind) {
    case 'decision':
      return outcome.passed ? words.passed : words.notPassed;
    case 'selection': {
      const chosen = outcome.order.filter(({ standing }) => standing === 'selected').length;
      const parts = [words.selected(chosen)];
      if (outcome.runoffPlaces > 0) parts.push(words.runoff(outcome.runoffPlaces));
      if (outcome.openPlaces > 0) parts.push(words.openPlaces(outcome.openPlaces));
      return parts.join(' · ');
    }
    case 'appraisal':
      return words.acceptedOf(outcome.items.filter(({ passed }) => passed).length, outcome.items.length);
  }
}

/** The figures an announcement shows the hall. */
export function resultFacts(motion: Motion, result: Result, words: ChairWords, language: Language): Fact[] {
  const { tally } = result;
  const facts: Fact[] = [[words.outcome, outcomeLine(result, words)]];
  if (tally.kind === 'decision')
    for (const option of ['for', 'against', 'abstain'] as const)
      facts.push([words[option], String(tally[option])]);
  if (motion.kind === 'selection' && result.outcome.kind === 'selection') {
    const chosen = result.outcome.order.filter(({ standing }) => standing === 'selected').map(({ id }) => id);
    const titles = motion.candidates
      .filter(({ id }) => chosen.includes(id))
      .map(({ title }) => inLanguage(title, language));
    if (titles.length > 0) facts.push([words.factSelected, titles.join(language === 'zh' ? '、' : '; ')]);
  }
  facts.push([words.notPressed, String(result.notPressed)]);
  return facts;
}
