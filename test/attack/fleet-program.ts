import { randomBytes } from 'node:crypto';
import { pino } from 'pino';
import type { Key, SeatHardware } from '../../hardware/capabilities.ts';
import type { Receipt, Refusal } from '../../shared/protocol/messages.ts';
import { steadyClock } from '../../terminal/machine/clock.ts';
import { stopOnSignal } from '../../terminal/machine/signals.ts';
import { type Deputy, Fleet } from '../../terminal/rehearsal/fleet.ts';
import { fleetSeats } from '../../terminal/rehearsal/fleet-files.ts';
import { ScriptedDeputy } from '../../terminal/rehearsal/scripted-deputy.ts';
import type { SeatState } from '../../terminal/seat/seat-state.ts';
import { FleetJob, type FleetWord } from './fleet-words.ts';

/** The honest fleet: the terminals' real code with scripted deputies, who tell what they cast and what they got for it. */

const say = (word: FleetWord) => process.stdout.write(`${JSON.stringify(word)}\n`);

/** A scripted deputy who looks at the clock at every press and at every answer. */
class RecordingDeputy implements Deputy {
  readonly panel: SeatHardware['panel'];
  readonly reader: SeatHardware['reader'];
  readonly #deputy: ScriptedDeputy;
  /** When the key was pressed that cast each ballot without an answer. */
  readonly #cast = new Map<string, number>();
  #pressedAt = 0;
  #last = '';

  constructor(deputy: ScriptedDeputy) {
    this.#deputy = deputy;
    this.reader = deputy.reader;
    this.panel = {
      ...deputy.panel,
      onPress: (listener) =>
        deputy.panel.onPress((key: Key) => {
          this.#pressedAt = performance.now();
          listener(key);
        }),
    };
  }

  look(state: SeatState): void {
    const { vote } = state;
    if (vote?.cast.step === 'sending' && vote.cast.id !== this.#last) {
      const { id } = vote.cast;
      this.#last = id;
      this.#cast.set(id, this.#pressedAt);
      say({ is: 'cast', id, round: vote.round.id, at: Date.now() });
    }
    this.#deputy.look(state);
  }

  settled(id: string, answer: Receipt | Refusal): void {
    const pressedAt = this.#cast.get(id);
    // Check-ins and credentials are answered as well.
    if (pressedAt === undefined) return;
    this.#cast.delete(id);
    const at = Date.now();
    if (answer.typ === 'refusal') say({ is: 'refused', id, reason: answer.reason, at });
    else
      say({ is: 'receipt', id, seq: answer.seq, hash: answer.hash, at, ms: performance.now() - pressedAt });
  }
}

const job = FleetJob.parse(JSON.parse(process.argv[2] ?? ''));
const fleet = new Fleet({
  ...job,
  seats: fleetSeats(job).filter(({ terminal }) => !job.skip.includes(terminal)),
  manner: { behaviour: 'vote', speed: job.speed, absent: 0, passes: 0 },
  deputy: (manner, clock, random) => new RecordingDeputy(new ScriptedDeputy(manner, clock, random, random)),
  signer: 'node',
  data: job.data ?? undefined,
  from: Date.now(),
  healthEverySeconds: 30,
  version: 'attack',
  clock: steadyClock,
  wallClock: Date.now,
  randomBytes,
  log: pino({ level: 'silent' }),
});
const unwatch = fleet.watch(100, (progress) => say({ is: 'progress', ...progress }));
stopOnSignal(async () => {
  unwatch();
  await fleet.stop();
});
await fleet.start();
