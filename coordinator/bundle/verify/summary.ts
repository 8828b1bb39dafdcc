import { listNamed } from '../../../shared/kinds/motion-list.ts';
import { inLanguage, type Language } from '../../../shared/protocol/ids.ts';
import { shortFingerprint, thumbprint } from '../../../shared/protocol/keys.ts';
import { ATTENDANCE, PHASES, TERMS } from '../../../shared/terms.ts';
import { secrecyLine } from '../../contract/secrecy-words.ts';
import type { Round, Sitting } from '../../sitting/state.ts';
import { reported } from '../export/kinds/report-kind.ts';
import { reportKind } from '../export/kinds/report-kinds.ts';
import { asLine } from './as-line.ts';
import type { Broken } from './broken.ts';
import { PROBLEMS } from './problems.ts';
import type { Verification } from './verify.ts';

const WORDS = {
  zh: {
    fine: '核验通过：由已签名的表决票重新计算，全部结果一致。',
    broken: '核验不通过。',
    first: ({ entry, type }: Broken, what: string) =>
      `首个问题：${entry === null ? '存证包' : `账本第 ${entry} 条${type ? `（${type}）` : ''}`}：${what}`,
    unchecked: (version: string) => [
      '！！！ 未核验：report.html ！！！',
      `report.html 自称由程序版本 ${version} 生成，本程序不能重新生成它，其中的内容可能与账本不符，不得以它为准。`,
      `以下结果由账本重新计算，以此为准；要核验 report.html，请用版本 ${version} 的程序再核验一次。`,
    ],
    keyBits: (bits: number) =>
      bits < 256 ? `主机密钥与所给指纹相符（只比对了 256 位中的 ${bits} 位）` : '主机密钥与所给的相符',
    cut: (seq: number) =>
      `账本到第 ${seq} 条为止。持有主机密钥的人若截去其后的表决，包内看不出来：请核对末次校验码是否就是散会时大屏所示，并抽查终端回执。`,
    sitting: '会议',
    entries: '账本条数',
    key: '主机密钥指纹（请与会前公布的核对）',
    checkpoint: '末次账本校验码（请与大屏所示核对）',
    attendance: (present: number, roll: number) =>
      `${ATTENDANCE.present.zh} ${present} / ${ATTENDANCE.roll.zh} ${roll}`,
    byHand: `${TERMS.byHand.zh}，无票可复核`,
    none: '没有结果',
  },
  en: {
    fine: 'Verified: every result was computed again from the signed ballots and agrees.',
    broken: 'NOT verified.',
    first: ({ entry, type }: Broken, what: string) =>
      `First thing wrong: ${entry === null ? 'the bundle' : `ledger entry ${entry}${type ? ` (${type})` : ''}`}: ${what}`,
    unchecked: (version: string) => [
      '!!! UNCHECKED: report.html !!!',
      `report.html says it was written by program version ${version}; this program cannot make it again, and what it says may not be what the ledger says. Do not go by it.`,
      `Go by the results below, computed from the ledger; to check report.html too, verify once more with version ${version}.`,
    ],
    keyBits: (bits: number) =>
      bits < 256
        ? `Coordinator’s key: as expected (only ${bits} of its 256 bits were compared)`
        : 'Coordinator’s key: as expected',
    cut: (seq: number) =>
      `The ledger ends at entry ${seq}. Where who holds the coordinator’s key has cut off later votes, nothing in the bundle shows it: compare the last checkpoint with the one on the display when the sitting ended, and terminals’ receipts with the entries.`,
    sitting: 'Sitting',
    entries: 'Ledger entries',
    key: 'Coordinator’s key (compare with the one published before the sitting)',
    checkpoint: 'Last checkpoint (compare with the hall’s display)',
    attendance: (present: number, roll: number) => `present ${present} of ${roll}`,
    byHand: `${TERMS.byHand.en}, no ballots to recount`,
    none: 'no result',
  },
} as const;

function resultLines({ motion, result }: Round, language: Language): string[] {
  if (!result) return [WORDS[language].none];
  return reportKind(motion.kind).lines(reported(motion, result), language);
}

function roundLines(round: Round, sitting: Sitting, language: Language): string[] {
  const words = WORDS[language];
  const secrecy = secrecyLine(round, sitting, language);
  const marks = [
    round.rehearsal ? TERMS.rehearsal[language] : '',
    round.byHand ? words.byHand : '',
    PHASES[round.phase][language],
  ];
  const title = inLanguage(round.motion.title, language);
  const list = listNamed(round.motion);
  return [
    `  ${round.id}  ${title}  [${marks.filter((mark) => mark !== '').join(', ')}]`,
    ...resultLines(round, language).map((line) => `      ${line}`),
    ...(secrecy ? [`      ${secrecy}`] : []),
    ...(list === null ? [] : [`      ${TERMS.list[language]}: ${shortFingerprint(list)}`]),
  ];
}

function sittingLines(sitting: Sitting, language: Language): string[] {
  const words = WORDS[language];
  const { begun, checkpoint } = sitting;
  if (!begun) return [];
  return [
    `${words.sitting}: ${inLanguage(begun.congress, language)} ${inLanguage(begun.title, language)} (${begun.date})`,
    words.attendance(sitting.presence.size, sitting.deputies.size),
    `${words.entries}: ${sitting.head.seq}`,
    `${words.key}: ${shortFingerprint(thumbprint(begun.key))}`,
    ...(checkpoint ? [`${words.checkpoint}: ${shortFingerprint(checkpoint.hash)}`] : []),
    '',
    ...[...sitting.rounds.values()].flatMap((round) => roundLines(round, sitting, language)),
  ];
}

/** What is wrong, in one sentence. */
export function brokenWords({ problem, detail }: Broken, language: Language): string {
  const sentence = PROBLEMS[problem][language];
  if (!detail) return sentence;
  return language === 'zh' ? `${sentence}（${detail.zh}）` : `${sentence} (${detail.en})`;
}

/** The verification in words a clerk can read. */
export function summary(verification: Verification, language: Language): string {
  const words = WORDS[language];
  if (!verification.ok) {
    const { broken } = verification;
    return [words.broken, words.first(broken, brokenWords(broken, language)), ''].map(asLine).join('\n');
  }
  const { told, reportBy, keyBits } = verification;
  const warning = reportBy === null ? [] : [...words.unchecked(reportBy), ''];
  const key = keyBits === null ? [] : [words.keyBits(keyBits)];
  const end = words.cut(told.sitting.head.seq);
  return [...warning, words.fine, ...key, '', ...sittingLines(told.sitting, language), '', end, '']
    .map(asLine)
    .join('\n');
}

/** The verification for machines. */
export function summaryJson(verification: Verification): string {
  if (!verification.ok) {
    const { broken } = verification;
    const text = { zh: brokenWords(broken, 'zh'), en: brokenWords(broken, 'en') };
    return `${JSON.stringify({ ok: false, broken: { ...broken, text } })}\n`;
  }
  const { told, reportBy, keyBits } = verification;
  const { begun, head, rounds } = told.sitting;
  return `${JSON.stringify({
    ok: true,
    sitting: begun?.sitting,
    key: begun?.key,
    kid: thumbprint(begun?.key ?? ''),
    entries: head.seq,
    head: head.hash,
    reportBy,
    unchecked: reportBy === null ? [] : ['report.html'],
    keyBits,
    checkpoints: told.checkpoints,
    rounds: [...rounds.values()].map(({ id, motion, phase, rehearsal, byHand, result }) => ({
      round: id,
      phase,
      rehearsal,
      byHand,
      list: listNamed(motion),
      result,
    })),
  })}\n`;
}
