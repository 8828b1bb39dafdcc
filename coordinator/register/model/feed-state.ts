import { OrderedSet } from 'immutable';
import { sha256Hex } from '../../../shared/protocol/bytes.ts';
import { GENESIS, type LedgerRow } from '../../../shared/protocol/ledger-hash.ts';
import type { RegisterEntry, RegisterEntryType } from './entries.ts';

/** Whether everybody may read an entry as it stands, or is told its hash alone. */
export type Visibility = 'public' | 'redacted';

/**
 * Which entries the feed shows. What goes on in the offices, and whatever leads to a proposer or to who signed in when, is
 * redacted. A type never changes sides: the digest of every entry behind it was signed with the side that it was on.
 */
export const VISIBILITY = {
  begun: 'public',
  started: 'redacted',
  'staff-set': 'redacted',
  'vocabulary-set': 'public',
  'cycle-opened': 'public',
  received: 'redacted',
  'wording-cleared': 'public',
  classified: 'redacted',
  seconded: 'redacted',
  opinion: 'redacted',
  'decision-drafted': 'redacted',
  released: 'public',
  erased: 'redacted',
  'project-drafted': 'redacted',
  'project-changed': 'redacted',
  'project-dropped': 'redacted',
  'candidate-named': 'redacted',
  'candidate-withdrawn': 'redacted',
  'list-submitted': 'redacted',
  'list-frozen': 'public',
  'list-withdrawn': 'public',
  voted: 'public',
  'voted-on-paper': 'public',
  'signed-in': 'redacted',
  'signed-out': 'redacted',
  'sign-ins-failed': 'redacted',
  'code-given': 'redacted',
  'password-chosen': 'redacted',
  'authenticator-set': 'redacted',
  'sessions-ended': 'redacted',
  exported: 'redacted',
  'child-witnessed': 'public',
  checkpoint: 'public',
  // Projects that were chosen: all of it is done before everybody's eyes. What somebody says at a site is there as a salted hash.
  'rules-set': 'public',
  planned: 'public',
  reported: 'public',
  'group-appointed': 'public',
  visited: 'public',
  'figure-settled': 'public',
  found: 'public',
  'finding-answered': 'public',
  'finding-returned': 'public',
  'finding-closed': 'public',
  inspected: 'public',
  reminded: 'public',
  'change-asked': 'public',
  'change-refused': 'public',
  'change-decided': 'public',
  appraised: 'public',
  'appraised-on-paper': 'public',
  'rectification-ordered': 'public',
  explained: 'public',
  'rectification-accepted': 'public',
  'looked-back': 'public',
  published: 'public',
  spoken: 'public',
  'voice-cleared': 'public',
  'voice-answered': 'public',
  'voice-erased': 'public',
  linked: 'public',
} as const satisfies Record<RegisterEntryType, Visibility>;

type Redacted = {
  [T in RegisterEntryType]: (typeof VISIBILITY)[T] extends 'redacted' ? T : never;
}[RegisterEntryType];

/** How far a feed goes: its last entry, and the digest of all that it shows up to there. */
export interface FeedHead {
  readonly seq: number;
  readonly hash: string;
  readonly digest: string;
}

/**
 * What the ledger shows outside. `shown`: the feed ends with the last public entry: what is redacted behind it is told with
 * the next public one, so that a draft changes nothing outside and nothing stands in a feed that no signature covers.
 */
export interface FeedState {
  /** The digest of all entries so far. */
  readonly digest: string;
  readonly shown: FeedHead;
  /** Files that public entries speak of, by their hashes, in the order in which they came: with them, these are public. */
  readonly files: OrderedSet<string>;
}

const NOTHING: FeedHead = { seq: 0, hash: GENESIS, digest: GENESIS };
export const EMPTY_FEED: FeedState = { digest: GENESIS, shown: NOTHING, files: OrderedSet() };

/**
 * The digest of a feed with one entry more. Every entry is signed with the digest of all before it (`feed`), so that a reader
 * who sees only hashes of some knows all the same that none was left out, changed, or shown as a hash that was public.
 */
export const feedDigest = (before: string, visibility: Visibility, hash: string): string =>
  sha256Hex(`${before}\n${visibility}\n${hash}`);

/** The files that a public entry speaks of. What leads to a proposer is spoken of by none. */
export function filesNamed(says: RegisterEntry): readonly string[] {
  switch (says.typ) {
    case 'voted-on-paper':
      return [says.sheet];
    case 'appraised-on-paper':
      return [says.paper.sheet];
    case 'reported':
    case 'finding-answered':
    case 'explained':
      return says.evidence;
    case 'visited':
    case 'found':
    case 'looked-back':
      return says.photos;
    case 'inspected':
    case 'change-asked':
      return says.documents;
    case 'change-decided':
      return [says.document];
    case 'rectification-accepted':
      return says.document === null ? [] : [says.document];
    case 'published':
      return [says.text, says.pdf];
    // What came with it is for the offices.
    case 'spoken':
    case 'begun':
    case 'vocabulary-set':
    case 'cycle-opened':
    case 'wording-cleared':
    case 'released':
    case 'list-frozen':
    case 'list-withdrawn':
    case 'voted':
    case 'child-witnessed':
    case 'checkpoint':
    case 'rules-set':
    case 'planned':
    case 'group-appointed':
    case 'figure-settled':
    case 'finding-returned':
    case 'finding-closed':
    case 'reminded':
    case 'change-refused':
    case 'appraised':
    case 'rectification-ordered':
    case 'voice-cleared':
    case 'voice-answered':
    case 'voice-erased':
    case 'linked':
      return [];
    default: {
      // A new public type says here what it names.
      says.typ satisfies Redacted;
      return [];
    }
  }
}

/** What is shown after that entry. */
export function shownAfter(
  { digest: before, shown, files }: FeedState,
  { seq, hash }: Pick<LedgerRow, 'seq' | 'hash'>,
  says: RegisterEntry,
): FeedState {
  const visibility = VISIBILITY[says.typ];
  const digest = feedDigest(before, visibility, hash);
  if (visibility === 'redacted') return { digest, shown, files };
  return { digest, shown: { seq, hash, digest }, files: files.union(filesNamed(says)) };
}
