import { sha256Hex } from '../../../shared/protocol/bytes.ts';
import { importPublicKey, nodeSigner } from '../../../shared/protocol/ed25519-node.ts';
import { keyPairFromSeed } from '../../../shared/protocol/keys.ts';
import { type Manifest, signManifest } from '../../../shared/update/manifest.ts';
import { fetchedContent, fetchedManifest, type Places, placesIn } from '../places.ts';

export const RELEASE_KEY = keyPairFromSeed(new Uint8Array(32).fill(7));
export const OTHER_KEY = keyPairFromSeed(new Uint8Array(32).fill(8));
const key = importPublicKey(RELEASE_KEY.x);
if (key === null) throw new Error('the key is none');
export const RELEASE_PUBLIC = key;

export const MACHINE = { arch: 'arm64', node: '22.1.0' } as const;
export const PLACES: Places = placesIn('/data', '/factory');

/** A version of the program: what stands in each of its files. */
export type Contents = Readonly<Record<string, string>>;

/** Three files, of which one differs from version to version and one never does. */
export const contents = (version: string): Contents => ({
  'package.json': `{"version":"${version}"}`,
  'dist/terminal/main.js': `run(${JSON.stringify(version)})`.padEnd(900, ';'),
  'node_modules/library/index.js': 'the same for good',
});

export function manifestFor(order: number, files: Contents, more: Partial<Manifest> = {}): Manifest {
  return {
    typ: 'release',
    v: 1,
    version: `0.${order}.0`,
    order,
    note: '',
    arch: 'arm64',
    node: '22.9.0',
    files: Object.entries(files).map(([path, text]) => ({
      path,
      runs: false,
      size: Buffer.byteLength(text),
      sha256: sha256Hex(text),
    })),
    ...more,
  };
}

/** What a terminal has fetched, as files in its folder. */
export function fetched(manifest: Manifest, files: Contents, signer = RELEASE_KEY): Map<string, Buffer> {
  const all = new Map([[fetchedManifest(PLACES), Buffer.from(signManifest(manifest, nodeSigner(signer)))]]);
  for (const text of Object.values(files))
    all.set(fetchedContent(PLACES, sha256Hex(text)), Buffer.from(text));
  return all;
}

/** The program that came with the system. */
export const factory = (files: Contents): Map<string, Buffer> =>
  new Map(Object.entries(files).map(([path, text]) => [`${PLACES.factory}/${path}`, Buffer.from(text)]));
