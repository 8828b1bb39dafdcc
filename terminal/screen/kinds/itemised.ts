import { html, nothing } from 'lit';
import type { Screens } from '../ballot-body.ts';
import { sign, tone } from '../key-legend.ts';
import { shown } from '../page.ts';
import { heading, itemView, list, row } from '../seat-parts.ts';
import { words } from '../words.ts';

export const itemisedScreens: Screens<'item' | 'review-itemised'> = {
  item: (body, language) => {
    const { option } = body;
    const state = option
      ? html`<span class="state ${tone(option)}">${sign(option)}${words(language).keys[option]}</span>`
      : null;
    return html`${heading(body, language)}${itemView(body, state, language)}`;
  },

  'review-itemised': (body, language) => {
    const w = words(language);
    const answered = body.items.filter(({ option }) => option !== null).length;
    const rows = body.items.map(({ number, title, option }) =>
      row(
        number,
        shown(title, language),
        html`<em class=${option ? tone(option) : ''}>${option ? sign(option) : nothing}${option ? w.keys[option] : w.notPressed}</em>`,
      ),
    );
    return html`${heading(body, language)}
      <p class="sum">${w.reviewItemised(answered, body.items.length)}</p>
      ${list(rows.length, rows)}
      <p class="hint small">${w.reviewHint}</p>`;
  },
};
