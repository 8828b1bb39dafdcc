import { css, html, nothing, type TemplateResult } from 'lit';
import { label } from '../../../shared/terms.ts';
import { OPEN_WIRE, type Wire } from '../../contract/wire.ts';
import type { Speech } from './language.ts';

/** What stands on every page of the staff of a hall that speaks in the clear, before they type a password too; nothing elsewhere. */
export function openWire(wire: Wire | undefined, { language }: Speech): TemplateResult | typeof nothing {
  if (wire !== 'open') return nothing;
  return html`<p class="open-wire" role="note">⚠ ${label(OPEN_WIRE, language)}</p>`;
}

export const openWireStyles = css`
  p.open-wire {
    max-width: none;
    margin: 0;
    padding: 0.35rem 1.2rem;
    border-bottom: 2px solid var(--alarm);
    background: var(--warn-wash);
    font-weight: 600;
  }
`;
