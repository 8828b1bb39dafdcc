import type { Multipart, MultipartFile } from '@fastify/multipart';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { MOST_FILES } from '../../../contract/register/public-routes.ts';
import { MOST_ATTACHMENT_BYTES } from '../../attachments/refusals.ts';

/** The limits of a form with files; what stands in it beyond them is not read. */
const LIMITS = {
  files: MOST_FILES,
  fileSize: MOST_ATTACHMENT_BYTES,
  fields: 20,
  fieldSize: 20_000,
  fieldNameSize: 40,
  headerPairs: 20,
  parts: 30,
} as const;

/** A file of a form, or why it is none. */
export type SentFile =
  | { readonly ok: true; readonly name: string; readonly bytes: Uint8Array }
  | { readonly ok: false; readonly name: string; readonly reason: 'too-large' | 'too-many' | 'cut-off' };

export type Fields = Readonly<Record<string, readonly string[]>>;

/** A form with files on its way: its fields have come, its files come as they are asked for. */
export interface SentForm {
  readonly fields: Fields;
  /** One after another: the next is sent when the one before was taken. */
  readonly files: () => AsyncGenerator<SentFile>;
  /** Lets the rest come, so that whoever sends it can read our answer. */
  readonly drain: () => Promise<void>;
}

/** Takes forms without files: their fields, each as often as it is there. */
export function takeForms(app: FastifyInstance): void {
  app.addContentTypeParser(
    'application/x-www-form-urlencoded',
    { parseAs: 'string' },
    (_request, body, done) => done(null, fieldsOf(new URLSearchParams(String(body)))),
  );
}

function fieldsOf(pairs: Iterable<readonly [string, string]>): Fields {
  const fields = new Map<string, string[]>();
  for (const [name, value] of pairs) fields.set(name, [...(fields.get(name) ?? []), value]);
  return Object.fromEntries(fields);
}

/** The fields of a form without files; none where something else was sent. */
export function fieldsIn({ body }: FastifyRequest): Fields {
  if (typeof body !== 'object' || body === null) return {};
  return Object.fromEntries(
    Object.entries(body).filter((entry): entry is [string, string[]] => Array.isArray(entry[1])),
  );
}

/** The one value of a field; empty where there is none. */
export const fieldIn = (fields: Fields, name: string): string => fields[name]?.[0] ?? '';

/** Each field by its one value. */
export const plainFields = (fields: Fields): Readonly<Record<string, string>> =>
  Object.fromEntries(Object.keys(fields).map((name) => [name, fieldIn(fields, name)]));

/** Reads a form up to its first file. Fields that come behind one are not read. Null where it is no such form, or comes to no end. */
export async function openForm(request: FastifyRequest): Promise<SentForm | null> {
  if (!request.isMultipart()) return null;
  const parts = request.parts({ limits: LIMITS });
  const pairs: [string, string][] = [];
  let first: MultipartFile | null = null;
  try {
    first = await untilFile(parts, pairs);
  } catch {
    // Cut off, more than there can be, or no form at all: whose fault it is shows in none of busboy's errors.
    return null;
  }
  async function* rest(): AsyncGenerator<MultipartFile> {
    if (!first) return;
    yield first;
    for (;;) {
      const { value: part, done } = await parts.next();
      if (done || !part) return;
      if (part.type === 'file') yield part;
    }
  }
  return {
    fields: fieldsOf(pairs),
    files: async function* files() {
      try {
        for await (const part of rest()) {
          const read = await readFile(part);
          if (read) yield read;
        }
      } catch (error) {
        // Nobody else's errors come here: what is not over a limit has come to no end.
        yield { ok: false, name: '', reason: isOverLimit(error) ? 'too-many' : 'cut-off' };
      }
    },
    drain: async () => {
      try {
        for await (const part of rest()) part.file.resume();
      } catch {
        // What does not come need not be drained.
      }
    },
  };
}

/** Reads the fields into `pairs`, up to the first file. */
async function untilFile(
  parts: AsyncIterableIterator<Multipart>,
  pairs: [string, string][],
): Promise<MultipartFile | null> {
  for (;;) {
    const { value: part, done } = await parts.next();
    if (done || !part) return null;
    if (part.type === 'field') pairs.push([part.fieldname, String(part.value)]);
    else if (part.filename === '') part.file.resume();
    else return part;
  }
}

/** A file whole; null where an empty field was sent. */
async function readFile({ file, filename }: MultipartFile): Promise<SentFile | null> {
  const chunks: Buffer[] = [];
  for await (const chunk of file) if (Buffer.isBuffer(chunk)) chunks.push(chunk);
  const name = filename.slice(-80);
  if (file.truncated) return { ok: false, name, reason: 'too-large' };
  return filename === '' && chunks.length === 0 ? null : { ok: true, name, bytes: Buffer.concat(chunks) };
}

const isOverLimit = (error: unknown): boolean =>
  error instanceof Error && 'code' in error && /^FST_(FILES|PARTS|FIELDS)_LIMIT$/.test(String(error.code));
