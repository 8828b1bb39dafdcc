import { html, nothing, type TemplateResult } from 'lit';
import { CEREMONY_STEPS } from '../ledger/secrecy.ts';
import type { KeyDuty } from '../scrutineer/desk.ts';
import type { ScrutineerAct } from '../views/acts.ts';
import type { SecrecyDocument } from '../views/documents.ts';
import type { ScrutineerWords } from './scrutineer-words.ts';

export interface KeyOnScreen {
  readonly secrecy: SecrecyDocument;
  readonly owner: number;
  readonly duty: KeyDuty | null;
  readonly hasSeed: boolean;
  readonly isStopped: boolean;
  readonly isBusy: boolean;
  readonly words: ScrutineerWords;
  readonly begin: () => void;
  readonly agree: (act: ScrutineerAct) => void;
  readonly stop: () => void;
}

/** The making of the key: what is to be done now, and how far everybody is. */
export function keyView(view: KeyOnScreen): TemplateResult {
  const { secrecy, words } = view;
  if (secrecy.secrecy?.holder !== 'scrutineers') return html``;
  const { threshold, scrutineers } = secrecy.secrecy;
  return html`<h2>${words.key}</h2>
    <p class="soft">${words.keyHint(threshold, scrutineers.length)}</p>
    ${now(view)}
    <table class="steps">
      <thead><tr><th></th>${CEREMONY_STEPS.map((step) => html`<th>${words.steps[step]}</th>`)}</tr></thead>
      <tbody>${scrutineers.map(
        ({ name }, i) => html`<tr class=${i + 1 === view.owner ? 'own' : ''}>
          <th>${name}${i + 1 === view.owner ? `（${words.you}）` : ''}</th>
          ${CEREMONY_STEPS.map((step) => (secrecy[step][i] == null ? html`<td class="soft">… ${words.awaited}</td>` : html`<td class="good">✓ ${words.done}</td>`))}
        </tr>`,
      )}</tbody>
    </table>`;
}

function now(view: KeyOnScreen): TemplateResult {
  const { secrecy, owner, duty, hasSeed, isStopped, isBusy, words, begin, agree, stop } = view;
  if (!hasSeed)
    return secrecy.certificate[owner - 1] == null
      ? html`<p><button class="main large" data-act="begin" @click=${begin}>${words.begin}</button></p>`
      : html`<p class="warn"><b>${words.noKey}</b><br />${words.noKeyHint}</p>`;
  if (isStopped) return html`<p class="warn" role="alert">${words.stopped}</p>`;
  if (!duty) return html`<p role="status">${words.working}</p>`;
  const names = secrecy.secrecy?.holder === 'scrutineers' ? secrecy.secrecy.scrutineers : [];
  switch (duty.is) {
    case 'none':
      return html``;
    case 'contribute':
      return html`<p role="status">${words.working}</p>`;
    case 'compare':
      return html`<div class="compare">
        <h3>${words.compare}</h3>
        <p class="check" role="status">${duty.code}</p>
        <p>${words.compareHint}</p>
        <p><button class="main large" data-act="same" ?disabled=${isBusy} @click=${() => agree(duty.act)}>${words.same}</button>
          <button class="large" data-act="different" @click=${stop}>${words.different}</button></p>
      </div>`;
    case 'wait':
      return html`<p role="status">${words.waiting(duty.awaited.map((n) => names[n - 1]?.name ?? n).join('、'))}
        ${duty.code ? html`<br /><span class="soft">${words.codeWas} <code>${duty.code}</code></span>` : nothing}</p>`;
    case 'lie':
      return html`<p class="warn" role="alert">${words.lie(names[duty.lie.owner - 1]?.name ?? String(duty.lie.owner), words.lies[duty.lie.what])}</p>`;
    case 'made':
      return html`<div class="made"><p class="title">✓ ${words.made}</p>
        <p>${words.madeHint} <code>${duty.publicKey.slice(0, 24).match(/.{4}/g)?.join(' ')}</code>
          <br /><span class="soft">${words.codeWas} <code>${duty.code}</code></span></p></div>`;
    case 'not-mine':
      return html`<p class="warn" role="alert"><b>${words.notMine}</b><br />${words.notMineHint}</p>`;
  }
}
