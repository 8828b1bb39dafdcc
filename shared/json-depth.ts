const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const OPEN = new Set([0x5b, 0x7b]);
const CLOSE = new Set([0x5d, 0x7d]);

/**
 * Whether a JSON text in UTF-8 (RFC 8259) nests arrays and objects at most `depth` deep; to be asked before a stranger's text is
 * parsed, since what nests millions deep takes a parser seconds. Stops at the first bracket that is too deep. Of a text that is
 * no JSON it says nothing: that is for the parser.
 */
export function nestsAtMost(depth: number, json: Uint8Array): boolean {
  let open = 0;
  let inString = false;
  for (let at = 0; at < json.length; at += 1) {
    const byte = json[at] ?? 0;
    if (byte === QUOTE) inString = !inString;
    else if (inString) {
      // What is escaped, a quotation mark above all, ends nothing.
      if (byte === BACKSLASH) at += 1;
    } else if (OPEN.has(byte)) {
      open += 1;
      if (open > depth) return false;
    } else if (CLOSE.has(byte)) open -= 1;
  }
  return true;
}
