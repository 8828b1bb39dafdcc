import { html, LitElement, type TemplateResult } from 'lit';
import { customElement } from 'lit/decorators.js';

@customElement('hv-scrutineer')
export class ScrutineerPage extends LitElement {
  override render(): TemplateResult {
    return html``;
  }
}
