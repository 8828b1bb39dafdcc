import type { z } from 'zod';
import { knownKeys, nearest } from './nearest-key.ts';

type Issue = z.core.$ZodIssue;

/** What is wrong with the value at `path`. */
export interface Finding {
  readonly path: readonly PropertyKey[];
  readonly what: string;
  readonly cure: string;
}

const KINDS: Readonly<Record<string, string>> = {
  object: 'settings, one a line, indented below it',
  array: 'a list, every line of it beginning with “- ”',
  string: 'text, in quotes where it is a number or has : or # in it',
  number: 'a number',
  int: 'a whole number',
  boolean: 'true or false',
};

const nameOf = (path: readonly PropertyKey[]) => path.map(String).join('.') || 'the file';

function valueAt(value: unknown, path: readonly PropertyKey[]): unknown {
  return path.reduce<unknown>(
    (inner, step) => (typeof inner === 'object' && inner !== null ? Reflect.get(inner, step) : undefined),
    value,
  );
}

const isOfOtherKind = (issue: Issue) => issue.code === 'invalid_type' && issue.path.length === 0;

/** An issue in a choice of spellings becomes those of the spelling that was most likely meant. */
function unfold(issue: Issue): Issue[] {
  if (issue.code !== 'invalid_union' || issue.errors.length === 0) return [issue];
  const spellings = issue.errors.map((issues) => issues.flatMap(unfold));
  const meant = spellings
    .filter((issues) => !issues.some(isOfOtherKind))
    .sort((a, b) => a.length - b.length)[0];
  // None of the right kind: text is the spelling people use.
  const chosen =
    meant ?? spellings.find(([first]) => first?.code === 'invalid_type' && first.expected === 'string');
  return (chosen ?? spellings[0] ?? []).map((inner) => ({ ...inner, path: [...issue.path, ...inner.path] }));
}

function cureOf(issue: Issue, where: string, written: unknown): string {
  switch (issue.code) {
    case 'invalid_type':
      return `write ${where} as ${KINDS[issue.expected] ?? issue.expected}`;
    case 'invalid_value':
      return oneOf(issue.values.map(String), written);
    case 'invalid_union':
      return 'options' in issue && Array.isArray(issue.options)
        ? oneOf(issue.options.map(String), written)
        : `correct ${where}`;
    case 'too_small':
      return `write at least ${issue.minimum}${unitOf(issue.origin)}`;
    case 'too_big':
      return `write at most ${issue.maximum}${unitOf(issue.origin)}`;
    case 'custom':
      // Who finds it may say what to do.
      return typeof issue.params?.cure === 'string' ? issue.params.cure : `correct ${where}`;
    default:
      return `correct ${where}`;
  }
}

function oneOf(values: readonly string[], written: unknown): string {
  const meant = nearest(String(written), values);
  return `write one of: ${values.join(', ')}${meant ? `; perhaps ${meant}` : ''}`;
}

function unitOf(origin: string): string {
  if (origin === 'string') return ' characters';
  return origin === 'array' ? ' entries' : '';
}

function findingsOf(issue: Issue, schema: z.ZodType, value: unknown): Finding[] {
  const { path } = issue;
  if (issue.code === 'unrecognized_keys') {
    const known = knownKeys(schema, path);
    return issue.keys.map((key) => {
      const meant = nearest(key, known);
      return {
        path: [...path, key],
        what: `${nameOf([...path, key])} is not a setting here`,
        cure: meant ? `remove it, or write ${meant}` : 'remove it, or correct its spelling',
      };
    });
  }
  const where = nameOf(path);
  const written = valueAt(value, path);
  if (path.length === 0 && written === null)
    return [{ path, what: 'the file is empty', cure: 'write its settings; hallvote init writes a sample' }];
  if (path.length > 0 && written === undefined && issue.code !== 'custom')
    return [{ path, what: `${where} is missing`, cure: `add the setting ${String(path.at(-1))}` }];
  return [{ path, what: `${where}: ${issue.message}`, cure: cureOf(issue, where, written) }];
}

/** What `schema` finds wrong with `value`, as people can act on it. */
export function findings(issues: readonly Issue[], schema: z.ZodType, value: unknown): Finding[] {
  return issues.flatMap(unfold).flatMap((issue) => findingsOf(issue, schema, value));
}
