import { correction, generate } from 'lean-qr';

/** Light modules around the code, as readers need them (ISO/IEC 18004). */
const QUIET = 4;

/**
 * The dark modules of a QR code of `text` as the path of an SVG picture, which is `side` modules wide and high. `outdoors`: it is
 * read with a quarter of it faded, scratched or dirty, and is larger for that.
 */
export function qrPath(
  text: string,
  { outdoors = false } = {},
): { readonly side: number; readonly path: string } {
  const code = generate(text, outdoors ? { minCorrectionLevel: correction.Q } : {});
  let path = '';
  for (let y = 0; y < code.size; y += 1)
    for (let x = 0; x < code.size; x += 1) if (code.get(x, y)) path += `M${x + QUIET} ${y + QUIET}h1v1h-1z`;
  return { side: code.size + 2 * QUIET, path };
}
