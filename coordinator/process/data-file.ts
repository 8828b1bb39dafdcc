import { existsSync, readFileSync } from 'node:fs';
import type { z } from 'zod';

/** A file the coordinator keeps for itself cannot be used; `message` says in one line which, and what to do. */
export class DataFileError extends Error {}

/**
 * What the JSON file at `path` says; null where there is none.
 * @param cure what to do where it is damaged. @throws {DataFileError}, or the operating system's error.
 */
export function readDataFile<T>(path: string, schema: z.ZodType<T>, cure: string): T | null {
  if (!existsSync(path)) return null;
  const text = readFileSync(path, 'utf8');
  try {
    return schema.parse(JSON.parse(text));
  } catch {
    throw new DataFileError(`${path}: is damaged → ${cure}`);
  }
}
