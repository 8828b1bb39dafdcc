import { readFile } from 'node:fs/promises';
import type { LoadHook } from 'node:module';
import { fileURLToPath } from 'node:url';
import { COUNTERS, postscript } from './coverage.ts';
import { instrument } from './instrument.ts';

/** Node's module hook: what it loads of the hall, and of the libraries that read for it, counts its branches. */

const OURS = /\/built\/(shared|coordinator|terminal|hardware)\//;
/** Libraries that see a stranger's bytes first. */
const THEIRS = /\/node_modules\/(zod|csv-parse|yaml|fflate|firmata-io|@noble\/ciphers)\//;
/** Made by other programs: nothing to be learned there. */
const NOT = /\/(locales|fixtures|pages)\/|\.json$/;

let next = 0;

export const load: LoadHook = async (url, context, nextLoad) => {
  const isOurs = OURS.test(url);
  if (!(isOurs || THEIRS.test(url)) || NOT.test(url)) return nextLoad(url, context);
  const loaded = await nextLoad(url, context);
  if (loaded.format !== 'module' && loaded.format !== 'commonjs') return loaded;
  const source = await readFile(fileURLToPath(url), 'utf8');
  const { code, counters, words } = instrument(source, next, COUNTERS);
  next += counters;
  // The hall's own words lead further than a library's.
  return { ...loaded, source: `${code}\n${postscript(isOurs ? words : [], next)}` };
};
