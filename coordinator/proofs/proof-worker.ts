import { parentPort } from 'node:worker_threads';
import { z } from 'zod';
import { Job, work } from './proofs.ts';

const Jobs = z.array(Job);

/** One thread of the pool: takes pieces of work, gives back what came of each, and takes the next. */
parentPort?.on('message', (message: unknown) => parentPort?.postMessage(Jobs.parse(message).map(work)));
