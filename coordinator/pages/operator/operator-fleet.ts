import { html, nothing, type TemplateResult } from 'lit';
import type { FleetView, TerminalView } from '../../contract/documents.ts';
import { fingerprint } from '../parts/countdown.ts';
import { saveFile } from '../parts/save-file.ts';
import {
  COLUMNS,
  type FleetColumn,
  type FleetRow,
  GROUPS,
  type Speech,
  sorted,
  speechOf,
  textOf,
} from './fleet-columns.ts';
import { fleetCsv } from './fleet-csv.ts';
import { type Comparison, compare, hasTold, oddOf } from './fleet-differs.ts';
import { type Desk, matching, paged, toolbar } from './operator-desk.ts';
import { faultsOf } from './terminal-health.ts';

const FILTERS = ['all', 'differs', 'fault', 'away'] as const;

/** The filter that shows seats whose property has this value, and no other. */
const onlyFilter = (column: FleetColumn, value: string | number | null) => `=${column.key}=${value}`;

/** What is wrong with a seat; of one that is away, what was when it was heard last. */
function lastFaults({ view }: FleetRow, { words }: Desk): string[] {
  return faultsOf({ ...view, connected: true }, words);
}

/** One seat with what was found out about it. */
interface Found {
  readonly row: FleetRow;
  readonly odd: ReadonlySet<string>;
  readonly faults: readonly string[];
}

function fits({ row, odd, faults }: Found, filter: string): boolean {
  if (filter.startsWith('='))
    return hasTold(row) && COLUMNS.some((column) => filter === onlyFilter(column, column.value(row)));
  switch (filter) {
    case 'differs':
      return odd.size > 0;
    case 'fault':
      return faults.length > 0;
    case 'away':
      return !row.view.connected;
    default:
      return true;
  }
}

/** What a property is with most, and how many have it, and with whom it is another. */
function comparison({ column, found, most }: Comparison, speech: Speech, desk: Desk): TemplateResult {
  const { words } = speech;
  const title = words.columns[column.key] ?? column.key;
  const isAlike = found.length < 2;
  return html`<div class=${isAlike ? '' : 'mixed'} data-property=${column.key}>
    <dt>${title}</dt>
    <dd>${found.map(({ value, count, example }) => {
      const text = textOf(column, example, speech) || words.unknown;
      const shown = html`${value === most?.value ? nothing : html`<span aria-hidden="true">≠&nbsp;</span>`}${text} <b>${count}</b>`;
      if (isAlike) return html`<span>${shown}</span>`;
      const filter = onlyFilter(column, value);
      const isOn = desk.filter === filter;
      return html`<button class="small" aria-pressed=${isOn} title=${words.only(title, text)}
        @click=${() => desk.setFilter(isOn ? 'all' : filter)}>${shown}</button>`;
    })}</dd>
  </div>`;
}

function summary(
  found: readonly Found[],
  comparisons: readonly Comparison[],
  speech: Speech,
  desk: Desk,
): TemplateResult {
  const { words } = speech;
  const unheard = found.filter(({ row }) => !hasTold(row)).length;
  const isAlike = unheard < found.length && found.every(({ odd }) => odd.size === 0);
  return html`<section class="alike">
    <h2>${words.caption}</h2>
    <p class="soft">${words.hint} ${words.summary(found.length, unheard)}${isAlike ? html` · <span class="on">✓ ${words.allAlike}</span>` : nothing}</p>
    ${unheard < found.length ? html`<dl>${comparisons.map((each) => comparison(each, speech, desk))}</dl>` : nothing}
  </section>`;
}

/** A title that sorts by its property, and again the other way round. */
function heading({ key }: FleetColumn, { words }: Speech, { sort, setSort }: Desk): TemplateResult {
  const isDown = sort === key ? false : sort === `-${key}` ? true : null;
  const sign = isDown === null ? '' : isDown ? ' ▼' : ' ▲';
  const title = words.columns[key] ?? key;
  return html`<button class="sort" data-sort=${key} title=${words.sortBy(title, isDown)}
    @click=${() => setSort(isDown === false ? `-${key}` : key)}>${title}<span aria-hidden="true">${sign}</span></button>`;
}

function sortOf(group: readonly FleetColumn[], sort: string): 'ascending' | 'descending' | 'none' {
  if (!group.some(({ key }) => sort === key || sort === `-${key}`)) return 'none';
  return sort.startsWith('-') ? 'descending' : 'ascending';
}

function line(
  column: FleetColumn,
  { row, odd }: Found,
  mosts: ReadonlyMap<string, string | null>,
  speech: Speech,
): TemplateResult {
  const { words } = speech;
  const text = textOf(column, row, speech);
  const beside = text === '' ? '' : (column.beside?.(row, speech) ?? '');
  const title = words.columns[column.key] ?? column.key;
  if (!odd.has(column.key))
    return html`<div data-property=${column.key} title=${title}>${text || html`<span class="soft">—</span>`}${beside ? html` <span class="soft">${beside}</span>` : nothing}</div>`;
  const why = words.differs(mosts.get(column.key) ?? null);
  return html`<div class="odd" data-property=${column.key} title="${title} · ${why}"><span aria-hidden="true">≠&nbsp;</span><span class="unseen">${why}: </span>${text || words.unknown}${beside ? html` <span class="soft">${beside}</span>` : nothing}</div>`;
}

function state(
  found: Found,
  desk: Desk,
  speech: Speech,
  mosts: ReadonlyMap<string, string | null>,
): TemplateResult {
  const { view } = found.row;
  const [column] = GROUPS[1] ?? [];
  return html`<td class=${view.connected ? 'is-on' : 'is-off'}>
    <span aria-hidden="true">${view.connected ? '●' : '○'}</span> ${column ? line(column, found, mosts, speech) : nothing}
    ${found.faults.length > 0 ? html`<div class="faults"><span class="fault">✕ ${desk.words.panels.fault}</span> <small title=${found.faults.join('\n')}>${view.connected ? '' : `${speech.words.before}: `}${found.faults.join(' · ')}</small></div>` : nothing}
  </td>`;
}

function seat(
  found: Found,
  desk: Desk,
  speech: Speech,
  mosts: ReadonlyMap<string, string | null>,
): TemplateResult {
  const [first = [], , ...rest] = GROUPS;
  const cells = (group: readonly FleetColumn[]) => group.map((column) => line(column, found, mosts, speech));
  return html`<tr data-terminal=${found.row.view.terminal} class=${found.row.view.connected ? '' : 'away'}>
    <th scope="row">${cells(first)}</th>
    ${state(found, desk, speech, mosts)}
    ${rest.map((group) => html`<td>${cells(group)}</td>`)}
  </tr>`;
}

/** 席位机群: every seat with what it is and how it is, and which of them differ from the rest. */
export function fleetView(
  terminals: readonly TerminalView[],
  fleet: readonly FleetView[],
  desk: Desk,
): TemplateResult {
  const speech = speechOf(desk.language);
  const { words } = speech;
  const standings = new Map(fleet.map((each) => [each.terminal, each]));
  const rows = terminals
    .filter(({ state }) => state === 'enrolled')
    .map((view) => ({ view, standing: standings.get(view.terminal) ?? null }));
  const comparisons = compare(rows);
  const all = rows.map((row) => ({ row, odd: oddOf(row, comparisons), faults: lastFaults(row, desk) }));
  const byRow = new Map(all.map((found) => [found.row, found]));
  const mosts = new Map(
    comparisons.map(({ column, found, most }) => [
      column.key,
      most && ((found[0] && textOf(column, found[0].example, speech)) || words.unknown),
    ]),
  );
  const searched = matching(
    all.filter((found) => fits(found, desk.filter)).map(({ row }) => row),
    desk.search,
    (row) => [
      row.view.deputy,
      fingerprint(row.view.kid),
      ...COLUMNS.map((column) => textOf(column, row, speech)),
    ],
  );
  const shown = sorted(searched, desk.sort);
  const page = paged(shown, desk.page);
  const filters = FILTERS.map(
    (name) => [name, words.filters[name], all.filter((found) => fits(found, name)).length] as const,
  );
  const download = () => {
    const faults = (row: FleetRow) => (byRow.get(row)?.faults ?? []).join(' · ');
    const text = fleetCsv(shown, speech, { title: desk.words.panels.fault, of: faults });
    saveFile('fleet.csv', new Blob([text], { type: 'text/csv' }));
  };
  return html`
    ${summary(all, comparisons, speech, desk)}
    ${toolbar(filters, page, desk, html`<button data-act="csv" ?disabled=${shown.length === 0} @click=${download}>${words.csv}</button>`)}
    <table class="fleet">
      <caption class="unseen">${words.caption}</caption>
      <thead><tr>${GROUPS.map((group) => html`<th scope="col" aria-sort=${sortOf(group, desk.sort)}>${group.map((column) => heading(column, speech, desk))}</th>`)}</tr></thead>
      <tbody>${page.rows.map((row) => {
        const found = byRow.get(row);
        return found ? seat(found, desk, speech, mosts) : nothing;
      })}</tbody>
    </table>
    ${page.all === 0 ? html`<p class="soft">${desk.words.noneFound}</p>` : nothing}`;
}
