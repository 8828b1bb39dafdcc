import { importPublicKey, verifyJws } from '../../shared/protocol/ed25519-node.ts';
import { MessageId } from '../../shared/protocol/ids.ts';
import { MAX_SEALED_MESSAGE_LENGTH, parseJws } from '../../shared/protocol/jws.ts';
import type { PublicIdentity } from '../../shared/protocol/keys.ts';
import { Ballot } from '../../shared/protocol/messages.ts';
import type { DiskFault } from '../../shared/protocol/seat-faults.ts';
import { DataError, type Disk } from '../machine/disk.ts';
import { UNFINISHED } from '../machine/files.ts';

/** A cast ballot as it was signed. */
export interface Kept {
  readonly ballot: Ballot;
  readonly jws: string;
}

/**
 * The cast ballots that have neither a receipt nor a refusal. When `put` gives null, the ballot
 * survives whatever the outbox promises to survive; when it gives a fault, the ballot was not taken and must not be sent. At most one is kept for a deputy's vote in a round: a later
 * press takes the place of the earlier.
 *
 * Check-ins are not kept here: a deputy who stands at a seat that lost its power taps again, and a check-in
 * that comes to life minutes later might be another person's surprise.
 */
export interface Outbox {
  put(kept: Kept): DiskFault | null;
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
      return null;
    },
    remove: (id) => {
      held.delete(id);
    },
    all,
  };
}

const FOLDER = 'outbox';
const SUFFIX = '.jws';
const SET_ASIDE = 'unreadable';
const inFolder = (name: string) => `${FOLDER}/${name}`;
const fileOf = (id: string) => inFolder(`${id}${SUFFIX}`);

/**
 * An outbox in the folder `outbox` of `disk`, one file a ballot, that survives `kill -9` and power loss. What a power cut
 * or a failing disk damaged is moved to `outbox/unreadable/` and reported, and harms nothing else.
 * @throws {DataError} where the folder is none or cannot be looked into: what it holds must not be passed over.
 */
export function diskOutbox(
  disk: Disk,
  self: PublicIdentity,
  report: (file: string, why: string) => void,
): Outbox {
  const memory = memoryOutbox();
  /** Files that are of no use any more and could not be removed yet. */
  const owed = new Set<string>();
  const erase = (id: string) => {
    owed.add(id);
    // Not synced: if a power cut brings a file back, its ballot is sent again and answered again.
    for (const each of owed) if (disk.remove(fileOf(each)) === null) owed.delete(each);
  };
  const drop = (id: string) => {
    memory.remove(id);
    erase(id);
  };
  const setAside = (name: string, why: string) => {
    const place = inFolder(`${SET_ASIDE}/${name}`);
    const isMoved =
      disk.makeFolder(inFolder(SET_ASIDE)) === null && disk.move(inFolder(name), place) === null;
    report(disk.path(isMoved ? place : inFolder(name)), why);
  };

  for (const name of namesIn(disk)) {
    const kept = readKept(disk, name, self);
    if ('ballot' in kept) {
      for (const id of supersededBy(kept, memory.all())) drop(id);
      const newer = memory.all().some((held) => isSuperseded(kept.ballot, held.ballot));
      if (newer) drop(kept.ballot.id);
      else memory.put(kept);
    } else if (kept.mayBeBallot)
      report(disk.path(inFolder(name)), `${kept.why}; it is tried again at the next start`);
    else setAside(name, kept.why);
  }

  return {
    put: (kept) => {
      const { id } = kept.ballot;
      const fault = disk.makeFolder(FOLDER) ?? disk.write(fileOf(id), kept.jws);
      if (fault !== null) {
        // It may stand there all the same, where only the folder could not be synced.
        erase(id);
        return fault;
      }
      for (const superseded of supersededBy(kept, memory.all())) drop(superseded);
      return memory.put(kept);
    },
    remove: drop,
    all: memory.all,
  };
}

/** The names of what may be ballots. */
function namesIn(disk: Disk): string[] {
  disk.makeFolder(FOLDER);
  const names = disk.list(FOLDER);
  if (names !== null) return names.filter((name) => name !== SET_ASIDE);
  // One that cannot be made holds nothing; whoever puts a ballot there is told why.
  const found = disk.read(FOLDER);
  if (found === null) return [];
  const why =
    'text' in found
      ? 'is a file where a folder belongs; move it away'
      : 'cannot be looked into; check the disk';
  throw new DataError(`${disk.path(FOLDER)}: ${why}`);
}

/** Why a file is no ballot; `mayBeBallot` where it only cannot be read now. */
interface Unread {
  readonly why: string;
  readonly mayBeBallot: boolean;
}

/** The ballot in the file, or why it is none that this terminal signed. */
function readKept(disk: Disk, name: string, self: PublicIdentity): Kept | Unread {
  const no = (why: string): Unread => ({ why, mayBeBallot: false });
  if (name.endsWith(UNFINISHED))
    return no('was being written when the power went; its ballot was never sent');
  const id = name.slice(0, -SUFFIX.length);
  if (!name.endsWith(SUFFIX) || !MessageId.safeParse(id).success) return no('is no ballot');
  const found = disk.read(inFolder(name));
  if (found === null) return no('is gone');
  if ('why' in found) return { why: found.why, mayBeBallot: !found.isFolder };
  const jws = found.text;
  const parsed = parseJws(jws, MAX_SEALED_MESSAGE_LENGTH);
  const key = importPublicKey(self.x);
  if (!parsed || !key || parsed.kid !== self.kid || !verifyJws(parsed, key)) {
    return no('is damaged or was signed with another key');
  }
  const ballot = Ballot.safeParse(parsed.payload);
  if (!ballot.success || ballot.data.id !== id) return no('is no ballot');
  return { ballot: ballot.data, jws };
}
