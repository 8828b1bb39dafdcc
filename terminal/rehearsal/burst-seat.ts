import { randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { pino } from 'pino';
import { readElection, sealBallot } from '../../shared/belenios/ballot.ts';
import { randomSecret, type Secret } from '../../shared/belenios/secret.ts';
import { votesOf } from '../../shared/kinds/counting.ts';
import type { Choice } from '../../shared/kinds/kinds.ts';
import type { SealedChoice } from '../../shared/protocol/ballot.ts';
import { toBase64url } from '../../shared/protocol/bytes.ts';
import { offerCredential } from '../../shared/protocol/credential.ts';
import { nodeSigner } from '../../shared/protocol/ed25519-node.ts';
import { type Signer, signJws } from '../../shared/protocol/jws.ts';
import {
  type Ballot,
  type CheckIn,
  type Credential,
  type Hello,
  MESSAGE_VERSION,
  type Seat,
  type SittingState,
  type ToSeat,
} from '../../shared/protocol/messages.ts';
import { electionText } from '../../shared/protocol/secret-election.ts';
import { Link } from '../delivery/link.ts';
import { SeatWire } from '../delivery/seat-wire.ts';
import { steadyClock } from '../machine/clock.ts';
import type { Round } from '../seat/seat-state.ts';
import type { FleetSeat } from './fleet-files.ts';

/** Where a burst is sent. `secret`: ballots are sealed. */
export interface BurstOptions {
  url: string;
  /** The file of the hall's CA, with TLS. */
  ca?: string;
  hall: string;
  key: string;
  secret?: boolean;
}

const newId = () => toBase64url(randomBytes(16));

const seatWire = ({ terminal, key }: FleetSeat, ca: Buffer) =>
  new SeatWire({ terminal, key, ca, clock: steadyClock, random: randomBytes });

let turn = Promise.resolve();
/** Long work of many seats, one piece after the other, so that no line falls silent meanwhile. */
function inTurn(work: () => void): void {
  turn = turn.then(() => new Promise<void>((next) => setImmediate(next))).then(work);
}

/** Where messages wait to be verified: not at all, or until as many have arrived as are due. */
export class Inbox {
  #held: (() => void)[] = [];
  #due = 0;

  add(verify: () => void): void {
    this.#held.push(verify);
    if (this.#held.length < this.#due) return;
    this.#due = 0;
    for (const held of this.#held.splice(0)) held();
  }

  /** Holds what arrives from now on until it is `count` messages. */
  holdUntil(count: number): void {
    this.#due = count;
  }
}

/** One seat: checks in, signs its ballot when the vote opens, and waits. */
export class BurstSeat {
  readonly link: Link;
  isPresent = false;
  /** When it became so last. */
  presentAt = 0;
  /** The signed ballot and its id; null until the vote is open and this seat may vote. */
  ballot: { readonly id: string; readonly jws: string } | null = null;
  /** When the receipt for the ballot arrived; null until it has been verified. */
  receiptAt: number | null = null;
  #arrivedAt = 0;
  /** The seat's voting credential, and the id of the message that offered it; null where the vote is not secret. */
  readonly #credential: Secret | null;
  #offered: string | null = null;
  #isSigning = false;
  #seat: FleetSeat;
  #hall: string;
  #signer: Signer;
  #sitting: SittingState | null = null;
  #state: Seat | null = null;
  #hasTapped = false;
  #onChange: () => void;

  constructor(
    seat: FleetSeat,
    { url, hall, key, secret, ca }: BurstOptions,
    spreadMs: number,
    inbox: Inbox,
    onChange: () => void,
  ) {
    this.#seat = seat;
    this.#hall = hall;
    this.#signer = nodeSigner(seat.key);
    this.#credential = secret ? randomSecret(randomBytes) : null;
    this.#onChange = onChange;
    let n = Date.now();
    const nextConnection = (step: number) => {
      n += step;
      return n;
    };
    this.link = new Link(
      {
        url,
        hall,
        terminal: seat.terminal,
        coordinator: key,
        self: seat.key,
        signer: this.#signer,
        wire: ca === undefined ? undefined : seatWire(seat, readFileSync(ca)),
        nextConnection,
        spreadMs,
        clock: steadyClock,
        random: Math.random,
        log: pino({ name: 'burst', level: 'error' }, pino.destination(2)),
        verifyWhen: (verify) => {
          const arrivedAt = steadyClock.now();
          inbox.add(() => {
            this.#arrivedAt = arrivedAt;
            verify();
          });
        },
      },
      {
        up: () => this.#say({ ...this.#from(), typ: 'hello' } satisfies Hello),
        down: () => this.#lost(),
        message: (message) => this.#received(message),
      },
    );
  }

  /** Cuts its line: it is present again when it has come back and heard who sits there. */
  cut(): void {
    this.isPresent = false;
    this.#sitting = null;
    this.#state = null;
    this.link.hangUp();
  }

  #from() {
    return { v: MESSAGE_VERSION, id: newId(), hall: this.#hall, terminal: this.#seat.terminal } as const;
  }

  #say(message: object): void {
    this.link.publish(signJws(message, this.#signer));
  }

  #received(message: ToSeat): void {
    if (message.typ === 'sitting') this.#sitting = message;
    else if (message.typ === 'seat') this.#state = message;
    else if (message.typ === 'receipt') this.#counted(message.for);
    else if (message.typ === 'refusal') {
      process.stderr.write(`burst: ${this.#seat.terminal} was refused: ${message.reason}\n`);
    }
    this.#act();
    this.#onChange();
  }

  /** What was on the way is lost with the line; a real seat sends it again, but this is no measurement any more. */
  #lost(): void {
    if (this.ballot === null || this.receiptAt !== null) return;
    process.stderr.write(`burst: ${this.#seat.terminal} lost its line\n`);
    process.exit(1);
  }

  #counted(id: string): void {
    if (id === this.ballot?.id) this.receiptAt = this.#arrivedAt;
    if (id === this.#offered) this.#present();
  }

  #present(): void {
    if (!this.isPresent) this.presentAt = steadyClock.now();
    this.isPresent = true;
  }

  #act(): void {
    const { card } = this.#seat;
    const sitting = this.#sitting;
    const state = this.#state;
    if (!sitting || !state) return;
    if (!state.deputy && !this.#hasTapped && card !== null) {
      this.#hasTapped = true;
      this.#say({ ...this.#from(), typ: 'check-in', sitting: sitting.sitting, card } satisfies CheckIn);
    }
    if (state.deputy) this.#offer(state.deputy.id, sitting.sitting);
    const { round } = sitting;
    if (state.deputy && round && state.round === round.id) this.#sign(state.deputy.id, round, sitting);
  }

  /** Present is who is checked in and, in a secret vote, has a credential on record. */
  #offer(deputy: string, sitting: string): void {
    if (!this.#credential) this.#present();
    if (!this.#credential || this.#offered !== null) return;
    const from = this.#from();
    const offer = offerCredential(
      this.#credential,
      { sitting, terminal: from.terminal, deputy },
      randomBytes,
    );
    this.#offered = from.id;
    this.#say({ ...from, typ: 'credential', sitting, deputy, ...offer } satisfies Credential);
  }

  #sign(deputy: string, round: Round, sitting: SittingState): void {
    if (this.#isSigning || round.motion.kind !== 'decision') return;
    this.#isSigning = true;
    if (round.election) inTurn(() => this.#signNow(deputy, round, sitting));
    else this.#signNow(deputy, round, sitting);
  }

  #signNow(deputy: string, round: Round, { sitting, title }: SittingState): void {
    const open: Choice = { kind: 'decision', option: 'for' };
    const sealed =
      round.election && this.#seal(electionText(round.election, title, round.motion), round.motion, open);
    const ballot: Ballot = {
      ...this.#from(),
      typ: 'ballot',
      sitting,
      deputy,
      round: round.id,
      opening: round.opening,
      press: 1,
      choice: sealed ?? open,
    };
    this.ballot = { id: ballot.id, jws: signJws(ballot, this.#signer) };
    this.#onChange();
  }

  #seal(text: string, motion: Round['motion'], choice: Choice): SealedChoice {
    const election = readElection(text);
    if (!election || !this.#credential) throw new Error('the vote is secret: start with --secret');
    const ballot = sealBallot(election, this.#credential, votesOf(motion, choice), randomBytes);
    return { kind: 'sealed', ballot };
  }
}
