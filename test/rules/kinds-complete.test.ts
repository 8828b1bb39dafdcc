import { execFile } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

/** A kind of motion with a piece missing does not compile: every table is robbed of one, in a copy of the sources. */

const ROOT = process.cwd();
const ROOMS = ['shared', 'hardware', 'terminal', 'coordinator'];
/** What is taken out of which table, and what is there instead. */
const ROBBED: readonly (readonly [file: string, what: RegExp, instead: string])[] = [
  ['shared/kinds/kinds.ts', /(KINDS[^=]*= \{ [^}]*), itemised \}/, '$1 }'],
  ['shared/terms.ts', /^ {2}itemised: .*\n/m, ''],
  ['terminal/seat/kinds/kinds.ts', /(KINDS[^=]*= \{ [^}]*), itemised \}/, '$1 }'],
  ['terminal/rehearsal/likely-choice.ts', /^ {2}itemised: [\s\S]*?^ {2}\}\),\n/m, ''],
  ['terminal/screen/ballot-body.ts', /^ {2}\.\.\.itemisedScreens,\n/m, ''],
  ['coordinator/config/agenda-file.ts', /^ {2}itemised: z\.strictObject[\s\S]*?^ {2}\}\),\n/m, ''],
  ['coordinator/pages/parts/kinds/staff-kinds.ts', /(KINDS[^=]*= \{ [^}]*), itemised \}/, '$1 }'],
  ['coordinator/pages/hall/kinds/hall-kinds.ts', /(KINDS[^=]*= \{ [^}]*), itemised \}/, '$1 }'],
  ['coordinator/bundle/export/kinds/report-kinds.ts', /(KINDS[^=]*= \{ [^}]*), itemised \}/, '$1 }'],
];

const copy = mkdtempSync(join(tmpdir(), 'hallvote-kinds-'));
beforeAll(() => {
  for (const room of ROOMS)
    cpSync(join(ROOT, room), join(copy, room), {
      recursive: true,
      filter: (path) => !path.endsWith('.test.ts'),
    });
  symlinkSync(join(ROOT, 'node_modules'), join(copy, 'node_modules'));
  cpSync(join(ROOT, 'package.json'), join(copy, 'package.json'));
  const compilerOptions = { rootDir: '.', noEmit: true, noUnusedLocals: false };
  const files = ROBBED.map(([file]) => file);
  writeFileSync(
    join(copy, 'tsconfig.json'),
    JSON.stringify({ extends: join(ROOT, 'test/tsconfig.json'), compilerOptions, include: [], files }),
  );
});
afterAll(() => rmSync(copy, { recursive: true, force: true }));

/** The files of the copy in which the compiler finds something; a complaint about none of them stands as it is. */
function faulty(): Promise<string[]> {
  const tsc = join(ROOT, 'node_modules/typescript/bin/tsc');
  return new Promise((resolve) => {
    execFile(process.execPath, [tsc, '-p', copy, '--pretty', 'false'], { cwd: copy }, (_error, stdout) => {
      const found = stdout.split('\n').filter((line) => line.includes('error TS'));
      resolve([...new Set(found.map((line) => /^(\S+?)\(\d+,\d+\)/.exec(line)?.[1] ?? line))].sort());
    });
  });
}

describe('a kind of motion', () => {
  it('does not compile with a piece missing, whichever table lacks it, and else does', async () => {
    for (const [file, what, instead] of ROBBED) {
      const text = readFileSync(join(ROOT, file), 'utf8');
      const robbed = text.replace(what, instead);
      expect(robbed, file).not.toBe(text);
      writeFileSync(join(copy, file), robbed);
    }
    // And nothing else is at fault: the copy compiles but for what was taken.
    expect(await faulty()).toEqual(ROBBED.map(([file]) => file).sort());
  });
});
