import { html, type TemplateResult } from 'lit';
import { explain } from '../../shared/reasons.ts';
import type { RefusalsDocument } from '../views/documents.ts';
import { type Desk, timeOfDay } from './operator-desk.ts';

/** The last messages that were refused, and why. */
export function refusalsView(refusals: RefusalsDocument, { words, language }: Desk): TemplateResult {
  if (refusals.length === 0) return html`<p>${words.noRefusals}</p>`;
  return html`<table>
    <tr><th>${words.time}</th><th>${words.terminal}</th><th>${words.why}</th><th class="n">${words.entry}</th></tr>
    ${refusals.map(
      ({ seq, time, terminal, reason }) => html`<tr>
        <td>${timeOfDay(time, language)}</td>
        <td>${terminal ?? '—'}</td>
        <td>${explain(reason, language)}</td>
        <td class="n">${seq}</td>
      </tr>`,
    )}
  </table>`;
}

async function download({ words, notify }: Desk): Promise<void> {
  notify('');
  const response = await fetch('/api/bundle').catch(() => null);
  if (!response?.ok) {
    notify(response?.status === 409 ? words.bundleOpen : words.bundleFailed);
    return;
  }
  const link = document.createElement('a');
  link.href = URL.createObjectURL(await response.blob());
  link.download =
    /filename="([^"]+)"/.exec(response.headers.get('content-disposition') ?? '')?.[1] ?? 'bundle.zip';
  link.click();
  URL.revokeObjectURL(link.href);
}

/** Reading the hall's files again, and the bundle. */
export function filesView(desk: Desk): TemplateResult {
  const { words, propose } = desk;
  const reload = () =>
    propose({ name: words.reload, explains: words.reloadExplains, act: () => ({ act: 'reload' }) });
  return html`
    <section class="file">
      <button @click=${reload}>${words.reload}</button>
      <p class="soft">${words.reloadHint}</p>
    </section>
    <section class="file">
      <button class="main" data-act="bundle" @click=${() => download(desk)}>${words.bundle}</button>
      <p class="soft">${words.bundleHint}</p>
    </section>`;
}
