import { z } from 'zod';
import type { Value } from '../../../shared/protocol/value.ts';
import { readDataFile } from '../../process/data-file.ts';
import { writeSecret } from '../../process/key-file.ts';
import { Credentials } from './credentials.ts';

const StaffFile = z.strictObject({ version: z.literal(1), persons: Credentials });

/** The credentials kept in staff.json; none where there is no such file yet. @throws {DataFileError} where it is damaged. */
export function readCredentials(path: string): Credentials {
  const cure = 'put it back from a copy, or remove it and sign in with the code shown at the next start';
  return readDataFile(path, StaffFile, cure)?.persons ?? {};
}

/** Keeps them, mode 0600; whole on the disk when this returns. @throws where that cannot be. */
export function writeCredentials(path: string, persons: Credentials): void {
  writeSecret(path, JSON.stringify({ version: 1, persons } satisfies Value<typeof StaffFile>));
}
