import { spawnSync } from 'node:child_process';
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { type AddressInfo, createServer } from 'node:net';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { z } from 'zod';
import { HallProcess } from '../crash/hall-process.ts';
import { HANG_MS } from '../support/hang.ts';
import { testSeat } from '../support/open-hall.ts';

/**
 * A start that fails, at whichever step, leaves nothing open: the process in which it failed ends by itself, for nothing is left
 * that it would wait for, and neither timer, file nor socket of the hall is there any more.
 */
const PROGRAM = `${process.cwd()}/test/built/test/start/start-and-stay.js`;
const HALLVOTE = `${process.cwd()}/dist/coordinator/cli/hallvote.js`;
const Ended = z.object({ isRefusal: z.boolean(), said: z.string(), left: z.array(z.string()) });

let hall: HallProcess;
beforeEach(() => {
  hall = HallProcess.of([testSeat(1)]);
});
afterEach(() => hall.remove());

const at = (...names: readonly string[]) => join(hall.folder, ...names);
const node = (args: readonly string[], before: readonly string[] = []) => {
  const [program = '', ...rest] = [...before, process.execPath, ...args];
  return spawnSync(program, rest, { encoding: 'utf8', timeout: HANG_MS });
};

/** Starts the hall, and expects that it was refused in one line that matches, by a process that then ended by itself. */
function expectNothingLeft(what: RegExp, args: readonly string[], before: readonly string[] = []): void {
  const { status, signal, stdout, stderr } = node([PROGRAM, at('hall.yaml'), ...args], before);
  expect(stderr).toBe('');
  const { isRefusal, said, left } = Ended.parse(JSON.parse(stdout));
  expect(said).toMatch(what);
  expect(said).toMatch(/^[^\n]+ → [^\n]+$/);
  expect(isRefusal).toBe(true);
  expect(left).toEqual([]);
  expect({ status, signal }).toEqual({ status: 0, signal: null });
}

/** While `use` runs, another program listens on a port. */
async function whileTaken(use: (port: string) => void): Promise<void> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '0.0.0.0', resolve));
  const address: AddressInfo | string | null = server.address();
  try {
    use(String(typeof address === 'object' && address ? address.port : 0));
  } finally {
    await new Promise((resolve) => server.close(resolve));
  }
}

it('where the port of the pages is taken, once everything else is open', async () => {
  await whileTaken((port) => expectNothingLeft(/cannot listen on .*EADDRINUSE/, [port, '0']));
});

it('where the terminals’ port is taken', async () => {
  await whileTaken((port) => expectNothingLeft(/cannot listen on .*EADDRINUSE/, ['0', port]));
});

it('where there can be no such port', () => {
  expectNothingLeft(/cannot listen on .*99999/, ['99999', '0']);
});

it('where the folder of the pages has none, is a file, or is not there', () => {
  const pages = at('pages');
  expectNothingLeft(/pages.*\.html: there is no such page/, ['0', '0', pages]);
  mkdirSync(pages);
  expectNothingLeft(/pages.*\.html: there is no such page/, ['0', '0', pages]);
  rmSync(pages, { recursive: true });
  writeFileSync(pages, '');
  expectNothingLeft(/pages.*\.html: there is no such page/, ['0', '0', pages]);
});

it('where hall.yaml has a mistake', () => {
  writeFileSync(at('hall.yaml'), `${readFileSync(at('hall.yaml'), 'utf8')}\nsecrets: yes\n`);
  expectNothingLeft(/hall\.yaml/, ['0', '0']);
});

it('where a file that hall.yaml names has one, which is read once the ledger and the pages’ server are open', () => {
  writeFileSync(at('agenda.yaml'), 'motions: [ { id: m1, kind: nothing, title: 表决 } ]\n');
  expectNothingLeft(/agenda\.yaml/, ['0', '0']);
});

it('where the file of passwords is damaged, which is read once the ledger is open', () => {
  mkdirSync(at('data'), { mode: 0o700 });
  writeFileSync(at('data', 'staff.json'), '{"a":', { mode: 0o600 });
  expectNothingLeft(/staff\.json/, ['0', '0']);
});

const canMount = spawnSync('unshare', ['-rm', 'true']).status === 0;
/** Runs what follows with a data folder so small that it is full after `kilobytes`. */
const onSmallDisk = (kilobytes: number) => {
  const fill = `head -c ${128 - kilobytes}k /dev/zero > "$0/fill"`;
  const script = `mount -t tmpfs -o size=128k tmpfs "$0" && ${fill} && exec "$@"`;
  return ['unshare', '-rm', 'sh', '-c', script, at('data')];
};

it.skipIf(!canMount).each([0, 8, 24, 48, 64])('on a disk with room for %s kB', (kilobytes) => {
  mkdirSync(at('data'), { mode: 0o700 });
  expectNothingLeft(/data.*make room|cannot be written → check the disk/, ['0', '0'], onSmallDisk(kilobytes));
});

it('the command ends with code 2 and that one line', async () => {
  await whileTaken((port) => {
    const args = ['coordinator', '--config', at('hall.yaml'), '--http', port, '--mqtt', '0'];
    const { status, stdout, stderr } = node([HALLVOTE, ...args]);
    // What went well before stands in the log.
    const lines = stderr.split('\n').filter((line) => line !== '' && !line.startsWith('{"level":30'));
    expect(lines).toEqual([expect.stringMatching(/^cannot listen on .* → choose another port/)]);
    expect(stdout).toBe('');
    expect(status).toBe(2);
  });
});
