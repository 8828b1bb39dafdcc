import { type Document, isMap, isNode, isScalar, LineCounter, parseDocument } from 'yaml';
import type { z } from 'zod';
import { failed, type Loaded, loaded } from './problem.ts';
import { readText } from './text-file.ts';
import { findings } from './yaml-issues.ts';

const CURES: Readonly<Record<string, string>> = {
  DUPLICATE_KEY: 'write every setting once',
  TAB_AS_INDENT: 'indent with spaces',
  MULTIPLE_DOCS: 'remove the line ---',
};
const CURE = 'indent with spaces, settings side by side equally far; put texts with : or # in quotes';

/** Punctuation of a Chinese keyboard that looks like YAML's own. */
const FULL_WIDTH = /[：，｛｝［］＃]/;

/** Parses YAML and checks it against `schema`; every mistake comes with the line of the value it is about. */
export function parseYaml<T>(text: string, file: string, schema: z.ZodType<T>): Loaded<T> {
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false, logLevel: 'error' });
  const lineAt = (offset: number) => Math.max(1, lines.linePos(offset).line);
  const sources = text.split(/\r?\n/);
  const syntaxCure = (line: number, usual: string) =>
    FULL_WIDTH.test(sources[line - 1] ?? '')
      ? 'write : and , as half-width characters, with a space behind'
      : usual;
  if (document.errors.length > 0)
    return failed(
      document.errors.map(({ code, message, pos }) => {
        const line = lineAt(pos[0]);
        const cure = syntaxCure(line, CURES[code] ?? CURE);
        return { file, line, what: `not valid YAML: ${message}`, cure };
      }),
    );
  const value = toValue(document);
  if (!value.ok)
    return failed({
      file,
      line: null,
      what: 'an alias (*) stands for nothing, or for too much',
      cure: 'write its value out, or put a text that begins with * in quotes',
    });
  const parsed = schema.safeParse(value.value);
  if (parsed.success) return loaded(parsed.data);
  return failed(
    findings(parsed.error.issues, schema, value.value).map(({ path, what, cure }) => {
      const line = lineAt(offsetOf(document, path));
      return { file, line, what, cure: path.length === 0 ? syntaxCure(line, cure) : cure };
    }),
  );
}

/** As {@link parseYaml}, from a file. */
export function readYaml<T>(path: string, file: string, schema: z.ZodType<T>): Loaded<T> {
  const text = readText(path, file);
  return text.ok ? parseYaml(text.value, file, schema) : text;
}

/** For texts that look like numbers when they are wrong: the cure then says how to write the text. */
export const numberAsText = (value: unknown): unknown => (typeof value === 'number' ? String(value) : value);

/** Aliases are refused rather than expanded without end. */
function toValue(document: Document): { ok: true; value: unknown } | { ok: false } {
  try {
    return { ok: true, value: document.toJS({ maxAliasCount: 50 }) };
  } catch {
    return { ok: false };
  }
}

/** Where the key or value at `path` stands, or the nearest thing around it. */
function offsetOf(document: Document, path: readonly PropertyKey[]): number {
  for (let depth = path.length; depth > 0; depth -= 1) {
    const parent: unknown = depth === 1 ? document.contents : document.getIn(path.slice(0, depth - 1), true);
    const name = path[depth - 1];
    const pair = isMap(parent)
      ? parent.items.find((item) => isScalar(item.key) && String(item.key.value) === String(name))
      : undefined;
    if (pair && isScalar(pair.key) && pair.key.range) return pair.key.range[0];
    const node: unknown = document.getIn(path.slice(0, depth), true);
    if (isNode(node) && node.range) return node.range[0];
  }
  const { contents } = document;
  return isNode(contents) && contents.range ? contents.range[0] : 0;
}
