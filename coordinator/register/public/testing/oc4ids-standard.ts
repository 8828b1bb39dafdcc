import { readdirSync, readFileSync } from 'node:fs';
import { Ajv } from 'ajv';
import formats from 'ajv-formats';
import { parse } from 'csv-parse/sync';
import { z } from 'zod';

const FOLDER = new URL('./fixtures/oc4ids-0.9.5/', import.meta.url);
const Json = z.record(z.string(), z.unknown());
type Json = z.infer<typeof Json>;

const read = (file: string): string => readFileSync(new URL(file, FOLDER), 'utf8');
const isObject = (value: unknown): value is Json =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/**
 * A published schema. Draft 4, of which it uses nothing that draft 7 has otherwise but the name of its own address: `id`.
 */
function schema(file: string): Json {
  const { id, $schema: _, ...rest } = Json.parse(JSON.parse(read(file)));
  return { $id: id, ...rest };
}

const PROJECT = schema('project-schema.json');
const PACKAGE = schema('project-package-schema.json');

/** Code list → its codes. */
const CODES: ReadonlyMap<string, ReadonlySet<string>> = new Map(
  readdirSync(new URL('codelists/', FOLDER)).map((file) => {
    const rows = z
      .array(z.looseObject({ Code: z.string() }))
      .parse(parse(read(`codelists/${file}`), { columns: true, bom: true }));
    return [file, new Set(rows.map(({ Code }) => Code))];
  }),
);

/** The codes of a list such as `projectSector.csv`. */
export const codesOf = (list: string): readonly string[] => [...(CODES.get(list) ?? [])];

const validate = (() => {
  const ajv = new Ajv({ strict: true, strictTypes: false, allErrors: true });
  formats.default(ajv);
  ajv.addVocabulary(['codelist', 'openCodelist', 'versionId']);
  ajv.addSchema(PROJECT);
  return ajv.compile(PACKAGE);
})();

/** A code of a value, and the list that the schema names for it. */
export interface Code {
  readonly at: string;
  readonly code: string;
  readonly list: string;
  readonly isOpen: boolean;
  readonly isListed: boolean;
}

/** What the standard says of a package. */
export interface Judged {
  /** Where the schema is not kept. */
  readonly wrong: readonly string[];
  readonly codes: readonly Code[];
  /** Members that the schema does not know. */
  readonly unknown: readonly string[];
  /** Ids that stand twice in one list of things with ids. */
  readonly twice: readonly string[];
}

/** Judges a package: by the schema, by every code list that the schema names, and for what neither of them sees. */
export function judge(data: unknown): Judged {
  validate(data);
  const wrong = (validate.errors ?? []).map(({ instancePath, message }) => `${instancePath} ${message}`);
  const found = { codes: [] as Code[], unknown: [] as string[], twice: [] as string[] };
  walk(data, PACKAGE, PACKAGE, '', found);
  return { wrong, ...found };
}

interface Found {
  readonly codes: Code[];
  readonly unknown: string[];
  readonly twice: string[];
}

/** Walks data and schema side by side; `root` is where `#/…` begins. */
function walk(data: unknown, said: Json, root: Json, at: string, found: Found): void {
  const { here, from } = resolved(said, root);
  const list = said.codelist ?? here.codelist;
  if (typeof list === 'string')
    for (const code of [data].flat()) {
      const isListed = typeof code === 'string' && CODES.get(list)?.has(code) === true;
      const isOpen = (said.openCodelist ?? here.openCodelist) === true;
      found.codes.push({ at, code: String(code), list, isOpen, isListed });
    }
  if (Array.isArray(data)) {
    const ids = data.flatMap((one) => (isObject(one) && typeof one.id === 'string' ? [one.id] : []));
    found.twice.push(...ids.filter((id, i) => ids.indexOf(id) !== i).map((id) => `${at} ${id}`));
    const items = here.items;
    if (isObject(items)) for (const [i, each] of data.entries()) walk(each, items, from, `${at}/${i}`, found);
  } else if (isObject(data)) {
    const properties = here.properties;
    // An object whose members are anybody's own, as `dimensions`.
    if (!isObject(properties)) return;
    for (const [name, value] of Object.entries(data)) {
      const next = properties[name];
      if (isObject(next)) walk(value, next, from, `${at}/${name}`, found);
      else found.unknown.push(`${at}/${name}`);
    }
  }
}

function resolved(said: Json, root: Json): { readonly here: Json; readonly from: Json } {
  const ref = said.$ref;
  if (typeof ref !== 'string') return { here: said, from: root };
  if (ref === PROJECT.$id) return { here: PROJECT, from: PROJECT };
  const definitions = root.definitions;
  const here = isObject(definitions) ? definitions[ref.replace('#/definitions/', '')] : undefined;
  if (!isObject(here)) throw new Error(`the schema does not define ${ref}`);
  return { here, from: root };
}
