import { html, nothing } from 'lit';
import type { Screens } from '../ballot-body.ts';
import { sign, tone } from '../key-legend.ts';
import { shown } from '../page.ts';
import { heading, itemView, list, row } from '../seat-parts.ts';
import { words } from '../words.ts';

export const appraisalScreens: Screens<'grading' | 'review-appraisal'> = {
  grading: (body, language) => {
    const { grade } = body;
    const state = grade
      ? html`<span class="state ${tone(grade)}">${sign(grade)}${words(language).keys[grade]}</span>`
      : null;
    return html`${heading(body, language)}${itemView(body, state, language)}`;
  },

  'review-appraisal': (body, language) => {
    const w = words(language);
    const graded = body.items.filter(({ grade }) => grade !== null).length;
    const rows = body.items.map(({ number, title, grade }) =>
      row(
        number,
        shown(title, language),
        html`<em class=${grade ? tone(grade) : ''}>${grade ? sign(grade) : nothing}${grade ? w.keys[grade] : w.notGraded}</em>`,
      ),
    );
    return html`${heading(body, language)}
      <p class="sum">${w.reviewAppraisal(graded, body.items.length)}</p>
      ${list(rows.length, rows)}
      <p class="hint small">${w.reviewHint}</p>`;
  },
};
