/** What is written without spaces between words, and everything else that counts as a word. */
const RUNS =
  /\p{Script=Han}+|[\p{Script=Hiragana}\p{Script=Katakana}]+|(?:(?!\p{Script=Han})[\p{L}\p{N}\p{M}])+/gu;
const UNSPACED = /^[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}]/u;

/** The runs of a text in which nothing but letters and digits stands; full width, case and presentation forms aside. */
function runsOf(text: string): string[] {
  return text.normalize('NFKC').toLowerCase().match(RUNS) ?? [];
}

/** Chinese as overlapping pairs of characters, the last one alone: any piece of it is a sequence of them. */
function pairsOf(run: string): string[] {
  if (!UNSPACED.test(run)) return [run];
  const letters = [...run];
  return letters.map((letter, i) => letter + (letters[i + 1] ?? ''));
}

/** A text as the index takes it: 老旧小区 as 老旧 旧小 小区 区. */
export function indexed(text: string): string {
  return runsOf(text).flatMap(pairsOf).join(' ');
}

/** The pairs of a text, each once: what it has in common with others. */
export function pairsIn(text: string): ReadonlySet<string> {
  const pairs = runsOf(text).flatMap((run) => (UNSPACED.test(run) ? pairsOf(run).slice(0, -1) : [run]));
  return new Set(pairs);
}

/** What somebody may type before the rest is left out. */
const MOST_CHARS = 200;
const MOST_RUNS = 12;

/**
 * What finds texts that hold every run of what was typed, in the language of FTS5; null where nothing can be looked for.
 * Made of letters and digits between quotes alone: nothing that was typed can be taken for an operator.
 */
export function queryOf(typed: string): string | null {
  const runs = [...new Set(runsOf(typed.slice(0, MOST_CHARS)))].slice(0, MOST_RUNS);
  return runs.length === 0 ? null : runs.map(phraseOf).join(' AND ');
}

function phraseOf(run: string): string {
  const pairs = pairsOf(run);
  const isOne = pairs.length === 1;
  // One character is the beginning of some pair, or the last that stands alone.
  return isOne ? `"${run}" *` : `"${pairs.slice(0, -1).join(' ')}"`;
}
