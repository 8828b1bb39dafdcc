import { fromBase64url, sha256Base64url } from '../../../shared/protocol/bytes.ts';
import { MAX_SEALED_MESSAGE_LENGTH, type ParsedJws, parseJws } from '../../../shared/protocol/jws.ts';
import { FromTerminal } from '../../../shared/protocol/messages.ts';
import type { Reason } from '../../../shared/protocol/reasons.ts';
import { isForLedger, keptBytes, type OwnEntry } from '../../sitting/entries.ts';
import { hasCardMac, judge } from '../../sitting/judge.ts';
import type { Sitting } from '../../sitting/state.ts';

type Refused = Extract<OwnEntry, { typ: 'refused' }>;

/**
 * Reasons that lie in the connection a message came by, of which the ledger does not tell: they have to be believed.
 * `another-terminal` and `not-allowed`: it came by one on which it is none; `too-many`: by one that was cut;
 * `wrong-certificate`: by one that showed none that is good here.
 */
export const BELIEVED: ReadonlySet<Reason> = new Set([
  'another-terminal',
  'wrong-certificate',
  'not-allowed',
  'too-many',
]);

/** Reasons that no message has which can be read as one. */
export const UNREADABLE: ReadonlySet<Reason> = new Set(['malformed', 'oversized', 'unknown-version']);

/**
 * Reasons found before the signature was looked at, so that which of all that is wrong was found first does not matter: the
 * message must be one to refuse.
 */
export const OF_THE_KEY: ReadonlySet<Reason> = new Set(['not-enrolled', 'wrong-key']);

/**
 * Whether a refusal was due, as far as the ledger tells: a message kept whole must be refused at its place for the very
 * reason given, and a signature called wrong must not hold.
 */
export function isDueRefusal(
  state: Sitting,
  { reason, terminal, message: kept }: Refused,
  time: number,
  isSigned: (jws: ParsedJws, x: string) => boolean,
): boolean {
  if (BELIEVED.has(reason)) return true;
  const bytes = fromBase64url(kept);
  // One as long as what is kept may have lost its end.
  if (!bytes || bytes.length >= keptBytes(terminal)) return true;
  const text = Buffer.from(bytes).toString('latin1');
  const jws = parseJws(text, MAX_SEALED_MESSAGE_LENGTH);
  const says = FromTerminal.safeParse(jws?.payload);
  if (!jws || !says.success || !isForLedger(says.data)) return true;
  if (UNREADABLE.has(reason)) return false;
  const { data: message } = says;
  if (reason === 'wrong-signature') {
    const enrolled = state.terminals.get(message.terminal);
    return enrolled === undefined || !isSigned(jws, enrolled.key);
  }
  const authentic = { message, kid: jws.kid, digest: sha256Base64url(text) };
  const verdict = judge(state, authentic, time);
  if (verdict.kind === 'refuse') return verdict.reason === reason || OF_THE_KEY.has(reason);
  // The MAC of a tap is verified with a key no bundle holds: that it was wrong has to be believed.
  return verdict.kind === 'enter' && reason === 'wrong-card-proof' && hasCardMac(state, message);
}
