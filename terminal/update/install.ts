import type { KeyObject } from 'node:crypto';
import { dirname, join } from 'node:path';
import { z } from 'zod';
import { sha256Hex } from '../../shared/protocol/bytes.ts';
import { HashHex } from '../../shared/protocol/ids.ts';
import type { Value } from '../../shared/protocol/value.ts';
import {
  type Machine,
  type Manifest,
  MOST_MANIFEST,
  misfit,
  type Opened,
  openManifest,
  type Release,
  type ReleaseFile,
} from '../../shared/update/manifest.ts';
import { UpdateRefusal } from '../../shared/update/messages.ts';
import {
  appOf,
  fetchedContent,
  fetchedManifest,
  installedOf,
  manifestOf,
  type Place,
  type Places,
  readyFile,
  type Slot,
  stampOf,
  stateOf,
} from './places.ts';
import type { Tree } from './tree.ts';
import { NEVER, VersionState } from './versions.ts';

/** A file of the seat's own is not longer. */
const MOST_STATE = 64 * 1024;
/** What is left free when all is written. */
const SPARE_ROOM = 16 * 1024 * 1024;

export interface InstallParts {
  readonly tree: Tree;
  readonly places: Places;
  /** The key that releases are signed with; null where the machine pins none. */
  readonly releaseKey: KeyObject | null;
  readonly machine: Omit<Machine, 'order'>;
  /** Where files that stay the same may be given another name instead of being copied; only among the two places otherwise. */
  readonly linksAll?: boolean;
}

type ReadParts = Pick<InstallParts, 'places' | 'releaseKey'> & { readonly tree: Pick<Tree, 'read'> };

/** How installing `manifest` went; `refused` null where it lies there whole. */
export const Installed = z.strictObject({ manifest: HashHex.nullable(), refused: UpdateRefusal.nullable() });
export type Installed = Value<typeof Installed>;

/** The same as it is written down; `n` rises each time, so that the same outcome twice is told twice. */
export const InstalledNote = Installed.extend({ n: z.number().int() });

/** What a JSON file of the seat's says; null where it is missing or says nothing. */
export function readJson<T>(tree: Pick<Tree, 'read'>, path: string, schema: z.ZodType<T>): T | null {
  const bytes = tree.read(path, MOST_STATE);
  if (bytes === null) return null;
  try {
    const parsed = schema.safeParse(JSON.parse(bytes.toString('utf8')));
    return parsed.success ? parsed.data : null;
  } catch {
    return null;
  }
}

/** Which version holds: the one that came with the system where that is another than it was, since somebody put it there. */
export function readState(tree: Pick<Tree, 'read'>, places: Places): VersionState {
  const factory = tree.read(stampOf(places), MOST_STATE)?.toString('utf8').trim() ?? '';
  const state = readJson(tree, stateOf(places), VersionState);
  return state?.factory === factory ? state : { ...NEVER, factory };
}

/** The release whose files lie in a place, signed by the key; null where none does. Its files are not looked at. */
export function releaseAt(parts: ReadParts, place: Place): Release | null {
  const { tree, places, releaseKey } = parts;
  if (releaseKey === null) return null;
  const path = place === 'factory' ? join(places.factory, 'manifest.jws') : manifestOf(places, place);
  const opened = openText(tree, path, releaseKey);
  return opened.ok ? opened.value : null;
}

function openText(tree: ReadParts['tree'], path: string, key: KeyObject): Opened<Release> {
  const text = tree.read(path, MOST_MANIFEST);
  return text === null ? { ok: false, reason: 'malformed' } : openManifest(text.toString('latin1'), key);
}

/**
 * The manifest of a version that lies in a place with every file as it was signed; null where it does not.
 * @param known manifests whose files in that place need not be looked at again.
 */
export function wholeAt(parts: InstallParts, slot: Slot, known?: ReadonlySet<string>): string | null {
  const release = releaseAt(parts, slot);
  if (release && known?.has(`${slot} ${release.hash}`)) return release.hash;
  const app = appOf(parts.places, slot);
  const isWhole = release?.manifest.files.every((file) => contentAt(parts.tree, join(app, file.path), file));
  return release && isWhole ? release.hash : null;
}

function contentAt(tree: Tree, path: string, { size, sha256 }: ReleaseFile): Buffer | null {
  const bytes = tree.read(path, size);
  return bytes?.length === size && sha256Hex(bytes) === sha256 ? bytes : null;
}

/**
 * Puts what the terminal has fetched into the place that is not in use: all of it is looked at again, since the terminal's
 * user could write it. The version that runs is not touched; a power cut leaves the place without its manifest, so nothing.
 */
export function install(parts: InstallParts): Installed {
  const { tree, places } = parts;
  const found = installed(parts);
  tree.makeFolder(places.versions);
  const n = (readJson(tree, installedOf(places), InstalledNote)?.n ?? 0) + 1;
  tree.replace(installedOf(places), JSON.stringify({ ...found, n }));
  tree.remove(readyFile(places));
  return found;
}

function installed(parts: InstallParts): Installed {
  const { tree, places, releaseKey, machine } = parts;
  const refuse = (refused: UpdateRefusal, manifest: string | null = null): Installed => ({
    manifest,
    refused,
  });
  if (releaseKey === null) return refuse('no-release-key');
  const opened = openText(tree, fetchedManifest(places), releaseKey);
  if (!opened.ok) return refuse(opened.reason);
  const { manifest, hash, text } = opened.value;
  const { current, trial } = readState(tree, places);
  // What is on trial must prove itself first; the terminal asks again.
  if (trial !== null) return refuse('unavailable', hash);
  const order = releaseAt(parts, current)?.manifest.order ?? 0;
  const unfit = misfit(manifest, { ...machine, order });
  if (unfit !== null) return refuse(unfit, hash);
  const slot: Slot = current === 'a' ? 'b' : 'a';
  if (wholeAt(parts, slot) === hash) return { manifest: hash, refused: null };
  tree.makeFolder(places.versions);
  // First its name, durably: half of a version must never pass for one.
  tree.remove(manifestOf(places, slot));
  tree.sync(places.versions);
  tree.remove(join(places.versions, slot));
  const refused = fill(parts, manifest, current, appOf(places, slot));
  if (refused !== null) {
    tree.remove(join(places.versions, slot));
    return refuse(refused, hash);
  }
  tree.sync(places.versions);
  tree.replace(manifestOf(places, slot), text);
  return { manifest: hash, refused: null };
}

/** Writes every file of a version. @returns why not, where one is missing or other than signed. */
function fill(parts: InstallParts, manifest: Manifest, current: Place, app: string): UpdateRefusal | null {
  const { tree, places, linksAll = false } = parts;
  const now = appOf(places, current);
  const mayLink = linksAll || current !== 'factory';
  const need = manifest.files.reduce((sum, { size }) => sum + size, 0);
  if (!mayLink && tree.room(places.versions) < need + SPARE_ROOM) return 'no-room';
  const known = new Map(
    releaseAt(parts, current)?.manifest.files.map(({ path, runs }) => [path, runs] as const) ?? [],
  );
  const folders = new Set<string>();
  for (const file of manifest.files) {
    const to = join(app, file.path);
    const folder = dirname(to);
    if (!folders.has(folder)) tree.makeFolder(folder);
    folders.add(folder);
    const same = join(now, file.path);
    const held = contentAt(tree, same, file);
    if (held && mayLink && (linksAll || known.get(file.path) === file.runs)) {
      tree.link(same, to);
      continue;
    }
    const fetched = fetchedContent(places, file.sha256);
    const bytes = held ?? contentAt(tree, fetched, file);
    if (bytes === null) return 'altered';
    if (linksAll) tree.link(fetched, to);
    else tree.write(to, bytes, file.runs);
  }
  return null;
}
