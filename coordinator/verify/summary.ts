import { inLanguage, type Language } from '../../shared/ids.ts';
import { shortFingerprint, thumbprint } from '../../shared/keys.ts';
import type { Round, Sitting } from '../sitting/state.ts';
import type { Verification } from './verify.ts';

const WORDS = {
  zh: {
    fine: '核验通过：由已签名的表决票重新计算，全部结果一致。',
    broken: '核验不通过。',
    first: (entry: number | null, what: string) =>
      `首个问题：${entry === null ? '存证包' : `账本第 ${entry} 条`}：${what}`,
    sitting: '会议',
    entries: '账本条数',
    key: '主机密钥指纹（请与会前公布的核对）',
    checkpoint: '末次账本校验码（请与大屏所示核对）',
    attendance: (present: number, roll: number) => `实到 ${present} / 应到 ${roll}`,
    rehearsal: '试表决',
    byHand: '人工录入',
    phases: { open: '进行中', closed: '未宣布', announced: '已宣布', voided: '作废' },
    none: '没有结果',
    passed: (yes: boolean) => (yes ? '通过' : '未通过'),
    selected: (ids: string) => `入选：${ids}`,
    decision: (f: number, a: number, b: number, n: number) => `赞成 ${f}  反对 ${a}  弃权 ${b}  未按键 ${n}`,
    accepted: (n: number, all: number) => `${all} 项中 ${n} 项达到满意`,
    runoff: (n: number) => `末位同票，待再次投票 ${n} 个名额`,
    open: (n: number) => `空缺 ${n} 个名额`,
  },
  en: {
    fine: 'Verified: every result was computed again from the signed ballots and agrees.',
    broken: 'NOT verified.',
    first: (entry: number | null, what: string) =>
      `First thing wrong: ${entry === null ? 'the bundle' : `ledger entry ${entry}`}: ${what}`,
    sitting: 'Sitting',
    entries: 'Ledger entries',
    key: 'Coordinator’s key (compare with the one published before the sitting)',
    checkpoint: 'Last checkpoint (compare with the hall’s display)',
    attendance: (present: number, roll: number) => `present ${present} of ${roll}`,
    rehearsal: 'rehearsal',
    byHand: 'entered by hand',
    phases: { open: 'open', closed: 'not announced', announced: 'announced', voided: 'void' },
    none: 'no result',
    passed: (yes: boolean) => (yes ? 'passed' : 'not passed'),
    selected: (ids: string) => `selected: ${ids}`,
    decision: (f: number, a: number, b: number, n: number) =>
      `for ${f}  against ${a}  abstain ${b}  not pressed ${n}`,
    accepted: (n: number, all: number) => `${n} of ${all} items accepted`,
    runoff: (n: number) => `tied at the last place: a runoff for ${n}`,
    open: (n: number) => `${n} places left open`,
  },
} as const;

function resultLines({ result }: Round, language: Language): string[] {
  const words = WORDS[language];
  if (!result) return [words.none];
  const { outcome, tally, notPressed } = result;
  switch (outcome.kind) {
    case 'decision':
      return tally.kind === 'decision'
        ? [
            `${words.decision(tally.for, tally.against, tally.abstain, notPressed)}  → ${words.passed(outcome.passed)}`,
          ]
        : [];
    case 'selection': {
      const selected = outcome.order.filter(({ standing }) => standing === 'selected');
      return [
        words.selected(selected.map(({ id, votes }) => `${id}(${votes})`).join(' ') || '—'),
        ...(outcome.runoffPlaces > 0 ? [words.runoff(outcome.runoffPlaces)] : []),
        ...(outcome.openPlaces > 0 ? [words.open(outcome.openPlaces)] : []),
      ];
    }
    case 'appraisal':
      return [words.accepted(outcome.items.filter(({ passed }) => passed).length, outcome.items.length)];
  }
}

function roundLines(round: Round, language: Language): string[] {
  const words = WORDS[language];
  const marks = [
    round.rehearsal ? words.rehearsal : '',
    round.byHand ? words.byHand : '',
    words.phases[round.phase],
  ];
  const title = inLanguage(round.motion.title, language);
  return [
    `  ${round.id}  ${title}  [${marks.filter((mark) => mark !== '').join(', ')}]`,
    ...resultLines(round, language).map((line) => `      ${line}`),
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
    ...[...sitting.rounds.values()].flatMap((round) => roundLines(round, language)),
  ];
}

/** The verification in words a clerk can read. */
export function summary(verification: Verification, language: Language): string {
  const words = WORDS[language];
  if (verification.ok)
    return [words.fine, '', ...sittingLines(verification.sitting, language), ''].join('\n');
  return [words.broken, words.first(verification.broken.entry, verification.broken.what), ''].join('\n');
}

/** The verification for machines. */
export function summaryJson(verification: Verification): string {
  if (!verification.ok) return `${JSON.stringify({ ok: false, broken: verification.broken })}\n`;
  const { begun, head, checkpoint, rounds } = verification.sitting;
  return `${JSON.stringify({
    ok: true,
    sitting: begun?.sitting,
    key: begun?.key,
    entries: head.seq,
    head: head.hash,
    checkpoint,
    rounds: [...rounds.values()].map(({ id, phase, rehearsal, byHand, result }) => ({
      round: id,
      phase,
      rehearsal,
      byHand,
      result,
    })),
  })}\n`;
}
