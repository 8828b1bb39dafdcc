import { html, nothing } from 'lit';
import type { Screens } from '../ballot-body.ts';
import { sign, tone } from '../key-legend.ts';
import { shown } from '../page.ts';
import { heading } from '../seat-parts.ts';
import { words } from '../words.ts';

export const decisionScreens: Screens<'decision'> = {
  decision: (body, language) => {
    const w = words(language);
    const { chosen, text } = body;
    const choice =
      chosen === null
        ? html`<p class="hint">${w.choose}</p>`
        : html`<p class="choice ${tone(chosen)}"><span>${w.youChose}</span>${sign(chosen)}<strong>${w.keys[chosen]}</strong></p>
            <p class="hint">${w.confirmHint}</p>`;
    // Where the whole text is too small to read at any size, it is left to the papers, and never cut.
    return html`<div class="resolution" data-fit>
        ${heading(body, language, 'large')}
        ${text ? html`<p class="text">${shown(text, language)}</p><p class="elsewhere">${w.readElsewhere}</p>` : nothing}
      </div>
      ${choice}`;
  },
};
