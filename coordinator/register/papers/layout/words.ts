import type { Language } from '../../../../shared/protocol/ids.ts';
import { headed, STANDINGS } from '../../../../shared/terms.ts';
import { shortened } from './text.ts';

type Count = { readonly votes: number; readonly roll: number } | null;

/** Everything that documents say of themselves. */
interface Said {
  // What tables and lines are called.
  readonly number: string;
  readonly project: string;
  readonly projectCode: string;
  readonly what: string;
  readonly totalWan: string;
  readonly wan: string;
  readonly finish: string;
  readonly lead: string;
  readonly co: string;
  readonly category: string;
  readonly beneficiaries: string;
  readonly content: string;
  readonly parts: string;
  readonly part: string;
  readonly place: string;
  readonly target: string;
  readonly moneyByYear: string;
  readonly source: string;
  readonly sum: string;
  readonly rounding: string;
  readonly from: string;
  readonly fromNone: string;
  readonly comma: string;
  readonly yearOf: (year: number) => string;
  readonly listHash: string;
  // The list.
  readonly bookletTitle: (cycle: number) => string;
  readonly listTitle: (cycle: number) => string;
  readonly chooseAtMost: (candidates: number, places: number) => string;
  readonly preface: (congress: string, cycle: number, candidates: number, places: number) => string;
  readonly projectsAndParts: (projects: number, parts: number) => string;
  readonly hashNote: (candidates: number, places: number) => string;
  readonly sheetOf: (congress: string, cycle: number) => string;
  // The ballot.
  readonly slipTitle: (cycle: number) => string;
  readonly instructions: (candidates: number, places: number) => readonly string[];
  readonly choose: string;
  // The receipt.
  readonly receipt: string;
  readonly code: string;
  readonly cycle: string;
  readonly received: string;
  readonly matter: string;
  readonly asked: string;
  readonly attachments: string;
  readonly pieces: (count: number) => string;
  readonly keepCode: string;
  readonly howToFollow: string;
  readonly follow: (address: string) => readonly string[];
  readonly privacy: string;
  // The answer. `isAnothers`: what is said of the proposal into which this one was merged.
  readonly answerHeading: (title: string | null, code: string) => readonly string[];
  readonly salutation: (name: string | null) => string;
  readonly thanks: (title: string | null, code: string, received: string) => string;
  readonly merged: (title: string | null, code: string) => string;
  readonly excluded: (ground: string, isAnothers: boolean) => string;
  readonly notAdopted: (cycle: number, isAnothers: boolean) => string;
  readonly reason: (reason: string) => string;
  readonly adopted: (cycle: number, project: string, isAnothers: boolean) => string;
  readonly yetToVote: (congress: string) => string;
  readonly voted: (
    congress: string,
    project: string,
    count: Count,
    isChosen: boolean,
    cycle: number,
  ) => string;
  readonly outcome: string;
  readonly standing: (isChosen: boolean, count: Count, how: 'bundle' | 'paper') => string;
  readonly listVotedOn: string;
  readonly proofHash: Record<'bundle' | 'paper', string>;
  /** Both are followed by the address, on a line of its own. */
  readonly verify: string;
  readonly followAt: (code: string) => string;
  readonly closing: string;
}

const standing = (isChosen: boolean, language: Language): string =>
  STANDINGS[isChosen ? 'selected' : 'outvoted'][language];

/** The longest title that a letter's own title repeats. */
const MOST_TITLE = 60;

const ZH: Said = {
  number: '序号',
  project: '项目名称',
  projectCode: '项目编号',
  what: '建设内容',
  totalWan: '总投资\n（万元）',
  wan: '资金\n（万元）',
  finish: '完成时限',
  lead: '责任单位',
  co: '配合单位',
  category: '类别',
  beneficiaries: '受益对象',
  content: '建设内容',
  parts: '子项目（项）',
  part: '子项目',
  place: '地点',
  target: '目标',
  moneyByYear: '资金来源与年度安排（万元）',
  source: '资金来源',
  sum: '合计',
  rounding: '金额四舍五入至百元，合计由分计算，与各数之和可能有微小出入。',
  from: '来自征集建议',
  fromNone: '无对应的征集建议',
  comma: '、',
  yearOf: (year) => `${year}年`,
  listHash: '候选项目清单指纹（SHA-256）',
  bookletTitle: (cycle) => `${cycle}年度民生实事候选项目册`,
  listTitle: (cycle) => `${cycle}年度民生实事候选项目清单`,
  chooseAtMost: (candidates, places) => `候选项目${candidates}件，应选${places}件`,
  preface: (congress, cycle, candidates, places) =>
    `现将${cycle}年度民生实事候选项目${candidates}件提请${congress}票决，从中选择不超过${places}件。各项目的内容、目标、资金、责任单位和完成时限见后附项目单。`,
  projectsAndParts: (projects, parts) => `${projects}件，${parts}项`,
  hashNote: (candidates, places) =>
    `本册由清单自动生成。以上指纹由候选项目${candidates}件、应选${places}件的清单全文算出：一字、一分、一日之差，指纹即不同。会议表决和存证包所载指纹应与此一致。`,
  sheetOf: (congress, cycle) => `${congress} ${cycle}年度民生实事候选项目`,
  slipTitle: (cycle) => `${cycle}年度民生实事项目表决票`,
  instructions: (candidates, places) => [
    `候选项目${candidates}件，应选${places}件。所选项目等于或少于${places}件的，本票有效；多于${places}件的，本票无效。`,
    '请在所选项目的“选”栏内画“○”；不选的项目不作任何标记。',
    '本票无记名，请勿署名，请勿作其他记号；字迹无法辨认的部分无效。',
  ],
  choose: '选',
  receipt: '民生实事征集建议回执',
  code: '建议编号',
  cycle: '征集年度',
  received: '收到日期',
  matter: '建议事项',
  asked: '内容摘要',
  attachments: '附件',
  pieces: (count) => `${count}件`,
  keepCode: '请妥善保存。凭编号可随时查询办理情况。',
  howToFollow: '如何查询',
  follow: (address) => [
    '用手机扫描二维码，直接打开本建议的办理页面；',
    `或打开 ${address} ，输入建议编号；`,
    '筛选结果统一发布后，答复即见于该页，也可向受理单位索取书面答复。',
  ],
  privacy: '姓名、电话和住址不公开，可要求删除；编号不含个人信息。',
  answerHeading: (title, code) => [
    title === null ? `关于${code}号` : `关于“${shortened(title, MOST_TITLE)}”`,
    '建议的答复',
  ],
  salutation: (name) => (name === null ? '建议人：' : `${name}：`),
  thanks: (title, code, received) =>
    `您于${received}提出的${title === null ? '建议' : `“${shortened(title, MOST_TITLE)}”的建议`}（编号${code}）收悉，感谢您对民生实事工作的关心和支持。经研究，现答复如下：`,
  merged: (title, code) =>
    `您的建议与${title === null ? '' : `“${shortened(title, MOST_TITLE)}”`}（编号${code}）事项相同或相近，已并入该建议一并办理。您的编号继续有效，可据此查询。`,
  excluded: (ground, isAnothers) =>
    `经审核，${isAnothers ? '该建议' : '您的建议'}属于不列入民生实事项目的情形：${ground}。`,
  notAdopted: (cycle, isAnothers) =>
    `经审核，${isAnothers ? '该建议' : '您的建议'}未采纳为${cycle}年度民生实事候选项目。`,
  reason: (reason) => `理由：${reason}`,
  adopted: (cycle, project, isAnothers) =>
    `${isAnothers ? '该建议' : '您的建议'}已采纳，纳入${cycle}年度民生实事候选项目“${project}”。`,
  yetToVote: (congress) => `候选项目将提请${congress}票决。票决结果产生后，可凭编号查询。`,
  voted: (congress, project, count, isChosen, cycle) =>
    `经${congress}票决，“${project}”${count === null ? '' : `得${count.votes}票（应到代表${count.roll}人），`}${standing(isChosen, 'zh')}${cycle}年度民生实事项目。`,
  outcome: '票决结果',
  standing: (isChosen, count, how) =>
    `${standing(isChosen, 'zh')}${count === null ? '' : `，${count.votes} / ${count.roll} 票`}${how === 'paper' ? '（纸质票决）' : ''}`,
  listVotedOn: '清单指纹',
  proofHash: { bundle: '存证包指纹', paper: '计票单指纹' },
  verify: '票决结果可以自行核验，方法和存证文件见：',
  followAt: (code) => `可凭编号${code}随时查询，网址：`,
  closing: '特此函复。',
};

const EN: Said = {
  number: 'No.',
  project: 'Project',
  projectCode: 'Code',
  what: 'What is built or done',
  totalWan: 'Total (10,000 yuan)',
  wan: '10,000 yuan',
  finish: 'Done by',
  lead: 'Lead body',
  co: 'With',
  category: 'Category',
  beneficiaries: 'For whom',
  content: 'What is built or done',
  parts: 'Parts',
  part: 'Part',
  place: 'Place',
  target: 'Target',
  moneyByYear: 'Money by source and year (10,000 yuan)',
  source: 'Source',
  sum: 'Sum',
  rounding:
    'Amounts are rounded to 100 yuan, sums are computed from fen: a column may differ from its sum in the last place.',
  from: 'From the proposals',
  fromNone: 'No proposal asked for it',
  comma: ', ',
  yearOf: (year) => String(year),
  listHash: 'Fingerprint of the list (SHA-256)',
  bookletTitle: (cycle) => `Candidates for the Livelihood Projects of ${cycle}`,
  listTitle: (cycle) => `List of Candidates for ${cycle}`,
  chooseAtMost: (candidates, places) => `${candidates} candidates for ${places} places`,
  preface: (congress, cycle, candidates, places) =>
    `${candidates} candidates for the livelihood projects of ${cycle} are put to the vote of ${congress}, which chooses at most ${places} of them. What each promises, its targets, money, bodies and dates stand on the sheets that follow.`,
  projectsAndParts: (projects, parts) => `${projects} projects, ${parts} parts`,
  hashNote: (candidates, places) =>
    `This booklet was made from the list. The fingerprint above is that of its whole text, ${candidates} candidates for ${places} places: a letter, a fen or a day more or less makes another one. The vote and its bundle must name the same.`,
  sheetOf: (congress, cycle) => `${congress} · candidate for ${cycle}`,
  slipTitle: (cycle) => `Ballot: Livelihood Projects of ${cycle}`,
  instructions: (candidates, places) => [
    `${candidates} candidates for ${places} places. A ballot that chooses ${places} or fewer is valid; one that chooses more is void.`,
    'Draw a circle in the last column beside each project that you choose; leave the others blank.',
    'The vote is secret: write no name and no other mark. What cannot be read does not count.',
  ],
  choose: 'Choose',
  receipt: 'Receipt for a Proposal',
  code: 'Code of your proposal',
  cycle: 'For the year',
  received: 'Received',
  matter: 'Matter',
  asked: 'In short',
  attachments: 'Attached',
  pieces: (count) => (count === 1 ? '1 file' : `${count} files`),
  keepCode: 'Keep it: with the code you can follow your proposal at any time.',
  howToFollow: 'How to follow it',
  follow: (address) => [
    'Scan the code with a telephone: it opens the page of your proposal;',
    `or open ${address} and type the code;`,
    'answers are released all together. Then yours stands on that page; the office also gives it on paper.',
  ],
  privacy:
    'Names, telephones and addresses are not published and are erased if you ask. The code says nothing of you.',
  answerHeading: (title, code) =>
    title === null
      ? ['Answer to Proposal ', code]
      : ['Answer to the Proposal ', `“${shortened(title, MOST_TITLE)}”`],
  salutation: (name) => (name === null ? 'To whoever proposed it:' : `Dear ${name},`),
  thanks: (title, code, received) =>
    `Thank you for your proposal ${title === null ? '' : `“${shortened(title, MOST_TITLE)}” `}(${code}) of ${received}. It has been considered, and this is the answer.`,
  merged: (title, code) =>
    `Yours asks for the same as, or much the same as, ${title === null ? 'the proposal' : `“${shortened(title, MOST_TITLE)}”`} (${code}) and has been merged into it. Your code stays valid.`,
  excluded: (ground, isAnothers) =>
    `${isAnothers ? 'That' : 'Your'} proposal falls under what is not put on the list of livelihood projects: ${ground}.`,
  notAdopted: (cycle, isAnothers) =>
    `${isAnothers ? 'That' : 'Your'} proposal has not been adopted among the candidates for ${cycle}.`,
  reason: (reason) => `The reason: ${reason}`,
  adopted: (cycle, project, isAnothers) =>
    `${isAnothers ? 'That' : 'Your'} proposal has been adopted: it is part of the candidate project “${project}” for ${cycle}.`,
  yetToVote: (congress) =>
    `The candidates will be put to the vote of ${congress}. The result will stand under your code.`,
  voted: (congress, project, count, isChosen, cycle) =>
    `${headed(congress)} has voted: “${project}” ${count === null ? '' : `got ${count.votes} votes of a roll of ${count.roll} deputies and `}was ${standing(isChosen, 'en')} among the livelihood projects of ${cycle}.`,
  outcome: 'Result',
  standing: (isChosen, count, how) =>
    `${standing(isChosen, 'en')}${count === null ? '' : `, ${count.votes} of ${count.roll}`}${how === 'paper' ? ' (on paper)' : ''}`,
  listVotedOn: 'Fingerprint of the list',
  proofHash: { bundle: 'Fingerprint of the bundle', paper: 'Fingerprint of the signed sheet' },
  verify: 'You can verify the result yourself; how, and the files for it, are at',
  followAt: (code) => `Under the code ${code} it can be followed at any time at`,
  closing: 'With thanks for your part in it.',
};

export const SAID: Readonly<Record<Language, Said>> = { zh: ZH, en: EN };

const DIGITS = '〇一二三四五六七八九';

/** The number of a section of a document: “一、” in Chinese, “1. ” in English. Up to 100, the most projects of a list. */
export function ordinal(n: number, language: Language): string {
  if (language === 'en') return `${n}. `;
  const [tens, ones] = [Math.floor(n / 10), n % 10];
  if (n === 100) return '一百、';
  const ten = tens === 0 ? '' : `${tens === 1 ? '' : DIGITS[tens]}十`;
  return `${ten}${ones === 0 ? '' : DIGITS[ones]}、`;
}
