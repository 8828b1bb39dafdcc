import { mutatedJson } from './mutate-json.ts';
import { below, type Mutator, oneOf, type Random } from './mutator.ts';

/** Ends of ranges, where off-by-one lives. */
const EDGES = [0, 1, 0x7f, 0x80, 0xff, 0x0a, 0x0d, 0x20, 0x22, 0x2c, 0x2d, 0x30, 0x39, 0x5b, 0x7b];
const NUMBERS = [
  '0',
  '-1',
  '1e309',
  '9007199254740993',
  '4294967296',
  '0.1',
  '00',
  '1e-7',
  '-0',
  '255',
  '256',
];

const joined = (...parts: readonly Uint8Array[]): Uint8Array => Buffer.concat(parts);

type Change = (input: Uint8Array, mutator: Mutator, other: Uint8Array) => Uint8Array;

/** A piece of `input`, mostly short. */
function piece(input: Uint8Array, random: Random): [from: number, to: number] {
  const from = below(random, input.length + 1);
  const longest = random() < 0.8 ? 16 : input.length;
  return [from, Math.min(input.length, from + 1 + below(random, longest))];
}

const setByte: Change = (input, { random }) => {
  const out = Uint8Array.from(input);
  const at = below(random, out.length);
  const byte = out[at] ?? 0;
  const how = random();
  if (how < 0.35) out[at] = byte ^ (1 << below(random, 8));
  else if (how < 0.6) out[at] = byte + 1 + below(random, 4) - 3;
  else out[at] = how < 0.8 ? (oneOf(random, EDGES) ?? 0) : below(random, 256);
  return out;
};

const insertBytes: Change = (input, { random }) => {
  const at = below(random, input.length + 1);
  const byte = random() < 0.5 ? (oneOf(random, EDGES) ?? 0) : below(random, 256);
  const more = new Uint8Array(1 + below(random, random() < 0.9 ? 3 : 60)).fill(byte);
  return joined(input.subarray(0, at), more, input.subarray(at));
};

const erase: Change = (input, { random }) => {
  const [from, to] = piece(input, random);
  return joined(input.subarray(0, from), input.subarray(to));
};

const copyPiece: Change = (input, { random }) => {
  const [from, to] = piece(input, random);
  const at = below(random, input.length + 1);
  const rest = random() < 0.5 ? at : Math.min(input.length, at + to - from);
  return joined(input.subarray(0, at), input.subarray(from, to), input.subarray(rest));
};

const insertWord: Change = (input, { random, words }) => {
  const text = (random() < 0.8 && oneOf(random, words)) || oneOf(random, NUMBERS) || '';
  const word = Buffer.from(random() < 0.3 ? `"${text}"` : text);
  const at = below(random, input.length + 1);
  const rest = random() < 0.5 ? at : Math.min(input.length, at + word.length);
  return joined(input.subarray(0, at), word, input.subarray(rest));
};

const splice: Change = (input, { random }, other) => {
  const [from, to] = random() < 0.5 ? piece(other, random) : [below(random, other.length), other.length];
  const at = below(random, input.length + 1);
  const rest = random() < 0.5 ? at : Math.min(input.length, at + to - from);
  return joined(input.subarray(0, at), other.subarray(from, to), input.subarray(rest));
};

/** A number written in digits becomes another. */
const changeNumber: Change = (input, { random }) => {
  const text = Buffer.from(input).toString('latin1');
  const numbers = [...text.matchAll(/-?\d+/g)];
  const found = oneOf(random, numbers);
  if (!found) return input;
  const near = String(Number(found[0]) + below(random, 5) - 2);
  const number = random() < 0.6 ? near : (oneOf(random, NUMBERS) ?? '');
  return Buffer.from(
    text.slice(0, found.index) + number + text.slice(found.index + found[0].length),
    'latin1',
  );
};

/** A piece many times over: what nests, and what takes more than its share of time, shows only in length. */
const repeat: Change = (input, { random, most }) => {
  const [from, to] = piece(input, random);
  const unit = input.subarray(from, to);
  if (unit.length === 0) return input;
  const room = Math.max(0, most - input.length);
  const times = Math.min(Math.floor(room / unit.length), 2 ** (2 + below(random, 16)));
  const many = Buffer.alloc(unit.length * times, unit);
  return joined(input.subarray(0, from), many, input.subarray(from));
};

const inJson: Change = (input, mutator) => {
  const made = mutatedJson(Buffer.from(input).toString('utf8'), mutator);
  return made === null ? input : Buffer.from(made);
};

/** Changes and how often each is made. */
const CHANGES: readonly (readonly [Change, number])[] = [
  [setByte, 25],
  [insertBytes, 12],
  [erase, 15],
  [copyPiece, 10],
  [insertWord, 15],
  [splice, 10],
  [changeNumber, 6],
  [inJson, 25],
  [repeat, 1],
];
const ALL = CHANGES.flatMap(([change, share]) => Array.from({ length: share }, () => change));

/** An input like `input`, changed once or a few times; `other` lends its pieces. */
export function mutated(input: Uint8Array, other: Uint8Array, mutator: Mutator): Uint8Array {
  const { random, most } = mutator;
  let out = input;
  const rounds = 1 + below(random, random() < 0.7 ? 2 : 6);
  for (let round = 0; round < rounds; round += 1) out = (oneOf(random, ALL) ?? setByte)(out, mutator, other);
  return out.length <= most ? out : out.subarray(0, most);
}
