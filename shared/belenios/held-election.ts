import { randomBytes } from 'node:crypto';
import { readElection, sealBallot } from './ballot.ts';
import type { ElectionRecord } from './election-archive.ts';
import { encode, secretBasePower } from './group.ts';
import { base64Hash } from './hash.ts';
import { assembleTrustees, type Lie } from './pedersen.ts';
import {
  decryptionKey,
  makeCertificate,
  makePolynomial,
  makeSeed,
  makeVerificationKey,
} from './pedersen-trustee.ts';
import { randomSecret, type Secret } from './secret.ts';
import { sumOfBallots } from './sum.ts';
import { combine, decryptPartially } from './tally.ts';
import { readTally, resultText, shareText, tallyText } from './tally-text.ts';
import { readTrustees, singleTrustee } from './trustees.ts';

/** For tests and benchmarks: whole elections, held here from the making of the key to the result. */

/** What a step of the ceremony gave, where nobody lied. */
export function right<T>(made: T | Lie): T {
  if (typeof made === 'object' && made !== null && 'what' in made)
    throw new Error(`${made.owner} ${made.what}`);
  return made;
}

/** Trustees' keys; `threshold` null: one key alone. */
export function makeTrustees(size: number, threshold: number | null): { text: string; keys: Secret[] } {
  if (threshold === null) {
    const key = randomSecret(randomBytes);
    return { text: singleTrustee(key, randomBytes), keys: [key] };
  }
  const seeds = Array.from({ length: size }, () => makeSeed(randomBytes));
  const place = (i: number) => ({ size, threshold, index: i + 1 });
  const certificates = seeds.map((seed, i) => makeCertificate(seed, place(i), randomBytes));
  const polynomials = seeds.map((seed, i) =>
    right(makePolynomial(seed, place(i), certificates, randomBytes)),
  );
  const verificationKeys = seeds.map((seed, i) =>
    right(makeVerificationKey(seed, place(i), certificates, polynomials, randomBytes)),
  );
  const text = right(assembleTrustees(threshold, certificates, polynomials, verificationKeys));
  const keys = seeds.map((seed, i) => right(decryptionKey(seed, place(i), certificates, polynomials)));
  return { text, keys };
}

export interface Plan {
  readonly questions: readonly { readonly answers: number; readonly min: number; readonly max: number }[];
  /** Scrutineers and how many of them decrypt; null: one key. */
  readonly trustees: { readonly size: number; readonly threshold: number } | null;
  /** In the order of casting: voter, and the vote question by question. */
  readonly votes: readonly {
    readonly voter: number;
    readonly vote: readonly (readonly number[])[];
  }[];
  readonly voters: number;
}

export interface Held {
  readonly record: ElectionRecord;
  readonly result: readonly (readonly number[])[];
  readonly credentials: readonly Secret[];
  readonly keys: readonly Secret[];
}

/** Holds an election by the plan. */
export function holdElection({ questions, trustees, votes, voters }: Plan): Held {
  const made = makeTrustees(trustees?.size ?? 1, trustees?.threshold ?? null);
  const read = readTrustees(made.text);
  if (!read) throw new Error('trustees not in order');
  const text = JSON.stringify({
    version: 1,
    description: '会',
    name: '表决',
    group: 'Ed25519',
    public_key: encode(read.publicKey),
    questions: questions.map(({ answers, min, max }, i) => ({
      answers: Array.from({ length: answers }, (_, n) => `项 ${n + 1}`),
      min,
      max,
      question: `第 ${i + 1} 问`,
    })),
    uuid: base64Hash(encode(randomBytes(32)))
      .replace(/[^1-9A-HJ-NP-Za-km-z]/g, 'x')
      .slice(0, 22),
  });
  const election = readElection(text);
  if (!election) throw new Error('no election');
  const credentials = Array.from({ length: voters }, () => randomSecret(randomBytes));
  const ballots = votes.map(({ voter, vote }) => {
    const credential = credentials[voter];
    if (!credential) throw new Error('no such voter');
    return sealBallot(election, credential, vote, randomBytes);
  });
  const last = new Map(votes.map(({ voter }, i) => [voter, ballots[i] ?? '']));
  const shape = questions.map(({ answers }) => answers);
  const tally = tallyText(sumOfBallots([...last.values()], shape));
  const sum = readTally(tally);
  if (!sum) throw new Error('an empty sum');
  const needed = trustees?.threshold ?? 1;
  const shares = made.keys.slice(0, needed).map((key, i) => ({
    ...decryptPartially(election.hash, key, sum, randomBytes),
    owner: i + 1,
  }));
  const result = combine(sum, shares, read.threshold, last.size);
  if (!result) throw new Error('no result');
  const record = {
    timestamp: 1_800_000_000,
    election: text,
    trustees: made.text,
    credentials: credentials.map((secret) => encode(secretBasePower(secret))).sort(),
    ballots,
    tally: { ballots: last.size, text: tally },
    shares: shares.map((share) => ({ owner: share.owner, text: shareText(share) })),
    result: resultText(result),
  };
  return { record, result, credentials, keys: made.keys };
}
