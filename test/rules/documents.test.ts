import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { dirname, join, normalize } from 'node:path';
import { expect, it } from 'vitest';

/** Every folder that is a room: what it is stands in its README. */
const ROOMS = [
  'coordinator/door',
  'coordinator/tls',
  'coordinator/wire',
  'shared',
  ...['protocol', 'kinds', 'projects', 'belenios', 'pages'].map((room) => `shared/${room}`),
  'terminal',
  ...['seat', 'delivery', 'machine', 'screen', 'card-desk', 'rehearsal', 'update'].map(
    (room) => `terminal/${room}`,
  ),
  'coordinator',
  ...[
    'chronicle',
    'register',
    'sitting',
    'contract',
    'hall',
    'web',
    'staff',
    'pages',
    'bundle',
    'proofs',
    'scrutineer',
  ].map((room) => `coordinator/${room}`),
  ...['config', 'cards', 'process', 'rehearsal', 'cli', 'update'].map((room) => `coordinator/${room}`),
  'test',
];

/** Files that a checkout has, or will have with the next commit. */
const files = execFileSync('git', ['ls-files', '--cached', '--others', '--exclude-standard'], {
  encoding: 'utf8',
})
  .split('\n')
  .filter((name) => name !== '' && !name.includes('/fixtures/'));

it('every room says on half a page what it is and what may enter', () => {
  const wanting = ROOMS.filter((room) => {
    const file = join(room, 'README.md');
    if (!existsSync(file)) return true;
    const text = readFileSync(file, 'utf8');
    const lines = text.split('\n').length;
    return lines < 8 || lines > 60 || (room !== 'coordinator' && !text.includes('**What may enter.**'));
  });
  expect(wanting).toEqual([]);
});

it('no folder of the sources is left out of that list', () => {
  const folders = new Set(
    files.filter((name) => name.endsWith('.ts')).map((name) => name.split('/').slice(0, 2).join('/')),
  );
  const rooms = [...folders].filter(
    (name) =>
      /^(shared|terminal|coordinator)\//.test(name) && !name.endsWith('.ts') && !name.endsWith('/testing'),
  );
  expect(rooms.filter((name) => !ROOMS.includes(name))).toEqual(['shared/update']);
});

it('every link of a document leads somewhere', () => {
  const documents = files.filter((name) => name.endsWith('.md') && existsSync(name));
  expect(documents.length).toBeGreaterThan(30);
  const dead = documents.flatMap((name) =>
    [...readFileSync(name, 'utf8').matchAll(/\]\((?!https?:|#|mailto:)([^)#\s]+)[^)]*\)/g)]
      .map(([, to = '']) => normalize(join(dirname(name), to)))
      .filter((to) => !existsSync(to))
      .map((to) => `${name} → ${to}`),
  );
  expect(dead).toEqual([]);
});
