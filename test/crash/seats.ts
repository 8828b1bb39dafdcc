import { randomBytes } from 'node:crypto';
import { appendFileSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { pino } from 'pino';
import { z } from 'zod';
import { toBase64url } from '../../shared/protocol/bytes.ts';
import { nodeSigner } from '../../shared/protocol/ed25519-node.ts';
import { signJws } from '../../shared/protocol/jws.ts';
import { keyPairFromSeed } from '../../shared/protocol/keys.ts';
import type { Ballot, Seat, SittingState, ToTerminal } from '../../shared/protocol/messages.ts';
import { Courier } from '../../terminal/delivery/courier.ts';
import { Link } from '../../terminal/delivery/link.ts';
import { diskOutbox } from '../../terminal/delivery/outbox.ts';
import { SeatWire } from '../../terminal/delivery/seat-wire.ts';
import { steadyClock } from '../../terminal/machine/clock.ts';
import { Disk } from '../../terminal/machine/disk.ts';
import { numbered } from '../../terminal/machine/identity.ts';

/**
 * A process full of seats for the crash tests: the terminal's own outbox on disk, courier and link, with a deputy
 * who votes again as soon as the last ballot is answered. What was cast, receipted and refused is written down
 * line by line, as it happens, so that nothing is forgotten when the process is killed.
 */
const Job = z.object({
  url: z.string(),
  /** The file of the hall’s CA; null where it speaks without TLS. */
  ca: z.string().nullable(),
  hall: z.string(),
  sitting: z.string(),
  key: z.string(),
  folder: z.string(),
  seats: z.array(z.object({ terminal: z.string(), deputy: z.string(), card: z.string(), seed: z.string() })),
});
type Job = z.infer<typeof Job>;

const newId = () => toBase64url(randomBytes(16));

function runSeat(job: Job, { terminal, deputy, card, seed }: Job['seats'][number]): void {
  const { hall, sitting } = job;
  const disk = new Disk(join(job.folder, terminal));
  const write = (line: string) => appendFileSync(join(job.folder, 'journal'), `${line}\n`);
  const key = keyPairFromSeed(Buffer.from(seed, 'base64url'));
  const identity = numbered(key, disk);
  const signer = nodeSigner(key);
  const outbox = diskOutbox(disk, key, (file, why) => write(`aside ${file} ${why}`));
  const log = pino({ level: 'silent' });
  let state: Seat | null = null;
  let round: SittingState['round'] = null;

  const hello = () => signJws({ typ: 'hello', v: 1, id: newId(), hall, terminal }, signer);
  const act = () => {
    if (courier.waiting > 0 || !state?.enrolled) return;
    if (state.deputy === null)
      courier.send({ typ: 'check-in', v: 1, id: newId(), hall, sitting, terminal, card });
    else if (round?.phase === 'open' && state.round === round.id && state.eligible) cast(round);
  };
  /** The last used: of an earlier life, as the outbox and the coordinator know it. */
  let press = Math.max(0, ...outbox.all().map(({ ballot }) => ballot.press));
  const cast = ({ id, opening, motion }: NonNullable<SittingState['round']>) => {
    if (motion.press === 'first' && state?.counted !== null) return;
    press += 1;
    const option = press % 3 === 0 ? 'against' : 'for';
    const ballot: Ballot = {
      typ: 'ballot',
      v: 1,
      id: newId(),
      hall,
      sitting,
      terminal,
      deputy,
      round: id,
      opening,
      press,
      choice: { kind: 'decision', option },
    };
    courier.send(ballot);
    write(`cast ${ballot.id} ${id}`);
  };
  const hear = (message: ToTerminal) => {
    if (message.typ === 'sitting') round = message.round;
    if (message.typ === 'seat') {
      const wasKnown = state !== null && isUp;
      state = message;
      press = Math.max(press, message.counted ?? 0);
      if (!wasKnown || message.enrolled) courier.linkUp();
    }
    if (message.typ === 'receipt') {
      // Written before the outbox forgets the ballot.
      write(`receipt ${message.for} ${message.seq} ${message.hash}`);
      if (courier.settle(message) !== null && state) state = { ...state, counted: 1 };
      link.publish(hello());
    }
    if (message.typ === 'refusal') {
      write(`refused ${message.for} ${message.reason}`);
      courier.settle(message);
    }
    setTimeout(act, Math.random() * 20);
  };
  let isUp = false;
  const link = new Link(
    {
      url: job.url,
      wire:
        authority &&
        new SeatWire({ terminal, key, ca: authority, disk, clock: steadyClock, random: randomBytes }),
      hall,
      terminal,
      coordinator: job.key,
      self: key,
      signer,
      nextConnection: (step) => identity.nextConnection(step),
      spreadMs: 50,
      clock: steadyClock,
      // Back-off as in a hall, only quicker: the test kills faster than a power grid does.
      random: () => Math.random() * 0.1,
      log,
    },
    {
      up: () => {
        isUp = true;
        link.publish(hello());
      },
      down: () => {
        isUp = false;
        courier.linkDown();
      },
      message: hear,
    },
  );
  const courier = new Courier({
    outbox,
    signer,
    transmit: (jws) => link.publish(jws),
    clock: steadyClock,
    random: () => Math.random() * 0.1,
  });
  // What the disk still holds was cast, whether or not the journal had time to say so.
  for (const { ballot } of outbox.all()) write(`cast ${ballot.id} ${ballot.round}`);
  setInterval(() => {
    write(`waiting ${terminal} ${courier.waiting} ${round?.phase ?? 'none'}`);
    act();
  }, 500);
  link.start();
}

const job = Job.parse(JSON.parse(readFileSync(process.argv[2] ?? '', 'utf8')));
const authority = job.ca === null ? undefined : readFileSync(job.ca);
for (const seat of job.seats) runSeat(job, seat);
process.stdout.write('ready\n');
