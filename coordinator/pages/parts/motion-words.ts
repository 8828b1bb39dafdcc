import type { Language } from '../../../shared/protocol/ids.ts';
import {
  ATTENDANCE,
  GRADE_TERMS,
  JUDGEMENTS,
  label,
  labels,
  MARK_TERMS,
  OPTION_TERMS,
  STANDINGS,
  TERMS,
  VERDICTS,
} from '../../../shared/terms.ts';

/** The words of the trade, as labels. */
const terms = (language: Language) => ({
  ...labels(OPTION_TERMS, language),
  roll: label(ATTENDANCE.roll, language),
  present: label(ATTENDANCE.present, language),
  moreVotesWin: label(TERMS.moreVotesWin, language),
  ownRules: label(TERMS.ownRule, language),
  voted: label(TERMS.cast, language),
  notPressed: label(TERMS.notPressed, language),
  passed: label(VERDICTS.passed, language),
  notPassed: label(VERDICTS.rejected, language),
  candidate: label(TERMS.candidate, language),
  item: label(TERMS.item, language),
  votes: label(TERMS.votes, language),
  outcome: label(TERMS.outcome, language),
  standings: {
    ...labels(STANDINGS, language),
    selected: `✓ ${label(STANDINGS.selected, language)}`,
    tied: `＝ ${label(STANDINGS.tied, language)}`,
  },
  grades: labels(GRADE_TERMS, language),
  /** Columns of a count by hand. */
  marks: { ...labels(MARK_TERMS, language), chosen: label(TERMS.votes, language) },
  approval: label(TERMS.approval, language),
  accepted: `✓ ${label(JUDGEMENTS.accepted, language)}`,
  rectify: `⚠ ${label(JUDGEMENTS.rectify, language)}`,
});

const zh = {
  places: '名额',
  atMost: (of: number, places: number) => `${of} 选 ${places}，至多选 ${places} 项`,
  candidates: (n: number) => `候选项目（${n} 项）`,
  items: (n: number) => `测评项目（${n} 项）`,
  itemsToVoteOn: (n: number) => `表决项（${n} 项）`,
  itemsWithOwnRule: (n: number) => `${n} 项按各自的通过线或基数`,
  needed: (n: number) => `需 ${n} 票`,
  selected: (n: number) => `入选 ${n} 项`,
  acceptedOf: (n: number, all: number) => `${n} / ${all} 项达标`,
  passedOf: (n: number, all: number) => `${all} 项中 ${n} 项${VERDICTS.passed.zh}`,
  neededVotes: label(TERMS.needed, 'zh'),
  runoff: (n: number) => `末位同票，${n} 个名额须再次投票`,
  openPlaces: (n: number) => `空缺 ${n} 个名额`,
  basis: (words: string, n: number) => `计算基数：${words} ${n}`,
  basisByItem: (words: string) => `计算基数：每项的${words}`,
  factSelected: '入选项目',
  presentOfRoll: (present: number, roll: number) => `实到 ${present} 人，应到 ${roll} 人`,
  castByHand: '表决人数',
  byHandSecond: '举手结果：第二人录入',
  byHandBlind:
    '请按您自己的计数录入，第一人录入的票数不向您显示。两人一致才生效；不一致则均不采用，只告知哪几项不同。',
  byHandConfirm: '提交录入',
  checks: {
    empty: '请填写全部票数',
    'too-many-cast': (cast: number, present: number) => `表决人数 ${cast} 多于实到 ${present}`,
    'too-many-votes': (title: string, votes: number, cast: number) =>
      `《${title}》合计 ${votes} 票，多于表决人数 ${cast}`,
    'too-many-chosen': (sum: number, most: number) => `票数合计 ${sum}，多于每人至多可选之和 ${most}`,
    fits: (cast: number, notPressed: number) => `相符：表决 ${cast} 人，未表决 ${notPressed} 人`,
  },
  byHandAct: '举手结果录入',
  byHandExplains:
    '用于设备不能使用时的举手表决。录入后，主持人或一名监票人须在两分钟内另行录入一遍，不看您录入的票数；两人一致才生效，再由主持人宣布，结果标明“人工录入”。',
};

const en: typeof zh = {
  places: 'Places',
  atMost: (of, places) => `at most ${places} of ${of}`,
  candidates: (n) => `Candidates (${n})`,
  items: (n) => `Items to appraise (${n})`,
  itemsToVoteOn: (n) => `Items to vote on (${n})`,
  itemsWithOwnRule: (n) =>
    `${n} ${n === 1 ? 'item has a threshold or basis of its' : 'items have thresholds or bases of their'} own`,
  needed: (n) => `${n} votes needed`,
  selected: (n) => `${n} selected`,
  acceptedOf: (n, all) => `${n} of ${all} accepted`,
  passedOf: (n, all) => `${n} of ${all} items ${VERDICTS.passed.en}`,
  neededVotes: label(TERMS.needed, 'en'),
  runoff: (n) => `Tied at the last place: a runoff for ${n}`,
  openPlaces: (n) => (n === 1 ? '1 place left open' : `${n} places left open`),
  basis: (words, n) => `Counted of ${words}: ${n}`,
  basisByItem: (words) => `Counted of ${words} on each item`,
  factSelected: 'Selected',
  presentOfRoll: (present, roll) => `${present} of ${roll} present`,
  castByHand: 'Voters',
  byHandSecond: 'Show of hands: the second entry',
  byHandBlind:
    'Enter what you counted yourself; you are not shown what the first person entered. It holds only if both are the same. Where they differ neither is taken, and you are told in which counts.',
  byHandConfirm: 'Submit my counts',
  checks: {
    empty: 'Fill in every count',
    'too-many-cast': (cast, present) => `${cast} voters, but only ${present} are present`,
    'too-many-votes': (title, votes, cast) => `"${title}" adds up to ${votes}, more than ${cast} voters`,
    'too-many-chosen': (sum, most) => `${sum} votes in all, more than the ${most} that may be given`,
    fits: (cast, notPressed) => `Fits: ${cast} voted, ${notPressed} did not`,
  },
  byHandAct: 'Enter a show of hands',
  byHandExplains:
    'For a show of hands when devices fail. The chair or a scrutineer then enters it once more within two minutes, without seeing your counts. Where both are the same the chair announces it, and the result says it was entered by hand.',
};

export type MotionWords = typeof zh & ReturnType<typeof terms>;
/** Of motions, results and counts by hand, as every page of the staff says them. */
export const motionWords: Record<Language, MotionWords> = {
  zh: { ...terms('zh'), ...zh },
  en: { ...terms('en'), ...en },
};
