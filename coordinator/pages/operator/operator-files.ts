import { html, nothing, type TemplateResult } from 'lit';
import { explain } from '../../../shared/protocol/reasons.ts';
import type { HallDocument, RefusalsDocument } from '../../contract/documents.ts';
import { api } from '../parts/api.ts';
import { fingerprint } from '../parts/countdown.ts';
import { saveFile } from '../parts/save-file.ts';
import { type Desk, matching, timeOfDay } from './operator-desk.ts';

/** The last messages that were refused, and why. */
export function refusalsView(refusals: RefusalsDocument, { words, language, search }: Desk): TemplateResult {
  if (refusals.length === 0) return html`<p class="soft">${words.noRefusals}</p>`;
  const found = matching(refusals, search, ({ terminal, reason }) => [terminal, explain(reason, language)]);
  return html`<p class="soft">${words.refusalsHint}</p>
    <table>
      <thead><tr><th>${words.time}</th><th>${words.terminal}</th><th>${words.why}</th><th class="n">${words.entry}</th></tr></thead>
      <tbody>${found.map(
        ({ seq, time, terminal, reason }) => html`<tr>
          <td class="time">${timeOfDay(time, language)}</td>
          <td>${terminal ? html`<b>${terminal}</b>` : html`<span class="soft">${words.unknownTerminal}</span>`}</td>
          <td>${explain(reason, language)}</td>
          <td class="n">${seq}</td>
        </tr>`,
      )}</tbody>
    </table>`;
}

async function download({ words, notify }: Desk): Promise<void> {
  notify('');
  const outcome = await api.bundle();
  if (outcome.is !== 'answered') {
    const isOpen = outcome.is === 'refused' && outcome.status === 409;
    notify(isOpen ? words.bundleOpen : words.bundleFailed);
    return;
  }
  const name = outcome.fileName ?? 'bundle.zip';
  saveFile(name, new Blob([outcome.value]));
  notify(words.bundleDone(name), true);
}

/** The bundle, for whoever may take it away. */
export function bundleView(hall: HallDocument | undefined, desk: Desk): TemplateResult {
  const { words } = desk;
  return html`<section class="file">
    <h2>${words.bundleTitle}</h2>
    <p>${words.bundleHint}</p>
    <button class="main" data-act="bundle" @click=${() => download(desk)}>${words.bundle}</button>
    <p>${words.verifyHint}</p>
    <pre>hallvote verify bundle.zip</pre>
    ${hall ? html`<p>${words.keyHint} <code class="large">${fingerprint(hall.kid)}</code></p>` : ''}
  </section>`;
}

/** Reading the hall's files again, and the bundle. */
export function filesView(hall: HallDocument | undefined, desk: Desk): TemplateResult {
  const { words, propose, notify, may } = desk;
  const reload = () =>
    propose({
      name: words.reload,
      explains: words.reloadExplains,
      act: () => ({ act: 'reload' }),
      onDone: () => notify(words.reloaded, true),
    });
  return html`
    ${may('export') ? bundleView(hall, desk) : nothing}
    ${
      may('reload')
        ? html`<section class="file">
            <h2>${words.filesTitle}</h2>
            <p>${words.reloadHint}</p>
            <button data-act="reload" @click=${reload}>${words.reload}</button>
          </section>`
        : nothing
    }`;
}
