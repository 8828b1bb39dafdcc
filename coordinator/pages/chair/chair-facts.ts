import type { Motion } from '../../../shared/kinds/kinds.ts';
import { listNamed } from '../../../shared/kinds/motion-list.ts';
import { needed } from '../../../shared/kinds/quorum-and-majority.ts';
import type { Language } from '../../../shared/protocol/ids.ts';
import type { Result } from '../../../shared/protocol/result.ts';
import { kindWords, quorumWords, thresholdWords } from '../../contract/rule-words.ts';
import type { Fact } from '../parts/confirm-dialog.ts';
import { fingerprint } from '../parts/countdown.ts';
import { reading } from '../parts/kinds/staff-kind.ts';
import { staffKind } from '../parts/kinds/staff-kinds.ts';
import type { ChairWords } from './chair-words.ts';

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
  const { voting, press, quorum, seconds } = motion;
  const quorumText = quorumWords(quorum, language);
  return [
    [words.voting, words.votings[voting]],
    [words.press, words.presses[press]],
    ...staffKind(motion.kind).rules(motion, words),
    [words.threshold, thresholdText(motion, roll, words, language)],
    [words.quorum, roll > 0 ? words.quorumNeeds(quorumText, quorumCount(motion, roll)) : quorumText],
    [words.duration, seconds === null ? words.chairCloses : words.closesAfter(seconds)],
  ];
}

/** Which frozen list of projects is voted on, for whoever has it in hand; nothing where the motion names none. */
export function listFacts(motion: Motion, words: ChairWords): Fact[] {
  const list = listNamed(motion);
  return list === null ? [] : [[words.list, fingerprint(list)]];
}

/** The rule in one line, as a dialog repeats it. */
export function ruleLine(motion: Motion, roll: number, words: ChairWords, language: Language): string {
  const facts = ruleFacts(motion, roll, words, language).map(([, value]) => value);
  return [kindWords(motion, language), ...facts].join(language === 'zh' ? '，' : ', ');
}

/** What a result comes to, in a few words. */
export function outcomeLine({ outcome }: Result, words: ChairWords): string {
  return staffKind(outcome.kind).outcomeLine(outcome, words);
}

/** The figures an announcement shows the hall. */
export function resultFacts(motion: Motion, result: Result, words: ChairWords, language: Language): Fact[] {
  return [
    [words.outcome, outcomeLine(result, words)],
    ...staffKind(motion.kind).facts(reading(motion, result, words, language)),
    [words.notPressed, String(result.notPressed)],
  ];
}
