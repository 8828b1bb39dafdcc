import type { Language } from '../../../../shared/protocol/ids.ts';
import { thumbprint } from '../../../../shared/protocol/keys.ts';
import { asLine } from '../../../bundle/verify/as-line.ts';
import { figureLines } from './report.ts';
import type { RegisterVerification } from './verify-bundle.ts';

const WORDS = {
  zh: {
    fine: '核验通过：台账公开部分的链、签名、清单、附件与各项合计均成立。',
    broken: '核验不通过。',
    first: (what: string) => `首个问题：${what}`,
    keyBits: (bits: number) =>
      bits < 256 ? `项目库公钥与所给指纹相符（只比对了 256 位中的 ${bits} 位）` : '项目库公钥与所给的相符',
    unchecked: (version: string) =>
      `！！！ 未核验：report.txt 由程序版本 ${version} 生成，本程序不能重新生成；以下由台账重新计算，以此为准。`,
    absent: (n: number) => `！！！ ${n} 份附件不在存证包中，请向项目库的公开网页索取：`,
    documents: (n: number) => `公布的文件 ${n} 份：所载数字均已按当时的台账重新计算，一致`,
    unread: (n: number) => `！！！ ${n} 份公布的文件未能重新计算：其正文或所比较的上期正文不在存证包中：`,
    hall: (manifest: string) => `会场存证包 ${manifest}：核验通过，所证结果与台账一致`,
    end: (seq: number) =>
      `台账到第 ${seq} 条为止。持有项目库密钥的人若截去其后的条目，包内看不出来：请与上级项目库记下的末条校验值核对。`,
  },
  en: {
    fine: 'Verified: chain, signatures, lists, attachments and sums of what is public in the ledger hold.',
    broken: 'NOT verified.',
    first: (what: string) => `First thing wrong: ${what}`,
    keyBits: (bits: number) =>
      bits < 256
        ? `Register’s key: as expected (only ${bits} of its 256 bits were compared)`
        : 'Register’s key: as expected',
    unchecked: (version: string) =>
      `!!! UNCHECKED: report.txt was written by program version ${version} and cannot be made again by this one. Go by what follows, computed from the ledger.`,
    absent: (n: number) =>
      `!!! ${n} attachments are not in the bundle; ask the register’s public pages for them:`,
    documents: (n: number) =>
      n === 1
        ? 'One published document: its figures were made again of the ledger as it stood then, and are the same'
        : `${n} published documents: their figures were made again of the ledger as it stood then, and are the same`,
    unread: (n: number) =>
      `!!! ${n} published documents could not be made again, since their text or that of the one before is not in the bundle:`,
    hall: (manifest: string) =>
      `The hall’s bundle ${manifest}: verified, and it proves the result that was entered`,
    end: (seq: number) =>
      `The ledger ends at entry ${seq}. Where who holds the register’s key has cut off later ones, nothing in the bundle shows it: compare its last hash with the one that the register above has noted.`,
  },
} as const;

/** A verification in words. @param halls manifests of the halls’ bundles that lay beside, all of which hold. */
export function registerSummary(
  verification: RegisterVerification,
  halls: readonly string[],
  language: Language,
): string {
  const words = WORDS[language];
  if (!verification.ok)
    return [words.broken, words.first(verification.fault.text[language]), ''].map(asLine).join('\n');
  const { figures, reportBy, absent, documents, keyBits } = verification;
  const { recomputed, unread } = documents;
  return [
    ...(reportBy === null ? [] : [words.unchecked(reportBy)]),
    ...(absent.length === 0 ? [] : [words.absent(absent.length), ...absent.map((hash) => `  ${hash}`)]),
    ...(unread.length === 0
      ? []
      : [words.unread(unread.length), ...unread.map((document) => `  ${document}`)]),
    words.fine,
    ...(recomputed === 0 ? [] : [words.documents(recomputed)]),
    ...(keyBits === null ? [] : [words.keyBits(keyBits)]),
    ...halls.map(words.hall),
    '',
    ...figureLines(figures, language),
    '',
    words.end(figures.seq),
    '',
  ]
    .map(asLine)
    .join('\n');
}

/** The same for machines. */
export function registerSummaryJson(verification: RegisterVerification, halls: readonly string[]): string {
  if (!verification.ok) return `${JSON.stringify({ ok: false, broken: verification.fault })}\n`;
  const { figures, reportBy, absent, documents, keyBits } = verification;
  return `${JSON.stringify({
    ok: true,
    ...figures,
    kid: thumbprint(figures.key),
    reportBy,
    unchecked: reportBy === null ? [] : ['report.txt'],
    absent,
    documents,
    keyBits,
    halls,
  })}\n`;
}
