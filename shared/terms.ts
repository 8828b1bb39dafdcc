import type { Grade } from './kinds/appraisal.ts';
import type { Basis } from './kinds/common.ts';
import type { Mark } from './kinds/kind.ts';
import type { Motion } from './kinds/kinds.ts';
import type { Option } from './kinds/options.ts';
import type { Standing } from './kinds/selection.ts';
import type { Turn } from './kinds/turn.ts';
import { inLanguage, type Language, type Text } from './protocol/ids.ts';

/**
 * The words of the hall's trade, each once: whatever shows or prints one takes it from here. English stands as in the
 * middle of a sentence. Every term has every complete language, or it does not compile; others may be added to a term
 * one by one.
 */
export type Term = Text & Readonly<Record<Language, string>>;

/** 表决事项: the kinds of motion. */
export const KINDS: Record<Motion['kind'], Term> = {
  decision: { zh: '表决', en: 'decision' },
  selection: { zh: '差额票决', en: 'selection' },
  appraisal: { zh: '满意度测评', en: 'appraisal' },
  itemised: { zh: '逐项表决', en: 'itemised vote' },
};

/** What may be chosen on a decision. The Chinese stands in the signed text of secret votes' elections (bundle.md). */
export const OPTION_TERMS: Record<Option, Term> = {
  for: { zh: '赞成', en: 'for' },
  against: { zh: '反对', en: 'against' },
  abstain: { zh: '弃权', en: 'abstain' },
};

/** The grades of an appraisal. The Chinese stands in the signed text of secret votes' elections (bundle.md). */
export const GRADE_TERMS: Record<Grade, Term> = {
  satisfied: { zh: '满意', en: 'satisfied' },
  basic: { zh: '基本满意', en: 'basically satisfied' },
  dissatisfied: { zh: '不满意', en: 'dissatisfied' },
  'dont-know': { zh: '不了解', en: 'don’t know' },
};

/** Whatever can be marked on a ballot. The Chinese stands in a bundle's `votes.csv`. */
export const MARK_TERMS: Record<Mark, Term> = {
  ...OPTION_TERMS,
  ...GRADE_TERMS,
  chosen: { zh: '选', en: 'chosen' },
};

/** 记名, 无记名. */
export const VOTINGS: Record<Motion['voting'], Term> = {
  open: { zh: '记名', en: 'open' },
  secret: { zh: '无记名', en: 'secret' },
};

/** Which press counts. */
export const PRESSES: Record<Motion['press'], Term> = {
  first: { zh: '首次按键有效', en: 'first press counts' },
  last: { zh: '末次按键有效', en: 'last press counts' },
};

/** 计算基数: what a majority is counted of. */
export const BASES: Record<Basis, Term> = {
  roll: { zh: '全体代表', en: 'the whole roll' },
  present: { zh: '实到代表', en: 'those present' },
  cast: { zh: '有效票', en: 'votes cast' },
};

/** What becomes of a decision. */
export const VERDICTS: Record<'passed' | 'rejected', Term> = {
  passed: { zh: '通过', en: 'passed' },
  rejected: { zh: '未通过', en: 'not passed' },
};

/** What becomes of a candidate. */
export const STANDINGS: Record<Standing, Term> = {
  selected: { zh: '入选', en: 'selected' },
  tied: { zh: '末位同票', en: 'tied' },
  outvoted: { zh: '未入选', en: 'not selected' },
  'below-threshold': { zh: '未达通过线', en: 'below threshold' },
};

/** What becomes of an item appraised. */
export const JUDGEMENTS: Record<'accepted' | 'rectify', Term> = {
  accepted: { zh: '达标', en: 'accepted' },
  rectify: { zh: '须整改', en: 'to be put right' },
};

/** How far a vote has come. */
export const PHASES: Record<'open' | 'closed' | 'announced' | 'voided', Term> = {
  open: { zh: '正在表决', en: 'voting' },
  closed: { zh: '未宣布', en: 'not announced' },
  announced: { zh: '已宣布', en: 'announced' },
  voided: { zh: '作废', en: 'void' },
};

/** Who is there. */
export const ATTENDANCE: Record<'roll' | 'present' | 'absent' | 'byHand' | 'left', Term> = {
  roll: { zh: '应到', en: 'roll' },
  present: { zh: '实到', en: 'present' },
  absent: { zh: '未到', en: 'absent' },
  byHand: { zh: '补签到', en: 'checked in by hand' },
  left: { zh: '中途退场', en: 'left early' },
};

/** Why somebody who may vote has not. */
export const UNVOTED_TERMS: Record<'notPressed' | 'offline' | 'fault' | 'left', Term> = {
  notPressed: { zh: '未按键', en: 'not pressed' },
  offline: { zh: '终端离线', en: 'terminal offline' },
  fault: { zh: '终端故障', en: 'terminal at fault' },
  left: { zh: '已离席', en: 'left' },
};

/** Single words. `rehearsal`, `notPressed`, `blank` stand in a bundle's `votes.csv`, as options, grades and attendance do. */
export const TERMS = {
  vote: { zh: '表决', en: 'vote' },
  cast: { zh: '已表决', en: 'voted' },
  notPressed: { zh: '未按键', en: 'not pressed' },
  rehearsal: { zh: '试表决', en: 'rehearsal' },
  byHand: { zh: '人工录入', en: 'entered by hand' },
  runoff: { zh: '再次投票', en: 'runoff' },
  openPlaces: { zh: '缺额另选', en: 'open places' },
  candidate: { zh: '候选项目', en: 'candidate' },
  list: { zh: '候选项目清单', en: 'list of candidate projects' },
  item: { zh: '项目', en: 'item' },
  votes: { zh: '票数', en: 'votes' },
  rank: { zh: '名次', en: 'rank' },
  outcome: { zh: '结果', en: 'outcome' },
  needed: { zh: '需', en: 'needed' },
  approval: { zh: '满意率', en: 'approval' },
  basis: { zh: '计算基数', en: 'basis' },
  threshold: { zh: '通过线', en: 'threshold' },
  ownRule: { zh: '另有规则', en: 'rule of its own' },
  quorum: { zh: '法定人数', en: 'quorum' },
  moreVotesWin: { zh: '得票多者入选', en: 'more votes win' },
  receiptCode: { zh: '回执码', en: 'receipt code' },
  seat: { zh: '席位', en: 'seat' },
  terminal: { zh: '终端', en: 'terminal' },
  deputy: { zh: '代表', en: 'deputy' },
  delegation: { zh: '代表团', en: 'delegation' },
  chair: { zh: '主持人', en: 'chair' },
  operator: { zh: '会务', en: 'operator' },
  scrutineer: { zh: '监票人', en: 'scrutineer' },
  auditor: { zh: '审计', en: 'auditor' },
  administrator: { zh: '管理员', en: 'administrator' },
  blank: { zh: '空白', en: 'blank' },
} satisfies Record<string, Term>;

/** What a vote is called that is not the first on its matter. */
export const TURN_TERMS: Record<Turn, Term> = {
  again: { zh: '重新表决', en: 'repeat vote' },
  runoff: TERMS.runoff,
  'open-places': TERMS.openPlaces,
};

/** Whom a proposal (征集建议) is from. */
export const PROPOSAL_SOURCES = {
  public: { zh: '群众', en: 'public' },
  deputy: { zh: '代表', en: 'deputy' },
  department: { zh: '部门', en: 'department' },
} as const satisfies Record<string, Term>;

/** How a proposal came in. */
export const PROPOSAL_CHANNELS = {
  online: { zh: '网上提交', en: 'online' },
  letter: { zh: '来信', en: 'by letter' },
  telephone: { zh: '来电', en: 'by telephone' },
  station: { zh: '代表联络站', en: 'at a liaison station' },
  meeting: { zh: '座谈会', en: 'at a meeting' },
} as const satisfies Record<string, Term>;

/** Where a proposal stands, and how it is answered. */
export const PROPOSAL_STATES = {
  received: { zh: '已收到', en: 'received' },
  'under-screening': { zh: '筛选中', en: 'under screening' },
  merged: { zh: '合并', en: 'merged' },
  excluded: { zh: '不列入', en: 'excluded' },
  'not-adopted': { zh: '未采纳', en: 'not adopted' },
  adopted: { zh: '采纳', en: 'adopted' },
} as const satisfies Record<string, Term>;

/** 闭环: the steps of a year, from what people ask for to what the congress makes of it. */
export const LOOP_TERMS = {
  collecting: { zh: '群众提', en: 'collect' },
  screening: { zh: '筛选', en: 'screen' },
  frozen: { zh: '清单公布', en: 'list' },
  decided: { zh: '代表定', en: 'vote' },
  'carried-out': { zh: '政府办', en: 'carry out' },
  appraised: { zh: '人大评', en: 'appraise' },
} as const satisfies Record<string, Term>;

/** How far a project is that was chosen. */
export const WORK_STAGES = {
  chosen: { zh: '待报计划', en: 'awaiting its plan' },
  planned: { zh: '已报计划', en: 'planned' },
  'under-way': { zh: '推进中', en: 'under way' },
  'reported-done': { zh: '报完待核', en: 'reported done' },
  verified: { zh: '完成属实', en: 'verified' },
  appraised: { zh: '已测评', en: 'appraised' },
  closed: { zh: '已办结', en: 'closed' },
  suspended: { zh: '已中止', en: 'suspended' },
  ended: { zh: '已终止', en: 'ended' },
} as const satisfies Record<string, Term>;

/** 亮灯. */
export const LIGHT_TERMS = {
  green: { zh: '绿灯', en: 'green' },
  yellow: { zh: '黄灯', en: 'yellow' },
  red: { zh: '红灯', en: 'red' },
  grey: { zh: '灰灯', en: 'grey' },
  none: { zh: '不亮灯', en: 'no light' },
} as const satisfies Record<string, Term>;

/** What may be decided on a project under way. */
export const CHANGE_TERMS = {
  changed: { zh: '变更', en: 'change' },
  suspended: { zh: '中止', en: 'suspension' },
  resumed: { zh: '恢复实施', en: 'resumption' },
  ended: { zh: '终止', en: 'end' },
} as const satisfies Record<string, Term>;

/** How a congress looks into projects together. */
export const INSPECTION_TERMS = {
  inquiry: { zh: '专题询问', en: 'special inquiry' },
  inspection: { zh: '集中视察', en: 'inspection' },
  hearing: { zh: '听取汇报', en: 'hearing' },
} as const satisfies Record<string, Term>;

/** A word as it begins a sentence or heads a column. */
export function headed(word: string): string {
  return word.charAt(0).toUpperCase() + word.slice(1);
}

/** A term in `language`, as it begins a sentence or heads a column; Chinese where the language has no such term. */
export function label(term: Term, language: string): string {
  return headed(inLanguage(term, language));
}

/** A table of terms in one language, each as {@link label} gives it, for a table of words. */
export function labels<K extends string>(
  table: Readonly<Record<K, Term>>,
  language: string,
): Record<K, string>;
export function labels(table: Readonly<Record<string, Term>>, language: string): Record<string, string> {
  return Object.fromEntries(Object.entries(table).map(([key, term]) => [key, label(term, language)]));
}
