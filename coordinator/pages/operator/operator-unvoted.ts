import { html, nothing, type TemplateResult } from 'lit';
import type { UnvotedDocument } from '../../contract/documents.ts';
import { type Desk, matching, paged, timeOfDay, toolbar } from './operator-desk.ts';

type Line = NonNullable<UnvotedDocument>['seats'][number];

const WHYS = ['fault', 'offline', 'noTerminal', 'left', 'notPressed'] as const;

function row({ deputy, name, delegation, seat, terminal, why, since }: Line, desk: Desk): TemplateResult {
  const isToHelp = why === 'fault' || why === 'offline' || why === 'noTerminal';
  return html`<tr data-deputy=${deputy}>
    <td><b>${seat}</b></td>
    <td>${name}</td>
    <td>${delegation}</td>
    <td><span class=${isToHelp ? 'fault' : ''}>${isToHelp ? '⚠ ' : ''}${desk.words.unvoted[why]}</span></td>
    <td class="time">${timeOfDay(since, desk.language)}</td>
    <td>${terminal ?? nothing}</td>
  </tr>`;
}

/** Whose votes are missing in the open vote, why, and since when: whom to help before the chair closes it. */
export function unvotedView(unvoted: UnvotedDocument | undefined, desk: Desk): TemplateResult {
  const { words } = desk;
  if (!unvoted) return html`<p class="soft">${words.noVoteOpen}</p>`;
  const { seats, more } = unvoted;
  const wanted = seats.filter(({ why }) => desk.filter === 'all' || why === desk.filter);
  const found = matching(wanted, desk.search, (line) => [
    line.name,
    line.seat,
    line.delegation,
    line.deputy,
    line.terminal,
  ]);
  const page = paged(found, desk.page);
  const filters = [
    ['all', words.terminalFilters.all, seats.length] as const,
    ...WHYS.map((why) => [why, words.unvoted[why], seats.filter((each) => each.why === why).length] as const),
  ];
  return html`<p class="soft">${words.unvotedHint}</p>
    ${toolbar(filters, page, desk)}
    <table>
      <thead><tr><th>${words.seat}</th><th>${words.name}</th><th>${words.delegation}</th><th>${words.why}</th><th>${words.since}</th><th>${words.terminal}</th></tr></thead>
      <tbody>${page.rows.map((line) => row(line, desk))}</tbody>
    </table>
    ${page.all === 0 ? html`<p class="soft">${words.noneFound}</p>` : nothing}
    ${more > 0 ? html`<p class="soft">${words.unvotedMore(more)}</p>` : nothing}`;
}
