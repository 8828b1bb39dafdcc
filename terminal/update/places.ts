import { join } from 'node:path';

/**
 * Where a seat keeps its versions. The one that was installed with the system, `factory`, no update ever touches; two more
 * have a place beside key and outbox, where a system that is read-only keeps what must outlive a restart. Nothing there is
 * believed before its signature and every hash hold: it is the folder of the seat's own user.
 */
export interface Places {
  /** The terminal's own: what it fetches, and its words to those who install. */
  readonly update: string;
  /** Of those who install: the two places, and which holds. */
  readonly versions: string;
  readonly factory: string;
}

export type Slot = 'a' | 'b';
/** A version that can be started. */
export type Place = 'factory' | Slot;

export const placesIn = (data: string, factory: string): Places => ({
  update: join(data, 'update'),
  versions: join(data, 'versions'),
  factory,
});

/** The folder of a version's program, as it was packed. */
export const appOf = ({ versions, factory }: Places, place: Place): string =>
  place === 'factory' ? factory : join(versions, place, 'app');
/** What the installer says of the program that came with the system; another one each time it installs. */
export const stampOf = ({ factory }: Places): string => join(factory, '.installed');
/** The last file that is written of a version: where it is missing, the version is not whole. */
export const manifestOf = ({ versions }: Places, slot: Slot): string => join(versions, slot, 'manifest.jws');
/** Which version holds, and what became of the last one. */
export const stateOf = ({ versions }: Places): string => join(versions, 'state.json');
/** How the last installing went. */
export const installedOf = ({ versions }: Places): string => join(versions, 'installed.json');

export const fetchedManifest = ({ update }: Places): string => join(update, 'manifest.jws');
export const fetchedContent = ({ update }: Places, sha256: string): string =>
  join(update, 'contents', sha256);
/** All is there: install it. A path unit waits for this file. */
export const readyFile = ({ update }: Places): string => join(update, 'ready');
/** The seat is at rest: start the new version on trial. */
export const goFile = ({ update }: Places): string => join(update, 'go');
/** How the program that is on trial does. */
export const healthyFile = ({ update }: Places): string => join(update, 'healthy');
