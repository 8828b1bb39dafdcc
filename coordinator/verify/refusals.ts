import { fromBase64url, sha256Base64url } from '../../shared/bytes.ts';
import { type ParsedJws, parseJws } from '../../shared/jws.ts';
import { FromTerminal } from '../../shared/messages.ts';
import type { Reason } from '../../shared/reasons.ts';
import { isForLedger, keptBytes, type OwnEntry } from '../ledger/entries.ts';
import { hasCardMac, judge } from '../sitting/judge.ts';
import type { Sitting } from '../sitting/state.ts';

type Refused = Extract<OwnEntry, { typ: 'refused' }>;

/**
 * Reasons found before a message is judged: by the length, form and sender of what arrived, in a connection the
 * ledger does not tell of, or against keys that may have changed since. They cannot be judged again.
 */
export const BEFORE_JUDGEMENT: ReadonlySet<Reason> = new Set([
  'malformed',
  'oversized',
  'unknown-version',
  'wrong-key',
  'not-enrolled',
  'another-terminal',
  'not-allowed',
  'too-many',
]);

/**
 * Whether a refusal was due, as far as the ledger tells: a check-in or ballot kept whole must be refused at its
 * place for the very reason given, and a signature called wrong must not hold.
 */
export function isDueRefusal(
  state: Sitting,
  { reason, terminal, message: kept }: Refused,
  time: number,
  isSigned: (jws: ParsedJws, x: string) => boolean,
): boolean {
  if (BEFORE_JUDGEMENT.has(reason)) return true;
  const bytes = fromBase64url(kept);
  // One as long as what is kept may have lost its end.
  if (!bytes || bytes.length >= keptBytes(terminal)) return true;
  const text = Buffer.from(bytes).toString('latin1');
  const jws = parseJws(text);
  const says = FromTerminal.safeParse(jws?.payload);
  if (!jws || !says.success) return true;
  if (reason === 'wrong-signature') {
    const enrolled = state.terminals.get(says.data.terminal);
    return enrolled === undefined || !isSigned(jws, enrolled.key);
  }
  const { data: message } = says;
  if (!isForLedger(message)) return true;
  const authentic = { message, kid: jws.kid, digest: sha256Base64url(text) };
  const verdict = judge(state, authentic, time);
  if (verdict.kind === 'refuse') return verdict.reason === reason;
  // The MAC of a tap is verified with a key no bundle holds: that it was wrong has to be believed.
  return verdict.kind === 'enter' && reason === 'wrong-card-proof' && hasCardMac(state, message);
}
