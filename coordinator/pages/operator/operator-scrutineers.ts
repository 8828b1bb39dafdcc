import { html, type TemplateResult } from 'lit';
import type { SecrecyDocument } from '../../contract/documents.ts';
import type { Desk } from './operator-desk.ts';

/** How far a scrutineer is in the making of the key. */
function progress(secrecy: SecrecyDocument, owner: number): number {
  const steps = [secrecy.certificate, secrecy.polynomial, secrecy['verification-key']];
  return steps.filter((step) => step[owner - 1]).length;
}

/** Who holds the key of secret votes, and how far its making is. */
export function scrutineersView(secrecy: SecrecyDocument | undefined, { words }: Desk): TemplateResult {
  if (!secrecy?.secrecy) return html`<p class="soft">${words.noSecrecy}</p>`;
  if (secrecy.secrecy.holder === 'coordinator') return html`<p class="notice">⚠ ${words.ownKey}</p>`;
  const { threshold, scrutineers } = secrecy.secrecy;
  return html`
    <p>${words.secrecyHint(threshold, scrutineers.length)}
      ${secrecy.publicKey ? html`<br />${words.keyMade} <code>${secrecy.publicKey.slice(0, 16)}</code>` : html`<br /><b>${words.keyDue}</b>`}</p>
    <table>
      <thead><tr><th>${words.scrutineer}</th><th>${words.keySteps}</th></tr></thead>
      <tbody>${scrutineers.map(
        ({ name }, i) => html`<tr>
          <td><b>${name}</b></td>
          <td>${secrecy.publicKey ? `✓ ${words.keyReady}` : `${progress(secrecy, i + 1)} / 3`}</td>
        </tr>`,
      )}</tbody>
    </table>`;
}
