/** How deep what others sign may nest; nothing of ours nests half as deep. */
export const MOST_DEPTH = 16;

const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const [OPEN_ARRAY, CLOSE_ARRAY, OPEN_OBJECT, CLOSE_OBJECT] = [0x5b, 0x5d, 0x7b, 0x7d];
const [COLON, COMMA] = [0x3a, 0x2c];

const ESCAPED_SURROGATE = /\\u[dD][89a-fA-F]/;
const HALF_PAIR = /\p{Cs}/u;

/**
 * What a JSON text (RFC 8259) says where all parsers read the same: undefined for a text that is none, for one that nests
 * arrays and objects more than {@link MOST_DEPTH} deep, which some cannot read, for one in which an object repeats a
 * member, of which some take the first and some the last, and for one with half a surrogate pair in a string, which some
 * replace. In linear time, without recursion.
 */
export function strictJson(text: string): unknown {
  if (!readsOneWay(text)) return undefined;
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/**
 * Whether nothing in a JSON text nests too deep, is repeated, or is half a pair; of what is no JSON it says nothing of use.
 * Stops at the first thing that is wrong: what nests millions deep takes a parser seconds.
 */
export function readsOneWay(text: string): boolean {
  /** The members named so far of every object that is open; null for an array. */
  const open: (Set<string> | null)[] = [];
  let members: Set<string> | null = null;
  let isName = false;
  const hasEscapes = text.includes('\\');
  for (let at = 0; at < text.length; at += 1) {
    switch (text.charCodeAt(at)) {
      case QUOTE: {
        const end = hasEscapes ? stringEnd(text, at + 1) : plainEnd(text, at + 1);
        const isMember = isName && members !== null;
        // Most strings are values without escapes, in which nothing is to be looked for.
        if (isMember || hasEscapes) {
          const quoted = text.slice(at, end + 1);
          if (hasEscapes && ESCAPED_SURROGATE.test(quoted) && HALF_PAIR.test(meant(quoted))) return false;
          if (isMember) {
            const name = meant(quoted);
            if (members?.has(name)) return false;
            members?.add(name);
          }
        }
        at = end;
        break;
      }
      case OPEN_ARRAY:
      case OPEN_OBJECT:
        if (open.length === MOST_DEPTH) return false;
        members = text.charCodeAt(at) === OPEN_OBJECT ? new Set() : null;
        open.push(members);
        isName = true;
        break;
      case CLOSE_ARRAY:
      case CLOSE_OBJECT:
        open.pop();
        members = open.at(-1) ?? null;
        break;
      case COLON:
        isName = false;
        break;
      case COMMA:
        isName = true;
        break;
    }
  }
  return true;
}

/** Where the string ends whose first character is at `at`. */
function stringEnd(text: string, at: number): number {
  for (let end = at; end < text.length; end += 1) {
    const code = text.charCodeAt(end);
    if (code === QUOTE) return end;
    // What is escaped, a quotation mark above all, ends nothing.
    if (code === BACKSLASH) end += 1;
  }
  return text.length;
}

/** The same where nothing is escaped. */
function plainEnd(text: string, at: number): number {
  const end = text.indexOf('"', at);
  return end < 0 ? text.length : end;
}

/** What is meant by a string with its quotation marks: one can be written in many ways. */
function meant(quoted: string): string {
  if (!quoted.includes('\\')) return quoted.slice(1, -1);
  try {
    return String(JSON.parse(quoted));
  } catch {
    return quoted;
  }
}
