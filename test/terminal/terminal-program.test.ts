import { spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { AvrBoard } from '../../hardware/testing/avr-board.ts';
import { onSerialPort } from '../../hardware/testing/pty.ts';
import { makeKeyPair } from '../../shared/protocol/keys.ts';
import { START_AGAIN } from '../../terminal/machine/restart.ts';
import { eventually } from '../support/open-hall.ts';

const hasPython = existsSync('/usr/bin/python3');

test.skipIf(!hasPython)(
  'the terminal’s program drives a panel on a serial port, and asks to be started again after its reset',
  async () => {
    const folder = mkdtempSync(join(tmpdir(), 'hallvote-program-'));
    const chip = new AvrBoard(readFileSync('hardware/panel/panel.hex', 'utf8'));
    chip.start();
    const port = await onSerialPort(chip);
    writeFileSync(
      join(folder, 'terminal.yaml'),
      `id: T1\nhall: h\ncoordinator: {url: "mqtt://127.0.0.1:9", key: ${makeKeyPair(randomBytes).x}}\n` +
        `data: data\nscreen: {port: 0}\nboard: {kind: firmata, port: ${port.path}}\nreader: pn532\n`,
    );
    const program = spawn(process.execPath, [
      'dist/terminal/main.js',
      '--config',
      join(folder, 'terminal.yaml'),
    ]);
    let output = '';
    let log = '';
    program.stdout.on('data', (chunk) => {
      output += String(chunk);
    });
    program.stderr.on('data', (chunk) => {
      log += String(chunk);
    });
    const ended = once(program, 'exit');
    try {
      await eventually(() => output.includes('screen http://'), 'the seat’s screen');
      expect(log).not.toContain('"level":50');
      chip.reset('watchdog');
      expect(await ended).toEqual([START_AGAIN, null]);
      expect(log).toContain('the panel has failed; starting again');
    } finally {
      program.kill('SIGKILL');
      port.unplug();
      chip.stop();
      rmSync(folder, { recursive: true });
    }
  },
);
