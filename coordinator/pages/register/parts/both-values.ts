import { css, html, nothing, type TemplateResult } from 'lit';
import type { Language } from '../../../../shared/protocol/ids.ts';
import { monthText } from '../../../contract/register/work-words.ts';
import type { PartDocument, WorkDocument } from '../../../contract/register/works.ts';
import { toRead } from '../../parts/language.ts';
import { quantity } from './quantity.ts';
import type { NameOf } from './sheet-view.ts';

const zh = {
  byBody: (name: string, month: string) => `${name}${month}填报`,
  byGroup: (name: string, day: string) => `小组${name} ${day} 现场核实`,
};
const en: typeof zh = {
  byBody: (name, month) => `${name}, reported for ${month}`,
  byGroup: (name, day) => `${name} of the group, on the spot ${day}`,
};

/** A disputed figure: what the body has reported and what the group has found, side by side. */
export function bothValues(
  work: Pick<WorkDocument, 'title' | 'visits'>,
  one: PartDocument,
  name: NameOf,
  language: Language,
): TemplateResult {
  const words = language === 'zh' ? zh : en;
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

export const bothStyles = css`
  dl.both {
    display: grid;
    grid-template-columns: 1fr max-content;
    gap: 0.4rem 1rem;
    margin: 0.4rem 0;
    padding: 0.7rem 0.9rem;
    border-left: 0.3rem solid var(--gold);
    background: var(--paper);
  }
  dl.both dd {
    margin: 0;
    font-weight: 700;
    font-variant-numeric: tabular-nums;
  }
`;
