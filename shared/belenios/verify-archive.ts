import { z } from 'zod';
import { type Archive, type ArchiveProblem, readArchive } from './archive.ts';
import { type BallotProblem, checkBallot, type Election, readElection } from './ballot.ts';
import { isSame } from './group.ts';
import { sumOfBallots } from './sum.ts';
import { combine, type Share, verifyShare } from './tally.ts';
import { readShare, readTally, resultText, tallyText } from './tally-text.ts';
import { readTrustees, type Trustees } from './trustees.ts';

/** A whole election, checked from its archive alone (`.bel`): what belenios-tool checks, and every ballot's proofs besides. */

export type ElectionFault =
  | ArchiveProblem
  | { readonly problem: 'wrong-order' | 'wrong-setup' | 'wrong-tally' | 'wrong-share' | 'wrong-result' }
  /** `ballot`: counted from 1. */
  | {
      readonly problem: BallotProblem | 'unknown-credential' | 'ballot-twice';
      readonly ballot: number;
    };

export interface VerifiedElection {
  readonly election: Election;
  /** How many ballots were cast, replaced ones too, and how many count. */
  readonly cast: number;
  readonly counted: number;
  /** Null where the archive ends before it. */
  readonly result: readonly (readonly number[])[] | null;
}

const Setup = z.strictObject({ election: z.string(), trustees: z.string(), credentials: z.string() });
const Sized = z.strictObject({
  num_tallied: z.number(),
  total_weight: z.number(),
  encrypted_tally: z.string(),
});
const Owned = z.strictObject({ owner: z.number().int(), payload: z.string() });

/** Events of an election in the order in which they must come, and how often each may. */
const ORDER =
  /^Setup(,Ballot)*,EndBallots(,EncryptedTally(,PartialDecryption)*(,Result)?)?$|^Setup(,Ballot)*$/;

/** Verifies an archive; `onBallot` hears of every ballot checked. */
export function verifyElection(
  bytes: Uint8Array,
  onBallot: (done: number, all: number) => void = () => {},
): VerifiedElection | ElectionFault {
  const archive = readArchive(bytes);
  if ('problem' in archive) return archive;
  if (!ORDER.test(archive.events.map(({ type }) => type).join())) return { problem: 'wrong-order' };
  const setup = readSetup(archive);
  if (!setup) return { problem: 'wrong-setup' };
  const { election, trustees, credentials } = setup;
  const payloads = textsOf(archive);
  const ballots = payloads('Ballot');
  const last = new Map<string, string>();
  const seen = new Set<string>();
  for (const [i, text] of ballots.entries()) {
    const at = { ballot: i + 1 };
    const checked = checkBallot(election, text);
    if (!checked.ok) return { problem: checked.problem, ...at };
    if (!credentials.has(checked.credential)) return { problem: 'unknown-credential', ...at };
    if (seen.has(text)) return { problem: 'ballot-twice', ...at };
    seen.add(text);
    last.set(checked.credential, text);
    onBallot(i + 1, ballots.length);
  }
  const counted = { election, cast: ballots.length, counted: last.size };
  const sized = readJson(Sized, payloads('EncryptedTally')[0]);
  if (!sized) return { ...counted, result: null };
  const shape = election.questions.map(({ answers }) => answers.length);
  const sum = sumOfBallots([...last.values()], shape);
  const given = archive.data.get(sized.encrypted_tally) ?? '';
  const isTally =
    sized.num_tallied === last.size && sized.total_weight === last.size && given === tallyText(sum);
  const tally = isTally ? readTally(given) : null;
  if (!tally) return { problem: 'wrong-tally' };
  const shares: Share[] = [];
  for (const text of payloads('PartialDecryption')) {
    const owned = readJson(Owned, text);
    const share = owned && readShare(archive.data.get(owned.payload) ?? '');
    const key = owned && trustees.verificationKeys[owned.owner - 1];
    const isNew = !shares.some(({ owner }) => owner === owned?.owner);
    if (!owned || !share || !key || !isNew || !verifyShare(election.hash, key, tally, share))
      return { problem: 'wrong-share' };
    shares.push({ ...share, owner: owned.owner });
  }
  const [text] = payloads('Result');
  if (text === undefined) return { ...counted, result: null };
  const needed = trustees.threshold ?? trustees.verificationKeys.length;
  const result = shares.length < needed ? null : combine(tally, shares, trustees.threshold, last.size);
  if (!result || resultText(result) !== text) return { problem: 'wrong-result' };
  return { ...counted, result };
}

function textsOf({ events, data }: Archive): (type: string) => string[] {
  return (type) =>
    events.flatMap((event) => (event.type === type ? (data.get(event.payload ?? '') ?? []) : []));
}

function readSetup(
  archive: Archive,
): { election: Election; trustees: Trustees; credentials: ReadonlySet<string> } | null {
  const setup = readJson(Setup, textsOf(archive)('Setup')[0]);
  if (!setup) return null;
  const part = (hash: string) => archive.data.get(hash) ?? '';
  const election = readElection(part(setup.election));
  const trustees = readTrustees(part(setup.trustees));
  const credentials = readJson(z.array(z.string()), part(setup.credentials));
  if (!election || !trustees || !credentials || !isSame(trustees.publicKey, election.publicKey)) return null;
  const distinct = new Set(credentials);
  return distinct.size === credentials.length ? { election, trustees, credentials: distinct } : null;
}

/** What a text of exactly one spelling says. */
function readJson<T>(schema: z.ZodType<T>, text: string | undefined): T | null {
  try {
    const value = schema.parse(JSON.parse(text ?? ''));
    return JSON.stringify(value) === text ? value : null;
  } catch {
    return null;
  }
}
