import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, expect, it } from 'vitest';
import { replay } from '../../chronicle/chronicle.ts';
import { Ledger } from '../../chronicle/ledger.ts';
import { REGISTER, REGISTER_LEDGER } from '../../register/model/book.ts';
import { sumsOf } from '../../register/model/work/sums.ts';
import { manyRegisters, writeOneOfMany } from './many-registers.ts';
import { sumsLike } from './sample-registers.ts';
import { PICTURES } from './testing/pictures.ts';

const folder = mkdtempSync(join(tmpdir(), 'hallvote-many-'));
afterEach(() => rmSync(folder, { recursive: true, force: true }));

it('many registers have ids, names and sums of their own, and years that a parent can add up', () => {
  const asked = { seed: 1, counties: 7, towns: 72, years: 3 };
  const many = manyRegisters(asked);
  expect(many).toHaveLength(80);
  expect(new Set(many.map(({ kind }) => kind.id)).size).toBe(80);
  expect(new Set(many.map(({ kind }) => kind.zh)).size).toBe(80);
  expect(many.filter(({ above }) => above === 'county-0')).toHaveLength(11);
  const last = many.at(-1);
  if (!last) throw new Error('there is none');
  const now = Date.parse('2026-10-20T10:00:00+08:00');
  const { config } = writeOneOfMany(folder, last, asked, {
    version: '0',
    now,
    pictures: PICTURES,
  });
  const ledger = Ledger.open(join(config.data, `${last.kind.id}.ledger`), REGISTER_LEDGER, {});
  const { works, begun } = replay(REGISTER, ledger.rows());
  ledger.close();
  expect(begun?.level).toBe('town');
  const all = [...works.projects.values()];
  expect([...new Set(all.map(({ cycle }) => cycle))].sort()).toEqual([2024, 2025, 2026]);
  const over = all.filter(({ cycle }) => cycle < 2026);
  const { projects, parts, wan } = sumsLike(last.kind, 2);
  expect(sumsOf(over, works, '2026-10-20')).toMatchObject({ projects, parts, fen: wan * 1_000_000 });
});
