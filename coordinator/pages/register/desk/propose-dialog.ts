import { css, html, nothing, type TemplateResult } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import type { ActAnswer } from '../../../contract/acts.ts';
import type { Receipt } from '../../../contract/register/table-documents.ts';
import { ActDialog } from '../../parts/act-dialog.ts';
import { isProblem } from '../../parts/api.ts';
import { printSlip } from '../../parts/print-slip.ts';
import '../parts/file-field.ts';
import { registerApi } from '../parts/register-api.ts';
import { deskWords } from './desk-words.ts';
import { receiptSlip, receiptStyles } from './receipt-slip.ts';

/** What comes in: asked for, and the receipt of it afterwards. */
export type ProposeAsk =
  | { readonly is: 'form'; readonly cycles: readonly number[]; readonly isEntered: boolean }
  | ({ readonly is: 'receipt' } & Receipt);

/** By which way it came to the office, and by which from whoever proposes it themselves. */
export const ENTERED = ['letter', 'telephone', 'station', 'meeting'] as const;
const OWN = ['online', 'meeting'] as const;

/** Enters a proposal with its files, and prints its receipt, whose code nobody can say again. Calls `onDone`. */
@customElement('hv-propose-dialog')
export class ProposeDialog extends ActDialog<ProposeAsk> {
  @property({ attribute: false }) onDone: (proposal: string) => void = () => {};
  /** Under which people reach the register; null: where this page came from. */
  @property({ attribute: false }) address: string | null = null;
  @state() private files: readonly string[] = [];
  @state() private isUploading = false;

  override async ask(asked: ProposeAsk, language: 'zh' | 'en'): Promise<void> {
    this.files = [];
    this.isUploading = false;
    await super.ask(asked, language);
  }

  protected override formFor(asked: ProposeAsk): TemplateResult {
    return asked.is === 'form' ? this.#form(asked) : this.#receipt(asked);
  }

  #form(asked: Extract<ProposeAsk, { is: 'form' }>): TemplateResult {
    const words = deskWords[this.language];
    const { cycles, isEntered } = asked;
    const onFiles = (hashes: readonly string[], isBusy: boolean) => {
      this.files = hashes;
      this.isUploading = isBusy;
    };
    return html`<form @submit=${(event: SubmitEvent) => this.#submit(event)}>
      <h2 id="name">${isEntered ? words.enterName : words.enterOwn}</h2>
      <p id="explains">${isEntered ? words.enterExplains : words.ownExplains}</p>
      <div class="fields">
        <div class="two"><label>${words.pickYear}<select name="cycle">${cycles.map((year) => html`<option value=${year}>${words.yearOf(year)}</option>`)}</select></label>
          <label>${words.channel}<select name="channel" autofocus>${(isEntered ? ENTERED : OWN).map((channel) => html`<option value=${channel}>${words.channels[channel]}</option>`)}</select></label></div>
        <label>${words.title}<input name="title" maxlength="200" required /></label>
        <label>${words.text}<textarea name="text" rows="6" maxlength="4000" required></textarea></label>
        <label>${words.placeName}<input name="place" maxlength="200" /></label>
        ${
          isEntered
            ? html`<fieldset><legend>${words.proposer}</legend><div class="two">
                <label>${words.name}<input name="name" maxlength="60" autocomplete="off" /></label>
                <label>${words.telephone}<input name="telephone" maxlength="40" autocomplete="off" /></label></div>
                <label>${words.address}<input name="address" maxlength="200" autocomplete="off" /></label></fieldset>`
            : nothing
        }
        <hv-file-field .language=${this.language} label=${isEntered ? words.scan : words.scanOptional} .onChange=${onFiles}></hv-file-field>
      </div>
      ${this.foot({ act: words.propose, isBlocked: this.isUploading })}
    </form>`;
  }

  async #submit(event: SubmitEvent): Promise<void> {
    event.preventDefault();
    if (this.isBusy || !(event.target instanceof HTMLFormElement)) return;
    const fields = new FormData(event.target);
    const field = (name: string) => String(fields.get(name) ?? '').trim();
    const or = (name: string) => field(name) || null;
    const proposer = { name: or('name'), telephone: or('telephone'), address: or('address') };
    const place = or('place');
    const channel = [...ENTERED, ...OWN].find((each) => each === field('channel')) ?? 'meeting';
    const made: { receipt: Extract<ProposeAsk, { is: 'receipt' }> | null } = { receipt: null };
    await this.send(async (): Promise<ActAnswer> => {
      const received = await registerApi.propose({
        cycle: Number(field('cycle')),
        channel,
        wording: {
          title: field('title'),
          text: field('text'),
          place: place === null ? null : { name: place },
        },
        proposer: Object.values(proposer).some((each) => each !== null) ? proposer : null,
        attachments: [...this.files],
      });
      if (isProblem(received)) return { ok: false, reason: 'problem', text: received.text };
      if (received.is === 'refused') return { ok: false, reason: received.reason, text: received.text };
      const { proposal, code } = received;
      made.receipt = { is: 'receipt', proposal, code, title: field('title') };
      return { ok: true };
    });
    const { receipt } = made;
    if (receipt === null) return;
    this.onDone(receipt.proposal);
    await this.ask(receipt, this.language);
  }

  #receipt(receipt: Extract<ProposeAsk, { is: 'receipt' }>): TemplateResult {
    const words = deskWords[this.language];
    const slip = receiptSlip(receipt, this.address ?? location.origin, this.language);
    const close = (event: Event) => {
      event.preventDefault();
      this.renderRoot.querySelector('dialog')?.close();
    };
    return html`<form @submit=${close}>
      <h2 id="name">${words.receiptOf(receipt.proposal)}</h2>
      <p id="explains">${words.codeHint}</p>
      ${slip}
      <div class="buttons"><button type="button" data-act="print" @click=${() => printSlip(html`<h1>${words.receipt}</h1>${slip}`)}>${words.print}</button>
        <button class="main" data-act="close" autofocus>${words.close}</button></div>
    </form>`;
  }

  static override styles = [
    ActDialog.styles,
    receiptStyles,
    css`
      dialog {
        width: min(44rem, 96vw);
      }
      .fields {
        display: grid;
        gap: 0.8rem;
      }
      .two {
        display: grid;
        grid-template-columns: repeat(auto-fit, minmax(12rem, 1fr));
        gap: 0.8rem;
      }
      fieldset {
        display: grid;
        gap: 0.6rem;
        margin: 0;
        border: 1px solid var(--line);
        border-radius: 0.4rem;
      }
      legend {
        padding: 0 0.4rem;
        font-weight: 600;
      }
    `,
  ];
}

declare global {
  interface HTMLElementTagNameMap {
    'hv-propose-dialog': ProposeDialog;
  }
}
