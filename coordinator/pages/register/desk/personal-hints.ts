const PATTERNS = {
  telephone: /(?<!\d)(?:\+?86[- ]?)?1[3-9]\d[- ]?\d{4}[- ]?\d{4}(?!\d)|(?<!\d)0\d{2,3}[- ]?\d{7,8}(?!\d)/g,
  identity: /(?<!\d)\d{6}(?:19|20)\d{2}\d{7}[\dXx](?!\d)/g,
  mail: /[\w.+-]+@[\w-]+(?:\.[\w-]+)+/g,
  home: /\d+\s*(?:号楼|栋|幢|单元)(?:\s*\d+\s*(?:单元|室|号|层))*|\d+\s*室/g,
} as const;

/**
 * What in `text` looks like personal data: telephone and identity numbers, mail addresses, somebody's door, and what the
 * proposer said of themselves. A help for whoever reads it, who alone decides.
 */
export function personalHints(
  text: string,
  proposer: {
    readonly name: string | null;
    readonly telephone: string | null;
    readonly address: string | null;
  } | null,
): readonly string[] {
  const found = Object.values(PATTERNS).flatMap((pattern) => text.match(pattern) ?? []);
  const said = Object.values(proposer ?? {}).filter(
    (one) => one !== null && one.length > 1 && text.includes(one),
  );
  return [...new Set([...found, ...said].filter((one) => one !== null).map((one) => one.trim()))];
}
