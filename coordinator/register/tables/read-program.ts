import { confinedProgram } from '../../process/confined-program.ts';
import { readTable } from './read-table.ts';

/** The process in which one table that somebody has sent is opened. */
confinedProgram(async (bytes) => ({ says: await readTable(bytes) }));
