import { wanText } from '../../../../shared/projects/money.ts';
import { inLanguage, type Language } from '../../../../shared/protocol/ids.ts';
import { shortFingerprint, thumbprint } from '../../../../shared/protocol/keys.ts';
import { TERMS } from '../../../../shared/terms.ts';
import { asLine } from '../../../bundle/verify/as-line.ts';
import type { Sums } from '../../model/work/sums.ts';
import type { CycleFigures, Promised, RegisterFigures, VoteProof } from './figures.ts';

/** A hash as people compare it: its first digits in groups of four. */
const short = (hash: string): string => shortFingerprint(hash);

const WORDS = {
  zh: {
    entries: (seq: number) => `台账（公开部分）到第 ${seq} 条`,
    key: '项目库公钥指纹（请与公布的核对）',
    end: '末条校验值',
    cycle: ({ year, from, to }: CycleFigures) => `${year}年度（征集 ${from} 至 ${to}）`,
    noList: '清单尚未公布',
    list: ({ hash, places, candidates }: NonNullable<CycleFigures['list']>) =>
      `${TERMS.list.zh}：${candidates} 件中选 ${places} 件，校验值 ${short(hash)}`,
    withdrawn: (hash: string) => `已撤回的清单：校验值 ${short(hash)}`,
    notVoted: '尚未票决',
    bundle: ({ manifest, sitting, key }: Extract<VoteProof, { how: 'bundle' }>) =>
      `票决依据：会议 ${sitting} 的存证包（其文件清单校验值 ${short(manifest)}），主机公钥指纹 ${short(thumbprint(key))}`,
    paper: ({ sheet }: Extract<VoteProof, { how: 'paper' }>) => `纸质票决，签字结果单校验值 ${short(sheet)}`,
    votes: (votes: number, roll: number) => `${votes} / ${roll} 票`,
    sums: ({ projects, parts, fen }: Promised) => `${projects} 件 ${parts} 项，总投资 ${wanText(fen)} 万元`,
    one: (parts: number, fen: number) => `${parts} 项 ${wanText(fen)} 万元`,
    yearly: (fen: number) => `其中当年投资 ${wanText(fen)} 万元`,
    works: ({ projects, parts, fen, appropriated, paid, permille }: Sums) =>
      `现在 ${projects} 件 ${parts} 项，总投资 ${wanText(fen)} 万元，到位 ${wanText(appropriated)} 万元，支付 ${wanText(paid)} 万元，进度 ${permille / 10}%`,
    lights: ({ lights, disputedParts }: Sums, day: string) =>
      `${day} 亮灯：绿 ${lights.green} 黄 ${lights.yellow} 红 ${lights.red} 灰 ${lights.grey} 未亮 ${lights.none}；数据有争议 ${disputedParts} 项`,
    grades: ({ grades }: Sums) =>
      `测评：满意 ${grades.satisfied} 件，基本满意 ${grades.basic} 件，不满意 ${grades.dissatisfied} 件`,
    linked: ({ linked: { projects, parts, fen } }: Sums) =>
      `另有他级项目的分担部分 ${projects} 件 ${parts} 项 ${wanText(fen)} 万元，计入其项目，不在以上合计内`,
    all: '历年票决项目合计',
    proposals: ({ wordings, answers }: RegisterFigures) =>
      `公开建议 ${wordings} 件，已公布答复 ${answers} 件`,
  },
  en: {
    entries: (seq: number) => `Ledger (what is public of it) up to entry ${seq}`,
    key: 'Register’s key (compare with the one that was published)',
    end: 'Hash of the last entry',
    cycle: ({ year, from, to }: CycleFigures) => `${year} (collected from ${from} to ${to})`,
    noList: 'no list is frozen yet',
    list: ({ hash, places, candidates }: NonNullable<CycleFigures['list']>) =>
      `${TERMS.list.en}: ${places} of ${candidates}, hash ${short(hash)}`,
    withdrawn: (hash: string) => `a list that was withdrawn: hash ${short(hash)}`,
    notVoted: 'not voted on yet',
    bundle: ({ manifest, sitting, key }: Extract<VoteProof, { how: 'bundle' }>) =>
      `voted on in the sitting ${sitting}: manifest of its bundle ${short(manifest)}, coordinator’s key ${short(thumbprint(key))}`,
    paper: ({ sheet }: Extract<VoteProof, { how: 'paper' }>) =>
      `voted on by paper, hash of the signed sheet ${short(sheet)}`,
    votes: (votes: number, roll: number) => `${votes} votes of ${roll}`,
    sums: ({ projects, parts, fen }: Promised) =>
      `${projects} projects, ${parts} parts, total investment ${wanText(fen)} × 10,000 yuan`,
    one: (parts: number, fen: number) => `${parts} parts, ${wanText(fen)} × 10,000 yuan`,
    yearly: (fen: number) => `of it in the year itself ${wanText(fen)} × 10,000 yuan`,
    works: ({ projects, parts, fen, appropriated, paid, permille }: Sums) =>
      `now ${projects} projects, ${parts} parts, total investment ${wanText(fen)}, appropriated ${wanText(appropriated)}, paid ${wanText(paid)} × 10,000 yuan, progress ${permille / 10}%`,
    lights: ({ lights, disputedParts }: Sums, day: string) =>
      `lights on ${day}: green ${lights.green}, yellow ${lights.yellow}, red ${lights.red}, grey ${lights.grey}, none ${lights.none}; disputed parts ${disputedParts}`,
    grades: ({ grades }: Sums) =>
      `graded: satisfied ${grades.satisfied}, basic ${grades.basic}, dissatisfied ${grades.dissatisfied}`,
    linked: ({ linked: { projects, parts, fen } }: Sums) =>
      `beside these, shares of another register’s projects, counted there: ${projects} projects, ${parts} parts, ${wanText(fen)} × 10,000 yuan`,
    all: 'All that was chosen, over the years',
    proposals: ({ wordings, answers }: RegisterFigures) =>
      `${wordings} proposals are public, ${answers} answers released`,
  },
} as const;

function worksLines(works: Sums, day: string, language: Language): string[] {
  const words = WORDS[language];
  const isGraded = Object.values(works.grades).some((count) => count > 0);
  return [
    words.works(works),
    words.lights(works, day),
    ...(isGraded ? [words.grades(works)] : []),
    ...(works.linked.projects > 0 ? [words.linked(works)] : []),
  ];
}

function cycleLines(cycle: CycleFigures, day: string, language: Language): string[] {
  const words = WORDS[language];
  const { list, withdrawn, vote, chosen, yearFen, works } = cycle;
  const proof = vote?.how === 'bundle' ? words.bundle(vote) : vote ? words.paper(vote) : words.notVoted;
  return [
    words.cycle(cycle),
    ...withdrawn.map((hash) => `  ${words.withdrawn(hash)}`),
    ...(list ? [`  ${words.list(list)}`, `  ${proof}`] : [`  ${words.noList}`]),
    ...chosen.map(
      ({ project, title, parts, fen, votes, roll }) =>
        `    ${project}  ${inLanguage(title, language)}  ${words.votes(votes, roll)}  ${words.one(parts, fen)}`,
    ),
    ...(vote ? [`  ${words.sums(cycle)}`, `  ${words.yearly(yearFen)}`] : []),
    ...(vote ? worksLines(works, day, language).map((line) => `  ${line}`) : []),
    '',
  ];
}

/** What a feed comes to, for people, in one language. */
export function figureLines(figures: RegisterFigures, language: Language): string[] {
  const words = WORDS[language];
  return [
    `${inLanguage(figures.name, language)}  ${inLanguage(figures.congress, language)}`,
    words.entries(figures.seq),
    `${words.key}: ${short(thumbprint(figures.key))}`,
    `${words.end}: ${short(figures.hash)}`,
    '',
    ...figures.cycles.flatMap((cycle) => cycleLines(cycle, figures.day, language)),
    `${words.all}: ${words.sums(figures.chosen)}`,
    ...worksLines(figures.works, figures.day, language),
    words.proposals(figures),
  ].map(asLine);
}

/** `report.txt`: the figures in both languages. */
export const reportText = (figures: RegisterFigures): string =>
  `${[...figureLines(figures, 'zh'), '', '————', '', ...figureLines(figures, 'en')].join('\n')}\n`;

/** `report.json`: the same for machines. */
export const reportJson = (figures: RegisterFigures): string => `${JSON.stringify(figures, null, 2)}\n`;
