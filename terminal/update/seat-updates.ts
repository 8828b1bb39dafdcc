import type { KeyObject } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import type { Random } from '../../shared/backoff.ts';
import { importPublicKey } from '../../shared/protocol/ed25519-node.ts';
import type { Report } from '../../shared/protocol/guarded.ts';
import type { Clock } from '../machine/clock.ts';
import { machineFiles } from '../machine/files.ts';
import { UpdateAgent } from './agent.ts';
import { sourceHashes } from './fetch.ts';
import { appOf, goFile, healthyFile, type Place, type Places, readyFile } from './places.ts';
import { machineTree } from './tree.ts';

/** The public part of the key that releases are signed with, pinned by the installer. */
export const RELEASE_KEY_FILE = '/etc/hallvote/release.pub';

/** The program that came with the system. */
export const FACTORY = '/opt/hallvote/app';

/** The key in a file; null where none is pinned, or what stands there is no key. */
export function pinnedKey(path: string): KeyObject | null {
  return existsSync(path) ? importPublicKey(readFileSync(path, 'utf8').trim()) : null;
}

/** This machine, as manifests speak of machines. */
export const thisMachine = { arch: process.arch, node: process.versions.node };

/** Which of a seat's versions lies in `app`. */
export function placeOf(places: Places, app: string): Place {
  return app === appOf(places, 'a') ? 'a' : app === appOf(places, 'b') ? 'b' : 'factory';
}

/** Where the coordinator's pages are: on the machine that the terminal speaks to. */
export const pagesOf = (coordinator: string) => (port: number) => {
  const { hostname, protocol } = new URL(coordinator);
  return `${protocol === 'mqtts:' ? 'https' : 'http'}://${hostname}:${port}`;
};

export interface SeatUpdateParts {
  readonly places: Places;
  readonly releaseKey: KeyObject;
  /** The folder of the program that runs. */
  readonly root: string;
  /** The coordinator's URL, as in terminal.yaml. */
  readonly coordinator: string;
  /** What asks there: over TLS, what believes this hall's CA. */
  readonly fetch?: typeof fetch | undefined;
  /** Whether the seat's page is on its screen, or none belongs to it. */
  readonly isDrawn: () => boolean;
  /** Ends this program so that systemd starts it again. */
  readonly restart: () => void;
  readonly tell: () => void;
  readonly clock: Clock;
  readonly random: Random;
  readonly report: Report;
}

/**
 * The updates of a seat under systemd: `hallvote-update.path` waits for the file that says that all was fetched, and
 * `hallvote-version.service` chooses the version before each start.
 */
export function seatUpdates(parts: SeatUpdateParts): UpdateAgent {
  const { places, root, coordinator, isDrawn, restart } = parts;
  return new UpdateAgent({
    ...parts,
    tree: machineTree,
    machine: thisMachine,
    running: placeOf(places, root),
    pages: pagesOf(coordinator),
    sourceHash: sourceHashes(root),
    install: async () => writeFileSync(readyFile(places), ''),
    start: async (manifest) => {
      machineFiles.write(goFile(places), JSON.stringify({ manifest, page: isDrawn() }));
      restart();
    },
  });
}

/** Tells those who watch a version on trial how it does: that it has heard its coordinator, that its page is drawn. */
export class TrialWord {
  readonly #path: string;
  #said = '';

  constructor(places: Places) {
    this.#path = healthyFile(places);
  }

  say(word: { readonly hasHeard: boolean; readonly isDrawn: boolean }): void {
    const text = JSON.stringify(word);
    if (text === this.#said) return;
    this.#said = text;
    machineFiles.write(this.#path, text);
  }
}
