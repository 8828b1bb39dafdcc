import { html, LitElement, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { customElement, property, query, state } from 'lit/decorators.js';
import type { Language } from '../../../../shared/protocol/ids.ts';
import type { ActAnswer } from '../../../contract/acts.ts';
import type { NoticePreview } from '../../../contract/register/notices.ts';
import { REGISTER_ROUTES } from '../../../contract/register/routes.ts';
import { pathOf } from '../../../contract/route.ts';
import type { Block } from '../../../register/notices/block.ts';
import { blocksOf } from '../../../register/notices/blocks.ts';
import type { NoticeWords } from '../../../register/notices/notice.ts';
import type { NoticeAsk } from '../../../register/notices/period.ts';
import { isProblem, type Problem } from '../../parts/api.ts';
import type { ConfirmDialog } from '../../parts/confirm-dialog.ts';
import '../../parts/confirm-dialog.ts';
import { controls } from '../../parts/shared-styles.ts';
import { registerApi } from '../parts/register-api.ts';
import { editorStyles } from './notices-styles.ts';
import { noticesWords } from './notices-words.ts';

const TEXTS = ['preamble', 'problems', 'next'] as const;

/** A document on its way: figures as they are computed, words as they are written, then published. Says `signed-out`. */
@customElement('hv-notice-editor')
export class NoticeEditor extends LitElement {
  @property() language: Language = 'zh';
  @property({ attribute: false }) ask: NoticeAsk | null = null;
  @property({ attribute: false }) onPublished: (document: string) => void = () => {};
  @state() private preview: NoticePreview | null = null;
  @state() private words: NoticeWords | null = null;
  @state() private refusal: Problem['text'] | null = null;
  /** Whether what is written is kept, so that the PDF shows it. */
  @state() private isKept = true;
  @state() private isSaved = false;
  @state() private isBusy = false;
  @query('hv-confirm') private confirm!: ConfirmDialog | null;

  override willUpdate(changed: PropertyValues<this>): void {
    if (!changed.has('ask')) return;
    this.#keep(changed.get('ask') ?? null);
    this.preview = null;
    this.words = null;
    this.refusal = null;
    this.isSaved = false;
    if (this.ask) void this.#see(null, null);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#keep(this.ask);
  }

  /** Nobody loses what they have written by turning to something else. */
  #keep(ask: NoticeAsk | null): void {
    const { preview, words } = this;
    if (ask && preview && words && !this.isKept)
      void registerApi.previewNotice({ ask, language: preview.notice.language, words });
    this.isKept = true;
  }

  /** @param language null: the one of the words that were kept. */
  async #see(language: Language | null, given: NoticeWords | null): Promise<void> {
    const { ask } = this;
    if (!ask) return;
    this.isBusy = true;
    const answer = await registerApi.previewNotice({ ask, language, words: given });
    this.isBusy = false;
    if (ask !== this.ask) return;
    if (isProblem(answer) || answer.is === 'refused') {
      this.refusal = answer.text;
      return;
    }
    this.refusal = null;
    this.#show(answer);
    this.words = answer.notice.words;
    this.isKept = true;
  }

  /** Other words in another language: they are kept when somebody has read them. */
  async #turnTo(language: Language): Promise<void> {
    await this.#see(language, null);
    this.isKept = false;
  }

  async #save(language: Language, words: NoticeWords): Promise<void> {
    await this.#see(language, words);
    this.isSaved = this.refusal === null;
  }

  #show({ notice, figures }: NoticePreview): void {
    this.preview = { notice, figures };
  }

  override render(): TemplateResult {
    const says = noticesWords[this.language];
    const { preview, words, refusal } = this;
    return html`${refusal ? html`<p class="refusal" role="alert">${refusal[this.language]}</p>` : nothing}
      ${preview && words ? this.#form(preview, words) : refusal ? nothing : html`<p class="soft" role="status">${says.loading}</p>`}
      <hv-confirm @signed-out=${() => this.dispatchEvent(new Event('signed-out'))}></hv-confirm>`;
  }

  #form({ notice, figures }: NoticePreview, words: NoticeWords): TemplateResult {
    const says = noticesWords[this.language];
    const onLanguage = ({ target }: Event) => {
      if (target instanceof HTMLSelectElement) void this.#turnTo(target.value === 'en' ? 'en' : 'zh');
    };
    return html`<h2>${notice.title}</h2>
      <p class="soft">${says.asOf(notice.day, notice.head.seq)}</p>
      ${notice.replaces === null ? nothing : html`<p class="notice-of">${says.corrects(notice.replaces)}</p>`}
      <section class="words" aria-label=${says.written}><h3>${says.written}</h3>
        <p class="soft">${says.noNumbers}</p>
        <div class="row"><label>${says.language} <select name="language" @change=${onLanguage}>${(['zh', 'en'] as const).map((tag) => html`<option value=${tag} ?selected=${tag === notice.language}>${says.languages[tag]}</option>`)}</select></label>
          <label>${says.number}<input name="number" maxlength="60" .value=${words.number} @input=${this.#onInput} /></label></div>
        ${TEXTS.map((what) => html`<label>${says[what]}<textarea name=${what} rows=${what === 'problems' ? 5 : 3} maxlength=${what === 'preamble' ? 4000 : 8000} .value=${words[what]} @input=${this.#onInput}></textarea></label>`)}
        <p class="acts"><button data-act="save" ?disabled=${this.isBusy || this.isKept} @click=${() => this.#save(notice.language, words)}>${says.save}</button>
          ${this.isKept ? html`<a class="pdf" href=${this.#draftAddress()} target="_blank" rel="noopener">${says.draftPdf}</a>` : nothing}
          <button class="main" data-act="publish" ?disabled=${this.isBusy || !this.isKept} @click=${() => this.#publish({ notice, figures })}>${says.publish}</button>
          <span role="status" class=${this.isKept ? 'good' : 'soft'}>${this.isKept ? (this.isSaved ? says.saved : '') : says.dirty}</span></p>
      </section>
      <section class="figures" aria-label=${says.fixed}><h3>${says.fixed}</h3>${blocksOf(notice).map(blockView)}</section>`;
  }

  #draftAddress(): string {
    const { ask } = this;
    if (!ask) return '';
    const { kind, cycle, period, project } = ask;
    const params = { kind, cycle: String(cycle), period, project: project ?? '-' };
    return pathOf(REGISTER_ROUTES.draftNotice.path, params);
  }

  readonly #onInput = ({ target }: Event): void => {
    if (!this.words) return;
    if (!(target instanceof HTMLInputElement || target instanceof HTMLTextAreaElement)) return;
    this.words = { ...this.words, [target.name]: target.value };
    this.isKept = false;
  };

  #publish({ notice, figures }: NoticePreview): void {
    const says = noticesWords[this.language];
    void this.confirm?.ask(
      {
        name: says.publishName,
        explains: says.publishExplains,
        isGrave: true,
        facts: () => [
          [says.title, notice.title],
          [says.document, notice.document],
          ...(notice.replaces === null ? [] : [[says.replaces, notice.replaces] as const]),
          [says.figures, figures.slice(0, 16)],
        ],
        act: () => () => this.#send({ notice, figures }),
      },
      this.language,
    );
  }

  async #send({ notice, figures }: NoticePreview): Promise<ActAnswer> {
    const { ask, words } = this;
    if (!ask || !words) return { ok: true };
    const { language, replaces } = notice;
    const answer = await registerApi.publishNotice({ ask, language, words, figures, replaces });
    if (isProblem(answer)) return { ok: false, reason: 'wrong', text: answer.text };
    switch (answer.is) {
      case 'published':
        this.onPublished(answer.document);
        return { ok: true };
      case 'moved':
        this.#show(answer);
        return { ok: false, reason: 'wrong', text: noticesWords.zh.moved };
      case 'refused':
        return { ok: false, reason: 'wrong', text: answer.text };
    }
  }

  static override styles = [controls, editorStyles];
}

function blockView({ heading, said, table, note }: Block): TemplateResult {
  return html`<h4>${heading}</h4>${said.map((one) => html`<p class="said">${one}</p>`)}
    ${
      table
        ? html`<div class="wide" tabindex="0" role="region" aria-label=${heading}><table>
            <thead><tr>${table.columns.map(({ name }) => html`<th scope="col">${name}</th>`)}</tr></thead>
            <tbody>${table.rows.map((row) => html`<tr>${row.map((cell) => html`<td class="said">${cell}</td>`)}</tr>`)}</tbody>
            ${table.sums ? html`<tfoot><tr>${table.sums.map((cell) => html`<td class="said">${cell}</td>`)}</tr></tfoot>` : nothing}
          </table></div>`
        : nothing
    }
    ${note === null ? nothing : html`<p class="soft small">${note}</p>`}`;
}

declare global {
  interface HTMLElementTagNameMap {
    'hv-notice-editor': NoticeEditor;
  }
}
