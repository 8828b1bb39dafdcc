import { execFileSync } from 'node:child_process';
import { createWriteStream, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterEach, describe, expect, test, vi } from 'vitest';
import type { DeviceStatus, Tap } from '../capabilities.ts';
import { keyEvents, TypedCards } from './input-events.ts';
import { InputReader } from './input-reader.ts';

/** `struct input_event` of a 64-bit machine. */
function event(code: number, value: number, type = 1): Buffer {
  const bytes = Buffer.alloc(24);
  bytes.writeUInt16LE(type, 16);
  bytes.writeUInt16LE(code, 18);
  bytes.writeInt32LE(value, 20);
  return bytes;
}
const CODES: Record<string, number> = { 1: 2, 2: 3, 3: 4, 4: 5, 5: 6, 0: 11, A: 30, '\n': 28 };
const typed = (text: string) =>
  Buffer.concat([...text].flatMap((c) => [event(CODES[c] ?? 0, 1), event(CODES[c] ?? 0, 0), event(0, 0, 0)]));

describe('what the reader types', () => {
  const cards = (bytes: Buffer, at = 0) => {
    const cards = new TypedCards();
    return [...keyEvents(bytes, 24)].map((event) => cards.take(event, at)).filter((card) => card !== null);
  };

  test('is a card’s number at Enter: digits and letters, 4 to 32 of them', () => {
    expect(cards(typed('0012345\n'))).toEqual(['0012345']);
    expect(cards(typed('A1234\n1234\n'))).toEqual(['A1234', '1234']);
    expect(cards(typed('123\n'))).toEqual([]);
    expect(cards(typed(`${'1'.repeat(33)}\n`))).toEqual([]);
  });

  test('with a key that is no digit or letter in it is no number, and a key held down repeats nothing', () => {
    expect(cards(Buffer.concat([typed('12'), event(57, 1), typed('345\n')]))).toEqual([]);
    expect(cards(Buffer.concat([typed('12'), event(2, 2), event(2, 2), typed('34\n')]))).toEqual(['1234']);
  });

  test('begins anew after a pause, so that half a number is never completed by another', () => {
    const cards = new TypedCards();
    for (const event of keyEvents(typed('1234'), 24)) cards.take(event, 0);
    const later = [...keyEvents(typed('5\n'), 24)].map((event) => cards.take(event, 600));
    expect(later.filter((card) => card !== null)).toEqual([]);
  });

  test('may be any bytes', () => {
    fc.assert(fc.property(fc.uint8Array({ maxLength: 400 }), (bytes) => void [...keyEvents(bytes, 24)]));
  });
});

describe('the reader', () => {
  const folder = mkdtempSync(join(tmpdir(), 'hallvote-input-'));
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  test('that vanishes is a fault, and is picked up again when it comes back', async () => {
    const device = join(folder, 'event0');
    const taps: Tap[] = [];
    const statuses: DeviceStatus[] = [];
    const reader = new InputReader({
      device,
      now: () => performance.now(),
      grab: async () => true,
      bits: 64,
    });
    reader.onTap((tap) => taps.push(tap));
    reader.onStatus((status) => statuses.push(status));
    await reader.start();
    expect(statuses).toEqual([
      {
        is: 'fault',
        what: `the card reader ${device} cannot be read: it is not plugged in; check its cable`,
        zh: '读卡器读不出来，请检查连线',
      },
    ]);
    execFileSync('mkfifo', [device]);
    const first = createWriteStream(device);
    await vi.waitFor(() => expect(statuses.at(-1)).toEqual({ is: 'ready' }));
    // Held and read again and again: one tap.
    first.write(Buffer.concat([typed('0012345\n'), typed('0012345\n')]));
    await vi.waitFor(() => expect(taps).toEqual([{ card: '0012345' }]));
    first.end();
    await vi.waitFor(() => expect(statuses.at(-1)?.is).toBe('fault'));
    const second = createWriteStream(device);
    await vi.waitFor(() => expect(statuses.at(-1)).toEqual({ is: 'ready' }));
    second.write(typed('A1234\n'));
    await vi.waitFor(() => expect(taps).toHaveLength(2));
    await reader.stop();
    second.end();
  });
});
