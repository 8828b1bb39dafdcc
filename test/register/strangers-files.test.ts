import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ConfinedWork, type Limits } from '../../coordinator/process/confined.ts';
import { AttachmentStore } from '../../coordinator/register/attachments/attachment-store.ts';
import { Intake } from '../../coordinator/register/attachments/intake.ts';
import {
  nastyPdf,
  pixelBomb,
  telephonePicture,
} from '../../coordinator/register/attachments/testing/strangers.ts';
import { TableReader } from '../../coordinator/register/tables/table-reader.ts';
import { SHEET, sheetXml, workbookWith } from '../../coordinator/register/tables/testing/sheets.ts';
import { packageRoot } from '../../shared/package-root.ts';
import { HANG_MS } from '../support/hang.ts';

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'hallvote-strangers-'));
});
afterAll(() => rmSync(folder, { recursive: true }));

const LIMITS: Limits = { seconds: HANG_MS / 1000, megabytes: 500, waiting: 4 };

/** Work by a program of this text. */
function workOf(text: string, limits: Partial<Limits> | (() => Limits) = {}): ConfinedWork {
  const program = join(folder, `${randomBytes(8).toString('hex')}.mjs`);
  writeFileSync(program, text);
  return new ConfinedWork(program, typeof limits === 'function' ? limits() : { ...LIMITS, ...limits });
}

/** As it was built for tests: the programs that are shipped have it in them. */
const PROGRAM = join(packageRoot(), 'test/built/coordinator/process/confined-program.js');
/** A program that does `what` with its input, as the real ones are made. */
const confined = (what: string) => `import { confinedProgram } from ${JSON.stringify(PROGRAM)};
  confinedProgram(async (input) => { ${what} });`;

const FAILED = { ok: false, reason: 'too-hard' } as const;
const INPUT = Buffer.from('input');

describe('work in a process of its own', () => {
  it('comes back with what was made', async () => {
    const work = workOf(confined('return { says: { n: input.length }, made: [input, input.subarray(1)] };'));
    expect(await work.do(INPUT)).toEqual({ ok: true, says: { n: 5 }, made: [INPUT, INPUT.subarray(1)] });
  });

  it('comes back whole where it is more than a pipe takes at once', async () => {
    const work = workOf(confined('return { says: 1, made: [new Uint8Array(40_000_000).fill(7)] };'));
    const done = await work.do(INPUT);
    expect(done.ok && done.made[0]?.every((byte) => byte === 7) && done.made[0].length).toBe(40_000_000);
  });

  it('knows nothing of what this process has in its environment', async () => {
    const work = workOf(confined('return { says: Object.keys(process.env) };'));
    expect(await work.do(INPUT)).toMatchObject({ ok: true, says: [] });
  });

  it.each([
    ['throws', confined('throw new Error("as told");')],
    ['ends', confined('process.exit(0);')],
    [
      'takes memory of the engine',
      confined('const all = []; for (;;) all.push(new Array(10_000).fill(0.5));'),
    ],
    [
      'takes memory outside of it',
      confined('const all = []; for (;;) all.push(Buffer.alloc(10_000_000, 1));'),
    ],
    [
      'takes memory without a pause that anybody could look in',
      confined(
        'const all = []; for (let n = 0; n < 1000; n++) all.push(new Uint8Array(20_000_000).fill(1)); for (;;);',
      ),
    ],
    ['says rubbish', 'process.stdout.write("rubbish");'],
    [
      'says more than it may',
      'const more = Buffer.alloc(1_000_000); for (let n = 0; n < 100; n++) process.stdout.write(more);',
    ],
    ['says that it made more than there is', 'process.stdout.write(\'{"says":1,"sizes":[9]}\\n1\');'],
    ['does not even begin', 'import "there-is-no-such-package";'],
  ])('fails alone where it %s', async (_, text) => {
    expect(await workOf(text).do(INPUT)).toEqual(FAILED);
  });

  it('fails where it takes too long, and what waits behind it is done', async () => {
    // A second for the first, and for what waits behind it as long as a busy machine may need.
    const seconds = [1, LIMITS.seconds];
    const work = workOf(confined('if (input.length === 1) for (;;); return { says: input.length };'), () => ({
      ...LIMITS,
      waiting: 2,
      get seconds() {
        return seconds.shift() ?? LIMITS.seconds;
      },
    }));
    const [slow, quick] = await Promise.all([work.do(Buffer.from('a')), work.do(INPUT)]);
    expect(slow).toEqual(FAILED);
    expect(quick).toMatchObject({ says: 5 });
  });

  it('is refused where too much waits already', async () => {
    const work = workOf(confined('return { says: 1 };'), { waiting: 2 });
    const all = await Promise.all([1, 2, 3].map(() => work.do(INPUT)));
    expect(all.map(({ ok }) => ok)).toEqual([true, true, false]);
    expect(all[2]).toEqual({ ok: false, reason: 'busy' });
    expect((await work.do(INPUT)).ok).toBe(true);
  });
});

describe('strangers’ files, in the process that they come to', () => {
  const intake = () => new Intake(new AttachmentStore(join(folder, 'attachments')));

  it('a telephone’s picture and a PDF are taken', async () => {
    const taken = intake();
    for (const file of [await telephonePicture(4000, 3000), await nastyPdf()])
      expect(await taken.take(file)).toMatchObject({ ok: true });
  });

  it('a picture of as many pixels as are allowed is drawn within the memory that is allowed', async () => {
    const all = { width: 8000, height: 8000, channels: 3, background: '#0a0' } as const;
    for (const type of ['jpeg', 'png', 'webp'] as const) {
      const options = type === 'jpeg' ? { progressive: true } : {};
      expect(await intake().take(await sharp({ create: all })[type](options).toBuffer())).toMatchObject({
        ok: true,
      });
    }
  });

  it('a bomb is refused with its reason', async () => {
    expect(await intake().take(pixelBomb())).toEqual({ ok: false, reason: 'too-many-pixels' });
  });
});

describe('tables that somebody has sent, in the process that they come to', () => {
  const reader = new TableReader();
  const row = (n: number) => `<row r="${n}"><c r="A${n}"><v>${n}</v></c></row>`;

  it('a workbook and a CSV are read', async () => {
    const workbook = await workbookWith([{ name: '项目', columns: {}, rows: [] }], (parts) => {
      parts[SHEET] = sheetXml(row(1));
    });
    expect(await reader.read(workbook)).toEqual({
      ok: true,
      sheets: [{ name: '项目', rows: [{ row: 1, cells: ['1'] }], odd: [] }],
    });
    expect(await reader.read(Buffer.from('a,b\n'))).toMatchObject({ ok: true });
  });

  it.each([
    ['as many cells as a sheet can have', row(1) + row(1_048_576)],
    ['a corner as far as there is', '<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>'],
    ['two hundred thousand rows', Array.from({ length: 200_000 }, (_, n) => row(n + 1)).join('')],
  ])('%s: the answer comes, and takes nothing with it', async (_, rows) => {
    const workbook = await workbookWith([{ name: 'a', columns: {}, rows: [] }], (parts) => {
      parts[SHEET] = sheetXml(rows);
    });
    const read = await reader.read(workbook);
    if (!read.ok) expect(read.reason).toBe('too-much');
    else expect(read.sheets[0]?.rows.length).toBeLessThanOrEqual(20_000);
  });
});
