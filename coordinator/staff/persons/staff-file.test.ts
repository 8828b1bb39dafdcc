import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { DataFileError } from '../../process/data-file.ts';
import { withCode } from './credentials.ts';
import { readCredentials, writeCredentials } from './staff-file.ts';

let folder: string;
let file: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'hallvote-staff-'));
  file = join(folder, 'staff.json');
});
afterEach(() => rmSync(folder, { recursive: true }));

it('is nobody’s before it is written, and gives back what was', () => {
  expect(readCredentials(file)).toEqual({});
  const persons = { zhang: withCode({ scheme: 'scrypt-17-8-1', salt: 's', hash: 'h' }) };
  writeCredentials(file, persons);
  expect(readCredentials(file)).toEqual(persons);
});

it('is readable by its owner alone, also where a file stood before that was not', () => {
  writeFileSync(file, '{}', { mode: 0o644 });
  writeCredentials(file, {});
  expect(statSync(file).mode & 0o777).toBe(0o600);
});

it.each(['', '{', '[]', '{"version":2,"persons":{}}', '{"version":1,"persons":{"a":{}}}'])(
  'where it is damaged (%j) it says so with what to do, and is left as it is',
  (text) => {
    writeFileSync(file, text);
    expect(() => readCredentials(file)).toThrow(DataFileError);
    expect(() => readCredentials(file)).toThrow(/staff\.json: is damaged → put it back from a copy/);
    expect(readFileSync(file, 'utf8')).toBe(text);
  },
);
