import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pino } from 'pino';
import { onTestFinished } from 'vitest';
import { nodeSigner } from '../../shared/protocol/ed25519-node.ts';
import type { KeyPair } from '../../shared/protocol/keys.ts';
import { type Hello, MESSAGE_VERSION, type ToSeat } from '../../shared/protocol/messages.ts';
import { Link } from '../../terminal/delivery/link.ts';
import { SeatWire } from '../../terminal/delivery/seat-wire.ts';
import { steadyClock } from '../../terminal/machine/clock.ts';
import { Disk } from '../../terminal/machine/disk.ts';
import { HALL, type TestSeat } from './open-hall.ts';
import { newId, sign } from './seat-messages.ts';

/** A terminal's line at work. */
export interface Played {
  readonly link: Link;
  readonly told: ToSeat[];
  readonly log: readonly string[];
  readonly folder: string;
}

/** A terminal's line with nothing behind it but its first question. */
export function play(
  hall: {
    readonly key: Pick<KeyPair, 'x'>;
    readonly url: string;
    /** PEM. */
    readonly ca: string;
    readonly id?: string;
  },
  seat: Pick<TestSeat, 'terminal' | 'key'>,
  folder = mkdtempSync(join(tmpdir(), 'hallvote-wire-')),
): Played {
  const { id: hallId = HALL } = hall;
  const told: ToSeat[] = [];
  const log: string[] = [];
  const disk = new Disk(folder);
  const { terminal, key } = seat;
  const wire = new SeatWire({ terminal, key, ca: hall.ca, disk, clock: steadyClock, random: randomBytes });
  let n = Date.now();
  const link: Link = new Link(
    {
      url: hall.url,
      wire,
      hall: hallId,
      terminal,
      coordinator: hall.key.x,
      self: key,
      signer: nodeSigner(key),
      nextConnection: (step) => {
        n += step;
        return n;
      },
      spreadMs: 0,
      clock: steadyClock,
      random: () => 0,
      log: pino({ level: 'trace' }, { write: (line: string) => log.push(line) }),
    },
    {
      up: () => {
        const hello: Hello = { typ: 'hello', v: MESSAGE_VERSION, id: newId(), hall: hallId, terminal };
        link.publish(sign(hello, key));
      },
      down: () => {},
      message: (message) => told.push(message),
    },
  );
  link.start();
  onTestFinished(async () => {
    await link.stop();
    rmSync(folder, { recursive: true, force: true });
  });
  return { link, told, log, folder };
}

export const isWelcome = ({ told }: Played): boolean =>
  told.some((each) => each.typ === 'seat' && each.enrolled);
