import { html, type TemplateResult } from 'lit';
import type { Motion } from '../../../shared/kinds/kinds.ts';
import type { AgendaDocument, AttendanceDocument } from '../../contract/documents.ts';
import { kindWords } from '../../contract/rule-words.ts';
import { offers } from '../chair/chair-acts.ts';
import { shown } from '../parts/language.ts';
import type { Desk } from './operator-desk.ts';

/** Motions on which there may be a show of hands now, whose counts the operator enters. */
export function byHandView(
  agenda: AgendaDocument | undefined,
  attendance: AttendanceDocument | undefined,
  enter: (motion: Motion) => void,
  { words, language }: Desk,
): TemplateResult {
  if (!agenda || !attendance) return html``;
  const motions = agenda.motions
    .map(({ motion }) => motion)
    .filter((motion) => offers(agenda, motion, attendance).others.includes('by-hand'));
  return html`<p class="soft">${words.byHandHint}</p>
    ${
      motions.length === 0
        ? html`<p>${words.byHandNone}</p>`
        : html`<table><tbody>${motions.map(
            (
              motion,
            ) => html`<tr data-motion=${motion.id}><td><b>${shown(motion.title, language)}</b><br /><span class="soft">${kindWords(motion, language)}</span></td>
              <td class="do"><button data-act="by-hand" @click=${() => enter(motion)}>${words.enterByHand}</button></td></tr>`,
          )}</tbody></table>`
    }`;
}
