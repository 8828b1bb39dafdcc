import { html, type TemplateResult } from 'lit';
import type { DeputyView } from '../views/documents.ts';
import { type Desk, MOST_ROWS, matching, timeOfDay } from './operator-desk.ts';

const CARD = /^[0-9A-Z]{4,32}$/;

function attendance({ present, byHand, leftEarly }: DeputyView, { words }: Desk): TemplateResult {
  if (present) return html`<span class="on">✓ ${byHand ? words.byHand : words.present}</span>`;
  return html`<span class="off">${leftEarly ? words.left : words.absent}</span>`;
}

function cards({ cards: all }: DeputyView, { words, propose }: Desk): TemplateResult[] {
  return all.map(({ card, status }) => {
    const mark = (to: 'active' | 'lost' | 'cancelled', name: string) =>
      html`<button @click=${() =>
        propose({
          name,
          explains: words.cardExplains(card, name),
          act: () => ({ act: 'mark-card', card, status: to }),
          isGrave: to !== 'active',
        })}>${name}</button>`;
    const actions =
      status === 'active'
        ? [mark('lost', words.lost), mark('cancelled', words.cancel)]
        : [mark('active', words.restore)];
    return html`<div class="card"><code>${card}</code> <small class=${status === 'active' ? 'soft' : 'fault'}>${words.cardStates[status]}</small> ${actions}</div>`;
  });
}

function issue({ id, name }: DeputyView, event: Event, { words, propose, notify }: Desk): void {
  const cell = event.currentTarget instanceof HTMLElement ? event.currentTarget.parentElement : null;
  const card = cell?.querySelector('input')?.value.trim().toUpperCase() ?? '';
  notify(CARD.test(card) ? '' : words.badCard);
  if (!CARD.test(card)) return;
  propose({
    name: words.issue,
    explains: words.issueExplains(name, card),
    act: () => ({ act: 'issue-card', deputy: id, card }),
  });
}

function row(deputy: DeputyView, desk: Desk): TemplateResult {
  const { id, name, delegation, title, seat, present, since } = deputy;
  const { words, language, propose } = desk;
  const checkIn = () =>
    propose({
      name: words.checkIn,
      explains: words.checkInExplains(name),
      act: (reason) => ({ act: 'check-in', deputy: id, reason }),
      needsReason: true,
    });
  const leave = () =>
    propose({
      name: words.leave,
      explains: words.leaveExplains(name),
      act: (reason) => ({ act: 'leave', deputy: id, reason }),
      needsReason: true,
    });
  return html`<tr data-deputy=${id}>
    <td><b>${name}</b><br /><small class="soft">${title}</small></td>
    <td>${delegation}</td>
    <td>${seat}</td>
    <td>${attendance(deputy, desk)}</td>
    <td>${timeOfDay(since, language)}</td>
    <td><button @click=${present ? leave : checkIn}>${present ? words.leave : words.checkIn}</button></td>
    <td>${cards(deputy, desk)}</td>
    <td><input aria-label=${words.newCard} placeholder=${words.newCard} maxlength="32" /> <button @click=${(event: Event) => issue(deputy, event, desk)}>${words.issue}</button></td>
  </tr>`;
}

/** The roll: who is here, check-in and leaving by hand, cards. */
export function deputiesView(deputies: readonly DeputyView[], desk: Desk): TemplateResult {
  const { words } = desk;
  const found = matching(deputies, desk.search, (d) => [
    d.name,
    d.seat,
    d.delegation,
    d.id,
    d.terminal,
    ...d.cards.map(({ card }) => card),
  ]);
  const present = deputies.filter((deputy) => deputy.present).length;
  return html`
    <p><b>${words.presentCount(present, deputies.length)}</b> · <span class="soft">${words.showing(Math.min(found.length, MOST_ROWS), found.length)}</span></p>
    <table>
      <tr><th>${words.name}</th><th>${words.delegation}</th><th>${words.seat}</th><th>${words.attendance}</th><th>${words.since}</th><th></th><th>${words.cards}</th><th></th></tr>
      ${found.slice(0, MOST_ROWS).map((deputy) => row(deputy, desk))}
    </table>`;
}
