import { randomBytes } from 'node:crypto';
import { existsSync, mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pino } from 'pino';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Motion } from '../../shared/kinds/kinds.ts';
import { steadyClock } from '../machine/clock.ts';
import { type FakeHall, fakeHall, until } from '../testing/fake-hall.ts';
import { appraisal, decision, round, selection } from '../testing/fixtures.ts';
import { Fleet, type FleetParts } from './fleet.ts';
import { FleetFileError, fleetSeats, makeKeys, terminalsCsv } from './fleet-files.ts';

let folder: string;
let hall: FakeHall;
beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'hallvote-fleet-'));
  hall = await fakeHall();
});
afterEach(async () => {
  await hall.close();
  rmSync(folder, { recursive: true });
});

const at = (name: string) => join(folder, name);

/** Keys, terminals.csv and roll.csv for `count` seats. */
function files(count: number, rollHeader = 'id,name,delegation,seat,card,title') {
  const seats = Array.from({ length: count }, (_, i) => `${i + 1}座`);
  const roll = seats.map((seat, i) => `D${i},名${i},团,${seat},CARD${1000 + i},`);
  writeFileSync(at('roll.csv'), `\uFEFF${[rollHeader, ...roll].join('\r\n')}\r\n`);
  writeFileSync(at('terminals.csv'), terminalsCsv(makeKeys(at('keys'), count, seats, randomBytes)));
  return { terminals: at('terminals.csv'), keys: at('keys'), roll: at('roll.csv') };
}

function fleet(count: number, more: Partial<FleetParts> = {}): Fleet {
  return new Fleet({
    url: hall.url,
    hall: 'h',
    key: hall.key.x,
    seats: fleetSeats(files(count)),
    manner: { behaviour: 'vote', speed: 500, absent: 0, passes: 0 },
    signer: 'node',
    wallClock: Date.now,
    seed: 1,
    from: 1,
    healthEverySeconds: 0,
    version: '0',
    clock: steadyClock,
    randomBytes,
    log: pino({ level: 'silent' }),
    ...more,
  });
}

const choices = () => hall.received.flatMap((message) => (message.typ === 'ballot' ? [message.choice] : []));

describe('the files of simulated seats', () => {
  test('keys are made once, only this user reads them, and names are long enough', () => {
    const first = makeKeys(at('keys'), 2, ['1座'], randomBytes);
    const lines = makeKeys(at('keys'), 3, ['1座'], randomBytes);
    expect(lines.slice(0, 2)).toEqual(first);
    expect(lines.map(({ terminal, seat }) => [terminal, seat])).toEqual([
      ['T001', '1座'],
      ['T002', '2'],
      ['T003', '3'],
    ]);
    expect(statSync(at('keys/T001.seed')).mode & 0o777).toBe(0o600);
    makeKeys(at('many'), 1000, [], randomBytes);
    expect(existsSync(at('many/T0001.seed'))).toBe(true);
  });

  test('cards come from the roll by seat, with English or Chinese headers', () => {
    expect(fleetSeats(files(2)).map(({ card }) => card)).toEqual(['CARD1000', 'CARD1001']);
    expect(fleetSeats(files(2, '编号,姓名,代表团,席位,卡号,职务')).map(({ card }) => card)).toEqual([
      'CARD1000',
      'CARD1001',
    ]);
  });

  test('a mistake names the file, the line and the cure', () => {
    const good = files(2);
    rmSync(at('keys/T002.seed'));
    expect(() => fleetSeats(good)).toThrow(/T002\.seed: there is no seed for T002; make keys/);
    writeFileSync(at('terminals.csv'), 'terminal,seat,key\nT001,1,short\n');
    expect(() => fleetSeats(good)).toThrow(/terminals\.csv:2: key: /);
    expect(() => fleetSeats({ ...good, roll: at('none.csv') })).toThrow(FleetFileError);
  });
});

describe('a fleet of simulated seats', () => {
  test.each<[string, Motion]>([
    ['decision', decision()],
    ['selection', selection(3, 5)],
    ['appraisal', appraisal(true, 3)],
  ])('checks in and votes on a %s as people do', async (_name, motion) => {
    const seats = fleet(6);
    await seats.start();
    await until('all checked in', () => seats.progress().checkedIn === 6);
    hall.publish(round(motion));
    await until('all counted', () => seats.progress().counted === 6);
    await seats.stop();
    expect(choices()).toHaveLength(6);
    expect(seats.progress()).toMatchObject({ seats: 6, round: `${motion.id}/1` });
  });

  test('absent deputies never tap, and check-in only means no votes', async () => {
    const away = fleet(3, { manner: { behaviour: 'vote', speed: 500, absent: 1, passes: 0 } });
    const present = fleet(3, { manner: { behaviour: 'checkin-only', speed: 500, absent: 0, passes: 0 } });
    await away.start();
    await until('connected', () => away.progress().connected === 3);
    await away.stop();
    expect(hall.received.some((message) => message.typ === 'check-in')).toBe(false);
    await present.start();
    await until('checked in', () => present.progress().checkedIn === 3);
    hall.publish(round(decision()));
    await until('the vote is seen', () => present.progress().round === 'm1/1');
    await present.stop();
    expect(choices()).toEqual([]);
  });

  test('the same seed gives the same votes', async () => {
    const votes: string[] = [];
    for (const [run, seed] of [7, 7, 8].entries()) {
      hall.received.length = 0;
      hall.deputies.clear();
      hall.publish(null);
      const seats = fleet(8, { seed, from: run + 1 });
      await seats.start();
      await until('checked in', () => seats.progress().checkedIn === 8);
      hall.publish(round(selection(3, 12), 'open', run + 1));
      await until('counted', () => seats.progress().counted === 8);
      await seats.stop();
      const byTerminal = hall.received.flatMap((m) =>
        m.typ === 'ballot' ? [`${m.terminal} ${JSON.stringify(m.choice)}`] : [],
      );
      votes.push(byTerminal.sort().join('\n'));
    }
    expect(votes[1]).toBe(votes[0]);
    expect(votes[2]).not.toBe(votes[0]);
  });
});
