import { html, LitElement, type TemplateResult } from 'lit';
import { customElement } from 'lit/decorators.js';
import { Speech } from '../../parts/language.ts';
import { controls } from '../../parts/shared-styles.ts';
import { staffFrameStyles } from '../../parts/staff-header.ts';
import { Office } from '../parts/office.ts';
import { registerFrame } from '../parts/register-frame.ts';

/** The projects of a cycle and its list. */
@customElement('hv-register-projects')
export class ProjectsPage extends LitElement {
  readonly #speech = new Speech(this);
  readonly #office = new Office(this);

  override render(): TemplateResult {
    return registerFrame({
      page: 'projects',
      speech: this.#speech,
      office: this.#office,
      body: () => html`<main></main>`,
    });
  }

  static override styles = [controls, staffFrameStyles];
}

declare global {
  interface HTMLElementTagNameMap {
    'hv-register-projects': ProjectsPage;
  }
}
