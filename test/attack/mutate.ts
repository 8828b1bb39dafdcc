import type { Dice } from './dice.ts';

const WAYS: readonly ((bytes: Buffer, dice: Dice) => Buffer)[] = [
  (bytes, dice) => changed(bytes, dice, (byte) => byte ^ (1 << dice.below(8))),
  (bytes, dice) => changed(bytes, dice, () => dice.pick([0x00, 0x7f, 0x80, 0xff, 0x0a, 0x22])),
  (bytes, dice) => bytes.subarray(0, dice.below(bytes.length + 1)),
  (bytes, dice) => cut(bytes, dice, (a, b) => [bytes.subarray(0, a), bytes.subarray(b)]),
  (bytes, dice) => cut(bytes, dice, (a, b) => [bytes.subarray(0, b), bytes.subarray(a)]),
  (bytes, dice) =>
    cut(bytes, dice, (a) => [bytes.subarray(0, a), dice.bytes(1 + dice.below(16)), bytes.subarray(a)]),
  // The second byte is the length in most of what is sent here.
  (bytes, dice) => Buffer.concat([bytes.subarray(0, 1), dice.bytes(1 + dice.below(4)), bytes.subarray(2)]),
];

function changed(bytes: Buffer, dice: Dice, how: (byte: number) => number): Buffer {
  const copy = Buffer.from(bytes);
  if (copy.length === 0) return copy;
  for (let i = 0; i <= dice.below(4); i += 1) {
    const at = dice.below(copy.length);
    copy[at] = how(copy[at] ?? 0);
  }
  return copy;
}

function cut(bytes: Buffer, dice: Dice, parts: (a: number, b: number) => Buffer[]): Buffer {
  const a = dice.below(bytes.length + 1);
  const b = a + dice.below(bytes.length - a + 1);
  return Buffer.concat(parts(a, b));
}

/** `bytes` damaged in one to three ways. The original is left as it is. */
export function mutated(bytes: Buffer, dice: Dice): Buffer {
  let result = bytes;
  for (let i = 0; i <= dice.below(3); i += 1) result = dice.pick(WAYS)(result, dice);
  return result;
}
