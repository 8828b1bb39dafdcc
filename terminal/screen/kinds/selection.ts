import { html, nothing } from 'lit';
import type { Screens } from '../ballot-body.ts';
import { sign } from '../key-legend.ts';
import { shown } from '../page.ts';
import { heading, itemView, list, row } from '../seat-parts.ts';
import { words } from '../words.ts';

export const selectionScreens: Screens<'candidate' | 'review-selection'> = {
  candidate: (body, language) => {
    const w = words(language);
    const { places, taken, full, chosen } = body;
    const state = chosen ? html`<span class="state yes">${sign('pick')}${w.isChosen}</span>` : null;
    return html`${heading(body, language)}
      ${itemView(body, state, language, html`<strong>${w.taken(taken, places)}</strong>`)}
      ${full ? html`<p class="alert">${w.full(places)}</p>` : nothing}`;
  },

  'review-selection': (body, language) => {
    const w = words(language);
    const { chosen, places } = body;
    return html`${heading(body, language)}
      <p class="sum">${w.reviewSelection(chosen.length, places)}</p>
      ${chosen.length === 0 ? html`<p class="alert">${w.reviewNone}</p>` : nothing}
      ${list(
        chosen.length,
        chosen.map(({ number, title }) => row(number, shown(title, language), nothing)),
      )}
      <p class="hint small">${w.reviewHint}</p>`;
  },
};
