import type { KeyObject } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import type { Random } from '../../shared/backoff.ts';
import type { Report } from '../../shared/protocol/guarded.ts';
import type { Clock } from '../machine/clock.ts';
import type { SeatState } from '../seat/seat-state.ts';
import { UpdateAgent } from './agent.ts';
import { isAtRest, mayBeVoting } from './at-rest.ts';
import { type InstallParts, install, releaseAt } from './install.ts';
import { goFile, placesIn } from './places.ts';
import { pagesOf, placeOf, thisMachine } from './seat-updates.ts';
import { start } from './start.ts';
import { machineTree } from './tree.ts';

/** Many seats share one disk here: it is not made to write all it holds for each of them. */
const SHARED = { ...machineTree, sync: () => {} };

export interface SimulatedUpdateParts {
  /** The seat's own folder. */
  readonly data: string;
  readonly releaseKey: KeyObject;
  /** The program that all seats begin with. */
  readonly factory: string;
  readonly coordinator: string;
  readonly fetch?: typeof fetch | undefined;
  readonly sourceHash: (path: string) => Promise<string | null>;
  /** Ends the seat's program and starts it anew. */
  readonly restart: () => void;
  readonly tell: () => void;
  readonly clock: Clock;
  readonly random: Random;
  readonly report: Report;
}

/**
 * The updates of a simulated seat: it fetches, verifies and installs as a real one does, into a folder of its own in which files
 * that stay the same have a second name only; what root and systemd do for a real seat it does itself.
 */
export class SimulatedUpdates {
  readonly #parts: SimulatedUpdateParts;
  readonly #install: InstallParts;
  readonly #known = new Set<string>();
  /** That of the program as it was started last. */
  agent: UpdateAgent;
  /** The version that was started last; null where it is the one all began with. */
  version: string | null = null;

  constructor(parts: SimulatedUpdateParts) {
    this.#parts = parts;
    const { data, factory, releaseKey } = parts;
    const places = placesIn(data, factory);
    this.#install = { tree: SHARED, places, releaseKey, machine: thisMachine, linksAll: true };
    this.agent = this.#chosen();
  }

  /** What a start of the program begins with. */
  begin(): void {
    this.agent = this.#chosen();
  }

  seatIs(state: SeatState, waiting: number): void {
    const { agent } = this;
    agent.seatIs(mayBeVoting(state), isAtRest(state, waiting));
    const { step, manifest } = agent.health;
    if (step.is === 'trial' && manifest !== null && state.seat !== null)
      start(this.#install, { manifest, became: 'confirmed' }, this.#known);
  }

  #chosen(): UpdateAgent {
    const { coordinator, restart } = this.#parts;
    const { places } = this.#install;
    const { app } = start(this.#install, null, this.#known);
    const running = placeOf(places, app);
    this.version =
      running === 'factory' ? null : (releaseAt(this.#install, running)?.manifest.version ?? null);
    return new UpdateAgent({
      ...this.#parts,
      tree: SHARED,
      places,
      machine: thisMachine,
      running,
      pages: pagesOf(coordinator),
      install: async () => void install(this.#install),
      start: async (manifest) => {
        writeFileSync(goFile(places), JSON.stringify({ manifest, page: false }));
        restart();
      },
    });
  }
}
