import { html, type TemplateResult } from 'lit';
import { inLanguage } from '../../../shared/protocol/ids.ts';
import { headed, label } from '../../../shared/terms.ts';
import type { ActsDocument } from '../../contract/documents.ts';
import { BY_TERMS, roleLabel } from '../../contract/role-words.ts';
import { type Desk, matching, timeOfDay } from '../operator/operator-desk.ts';
import { auditorWords } from './auditor-words.ts';

/** What was done last, by whom and why, newest first. */
export function actsView(acts: ActsDocument, { language, search }: Desk): TemplateResult {
  const words = auditorWords[language];
  const nameOf = (by: ActsDocument[number]['by']) =>
    'id' in by ? by.name : label(BY_TERMS[by.role], language);
  const roleOf = (by: ActsDocument[number]['by']) => ('id' in by ? roleLabel(by.role, language) : '');
  const said = (text: ActsDocument[number]['what']) => headed(inLanguage(text, language));
  const found = matching(acts, search, (act) => [
    nameOf(act.by),
    roleOf(act.by),
    act.with?.name ?? null,
    said(act.what),
    inLanguage(act.about, language),
    act.reason,
    String(act.seq),
  ]);
  const who = (by: ActsDocument[number]['by']) =>
    html`${'id' in by ? html`<b>${nameOf(by)}</b>` : html`<span class="soft">${nameOf(by)}</span>`} <span class="soft">${roleOf(by)}</span>`;
  return html`<p class="soft">${words.actsHint}</p>
    <table class="acts">
      <thead><tr><th>${words.time}</th><th>${words.by}</th><th>${words.what}</th><th>${words.about}</th><th>${words.reason}</th><th>${words.second}</th><th class="n">${words.entry}</th></tr></thead>
      <tbody>${found.map(
        (act) => html`<tr data-entry=${act.seq}>
          <td class="time">${timeOfDay(act.time, language)}</td>
          <td>${who(act.by)}</td>
          <td>${said(act.what)}</td>
          <td>${inLanguage(act.about, language)}</td>
          <td>${act.reason}</td>
          <td>${act.with ? who(act.with) : ''}</td>
          <td class="n">${act.seq}</td>
        </tr>`,
      )}</tbody>
    </table>`;
}
