import { spawnSync } from 'node:child_process';
import {
  appendFileSync,
  chmodSync,
  closeSync,
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  openSync,
  readFileSync,
  rmSync,
  statSync,
  truncateSync,
  writeFileSync,
  writeSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { coordinatorCommand } from '../../coordinator/cli/coordinator.ts';
import { HallProcess } from '../crash/hall-process.ts';
import { HANG_MS } from '../support/hang.ts';
import { inProcess, type Outcome } from '../support/in-process.ts';
import { testSeat } from '../support/open-hall.ts';

/**
 * Every start that cannot be is refused in one line that says what to do, with exit code 2; nothing is listened on, and
 * what was lying there still lies there.
 */
const HALLVOTE = `${process.cwd()}/dist/coordinator/cli/hallvote.js`;
const SITTING = '2027-2-3.ledger';
const SEATS = [1, 2, 3].map(testSeat);

/** Folders of a hall with a sitting in it: stopped, and killed while its last entries stood in the -wal alone. */
const whole = mkdtempSync(join(tmpdir(), 'hallvote-stopped-'));
const killed = mkdtempSync(join(tmpdir(), 'hallvote-killed-'));
let folder = '';
let data = '';

const at = (name: string) => join(data, name);
const hallFile = () => join(folder, 'hall.yaml');

const OPTIONS = ['--http', '0', '--mqtt', '0'];

/** A program's end, as {@link Outcome} has it. */
function ran(program: string, ...args: string[]): Outcome {
  const { status, stdout, stderr } = spawnSync(program, args, { encoding: 'utf8', timeout: HANG_MS });
  return { code: status, out: stdout, err: stderr };
}

/** Starts the hall in `folder` as a program of its own, whose whole standard error is heard. */
const start = (...args: string[]): Outcome =>
  ran(process.execPath, HALLVOTE, 'coordinator', '--config', hallFile(), ...OPTIONS, ...args);

/** Starts it in this process, where what matters is what it says. */
async function startHere(...args: string[]): Promise<Outcome> {
  const others = process.listeners('uncaughtException');
  const outcome = await inProcess(coordinatorCommand(), ['--config', hallFile(), ...OPTIONS, ...args]);
  for (const its of process.listeners('uncaughtException'))
    if (!others.includes(its)) process.off('uncaughtException', its);
  return outcome;
}

/** `start` where the data folder is a small, full or read-only file system of its own. */
function startMounted(options: string): Outcome {
  const script = `mount -t tmpfs -o size=128k tmpfs "$0" && ${options} && exec "$@"`;
  const hall = [HALLVOTE, 'coordinator', '--config', hallFile(), ...OPTIONS];
  return ran('unshare', '-rm', 'sh', '-c', script, data, process.execPath, ...hall);
}

const canMount = spawnSync('unshare', ['-rm', 'true']).status === 0;

/** One line on what is wrong and what to do, and nothing more. */
function expectRefused({ code, err, out }: Outcome, what: RegExp, cure: RegExp) {
  expect(err).toMatch(/^[^\n]+\n$/);
  expect(err).toMatch(what);
  expect(err).toMatch(cure);
  expect(err).toContain('→');
  expect(out).toBe('');
  expect(code).toBe(2);
}

/** Spoils `bytes` bytes of a file in place. */
function spoil(path: string, from: number, bytes = 4096): void {
  const file = openSync(path, 'r+');
  writeSync(file, Buffer.alloc(bytes, 0xa5), 0, bytes, from);
  closeSync(file);
}

beforeAll(async () => {
  const hall = HallProcess.of(SEATS);
  const yaml = join(hall.folder, 'hall.yaml');
  const secrecy = /^secrecy:\n(?: .*\n)+/m;
  writeFileSync(yaml, readFileSync(yaml, 'utf8').replace(secrecy, 'secrecy: { holder: coordinator }\n'));
  try {
    await hall.start();
    const operator = await hall.staff('operator');
    for (const { deputy } of SEATS)
      await operator.act({ act: 'check-in', deputy: deputy.id, reason: '测试' });
    const chair = await hall.staff();
    expect(await chair.act({ act: 'open', motion: 'm1', rehearsal: false })).toEqual({ ok: true });
    await hall.kill();
    cpSync(hall.folder, killed, { recursive: true });
    await hall.start();
    await hall.stop();
    cpSync(hall.folder, whole, { recursive: true });
  } finally {
    await hall.kill();
    hall.remove();
  }
});
afterAll(() => {
  for (const each of [whole, killed]) rmSync(each, { recursive: true, force: true });
});

function take(from: string): void {
  folder = mkdtempSync(join(tmpdir(), 'hallvote-refused-'));
  cpSync(from, folder, { recursive: true });
  data = join(folder, 'data');
}
afterEach(() => {
  if (folder !== '') rmSync(folder, { recursive: true, force: true });
  folder = '';
});

type Damage = readonly [what: string, how: () => void, says: RegExp, cure: RegExp];

const FILES: readonly Damage[] = [
  ['hall.yaml has gone', () => rmSync(hallFile()), /hall\.yaml: there is no such file/, /check the path/],
  [
    'the data folder is a file',
    () => {
      rmSync(data, { recursive: true });
      writeFileSync(data, '');
    },
    /data/,
    /another folder/,
  ],
  [
    'the ledger is a folder',
    () => {
      rmSync(at(SITTING));
      mkdirSync(at(SITTING));
    },
    /2027-2-3\.ledger/,
    /a folder/,
  ],
  [
    'the ledger is another file',
    () => writeFileSync(at(SITTING), 'x'.repeat(10_000)),
    /2027-2-3\.ledger/,
    /copy/,
  ],
  ['the ledger is gone', () => rmSync(at(SITTING)), /2027-2-3\.ledger.*gone/, /copy/],
  ['the ledger is empty', () => truncateSync(at(SITTING)), /2027-2-3\.ledger/, /copy/],
  ['the ledger was cut short', () => truncateSync(at(SITTING), 8192), /2027-2-3\.ledger/, /copy/],
  [
    'half of staff.json',
    () => writeFileSync(at('staff.json'), readFileSync(at('staff.json'), 'utf8').slice(0, 30)),
    /staff\.json/,
    /remove it/,
  ],
  ['an empty staff.json', () => truncateSync(at('staff.json')), /staff\.json/, /remove it/],
  [
    'half of coordinator.key',
    () => truncateSync(at('coordinator.key'), 20),
    /coordinator\.key.*no key/,
    /copy/,
  ],
  [
    'coordinator.key that others read',
    () => chmodSync(at('coordinator.key'), 0o644),
    /coordinator\.key.*others/,
    /chmod 600/,
  ],
  [
    'coordinator.key that is a folder',
    () => {
      rmSync(at('coordinator.key'));
      mkdirSync(at('coordinator.key'));
    },
    /coordinator\.key/,
    /copy/,
  ],
  [
    'coordinator.key gone beside a ledger',
    () => rmSync(at('coordinator.key')),
    /coordinator\.key.*gone/,
    /copy/,
  ],
  ['half of election.key', () => truncateSync(at('election.key'), 20), /election\.key/, /copy/],
  ['an empty election.key', () => truncateSync(at('election.key')), /election\.key/, /copy/],
  ['election.key gone', () => rmSync(at('election.key')), /election\.key.*gone/, /copy/],
  [
    'another election.key',
    () => writeFileSync(at('election.key'), '12345\n', { mode: 0o600 }),
    /election\.key.*another/,
    /copy/,
  ],
  [
    'the note of the ledger’s end damaged',
    () => writeFileSync(at(`${SITTING}.head`), '{"seq":'),
    /2027-2-3\.ledger\.head/,
    /--accept-ledger/,
  ],
];

describe('a hall that was stopped does not start where', () => {
  it.each(FILES)('%s', async (_what, how, says, cure) => {
    take(whole);
    how();
    expectRefused(await startHere(), says, cure);
  });

  it('every page but the first of its ledger was damaged, one after the other', async () => {
    take(whole);
    const pages = statSync(at(SITTING)).size / 4096;
    for (let page = 1; page < pages; page += 1) {
      cpSync(join(whole, 'data', SITTING), at(SITTING));
      spoil(at(SITTING), page * 4096);
      expectRefused(await startHere(), /2027-2-3\.ledger/, /copy/);
    }
  });

  it('the ledger of an earlier moment lies in its place', () => {
    take(whole);
    // The main file as it stood when the hall was killed, without what its -wal held.
    cpSync(join(killed, 'data', SITTING), at(SITTING));
    expectRefused(start(), /2027-2-3\.ledger/, /copy/);
  });
});

describe('a hall that was killed', () => {
  it('goes on', () => {
    take(killed);
    expect(existsSync(at(`${SITTING}-wal`))).toBe(true);
    const { code, err } = start('--http', '99999');
    expect(code).toBe(2);
    expect(err).not.toContain('ledger');
  });

  it('does not start without its -wal, nor does asking twice make it', () => {
    take(killed);
    rmSync(at(`${SITTING}-wal`));
    expectRefused(start(), /2027-2-3\.ledger-wal.*gone/, /--accept-ledger/);
    expect(existsSync(at(`${SITTING}-wal`))).toBe(false);
    expectRefused(start(), /2027-2-3\.ledger-wal.*gone/, /copy/);
    const out = join(folder, 'bundle.zip');
    const exported = spawnSync(process.execPath, [HALLVOTE, 'export', at(SITTING), '--out', out], {
      encoding: 'utf8',
    });
    expect(exported.stderr).toMatch(/^[^\n]*-wal[^\n]*gone[^\n]*\n$/);
    expect(existsSync(at(`${SITTING}-wal`))).toBe(false);
  });

  it('does not start where the middle of its -wal was damaged, and leaves it as it is', () => {
    take(killed);
    const size = statSync(at(`${SITTING}-wal`)).size;
    spoil(at(`${SITTING}-wal`), Math.floor(size / 3), 64);
    const before = readFileSync(at(`${SITTING}-wal`));
    expectRefused(start(), /2027-2-3\.ledger-wal.*damaged/, /copy/);
    expect(readFileSync(at(`${SITTING}-wal`)).equals(before)).toBe(true);
  });

  it('goes on where the last thing written to its -wal was cut off by a power cut', async () => {
    take(killed);
    appendFileSync(at(`${SITTING}-wal`), Buffer.alloc(3000, 7));
    await goesOn();
  });

  it('takes what is there where that is asked for, and then starts as usual', async () => {
    take(killed);
    rmSync(at(`${SITTING}-wal`));
    await goesOn('--accept-ledger');
    await goesOn();
  });
});

/** Starts the hall in `folder` with `args`, and stops it. */
async function goesOn(...args: string[]): Promise<void> {
  const hall = HallProcess.in(folder);
  try {
    await hall.start(...args);
    await hall.staff();
    await hall.stop();
  } finally {
    await hall.kill();
  }
}

describe('a hall does not start', () => {
  it.each([
    ['--mqtt', 'foo'],
    ['--mqtt', '70000'],
    ['--mqtt', '-1'],
    ['--mqtt', ''],
    ['--mqtt', '1e3'],
    ['--mqtt', '0x50'],
    ['--http', ' '],
  ])('with %s "%s"', async (option, value) => {
    take(whole);
    const { code, err, out } = await startHere(`${option}=${value}`);
    expect(err).toMatch(/^error: [^\n]+\n$/);
    expect(err).toMatch(/from 0 to 65535/);
    expect(out).toBe('');
    expect(code).toBe(2);
  });

  it.skipIf(!canMount)('on a full disk', () => {
    take(whole);
    expectRefused(startMounted('head -c 1M /dev/zero > "$0/fill" 2>/dev/null; true'), /data/, /make room/);
  });

  it.skipIf(!canMount)('on a disk with room for a key and not for a ledger', () => {
    take(whole);
    expectRefused(startMounted('head -c 110k /dev/zero > "$0/fill" 2>/dev/null; true'), /data/, /make room/);
  });

  it.skipIf(!canMount)('on a read-only disk', () => {
    take(whole);
    expectRefused(startMounted('mount -o remount,ro "$0"'), /data/, /may write/);
  });
});
