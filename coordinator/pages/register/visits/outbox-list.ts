import { css, html, LitElement, nothing, type TemplateResult } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import type { Language } from '../../../../shared/protocol/ids.ts';
import { controls } from '../../parts/shared-styles.ts';
import type { Kept } from './kept.ts';
import { siteStyles } from './site-styles.ts';
import { momentText, visitsWords } from './visits-words.ts';

export type OutboxCommand = 'go-on' | 'discard' | 'seen';

/** What is on this telephone, and how far each of it has come. */
@customElement('hv-outbox')
export class OutboxList extends LitElement {
  @property() language: Language = 'zh';
  @property({ attribute: false }) all: readonly Kept[] = [];
  @property({ attribute: false }) sending: string | null = null;
  @property({ attribute: false }) onCommand: (command: OutboxCommand, kept: Kept) => void = () => {};

  override render(): TemplateResult | typeof nothing {
    const { all, language } = this;
    if (all.length === 0) return nothing;
    const words = visitsWords[language];
    return html`<section aria-label=${words.outbox}><h3>${words.outbox}</h3>
      <ul class="cards" aria-live="polite">${all.map((kept) => this.#line(kept))}</ul></section>`;
  }

  #line(kept: Kept): TemplateResult {
    const words = visitsWords[this.language];
    const { is } = kept.state;
    return html`<li class="card is-${is}" data-kept=${kept.id} data-is=${kept.id === this.sending ? 'sending' : is}>
      <b>${words.what[kept.what]}</b> <span>${kept.title}</span>
      <p class="state">${this.#state(kept)}</p>
      ${this.#acts(kept)}
    </li>`;
  }

  #state({ id, state }: Kept): TemplateResult {
    const words = visitsWords[this.language];
    switch (state.is) {
      case 'draft':
        return html`${words.draft}`;
      case 'kept':
        return html`${id === this.sending ? words.sending : words.kept}`;
      case 'received':
        return html`<span class="good">${words.received(state.seq, momentText(state.at, this.language))}</span>`;
      case 'refused':
        return html`<span class="bad">${words.refused}${state.text[this.language]}</span>`;
    }
  }

  #acts(kept: Kept): TemplateResult | typeof nothing {
    const words = visitsWords[this.language];
    const button = (command: OutboxCommand, label: string) =>
      html`<button data-act=${command} @click=${() => this.onCommand(command, kept)}>${label}</button>`;
    switch (kept.state.is) {
      case 'draft':
        return html`<p class="acts">${button('go-on', words.goOn)}${button('discard', words.discard)}</p>`;
      case 'refused':
        return html`<p class="acts">${button('go-on', words.change)}${button('discard', words.discard)}</p>`;
      case 'received':
        return html`<p class="acts">${button('seen', words.seen)}</p>`;
      case 'kept':
        return nothing;
    }
  }

  static override styles = [
    controls,
    siteStyles,
    css`
      h3 {
        margin-top: 0;
      }
      .card {
        border-left: 0.4rem solid var(--gold);
      }
      .is-received {
        border-left-color: var(--for);
      }
      .is-refused {
        border-left-color: var(--against);
      }
      .is-draft {
        border-left-style: dashed;
      }
      .state,
      .acts {
        margin: 0.3rem 0 0;
      }
    `,
  ];
}

declare global {
  interface HTMLElementTagNameMap {
    'hv-outbox': OutboxList;
  }
}
