/** The counters of this process: every instrumented module writes into one array. */

/** Room for every branch of the hall and of the libraries it parses with. */
const MOST_COUNTERS = 1 << 17;

/** The names by which instrumented code finds its counters. */
export const COUNTERS = 'hallvoteFuzzCounters';
const WORDS = 'hallvoteFuzzWords';

/** What stands behind every instrumented module. */
export const postscript = (words: readonly string[], until: number): string =>
  `globalThis.${WORDS}(${JSON.stringify(words)},${until});`;

const counters = new Uint8Array(MOST_COUNTERS);
/** The same, four at a time: most of them are zero after any one input. */
const fours = new Uint32Array(counters.buffer);
const words = new Set<string>();
let used = 0;

/** Makes the counters known to the modules that will be loaded. */
export function installCounters(): void {
  Object.defineProperty(globalThis, COUNTERS, { value: counters });
  const learn = (found: readonly string[], until: number) => {
    for (const word of found) words.add(word);
    used = Math.max(used, until);
    if (used > MOST_COUNTERS) throw new RangeError('there are more branches than counters');
  };
  Object.defineProperty(globalThis, WORDS, { value: learn });
}

/** Words that the code asks for. */
export const wordsOfCode = (): string[] => [...words];

/** How many branches the modules loaded so far have. */
export const branches = (): number => used;

export const forgetCounters = (): void => {
  counters.fill(0, 0, used);
};

/** How often something ran, as a power of two: a loop run nine times is news where it ran twice, not where eight. */
const classOf = (count: number): number => 32 - Math.clz32(count);

/** Calls `seen` with each branch that ran since the counters were forgotten, and how often, in classes. */
export function eachFeature(seen: (branch: number, times: number) => void): void {
  for (let four = 0; four * 4 < used; four += 1) {
    if (fours[four] === 0) continue;
    for (let i = four * 4; i < four * 4 + 4; i += 1) {
      const count = counters[i] ?? 0;
      if (count !== 0) seen(i, classOf(count));
    }
  }
}
