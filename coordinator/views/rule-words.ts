import type { Fraction, Threshold } from '../../shared/fraction.ts';
import type { Language } from '../../shared/ids.ts';
import type { Basis } from '../../shared/kinds/common.ts';
import type { Motion } from '../../shared/kinds/kinds.ts';

/** The rules of a motion in words, for displays, consoles and reports alike. */

const KINDS = {
  decision: { zh: '表决', en: 'Decision' },
  selection: { zh: '差额票决', en: 'Selection' },
  appraisal: { zh: '满意度测评', en: 'Appraisal' },
} as const;

const BASES: Record<Basis, { zh: string; en: string }> = {
  roll: { zh: '全体代表', en: 'the whole roll' },
  present: { zh: '实到代表', en: 'those present' },
  cast: { zh: '有效票', en: 'votes cast' },
};

export function kindWords(motion: Motion, language: Language): string {
  return KINDS[motion.kind][language];
}

export function basisWords(basis: Basis, language: Language): string {
  return BASES[basis][language];
}

/** `过半数`, `三分之二以上`-like words for a threshold of `basis`. */
export function thresholdWords(threshold: Threshold, basis: Basis, language: Language): string {
  const { kind, num, den } = threshold;
  const of = BASES[basis][language];
  if (language === 'en') return `${kind === 'more-than' ? 'more than' : 'at least'} ${num}/${den} of ${of}`;
  if (num === 1 && den === 2 && kind === 'more-than') return `${of}过半数`;
  return kind === 'more-than' ? `超过${of}的 ${num}/${den}` : `不少于${of}的 ${num}/${den}`;
}

export function quorumWords({ num, den }: Fraction, language: Language): string {
  return language === 'zh'
    ? `出席不少于全体代表的 ${num}/${den}`
    : `at least ${num}/${den} of the roll present`;
}

/** Everything that decides the motion, in short phrases. */
export function ruleWords(motion: Motion, language: Language): string[] {
  const zh = language === 'zh';
  const phrases = [
    kindWords(motion, language),
    motion.voting === 'open' ? (zh ? '记名' : 'open vote') : zh ? '无记名' : 'secret vote',
    motion.press === 'first'
      ? zh
        ? '首次按键有效'
        : 'first press counts'
      : zh
        ? '末次按键有效'
        : 'last press counts',
  ];
  if (motion.kind === 'selection')
    phrases.push(
      zh
        ? `${motion.candidates.length} 选 ${motion.places}`
        : `at most ${motion.places} of ${motion.candidates.length}`,
    );
  if (motion.threshold) phrases.push(thresholdWords(motion.threshold, motion.basis, language));
  else phrases.push(zh ? '得票多者入选' : 'more votes win');
  phrases.push(quorumWords(motion.quorum, language));
  if (motion.seconds !== null) phrases.push(zh ? `限时 ${motion.seconds} 秒` : `${motion.seconds} seconds`);
  return phrases;
}

/** A share in per cent with two decimals, rounded down, in whole-number arithmetic; `—` of nothing. */
export function percent(part: number, whole: number): string {
  if (whole === 0) return '—';
  const hundredths = Math.floor((part * 10_000) / whole);
  return `${Math.floor(hundredths / 100)}.${String(hundredths % 100).padStart(2, '0')}%`;
}
