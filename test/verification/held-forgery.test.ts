import { describe, expect, it } from 'vitest';
import { parseJws } from '../../shared/protocol/jws.ts';
import { Ballot } from '../../shared/protocol/messages.ts';
import { bundleOf, verdict } from '../support/both-verifiers.ts';
import { filesOf, withFiles } from '../support/forge.ts';
import { AGAINST, FOR, SAMPLE_MOTIONS, SamplePlay, type SampleSeat } from '../support/sample-ledger.ts';

/** G5 at a vote that is held, goes on and is extended: what both verifiers accept, and what they name. */

const ROUND = 'm1/1';

/** A vote of 60 seconds in which one of three has voted. */
class HeldPlay extends SamplePlay {
  constructor(seconds: number | null = 60) {
    const [motion] = SAMPLE_MOTIONS;
    if (!motion) throw new Error('there is a motion');
    super(3, [{ ...motion, seconds }], 47);
    for (const seat of this.seats) this.checkIn(seat);
    this.act({ act: 'open', motion: 'm1', rehearsal: false });
    this.vote(this.at(0), FOR);
  }

  at(i: number): SampleSeat {
    const seat = this.seats[i];
    if (!seat) throw new Error('there are three seats');
    return seat;
  }

  hold(): void {
    this.act({ act: 'hold', round: ROUND, reason: '检查设备' });
  }

  resume(): void {
    this.act({ act: 'resume', round: ROUND });
  }

  close(): void {
    // What seats kept through a hold arrives first.
    this.wait(5_000);
    this.act({ act: 'close', round: ROUND });
  }

  /** The chair's close as it would be if the rules allowed it. */
  forceClose(): void {
    this.enter({ typ: 'closed', round: ROUND, present: 3, cast: 1 }, 'checkpoint');
  }

  /** Entered although the rules refuse it. */
  forceBallot(seat: SampleSeat): void {
    this.force(seat, Ballot.parse(parseJws(this.ballot(seat, AGAINST), 16_384)?.payload));
  }

  /** The close by time as it would be if the vote were over. */
  forceTimeUp(): void {
    this.enter({ typ: 'closed', round: ROUND, by: { role: 'clock' }, present: 3, cast: 1 }, 'checkpoint');
  }

  get verdict(): string {
    return verdict(bundleOf(this.end()));
  }
}

/** The verdict on what `work` makes of an open vote. */
function verdictOn(work: (play: HeldPlay) => void, seconds: number | null = 60): string {
  const play = new HeldPlay(seconds);
  work(play);
  return play.verdict;
}

describe('G5: an honest vote that was held and extended verifies', () => {
  it.each<[string, (play: HeldPlay) => void]>([
    [
      'held over its deadline and a reboot, its ballots sent again, closed by time',
      (play) => {
        const late = play.ballot(play.at(1), AGAINST);
        play.hold();
        play.deliver(play.at(1), late);
        play.wait(3_600_000);
        play.reboot(1_000);
        play.resume();
        play.deliver(play.at(1), late);
        play.wait(60_000);
        play.timeUp();
        play.act({ act: 'announce', round: ROUND });
      },
    ],
    [
      'extended twice, once while held',
      (play) => {
        play.act({ act: 'extend', round: ROUND, seconds: 120 });
        play.hold();
        play.act({ act: 'extend', round: ROUND, seconds: 30 });
        play.resume();
        play.wait(150_000);
        play.vote(play.at(2), AGAINST);
        play.close();
      },
    ],
    [
      'voided while held',
      (play) => {
        play.hold();
        play.act({ act: 'void', round: ROUND, reason: '改期' });
      },
    ],
  ])('%s', (_, work) => expect(verdictOn(work)).toBe('fine'));
});

it('the report says when, for how long, why and by whom', () => {
  const play = new HeldPlay();
  play.hold();
  play.wait(180_000);
  play.resume();
  play.act({ act: 'extend', round: ROUND, seconds: 120 });
  play.close();
  const report = Buffer.from(filesOf(bundleOf(play.end()))['report.html']).toString();
  expect(report).toMatch(
    /暂停 held [\d:]+（检查设备，主持人 周立新） 至 until [\d:]+（主持人 周立新） · 延长 extended [\d:]+（2 分钟 2 min，主持人 周立新）/,
  );
});

/** What one of the bundle's tables says of a vote that was held twice, extended, and held when it was voided. */
function tables(): { results: string; votes: string } {
  const play = new HeldPlay();
  for (let n = 0; n < 2; n += 1) {
    play.hold();
    play.wait(30_000);
    play.resume();
  }
  for (const seconds of [60, 30]) play.act({ act: 'extend', round: ROUND, seconds });
  play.hold();
  play.act({ act: 'void', round: ROUND, reason: '改期' });
  const files = filesOf(bundleOf(play.end()));
  const text = (bytes: Uint8Array) => Buffer.from(bytes).toString();
  return { results: text(files['results.json']), votes: text(files['votes.csv']) };
}

it('results.json and votes.csv tell of holds and extensions', () => {
  const { results, votes } = tables();
  const [round] = JSON.parse(results);
  expect(round.held).toMatchObject([
    { reason: '检查设备' },
    { reason: '检查设备' },
    { reason: '检查设备', until: null },
  ]);
  expect(round.held[0].until - round.held[0].from).toBe(31_000);
  expect(round.extended).toMatchObject([{ seconds: 60 }, { seconds: 30 }]);
  const remarks = votes
    .trim()
    .split('\r\n')
    .slice(1)
    .map((line) => line.split(',')[2]);
  expect(remarks).toEqual(Array(3).fill('作废暂停3次延长90秒'));
});

it('tables that keep a hold quiet are found, by both verifiers', () => {
  const play = new HeldPlay();
  play.hold();
  play.resume();
  play.close();
  const { rows, key } = play.end();
  const honest = bundleOf({ rows, key });
  for (const [name, hide] of [
    ['results.json', (text: string) => text.replace(/"held": \[[^\]]*\]/, '"held": []')],
    ['votes.csv', (text: string) => text.replaceAll('暂停1次', '')],
  ] as const) {
    const text = Buffer.from(filesOf(honest)[name]).toString();
    expect(hide(text)).not.toBe(text);
    expect(verdict(withFiles(honest, { [name]: hide(text) }, rows, key))).toBe('derived-file');
  }
});

describe('G5: with the coordinator’s key', () => {
  it.each<[string, string, (play: HeldPlay) => void]>([
    [
      'a ballot accepted while held',
      'against-rules',
      (play) => {
        play.hold();
        play.forceBallot(play.at(1));
        play.resume();
        play.close();
      },
    ],
    [
      'resumed without being held',
      'forbidden',
      (play) => {
        play.enter({ typ: 'resumed', round: ROUND });
        play.close();
      },
    ],
    [
      'held twice',
      'forbidden',
      (play) => {
        play.hold();
        play.enter({ typ: 'held', round: ROUND, reason: '再次' });
        play.resume();
        play.close();
      },
    ],
    [
      'closed by time although held',
      'before-time',
      (play) => {
        play.hold();
        play.wait(600_000);
        play.forceTimeUp();
      },
    ],
    [
      'closed by time before what a hold had left',
      'before-time',
      (play) => {
        play.hold();
        play.wait(600_000);
        play.resume();
        play.wait(1_000);
        play.forceTimeUp();
      },
    ],
    [
      'closed by time before its extension',
      'before-time',
      (play) => {
        play.act({ act: 'extend', round: ROUND, seconds: 120 });
        play.wait(70_000);
        play.forceTimeUp();
      },
    ],
    [
      'closed by the chair although held',
      'forbidden',
      (play) => {
        play.hold();
        play.forceClose();
      },
    ],
    [
      'closed by the chair before what seats had kept could arrive',
      'forbidden',
      (play) => {
        play.hold();
        play.resume();
        play.wait(4_990);
        play.forceClose();
      },
    ],
    [
      'extended after its end',
      'forbidden',
      (play) => {
        play.close();
        play.enter({ typ: 'extended', round: ROUND, seconds: 60 });
      },
    ],
    [
      'extended when its time was up',
      'forbidden',
      (play) => {
        play.wait(61_000);
        play.enter({ typ: 'extended', round: ROUND, seconds: 60 });
        play.close();
      },
    ],
    [
      'held when its time was up',
      'forbidden',
      (play) => {
        play.wait(61_000);
        play.enter({ typ: 'held', round: ROUND, reason: '迟了' }, { typ: 'resumed', round: ROUND });
        play.close();
      },
    ],
    [
      'a ballot accepted after its time, the extension forgotten',
      'against-rules',
      (play) => {
        play.wait(61_000);
        play.forceBallot(play.at(1));
        play.close();
      },
    ],
    [
      'a ballot refused as on hold although the vote went on',
      'wrongly-refused',
      (play) => {
        const message = Buffer.from(play.ballot(play.at(1), AGAINST)).toString('base64url');
        play.enter({ typ: 'refused', reason: 'on-hold', terminal: play.at(1).terminal, message });
        play.close();
      },
    ],
  ])('%s is found', (_, problem, work) => expect(verdictOn(work)).toBe(problem));

  it('a vote without a time limit that was extended is found', () => {
    const work = (play: HeldPlay) => {
      play.enter({ typ: 'extended', round: ROUND, seconds: 60 });
      play.close();
    };
    expect(verdictOn(work, null)).toBe('forbidden');
  });
});
