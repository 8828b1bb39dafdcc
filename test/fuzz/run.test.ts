import { expect, it } from 'vitest';
import { runFuzz, tableOf } from './run.ts';

it('a run goes through what it was asked for, in a process that counts branches, and leaves a table', async () => {
  const { rows, findings } = await runFuzz({ seconds: 4, seed: 1, only: ['topic', 'jws'] });
  expect(rows.map(({ target }) => target)).toEqual(['topic', 'jws']);
  for (const { executions, branches } of rows) {
    expect(executions).toBeGreaterThan(5);
    expect(branches).toBeGreaterThan(5);
  }
  expect(findings).toEqual([]);
  expect(tableOf({ rows })).toMatch(/^target .*\ntopic .*\njws .*\nin all .*$/);
});
