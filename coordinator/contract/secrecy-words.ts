import { isOpening } from '../../shared/belenios/opening.ts';
import type { Language } from '../../shared/protocol/ids.ts';
import type { Round, Sitting } from '../sitting/state.ts';

/** How a secret vote was kept secret, and by whom, in one sentence; null for an open one. */
export function secrecyLine(
  { sealed, ballots }: Round,
  { secrecy }: Sitting,
  language: Language,
): string | null {
  if (!sealed) return null;
  const { threshold, verificationKeys } = sealed.key.trustees;
  const zh = language === 'zh';
  if (threshold === null)
    return zh
      ? `无记名，密封票 ${ballots.size} 张；密钥由主机保管，保密只取决于主机`
      : `secret, ${ballots.size} sealed ballots; the coordinator held the key: secrecy rested on it alone`;
  const names = secrecy?.holder === 'scrutineers' ? secrecy.scrutineers.map(({ name }) => name) : [];
  const named = (owners: Iterable<number>) => [...owners].map((n) => names[n - 1] ?? String(n));
  const decrypted = named(sealed.shares.map(({ owner }) => owner));
  const signed = named(sealed.signed.keys());
  const audits = sealed.audits.length;
  const held = sealed.audits.filter((audit) => isOpening(sealed.election, audit.ballot, audit)).length;
  return zh
    ? `无记名，密封票 ${ballots.size} 张；密钥由 ${verificationKeys.length} 位监票人各自生成，任意 ${threshold} 位解密；解密：${decrypted.join('、') || '—'}；签字：${signed.join('、') || '—'}；公开检验 ${audits} 张，相符 ${held} 张`
    : `secret, ${ballots.size} sealed ballots; key made by ${verificationKeys.length} scrutineers, any ${threshold} decrypt; decrypted by ${decrypted.join(', ') || '—'}; signed by ${signed.join(', ') || '—'}; ${audits} ballots opened for audit, ${held} of them what the seat had said`;
}
