import { html, nothing, type TemplateResult } from 'lit';
import { finishOf, investment, quantityText } from '../../../../shared/projects/sheet.ts';
import type { Language } from '../../../../shared/protocol/ids.ts';
import { CHANGE_TERMS, GRADE_TERMS, label } from '../../../../shared/terms.ts';
import type { WaitingAct } from '../../../contract/register/documents.ts';
import type { WorkDocument } from '../../../contract/register/works.ts';
import { toRead } from '../../parts/language.ts';
import { bothValues } from './both-values.ts';
import { frameWords } from './frame-words.ts';
import { quantity } from './quantity.ts';
import { attachmentAddress } from './register-api.ts';
import { sheetDiffersView } from './sheet-differs.ts';
import { type NameOf, sheetView } from './sheet-view.ts';

/** Acts on what was chosen that another person confirms. */
export type WaitingWork = Extract<
  WaitingAct['act'],
  { act: 'decide-change' | 'settle-figure' | 'accept-rectification' | 'enter-paper-appraisal' }
>;

const NAMES: readonly string[] = [
  'decide-change',
  'settle-figure',
  'accept-rectification',
  'enter-paper-appraisal',
] satisfies WaitingWork['act'][];

export const isWaitingWork = (act: WaitingAct['act']): act is WaitingWork => NAMES.includes(act.act);

/** The projects that such an act is about. */
export const projectsOf = (act: WaitingWork): readonly string[] =>
  act.act === 'enter-paper-appraisal' ? act.paper.items.map(({ project }) => project) : [act.project];

/** All that is confirmed, to be compared with its document. @param works the projects as they stand. */
export function waitingWork(
  act: WaitingWork,
  works: readonly WorkDocument[],
  name: NameOf,
  language: Language,
): TemplateResult {
  const words = frameWords[language];
  const titleOf = (id: string) => {
    const found = works.find((one) => one.id === id);
    return found ? toRead(found.title, language) : id;
  };
  const file = (hash: string, text: string) =>
    html`<code>${hash}</code> <a href=${attachmentAddress(hash, 'whole')} target="_blank" rel="noopener">${text}</a>`;
  switch (act.act) {
    case 'decide-change': {
      const held = works.find(({ id }) => id === act.project);
      return html`<dl class="facts">
          <dt>${words.project}</dt><dd>${titleOf(act.project)}</dd>
          <dt>${words.kind}</dt><dd>${label(CHANGE_TERMS[act.kind], language)}</dd>
          <dt>${words.decision}</dt><dd>${act.decision}</dd>
          <dt>${words.reason}</dt><dd>${act.reason}</dd>
          <dt>${words.document}</dt><dd>${file(act.document, words.openDocument)}</dd></dl>
        ${
          act.sheet
            ? html`${held ? sheetDiffersView(held.sheet, act.sheet, { language, name }) : nothing}<h3>${words.nowHolds}</h3><div class="read" tabindex="0">${sheetView({ sheet: act.sheet, investment: investment(act.sheet), finish: finishOf(act.sheet) }, name, language)}</div>`
            : nothing
        }`;
    }
    case 'settle-figure': {
      const work = works.find(({ id }) => id === act.project);
      const part = work?.partsWork.find((one) => one.part.id === act.part);
      return html`${work && part ? bothValues(work, part, name, language) : html`<p>${titleOf(act.project)} · ${act.part}</p>`}
        <dl class="facts"><dt>${words.figure}</dt><dd><b>${part ? quantity(act.done, part) : quantityText(act.done)}</b></dd>
          <dt>${words.words}</dt><dd>${act.words}</dd></dl>`;
    }
    case 'accept-rectification':
      return html`<dl class="facts"><dt>${words.project}</dt><dd>${titleOf(act.project)}</dd>
        <dt>${words.words}</dt><dd>${act.words}</dd>
        ${act.document === null ? nothing : html`<dt>${words.document}</dt><dd>${file(act.document, words.openDocument)}</dd>`}</dl>`;
    case 'enter-paper-appraisal': {
      const { roll, present, cast, items, sheet, reason } = act.paper;
      const grades = ['satisfied', 'basic', 'dissatisfied', 'dont-know'] as const;
      return html`<dl class="facts">
          <dt>${words.roll}</dt><dd>${roll}</dd><dt>${words.present}</dt><dd>${present}</dd><dt>${words.cast}</dt><dd>${cast}</dd>
          <dt>${words.reason}</dt><dd>${reason}</dd>
          <dt>${words.sheet}</dt><dd>${file(sheet, words.openSheet)}</dd></dl>
        <table><thead><tr><th scope="col">${words.project}</th>${grades.map((grade) => html`<th scope="col" class="n">${label(GRADE_TERMS[grade], language)}</th>`)}</tr></thead>
          <tbody>${items.map((item) => html`<tr><td>${titleOf(item.project)}</td>${grades.map((grade) => html`<td class="n">${item[grade]}</td>`)}</tr>`)}</tbody></table>`;
    }
  }
}
