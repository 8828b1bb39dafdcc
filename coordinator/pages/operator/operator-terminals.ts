import { html, nothing, type TemplateResult } from 'lit';
import { repeat } from 'lit/directives/repeat.js';
import type { DeputyView, TerminalView } from '../../contract/documents.ts';
import { fingerprint } from '../parts/countdown.ts';
import { type Desk, matching, paged, timeOfDay, toolbar } from './operator-desk.ts';
import { selfTestView, testCell } from './operator-self-test.ts';
import type { OperatorWords } from './operator-words.ts';
import { faultsOf } from './terminal-health.ts';

/** Seats of the roll that no enrolled terminal serves, in the roll's order. */
export function freeSeats(deputies: readonly DeputyView[], terminals: readonly TerminalView[]): string[] {
  const served = new Set(terminals.flatMap(({ state, seat }) => (state === 'enrolled' ? [seat] : [])));
  return [...new Set(deputies.map(({ seat }) => seat))].filter((seat) => seat !== '' && !served.has(seat));
}

const FILTERS: Readonly<Record<string, (view: TerminalView, words: OperatorWords) => boolean>> = {
  all: () => true,
  online: ({ connected }) => connected,
  offline: ({ connected }) => !connected,
  fault: (view, words) => faultsOf(view, words).length > 0,
  waiting: ({ waiting }) => (waiting ?? 0) > 0,
};

/** Approves a terminal for a seat; where another serves that seat, it takes over from it. */
function approve(
  { terminal, key, kid }: TerminalView,
  enrolled: readonly TerminalView[],
  event: Event,
  desk: Desk,
): void {
  const { words, propose, notify } = desk;
  event.preventDefault();
  if (!(event.target instanceof HTMLFormElement)) return;
  const seat = String(new FormData(event.target).get('seat') ?? '').trim();
  const holder = enrolled.find((other) => other.seat === seat);
  notify(seat === '' ? words.seatMissing : '');
  if (seat === '') return;
  if (holder) {
    propose({
      name: words.replace,
      explains: words.replaceExplains,
      facts: () => [
        [words.seat, seat],
        [words.replacedTerminal, holder.terminal],
        [words.deputy, holder.deputy ?? '—'],
        [words.terminal, terminal],
        [words.fingerprint, fingerprint(kid)],
      ],
      act: () => ({ act: 'replace-terminal', terminal: holder.terminal, spare: terminal, key }),
      onDone: () => notify(words.replaced(terminal, seat), true),
      isGrave: holder.connected,
    });
    return;
  }
  propose({
    name: words.approve,
    explains: words.approveExplains,
    facts: () => [
      [words.terminal, terminal],
      [words.fingerprint, fingerprint(kid)],
      [words.seat, seat],
    ],
    act: () => ({ act: 'enrol', terminal, key, seat }),
    onDone: () => notify(words.approved(terminal, seat), true),
  });
}

function pendingTable(
  pending: readonly TerminalView[],
  enrolled: readonly TerminalView[],
  free: readonly string[],
  desk: Desk,
): TemplateResult | typeof nothing {
  if (pending.length === 0) return nothing;
  const { words, language } = desk;
  const claims = (name: string) => pending.filter(({ terminal }) => terminal === name).length;
  // Only where there is no doubt is the seat filled in.
  const likely = pending.length === 1 && free.length === 1 ? free[0] : undefined;
  return html`<section class="pending">
    <h2>${words.pending(pending.length)}</h2>
    ${desk.may('enrol') ? html`<p class="soft">${words.pendingHint}</p>` : nothing}
    <datalist id="free-seats">${free.slice(0, 200).map((seat) => html`<option value=${seat}></option>`)}</datalist>
    <table>
      <thead><tr><th>${words.terminal}</th><th>${words.fingerprint}</th><th>${words.waitsFrom}</th><th>${words.seat}</th></tr></thead>
      <tbody>${repeat(
        pending,
        // What is typed for one key must not slip to another when rows come and go.
        ({ terminal, kid }) => `${terminal} ${kid}`,
        (view) => html`<tr data-terminal=${view.terminal}>
          <td><b>${view.terminal}</b>${claims(view.terminal) > 1 ? html`<br /><small class="fault">${words.rivals(claims(view.terminal))}</small>` : nothing}</td>
          <td><code class="large">${fingerprint(view.kid)}</code></td>
          <td>${view.place}<br /><span class="soft">${timeOfDay(view.since, language)}</span></td>
          <td>${
            desk.may('enrol')
              ? html`<form @submit=${(event: Event) => approve(view, enrolled, event, desk)}>
                  <input name="seat" list="free-seats" aria-label=${words.seat} placeholder=${words.seat} maxlength="20" value=${view.seat ?? likely ?? ''} autocomplete="off" />
                  <button class="main" data-act="approve">${words.approve}</button>
                </form>`
              : nothing
          }</td>
        </tr>`,
      )}</tbody>
    </table>
  </section>`;
}

function health(view: TerminalView, { words }: Desk): TemplateResult | typeof nothing {
  const faults = faultsOf(view, words);
  if (faults.length > 0)
    return html`<span class="fault">✕ ${words.panels.fault}</span> <small class="why" title=${faults.join('\n')}>${faults.join(' · ')}</small>`;
  return view.panel === null ? nothing : html`${words.panels[view.panel.is]}`;
}

function row(view: TerminalView, desk: Desk): TemplateResult {
  const { terminal, seat, deputy, kid, connected, lastContact, roundTrip, version, firmware, waiting } = view;
  const { words, language, propose, may } = desk;
  const facts = () =>
    [
      [words.terminal, terminal],
      [words.seat, seat ?? '—'],
      [words.deputy, deputy ?? '—'],
    ] as const;
  const identify = () =>
    propose({
      name: words.identify,
      explains: words.identifyExplains,
      facts,
      act: () => ({ act: 'identify', terminal }),
    });
  const remove = () =>
    propose({
      name: words.remove,
      explains: words.removeExplains,
      facts,
      act: () => ({ act: 'remove-terminal', terminal }),
      isGrave: true,
    });
  return html`<tr data-terminal=${terminal}>
    <td><b>${terminal}</b><br /><code class="soft">${fingerprint(kid)}</code></td>
    <td class="name">${seat}</td>
    <td class="name">${deputy ?? html`<span class="soft">—</span>`}</td>
    <td class=${connected ? 'on' : 'off'}>${connected ? `● ${words.online}` : `○ ${words.offline}`}</td>
    <td class="time">${timeOfDay(lastContact, language)}<br /><span class="soft">${roundTrip === null ? '' : `${roundTrip} ms`}</span></td>
    <td>${health(view, desk)}</td>
    <td class="n ${waiting ? 'fault' : ''}">${waiting}</td>
    <td>${version}${firmware ? html`<br /><span class="soft">${firmware}</span>` : nothing}</td>
    <td>${testCell(view, desk)}</td>
    <td class="do">${may('identify') ? html`<button ?disabled=${!connected} data-act="identify" @click=${identify}>${words.identify}</button>` : nothing}
      ${may('remove-terminal') ? html`<button class="grave" data-act="remove" @click=${remove}>${words.remove}</button>` : nothing}</td>
  </tr>`;
}

/** Terminals: those that wait for approval first, then all, with their state. */
export function terminalsView(
  terminals: readonly TerminalView[],
  deputies: readonly DeputyView[],
  desk: Desk,
): TemplateResult {
  const { words } = desk;
  const pending = terminals.filter(({ state }) => state === 'pending');
  const enrolled = terminals.filter(({ state }) => state === 'enrolled');
  const wanted = FILTERS[desk.filter] ?? (() => true);
  const found = matching(
    enrolled.filter((view) => wanted(view, words)),
    desk.search,
    ({ terminal, seat, deputy, kid }) => [terminal, seat, deputy, fingerprint(kid)],
  );
  const page = paged(found, desk.page);
  const filters = (['all', 'online', 'offline', 'fault', 'waiting'] as const).map(
    (name) =>
      [
        name,
        words.terminalFilters[name],
        enrolled.filter((view) => FILTERS[name]?.(view, words) ?? true).length,
      ] as const,
  );
  return html`
    ${pendingTable(pending, enrolled, freeSeats(deputies, terminals), desk)}
    ${selfTestView(enrolled, desk)}
    ${toolbar(filters, page, desk)}
    <table>
      <thead><tr>
        <th>${words.terminal} · ${words.fingerprint}</th><th>${words.seat}</th><th>${words.deputy}</th><th>${words.state}</th><th>${words.lastContact} · ${words.roundTrip}</th>
        <th>${words.panel}</th><th class="n">${words.waiting}</th><th>${words.version}</th><th>${words.test.column}</th><th></th>
      </tr></thead>
      <tbody>${page.rows.map((view) => row(view, desk))}</tbody>
    </table>
    ${page.all === 0 ? html`<p class="soft">${words.noneFound}</p>` : nothing}`;
}
