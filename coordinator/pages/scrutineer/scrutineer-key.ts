import { html, nothing, type TemplateResult } from 'lit';
import type { SecrecyDocument } from '../../contract/documents.ts';
import type { Duty } from '../../scrutineer/duty.ts';
import { CEREMONY_STEPS } from '../../sitting/secrecy.ts';
import type { Kept } from './scrutineer-store.ts';
import type { ScrutineerWords } from './scrutineer-words.ts';

export interface KeyOnScreen {
  readonly secrecy: SecrecyDocument;
  readonly owner: number;
  readonly kept: Kept | 'damaged' | null;
  readonly duty: Duty | null;
  readonly isBusy: boolean;
  readonly trouble: string | null;
  readonly words: ScrutineerWords;
  readonly begin: () => void;
  readonly agree: (code: string) => void;
  readonly stop: () => void;
  readonly again: () => void;
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
  const { secrecy, owner, kept, duty, trouble, words, begin, agree, stop, again } = view;
  if (kept === 'damaged') return warning(words.damagedStore, words.damagedStoreHint);
  if (!kept?.key)
    return secrecy.certificate[owner - 1] == null
      ? html`${failure(trouble)}<p><button class="main large" data-act="begin" @click=${begin}>${words.begin}</button></p>`
      : warning(words.noKey, words.noKeyHint);
  if (!duty) return html`<p role="status">${words.working}</p>`;
  const { agreed } = kept.memory;
  const names = secrecy.secrecy?.holder === 'scrutineers' ? secrecy.secrecy.scrutineers : [];
  switch (duty.is) {
    case 'none':
      return html``;
    case 'contribute':
      return trouble === null
        ? html`<p role="status">${words.working}</p>`
        : html`<div class="warn" role="alert"><p>${trouble}</p><p><button data-act="again" ?disabled=${view.isBusy} @click=${again}>${words.tryAgain}</button></p></div>`;
    case 'stopped':
      return warning(words.stopped, words.stoppedHint);
    case 'other-key':
      return html`${warning(words.changedKey, words.changedKeyHint)}
        <dl class="codes"><dt>${duty.by === 'code' ? words.agreedCode : words.agreedKey}</dt><dd>${duty.agreed}</dd>
          <dt>${words.shownCode}</dt><dd class="bad">${duty.shown ?? words.incomplete}</dd></dl>`;
    case 'compare':
      return html`<div class="compare">
        <h3>${words.compare}</h3>
        <p class="check" role="status">${duty.code}</p>
        <p>${words.compareHint}</p>
        ${failure(trouble)}
        <p><button class="main large" data-act="same" @click=${() => agree(duty.code)}>${words.same}</button>
          <button class="large" data-act="different" @click=${stop}>${words.different}</button></p>
      </div>`;
    case 'wait':
      return html`<p role="status">${words.waiting(duty.awaited.map((n) => names[n - 1]?.name ?? n).join('、'))}
        ${duty.code && agreed?.isCompared ? html`<br /><span class="soft">${words.codeWas} <code>${duty.code}</code></span>` : nothing}</p>
        ${duty.code ? taken(view, duty.code) : nothing}`;
    case 'lie':
      return html`<p class="warn" role="alert">${words.lie(names[duty.lie.owner - 1]?.name ?? String(duty.lie.owner), words.lies[duty.lie.what])}</p>`;
    case 'made':
      return html`<div class="made"><p class="title">✓ ${words.made}</p>
        <p>${words.madeHint} <code>${duty.publicKey.slice(0, 24).match(/.{4}/g)?.join(' ')}</code>
          ${agreed?.isCompared ? html`<br /><span class="soft">${words.codeWas} <code>${duty.code}</code></span>` : nothing}</p></div>
        ${taken(view, duty.code)}`;
    case 'not-mine':
      return warning(words.notMine, words.notMineHint);
  }
}

const failure = (trouble: string | null) =>
  trouble === null ? nothing : html`<p class="warn" role="alert">${trouble}</p>`;

const warning = (what: string, hint: string): TemplateResult =>
  html`<p class="warn" role="alert"><b>${what}</b><br />${hint}</p>`;

/** Says that this device has taken the code from the coordinator, until it is compared here. */
function taken({ kept, words, agree, stop }: KeyOnScreen, code: string): TemplateResult | typeof nothing {
  if (kept === 'damaged' || !kept?.memory.agreed || kept.memory.agreed.isCompared) return nothing;
  return html`<div class="compare">
    <p>${words.taken}</p>
    <p class="check small">${code}</p>
    <p class="tools"><button data-act="same" @click=${() => agree(code)}>${words.takenSame}</button>
      <button data-act="different" @click=${stop}>${words.different}</button></p>
  </div>`;
}
