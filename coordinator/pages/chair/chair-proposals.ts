import type { Motion } from '../../../shared/kinds/kinds.ts';
import { inLanguage, type Language } from '../../../shared/protocol/ids.ts';
import { type RoundView, UNVOTED } from '../../contract/documents.ts';
import type { RightSettings } from '../../contract/rights.ts';
import { type Fact, type Proposal, reasonQuestion } from '../parts/confirm-dialog.ts';
import type { Documents } from '../parts/feed.ts';
import { secondLine } from '../parts/waiting-words.ts';
import type { ChairAct } from './chair-acts.ts';
import { listFacts, resultFacts, ruleLine } from './chair-facts.ts';
import { type ChairWords, chairWords } from './chair-words.ts';

/** What the dialog asks before an act is about: read anew while it is open. */
export interface Subject {
  readonly motion: Motion;
  readonly round: RoundView | null;
  readonly documents: () => Documents;
  readonly settings: RightSettings;
  readonly language: Language;
}

/** Says before each act of the chair exactly what will happen. */
export function chairProposal(act: Exclude<ChairAct, 'by-hand'>, subject: Subject): Proposal {
  const { motion, language } = subject;
  const words = chairWords[language];
  const round = subject.round?.round ?? '';
  const title: Fact = [words.factMotion, inLanguage(motion.title, language)];
  const common = { name: words.acts[act], explains: words.explains[act] };
  switch (act) {
    case 'open':
    case 'reopen':
    case 'rehearse':
      return {
        ...common,
        facts: () => [title, ...openingFacts(subject, words)],
        act: () => ({ act: 'open', motion: motion.id, rehearsal: act === 'rehearse' }),
      };
    case 'close':
      return {
        ...common,
        facts: () => [title, ...turnoutFacts(subject, words), ...unvotedFacts(subject, words)],
        act: () => ({ act: 'close', round }),
        isGrave: true,
      };
    case 'hold':
      return {
        ...common,
        facts: () => [title, ...turnoutFacts(subject, words)],
        question: reasonQuestion(language),
        act: (reason) => ({ act: 'hold', round, reason }),
      };
    case 'resume':
      return {
        ...common,
        facts: () => [title, ...turnoutFacts(subject, words)],
        act: () => ({ act: 'resume', round }),
      };
    case 'extend':
      return {
        ...common,
        facts: () => [title, ...turnoutFacts(subject, words)],
        question: { label: words.extendBy, maxLength: 2, pattern: '[1-9][0-9]?', hint: words.extendHint },
        act: (minutes) => ({ act: 'extend', round, seconds: Number(minutes) * 60 }),
      };
    case 'announce':
      return {
        ...common,
        facts: () => [title, ...figures(subject, words)],
        act: () => ({ act: 'announce', round }),
        isGrave: true,
      };
    case 'void':
      return {
        ...common,
        facts: () => [title, ...figures(subject, words)],
        question: reasonQuestion(language),
        second: secondLine('void', subject.settings, language),
        act: (reason) => ({ act: 'void', round, reason }),
        isGrave: true,
      };
    case 'runoff':
    case 'fill-places':
      return {
        ...common,
        facts: () => [title, ...figures(subject, words).slice(0, 1)],
        act: () => ({ act: 'follow-up', round }),
      };
    case 'clear':
      return { ...common, facts: () => [title], act: () => ({ act: 'clear' }) };
  }
}

function openingFacts({ motion, documents, language }: Subject, words: ChairWords): Fact[] {
  const { present = 0, roll = 0 } = documents().attendance ?? {};
  return [
    [words.factAttendance, words.presentOfRoll(present, roll)],
    [words.factRule, ruleLine(motion, roll, words, language)],
    ...listFacts(motion, words),
  ];
}

function turnoutFacts({ round, documents }: Subject, words: ChairWords): Fact[] {
  const { turnout, pressing } = documents();
  const told = [pressing, turnout].find((each) => each?.round === round?.round) ?? round;
  return [[words.voted, words.ofPeople(told?.cast ?? 0, told?.present ?? 0)]];
}

/** Why votes are missing, each number by itself, and their sum. */
function unvotedFacts({ round, documents }: Subject, words: ChairWords): Fact[] {
  const { pressing } = documents();
  if (!pressing || pressing.round !== round?.round) return [];
  const { present, cast, noTerminal } = pressing;
  const also = (why: (typeof UNVOTED)[number]) =>
    why === 'offline' && noTerminal > 0 ? `　${words.noTerminal(noTerminal)}` : '';
  return [
    [words.notVoted, words.people(present - cast)],
    ...UNVOTED.map((why): Fact => [`　${words.unvoted[why]}`, `${words.people(pressing[why])}${also(why)}`]),
  ];
}

function figures({ motion, round, language }: Subject, words: ChairWords): Fact[] {
  return round?.result ? resultFacts(motion, round.result, words, language) : [];
}
