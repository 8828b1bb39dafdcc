import Database from 'better-sqlite3';
import { z } from 'zod';
import { parseJwsOfAnyLength } from '../../shared/protocol/jws.ts';
import type { Cast } from './honest-fleet.ts';

const Entry = z.object({ seq: z.number(), hash: z.string(), body: z.string() });
const Identified = z.object({ id: z.string(), terminal: z.string() });

/** Refusals that an honest seat may get: its vote was over when the ballot came. */
const FAIR = new Set(['too-late', 'no-vote-open', 'another-round']);

/** What the ledger at `file` says of ballots, by the ballot's id. */
function ballotsIn(file: string): Map<string, { seq: number; hash: string }[]> {
  const ballots = new Map<string, { seq: number; hash: string }[]>();
  const db = new Database(file, { readonly: true });
  try {
    for (const row of db.prepare("SELECT seq, hash, body FROM entries WHERE type = 'ballot'").iterate()) {
      const { seq, hash, body } = Entry.parse(row);
      const { id } = Identified.parse(parseJwsOfAnyLength(body)?.payload);
      ballots.set(id, [...(ballots.get(id) ?? []), { seq, hash }]);
    }
  } finally {
    db.close();
  }
  return ballots;
}

/**
 * What is wrong between what honest seats hold and what the ledger at `file` says, a line each. `isOver`: everything cast
 * must have had its answer; otherwise only what a receipt promises is looked at.
 */
export function lostOrDoubled(file: string, casts: Iterable<Cast>, isOver: boolean): string[] {
  const ballots = ballotsIn(file);
  const found: string[] = [];
  for (const { id, round, receipt, refusal } of casts) {
    const held = ballots.get(id) ?? [];
    if (held.length > 1) found.push(`ballot ${id} (${round}) stands in the ledger ${held.length} times`);
    if (receipt && !held.some(({ seq, hash }) => seq === receipt.seq && hash === receipt.hash))
      found.push(`ballot ${id} (${round}) has a receipt for entry ${receipt.seq} and is not there`);
    if (isOver && !receipt && refusal === null) found.push(`ballot ${id} (${round}) has had no answer`);
    if (refusal !== null && !FAIR.has(refusal)) found.push(`ballot ${id} (${round}) was refused: ${refusal}`);
  }
  return found;
}
