import { mkdirSync, readdirSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { importPublicKey, verifyJws } from '../shared/ed25519-node.ts';
import { MessageId } from '../shared/ids.ts';
import { parseJws } from '../shared/jws.ts';
import type { PublicIdentity } from '../shared/keys.ts';
import { Ballot } from '../shared/messages.ts';
import { UNFINISHED, writeDurably } from './durable-file.ts';

/** A cast ballot as it was signed. */
export interface Kept {
  readonly ballot: Ballot;
  readonly jws: string;
}

/**
 * The cast ballots that have neither a receipt nor a refusal. When `put` returns, the ballot survives
 * whatever the outbox promises to survive. At most one is kept for a deputy's vote in a round: a later
 * press takes the place of the earlier.
 *
 * Check-ins are not kept here: a deputy who stands at a seat that lost its power taps again, and a check-in
 * that comes to life minutes later might be another person's surprise.
 */
export interface Outbox {
  put(kept: Kept): void;
  remove(id: string): void;
  /** Everything kept, in the order of the presses. */
  all(): readonly Kept[];
}

function isSuperseded(held: Ballot, by: Ballot): boolean {
  return held.round === by.round && held.deputy === by.deputy && held.press < by.press;
}

function supersededBy(kept: Kept, all: readonly Kept[]): string[] {
  return all.filter((held) => isSuperseded(held.ballot, kept.ballot)).map((held) => held.ballot.id);
}

/** An outbox that lives as long as the process, for simulated seats. */
export function memoryOutbox(): Outbox {
  const held = new Map<string, Kept>();
  const all = () => [...held.values()].sort((a, b) => a.ballot.press - b.ballot.press);
  return {
    put: (kept) => {
      for (const id of supersededBy(kept, all())) held.delete(id);
      held.set(kept.ballot.id, kept);
    },
    remove: (id) => {
      held.delete(id);
    },
    all,
  };
}

const SUFFIX = '.jws';
const SET_ASIDE = 'unreadable';

/**
 * An outbox in `folder`, one file a ballot, that survives `kill -9` and power loss. What a power cut or a
 * failing disk made unreadable is moved to `unreadable/` and reported, and harms nothing else.
 */
export function diskOutbox(
  folder: string,
  self: PublicIdentity,
  report: (file: string, why: string) => void,
): Outbox {
  mkdirSync(join(folder, SET_ASIDE), { recursive: true, mode: 0o700 });
  const memory = memoryOutbox();
  const pathOf = (id: string) => join(folder, `${id}${SUFFIX}`);
  const drop = (id: string) => {
    memory.remove(id);
    // Not synced: if a power cut brings the file back, the ballot is sent again and answered again.
    rmSync(pathOf(id), { force: true });
  };

  for (const name of readdirSync(folder).filter((name) => name !== SET_ASIDE)) {
    const kept = readKept(join(folder, name), name, self);
    if (typeof kept === 'string') {
      renameSync(join(folder, name), join(folder, SET_ASIDE, name));
      report(join(folder, SET_ASIDE, name), kept);
    } else {
      for (const id of supersededBy(kept, memory.all())) drop(id);
      const newer = memory.all().some((held) => isSuperseded(kept.ballot, held.ballot));
      if (newer) drop(kept.ballot.id);
      else memory.put(kept);
    }
  }

  return {
    put: (kept) => {
      writeDurably(pathOf(kept.ballot.id), kept.jws);
      for (const id of supersededBy(kept, memory.all())) drop(id);
      memory.put(kept);
    },
    remove: drop,
    all: memory.all,
  };
}

/** The ballot in the file, or why it is none that this terminal signed. */
function readKept(path: string, name: string, self: PublicIdentity): Kept | string {
  if (name.endsWith(UNFINISHED)) return 'was being written when the power went; its ballot was never sent';
  const id = name.slice(0, -SUFFIX.length);
  if (!name.endsWith(SUFFIX) || !MessageId.safeParse(id).success) return 'is no ballot';
  const jws = readFileSync(path, 'utf8');
  const parsed = parseJws(jws);
  const key = importPublicKey(self.x);
  if (!parsed || !key || parsed.kid !== self.kid || !verifyJws(parsed, key)) {
    return 'is damaged or was signed with another key';
  }
  const ballot = Ballot.safeParse(parsed.payload);
  if (!ballot.success || ballot.data.id !== id) return 'is no ballot';
  return { ballot: ballot.data, jws };
}
