import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { OwnEntry } from '../../coordinator/sitting/entries.ts';
import type { CeremonyStep } from '../../coordinator/sitting/secrecy.ts';
import { combine } from '../../shared/belenios/tally.ts';
import { readShare } from '../../shared/belenios/tally-text.ts';
import { tallyOfCounts } from '../../shared/kinds/counting.ts';
import { nodeSigner } from '../../shared/protocol/ed25519-node.ts';
import { parseJwsOfAnyLength, signJws } from '../../shared/protocol/jws.ts';
import { result } from '../../shared/protocol/result.ts';
import { bundleOf, verdict } from '../support/both-verifiers.ts';
import { rechain, withRows } from '../support/forge.ts';
import type { SampleSeat } from '../support/sample-ledger.ts';
import { SecretPlay } from '../support/secret-play.ts';
import {
  COORDINATOR,
  choose,
  grade,
  SCRUTINEERS,
  SECRET_MOTIONS,
  scrutineersLedger,
} from '../support/secret-sample.ts';

/**
 * G5 in secret votes against who holds the coordinator's key, the election key too, and plays the sitting as they like:
 * every entry below is well signed, and what follows from it is made to fit.
 */

type Seats = readonly [SampleSeat, SampleSeat, SampleSeat];

const Answers = z.looseObject({
  answers: z.array(
    z.object({
      choices: z.array(z.object({ alpha: z.string(), beta: z.string() })),
      individual_proofs: z.array(z.array(z.unknown())),
      overall_proof: z.array(z.unknown()),
    }),
  ),
});
type Answer = z.infer<typeof Answers>['answers'][number];

/** A ballot with other answers, written as it was. */
function answering(ballot: string, change: (answers: Answer[]) => unknown): string {
  const { election_uuid, election_hash, credential, answers, signature } = Answers.parse(JSON.parse(ballot));
  const changed = change(structuredClone(answers));
  return JSON.stringify({ election_uuid, election_hash, credential, answers: changed, signature });
}

/** What both verifiers find in a sitting played by `dishonest`, a selection being open. */
function found(
  dishonest: (play: SecretPlay, seats: Seats) => void,
  secrecy = COORDINATOR,
  motion = 'm2',
): string {
  const play = new SecretPlay(3, SECRET_MOTIONS, 21, secrecy);
  const [a, b, c] = play.seats;
  if (!a || !b || !c) throw new Error('there are three seats');
  play.act({ act: 'open', motion, rehearsal: false });
  dishonest(play, [a, b, c]);
  return verdict(bundleOf(play.end()));
}

/** Three votes: c1 has two, c2 and c3 one each. */
function votes(play: SecretPlay, [a, b, c]: Seats): void {
  play.vote(a, choose('c1'));
  play.vote(b, choose('c1', 'c2'));
  play.vote(c, choose('c3'));
}

/** A sum of the coordinator's own making, decrypted as it is. */
function finishWith(play: SecretPlay, ballots: readonly string[], count = play.counted().length): void {
  play.close();
  play.enter({ typ: 'tallied', round: 'm2/1', ballots: count, tally: play.sum(ballots) }, 'checkpoint');
  decryptAsIs(play);
}

function decryptAsIs(play: SecretPlay, share = play.share(1)): void {
  const { tally } = play.round.sealed;
  const read = readShare(share);
  const counts = tally && read && combine(tally.sum, [{ ...read, owner: 1 }], null, 9);
  if (!counts) throw new Error('it cannot be decrypted');
  play.enter({ typ: 'share', round: 'm2/1', owner: 1, share }, resultOf(play, counts), 'checkpoint');
}

function resultOf(play: SecretPlay, counts: readonly (readonly number[])[]) {
  const { motion, roll, present, cast } = play.round;
  const drawn = result(motion, tallyOfCounts(motion, counts), { roll, present, cast }, 'terminals');
  return { typ: 'result', round: play.round.id, result: drawn } as const;
}

describe('G5: with the coordinator’s key, in a secret vote', () => {
  it('nothing is found where nothing is wrong', () => {
    const honest = (play: SecretPlay, seats: Seats) => {
      votes(play, seats);
      play.finish();
    };
    expect(found(honest)).toBe('fine');
    expect(found(honest, SCRUTINEERS)).toBe('fine');
    const byHand = (play: SecretPlay, seats: Seats) => {
      votes(play, seats);
      finishWith(play, play.counted());
    };
    expect(found(byHand)).toBe('fine');
  });

  it('a ballot that does not hold is found where it counts', () => {
    const stuffed = (play: SecretPlay, [a, b, c]: Seats) => {
      play.vote(a, choose('c1'));
      play.vote(b, choose());
      play.cast(c, play.stuffed(c, choose('c1')));
      finishWith(play, play.counted());
    };
    expect(found(stuffed)).toBe('ballot-false');
    // Voided, replaced or rehearsed, it is false all the same.
    expect(
      found((play, [a]) => {
        play.cast(a, play.stuffed(a, choose('c1')));
        play.act({ act: 'void', round: 'm2/1', reason: '重来' });
      }),
    ).toBe('ballot-false');
    expect(
      found((play, [a]) => {
        play.cast(a, play.stuffed(a, choose('c1')));
        play.vote(a, choose('c1'), 2);
        play.finish();
      }),
    ).toBe('ballot-false');
  });

  it('a ballot whose numbers are none is found, and stops no verifier', () => {
    for (const number of ['abc', '-1', '01', '', `1${'0'.repeat(76)}`])
      expect(
        found((play, [a, b]) => {
          play.vote(a, choose('c1'));
          play.cast(b, play.seal(b, choose()).replace(/"challenge":"\d+"/, `"challenge":"${number}"`));
          finishWith(play, play.counted());
        }),
      ).toBe('ballot-false');
  });

  it('a ballot that holds is found where it was rejected', () => {
    for (const reason of ['sealed-without-proof', 'sealed-malformed'] as const)
      expect(
        found((play, seats) => {
          votes(play, seats);
          play.reject(reason);
          play.finish();
        }),
      ).toBe('ballot-holds');
  });

  it('a false ballot rejected for another reason, twice, too late, or that is no ballot, is found', () => {
    const stuffedThen = (then: (play: SecretPlay, seats: Seats) => void) =>
      found((play, seats) => {
        play.vote(seats[1], choose());
        play.cast(seats[0], play.stuffed(seats[0], choose('c1')));
        then(play, seats);
        play.finish();
      });
    expect(stuffedThen((play) => play.reject())).toBe('fine');
    expect(stuffedThen((play) => play.reject('sealed-malformed'))).toBe('ballot-holds');
    const rejectAgain = (play: SecretPlay, back: number) =>
      play.enter({
        ...{ typ: 'ballot-rejected', round: 'm2/1', reason: 'sealed-without-proof' },
        ballot: play.rows().length - back,
      } as const);
    expect(
      stuffedThen((play) => {
        play.reject();
        rejectAgain(play, 1);
      }),
    ).toBe('rejected-nothing');
    expect(stuffedThen((play) => rejectAgain(play, 3))).toBe('rejected-nothing');
    expect(
      found((play, seats) => {
        votes(play, seats);
        play.close();
        rejectAgain(play, 2);
        play.tally();
        play.decrypt();
      }),
    ).toBe('rejected-nothing');
  });

  it('what is wrong first is why a ballot is rejected', () => {
    type Case = [(answers: Answer[]) => Answer[], 'sealed-malformed' | 'sealed-without-proof'];
    const ofOrder8 = '7a03ac9277fdc74ec6cc392cfa53202a0f67100d760b3cba4fd84d3d706a17c7';
    const withPoint = (i: number, alpha: string) => (answers: Answer[]) =>
      answers.map((each, at) =>
        at === i
          ? { ...each, choices: each.choices.map((choice, j) => (j ? choice : { ...choice, alpha })) }
          : each,
      );
    const shorter = (i: number) => (answers: Answer[]) =>
      answers.map((each, at) => (at === i ? { ...each, choices: each.choices.slice(1) } : each));
    const fewerProofs = (i: number, of: 'individual_proofs' | 'overall_proof') => (answers: Answer[]) =>
      answers.map((each, at) => (at === i ? { ...each, [of]: each[of].slice(1) } : each));
    const swapped = (answers: Answer[]) =>
      answers.map((each, at) => (at === 0 ? { ...each, choices: each.choices.toReversed() } : each));
    const both = (one: typeof swapped, other: typeof swapped) => (answers: Answer[]) => other(one(answers));
    const cases: Case[] = [
      [withPoint(1, ofOrder8), 'sealed-without-proof'],
      [(answers) => answers.slice(1), 'sealed-malformed'],
      [shorter(0), 'sealed-malformed'],
      [fewerProofs(1, 'individual_proofs'), 'sealed-malformed'],
      [fewerProofs(1, 'overall_proof'), 'sealed-without-proof'],
      [swapped, 'sealed-without-proof'],
      [both(swapped, shorter(1)), 'sealed-without-proof'],
      [both(shorter(0), withPoint(1, ofOrder8)), 'sealed-malformed'],
      [both(shorter(1), withPoint(0, ofOrder8)), 'sealed-without-proof'],
    ];
    for (const [i, [change, reason]] of cases.entries())
      expect(
        found(
          (play, [a]) => {
            play.forceCast(a, answering(play.seal(a, grade(['p1', 'basic'])), change));
            play.reject(reason);
            play.act({ act: 'void', round: 'm4/1', reason: '重来' });
          },
          COORDINATOR,
          'm4',
        ),
        `case ${i}`,
      ).toBe('fine');
  });

  it('a sum that leaves out, doubles or adds a ballot is found', () => {
    const withSum = (pick: (ballots: readonly string[]) => readonly string[]) =>
      found((play, seats) => {
        votes(play, seats);
        finishWith(play, pick(play.counted()));
      });
    expect(withSum((ballots) => ballots.slice(1))).toBe('wrong-sum');
    expect(withSum((ballots) => [...ballots, ...ballots.slice(0, 1)])).toBe('wrong-sum');
    expect(withSum(([first = '', , third = '']) => [first, first, third])).toBe('wrong-sum');
    expect(
      found((play, seats) => {
        const [a] = seats;
        votes(play, seats);
        const [replaced = ''] = play.counted();
        play.vote(a, choose('c3'), 2);
        finishWith(play, [replaced, ...play.counted().slice(1)]);
      }),
    ).toBe('wrong-sum');
    expect(
      found((play, seats) => {
        votes(play, seats);
        finishWith(play, play.counted(), 2);
      }),
    ).toBe('not-as-decided');
  });

  it('a sum in another spelling, and a second one, are found', () => {
    expect(
      found((play, seats) => {
        votes(play, seats);
        play.close();
        const tally = `${play.sum()} `;
        play.enter({ typ: 'tallied', round: 'm2/1', ballots: 3, tally }, 'checkpoint');
        play.tally();
        play.decrypt();
      }),
    ).toBe('forbidden');
    expect(
      found((play, seats) => {
        votes(play, seats);
        play.close();
        play.tally();
        const tally = play.sum(play.counted().slice(1));
        play.enter({ typ: 'tallied', round: 'm2/1', ballots: 3, tally }, 'checkpoint');
        decryptAsIs(play);
      }),
    ).toBe('forbidden');
  });

  it('a share that does not hold, and one of somebody else, are found', () => {
    const shared = (change: (share: string, play: SecretPlay) => string) =>
      found((play, seats) => {
        votes(play, seats);
        play.close();
        play.tally();
        play.enter(
          { typ: 'share', round: 'm2/1', owner: 1, share: change(play.share(1), play) },
          resultOf(play, [[0, 0, 3]]),
          'checkpoint',
        );
      });
    const swapped = (share: string) =>
      share.replace(/\["([0-9a-f]{64})","([0-9a-f]{64})"/, (_, one, other) => `["${other}","${one}"`);
    expect(shared(swapped)).toBe('forbidden');
    expect(shared((share) => share.replace(/"response":"\d/, '"response":"'))).toBe('forbidden');
    expect(shared((share) => ` ${share}`)).toBe('forbidden');
    expect(
      found((play, seats) => {
        votes(play, seats);
        play.close();
        play.tally();
        const share = play.share(2);
        play.enter({ typ: 'share', round: 'm2/1', owner: 1, share });
      }, SCRUTINEERS),
    ).toBe('forbidden');
    expect(
      found((play, seats) => {
        votes(play, seats);
        play.close();
        play.tally();
        const again = { typ: 'share', round: 'm2/1', owner: 2, share: play.share(2) } as const;
        play.enter(again, again);
      }, SCRUTINEERS),
    ).toBe('forbidden');
  });

  it('another result than the shares give, or one without shares, is found', () => {
    const other = (play: SecretPlay, seats: Seats) => {
      votes(play, seats);
      play.close();
      play.tally();
      const share = play.share(1);
      const said = resultOf(play, [[1, 1, 2]]);
      play.enter({ typ: 'share', round: 'm2/1', owner: 1, share }, said, 'checkpoint');
    };
    expect(found(other)).toBe('not-as-decided');
    const early = (play: SecretPlay, seats: Seats) => {
      votes(play, seats);
      play.close();
      play.enter(resultOf(play, [[2, 1, 1]]), 'checkpoint');
    };
    expect(found(early)).toBe('result-alone');
    const tooFew = (play: SecretPlay, seats: Seats) => {
      votes(play, seats);
      play.close();
      play.tally();
      const share = play.share(1);
      play.enter({ typ: 'share', round: 'm2/1', owner: 1, share }, resultOf(play, [[2, 1, 1]]));
    };
    expect(found(tooFew, SCRUTINEERS)).toBe('result-alone');
    const unsaid = (play: SecretPlay, seats: Seats) => {
      votes(play, seats);
      play.close();
      play.enter({ typ: 'announced', round: 'm2/1' });
    };
    expect(found(unsaid)).toBe('forbidden');
  });

  it('a ballot cast twice, for another deputy, after an audit, or with another credential, is found', () => {
    const cast = (how: (play: SecretPlay, seats: Seats) => void) =>
      found((play, seats) => {
        votes(play, seats);
        how(play, seats);
        play.finish();
      });
    const first = (play: SecretPlay) => play.counted()[0] ?? '';
    expect(cast((play, [a]) => play.forceCast(a, first(play), 2))).toBe('against-rules');
    expect(cast((play, [, b]) => play.forceCast(b, first(play), 2))).toBe('against-rules');
    expect(cast((play, [a]) => play.forceCast(a, play.audit(a, choose('c2')), 2))).toBe('against-rules');
    const anew = (play: SecretPlay, a: SampleSeat, ballot: string) =>
      play.forceCast(a, play.signedAnew(a, ballot), 2);
    expect(cast((play, [a]) => anew(play, a, first(play)))).toBe('against-rules');
    expect(cast((play, [a]) => anew(play, a, play.audit(a, choose('c2'))))).toBe('against-rules');
    expect(
      cast((play, [a]) => {
        play.credential(a);
        play.forceCast(a, play.seal(a, choose('c2')), 2);
      }),
    ).toBe('against-rules');
    expect(cast((play, [a]) => play.forceCast(a, play.seal(a, choose('c2')), 1))).toBe('against-rules');
  });

  it('a ballot longer than it can be, and one too many, are found', () => {
    const cast = (how: (play: SecretPlay, seats: Seats) => void) =>
      found((play, seats) => {
        votes(play, seats);
        how(play, seats);
        play.finish();
      });
    const long = (play: SecretPlay, a: SampleSeat, length: number) => {
      // Now and then one is as long as one can be.
      let text = play.seal(a, choose('c2'));
      while (text.length === play.round.sealed.longest) text = play.seal(a, choose('c2'));
      play.forceCast(a, text.padEnd(length), 2);
      play.reject('sealed-malformed');
    };
    expect(cast((play, [a]) => long(play, a, play.round.sealed.longest))).toBe('fine');
    expect(cast((play, [a]) => long(play, a, play.round.sealed.longest + 1))).toBe('against-rules');
    const more = (play: SecretPlay, a: SampleSeat, last: number) => {
      for (let press = 2; press <= last; press += 1) play.forceCast(a, play.seal(a, choose('c2')), press);
    };
    expect(cast((play, [a]) => more(play, a, 50))).toBe('fine');
    expect(cast((play, [a]) => more(play, a, 51))).toBe('against-rules');
  });

  it('an opened ballot with more or fewer answers than were asked is found', () => {
    const opened = (votes: (0 | 1)[][], randomness: string[][]) =>
      found((play, [a]) => {
        play.forceAudit(a, choose('c1'), { votes, randomness });
        play.act({ act: 'void', round: 'm2/1', reason: '重来' });
      });
    expect(opened([[1, 0, 0]], [['1', '2', '3']])).toBe('fine');
    expect(opened([[1, 0]], [['1', '2', '3']])).toBe('against-rules');
    expect(opened([[1, 0, 0], [1]], [['1', '2', '3']])).toBe('against-rules');
    expect(opened([[1, 0, 0]], [['1', '2', '3', '4']])).toBe('against-rules');
  });

  it('a credential that its terminal does not hold, or that is another’s, is found', () => {
    const offered = (how: (play: SecretPlay, seats: Seats) => void) =>
      found((play, seats) => {
        how(play, seats);
        play.finish();
      });
    const vote = (play: SecretPlay, seat: SampleSeat) => play.forceCast(seat, play.seal(seat, choose('c1')));
    expect(
      offered((play, [a, b]) => {
        const { credential, proof } = play.offer(a);
        play.force(b, { ...play.offer(b), credential, proof });
        vote(play, a);
      }),
    ).toBe('against-rules');
    expect(
      offered((play, [a]) => {
        const { response } = play.offer(a).proof;
        const message = play.offer(a);
        play.force(a, { ...message, proof: { ...message.proof, response } });
        vote(play, a);
      }),
    ).toBe('against-rules');
  });

  it('another election than the rules make, or another key, is found', () => {
    const once = (how: (play: SecretPlay, seats: Seats) => void, secrecy = COORDINATOR) =>
      found((play, seats) => {
        votes(play, seats);
        play.finish();
        how(play, seats);
      }, secrecy);
    const settled = { act: 'void', round: 'm3/1', reason: '重来' } as const;
    const openedAs = (change: Parameters<SecretPlay['openAs']>[1]) =>
      once((play, [a]) => {
        play.openAs('m3', change);
        play.vote(a, choose('c1'));
        play.act(settled);
      });
    expect(openedAs({})).toBe('fine');
    expect(openedAs({ uuid: '1111111111111111111111' })).toBe('not-as-decided');
    const other = /"public_key":"([0-9a-f]{64})"/.exec(
      new SecretPlay(1, SECRET_MOTIONS, 5, COORDINATOR).newTrustee(),
    );
    expect(openedAs({ key: other?.[1] ?? '' })).toBe('not-as-decided');

    const setKey = (trustees: string) => ({ typ: 'election-key-set', trustees }) as const;
    const anew = { typ: 'secrecy-set', secrecy: COORDINATOR } as const;
    expect(once((play) => play.enter(anew, setKey(play.newTrustee())))).toBe('fine');
    expect(once((play) => play.enter(anew, setKey(`${play.newTrustee()} `)))).toBe('forbidden');
    expect(once((play) => play.enter(anew, setKey('none')))).toBe('forbidden');
    const unproven = (play: SecretPlay) => play.newTrustee().replace(/"response":"\d/, '"response":"');
    expect(once((play) => play.enter(anew, setKey(unproven(play))))).toBe('forbidden');
    expect(once((play) => play.enter(setKey(play.newTrustee())))).toBe('forbidden');
    expect(once((play) => play.enter(setKey(play.newTrustee())), SCRUTINEERS)).toBe('forbidden');
    expect(
      found((play, seats) => {
        votes(play, seats);
        play.close();
        play.enter(anew);
      }),
    ).toBe('forbidden');
  });

  it('a threshold that nobody can reach is found', () => {
    const { rows, key } = scrutineersLedger();
    const i = rows.findIndex(({ type }) => type === 'secrecy-set');
    const { secrecy, ...says } = z
      .looseObject({ secrecy: z.looseObject({}) })
      .parse(parseJwsOfAnyLength(rows[i]?.body ?? '')?.payload);
    const forged = (threshold: number) => {
      const body = signJws({ ...says, secrecy: { ...secrecy, threshold } }, nodeSigner(key));
      const changed = rows.slice(0, i + 1).map((row, at) => (at === i ? { ...row, body } : row));
      return verdict(withRows(bundleOf({ rows: rows.slice(0, i + 1), key }), rechain(changed), key));
    };
    expect(forged(4)).toBe('body-unreadable');
    expect(forged(0)).toBe('body-unreadable');
  });

  it('a ceremony that is not one is found', () => {
    const begun = (how: (play: SecretPlay, certificate: string) => void) => {
      const play = new SecretPlay(1, SECRET_MOTIONS, 22, SCRUTINEERS);
      const step = play.rows().find(({ type }) => type === 'ceremony-step');
      const says = OwnEntry.parse(parseJwsOfAnyLength(step?.body ?? '')?.payload);
      how(play, says.typ === 'ceremony-step' ? says.text : '');
      return verdict(bundleOf(play.end()));
    };
    const restarted = { typ: 'ceremony-restarted', reason: '重来' } as const;
    const step = (owner: number, text: string, kind: CeremonyStep = 'certificate') =>
      ({ typ: 'ceremony-step', owner, step: kind, text }) as const;
    expect(begun((play, text) => play.enter(restarted, step(1, text)))).toBe('fine');
    expect(begun((play, text) => play.enter(step(1, text)))).toBe('forbidden');
    expect(begun((play, text) => play.enter(restarted, step(2, text)))).toBe('forbidden');
    expect(begun((play, text) => play.enter(restarted, step(4, text)))).toBe('forbidden');
    expect(begun((play, text) => play.enter(restarted, step(1, text), step(1, text)))).toBe('forbidden');
    expect(begun((play, text) => play.enter(restarted, step(1, `${text} `)))).toBe('forbidden');
    expect(begun((play, text) => play.enter(restarted, step(1, text, 'polynomial')))).toBe('forbidden');
  });

  it('a contribution with a false signature or proof, and another key than they make, are found', () => {
    const { rows, key } = scrutineersLedger();
    const withText = (i: number, change: (text: string) => string) => {
      const payload = parseJwsOfAnyLength(rows[i]?.body ?? '')?.payload;
      const says = OwnEntry.parse(payload);
      const changed =
        says.typ === 'ceremony-step'
          ? { ...says, text: change(says.text) }
          : says.typ === 'election-key-set' && { ...says, trustees: change(says.trustees) };
      if (!changed) throw new Error(`${says.typ} has no text`);
      const forged = rows
        .slice(0, i + 1)
        .map((row, at) => (at === i ? { ...row, body: signJws(changed, nodeSigner(key)) } : row));
      return verdict(withRows(bundleOf({ rows: rows.slice(0, i), key }), rechain(forged), key));
    };
    const places = (type: string) => rows.flatMap((row, i) => (row.type === type ? [i] : []));
    const steps = places('ceremony-step');
    expect(steps.length).toBe(9);
    const digits = [/"response":"(\d)(\d)/, /"challenge":"(\d)(\d)/, /"public_key":"(.)(.)/];
    for (const i of steps)
      for (const digit of digits) {
        const swap = (text: string) =>
          text.replace(digit, (all, one, two) => all.slice(0, -2) + (one === two ? `1${two}2` : two + one));
        if (digit === digits[2] && !steps.slice(6).includes(i)) continue;
        expect(withText(i, swap), `entry ${i + 1}`).toBe('forbidden');
      }
    const [keySet = -1] = places('election-key-set');
    expect(withText(keySet, (text) => text.replace('"threshold":2', '"threshold":1'))).toBe('not-as-decided');
    expect(withText(keySet, (text) => `${text} `)).toBe('not-as-decided');
  });

  it('a signature on another result, or of somebody else, is found', () => {
    const signed = (how: (play: SecretPlay) => void) =>
      found((play, seats) => {
        votes(play, seats);
        play.finish();
        how(play);
      }, SCRUTINEERS);
    const entry = (owner: number, signature: { challenge: string; response: string }) =>
      ({ typ: 'result-signed', round: 'm2/1', owner, signature }) as const;
    expect(signed((play) => play.enter(entry(1, play.signature(1))))).toBe('fine');
    expect(signed((play) => play.enter(entry(1, play.signature(2))))).toBe('forbidden');
    expect(signed((play) => play.enter(entry(1, play.signature(1)), entry(1, play.signature(1))))).toBe(
      'forbidden',
    );
    expect(
      signed((play) => {
        const signature = play.signature(1);
        play.act({ act: 'open', motion: 'm3', rehearsal: false });
        play.close();
        play.enter({ ...entry(1, signature), round: 'm3/1' });
      }),
    ).toBe('forbidden');
  });

  it('a signature whose numbers are none is found, and stops no verifier', () => {
    const { rows, key } = scrutineersLedger();
    const i = rows.findIndex(({ type }) => type === 'result-signed');
    for (const challenge of ['abc', '0x10', '', ' 1']) {
      const says = parseJwsOfAnyLength(rows[i]?.body ?? '')?.payload;
      const changed = { ...z.looseObject({}).parse(says), signature: { challenge, response: '1' } };
      const forged = rows
        .slice(0, i + 1)
        .map((row, at) => (at === i ? { ...row, body: signJws(changed, nodeSigner(key)) } : row));
      const made = bundleOf({ rows: rows.slice(0, i), key });
      expect(verdict(withRows(made, rechain(forged), key))).toBe('body-unreadable');
    }
  });
});
