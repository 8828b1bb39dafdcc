import type { KeyObject } from 'node:crypto';
import { z } from 'zod';
import { sha256Hex } from '../protocol/bytes.ts';
import { verifyJws } from '../protocol/ed25519-node.ts';
import { HashHex, words } from '../protocol/ids.ts';
import { parseJws, type Signer, signJws } from '../protocol/jws.ts';
import type { Value } from '../protocol/value.ts';
import type { UpdateRefusal } from './messages.ts';

/** What a package may hold at most: the program and its libraries are a tenth of it. */
export const MOST_FILES = 30_000;
export const MOST_BYTES = 512 * 1024 * 1024;
export const MOST_FILE_BYTES = 64 * 1024 * 1024;
/** The longest manifest, in characters of its JWS: some 250 for each file. */
export const MOST_MANIFEST = 12 * 1024 * 1024;

/** Without these a version could not be started. */
const NEEDED = ['package.json', 'dist/terminal/main.js'];

const MOST_PATH = 240;
const MOST_DEPTH = 24;

/** Whether a path stays in its folder, and is one file's name on every file system. */
function isInside(path: string): boolean {
  const parts = path.split('/');
  return parts.length <= MOST_DEPTH && parts.every((part) => part !== '' && part !== '.' && part !== '..');
}

/** Where a file of the package lies: below its folder, without a backslash or anything that cannot be seen. */
const FilePath = words(1, MOST_PATH).refine(
  (path) => !/[\\\t\r\n]/.test(path) && isInside(path),
  'must stay in its folder',
);

export const ReleaseFile = z.strictObject({
  path: FilePath,
  /** Whether it is a program. */
  runs: z.boolean(),
  size: z.number().int().nonnegative().max(MOST_FILE_BYTES),
  sha256: HashHex,
});
export type ReleaseFile = Value<typeof ReleaseFile>;

export const Version = z.string().regex(/^[0-9A-Za-z][0-9A-Za-z.+_-]{0,39}$/);
/** Rises with every release: one that does not is refused. */
export const Order = z.number().int().positive();
/** What is new, in a line for the operator. */
export const Note = words(0, 300).refine((note) => !/[\r\n]/.test(note), 'must be one line');

/** What is signed of a release: what it is called, where it runs, and every file of it. */
export const Manifest = z
  .strictObject({
    typ: z.literal('release'),
    v: z.literal(1),
    version: Version,
    order: Order,
    note: Note,
    arch: z.enum(['arm64', 'x64']),
    /** The Node.js it was packed with; the libraries' native parts fit that major version only. */
    node: z.string().regex(/^\d{1,3}\.\d{1,3}\.\d{1,3}$/),
    files: z.array(ReleaseFile).min(1).max(MOST_FILES),
  })
  .superRefine(({ files }, context) => {
    const wrong = (message: string) => context.addIssue({ code: 'custom', message });
    const paths = new Set(files.map(({ path }) => path));
    if (paths.size !== files.length) wrong('a path stands twice');
    for (const path of paths)
      for (let at = path.indexOf('/'); at > 0; at = path.indexOf('/', at + 1))
        if (paths.has(path.slice(0, at))) wrong(`${path}: a file cannot be a folder`);
    for (const path of NEEDED) if (!paths.has(path)) wrong(`${path} is missing`);
    const sizes = new Map<string, number>();
    for (const { sha256, size } of files) {
      if ((sizes.get(sha256) ?? size) !== size) wrong('one content cannot have two sizes');
      sizes.set(sha256, size);
    }
    if (files.reduce((sum, { size }) => sum + size, 0) > MOST_BYTES) wrong('too large');
  });
export type Manifest = Value<typeof Manifest>;

/** A manifest that was signed with the release key. `hash`: SHA-256 of its text, by which all speak of it. */
export interface Release {
  readonly manifest: Manifest;
  readonly text: string;
  readonly hash: string;
}

export type Opened<T> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly reason: UpdateRefusal };

/** The manifest as a compact JWS, signed with the release key. */
export function signManifest(manifest: Manifest, releaseKey: Signer): string {
  return signJws(manifest, releaseKey);
}

/** Reads and believes a manifest: nothing of it counts before its signature holds. */
export function openManifest(text: string, releaseKey: KeyObject): Opened<Release> {
  const jws = parseJws(text, MOST_MANIFEST);
  if (jws === null) return { ok: false, reason: 'malformed' };
  if (!verifyJws(jws, releaseKey)) return { ok: false, reason: 'not-signed' };
  const manifest = Manifest.safeParse(jws.payload);
  if (!manifest.success) return { ok: false, reason: 'malformed' };
  return { ok: true, value: { manifest: manifest.data, text, hash: sha256Hex(text) } };
}

/** The machine a release would run on. `order`: of the version it has now. */
export interface Machine {
  readonly arch: string;
  /** As `process.versions.node`. */
  readonly node: string;
  readonly order: number;
}

/** Why a release is not for this machine; null where it is. */
export function misfit({ arch, node, order }: Manifest, machine: Machine): UpdateRefusal | null {
  if (order <= machine.order) return 'older';
  if (arch !== machine.arch) return 'wrong-machine';
  return majorOf(node) === majorOf(machine.node) ? null : 'wrong-node';
}

const majorOf = (version: string): string => version.split('.')[0] ?? '';

/** The contents of a release, each once, in the order in which its files name them. */
export function contentsOf({ files }: Manifest): ReleaseFile[] {
  const seen = new Set<string>();
  return files.filter(({ sha256 }) => {
    const isNew = !seen.has(sha256);
    seen.add(sha256);
    return isNew;
  });
}
