import { html, nothing, type TemplateResult } from 'lit';
import { wanText } from '../../shared/projects/money.ts';
import type { Language } from '../../shared/protocol/ids.ts';
import type { SheetBody } from '../seat/reading.ts';
import type { SheetPage } from '../seat/sheet-pages.ts';
import { shown } from './page.ts';
import { marks } from './seat-parts.ts';
import { words } from './words.ts';

type PageOf<S extends SheetPage['shows']> = Extract<SheetPage, { shows: S }>;

/** One page of a project's sheet: which project, which page, and what it says in type as large as fits. */
export function sheetBody(body: SheetBody, language: Language): TemplateResult {
  const { number, item, page, pages, says } = body;
  const w = words(language);
  return html`<h1 class="sheet-title"><span class="number">${number}</span>${shown(item.title, language)} ${marks(body, language)}</h1>
    <div class="sheet" data-fit>
      <p class="progress"><strong>${titleOf(says, language)}</strong><span>${w.sheet.page(page, pages)}</span></p>
      ${pageOf(says, language)}
    </div>`;
}

function titleOf(page: SheetPage, language: Language): string {
  const { sheet } = words(language);
  return page.shows === 'parts' ? sheet.parts(page.of) : sheet[page.shows];
}

function pageOf(page: SheetPage, language: Language): TemplateResult {
  switch (page.shows) {
    case 'summary':
      return summary(page, language);
    case 'content':
      return html`<p class="prose">${page.text}</p>`;
    case 'parts':
      return html`<ol class="parts">${page.parts.map((part) => partOf(part, language))}</ol>`;
    case 'money':
      return money(page, language);
  }
}

const fact = (name: string, value: unknown) => html`<div><dt>${name}</dt><dd>${value}</dd></div>`;

function summary(page: PageOf<'summary'>, language: Language): TemplateResult {
  const w = words(language).sheet;
  const names = page.co.map((name, i) => html`${i === 0 ? nothing : '、'}${shown(name, language)}`);
  return html`<p class="prose">${shown(page.summary, language)}</p>
    <dl class="facts">
      ${fact(w.total, html`<strong>${w.wan(wanText(page.fen))}</strong>`)}
      ${page.finish === null ? nothing : fact(w.finish, dayWords(page.finish, language))}
      ${fact(w.lead, shown(page.lead, language))}
      ${page.co.length === 0 ? nothing : fact(w.co, names)}
      ${page.beneficiaries === '' ? nothing : fact(w.beneficiaries, page.beneficiaries)}
    </dl>`;
}

/** What it is, how much of it and for what money; then where, by whom and by when. */
function partOf(part: PageOf<'parts'>['parts'][number], language: Language): TemplateResult {
  const w = words(language).sheet;
  const target = `${part.thousandths / 1000} ${part.unit}`;
  return html`<li>
    <p class="part-title"><span class="number">${part.number}</span>${part.title}</p>
    <p class="figures"><strong>${target}</strong> <strong>${w.wan(wanText(part.fen))}</strong></p>
    <p class="where">
      ${shown(part.area, language)} ${part.place} · ${shown(part.body, language)} · ${w.until(dayWords(part.finish, language))}
    </p>
  </li>`;
}

function money({ fen, lines }: PageOf<'money'>, language: Language): TemplateResult {
  const w = words(language).sheet;
  const row = (name: unknown, amount: number) =>
    html`<tr><th scope="row">${name}</th><td>${w.wan(wanText(amount))}</td></tr>`;
  return html`<table class="money">
    <tbody>${lines.map((line) => row(html`${w.year(line.year)} ${shown(line.source, language)}`, line.fen))}</tbody>
    <tfoot>${row(w.total, fen)}</tfoot>
  </table>`;
}

/** A day as people write it. */
function dayWords(day: string, language: Language): string {
  const [year, month, date] = day.split('-').map(Number);
  return language === 'zh' ? `${year}年${month}月${date}日` : day;
}
