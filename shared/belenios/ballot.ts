import { hash } from 'node:crypto';
import { z } from 'zod';
import { basePower, decode, encode, type Point, power, product, times } from './group.ts';
import {
  type Ciphertext,
  choiceContext,
  type Proof,
  proveInterval,
  proveKnowledge,
  type Random,
  sumContext,
  verifyInterval,
  verifyKnowledge,
} from './proofs.ts';
import { mod, randomScalar, Scalar } from './scalar.ts';

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
const BallotJson = z.strictObject({
  election_uuid: z.string(),
  election_hash: Base64Hash,
  credential: Hex,
  answers: z.array(AnswerJson),
  signature: z.strictObject({ hash: Base64Hash, proof: ProofJson }),
});
type BallotJson = z.infer<typeof BallotJson>;
type AnswerJson = z.infer<typeof AnswerJson>;

export interface Question {
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
    z.object({ answers: z.array(z.string()).min(1), min: z.number().int(), max: z.number().int() }),
  ),
});

const base64Hash = (text: string): string => hash('sha256', text, 'base64').replace(/=+$/, '');

/** Reads `election.json`; null where it is none that we can vote in: another version, group, or a blank answer. */
export function readElection(text: string): Election | null {
  const parsed = ElectionJson.safeParse(jsonOf(text));
  const publicKey = parsed.success ? decode(parsed.data.public_key) : null;
  if (!parsed.success || publicKey === null || text.includes('"blank":true')) return null;
  return { uuid: parsed.data.uuid, publicKey, questions: parsed.data.questions, hash: base64Hash(text) };
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
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
  const parsed = BallotJson.safeParse(jsonOf(text));
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
    const ciphers = ciphersOf(answer);
    if (ciphers === null) return no('bad-point');
    const problem = question
      ? answerProblem(election, ballot.credential, question, answer, ciphers)
      : 'wrong-shape';
    if (problem) return no(problem);
    choices.push(ciphers);
  }
  const { signature, ...unsigned } = inOrder(ballot);
  const digest = base64Hash(JSON.stringify(unsigned));
  const isSigned =
    signature.hash === digest &&
    verifyKnowledge(credential, numbers(signature.proof), (a) => `sig|${digest}|${a}`);
  if (!isSigned) return no('wrong-signature');
  return { ok: true, credential: ballot.credential, choices, tracker: base64Hash(text) };
}

function answerProblem(
  { publicKey: y, hash: electionHash }: Election,
  credential: string,
  { answers, min, max }: Question,
  answer: AnswerJson,
  ciphers: readonly Ciphertext[],
): BallotProblem | null {
  if (ciphers.length !== answers.length || answer.individual_proofs.length !== answers.length)
    return 'wrong-shape';
  for (const [i, cipher] of ciphers.entries()) {
    const context = choiceContext(electionHash, credential, cipher);
    const proofs = answer.individual_proofs[i]?.map(numbers) ?? [];
    if (!verifyInterval({ y, cipher, values: [0n, 1n], context }, proofs)) return 'wrong-choice-proof';
  }
  const cipher = totalOf(ciphers);
  const context = sumContext(electionHash, credential, ciphers, cipher);
  const proofs = answer.overall_proof.map(numbers);
  return verifyInterval({ y, cipher, values: range(min, max), context }, proofs) ? null : 'wrong-sum-proof';
}

function ciphersOf(answer: AnswerJson): Ciphertext[] | null {
  const ciphers = answer.choices.flatMap(({ alpha, beta }) => {
    const a = decode(alpha);
    const b = decode(beta);
    return a && b ? [{ alpha: a, beta: b }] : [];
  });
  return ciphers.length === answer.choices.length ? ciphers : null;
}

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
export function credentialExponent(uuid: string, secret: string): bigint {
  const half = (n: number) => hash('sha256', `derive_credential|${uuid}|${n}|${secret}`, 'hex');
  return mod(BigInt(`0x${half(0)}${half(1)}`));
}

/**
 * Seals a vote: `vote[question][answer]` is 0 or 1. Time and length depend on the election only.
 * @throws {RangeError} where the vote is none the questions allow.
 */
export function sealBallot(
  election: Election,
  credential: bigint,
  vote: readonly (readonly number[])[],
  random: Random,
): string {
  const credentialText = encode(basePower(credential));
  const answers = election.questions.map((question, i) =>
    sealAnswer(election, credentialText, question, vote[i] ?? [], random),
  );
  const unsigned = {
    election_uuid: election.uuid,
    election_hash: election.hash,
    credential: credentialText,
    answers,
  };
  const digest = base64Hash(JSON.stringify(unsigned));
  const proof = strings(proveKnowledge(credential, (a) => `sig|${digest}|${a}`, random));
  return JSON.stringify({ ...unsigned, signature: { hash: digest, proof } });
}

function sealAnswer(
  { publicKey: y, hash: electionHash }: Election,
  credential: string,
  { answers, min, max }: Question,
  votes: readonly number[],
  random: Random,
): AnswerJson {
  if (votes.length !== answers.length) throw new RangeError('one vote for each answer');
  const sealed = votes.map((vote) => {
    const r = randomScalar(random);
    const value = BigInt(vote);
    return {
      cipher: { alpha: basePower(r), beta: times(power(y, r), basePower(value)) },
      secret: { value, r },
    };
  });
  const ciphers = sealed.map(({ cipher }) => cipher);
  const individual = sealed.map(({ cipher, secret }) => {
    const context = choiceContext(electionHash, credential, cipher);
    return proveInterval({ y, cipher, values: [0n, 1n], context }, secret, random).map(strings);
  });
  const cipher = totalOf(ciphers);
  const total = sealed.reduce(
    (all, { secret }) => ({ value: all.value + secret.value, r: mod(all.r + secret.r) }),
    { value: 0n, r: 0n },
  );
  const context = sumContext(electionHash, credential, ciphers, cipher);
  const overall = proveInterval({ y, cipher, values: range(min, max), context }, total, random);
  return {
    choices: ciphers.map(({ alpha, beta }) => ({ alpha: encode(alpha), beta: encode(beta) })),
    individual_proofs: individual,
    overall_proof: overall.map(strings),
  };
}
