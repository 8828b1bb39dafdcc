import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { sourcesOf } from './sources.ts';

/** What the terminal runs to serve its page is no page. */
const SERVES = ['terminal/screen/server.ts', 'terminal/screen/screen-watch.ts'];

it('no page sets a timer of its own: what outlives a page that is gone wakes nobody', () => {
  const pages = ['coordinator/pages', 'terminal/screen', 'shared/pages']
    .flatMap((folder) => sourcesOf(folder, /\.ts$/))
    .filter((name) => !name.endsWith('.test.ts') && !SERVES.includes(name));
  const setting = pages.filter((name) => /\bset(?:Interval|Timeout)\(/.test(readFileSync(name, 'utf8')));
  expect(setting).toEqual(['shared/pages/timers.ts']);
});
