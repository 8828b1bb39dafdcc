import { html, nothing, type TemplateResult } from 'lit';
import type { SecrecyDocument } from '../../contract/documents.ts';
import { api, type EntryCode } from '../parts/api.ts';
import { reasonQuestion } from '../parts/confirm-dialog.ts';
import type { Desk } from './operator-desk.ts';

/** How far a scrutineer is in the making of the key. */
function progress(secrecy: SecrecyDocument, owner: number): number {
  const steps = [secrecy.certificate, secrecy.polynomial, secrecy['verification-key']];
  return steps.filter((step) => step[owner - 1]).length;
}

/** Who holds the key of secret votes, how far its making is, and the scrutineers' entry codes. */
export function scrutineersView(
  secrecy: SecrecyDocument | undefined,
  codes: readonly EntryCode[] | null,
  show: (codes: readonly EntryCode[] | null) => void,
  desk: Desk,
): TemplateResult {
  const { words, language, propose, notify } = desk;
  if (!secrecy?.secrecy) return html`<p class="soft">${words.noSecrecy}</p>`;
  if (secrecy.secrecy.holder === 'coordinator') return html`<p class="notice">⚠ ${words.ownKey}</p>`;
  const { threshold, scrutineers } = secrecy.secrecy;
  const renew = async (id: string) => {
    const renewed = await api.renewCode(id);
    if (renewed) show(renewed);
    notify(renewed ? words.codeRenewed : words.codeFailed, renewed !== null);
  };
  const toggle = async () => show(codes ? null : await api.entryCodes());
  const restart = () =>
    propose({
      name: words.newCeremony,
      explains: words.newCeremonyExplains,
      question: reasonQuestion(language),
      isGrave: true,
      act: (reason) => ({ act: 'new-ceremony', reason }),
      onDone: () => notify(words.newCeremonyDone, true),
    });
  return html`
    <p>${words.secrecyHint(threshold, scrutineers.length)}
      ${secrecy.publicKey ? html`<br />${words.keyMade} <code>${secrecy.publicKey.slice(0, 16)}</code>` : html`<br /><b>${words.keyDue}</b>`}</p>
    <table>
      <thead><tr><th>${words.scrutineer}</th><th>${words.keySteps}</th><th>${words.entryCode}</th><th></th></tr></thead>
      <tbody>${scrutineers.map(
        ({ id, name }, i) => html`<tr>
          <td><b>${name}</b></td>
          <td>${secrecy.publicKey ? `✓ ${words.keyReady}` : `${progress(secrecy, i + 1)} / 3`}</td>
          <td>${codes ? html`<code class="large">${codes[i]?.code.match(/.{4}/g)?.join(' ')}</code>` : html`<span class="soft">••••</span>`}</td>
          <td>${codes ? html`<button data-renew=${id} @click=${() => renew(id)}>${words.renewCode}</button>` : nothing}</td>
        </tr>`,
      )}</tbody>
    </table>
    <p><button data-act="codes" @click=${toggle}>${codes ? words.hideCodes : words.showCodes}</button>
      <button data-act="new-ceremony" @click=${restart}>${words.newCeremony}</button></p>
    <p class="soft">${words.codesHint}</p>`;
}
