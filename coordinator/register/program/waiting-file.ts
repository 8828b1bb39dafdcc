import { z } from 'zod';
import { Millis } from '../../../shared/protocol/ids.ts';
import type { Value } from '../../../shared/protocol/value.ts';
import { readDataFile } from '../../process/data-file.ts';
import { writeSecret } from '../../process/key-file.ts';
import { RegisterAct } from '../model/acts.ts';
import { RegisterActor } from '../model/person.ts';
import type { KeptWaiting } from './waiting-acts.ts';

const WaitingFile = z.strictObject({
  version: z.literal(1),
  waiting: z.array(z.strictObject({ id: z.string(), act: RegisterAct, by: RegisterActor, at: Millis })),
});

const CURE = 'put it back from a copy, or remove it and propose anew what waited for a second person';

/** What waits for a second person, in a file that only its owner reads: whole on the disk before anybody is told that it waits. @throws {DataFileError} where it is damaged. */
export function waitingFile(path: string): KeptWaiting {
  return {
    waiting: readDataFile(path, WaitingFile, CURE)?.waiting ?? [],
    keep: (waiting) =>
      writeSecret(
        path,
        JSON.stringify({ version: 1, waiting: [...waiting] } satisfies Value<typeof WaitingFile>),
      ),
  };
}
