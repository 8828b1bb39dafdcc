import { html, nothing, type TemplateResult } from 'lit';
import type { Language } from '../../../../shared/protocol/ids.ts';
import { monthText } from '../../../contract/register/work-words.ts';
import type { PartDocument, WorkDocument } from '../../../contract/register/works.ts';
import { toRead } from '../../parts/language.ts';
import type { NameOf } from '../parts/sheet-view.ts';
import { quantity } from './site-acts.ts';
import { visitsWords } from './visits-words.ts';

/** A disputed figure: what the body has reported and what the group has found, side by side. */
export function bothValues(
  work: Pick<WorkDocument, 'title' | 'visits'>,
  one: PartDocument,
  name: NameOf,
  language: Language,
): TemplateResult {
  const words = visitsWords[language];
  const { figure, part } = one;
  const visit = work.visits.findLast(
    (each) =>
      each.part === part.id && each.figure?.verdict === 'disputed' && each.figure.report === figure.seq,
  );
  const month = figure.month === null ? '' : monthText(figure.month, language);
  return html`<p><b>${toRead(work.title, language)}</b> · ${part.title}</p>
    <dl class="both">
      <dt>${words.byBody(name('bodies', part.body), month)}</dt><dd>${quantity(figure.reported, one)}</dd>
      ${figure.found === null ? nothing : html`<dt>${words.byGroup(visit?.by?.name ?? '', visit?.day ?? '')}</dt><dd>${quantity(figure.found, one)}</dd>`}
    </dl>
    ${visit?.words ? html`<p>${visit.words}</p>` : nothing}`;
}
