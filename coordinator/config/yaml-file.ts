import { type Document, isMap, isNode, isPair, isScalar, LineCounter, parseDocument } from 'yaml';
import type { z } from 'zod';
import { failed, type Loaded, loaded, type Problem } from './problem.ts';
import { readText } from './text-file.ts';

/** Parses YAML and checks it against `schema`; every mistake comes with the line of the value it is about. */
export function parseYaml<T>(text: string, file: string, schema: z.ZodType<T>): Loaded<T> {
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false });
  const lineAt = (offset: number) => lines.linePos(offset).line;
  if (document.errors.length > 0)
    return failed(
      ...document.errors.map((error) => ({
        file,
        line: lineAt(error.pos[0]),
        what: `not valid YAML: ${error.message}`,
        cure: 'indent with spaces, write every key once, put texts with : or # in quotes',
      })),
    );
  const parsed = schema.safeParse(toValue(document));
  if (parsed.success) return loaded(parsed.data);
  const issues = parsed.error.issues.map(deepest);
  return failed(...issues.map((issue) => problemOf(issue, file, document, lineAt)));
}

/** As {@link parseYaml}, from a file. */
export function readYaml<T>(path: string, file: string, schema: z.ZodType<T>): Loaded<T> {
  const text = readText(path, file);
  return text.ok ? parseYaml(text.value, file, schema) : text;
}

/** Aliases are refused rather than expanded without end. */
function toValue(document: Document): unknown {
  try {
    return document.toJS({ maxAliasCount: 50 });
  } catch {
    return undefined;
  }
}

type Issue = z.core.$ZodIssue;

/** In a choice of spellings, the issue of the one that was most likely meant. */
function deepest(issue: Issue): Issue {
  if (issue.code !== 'invalid_union') return issue;
  const all = issue.errors.flat().map(deepest);
  const custom = all.find((inner) => inner.code === 'custom' || inner.code === 'invalid_format');
  const inner = custom ?? [...all].sort((a, b) => b.path.length - a.path.length)[0];
  return inner ? { ...inner, path: [...issue.path, ...inner.path] } : issue;
}

function problemOf(
  issue: Issue,
  file: string,
  document: Document,
  lineAt: (offset: number) => number,
): Problem {
  const key = issue.code === 'unrecognized_keys' ? issue.keys[0] : undefined;
  const path = key === undefined ? issue.path : [...issue.path, key];
  const where = path.join('.') || 'the file';
  const what = key === undefined ? `${where}: ${issue.message}` : `${where} is not a setting here`;
  return { file, line: lineAt(offsetOf(document, path)), what, cure: cureOf(issue, where) };
}

function cureOf(issue: Issue, where: string): string {
  switch (issue.code) {
    case 'unrecognized_keys':
      return 'remove it, or correct its spelling';
    case 'invalid_type':
      return `write ${where} as ${issue.expected}`;
    case 'invalid_value':
      return `write one of: ${issue.values.join(', ')}`;
    default:
      return `correct ${where}`;
  }
}

/** Where the key or value at `path` stands, or the nearest thing around it. */
function offsetOf(document: Document, path: readonly PropertyKey[]): number {
  for (let depth = path.length; depth > 0; depth -= 1) {
    const parent: unknown = depth === 1 ? document.contents : document.getIn(path.slice(0, depth - 1), true);
    const name = path[depth - 1];
    const pair = isMap(parent)
      ? parent.items.find((item) => isPair(item) && isScalar(item.key) && item.key.value === name)
      : undefined;
    if (pair && isScalar(pair.key) && pair.key.range) return pair.key.range[0];
    const node: unknown = document.getIn(path.slice(0, depth), true);
    if (isNode(node) && node.range) return node.range[0];
  }
  return 0;
}
