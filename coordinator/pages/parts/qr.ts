import { generate } from 'lean-qr';
import { html, svg, type TemplateResult } from 'lit';

/** Light modules around the code, as readers need them (ISO/IEC 18004). */
const QUIET = 4;

/** A QR code of `text`; `label` says to a screen reader what it leads to. */
export function qrCode(text: string, label: string): TemplateResult {
  const code = generate(text);
  const side = code.size + 2 * QUIET;
  let path = '';
  for (let y = 0; y < code.size; y += 1)
    for (let x = 0; x < code.size; x += 1) if (code.get(x, y)) path += `M${x + QUIET} ${y + QUIET}h1v1h-1z`;
  return html`<svg class="qr" role="img" aria-label=${label} viewBox="0 0 ${side} ${side}" shape-rendering="crispEdges">
    ${svg`<path fill="white" d="M0 0h${side}v${side}h-${side}z" /><path d=${path} />`}
  </svg>`;
}
