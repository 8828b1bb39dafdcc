import { EventEmitter } from 'node:events';
import firmata from 'firmata-io';
import { describe, expect, test } from 'vitest';
import { firmataLine, MOST_MESSAGE } from './firmata-line.ts';

const VERSION = [0xf9, 2, 5];
const HELLO = [0xf0, 0x71, 0x68, 0, 0x69, 0, 0xf7];

function board() {
  const port = Object.assign(new EventEmitter(), { write: () => {} });
  const heard: string[] = [];
  const damaged: unknown[] = [];
  const io = new firmata.Firmata(
    firmataLine(port, (error) => damaged.push(error)),
    { reportVersionTimeout: 1_000_000 },
  );
  io.on('string', (text: string) => heard.push(text));
  port.emit('data', Buffer.from(VERSION));
  return { heard, damaged, send: (...bytes: number[]) => port.emit('data', Buffer.from(bytes)) };
}

describe('a message of the panel that firmata-io cannot read', () => {
  test.each([
    ['the name of no firmware', [0xf0, 0x79, 0xf7]],
    ['the state of a pin there is none of', [0xf0, 0x6e, 99, 1, 1, 0xf7]],
    ['a mapping of pins before there are any', [0xf0, 0x6a, 1, 2, 3, 0xf7]],
  ])('%s: is told of, and the next is heard', (_, bytes) => {
    const { heard, damaged, send } = board();
    send(...bytes);
    expect(damaged).toHaveLength(1);
    send(...HELLO);
    expect(heard).toEqual(['hi']);
  });

  test('one without an end is forgotten, byte by byte or at once', () => {
    const { heard, damaged, send } = board();
    send(0xf0, 0x71, ...Array.from({ length: MOST_MESSAGE }, () => 1));
    send(0xf7);
    for (const byte of [...HELLO, 0xf0, 0x71, ...HELLO]) send(byte);
    expect([heard, damaged]).toEqual([['hi', 'hi'], []]);
  });
});
