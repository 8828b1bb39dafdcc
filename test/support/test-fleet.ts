import { randomBytes } from 'node:crypto';
import { pino } from 'pino';
import { steadyClock } from '../../terminal/machine/clock.ts';
import { Fleet, type FleetParts } from '../../terminal/rehearsal/fleet.ts';
import { HALL, type OpenHall } from './open-hall.ts';

/** Real terminals of all seats of a hall, in this process, in memory, not started yet; `parts` as they differ. */
export function fleetOf(hall: OpenHall, parts: Partial<FleetParts> = {}): Fleet {
  return new Fleet({
    url: hall.url,
    hall: HALL,
    key: hall.key.x,
    seats: hall.seats,
    manner: { behaviour: 'vote', speed: 200, absent: 0, passes: 0 },
    signer: 'tweetnacl',
    wallClock: Date.now,
    seed: 7,
    from: 1,
    healthEverySeconds: 0,
    version: 'test',
    clock: steadyClock,
    randomBytes,
    log: pino({ level: 'silent' }),
    ...parts,
  });
}
