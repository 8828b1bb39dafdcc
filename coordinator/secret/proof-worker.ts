import { parentPort } from 'node:worker_threads';
import { Job, work } from './proofs.ts';

/** One thread of the pool: takes a piece of work, gives back what came of it, and takes the next. */
parentPort?.on('message', (message: unknown) => parentPort?.postMessage(work(Job.parse(message))));
