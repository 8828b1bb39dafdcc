import { html, nothing, type TemplateResult } from 'lit';
import type { TerminalView } from '../views/documents.ts';
import { fingerprint } from './countdown.ts';
import { type Desk, MOST_ROWS, matching, timeOfDay } from './operator-desk.ts';

function approve({ terminal, key, kid }: TerminalView, event: Event, { words, propose, notify }: Desk): void {
  const row = event.currentTarget instanceof HTMLElement ? event.currentTarget.closest('tr') : null;
  const seat = row?.querySelector('input')?.value.trim() ?? '';
  notify(seat === '' ? words.seatMissing : '');
  if (seat === '') return;
  propose({
    name: words.approve,
    explains: words.approveExplains(terminal, fingerprint(kid), seat),
    act: () => ({ act: 'enrol', terminal, key, seat }),
  });
}

function pendingTable(pending: readonly TerminalView[], desk: Desk): TemplateResult {
  const { words, language } = desk;
  return html`<section class="pending">
    <h2>${words.pending} (${pending.length})</h2>
    <p class="soft">${words.pendingHint}</p>
    <table>
      <tr><th>${words.terminal}</th><th>${words.fingerprint}</th><th>${words.lastContact}</th><th>${words.seat}</th><th></th></tr>
      ${pending.slice(0, MOST_ROWS).map(
        (view) => html`<tr data-terminal=${view.terminal}>
          <td><b>${view.terminal}</b></td>
          <td><code>${fingerprint(view.kid)}</code></td>
          <td>${timeOfDay(view.lastContact, language)}</td>
          <td><input aria-label=${words.seat} maxlength="20" /></td>
          <td><button class="main" @click=${(event: Event) => approve(view, event, desk)}>${words.approve}</button></td>
        </tr>`,
      )}
    </table>
  </section>`;
}

function row(
  {
    terminal,
    seat,
    deputy,
    kid,
    connected,
    lastContact,
    roundTrip,
    version,
    panel,
    fault,
    waiting,
  }: TerminalView,
  desk: Desk,
): TemplateResult {
  const { words, language, propose } = desk;
  const identify = () =>
    propose({ name: words.identify, explains: terminal, act: () => ({ act: 'identify', terminal }) });
  const remove = () =>
    propose({
      name: words.remove,
      explains: words.removeExplains(terminal),
      act: () => ({ act: 'remove-terminal', terminal }),
      isGrave: true,
    });
  return html`<tr>
    <td><b>${terminal}</b></td>
    <td>${seat}</td>
    <td>${deputy}</td>
    <td class=${connected ? 'on' : 'off'}>${connected ? words.online : words.offline}</td>
    <td>${timeOfDay(lastContact, language)}</td>
    <td class="n">${roundTrip === null ? '' : `${roundTrip} ms`}</td>
    <td class=${panel === 'fault' ? 'fault' : ''}>${panel ? words.panels[panel] : ''} ${fault}</td>
    <td class="n">${waiting}</td>
    <td>${version}</td>
    <td><code>${fingerprint(kid)}</code></td>
    <td><button ?disabled=${!connected} @click=${identify}>${words.identify}</button> <button @click=${remove}>${words.remove}</button></td>
  </tr>`;
}

/** Terminals: those that wait for approval first, then all, with their state. */
export function terminalsView(terminals: readonly TerminalView[], desk: Desk): TemplateResult {
  const { words } = desk;
  const pending = terminals.filter(({ state }) => state === 'pending');
  const enrolled = terminals.filter(({ state }) => state === 'enrolled');
  const found = matching(enrolled, desk.search, ({ terminal, seat, deputy }) => [terminal, seat, deputy]);
  const online = enrolled.filter(({ connected }) => connected).length;
  return html`
    ${pending.length > 0 ? pendingTable(pending, desk) : nothing}
    <p><b>${words.onlineCount(online, enrolled.length)}</b> · <span class="soft">${words.showing(Math.min(found.length, MOST_ROWS), found.length)}</span></p>
    <table>
      <tr>
        <th>${words.terminal}</th><th>${words.seat}</th><th>${words.deputy}</th><th>${words.state}</th><th>${words.lastContact}</th>
        <th class="n">${words.roundTrip}</th><th>${words.panel}</th><th class="n">${words.waiting}</th><th>${words.version}</th><th>${words.fingerprint}</th><th></th>
      </tr>
      ${found.slice(0, MOST_ROWS).map((view) => row(view, desk))}
    </table>`;
}
