import { z } from 'zod';
import type { RandomBytes } from '../protocol/ids.ts';
import { strictJson } from '../protocol/strict-json.ts';
import { answerProblem } from './answer.ts';
import {
  basePower,
  decode,
  encode,
  type Point,
  product,
  secretBasePower,
  secretPower,
  times,
} from './group.ts';
import { base64Hash } from './hash.ts';
import { fromHex } from './hex.ts';
import {
  type Ciphertext,
  choiceContext,
  type Proof,
  proveInterval,
  proveKnowledge,
  sumContext,
  verifyKnowledge,
} from './proofs.ts';
import { Scalar } from './scalar.ts';
import { hashedSecret, randomSecret, type Secret, secretOf, sumOf, wipe } from './secret.ts';

/** Ballots of Belenios version-1 elections; field order is that of the program, since ballots are compared by bytes. */

const ProofJson = z.strictObject({ challenge: Scalar, response: Scalar });
const Hex = z.string().regex(/^[0-9a-f]{64}$/);
const Base64Hash = z.string().regex(/^[A-Za-z0-9+/]{43}$/);
const CipherJson = z.strictObject({ alpha: Hex, beta: Hex });
const AnswerJson = z.strictObject({
  choices: z.array(CipherJson),
  individual_proofs: z.array(z.array(ProofJson)),
  overall_proof: z.array(ProofJson),
});
export const BallotJson = z.strictObject({
  election_uuid: z.string(),
  election_hash: Base64Hash,
  credential: Hex,
  answers: z.array(AnswerJson),
  signature: z.strictObject({ hash: Base64Hash, proof: ProofJson }),
});
type BallotJson = z.infer<typeof BallotJson>;
type AnswerJson = z.infer<typeof AnswerJson>;

export interface Question {
  readonly question?: string | undefined;
  readonly answers: readonly string[];
  readonly min: number;
  readonly max: number;
}

export interface Election {
  readonly uuid: string;
  readonly publicKey: Point;
  readonly questions: readonly Question[];
  /** Base64 SHA-256 of the bytes of `election.json`, without `=`. */
  readonly hash: string;
}

const ElectionJson = z.object({
  version: z.literal(1),
  group: z.literal('Ed25519'),
  public_key: Hex,
  uuid: z.string(),
  questions: z.array(
    z.object({
      question: z.string().optional(),
      answers: z.array(z.string()).min(1),
      min: z.number().int(),
      max: z.number().int(),
    }),
  ),
});

/** Reads `election.json`; null where it is none that we can vote in: another version, group, or a blank answer. */
export function readElection(text: string): Election | null {
  const parsed = ElectionJson.safeParse(strictJson(text));
  const publicKey = parsed.success ? decode(parsed.data.public_key) : null;
  if (!parsed.success || publicKey === null || text.includes('"blank":true')) return null;
  return { uuid: parsed.data.uuid, publicKey, questions: parsed.data.questions, hash: base64Hash(text) };
}

const range = (from: number, to: number): bigint[] =>
  Array.from({ length: to - from + 1 }, (_, i) => BigInt(from + i));

/** Why a ballot is not valid; the first thing found. */
export type BallotProblem =
  | 'malformed'
  | 'another-election'
  | 'bad-point'
  | 'wrong-shape'
  | 'wrong-choice-proof'
  | 'wrong-sum-proof'
  | 'wrong-signature';

export type CheckedBallot =
  | {
      readonly ok: true;
      readonly credential: string;
      /** Question by question, answer by answer. */
      readonly choices: readonly (readonly Ciphertext[])[];
      /** Base64 SHA-256 of the ballot's bytes: its receipt code. */
      readonly tracker: string;
    }
  | { readonly ok: false; readonly problem: BallotProblem };

/** Checks everything a ballot alone can show: bytes, points, every proof, its signature. */
export function checkBallot(election: Election, text: string): CheckedBallot {
  const no = (problem: BallotProblem): CheckedBallot => ({ ok: false, problem });
  const parsed = BallotJson.safeParse(strictJson(text));
  if (!parsed.success || JSON.stringify(inOrder(parsed.data)) !== text) return no('malformed');
  const ballot = parsed.data;
  if (ballot.election_uuid !== election.uuid || ballot.election_hash !== election.hash)
    return no('another-election');
  const credential = decode(ballot.credential);
  if (credential === null) return no('bad-point');
  if (ballot.answers.length !== election.questions.length) return no('wrong-shape');
  const choices: Ciphertext[][] = [];
  for (const [i, answer] of ballot.answers.entries()) {
    const question = election.questions[i];
    const problem = question ? answerProblem(election, ballot.credential, question, answer) : 'wrong-shape';
    if (problem) return no(problem);
    choices.push(answer.choices.map(({ alpha, beta }) => ({ alpha: point(alpha), beta: point(beta) })));
  }
  const { signature, ...unsigned } = inOrder(ballot);
  const digest = base64Hash(JSON.stringify(unsigned));
  const isSigned =
    signature.hash === digest &&
    verifyKnowledge(credential, numbers(signature.proof), (a) => `sig|${digest}|${a}`);
  if (!isSigned) return no('wrong-signature');
  return { ok: true, credential: ballot.credential, choices, tracker: base64Hash(text) };
}

export function ciphersOf(answer: AnswerJson): Ciphertext[] | null {
  const ciphers = answer.choices.flatMap(({ alpha, beta }) => {
    const a = decode(alpha);
    const b = decode(beta);
    return a && b ? [{ alpha: a, beta: b }] : [];
  });
  return ciphers.length === answer.choices.length ? ciphers : null;
}

/** A point that was decoded before. */
const point = (text: string): Point => fromHex(text).reverse();

const totalOf = (ciphers: readonly Ciphertext[]): Ciphertext => ({
  alpha: product(ciphers.map(({ alpha }) => alpha)),
  beta: product(ciphers.map(({ beta }) => beta)),
});

const numbers = ({ challenge, response }: z.infer<typeof ProofJson>): Proof => ({
  challenge: BigInt(challenge),
  response: BigInt(response),
});
const strings = ({ challenge, response }: Proof) => ({
  challenge: challenge.toString(),
  response: response.toString(),
});

/** The ballot with its fields as the program writes them. */
function inOrder({ election_uuid, election_hash, credential, answers, signature }: BallotJson): BallotJson {
  const proof = ({ challenge, response }: z.infer<typeof ProofJson>) => ({ challenge, response });
  return {
    election_uuid,
    election_hash,
    credential,
    answers: answers.map(({ choices, individual_proofs, overall_proof }) => ({
      choices: choices.map(({ alpha, beta }) => ({ alpha, beta })),
      individual_proofs: individual_proofs.map((proofs) => proofs.map(proof)),
      overall_proof: overall_proof.map(proof),
    })),
    signature: { hash: signature.hash, proof: proof(signature.proof) },
  };
}

/** The exponent of a private credential (specification, "Credentials"): 512 bits of SHA-256 modulo q. */
export function credentialExponent(uuid: string, secret: string): Secret {
  const half = (n: number) => `derive_credential|${uuid}|${n}|${secret}`;
  return hashedSecret(half(0), half(1));
}

/** A sealed ballot, and the randomness of every ciphertext: with it the ballot can be opened, so wipe it or open it. */
export interface SealedBallot {
  readonly ballot: string;
  readonly randomness: readonly (readonly Secret[])[];
}

/** Seals a vote at once; see {@link sealing}. The randomness is wiped: nobody can open this ballot. */
export function sealBallot(
  election: Election,
  credential: Secret,
  vote: readonly (readonly number[])[],
  random: RandomBytes,
): string {
  const steps = sealing(election, credential, vote, random);
  let step = steps.next();
  while (!step.done) step = steps.next();
  forget(step.value);
  return step.value.ballot;
}

/** Wipes the randomness of a sealed ballot. */
export const forget = ({ randomness }: SealedBallot): void => wipe(...randomness.flat());

/**
 * Seals a vote step by step, so that other work can go on between: `vote[question][answer]` is 0 or 1. The number of
 * steps, their time and the ballot's length depend on the election only.
 * @throws {RangeError} where the vote is none the questions allow.
 */
export function* sealing(
  election: Election,
  credential: Secret,
  vote: readonly (readonly number[])[],
  random: RandomBytes,
): Generator<void, SealedBallot, void> {
  const credentialText = encode(secretBasePower(credential));
  const answers: AnswerJson[] = [];
  const randomness: Secret[][] = [];
  for (const [i, question] of election.questions.entries()) {
    const votes = vote[i] ?? [];
    const total = votes.reduce((all, each) => all + each, 0);
    const isAllowed = votes.every((each) => each === 0 || each === 1);
    if (
      votes.length !== question.answers.length ||
      !isAllowed ||
      total < question.min ||
      total > question.max
    )
      throw new RangeError('the vote is none the question allows');
    const secrets = votes.map(() => randomSecret(random));
    randomness.push(secrets);
    answers.push(yield* sealingAnswer(election, credentialText, question, votes, secrets, random));
  }
  const unsigned = {
    election_uuid: election.uuid,
    election_hash: election.hash,
    credential: credentialText,
    answers,
  };
  const digest = base64Hash(JSON.stringify(unsigned));
  const proof = strings(proveKnowledge(credential, (a) => `sig|${digest}|${a}`, random));
  return { ballot: JSON.stringify({ ...unsigned, signature: { hash: digest, proof } }), randomness };
}

function* sealingAnswer(
  { publicKey: y, hash: electionHash }: Election,
  credential: string,
  { min, max }: Question,
  votes: readonly number[],
  secrets: readonly Secret[],
  random: RandomBytes,
): Generator<void, AnswerJson, void> {
  const ciphers = votes.map((vote, i) => encrypt(y, vote, secrets[i] ?? new Uint8Array(32)));
  const individual: Proof[][] = [];
  for (const [i, cipher] of ciphers.entries()) {
    const context = choiceContext(electionHash, credential, cipher);
    const secret = { value: votes[i] ?? 0, r: secrets[i] ?? new Uint8Array(32) };
    individual.push(proveInterval({ y, cipher, values: [0n, 1n], context }, secret, random));
    yield;
  }
  const cipher = totalOf(ciphers);
  const r = secrets.reduce(sumOf, secretOf(0n));
  const value = votes.reduce((all, vote) => all + vote, 0);
  const context = sumContext(electionHash, credential, ciphers, cipher);
  const overall = proveInterval({ y, cipher, values: range(min, max), context }, { value, r }, random);
  wipe(r);
  yield;
  return {
    choices: ciphers.map(({ alpha, beta }) => ({ alpha: encode(alpha), beta: encode(beta) })),
    individual_proofs: individual.map((proofs) => proofs.map(strings)),
    overall_proof: overall.map(strings),
  };
}

const G = basePower(1n);

/** (g^r, y^r · g^vote): both possible second halves are made, and one is taken byte by byte without a branch. */
export function encrypt(y: Point, vote: number, r: Secret): Ciphertext {
  const none = secretPower(y, r);
  const one = times(none, G);
  const beta = none.map((byte, i) => (byte & (vote - 1)) | ((one[i] ?? 0) & -vote));
  wipe(none, one);
  return { alpha: secretBasePower(r), beta };
}
