import { readFileSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { isNode, LineCounter, parseDocument } from 'yaml';
import { z } from 'zod';
import { hardwareMismatch, hardwareSettings } from '../hardware/seat-config.ts';
import { sodium } from '../shared/belenios/sodium.ts';
import { fromBase64url } from '../shared/protocol/bytes.ts';
import { Id, PublicKey } from '../shared/protocol/ids.ts';
import { isAcceptableKey } from '../shared/protocol/keys.ts';
import type { Value } from '../shared/protocol/value.ts';

/** Whether it can be a coordinator's key: in the group of prime order, which fifteen of sixteen slips of a pen are not. */
function isHallKey(x: string): boolean {
  const point = fromBase64url(x);
  return point !== null && isAcceptableKey(x) && sodium.isValidPoint(point);
}

const Coordinator = z
  .strictObject({
    url: z
      .string()
      .regex(
        /^(mqtts?|ws):\/\/[^\s/]+(\/\S*)?$/,
        'write mqtts://host:8883 with TLS, mqtt://host:1883 or ws://host:8080/mqtt without',
      ),
    /** The coordinator's public key, as it prints it when it starts. */
    key: PublicKey.refine(
      isHallKey,
      'this is no Ed25519 public key; the coordinator prints its key at start',
    ),
    /** Of mqtts://: the file of the CA whose certificate the coordinator shows. */
    ca: z.string().min(1).optional(),
  })
  .check(({ value, issues }) => {
    if (!value.url.startsWith('mqtts:') || value.ca !== undefined) return;
    const message =
      'is missing; it names the file of the hall’s CA, which the coordinator prints when it starts';
    issues.push({ code: 'custom', input: value, path: ['ca'], message });
  });

const TerminalFile = z
  .strictObject({
    id: Id,
    hall: Id,
    coordinator: Coordinator,
    data: z.string().min(1).default('./data'),
    screen: z
      .strictObject({
        port: z.number().int().min(0).max(65_535).default(8090),
        language: z.enum(['zh', 'en']).default('zh'),
        /** The seat has a screen of its own: where its page is not drawn, the operator is told. */
        watched: z.boolean().default(false),
      })
      .prefault({}),
    ...hardwareSettings,
    /** Seconds between health messages; 0: never. */
    health: z.number().min(0).max(3600).default(30),
    /** Seconds over which a hall of terminals spreads its first connections. */
    spread: z.number().min(0).max(600).default(2),
  })
  .check(({ value, issues }) => {
    const found = hardwareMismatch(value.board, value.reader);
    if (found) issues.push({ code: 'custom', input: value, path: [found.path], message: found.message });
  });
export type TerminalConfig = Value<typeof TerminalFile>;

/** A mistake in the configuration: `file:line: what is wrong and what to write`. */
export class ConfigError extends Error {}

/** Reads terminal.yaml. Paths in it are relative to it. */
export function readConfig(path: string): TerminalConfig {
  let text: string;
  try {
    text = readFileSync(path, 'utf8');
  } catch {
    throw new ConfigError(`${path}: cannot be read; name the terminal's file with --config`);
  }
  const lines = new LineCounter();
  const { document, value } = parsedYaml(path, text, lines);
  const at = (offset: number) => `${path}:${lines.linePos(offset).line}`;
  const [wrong] = document.errors;
  if (wrong) throw new ConfigError(`${at(wrong.pos[0])}: is not YAML: ${wrong.message}`);
  const parsed = TerminalFile.safeParse(value);
  if (parsed.success) return withPaths(parsed.data, dirname(path));
  const [issue] = parsed.error.issues.map(mistake);
  const where = issue?.path ?? [];
  throw new ConfigError(`${at(offsetOf(document, where))}: ${where.join('.') || 'file'}: ${issue?.message}`);
}

/** Beside the mistakes it lists, the parser throws on some files: an alias of nothing, brackets without end. */
function parsedYaml(
  path: string,
  text: string,
  lineCounter: LineCounter,
): { readonly document: Document; readonly value: unknown } {
  try {
    const document = parseDocument(text, { lineCounter, prettyErrors: false });
    return { document, value: document.errors.length > 0 ? null : document.toJS() };
  } catch (error) {
    const [why] = (error instanceof Error ? error.message : String(error)).split('\n');
    throw new ConfigError(`${path}:1: is not YAML: ${why}`);
  }
}

type Issue = z.core.$ZodIssue;

interface Mistake {
  readonly path: readonly PropertyKey[];
  readonly message: string;
}

/** What to tell of an issue: in a choice of spellings, of the one that was meant. */
function mistake(issue: Issue): Mistake {
  const { path } = issue;
  if (issue.code === 'invalid_union') {
    const inner = issue.errors.flat().sort((a, b) => b.path.length - a.path.length)[0];
    return inner ? mistake({ ...inner, path: [...path, ...inner.path] }) : issue;
  }
  if (issue.code === 'unrecognized_keys') {
    return { path: [...path, issue.keys[0] ?? ''], message: 'is not known here; remove it' };
  }
  if (issue.code === 'invalid_type' && issue.message.endsWith('received undefined')) {
    return { path, message: 'is missing; add it' };
  }
  return issue;
}

function withPaths(config: TerminalConfig, folder: string): TerminalConfig {
  const { coordinator } = config;
  return {
    ...config,
    data: resolve(folder, config.data),
    coordinator: coordinator.ca ? { ...coordinator, ca: resolve(folder, coordinator.ca) } : coordinator,
  };
}

type Document = ReturnType<typeof parseDocument>;

/** Where the value at `path` stands, or the nearest thing around it. */
function offsetOf(document: Document, path: readonly PropertyKey[]): number {
  for (let depth = path.length; depth >= 0; depth -= 1) {
    const node: unknown = document.getIn(path.slice(0, depth), true);
    if (isNode(node) && node.range) return node.range[0];
  }
  return 0;
}
