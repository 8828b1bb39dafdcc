import { once } from 'node:events';
import { Worker } from 'node:worker_threads';
import { afterEach, describe, expect, it } from 'vitest';
import { ProofPool } from './proof-pool.ts';

/** A thread that judges every ballot good and does as a ballot says: `end`s or `throw`s over it. */
const THREAD = `
  const { parentPort } = require('node:worker_threads');
  parentPort.on('message', (jobs) => {
    const all = jobs.flatMap(({ ballots }) => ballots);
    if (all.includes('end')) process.exit(1);
    if (all.includes('throw')) throw new Error('as told');
    parentPort.postMessage(jobs.map(({ ballots }) => ({ check: ballots.map(() => null) })));
  });`;
/** A thread that ends over whatever it is given. */
const DIES = `require('node:worker_threads').parentPort.on('message', () => process.exit(1));`;

/** A thread that has nothing to say of its work. */
const FORGETS = `
  const { parentPort } = require('node:worker_threads');
  parentPort.on('message', () => parentPort.postMessage([]));`;

let pool: ProofPool;
let threads: Worker[];
afterEach(() => pool.close());

/** A pool whose n-th thread runs the n-th text, those after it the last. */
function poolOf(size: number, ...texts: string[]): ProofPool {
  threads = [];
  pool = new ProofPool(size, () => {
    const text = texts[Math.min(threads.length, texts.length - 1)];
    if (text === undefined) throw new Error('no more threads');
    const thread = new Worker(text, { eval: true });
    threads.push(thread);
    return thread;
  });
  return pool;
}

describe('a thread that ends while it is idle', () => {
  it.each([
    ['by an error', (thread: Worker) => thread.postMessage([{ ballots: ['throw'] }])],
    ['by its own', (thread: Worker) => thread.postMessage([{ ballots: ['end'] }])],
    ['by the system', (thread: Worker) => void thread.terminate()],
  ])('%s ends nothing else, and is replaced for the next work', async (_, end) => {
    poolOf(1, THREAD);
    expect(await pool.check('', ['a'])).toEqual([null]);
    const [first] = threads;
    if (!first) throw new Error('no thread');
    const gone = new Promise((resolve) => first.once('exit', resolve));
    end(first);
    await gone;
    expect(await pool.check('', ['b', 'c'])).toEqual([null, null]);
    expect(threads).toHaveLength(2);
  });
});

describe('a pool that is told of an election', () => {
  it('starts its threads before there is a ballot', () => {
    poolOf(2, THREAD).prepare('');
    expect(threads).toHaveLength(2);
  });

  it('does its work where its first threads cannot be had', async () => {
    poolOf(1, DIES, DIES, THREAD).prepare('');
    expect(await pool.check('', ['a'])).toEqual([null]);
  });
});

describe('work whose thread ends over it', () => {
  it('is done again by another, and what waits behind it is done too', async () => {
    poolOf(1, DIES, THREAD);
    const all = await Promise.all([pool.check('', ['a']), pool.check('', ['b']), pool.check('', ['c'])]);
    expect(all).toEqual([[null], [null], [null]]);
    expect(threads).toHaveLength(2);
  });

  it.each(['end', 'throw'])(
    'fails when it happens again and again (%s), and the pool goes on',
    async (end) => {
      poolOf(1, THREAD);
      const bad = pool.check('', [end]);
      const good = pool.check('', ['a']);
      await expect(bad).rejects.toThrow('2 threads ended over this work');
      expect(await good).toEqual([null]);
      expect(threads).toHaveLength(3);
    },
  );

  it('takes nothing with it that was handed out together with it', async () => {
    poolOf(1, THREAD);
    const first = pool.check('', ['a']);
    const together = ['b', 'end', 'c', 'd'].map((ballot) => pool.check('', [ballot]));
    expect(await first).toEqual([null]);
    const ends = await Promise.allSettled(together);
    expect(ends.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled', 'fulfilled']);
  });

  it('is handed on where all threads were gone before anybody could know', async () => {
    poolOf(2, THREAD);
    await Promise.all([pool.check('', ['a']), pool.check('', ['b'])]);
    const gone = threads.map((thread) => once(thread, 'exit'));
    for (const thread of threads) void thread.terminate();
    const again = pool.check('', ['c']);
    await Promise.all(gone);
    expect(await again).toEqual([null]);
  });
});

it('fails where a thread gives back less than it was given, and ends nothing else', async () => {
  poolOf(1, FORGETS);
  await expect(pool.check('', ['a'])).rejects.toThrow('less than it was given');
  await expect(pool.check('', ['b'])).rejects.toThrow('less than it was given');
  expect(threads).toHaveLength(1);
});

describe('where no thread can be started', () => {
  it('work fails at once and none is left waiting', async () => {
    poolOf(1);
    await expect(pool.check('', ['a'])).rejects.toThrow('no more threads');
    await expect(pool.sum(['a'], [1])).rejects.toThrow('no more threads');
  });
});

it('fails what is in hand and what waits when it is closed, and takes no more', async () => {
  poolOf(1, 'setInterval(() => {}, 1000)');
  const all = [pool.check('', ['a']), pool.check('', ['b'])].map((work) =>
    expect(work).rejects.toThrow('the pool is closed'),
  );
  await pool.close();
  await Promise.all(all);
  await expect(pool.check('', ['c'])).rejects.toThrow('the pool is closed');
});
