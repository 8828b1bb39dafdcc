import { html, type TemplateResult } from 'lit';
import type { Motion } from '../../../shared/kinds/kinds.ts';
import type { Language } from '../../../shared/protocol/ids.ts';
import type { AttendanceDocument, RoundView } from '../../contract/documents.ts';
import { agendaLine, attendanceView, itemsView, roundView, ruleView } from '../chair/chair-panel.ts';
import { chairWords } from '../chair/chair-words.ts';
import type { Documents } from '../parts/feed.ts';
import { auditorWords } from './auditor-words.ts';

/** Who is here, and every motion with its votes and their figures, as the chair sees them. */
export function votesView(
  { agenda, attendance, turnout, pressing }: Documents,
  remaining: number | null,
  language: Language,
): TemplateResult {
  const words = auditorWords[language];
  const tongue = { words: chairWords[language], language };
  if (!agenda || !attendance) return html``;
  const live = (round: RoundView) => ({
    turnout: turnout ?? null,
    pressing: pressing ?? null,
    remaining: round.round === agenda.current ? remaining : null,
    isCurrent: round.round === agenda.current,
  });
  const motionView = (motion: Motion, rounds: readonly RoundView[], { roll }: AttendanceDocument) =>
    html`<details data-motion=${motion.id} ?open=${rounds.some(({ round }) => round === agenda.current)}>
      <summary>${agendaLine(motion, rounds, tongue)}</summary>
      <div class="inside">
        ${ruleView(motion, roll, tongue)}
        ${rounds.length === 0 ? html`<p class="soft">${words.notYet}</p>${itemsView(motion, tongue)}` : rounds.map((round) => roundView(round, motion, live(round), tongue))}
      </div>
    </details>`;
  return html`<div class="votes">
    ${attendanceView(attendance, tongue)}
    ${agenda.motions.length === 0 ? html`<p>${words.noMotion}</p>` : agenda.motions.map(({ motion, rounds }) => motionView(motion, rounds, attendance))}
  </div>`;
}
