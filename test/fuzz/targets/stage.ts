import { replay } from '../../../coordinator/sitting/chronicle.ts';
import { isMessageEntryType } from '../../../coordinator/sitting/entries.ts';
import type { Sitting } from '../../../coordinator/sitting/state.ts';
import { nodeSigner } from '../../../shared/protocol/ed25519-node.ts';
import { parseJwsOfAnyLength, type Signer } from '../../../shared/protocol/jws.ts';
import type { LedgerRow } from '../../../shared/protocol/ledger-hash.ts';
import { itemisedLedger } from '../../support/itemised-sample.ts';
import { type SampleLedger, sampleLedger } from '../../support/sample-ledger.ts';
import { scrutineersLedger, secretLedger } from '../../support/secret-sample.ts';
import { once } from '../once.ts';

/** Sittings that were played, to be stepped into at any entry: an open vote, a secret one, before and after. */

export interface Play extends SampleLedger {
  readonly coordinator: Signer;
  /** By terminal; what names none of them is signed by the first. */
  readonly signerOf: (terminal: unknown) => Signer;
  /** The sitting before entry `seq`. */
  readonly before: (seq: number) => Sitting;
}

/** A play that can be stepped into. */
export function stepped(ledger: SampleLedger): Play {
  const signers = new Map(ledger.seats.map(({ terminal, key }) => [terminal, nodeSigner(key)]));
  const [first] = signers.values();
  if (!first) throw new Error('there is a seat');
  const states = new Map<number, Sitting>();
  return {
    ...ledger,
    coordinator: nodeSigner(ledger.key),
    signerOf: (terminal) => (typeof terminal === 'string' && signers.get(terminal)) || first,
    before: (seq) => {
      const state = states.get(seq) ?? replay(ledger.rows.slice(0, seq - 1));
      states.set(seq, state);
      return state;
    },
  };
}

export const openPlay = once(() => stepped(sampleLedger()));
export const secretPlay = once(() => stepped(secretLedger()));

export const itemisedPlay = once(() => stepped(itemisedLedger()));

const scrutineersPlay = once(() => stepped(scrutineersLedger()));
const PLAYS: Readonly<Record<string, () => Play>> = {
  o: openPlay,
  s: secretPlay,
  c: scrutineersPlay,
  i: itemisedPlay,
};

const HEAD = /^([osci])(\d{1,3})\n/;

/** A place in one of the plays and what happens there: `o<seq>`, `s<seq>`, `c<seq>` or `i<seq>`, a line break, then the text. */
export function placed(
  text: string,
): { readonly play: Play; readonly row: LedgerRow; readonly rest: string } | null {
  const [head, which, seq] = HEAD.exec(text) ?? [];
  if (head === undefined) return null;
  const play = PLAYS[which ?? '']?.();
  const row = play?.rows[Number(seq) - 1];
  return play && row ? { play, row, rest: text.slice(head.length) } : null;
}

/** The hash of the entry that opened a vote is another where anything before it is. */
const OPENING = /"opening":"[0-9a-f]{64}"/;
const OPENED = '"opening":"@opening"';

/** The text with the opening of the round in hand at this place. */
export const withOpening = (text: string, play: Play, seq: number): string =>
  text.replaceAll('@opening', play.before(seq).current?.opening ?? '');

/** The payloads of a play's messages as {@link placed} reads them: `each` of a kind at the most. */
export function placedMessages(
  which: 'o' | 's' | 'i',
  types: readonly string[],
  each: number,
): Record<string, string> {
  const play = { o: openPlay, s: secretPlay, i: itemisedPlay }[which]();
  const found: Record<string, string> = {};
  for (const type of types.filter(isMessageEntryType)) {
    const rows = play.rows.filter((row) => row.type === type);
    const step = Math.max(1, Math.floor(rows.length / each));
    for (const { seq, body } of rows.filter((_, i) => i % step === 0).slice(0, each))
      found[`${type}-${which}${seq}`] =
        `${which}${seq}\n${JSON.stringify(parseJwsOfAnyLength(body)?.payload).replace(OPENING, OPENED)}`;
  }
  return found;
}
