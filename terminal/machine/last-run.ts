import { z } from 'zod';
import type { MachineBoot, Reset } from '../../hardware/machine-boot.ts';
import {
  BOOT_REASONS,
  type BootReason,
  GOODBYES,
  type Goodbye,
  type ProgramEnd,
} from '../../shared/protocol/seat-details.ts';
import type { Disk } from './disk.ts';

const FILE = 'last-run.json';

const Run = z.object({
  /** Which start of the machine it ran in. */
  bootId: z.string().nullable(),
  /** How that came about: told once, by the first run in it. */
  boot: z.enum(BOOT_REASONS).nullable(),
  wasUndervoltage: z.boolean(),
  /** Null while it runs: whoever finds that knows that it was not told to end. */
  end: z.enum(GOODBYES).nullable(),
});
type Run = z.infer<typeof Run>;

/**
 * What the program notes of its own run beside its data, so that the next one knows how this one ended, and why the machine was
 * started. A disk that does not take it is the disk's fault, and told as such.
 */
export class LastRun {
  /** Null where nothing is known of the time before. */
  readonly ended: ProgramEnd | null;
  readonly #disk: Disk;
  #run: Run;

  constructor(disk: Disk, { id, reset }: MachineBoot) {
    const before = read(disk);
    const isSame = before !== null && before.bootId !== null && before.bootId === id;
    const boot = isSame ? before.boot : id === null ? null : bootReason(before, reset);
    this.#disk = disk;
    this.ended = before && howEnded(before, isSame, id);
    this.#run = { bootId: id, boot, wasUndervoltage: isSame && before.wasUndervoltage, end: null };
    this.#write();
  }

  get boot(): BootReason | null {
    return this.#run.boot;
  }

  get wasUndervoltage(): boolean {
    return this.#run.wasUndervoltage;
  }

  /** The voltage was too low: that stays known for as long as the machine runs. */
  undervoltage(): void {
    if (this.#run.wasUndervoltage) return;
    this.#run = { ...this.#run, wasUndervoltage: true };
    this.#write();
  }

  /** The program ends by itself. Only the first reason counts. */
  end(why: Goodbye): void {
    if (this.#run.end !== null) return;
    this.#run = { ...this.#run, end: why };
    this.#write();
  }

  #write(): void {
    this.#disk.write(FILE, `${JSON.stringify(this.#run)}\n`);
  }
}

function read(disk: Disk): Run | null {
  const found = disk.read(FILE);
  if (found === null || !('text' in found)) return null;
  try {
    return Run.safeParse(JSON.parse(found.text)).data ?? null;
  } catch {
    return null;
  }
}

function howEnded({ end, bootId }: Run, isSame: boolean, id: string | null): ProgramEnd | null {
  if (end !== null) return end;
  if (bootId === null || id === null) return null;
  return isSame ? 'killed' : 'machine';
}

/** Why the machine was started, by how the last run ended in the start before and what the hardware says. */
function bootReason(before: Run | null, reset: Reset | null): BootReason | null {
  if (reset === 'under-voltage' || reset === 'watchdog') return reset;
  if (before === null) return reset === 'power' ? 'power-on' : null;
  // A program that was about to start again when the machine went down was not told of its end.
  const isOrderly = before.end === 'orderly';
  if (reset === null) return before.bootId === null ? null : isOrderly ? 'orderly' : 'unclean';
  if (reset === 'power') return isOrderly ? 'power-on' : 'power-cut';
  return isOrderly ? 'reboot' : 'watchdog';
}
