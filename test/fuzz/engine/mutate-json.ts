import { below, type Mutator, oneOf, type Random } from './mutator.ts';

/** Changes JSON as what it says, not as bytes: it still parses, and gets past the first door. */

type Json = null | boolean | number | string | Json[] | { [name: string]: Json };

const isJson = (value: unknown): value is Json => value !== undefined;

const ODD: readonly Json[] = [
  null,
  true,
  false,
  0,
  -1,
  1.5,
  2 ** 53,
  Number.MAX_VALUE,
  '',
  '\0',
  '\u202e',
  '\ud800',
  '1'.repeat(65),
  [],
  {},
  [[]],
];

/** Another JSON text like `text`; null where it is none. Now and then a member stands twice, or space between. */
export function mutatedJson(text: string, mutator: Mutator): string | null {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    // Many formats are lines of JSON: one of them.
    const lines = text.split('\n');
    const at = below(mutator.random, lines.length);
    const line = lines.length > 1 ? mutatedJson(lines[at] ?? '', mutator) : null;
    return line === null ? null : lines.with(at, line).join('\n');
  }
  if (!isJson(value)) return null;
  const places = countOf(value);
  const changed = changedAt(value, { left: below(mutator.random, places) }, mutator);
  const made = JSON.stringify(changed);
  const how = mutator.random();
  if (how < 0.02) return JSON.stringify(changed, null, 1);
  if (how < 0.05) return made.replace(/("[^"]*":)("[^"]*"|\d+)/, '$1$2,$1$2');
  return made;
}

function countOf(value: Json): number {
  if (typeof value !== 'object' || value === null) return 1;
  return Object.values(value).reduce<number>((sum, inner) => sum + countOf(inner), 1);
}

/** `value`, changed in the place that is `at.left` places on, in order of writing. */
function changedAt(value: Json, at: { left: number }, mutator: Mutator): Json {
  if (at.left === 0) {
    at.left = -1;
    return changed(value, mutator);
  }
  at.left -= 1;
  if (at.left < 0 || typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) return value.map((inner) => changedAt(inner, at, mutator));
  return Object.fromEntries(
    Object.entries(value).map(([name, inner]) => [name, changedAt(inner, at, mutator)] as const),
  );
}

function changed(value: Json, mutator: Mutator): Json {
  const { random, words } = mutator;
  if (random() < 0.1) return oneOf(random, ODD) ?? null;
  if (Array.isArray(value)) return changedList(value, random);
  if (typeof value === 'object' && value !== null) return changedMembers(value, mutator);
  if (typeof value === 'number') return random() < 0.5 ? value + below(random, 5) - 2 : -value * 2;
  if (typeof value !== 'string') return !value;
  if (random() < 0.3) return oneOf(random, words) ?? '';
  if (/^[-\d]+$/.test(value)) return String(Number(value) + below(random, 3) - 1);
  return changedText(value, random);
}

function changedText(text: string, random: Random): string {
  const at = below(random, text.length + 1);
  const how = below(random, 4);
  if (how === 0) return text.slice(0, at) + text.slice(at + 1);
  if (how === 1) return text.slice(0, at);
  const letter = oneOf(random, [...'0aAfzZ9-_/+=. "\\\n\u00e9\u4f1a']) ?? '';
  return text.slice(0, at) + letter + text.slice(how === 2 ? at + 1 : at);
}

function changedList(list: readonly Json[], random: Random): Json[] {
  const at = below(random, list.length);
  const again = list[at];
  const how = below(random, 4);
  if (again === undefined) return [oneOf(random, ODD) ?? null];
  if (how === 0) return list.toSpliced(at, 1);
  if (how === 1) return list.toSpliced(below(random, list.length), 0, again);
  if (how === 2) return list.with(below(random, list.length), again);
  return list.toReversed();
}

function changedMembers(members: { [name: string]: Json }, { random, words }: Mutator): Json {
  const all = Object.entries(members);
  const at = below(random, all.length);
  const [name, value] = all[at] ?? [];
  const how = below(random, 5);
  if (name === undefined || value === undefined || how === 0)
    return { ...members, [oneOf(random, words) ?? 'x']: oneOf(random, ODD) ?? null };
  if (how === 1) return Object.fromEntries(all.toSpliced(at, 1));
  if (how === 2) return { ...members, [name]: oneOf(random, all)?.[1] ?? null };
  if (how === 3) return Object.fromEntries(all.toReversed());
  return { ...members, ...JSON.parse('{"__proto__":1}') };
}
