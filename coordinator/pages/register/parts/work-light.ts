import { css, html, LitElement, nothing, svg, type TemplateResult } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import type { Language } from '../../../../shared/protocol/ids.ts';
import { label } from '../../../../shared/terms.ts';
import { LIGHT_TERMS, lightRule, REASON_TERMS, whyLight } from '../../../contract/register/work-words.ts';
import type { ShownLight, WorksDocument } from '../../../contract/register/works.ts';

/** A disc with a tick, a triangle, a square with a cross, a broken ring, a dash: told apart without any colour. */
const SHAPES: Record<ShownLight['light'], TemplateResult> = {
  green: svg`<circle cx="8" cy="8" r="7.5" /><path class="mark" d="M4.5 8.2l2.4 2.5 4.6-5" />`,
  yellow: svg`<path d="M8 .8 15.8 15H.2z" /><path class="mark" d="M8 5.6v4.4M8 12v1" />`,
  red: svg`<path d="M1 1h14v14H1z" /><path class="mark" d="M5 5l6 6M11 5l-6 6" />`,
  grey: svg`<circle class="ring" cx="8" cy="8" r="6.4" /><path class="hand" d="M8 4.4V8l2.4 1.8" />`,
  none: svg`<path class="ring" d="M2 8h12" />`,
};

/** A light: shape, word, and in a disclosure why it is so, with the numbers it was made of. */
@customElement('hv-work-light')
export class WorkLight extends LitElement {
  @property() language: Language = 'zh';
  @property({ attribute: false }) light: ShownLight | null = null;
  /** The part it comes from, where it is shown of a project. */
  @property() partName = '';
  /** What the register goes by, where that is to be said too. */
  @property({ attribute: false }) rules: WorksDocument['rules'] | null = null;

  override render(): TemplateResult | typeof nothing {
    const { light, language, partName, rules } = this;
    if (light === null) return nothing;
    const why = language === 'zh' ? '为什么' : 'why';
    return html`<details class="is-${light.light}">
      <summary><svg viewBox="0 0 16 16" aria-hidden="true">${SHAPES[light.light]}</svg><b>${label(LIGHT_TERMS[light.light], language)}</b><span>${label(REASON_TERMS[light.because], language)}</span><span class="why">${why}</span></summary>
      <p>${partName === '' ? nothing : html`<b>${partName}</b><br />`}${whyLight(light, language)}${rules && light.planned !== null ? html`<br /><small>${lightRule(rules, language)}</small>` : nothing}</p>
    </details>`;
  }

  static override styles = css`
    :host {
      display: inline-block;
      max-width: 26rem;
      vertical-align: top;
    }
    summary {
      display: inline-flex;
      flex-wrap: wrap;
      align-items: center;
      gap: 0.1rem 0.45rem;
      min-height: 1.75rem;
      padding: 0 0.6rem 0 0.35rem;
      border: 1px solid var(--line-strong);
      border-radius: 1rem;
      background: var(--card);
      color: var(--ink);
      font-size: 0.9rem;
      line-height: 1.3;
      list-style: none;
      cursor: pointer;
    }
    summary::-webkit-details-marker {
      display: none;
    }
    summary:focus-visible {
      outline: 3px solid var(--focus);
      outline-offset: 2px;
    }
    .why {
      color: var(--go);
      font-size: 0.82rem;
      text-decoration: underline dotted;
      text-underline-offset: 0.2em;
    }
    svg {
      flex: none;
      width: 1.05rem;
      height: 1.05rem;
      fill: var(--shade);
      stroke: none;
    }
    .mark {
      fill: none;
      stroke: var(--on-dark);
      stroke-width: 1.8;
      stroke-linecap: round;
    }
    .is-yellow .mark {
      stroke: var(--ink);
    }
    .ring,
    .hand {
      fill: none;
      stroke: var(--shade);
      stroke-width: 2;
    }
    .is-grey .ring {
      stroke-dasharray: 3.2 2;
    }
    .is-green {
      --shade: var(--for);
    }
    .is-yellow {
      --shade: var(--signal);
    }
    .is-yellow svg path:first-child {
      stroke: var(--abstain);
    }
    .is-red {
      --shade: var(--against);
    }
    .is-grey,
    .is-none {
      --shade: var(--ink-soft);
    }
    .is-red summary {
      border-color: var(--against);
    }
    p {
      margin: 0.3rem 0;
      padding: 0.4rem 0.7rem;
      border-left: 0.25rem solid var(--shade);
      background: var(--paper);
      color: var(--ink);
      font-size: 0.9rem;
      font-weight: normal;
      line-height: 1.5;
      text-align: left;
      white-space: normal;
    }
    small {
      color: var(--ink-soft);
    }
  `;
}

declare global {
  interface HTMLElementTagNameMap {
    'hv-work-light': WorkLight;
  }
}
