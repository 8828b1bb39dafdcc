import { z } from 'zod';
import { sha256Hex } from '../../../../shared/protocol/bytes.ts';
import { HashHex, Id, PublicKey, words } from '../../../../shared/protocol/ids.ts';
import type { Value } from '../../../../shared/protocol/value.ts';
import { type NamedFile, ZipReader } from '../../../bundle/export/zip.ts';
import { FEED_FILES } from '../files.ts';

/** The files of a register's bundle, in the order in which they stand in the archive; lists and attachments come behind. */
export const REGISTER_FILES = ['manifest.jws', FEED_FILES.feed, 'report.json', 'report.txt'] as const;
export type RegisterFile = (typeof REGISTER_FILES)[number];

export interface RegisterFiles extends Readonly<Record<RegisterFile, Uint8Array>> {
  readonly lists: readonly NamedFile[];
  readonly attachments: readonly NamedFile[];
}

/** `manifest.jws`: what the bundle holds, signed by the register. */
export const RegisterManifest = z.strictObject({
  typ: z.literal('register-manifest'),
  v: z.literal(1),
  register: Id,
  key: PublicKey,
  /** Version of the program that wrote the bundle, and with it the reports. */
  program: words(0, 40),
  /** The last entry of the feed, and the digest of all of it. */
  seq: z.number().int().positive(),
  hash: HashHex,
  digest: HashHex,
  /** SHA-256 of every other file. */
  files: z.record(z.string(), HashHex),
});
export type RegisterManifest = Value<typeof RegisterManifest>;

const LIST_FILE = /^lists\/[0-9a-f]{64}\.txt$/;
const ATTACHMENT_FILE = /^attachments\/[0-9a-f]{64}\.[a-z]{2,5}$/;

/** Every file as it stands in the archive. */
export const inOrder = ({ lists, attachments, ...files }: RegisterFiles): readonly NamedFile[] => [
  ...REGISTER_FILES.map((name) => ({ name, bytes: files[name] })),
  ...lists,
  ...attachments,
];

/** SHA-256 of every file but the manifest, in the archive's order. */
export const hashesOf = (files: RegisterFiles): Record<string, string> =>
  Object.fromEntries(
    inOrder(files).flatMap(({ name, bytes }) => (name === 'manifest.jws' ? [] : [[name, sha256Hex(bytes)]])),
  );

/** The files of a register's bundle, each taken where it must stand; null where they do not fit. Nothing is believed yet. */
export function readRegisterArchive(bytes: Uint8Array): RegisterFiles | null {
  const zip = new ZipReader(bytes);
  const found: NamedFile[] = [];
  for (const name of REGISTER_FILES) {
    const [file] = zip.takeAll(new RegExp(`^${name.replaceAll('.', '\\.')}$`)) ?? [];
    if (!file) return null;
    found.push(file);
  }
  const lists = zip.takeAll(LIST_FILE);
  const attachments = lists && zip.takeAll(ATTACHMENT_FILE);
  if (!attachments) return null;
  const file = (name: RegisterFile) => found.find((each) => each.name === name)?.bytes ?? new Uint8Array();
  return {
    'manifest.jws': file('manifest.jws'),
    'feed.jsonl': file('feed.jsonl'),
    'report.json': file('report.json'),
    'report.txt': file('report.txt'),
    lists,
    attachments,
  };
}

/** Whether these bytes are a register's bundle rather than a hall's; says nothing yet of whether they are in order. */
export const isRegisterBundle = (bytes: Uint8Array): boolean => readRegisterArchive(bytes) !== null;
