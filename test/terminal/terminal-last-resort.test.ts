import { spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { makeKeyPair } from '../../shared/protocol/keys.ts';
import { START_AGAIN } from '../../terminal/machine/restart.ts';
import { HANG_MS } from '../support/hang.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'hallvote-last-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

const config = (more = '') =>
  `id: T1\nhall: h\ncoordinator: {url: "mqtt://127.0.0.1:9", key: ${makeKeyPair(randomBytes).x}}\n` +
  `data: data\nscreen: {port: 0}\nboard: {kind: simulated}\n${more}`;

/** Runs a program of ours to its end. */
async function run(program: string, args: readonly string[], code = '', input = '') {
  // What a bug in a library would do, a moment after the program's first line.
  const leak = code === '' ? [] : ['--import', `data:text/javascript,${encodeURIComponent(code)}`];
  const child = spawn(process.execPath, [...leak, program, ...args]);
  let output = '';
  let errors = '';
  child.stdout.on('data', (data) => {
    output += String(data);
  });
  child.stderr.on('data', (data) => {
    errors += String(data);
  });
  child.stdin.on('error', () => {});
  child.stdin.end(input);
  const late = setTimeout(() => child.kill('SIGKILL'), HANG_MS);
  await once(child, 'close');
  clearTimeout(late);
  return { status: child.exitCode, output, errors };
}

const AFTER_FIRST_LINE = (leak: string) =>
  `const write = process.stdout.write; process.stdout.write = (...a) => { setImmediate(() => { ${leak} }); return write.apply(process.stdout, a); };`;

describe('the terminal’s program', () => {
  const terminal = async (text: string, code = '') => {
    writeFileSync(join(folder, 'terminal.yaml'), text);
    return run('dist/terminal/main.js', ['--config', join(folder, 'terminal.yaml')], code);
  };

  test.each([
    ['an exception', 'throw new Error("leaked")'],
    ['a rejection', 'void Promise.reject(new Error("leaked"))'],
    [
      'an event that nobody listens to',
      'new (process.getBuiltinModule("events"))().emit("error", new Error("leaked"))',
    ],
  ])('records %s that leaks past every guard, and asks to be started again', async (_what, leak) => {
    const { status, output, errors } = await terminal(config(), AFTER_FIRST_LINE(leak));
    expect(output).toContain('screen http://');
    expect(status).toBe(START_AGAIN);
    expect(errors).toContain('leaked');
    expect(errors).toContain('a fault that nobody caught: starting again');
  });

  test.each([
    [
      'an outbox that is a file',
      () => writeFileSync(join(folder, 'data', 'outbox'), ''),
      /outbox: is a file .*; move it away/,
    ],
    [
      'a seed that is a folder',
      () => mkdirSync(join(folder, 'data', 'seed')),
      /seed: is a folder .*; move it away/,
    ],
    [
      'half a seed',
      () => writeFileSync(join(folder, 'data', 'seed'), 'AAAA'),
      /seed: is no 32-byte seed; restore it/,
    ],
  ])('says in one line what keeps it from starting: %s', async (_what, damage, line) => {
    mkdirSync(join(folder, 'data'));
    damage();
    const { status, errors } = await terminal(config());
    expect(status).toBe(2);
    expect(errors).toMatch(line);
    expect(errors.trim().split('\n')).toHaveLength(1);
  });

  test('a data folder that is a file is said so in one line', async () => {
    writeFileSync(join(folder, 'data'), '');
    const { status, errors } = await terminal(config());
    expect([status, errors.trim().split('\n').length]).toEqual([2, 1]);
  });

  test('half a terminal.yaml is said so in one line', async () => {
    const text = config('reader: none\n');
    const { status, errors } = await terminal(text.slice(0, text.length / 2));
    expect([status, errors.trim().split('\n').length]).toEqual([2, 1]);
    expect(errors).toMatch(/^hallvote terminal: .*terminal\.yaml:\d+: /);
  });
});

describe('the programs beside it', () => {
  const simulate = (...args: string[]) =>
    run('dist/terminal/rehearsal/simulate.js', [
      '--url',
      'mqtt://127.0.0.1:9',
      '--hall',
      'h',
      '--key',
      makeKeyPair(randomBytes).x,
      ...args,
    ]);
  const keys = () => join(folder, 'keys');
  const list = () => join(folder, 'terminals.csv');

  test.each([
    ['an unfinished quotation', 'terminal,seat,key\n"T001,1'],
    ['a line too short', 'terminal,seat,key\nT001'],
    ['no text at all', Buffer.from([0xff, 0xfe, 0x00, 0x22])],
  ])('simulate says in one line what is wrong with a list: %s', async (_what, text) => {
    writeFileSync(list(), text);
    const { status, errors } = await simulate('--keys', keys(), '--terminals', list());
    expect([status, errors.trim().split('\n').length]).toEqual([2, 1]);
    expect(errors).toMatch(/^hallvote simulate: .*terminals\.csv/);
  });

  test.each(['--terminals', '--roll'])('simulate says in one line that %s is a folder', async (option) => {
    writeFileSync(list(), 'terminal,seat,key\n');
    const { status, errors } = await simulate('--keys', keys(), '--terminals', list(), option, folder);
    expect([status, errors.trim().split('\n').length]).toEqual([2, 1]);
  });

  test('simulate says in one line that keys cannot be made', async () => {
    writeFileSync(keys(), '');
    const { status, errors } = await run('dist/terminal/rehearsal/simulate.js', [
      '--keys',
      keys(),
      '--make-keys',
      '1',
    ]);
    expect([status, errors.trim().split('\n').length]).toEqual([2, 1]);
  });

  test('the card desk takes whatever lines it is given', async () => {
    const lines = ['{', '[]', '{"personalise":1}', '\u0000', 'x'.repeat(100_000), '04A1B2C3', '{"end":true}'];
    const { status, output, errors } = await run(
      'dist/terminal/card-desk/card-desk.js',
      ['--reader', 'simulated'],
      '',
      `${lines.join('\n')}\n`,
    );
    expect([status, errors]).toEqual([0, '']);
    expect(output).toContain('"card":"04A1B2C3"');
  });
});
