import { html, nothing, type TemplateResult } from 'lit';
import type { CardStatus, DeputyView } from '../../contract/documents.ts';
import { type Fact, reasonQuestion } from '../parts/confirm-dialog.ts';
import { type Desk, matching, paged, timeOfDay, toolbar } from './operator-desk.ts';
import type { OperatorWords } from './operator-words.ts';

const FILTERS: Readonly<Record<string, (deputy: DeputyView) => boolean>> = {
  all: () => true,
  present: ({ present }) => present,
  absent: ({ present, leftEarly }) => !present && !leftEarly,
  byHand: ({ present, byHand }) => present && byHand,
  left: ({ present, leftEarly }) => !present && leftEarly,
  noCard: ({ cards }) => !cards.some(({ status }) => status === 'active'),
};

function attendance({ present, byHand, leftEarly }: DeputyView, { words }: Desk): TemplateResult {
  if (present) return html`<span class="on">✓ ${byHand ? words.byHand : words.present}</span>`;
  return html`<span class="off">${leftEarly ? words.left : words.absent}</span>`;
}

function about({ name, delegation, seat }: DeputyView, words: OperatorWords): Fact[] {
  return [
    [words.name, name],
    [words.delegation, delegation],
    [words.seat, seat],
  ];
}

function checkIn(deputy: DeputyView, { words, language, propose }: Desk): void {
  const { id, present } = deputy;
  propose({
    name: present ? words.leave : words.checkIn,
    explains: present ? words.leaveExplains : words.checkInExplains,
    facts: () => about(deputy, words),
    question: reasonQuestion(language),
    act: (reason) => ({ act: present ? 'leave' : 'check-in', deputy: id, reason }),
  });
}

function issue(deputy: DeputyView, { words, propose }: Desk): void {
  propose({
    name: words.issue,
    explains: words.issueExplains,
    facts: () => about(deputy, words),
    question: {
      label: words.newCard,
      maxLength: 32,
      pattern: '\\s*[0-9A-Za-z]{4,32}\\s*',
      hint: words.cardHint,
    },
    act: (card) => ({ act: 'issue-card', deputy: deputy.id, card: card.toUpperCase() }),
  });
}

/** What can be done with a card in each state. */
const MARKS: Readonly<Record<CardStatus, readonly CardStatus[]>> = {
  active: ['lost', 'cancelled'],
  lost: ['active', 'cancelled'],
  cancelled: ['active'],
};

function cards(deputy: DeputyView, { words, propose, may }: Desk): TemplateResult[] {
  const mark = (card: string, to: CardStatus) =>
    propose({
      name: words.marks[to],
      explains: words.markExplains[to],
      facts: () => [[words.cards, card], ...about(deputy, words)],
      act: () => ({ act: 'mark-card', card, status: to }),
      isGrave: to !== 'active',
    });
  return deputy.cards.map(
    ({ card, status }) => html`<div class="card">
      <code>${card}</code> <small class=${status === 'active' ? 'soft' : 'fault'}>${words.cardStates[status]}</small>
      ${!may('mark-card') ? nothing : MARKS[status].map((to) => html`<button class="small" data-act=${to} @click=${() => mark(card, to)}>${words.marks[to]}</button>`)}
    </div>`,
  );
}

function row(deputy: DeputyView, desk: Desk): TemplateResult {
  const { id, name, delegation, title, seat, present, since } = deputy;
  const { words, language, may } = desk;
  const act = present ? 'leave' : 'check-in';
  return html`<tr data-deputy=${id}>
    <td><b>${name}</b>${title ? html`<br /><small class="soft">${title}</small>` : nothing}</td>
    <td>${delegation}</td>
    <td>${seat}</td>
    <td>${attendance(deputy, desk)}</td>
    <td class="time">${timeOfDay(since, language)}</td>
    <td class="do">${may(act) ? html`<button class=${present ? '' : 'go'} data-act=${act} @click=${() => checkIn(deputy, desk)}>${present ? words.leave : words.checkIn}</button>` : nothing}</td>
    <td>${cards(deputy, desk)}</td>
    <td class="do">${may('issue-card') ? html`<button class="small" data-act="issue" @click=${() => issue(deputy, desk)}>${words.issue}</button>` : nothing}</td>
  </tr>`;
}

/** The roll: who is here, check-in and leaving by hand, cards. */
export function deputiesView(deputies: readonly DeputyView[], desk: Desk): TemplateResult {
  const { words } = desk;
  const wanted = FILTERS[desk.filter] ?? (() => true);
  const found = matching(deputies.filter(wanted), desk.search, (d) => [
    d.name,
    d.seat,
    d.delegation,
    d.id,
    d.terminal,
    ...d.cards.map(({ card }) => card),
  ]);
  const page = paged(found, desk.page);
  const filters = (['all', 'present', 'absent', 'byHand', 'left', 'noCard'] as const).map(
    (name) =>
      [name, words.deputyFilters[name], deputies.filter(FILTERS[name] ?? (() => true)).length] as const,
  );
  return html`
    ${toolbar(filters, page, desk)}
    <table>
      <thead><tr><th>${words.name}</th><th>${words.delegation}</th><th>${words.seat}</th><th>${words.attendance}</th><th>${words.since}</th><th></th><th>${words.cards}</th><th></th></tr></thead>
      <tbody>${page.rows.map((deputy) => row(deputy, desk))}</tbody>
    </table>
    ${page.all === 0 ? html`<p class="soft">${words.noneFound}</p>` : nothing}`;
}
