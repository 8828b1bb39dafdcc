import { expect, it } from 'vitest';
import { Dice, seedOf } from './dice.ts';
import { frame, OPCODE } from './frames.ts';
import { KNOWN, request } from './http-grammar.ts';
import { hostilePacket } from './mqtt-packets.ts';
import { mutated } from './mutate.ts';

const many = <T>(seed: number, make: (dice: Dice) => T): T[] => {
  const dice = new Dice(seed);
  return Array.from({ length: 300 }, () => make(dice));
};

const CONTEXT = {
  attack: 'x',
  seed: 1,
  milliseconds: 1,
  http: 1,
  mqtt: 1,
  hall: 'h',
  sitting: 's',
  key: 'k',
  addresses: 60,
  rogues: [{ terminal: 'R', seed: '', card: '', deputy: '' }],
  others: ['T1'],
};

it.each<[string, (dice: Dice) => Buffer]>([
  ['requests', request],
  ['packets', (dice) => hostilePacket(dice, CONTEXT)],
  ['mutations', (dice) => mutated(Buffer.from('a recorded packet'), dice)],
])('%s are the same for the same seed, and others for another', (_, make) => {
  const made = (seed: number) => many(seed, (dice) => make(dice).toString('latin1'));
  const [first, again, other] = [made(5), made(5), made(6)];
  expect(first.join() === again.join()).toBe(true);
  expect(first.join() === other.join()).toBe(false);
  expect(new Set(first).size).toBeGreaterThan(30);
});

it('an attack’s seed depends on the run’s and on its name alone', () => {
  expect(seedOf(1, 'a')).toBe(seedOf(1, 'a'));
  expect(new Set([seedOf(1, 'a'), seedOf(2, 'a'), seedOf(1, 'b')]).size).toBe(3);
});

it('the grammar reaches what ended a coordinator once: an upgrade whose target is no path', () => {
  expect(KNOWN[0]).toMatch(/^GET \/\/ HTTP\/1\.1\r\n[\s\S]*Upgrade: websocket\r\n/);
  const upgrades = many(1, request).filter((bytes) =>
    /^GET \/\/\S* HTTP\/1\.1\r?\n[\s\S]*Upgrade: websocket/.test(bytes.toString('latin1')),
  );
  expect(upgrades.length).toBeGreaterThan(0);
});

it('a mutation leaves the recording as it was', () => {
  const recorded = Buffer.from('a recorded packet');
  many(1, (dice) => mutated(recorded, dice));
  expect(recorded.toString()).toBe('a recorded packet');
});

it('frames are laid out as RFC 6455 does: its own example, and lengths of three sizes', () => {
  expect(frame({ opcode: OPCODE.text, payload: Buffer.from('Hello'), isMasked: false }).toString('hex')).toBe(
    '810548656c6c6f',
  );
  const masked = frame({ opcode: OPCODE.text, payload: Buffer.from('Hello') });
  expect([masked[0], masked[1], masked.length]).toEqual([0x81, 0x85, 11]);
  const head = (length: number) =>
    frame({ opcode: OPCODE.binary, payload: Buffer.alloc(length), isMasked: false }).subarray(0, 10);
  expect([head(126)[1], head(126).readUInt16BE(2)]).toEqual([126, 126]);
  expect([head(65_536)[1], Number(head(65_536).readBigUInt64BE(2))]).toEqual([127, 65_536]);
  expect(frame({ opcode: OPCODE.ping, payload: Buffer.alloc(0), reserved: 7, isFinal: false })[0]).toBe(0x79);
});
