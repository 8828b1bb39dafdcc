import { html, nothing, type TemplateResult } from 'lit';
import { inLanguage } from '../../../shared/protocol/ids.ts';
import { explain } from '../../../shared/protocol/reasons.ts';
import type { RejectedDocument } from '../../contract/documents.ts';
import { type Desk, matching, paged, timeOfDay, toolbar } from '../operator/operator-desk.ts';
import type { Documents } from '../parts/feed.ts';
import { auditorWords } from './auditor-words.ts';

/** Ballots that do not count: how many for which reason, and the last of them, newest first. Of none is said what it chose. */
export function rejectedView(
  { reasons, last }: RejectedDocument,
  { agenda, terminals = [] }: Documents,
  desk: Desk,
): TemplateResult {
  const { language, search } = desk;
  const words = auditorWords[language];
  const all = reasons.reduce((sum, { count }) => sum + count, 0);
  if (all === 0) return html`<p class="soft">${words.noRejected}</p>`;
  const seats = new Map(terminals.map(({ terminal, seat }) => [terminal, seat]));
  const titles = new Map(
    agenda?.motions.flatMap(({ motion, rounds }) =>
      rounds.map(({ round }) => [round, inLanguage(motion.title, language)] as const),
    ),
  );
  const seatOf = (terminal: string | null) => seats.get(terminal ?? '') ?? null;
  const titleOf = (round: string | null) => titles.get(round ?? '') ?? '';
  const found = matching(last, search, ({ seq, round, terminal, reason }) => [
    explain(reason, language),
    terminal,
    seatOf(terminal),
    round,
    titleOf(round),
    String(seq),
  ]);
  const page = paged(found, desk.page);
  return html`<p class="soft">${words.rejectedHint(all, last.length)}</p>
    <table class="reasons">
      <thead><tr><th>${words.reason}</th><th class="n">${words.ballots}</th></tr></thead>
      <tbody>${reasons.map(
        ({ reason, count }) =>
          html`<tr data-reason=${reason}><td>${explain(reason, language)}</td><td class="n">${count}</td></tr>`,
      )}</tbody>
    </table>
    ${toolbar([], page, desk)}
    <table class="rejected">
      <thead><tr><th>${words.time}</th><th>${words.vote}</th><th>${words.from}</th><th>${words.reason}</th><th class="n">${words.entry}</th></tr></thead>
      <tbody>${page.rows.map(
        ({ seq, time, round, terminal, reason, ballot }) => html`<tr data-entry=${seq}>
          <td class="time">${timeOfDay(time, language)}</td>
          <td>${round === null ? nothing : html`<b>${round}</b> <span class="soft">${titleOf(round)}</span>`}</td>
          <td>${terminal === null ? html`<span class="soft">${desk.words.unknownTerminal}</span>` : html`<b>${seatOf(terminal) ?? ''}</b> <span class="soft">${terminal}</span>`}</td>
          <td>${explain(reason, language)}${ballot === null ? nothing : html` <span class="soft">${words.takenOut(ballot)}</span>`}</td>
          <td class="n">${seq}</td>
        </tr>`,
      )}</tbody>
    </table>`;
}
