import { inWan } from '../../../shared/projects/money.ts';
import type { Language } from '../../../shared/protocol/ids.ts';
import { CHANGE_TERMS, GRADE_TERMS, headed, INSPECTION_TERMS, TERMS } from '../../../shared/terms.ts';
import { percentText } from '../../contract/register/work-words.ts';
import type { SectionOf } from './notice.ts';

type Sums = SectionOf<'sums'>;

/** A term as a plain text, which the other language has too. */
const zhOf = ({ zh: word }: { readonly zh: string }): string => word;

const zh = {
  comma: '、',
  space: '',
  stop: '；',
  yuan: (fen: number) => `${inWan(fen)}万元`,
  // What sections and columns are called.
  sums: '总体情况',
  projects: { list: '各项目进展', behind: '各项目进展（按落后计划程度排列）' },
  late: '月报逾期的责任单位',
  unfinished: { past: '逾期未完成的子项目', all: '未完成的子项目' },
  findings: '发现的问题和答复',
  inspections: '专题询问和集中视察',
  changes: '变更、中止和终止',
  shrunk: '与票决时承诺相比缩减的内容',
  money: '资金情况',
  grades: '满意度测评结果',
  rectification: '整改要求',
  'look-backs': '回访情况',
  problems: '存在问题',
  next: '下一步工作',
  number: '序号',
  project: TERMS.item.zh,
  part: '子项目',
  lead: '责任单位',
  light: '亮灯',
  progress: '进度',
  money3: '资金\n（万元）',
  finish: '完成时限',
  months: '未报月份',
  problem: '问题',
  due: '整改期限',
  answer: '答复',
  day: '日期',
  what: '事项',
  content: '内容',
  decision: '决定',
  reason: '理由',
  promised: '票决时承诺',
  now: '现在',
  source: '资金来源',
  year: '年度',
  category: '类别',
  count: '件 / 项',
  total: '总投资',
  sum: '合计',
  grade: '等次',
  votes: '测评票',
  rate: TERMS.approval.zh,
  works: '使用状况',
  users: '使用情况',
  actual: (permille: number) => `实际\u00A0${percentText(permille)}`,
  planned: (permille: number | null) =>
    permille === null ? '计划 未报' : `计划\u00A0${percentText(permille)}`,
  since: (points: number) => `较上期 ${signed(points)}`,
  rank: (points: number) =>
    points > 0 ? `落后 ${points / 10} 点` : points < 0 ? `超前 ${-points / 10} 点` : '与计划持平',
  lightBefore: (before: string) => `上期 ${before}`,
  invested: (fen: number) => `投资\u00A0${inWan(fen)}`,
  appropriated: (fen: number) => `到位\u00A0${inWan(fen)}`,
  paid: (fen: number) => `支付\u00A0${inWan(fen)}`,
  doneOf: (done: number, parts: number) => `${done} / ${parts} 项完成`,
  disputed: '有数据存疑',
  share: '上级项目的份额，计入上级',
  gone: '已取消',
  target: (quantity: string, unit: string, finish: string) => `${quantity}${unit}，${finish}前`,
  none: {
    late: '没有逾期未报的月报。',
    past: '没有逾期未完成的子项目。',
    unfinished: '全部子项目均已完成。',
    findings: '监督小组未提出尚待解决的问题。',
    inspections: '本期未开展专题询问、集中视察。',
    changes: '本期没有变更、中止或终止的项目。',
    shrunk: '各项目的目标和时限均不低于票决时的承诺。',
  },
  ofSums: (s: Sums) =>
    [
      `项目${s.projects}件，子项目${s.parts}项，总投资${zh.yuan(s.fen)}${s.fen === s.promisedFen ? '' : `（票决时${zh.yuan(s.promisedFen)}）`}。`,
      `资金到位${zh.yuan(s.appropriated)}，支付${zh.yuan(s.paid)}。总进度${percentText(s.permille)}，已完成${s.done}件。`,
      `绿灯${s.lights.green}件，黄灯${s.lights.yellow}件，红灯${s.lights.red}件，灰灯${s.lights.grey}件，不亮灯${s.lights.none}件。`,
      ...(s.disputedParts > 0 ? [`${s.disputedParts}项的数据经监督小组实地核查存疑，按较低数计入。`] : []),
      ...(s.linked > 0 ? [`另有${s.linked}件是上级项目的份额，在上级统计，不计入以上各数。`] : []),
    ].join(''),
  ofRule: (yellow: number, red: number) =>
    `黄灯：落后计划${yellow / 10}个百分点以上；红灯：落后${red / 10}个百分点以上，或逾期未完成；灰灯：月报逾期。灯由月报和计划计算得出，不由人工设定。`,
  ofBefore: (document: string) => `“较上期”与${document}号文件相比。`,
  ofGrades: (s: { satisfied: number; basic: number; dissatisfied: number }, none: number) =>
    `${GRADE_TERMS.satisfied.zh}${s.satisfied}件，${GRADE_TERMS.basic.zh}${s.basic}件，${GRADE_TERMS.dissatisfied.zh}${s.dissatisfied}件${none > 0 ? `，未测评${none}件` : ''}。`,
  ungraded: '未测评',
  gradedBy: { congress: '人民代表大会', 'standing-committee': '常务委员会' },
  gradedHow: { bundle: '会场表决', paper: '纸质票' },
  votesOf: (g: { satisfied: number; basic: number; dissatisfied: number; dontKnow: number }) =>
    `${GRADE_TERMS.satisfied.zh} ${g.satisfied}\n${GRADE_TERMS.basic.zh} ${g.basic}\n${GRADE_TERMS.dissatisfied.zh} ${g.dissatisfied}\n${GRADE_TERMS['dont-know'].zh} ${g.dontKnow}`,
  basisOf: (cast: number, roll: number) => `投票 ${cast} 人\n应到 ${roll} 人`,
  why: (
    title: string,
    since: string,
    counts: { satisfied: number; basic: number; dissatisfied: number; cast: number } | null,
  ) =>
    counts
      ? `“${title}”在${since}的满意度测评中被评为${GRADE_TERMS.dissatisfied.zh}（投票${counts.cast}人，${GRADE_TERMS.satisfied.zh}${counts.satisfied}票，${GRADE_TERMS.basic.zh}${counts.basic}票，${GRADE_TERMS.dissatisfied.zh}${counts.dissatisfied}票）。`
      : `“${title}”自${since}起被要求整改。`,
  ground:
    '依照民生实事项目人大代表票决制的有关规定，测评不满意或者未按期完成的项目，实施机关应当作出说明并整改；整改情况公开，直至再次测评或者认可。',
  must: (lead: string, due: string) =>
    `请${lead}于${due}前作出书面说明，提出整改措施和完成时间，并按期整改到位。`,
  orderOf: (day: string, due: string) => `${day}决定，期限${due}：`,
  explained: (n: number) => (n === 0 ? '责任单位尚未作出说明。' : `责任单位已作出说明和报告${n}次。`),
  worksOf: { yes: '正常使用', partly: '部分正常', no: '未能使用' },
  notVisited: '尚未回访',
  ofLookBacks: (visited: number, all: number, not: number) =>
    `${all}件项目中已回访${visited}件${not > 0 ? `，其中${not}件不能正常使用` : ''}。`,
  states: { open: '待答复', answered: '待复核', closed: '已销号' },
  past: '已逾期',
  inspection: {
    inquiry: zhOf(INSPECTION_TERMS.inquiry),
    inspection: zhOf(INSPECTION_TERMS.inspection),
    hearing: zhOf(INSPECTION_TERMS.hearing),
  },
  change: {
    changed: zhOf(CHANGE_TERMS.changed),
    suspended: zhOf(CHANGE_TERMS.suspended),
    resumed: zhOf(CHANGE_TERMS.resumed),
    ended: zhOf(CHANGE_TERMS.ended),
  },
  rounding: '金额单位为万元，四舍五入至百元；合计由分计算。',
  // What every document says of itself.
  figuresAs: (day: string, seq: number, hash: string) =>
    `本文件的数据由项目库账本自动计算，截至${day}，账本第${seq}条（${hash}）。文字由发文机关撰写。`,
  corrects: (document: string) => `本文件更正并代替${document}号文件。`,
  printOf: (document: string) => `文件编号 ${document}，全文指纹（SHA-256）`,
  salutation: (body: string) => `${body}：`,
  closing: '专此函告。',
  yearOf: (year: string) => `${year}年`,
};

const en: typeof zh = {
  comma: ', ',
  space: ' ',
  stop: '; ',
  yuan: (fen) => `${inWan(fen)} × 10,000 yuan`,
  sums: 'All in all',
  projects: { list: 'Project by project', behind: 'Project by project, the most behind first' },
  late: 'Bodies whose reports are overdue',
  unfinished: { past: 'Parts past their deadline and not done', all: 'Parts not done' },
  findings: 'Problems found, and the answers',
  inspections: 'Inquiries and inspections',
  changes: 'Changed, suspended, ended',
  shrunk: 'What has shrunk since the vote',
  money: 'Money',
  grades: 'Appraisal',
  rectification: 'What is to be put right',
  'look-backs': 'Looked at again',
  problems: 'Problems',
  next: 'Next steps',
  number: 'No.',
  project: 'Project',
  part: 'Part',
  lead: 'Lead body',
  light: 'Light',
  progress: 'Progress',
  money3: 'Money\n(10,000 yuan)',
  finish: 'Due by',
  months: 'Months owed',
  problem: 'Problem',
  due: 'Due',
  answer: 'Answer',
  day: 'Day',
  what: 'What',
  content: 'About',
  decision: 'Decision',
  reason: 'Reason',
  promised: 'Promised at the vote',
  now: 'Now',
  source: 'Source',
  year: 'Year',
  category: 'Category',
  count: 'Projects / parts',
  total: 'Total',
  sum: 'Sum',
  grade: 'Grade',
  votes: 'Votes',
  rate: headed(TERMS.approval.en),
  works: 'Does it work',
  users: 'Who uses it',
  actual: (permille) => `done\u00A0${percentText(permille)}`,
  planned: (permille) => (permille === null ? 'no plan' : `planned\u00A0${percentText(permille)}`),
  since: (points) => `${signed(points)} since the last`,
  rank: (points) =>
    points > 0 ? `${points / 10} points behind` : points < 0 ? `${-points / 10} points ahead` : 'as planned',
  lightBefore: (before) => `was ${before}`,
  invested: (fen) => `total\u00A0${inWan(fen)}`,
  appropriated: (fen) => `given\u00A0${inWan(fen)}`,
  paid: (fen) => `paid\u00A0${inWan(fen)}`,
  doneOf: (done, parts) => `${done} of ${parts} parts done`,
  disputed: 'a figure is disputed',
  share: 'a share of a project above, counted there',
  gone: 'dropped',
  target: (quantity, unit, finish) => `${quantity} ${unit} by ${finish}`,
  none: {
    late: 'No report is overdue.',
    past: 'No part is past its deadline.',
    unfinished: 'Every part is done.',
    findings: 'No problem found by the groups is open.',
    inspections: 'There was no inquiry or inspection.',
    changes: 'Nothing was changed, suspended or ended.',
    shrunk: 'No target or date is less than was promised at the vote.',
  },
  ofSums: (s) =>
    [
      `${s.projects} projects with ${s.parts} parts, in total ${en.yuan(s.fen)}${s.fen === s.promisedFen ? '' : ` (at the vote ${en.yuan(s.promisedFen)})`}. `,
      `${en.yuan(s.appropriated)} appropriated, ${en.yuan(s.paid)} paid. Progress ${percentText(s.permille)}; ${s.done} projects are done. `,
      `Lights: ${s.lights.green} green, ${s.lights.yellow} yellow, ${s.lights.red} red, ${s.lights.grey} grey, ${s.lights.none} without.`,
      ...(s.disputedParts > 0
        ? [` Figures that the groups dispute: ${s.disputedParts}; of two the lower counts.`]
        : []),
      ...(s.linked > 0
        ? [
            ` ${s.linked} more are shares of projects of the register above, counted there and in none of these.`,
          ]
        : []),
    ].join(''),
  ofRule: (yellow, red) =>
    `Yellow from ${yellow / 10} points behind the plan; red from ${red / 10}, or past the deadline; grey while a report is overdue. Lights are computed of reports and plans, and set by nobody.`,
  ofBefore: (document) => `“Since the last” compares with document ${document}.`,
  ofGrades: (s, none) =>
    `${s.satisfied} ${GRADE_TERMS.satisfied.en}, ${s.basic} ${GRADE_TERMS.basic.en}, ${s.dissatisfied} ${GRADE_TERMS.dissatisfied.en}${none > 0 ? `, ${none} not appraised` : ''}.`,
  ungraded: 'not appraised',
  gradedBy: { congress: 'the congress', 'standing-committee': 'the standing committee' },
  gradedHow: { bundle: 'voted in the hall', paper: 'on paper' },
  votesOf: (g) =>
    `${GRADE_TERMS.satisfied.en} ${g.satisfied}\n${GRADE_TERMS.basic.en} ${g.basic}\n${GRADE_TERMS.dissatisfied.en} ${g.dissatisfied}\n${GRADE_TERMS['dont-know'].en} ${g.dontKnow}`,
  basisOf: (cast, roll) => `${cast} voted\n${roll} on the roll`,
  why: (title, since, counts) =>
    counts
      ? `“${title}” was graded ${GRADE_TERMS.dissatisfied.en} in the appraisal of ${since} (${counts.cast} voted: ${counts.satisfied} ${GRADE_TERMS.satisfied.en}, ${counts.basic} ${GRADE_TERMS.basic.en}, ${counts.dissatisfied} ${GRADE_TERMS.dissatisfied.en}).`
      : `“${title}” has been ordered to be put right since ${since}.`,
  ground:
    'By the rules under which deputies choose the livelihood projects, a project that is graded dissatisfied or is not finished in time obliges the government to explain and to put it right, in public, until it is appraised again or accepted.',
  must: (lead, due) =>
    `${lead} is to explain in writing by ${due}, saying what will be done and by when, and to put it right in that time.`,
  orderOf: (day, due) => `Decided on ${day}, due by ${due}: `,
  explained: (n) =>
    n === 0 ? 'The lead body has not explained yet.' : `The lead body has explained or reported ${n} times.`,
  worksOf: { yes: 'works', partly: 'works in part', no: 'does not work' },
  notVisited: 'not looked at yet',
  ofLookBacks: (visited, all, not) =>
    `${visited} of ${all} projects were looked at again${not > 0 ? `; ${not} of them do not work as they should` : ''}.`,
  states: { open: 'to be answered', answered: 'to be looked at', closed: 'closed' },
  past: 'past its date',
  inspection: { inquiry: 'special inquiry', inspection: 'inspection', hearing: 'hearing' },
  change: { changed: 'changed', suspended: 'suspended', resumed: 'resumed', ended: 'ended' },
  rounding: 'Amounts in 10,000 yuan are rounded to 100 yuan; sums are computed from fen.',
  figuresAs: (day, seq, hash) =>
    `The figures were computed from the ledger of the register on ${day}, behind its entry ${seq} (${hash}). The words are those of the office that issues it.`,
  corrects: (document) => `This document corrects and replaces ${document}.`,
  printOf: (document) => `Document ${document}; fingerprint of its text (SHA-256)`,
  salutation: (body) => `${body},`,
  closing: 'Please take note and act accordingly.',
  yearOf: (year) => year,
};

/** Points of a hundred of a difference in ‰, with its sign. */
const signed = (permille: number): string =>
  permille === 0 ? '±0' : `${permille > 0 ? '+' : '−'}${Math.abs(permille) / 10}`;

export type NoticeSaid = typeof zh;
export const NOTICE_SAID: Readonly<Record<Language, NoticeSaid>> = { zh, en };
