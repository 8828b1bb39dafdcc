import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { loadFiles, loadHall } from '../config/hall-file.ts';
import { USAGE } from './exit-codes.ts';
import { initCommand } from './init.ts';

let folder = '';
let said = '';
let complained = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'hallvote-init-'));
  said = '';
  complained = '';
  vi.spyOn(process.stdout, 'write').mockImplementation((text) => {
    said += String(text);
    return true;
  });
  vi.spyOn(process.stderr, 'write').mockImplementation((text) => {
    complained += String(text);
    return true;
  });
});
afterEach(() => {
  vi.restoreAllMocks();
  process.exitCode = undefined;
  rmSync(folder, { recursive: true, force: true });
});

const init = (...args: string[]) => initCommand().parseAsync(args, { from: 'user' });

describe('hallvote init', () => {
  it.each([3, 164, 10_000])('writes a hall of %i that can be opened, and says how', async (seats) => {
    const dir = join(folder, 'new', 'hall');
    await init(dir, '--seats', String(seats));
    expect(complained).toBe('');
    expect(said).toContain(`hallvote coordinator --config ${join(dir, 'hall.yaml')}`);
    expect(readdirSync(dir).sort()).toEqual(['agenda.yaml', 'hall.yaml', 'roll.csv', 'terminals.csv']);
    const hall = loadHall(join(dir, 'hall.yaml'));
    const files = hall.ok ? loadFiles(hall.value) : hall;
    if (!files.ok) throw new Error(JSON.stringify(files.problems));
    expect(files.value.deputies).toHaveLength(seats);
    expect(files.value.terminals).toEqual([]);
    expect(files.value.motions.map(({ kind, voting }) => `${voting} ${kind}`)).toEqual([
      'open decision',
      'secret selection',
      'secret appraisal',
      'secret itemised',
    ]);
    expect(files.value.motions.every(({ title, text }) => title.en && text?.en)).toBe(true);
  });

  it('leaves a folder that is not empty as it is', async () => {
    writeFileSync(join(folder, 'roll.csv'), 'ours');
    await init(folder);
    expect(process.exitCode).toBe(USAGE);
    expect(complained).toBe(`${folder}: 文件夹不为空，请另选 · the folder is not empty; name another\n`);
    expect(readdirSync(folder)).toEqual(['roll.csv']);
  });

  it('says in one line where it cannot write', async () => {
    const file = join(folder, 'file');
    writeFileSync(file, '');
    for (const dir of [file, join(file, 'below')]) {
      complained = '';
      await init(dir);
      expect(process.exitCode).toBe(USAGE);
      expect(complained).toMatch(/^[^\n]*cannot be written to \(E\w+\); name another\n$/);
    }
  });
});
