import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { makeKeyPair } from '../shared/protocol/keys.ts';
import { ConfigError, readConfig } from './config.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'hallvote-terminal-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

const key = makeKeyPair(randomBytes).x;
const whole = `id: T001
hall: city
coordinator:
  url: mqtt://127.0.0.1:1883
  key: ${key}
`;

function read(text: string) {
  const file = join(folder, 'terminal.yaml');
  writeFileSync(file, text);
  return readConfig(file);
}

describe('terminal.yaml', () => {
  test('what is left out has a default; paths are relative to the file', () => {
    expect(read(whole)).toEqual({
      id: 'T001',
      hall: 'city',
      coordinator: { url: 'mqtt://127.0.0.1:1883', key },
      data: join(folder, 'data'),
      screen: { port: 8090, language: 'zh', watched: false },
      board: { kind: 'none' },
      reader: { kind: 'none' },
      health: 30,
      spread: 2,
    });
  });

  test('a board is a word, or has cards on its desk', () => {
    expect(read(`${whole}board: simulated\n`).board).toEqual({ kind: 'simulated', cards: [] });
    const cards = 'board:\n  kind: simulated\n  cards:\n    - {card: 04A1B2C3, label: 王秀兰}\n';
    expect(read(whole + cards).board).toEqual({
      kind: 'simulated',
      cards: [{ card: '04A1B2C3', label: '王秀兰' }],
    });
  });

  test('real boards and readers say where they are', () => {
    const panel = 'board: {kind: firmata, port: /dev/ttyACM0}\nreader: pn532\n';
    expect(read(whole + panel)).toMatchObject({
      board: { kind: 'firmata', port: '/dev/ttyACM0' },
      reader: { kind: 'pn532' },
    });
    const pi =
      'board: {kind: raspberry-pi, keys: [GPIO17, 27, 22, 23, 24]}\nreader: {kind: pcsc, name: ACR122}\n';
    expect(read(whole + pi)).toMatchObject({ board: { kind: 'raspberry-pi' }, reader: { name: 'ACR122' } });
  });

  test.each([
    [whole.replace('hall: city\n', ''), /terminal\.yaml:1: hall: is missing/],
    [whole.replace('mqtt:', 'http:'), /terminal\.yaml:4: coordinator\.url: write mqtts:\/\/host/],
    [
      whole.replace(key, 'A'.repeat(43)),
      /terminal\.yaml:5: coordinator\.key: .*the coordinator prints its key/,
    ],
    [`${whole}screen:\n  port: 99999\n`, /terminal\.yaml:7: screen\.port: /],
    [`${whole}board: paper\n`, /terminal\.yaml:6: board/],
    [`${whole}board: firmata\n`, /terminal\.yaml:6: board.*port: is missing; add it/],
    [`${whole}board: none\nreader: pn532\n`, /terminal\.yaml:7: reader: a pn532 reader hangs on the I2C bus/],
    [`${whole}board: {kind: raspberry-pi, keys: [1, 2]}\n`, /terminal\.yaml:6: board\.keys: name five pins/],
    [
      `${whole}board: {kind: firmata, port: /dev/ttyACM0, keys: [2, 3, 4, 5, 18]}\n`,
      /terminal\.yaml:6: board: key 5: 18 belongs to the I2C bus; use another, such as 7/,
    ],
    [`${whole}colour: red\n`, /terminal\.yaml:6: colour: is not known here/],
    [`${whole}screen: [\n`, /terminal\.yaml:\d+: is not YAML/],
    ['', /terminal\.yaml:1: file: /],
  ])('a mistake names file, line and cure (%#)', (text, message) => {
    expect(() => read(text)).toThrow(message);
  });

  test('a file that is not there is said so', () => {
    expect(() => readConfig(join(folder, 'none.yaml'))).toThrow(/none\.yaml: cannot be read/);
  });

  test('half a file, and what is no file of ours, is a mistake like any other', () => {
    const board = `${whole}board:\n  kind: simulated\n  cards:\n    - {card: 04A1B2C3, label: 王秀兰}\n`;
    const halves = Array.from({ length: board.length }, (_, i) => board.slice(0, i));
    const bomb = Array.from({ length: 9 }, (_, i) => `a${i + 1}: &a${i + 1} [${`*a${i}, `.repeat(9)}]`);
    const strange = [
      'id: *nobody',
      'a: &a [*a]',
      ['a0: &a0 [x]', ...bomb].join('\n'),
      '['.repeat(20_000),
      '? {'.repeat(5_000),
      '%YAML 9.9\n---\nid: x',
      '--- a\n--- b',
      '!!binary "&"',
      '!!js/function x',
      'id: "\\u0000"',
      '\u0000\uffff',
      '- 1\n- 2',
      '{__proto__: {id: T1}}',
      '<<: 1',
    ];
    for (const text of [...halves, ...strange]) {
      try {
        read(text);
      } catch (error) {
        expect(error, text.slice(0, 80)).toBeInstanceOf(ConfigError);
      }
    }
  });
});
