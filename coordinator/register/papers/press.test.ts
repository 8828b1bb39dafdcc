import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, expect, it } from 'vitest';
import { MOST_WAITING, PaperPress, startPress } from './press.ts';
import { pdfOf } from './testing/read-paper.ts';
import { sampleAnswer, sampleList, sampleReceipt, sampleSheet, sampleSlip } from './testing/sample-papers.ts';

const folder = mkdtempSync(join(tmpdir(), 'hallvote-press-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** A process that runs `text`. */
function program(name: string, text: string): () => ChildProcess {
  const file = join(folder, `${name}.cjs`);
  writeFileSync(file, text);
  return () => fork(file, [], { serialization: 'advanced', silent: true });
}
const hangs = program(
  'hangs',
  "process.on('message', () => { require('node:fs').writeSync(1, '.'); for (;;); });",
);
const ends = program('ends', "process.on('message', () => process.abort());");
const babbles = program('babbles', "process.on('message', () => process.send({ pdf: 'no bytes' }));");

let press: PaperPress;
let processes: ChildProcess[];
/** What happens when the document in hand has had its time. */
let timeUp: () => void;
afterEach(() => press.close());

/** A press whose n-th process is started by the n-th of `starts`, those after it as ever. */
function pressOf(...starts: (() => ChildProcess)[]): PaperPress {
  processes = [];
  press = new PaperPress({
    after: (_ms, then) => {
      timeUp = then;
      return () => {};
    },
    startProcess: () => {
      const process = (starts[processes.length] ?? startPress)();
      processes.push(process);
      return process;
    },
  });
  return press;
}

it('makes many documents in one process, each the bytes of its own', async () => {
  const papers = [sampleReceipt(), sampleAnswer('en'), sampleSlip('zh', sampleList(30, 80, 24))];
  pressOf();
  const made = await Promise.all(papers.map((paper) => press.renderPaper(paper)));
  expect(made).toEqual(papers.map((paper) => ({ pdf: Buffer.from(pdfOf(paper)) })));
  expect(processes).toHaveLength(1);
});

it.each([
  ['ends', ends],
  ['says what is no document', babbles],
])('a process that %s costs the document in hand; the next one is made by another', async (_what, start) => {
  pressOf(start);
  const [first, second] = await Promise.all([
    press.renderPaper(sampleReceipt()),
    press.renderPaper(sampleReceipt()),
  ]);
  expect(first).toEqual({ refusal: 'failed' });
  expect(second).toHaveProperty('pdf');
  expect(processes).toHaveLength(2);
});

it('a process that hangs is ended when the time is up, and the next one is made by another', async () => {
  pressOf(hangs);
  const first = press.renderPaper(sampleReceipt());
  const second = press.renderPaper(sampleReceipt());
  const [hanging] = processes;
  if (!hanging?.stdout) throw new Error('no process');
  await once(hanging.stdout, 'data');
  const gone = once(hanging, 'exit');
  timeUp();
  expect(await first).toEqual({ refusal: 'too-slow' });
  expect(await second).toHaveProperty('pdf');
  expect(await gone).toEqual([null, 'SIGKILL']);
});

it('one that cannot be set is refused, and the process goes on', async () => {
  pressOf();
  const failed = { refusal: 'failed' };
  expect(await press.renderPaper({ ...sampleReceipt(), date: 'no day' })).toEqual(failed);
  expect(await press.renderPaper(sampleReceipt('zh', { address: 'x'.repeat(4000) }))).toEqual(failed);
  expect(await press.renderPaper(sampleSheet('zh', sampleList(), 'none'))).toEqual(failed);
  expect(await press.renderPaper(sampleReceipt())).toHaveProperty('pdf');
  expect(processes).toHaveLength(1);
});

it('more than can wait are told so, and those that wait when it closes', async () => {
  pressOf(hangs);
  const all = Array.from({ length: MOST_WAITING + 2 }, () => press.renderPaper(sampleReceipt()));
  expect(await all.at(-1)).toEqual({ refusal: 'busy' });
  press.close();
  expect(
    new Set((await Promise.all(all.slice(0, -1))).map((one) => 'refusal' in one && one.refusal)),
  ).toEqual(new Set(['closed']));
  expect(await press.renderPaper(sampleReceipt())).toEqual({ refusal: 'closed' });
});
