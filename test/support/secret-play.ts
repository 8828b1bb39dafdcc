import { decide } from '../../coordinator/sitting/decide.ts';
import { BY_HALL } from '../../coordinator/sitting/decided.ts';
import type { Secrecy } from '../../coordinator/sitting/secrecy.ts';
import type { Round, SealedRound } from '../../coordinator/sitting/state.ts';
import { type SealedBallot, sealBallot, sealing } from '../../shared/belenios/ballot.ts';
import { basePower, decode, encode, times } from '../../shared/belenios/group.ts';
import {
  decryptionKey,
  makeCertificate,
  makePolynomial,
  makeSeed,
  makeVerificationKey,
  signingKey,
} from '../../shared/belenios/pedersen-trustee.ts';
import { randomSecret, type Secret, secretText } from '../../shared/belenios/secret.ts';
import { signText } from '../../shared/belenios/signing.ts';
import { sumOfBallots } from '../../shared/belenios/sum.ts';
import { decryptPartially } from '../../shared/belenios/tally.ts';
import { shareText, tallyText } from '../../shared/belenios/tally-text.ts';
import { singleTrustee } from '../../shared/belenios/trustees.ts';
import { shapeOf, votesOf } from '../../shared/kinds/counting.ts';
import type { Choice, Motion } from '../../shared/kinds/kinds.ts';
import { offerCredential } from '../../shared/protocol/credential.ts';
import { nodeSigner } from '../../shared/protocol/ed25519-node.ts';
import { signJws } from '../../shared/protocol/jws.ts';
import type { Audit, Credential } from '../../shared/protocol/messages.ts';
import type { Reason } from '../../shared/protocol/reasons.ts';
import { resultToSign } from '../../shared/protocol/result-signature.ts';
import type { ElectionSeal } from '../../shared/protocol/secret-election.ts';
import { cancelling } from './cancelling.ts';
import { SamplePlay, type SampleSeat } from './sample-ledger.ts';
import { signedAnew } from './sign-anew.ts';
import { type AnyStep, usualWho } from './staff.ts';

/** What a scrutineer has at home. */
interface Scrutineer {
  readonly seed: string;
  readonly key: Secret;
}

const text = (made: string | object): string => {
  if (typeof made !== 'string') throw new Error(`a ceremony that fails: ${JSON.stringify(made)}`);
  return made;
};

/** Plays secret votes, with the coordinator's key or with scrutineers'. */
export class SecretPlay extends SamplePlay {
  readonly #credentials = new Map<string, Secret>();
  #own: Secret | null = null;
  #scrutineers: Scrutineer[] = [];
  #threshold = 1;

  constructor(deputies: number, motions: readonly Motion[], seed: number, secrecy: Secrecy) {
    super(deputies, motions, seed, secrecy);
    if (secrecy.holder === 'coordinator') this.#makeKey();
    else this.#holdCeremony(secrecy.scrutineers.length, secrecy.threshold);
    for (const seat of this.seats) {
      this.connect(seat);
      this.checkIn(seat);
      this.credential(seat);
    }
  }

  /** As the coordinator enters it, a share that it makes with its own key included. */
  override enter(...steps: AnyStep[]): void {
    const ofHall = (step: AnyStep): AnyStep =>
      this.#own && step !== 'checkpoint' && step.typ === 'share' ? { ...BY_HALL, ...step } : step;
    super.enter(...steps.map(ofHall));
  }

  #makeKey(): void {
    this.#own = randomSecret(this.random);
    this.actOwn({ act: 'set-key', trustees: singleTrustee(this.#own, this.random) });
  }

  #holdCeremony(size: number, threshold: number): void {
    const { random } = this;
    const seeds = Array.from({ length: size }, () => makeSeed(random));
    const place = (i: number) => ({ size, threshold, index: i + 1 });
    const give = (step: 'certificate' | 'polynomial' | 'verification-key', texts: readonly string[]) =>
      texts.forEach((each, i) => {
        this.act({ act: 'ceremony-step', owner: i + 1, step, text: each });
      });
    const certs = seeds.map((seed, i) => makeCertificate(seed, place(i), random));
    give('certificate', certs);
    const polynomials = seeds.map((seed, i) => text(makePolynomial(seed, place(i), certs, random)));
    give('polynomial', polynomials);
    const keys = seeds.map((seed, i) =>
      text(makeVerificationKey(seed, place(i), certs, polynomials, random)),
    );
    give('verification-key', keys);
    this.#threshold = threshold;
    this.#scrutineers = seeds.map((seed, i) => {
      const key = decryptionKey(seed, place(i), certs, polynomials);
      if ('what' in key) throw new Error(`a ceremony that fails: ${key.what}`);
      return { seed, key };
    });
  }

  /** The round in hand, a secret one. */
  get round(): Round & { readonly sealed: SealedRound } {
    const round = this.state.current;
    if (!round?.sealed) throw new Error('no secret vote is in hand');
    return { ...round, sealed: round.sealed };
  }

  /** A new credential of the deputy at the seat, registered. */
  credential(seat: SampleSeat): void {
    const message = this.offer(seat);
    this.deliver(seat, signJws(message, nodeSigner(seat.key)));
  }

  offer(seat: SampleSeat): Credential {
    const secret = randomSecret(this.random);
    this.#credentials.set(seat.deputy, secret);
    const from = this.from(seat);
    return { typ: 'credential', v: 1, ...from, ...offerCredential(secret, from, this.random) };
  }

  /** The secret half of the deputy's last credential. */
  secret({ deputy }: SampleSeat): Secret {
    const secret = this.#credentials.get(deputy);
    if (!secret) throw new Error(`${deputy} has no credential`);
    return secret;
  }

  seal(seat: SampleSeat, choice: Choice, secret = this.secret(seat), random = this.random): string {
    const { motion, sealed } = this.round;
    return sealBallot(sealed.election, secret, votesOf(motion, choice), random);
  }

  /** Two seats vote with randomness that cancels out: what they add to the sum is neutral, or a bare count. */
  voteCancelling(seats: readonly [SampleSeat, SampleSeat], choices: readonly [Choice, Choice]): void {
    const draws = cancelling(shapeOf(this.round.motion)[0] ?? 0, this.random);
    for (const i of [0, 1] as const)
      this.cast(seats[i], this.seal(seats[i], choices[i], this.secret(seats[i]), draws[i]));
  }

  /** A ballot changed to hold one vote more for the first answer, its old proofs kept, signed anew: it does not hold. */
  stuffed(seat: SampleSeat, choice: Choice): string {
    return this.signedAnew(seat, this.seal(seat, choice), ({ answers }) => {
      const first = answers[0]?.choices[0];
      const beta = decode(first?.beta ?? '');
      if (!first || !beta) throw new Error('there is a first answer');
      first.beta = encode(times(beta, basePower(1n)));
    });
  }

  /** A ballot of the seat as it is, or changed, in another text: its credential has signed it once more. */
  signedAnew(seat: SampleSeat, ballot: string, change?: Parameters<typeof signedAnew>[3]): string {
    return signedAnew(ballot, this.secret(seat), this.random, change);
  }

  cast(seat: SampleSeat, ballot: string, press = 1): void {
    this.deliver(seat, this.ballot(seat, { kind: 'sealed', ballot }, press));
  }

  /** As {@link cast}, whatever the rules say. */
  forceCast(seat: SampleSeat, ballot: string, press = 1): void {
    this.force(seat, this.casting(seat, { kind: 'sealed', ballot }, press));
  }

  override vote(seat: SampleSeat, choice: Choice, press = 1): void {
    if (this.state.current?.sealed) this.cast(seat, this.seal(seat, choice), press);
    else super.vote(seat, choice, press);
  }

  /** Seals a choice and has it opened; gives the ballot. */
  audit(seat: SampleSeat, choice: Choice): string {
    const message = this.#opening(seat, choice);
    this.deliver(seat, signJws(message, nodeSigner(seat.key)));
    return message.ballot;
  }

  /** As {@link audit}, opened as it pleases, whatever the rules say. */
  forceAudit(seat: SampleSeat, choice: Choice, opened: Pick<Audit, 'votes' | 'randomness'>): void {
    this.force(seat, { ...this.#opening(seat, choice), ...opened });
  }

  #opening(seat: SampleSeat, choice: Choice): Audit {
    const { motion, sealed, id: round, opening } = this.round;
    const votes = votesOf(motion, choice).map((each) => each.map((vote) => (vote === 1 ? 1 : 0)));
    const { ballot, randomness: secrets } = wholly(
      sealing(sealed.election, this.secret(seat), votes, this.random),
    );
    const randomness = secrets.map((each) => each.map(secretText));
    const from = this.from(seat);
    return { typ: 'audit', v: 1, ...from, round, opening, ballot, votes, randomness };
  }

  /** The last entry, a ballot, is rejected. */
  reject(reason: Reason = 'sealed-without-proof'): void {
    const { head } = this.state;
    this.enter({ typ: 'ballot-rejected', round: this.round.id, ballot: head.seq, reason });
  }

  close(): void {
    this.act({ act: 'close', round: this.round.id });
  }

  /** The sum of these ballots, or else of those that count. */
  sum(ballots: readonly string[] = this.counted()): string {
    return tallyText(sumOfBallots(ballots, shapeOf(this.round.motion)));
  }

  /** The ballots that count. */
  counted(): string[] {
    return [...this.round.ballots.values()].flatMap(({ choice }) =>
      choice.kind === 'sealed' ? choice.ballot : [],
    );
  }

  tally(): void {
    this.actOwn({ act: 'tally', round: this.round.id, tally: this.sum() });
  }

  share(owner: number): string {
    const { election, tally } = this.round.sealed;
    const key = this.#own ?? this.#scrutineers[owner - 1]?.key;
    if (!key || !tally) throw new Error('nothing to decrypt, or nobody to do it');
    return shareText(decryptPartially(election.hash, key, tally.sum, this.random));
  }

  /** So many shares as are needed, the last scrutineer's first. */
  decrypt(): void {
    const { id: round } = this.round;
    if (this.#own) {
      this.actOwn({ act: 'own-share', round, share: this.share(1) });
      return;
    }
    const owners = this.#scrutineers.map((_, i) => i + 1).reverse();
    for (const owner of owners.slice(0, this.#threshold))
      this.act({ act: 'share', round, owner, share: this.share(owner) });
  }

  /** Everything behind the last ballot. */
  finish(): void {
    this.close();
    this.tally();
    this.decrypt();
    this.act({ act: 'announce', round: this.round.id });
  }

  /** Scrutineer `owner`'s signature on the result of the round in hand. */
  signature(owner: number): { challenge: string; response: string } {
    const { id: round, opening, result } = this.round;
    const seed = this.#scrutineers[owner - 1]?.seed ?? '';
    if (!result) throw new Error('there is no result yet');
    const words = resultToSign(this.state.begun?.sitting ?? '', round, opening, result);
    return signText(signingKey(seed), words, this.random);
  }

  sign(owner: number): void {
    this.act({ act: 'sign-result', round: this.round.id, owner, signature: this.signature(owner) });
  }

  /** The trustees file of a new key that one person holds. */
  newTrustee(): string {
    return singleTrustee(randomSecret(this.random), this.random);
  }

  /** Opens a vote as an election that is not the one the rules make. */
  openAs(motion: string, change: Partial<ElectionSeal>): void {
    const decision = decide(this.state, { act: 'open', motion, rehearsal: false }, usualWho('open'), 0);
    const [opened] = decision.ok ? decision.steps : [];
    if (!opened || opened === 'checkpoint' || opened.typ !== 'opened' || !opened.election)
      throw new Error('no secret vote can be opened');
    this.enter({ ...opened, election: { ...opened.election, ...change } }, 'checkpoint');
  }
}

function wholly(steps: Generator<void, SealedBallot, void>): SealedBallot {
  let step = steps.next();
  while (!step.done) step = steps.next();
  return step.value;
}
