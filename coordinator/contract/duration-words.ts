import type { Language } from '../../shared/protocol/ids.ts';

/** How long `seconds` are, in whole minutes where that is exact: `2 分钟`, `2 min`, `90 秒`, `90 s`. */
export function durationWords(seconds: number, language: Language): string {
  const minutes = seconds / 60;
  if (Number.isInteger(minutes)) return language === 'zh' ? `${minutes} 分钟` : `${minutes} min`;
  return language === 'zh' ? `${seconds} 秒` : `${seconds} s`;
}
