import { openSync, writeSync } from 'node:fs';
import { performance } from 'node:perf_hooks';
import { groups } from '../targets/all.ts';
import { inputsOf, keepInput } from './corpus.ts';
import { Engine } from './engine.ts';
import { Order, type Row, type Word } from './words.ts';

/** Runs the targets of one group one after the other: a process of its own, so that no input can end the whole run. */

const began = performance.now();
const order = Order.parse(JSON.parse(process.argv[2] ?? ''));
const targets = await groups[order.group]?.();
if (!targets) throw new Error(`there is no group ${order.group}`);

// Whoever started this may end first; then nobody would hear of what is found.
let status = 1;
process.on('disconnect', () => process.exit(status));
/** Every target has its turn, however long the start took on a busy machine. */
const LEAST_MS = 250;

const inHand = openSync(order.inHand, 'w');
const say = (word: Word): void => {
  process.send?.(word);
};

for (const [i, name] of order.targets.entries()) {
  const target = targets[name];
  if (!target) throw new Error(`there is no target ${name}`);
  let findings = 0;
  const header = Buffer.alloc(8);
  const engine = new Engine({
    target,
    seed: order.seed + i,
    about: (input) => {
      header.writeUInt32LE(input.length, 0);
      header.writeUInt32LE(i, 4);
      writeSync(inHand, header, 0, 8, 0);
      writeSync(inHand, input, 0, input.length, 8);
    },
    kept: (input) => keepInput(order.corpus, name, input),
    found: ({ key, what, input }) => {
      findings += 1;
      say({ is: 'found', target: name, key, what, input: Buffer.from(input).toString('base64') });
    },
  });
  const row = (): Row => {
    const { branches, executions, ms, fresh, slowest } = engine.tally;
    return { target: name, executions, ms, branches: branches.size, fresh, findings, slowest };
  };
  const breath = setInterval(() => say({ is: 'alive', row: row() }), 500);
  say({ is: 'alive', row: row() });
  await engine.begin(inputsOf(order.corpus, name));
  const left = order.ms - (performance.now() - began);
  await engine.fuzz(Math.max(LEAST_MS, left / (order.targets.length - i)));
  clearInterval(breath);
  say({ is: 'done', row: row() });
}
status = 0;
process.disconnect();
