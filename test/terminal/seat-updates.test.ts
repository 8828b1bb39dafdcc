import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { expect, it } from 'vitest';
import { z } from 'zod';

const HALLVOTE = `${process.cwd()}/dist/coordinator/cli/hallvote.js`;
const Figures = z.object({
  seats: z.number(),
  changedFiles: z.number(),
  confirmed: z.number(),
  failed: z.number(),
});

it('a coordinator brings simulated seats to a signed version, real programs all, each seat with a folder of its own', {
  timeout: 300_000,
}, async () => {
  const bench = [HALLVOTE, 'bench', 'update', '--seats', '4', '--json'];
  const { stdout } = await promisify(execFile)(process.execPath, bench, { timeout: 280_000 });
  const figures = Figures.parse(JSON.parse(stdout));
  expect(figures).toMatchObject({ seats: 4, confirmed: 4, failed: 0 });
  expect(figures.changedFiles).toBeGreaterThan(100);
});
