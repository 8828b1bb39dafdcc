import { readArchive } from '../../shared/belenios/archive.ts';
import { checkBallot, readElection } from '../../shared/belenios/ballot.ts';
import { encode, isSame, secretBasePower } from '../../shared/belenios/group.ts';
import { sha256Hex } from '../../shared/belenios/hash.ts';
import {
  assembleTrustees,
  certificateIn,
  type Lie,
  readCertificates,
  readPolynomial,
} from '../../shared/belenios/pedersen.ts';
import {
  decryptionKey,
  makeCertificate,
  makePolynomial,
  makeVerificationKey,
  signingKey,
} from '../../shared/belenios/pedersen-trustee.ts';
import { wipe } from '../../shared/belenios/secret.ts';
import { signText } from '../../shared/belenios/signing.ts';
import { sumOfBallots } from '../../shared/belenios/sum.ts';
import { decryptPartially } from '../../shared/belenios/tally.ts';
import { readTally, shareText, tallyText } from '../../shared/belenios/tally-text.ts';
import { type Place, readTrustees } from '../../shared/belenios/trustees.ts';
import type { RandomBytes } from '../../shared/protocol/ids.ts';
import { resultToSign } from '../../shared/protocol/result-signature.ts';
import { sealedHeader } from '../../shared/protocol/sealed-header.ts';
import type { ScrutineerAct } from '../contract/acts.ts';
import type { DecryptionDocument, SecrecyDocument } from '../contract/documents.ts';

/**
 * What a scrutineer's device does with what the coordinator publishes: pure, the same in the browser and in the command.
 * It believes nothing that it can check.
 */

/** The scrutineer and the seed that their whole key follows from. */
export interface Self {
  /** From 1. */
  readonly owner: number;
  readonly seed: string;
}

export type Contribution = Extract<ScrutineerAct, { act: 'ceremony-step' }>;

/** What is due in the making of the key. */
export type KeyDuty =
  /** No scrutineers in this hall. */
  | { readonly is: 'none' }
  | { readonly is: 'contribute'; readonly act: Contribution }
  /** All certificates are there: the scrutineers compare their codes before going on. */
  | { readonly is: 'compare'; readonly code: string; readonly act: Contribution }
  /** `awaited`: the numbers of those who are to do the step that comes next. */
  | { readonly is: 'wait'; readonly awaited: readonly number[]; readonly code: string | null }
  /** Somebody contributed something false: the key has to be made anew. */
  | { readonly is: 'lie'; readonly lie: Lie }
  /** The key is made, and this scrutineer has a part in it. */
  | { readonly is: 'made'; readonly code: string; readonly publicKey: string }
  /** The key, or what stands under this name, was made with another seed than the one on this device. */
  | { readonly is: 'not-mine' };

/** What a ceremony is known by: the SHA-256 of all its certificates; null while some are missing. */
export function fingerprintOf({ certificate }: SecrecyDocument): string | null {
  const certificates = whole(certificate);
  return certificates && sha256Hex(JSON.stringify(certificates));
}

/**
 * What all scrutineers must read out alike: the first 128 bits of the fingerprint, in groups of four. With fewer, whoever
 * shows two scrutineers different certificates could search both for a common code while they wait.
 */
export function checkCode(fingerprint: string): string {
  return fingerprint.slice(0, 32).toUpperCase().match(/.{4}/g)?.join(' ') ?? '';
}

function whole(contributions: readonly (string | null)[]): string[] | null {
  const given = contributions.flatMap((text) => text ?? []);
  return given.length === contributions.length ? given : null;
}

const missing = (contributions: readonly (string | null)[]): number[] =>
  contributions.flatMap((text, i) => (text === null ? [i + 1] : []));

/** What scrutineer `self` has to do next for the key. */
export function keyDuty(document: SecrecyDocument, self: Self, random: RandomBytes): KeyDuty {
  const { secrecy } = document;
  if (secrecy?.holder !== 'scrutineers') return { is: 'none' };
  const { seed, owner } = self;
  const place = { size: secrecy.scrutineers.length, threshold: secrecy.threshold, index: owner };
  const { certificate, polynomial, 'verification-key': keys } = document;
  const contribute = (step: Contribution['step'], text: string | Lie): KeyDuty =>
    typeof text === 'string'
      ? { is: 'contribute', act: { act: 'ceremony-step', step, text } }
      : { is: 'lie', lie: text };

  const own = certificate[owner - 1] ?? null;
  if (own === null) return contribute('certificate', makeCertificate(seed, place, random));
  if (!isOwnCertificate(own, seed, place)) return { is: 'not-mine' };
  const certificates = whole(certificate);
  if (!certificates) return { is: 'wait', awaited: missing(certificate), code: null };
  const read = readCertificates(certificates, place.threshold);
  if ('what' in read) return { is: 'lie', lie: read };
  const code = checkCode(fingerprintOf(document) ?? '');
  const ownPolynomial = polynomial[owner - 1] ?? null;
  if (ownPolynomial === null) {
    const duty = contribute('polynomial', makePolynomial(seed, place, certificates, random));
    return duty.is === 'contribute' ? { is: 'compare', code, act: duty.act } : duty;
  }
  // Signed by this key over all certificates: without it, this key has agreed to none of this.
  if ('what' in readPolynomial(ownPolynomial, owner, read, place.threshold)) return { is: 'not-mine' };
  const polynomials = whole(polynomial);
  if (!polynomials) return { is: 'wait', awaited: missing(polynomial), code };
  if (keys[owner - 1] == null)
    return contribute(
      'verification-key',
      makeVerificationKey(seed, place, certificates, polynomials, random),
    );
  const verificationKeys = whole(keys);
  if (!verificationKeys || document.trustees === null) return { is: 'wait', awaited: missing(keys), code };
  // The key is what these very contributions come to, and nothing that was made elsewhere.
  const made = assembleTrustees(place.threshold, certificates, polynomials, verificationKeys);
  if (typeof made !== 'string') return { is: 'lie', lie: made };
  const trustees = readTrustees(document.trustees);
  if (!trustees || made !== document.trustees || encode(trustees.publicKey) !== document.publicKey)
    return { is: 'not-mine' };
  return { is: 'made', code, publicKey: encode(trustees.publicKey) };
}

/** Whether the certificate that stands under this scrutineer's name was made from this seed. */
function isOwnCertificate(text: string, seed: string, place: Place): boolean {
  const certificate = certificateIn(text, place);
  const signing = signingKey(seed);
  const isOwn = certificate !== null && isSame(certificate.keys.verification, secretBasePower(signing));
  wipe(signing);
  return isOwn;
}

/** Why a sum is not to be decrypted. */
export type SumProblem =
  /** The archive is none, or of another election. */
  | 'archive'
  /** The sum to be decrypted is not that of the ballots. */
  | 'sum'
  /** The election is not sealed with the key this scrutineer has a part in. */
  | 'key';

export interface CheckedSum {
  /** How many ballots are in the sum. */
  readonly ballots: number;
  readonly electionHash: string;
  readonly tally: string;
}

/**
 * Adds the ballots up anew and compares: a scrutineer decrypts nothing but the sum of all ballots.
 * @param archive the election's archive as far as it goes.
 */
export function checkSum(
  { election: text, tally, cast }: NonNullable<DecryptionDocument>,
  { publicKey }: SecrecyDocument,
  archive: Uint8Array,
): CheckedSum | SumProblem {
  const read = readArchive(archive);
  const election = readElection(text);
  if ('problem' in read || !election || tally === null) return 'archive';
  if (encode(election.publicKey) !== publicKey) return 'key';
  const isSame = [...read.data.values()].includes(text);
  if (!isSame) return 'archive';
  const last = new Map<string, string>();
  for (const { type, payload = '' } of read.events) {
    const ballot = type === 'Ballot' ? read.data.get(payload) : undefined;
    const header = ballot === undefined ? null : sealedHeader(ballot);
    if (ballot !== undefined && header?.electionHash === election.hash) last.set(header.credential, ballot);
    else if (ballot !== undefined) return 'archive';
  }
  // The proofs bind every ciphertext to this election: one taken out of another vote is not decrypted in this one.
  for (const ballot of last.values()) if (!checkBallot(election, ballot).ok) return 'archive';
  const shape = election.questions.map(({ answers }) => answers.length);
  if (last.size !== cast || tallyText(sumOfBallots([...last.values()], shape)) !== tally) return 'sum';
  return { ballots: last.size, electionHash: election.hash, tally };
}

/** This scrutineer's share of the decryption of a checked sum; null where the key cannot be had again from the seed. */
export function makeShare(
  { electionHash, tally }: CheckedSum,
  { secrecy, certificate, polynomial }: SecrecyDocument,
  { seed, owner }: Self,
  random: RandomBytes,
): string | null {
  const [certificates, polynomials] = [whole(certificate), whole(polynomial)];
  const sum = readTally(tally);
  if (secrecy?.holder !== 'scrutineers' || !certificates || !polynomials || !sum) return null;
  const place = { size: certificates.length, threshold: secrecy.threshold, index: owner };
  const key = decryptionKey(seed, place, certificates, polynomials);
  if ('what' in key) return null;
  const share = shareText(decryptPartially(electionHash, key, sum, random));
  wipe(key);
  return share;
}

/** This scrutineer's signature on the result of the vote. */
export function signResult(
  { round, opening, result }: NonNullable<DecryptionDocument>,
  sitting: string,
  { seed }: Self,
  random: RandomBytes,
): Extract<ScrutineerAct, { act: 'sign-result' }> | null {
  if (!result) return null;
  const key = signingKey(seed);
  const signature = signText(key, resultToSign(sitting, round, opening, result), random);
  wipe(key);
  return { act: 'sign-result', round, signature };
}
