import { html, svg, type TemplateResult } from 'lit';
import { qrPath } from '../../../shared/qr.ts';

/** A QR code of `text`; `label` says to a screen reader what it leads to. */
export function qrCode(text: string, label: string): TemplateResult {
  const { side, path } = qrPath(text);
  return html`<svg class="qr" role="img" aria-label=${label} viewBox="0 0 ${side} ${side}" shape-rendering="crispEdges">
    ${svg`<path fill="white" d="M0 0h${side}v${side}h-${side}z" /><path d=${path} />`}
  </svg>`;
}
