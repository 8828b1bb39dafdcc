import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';

const SCRIPT = fileURLToPath(new URL('import-rules.mjs', import.meta.url));

/** What is said of that file. */
const sentencesOf = (said: string, file: string): string =>
  said
    .split(/\n(?=\S)/)
    .filter((each) => each.startsWith(`${file}\n`))
    .join('\n');

/** What the check says of a project of such files. */
function broken(files: Readonly<Record<string, string>>) {
  const root = mkdtempSync(join(tmpdir(), 'hallvote-rules-'));
  try {
    for (const [path, text] of Object.entries(files)) {
      mkdirSync(join(root, dirname(path)), { recursive: true });
      writeFileSync(join(root, path), text);
    }
    const { status, stderr, stdout } = spawnSync(process.execPath, [SCRIPT, root], { encoding: 'utf8' });
    return { status, said: stderr, count: stdout.trim() };
  } finally {
    rmSync(root, { recursive: true });
  }
}

const BREACHES = [
  [
    'coordinator/hall/hall.ts',
    '../../terminal/seat/seat.ts',
    'coordinator and terminal never import each other',
  ],
  ['terminal/terminal.ts', '../coordinator/hall/hall.ts', 'coordinator and terminal never import each other'],
  ['shared/protocol/keys.ts', '../../hardware/i2c.ts', 'knows none of them'],
  ['hardware/i2c.ts', '../terminal/seat/seat.ts', 'behind its capabilities'],
  ['shared/kinds/decision.ts', 'node:fs', 'kinds of motion are pure'],
  ['shared/projects/list.ts', '../kinds/selection.ts', 'a list of projects is a format'],
  ['terminal/seat/seat.ts', '../delivery/outbox.ts', 'what a seat does is pure'],
  ['terminal/seat/kinds/decision.ts', 'node:fs', 'what a seat does is pure'],
  ['terminal/terminal.ts', './rehearsal/fleet.ts', 'nothing of rehearsals'],
  ['coordinator/hall/hall.ts', '../rehearsal/demo.ts', 'nothing of rehearsals'],
  ['coordinator/chronicle/ledger.ts', '../sitting/entries.ts', 'a chronicle is any signed ledger'],
  ['coordinator/sitting/fold.ts', '../web/server.ts', 'the sitting is pure'],
  ['coordinator/sitting/fold.ts', '../main.ts', 'the sitting is pure'],
  ['coordinator/sitting/fold.ts', 'node:fs', 'the sitting is pure'],
  ['coordinator/register/model/fold.ts', '../../sitting/fold.ts', 'what a register is is pure'],
  [
    'coordinator/register/papers/press.ts',
    '../../web/server.ts',
    'documents are made of what they are given',
  ],
  ['coordinator/register/model/fold.ts', 'node:fs', 'what a register is is pure'],
  ['coordinator/register/model/fold.ts', '../beside/search.ts', 'what a register is is pure'],
  ['coordinator/register/notices/figures.ts', 'node:fs', 'computed of works and a day'],
  ['coordinator/register/beside/side-store.ts', '../../web/server.ts', 'as files knows no server'],
  ['coordinator/register/tables/columns.ts', '../../sitting/fold.ts', 'as files knows no server'],
  ['coordinator/register/attachments/intake.ts', './clean.ts', 'in a process of its own'],
  ['coordinator/register/tables/table-reader.ts', './read-xlsx.ts', 'in a process of its own'],
  ['coordinator/web/server.ts', 'sharp', 'in a process of its own'],
  ['coordinator/pages/chair/chair-page.ts', '../../hall/broker/broker.ts', 'pages run in a browser'],
  ['coordinator/pages/chair/chair-page.ts', 'node:fs', 'pages run in a browser'],
  ['coordinator/pages/chair/chair-page.ts', 'fastify', 'pages run in a browser'],
  ['coordinator/pages/parts/waiting.ts', '../chair/chair-words.ts', 'parts of pages are beneath every page'],
  [
    'coordinator/pages/register/desk/desk-page.ts',
    '../../../register/program/queue.ts',
    'pages run in a browser',
  ],
  ['coordinator/sitting/fold.ts', '../register/model/fold.ts', 'a hall knows nothing of registers'],
  ['coordinator/register/program/run-register.ts', '../../hall/hall.ts', 'what its bundle proves'],
  ['coordinator/register/federation/pull.ts', '../program/plan.ts', 'of registers beneath knows no server'],
  ['coordinator/register/bridge/agenda.ts', '../../web/server.ts', 'of registers beneath knows no server'],
  ['coordinator/contract/staff.ts', '../web/server.ts', 'the contract is what pages and servers say'],
  ['coordinator/bundle/verify/verify.ts', '../../hall/broker/broker.ts', 'a stranger’s program'],
  ['coordinator/register/feed/read-feed.ts', 'better-sqlite3', 'a stranger’s program'],
  [
    'coordinator/register/feed/bundle/verify-bundle.ts',
    '../../program/feed-source.ts',
    'a stranger’s program',
  ],
  ['coordinator/bundle/verify/verify.ts', 'better-sqlite3', 'a stranger’s program'],
  ['coordinator/register/public/frame.ts', '../beside/side-store.ts', 'what is public is made of a value'],
  ['coordinator/register/public/frame.ts', 'node:fs', 'what is public is made of a value'],
  [
    'coordinator/register/public/frame.ts',
    '../federation/children-store.ts',
    'what is public is made of a value',
  ],
  ['coordinator/scrutineer/remote.ts', '../hall/hall.ts', 'trusts no coordinator'],
  ['coordinator/hall/hall.ts', './hall.test.ts', 'imports no test'],
  ['hardware/readers/pn532.ts', '../testing/simulated-pn532.ts', 'imports no test'],
] as const;

/** Every breach at once: in one line, over several, and when it is asked for. */
const planted = Object.fromEntries(
  BREACHES.flatMap(([path, what], n) => [
    [join(dirname(path), `line-${n}.ts`), `import { a } from '${what}';\n`],
    [join(dirname(path), `lines-${n}.ts`), `import {\n  a,\n  b,\n} from '${what}';\n`],
    [join(dirname(path), `later-${n}.ts`), `const a = await import('${what}');\n`],
  ]),
);

it('a wall that is broken is named by its sentence, however the import is written', () => {
  const { status, said } = broken(planted);
  expect(status).toBe(1);
  for (const [n, [path, what, sentence]] of BREACHES.entries())
    for (const how of ['line', 'lines', 'later']) {
      const file = join(dirname(path), `${how}-${n}.ts`);
      expect({ file, what, said: sentencesOf(said, file).includes(sentence) }).toEqual({
        file,
        what,
        said: true,
      });
    }
});

it('a type is nothing when the program runs, and a test may stand anywhere', () => {
  const allowed = Object.fromEntries(
    BREACHES.flatMap(([path, what], n) => [
      [join(dirname(path), `type-${n}.ts`), `import type { A } from '${what}';\n`],
      [join(dirname(path), `one-${n}.test.ts`), `import { a } from '${what}';\n`],
    ]),
  );
  expect(broken(allowed)).toMatchObject({ status: 0, said: '' });
});

it('every wall has a breach that is planted here', () => {
  const { said } = broken(planted);
  const walls = [...readFileSync(SCRIPT, 'utf8').matchAll(/^ {4}says: '([^']+)'/gm)].map(([, says]) => says);
  expect(walls.length).toBeGreaterThan(20);
  for (const says of walls) expect(said).toContain(`  ${says}\n`);
});

it('the verifier reaches no server through others either, and the way is shown', () => {
  const files = {
    'coordinator/bundle/verify/verify.ts': "import { a } from '../../chronicle/rows.ts';\n",
    'coordinator/chronicle/rows.ts': "import { b } from '../web/server.ts';\n",
  };
  expect(broken(files).said).toMatch(
    /verify\.ts\n.*→ coordinator\/chronicle\/rows\.ts\n.*→ coordinator\/web\/server\.ts/,
  );
});
