import { randomBytes } from 'node:crypto';
import { readElection, sealBallot } from '../../../shared/belenios/ballot.ts';
import { randomSecret } from '../../../shared/belenios/secret.ts';
import { votesOf } from '../../../shared/kinds/counting.ts';
import { offerCredential } from '../../../shared/protocol/credential.ts';
import { electionText } from '../../../shared/protocol/secret-election.ts';
import { topics } from '../../../shared/protocol/topics.ts';
import type { Attack } from '../attack.ts';
import { connectPacket, publishPacket } from '../mqtt-packets.ts';
import { mutated } from '../mutate.ts';
import { newId, proof, RogueSeat } from '../rogue-seat.ts';
import type { Strike } from '../strike.ts';

/** What a malicious seat still knows when it goes on. */
interface Hand {
  readonly strike: Strike;
  readonly rogue: RogueSeat;
  readonly secret: ReturnType<typeof randomSecret>;
  press: number;
  /** What it has sent, to be sent again. */
  readonly sent: string[];
}

/** The number of its next press. */
function next(hand: Hand): number {
  hand.press += 1;
  return hand.press;
}

function tell(hand: Hand, message: object): void {
  const jws = hand.rogue.tell(message);
  hand.sent.push(jws);
  if (hand.sent.length > 200) hand.sent.shift();
}

/** A sealed ballot on the open round, good or spoilt by one character; null in an open vote. */
function sealed({ strike, rogue, secret }: Hand, isSpoilt: boolean): object | null {
  const { round, title } = rogue;
  if (!round?.election || !title || round.motion.kind !== 'decision') return null;
  const election = readElection(electionText(round.election, title, round.motion));
  if (!election) return null;
  const ballot = sealBallot(
    election,
    secret,
    votesOf(round.motion, { kind: 'decision', option: 'for' }),
    randomBytes,
  );
  if (!isSpoilt) return { kind: 'sealed', ballot };
  const at = strike.dice.below(ballot.length);
  const wrong = ballot[at] === '1' ? '2' : '1';
  return { kind: 'sealed', ballot: ballot.slice(0, at) + wrong + ballot.slice(at + 1) };
}

const DEEDS: readonly ((hand: Hand) => void)[] = [
  (hand) => tell(hand, hand.rogue.ballot(next(hand))),
  (hand) => tell(hand, hand.rogue.ballot(1 + hand.strike.dice.below(hand.press + 1))),
  (hand) => hand.rogue.say(hand.strike.dice.pick(hand.sent)),
  (hand) => hand.rogue.say(mutated(Buffer.from(hand.strike.dice.pick(hand.sent)), hand.strike.dice)),
  (hand) => hand.rogue.say(hand.strike.dice.bytes(hand.strike.dice.below(2_000))),
  (hand) => tell(hand, hand.rogue.ballot(next(hand), { deputy: 'D0001' })),
  (hand) =>
    tell(
      hand,
      hand.rogue.ballot(next(hand), { terminal: hand.strike.dice.pick(hand.strike.context.others) }),
    ),
  (hand) =>
    tell(hand, hand.rogue.ballot(Number.MAX_SAFE_INTEGER, { v: hand.strike.dice.pick([0, 2, '1', null]) })),
  (hand) =>
    tell(
      hand,
      hand.rogue.ballot(next(hand), { choice: { kind: 'selection', chosen: ['c1', 'c1', '\u202e'] } }),
    ),
  (hand) => {
    const choice = sealed(hand, hand.strike.dice.one(2));
    if (choice) tell(hand, hand.rogue.ballot(next(hand), { choice }));
  },
  (hand) =>
    tell(hand, hand.rogue.ballot(next(hand), { choice: { kind: 'sealed', ballot: '['.repeat(40_000) } })),
  (hand) => {
    const owner = {
      sitting: hand.strike.context.sitting,
      terminal: hand.rogue.self.terminal,
      deputy: hand.rogue.self.deputy,
    };
    tell(hand, {
      typ: 'credential',
      ...hand.rogue.common,
      deputy: owner.deputy,
      ...offerCredential(hand.secret, owner, randomBytes),
    });
  },
  (hand) =>
    tell(hand, {
      typ: 'check-in',
      ...hand.rogue.common,
      card: hand.strike.dice.pick(['CARD0001', 'FFFFFFFF', hand.rogue.self.card]),
    }),
  (hand) =>
    tell(hand, {
      typ: 'hello',
      v: 1,
      id: newId(),
      hall: hand.strike.context.hall,
      terminal: hand.rogue.self.terminal,
    }),
  // Somebody else's name with its own key, and an old proof once more.
  (hand) => {
    const { strike, rogue } = hand;
    const other = strike.dice.pick(strike.context.others);
    strike.send(
      strike.connect(strike.context.mqtt),
      connectPacket(other, proof(strike.context, other, rogue.key, rogue.signer, Date.now())),
    );
    strike.send(
      strike.connect(strike.context.mqtt),
      connectPacket(
        rogue.self.terminal,
        proof(strike.context, rogue.self.terminal, rogue.key, rogue.signer, 1),
      ),
    );
  },
  (hand) =>
    hand.strike.send(
      hand.rogue.socket,
      publishPacket(
        topics(hand.strike.context.hall).up(hand.strike.dice.pick(hand.strike.context.others)),
        'x',
      ),
    ),
];

export const maliciousTerminal: Attack = {
  name: 'malicious-terminal',
  does: 'enrolled terminals that flood, replay, send rubbish, vote for others, seal falsely, press old numbers',
  run: async (strike) => {
    const hands = strike.context.rogues.map((self): Hand => {
      const rogue = new RogueSeat(strike, self);
      return { strike, rogue, secret: randomSecret(randomBytes), press: 0, sent: ['x'] };
    });
    for await (const i of strike.turns(80)) {
      const hand = strike.dice.pick(hands);
      hand.rogue.revive();
      if (i < 3 * hands.length) hand.sent.push(hand.rogue.checkIn());
      else strike.dice.pick(DEEDS)(hand);
    }
  },
};
