import { css, html, type TemplateResult } from 'lit';
import { customElement } from 'lit/decorators.js';
import { ActDialog } from '../../parts/act-dialog.ts';
import { type RegisterDoing, registerApi } from '../parts/register-api.ts';

/** Words that somebody writes before an act. */
export interface VoiceAsk {
  readonly name: string;
  readonly explains: string;
  readonly label: string;
  readonly text: string;
  readonly most: number;
  readonly act: (text: string) => RegisterDoing;
  readonly onDone: () => void;
}

/** Asks for the words with which a voice is cleared or answered. */
@customElement('hv-voice-dialog')
export class VoiceDialog extends ActDialog<VoiceAsk> {
  protected override formFor(asked: VoiceAsk): TemplateResult {
    const { name, explains, label, text, most } = asked;
    return html`<form @submit=${(event: SubmitEvent) => this.#submit(event, asked)}>
      <h2 id="name">${name}</h2><p id="explains">${explains}</p>
      <label>${label}<textarea name="text" rows="6" maxlength=${most} required autofocus .value=${text}></textarea></label>
      ${this.foot({ act: name })}</form>`;
  }

  async #submit(event: SubmitEvent, { act, onDone }: VoiceAsk): Promise<void> {
    event.preventDefault();
    if (this.isBusy || !(event.target instanceof HTMLFormElement)) return;
    const text = String(new FormData(event.target).get('text') ?? '').trim();
    if (text !== '' && (await this.send(() => registerApi.act(act(text))))) onDone();
  }

  static override styles = [
    ActDialog.styles,
    css`
      dialog {
        width: min(38rem, 92vw);
      }
      textarea {
        width: 100%;
        font: inherit;
      }
    `,
  ];
}

declare global {
  interface HTMLElementTagNameMap {
    'hv-voice-dialog': VoiceDialog;
  }
}
