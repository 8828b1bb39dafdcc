import { confinedProgram } from '../../process/confined-program.ts';
import { clean } from './clean.ts';

/** The process in which one stranger's file is opened. */
confinedProgram(async (bytes) => {
  const done = await clean(bytes);
  if (!done.ok) return { says: done };
  return {
    says: { ok: true, type: done.type },
    made: 'small' in done ? [done.bytes, done.small] : [done.bytes],
  };
});
