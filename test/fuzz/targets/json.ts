import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { z } from 'zod';
import { MOST_DEPTH, strictJson } from '../../../shared/protocol/strict-json.ts';
import { ROOT } from '../engine/corpus.ts';
import { mustEqual, mustHold, type Target, utf8 } from '../target.ts';
import type { Targets } from './all.ts';

const { parseOnce } = z
  .object({ parseOnce: z.custom<(text: string) => unknown>((f) => typeof f === 'function') })
  .parse(await import(String(pathToFileURL(join(ROOT, 'test/verification/independent-belenios.mjs')))));

function byTheOther(text: string): unknown {
  try {
    return parseOnce(text);
  } catch {
    return undefined;
  }
}

/** What reads in one way only is the same for the program and for the verifier written from the pages. */
const strict: Target = {
  run: (input) => {
    const text = utf8(input);
    const ours = strictJson(text);
    const other = byTheOther(text);
    mustHold((ours === undefined) === (other === undefined), 'only one of the two reads it');
    mustEqual(ours, other, 'the two read it otherwise');
  },
  seeds: () => ({
    nested: `${'['.repeat(MOST_DEPTH)}1${']'.repeat(MOST_DEPTH)}`,
    members: '{"a":[{"b":1,"c":"}]"},{"b":"\\"b\\""}],"\\u0061b":{"a":null}}',
    escapes: '["\\\\","\\ud83d\\ude00","\\u00e9",{"\\"":{"":1}}]',
    twice: '{"a":1,"\\u0061":2}',
  }),
};

export const json: Targets = { 'strict-json': strict };
