import { css, html, type TemplateResult } from 'lit';
import type { Language } from '../../../../shared/protocol/ids.ts';
import { followAddress } from '../../../contract/register/routes.ts';
import type { Receipt } from '../../../contract/register/table-documents.ts';
import { qrCode } from '../../parts/qr.ts';
import { deskWords } from './desk-words.ts';

/** What is handed to whoever proposed something. @param origin under which people reach the register. */
export function receiptSlip(
  { proposal, code, title }: Receipt,
  origin: string,
  language: Language,
): TemplateResult {
  const words = deskWords[language];
  const { page, address } = followAddress(origin, code);
  return html`<p><b>${title}</b><br /><code>${proposal}</code></p>
    <p class="code" role="status"><code>${code}</code></p>
    ${qrCode(address, words.qr)}
    <p>${words.followAt(page)}</p>`;
}

export const receiptStyles = css`
  .code {
    margin: 1rem 0;
    padding: 0.6rem;
    border: 2px solid var(--gold);
    background: var(--warn-wash);
    text-align: center;
    font-size: 1.8rem;
    font-weight: 700;
    letter-spacing: 0.05em;
  }
  .qr {
    display: block;
    width: 11rem;
    margin: 0 auto;
    border: 1px solid var(--line);
  }
  code {
    font-family: ui-monospace, Consolas, 'Liberation Mono', monospace;
  }
`;
