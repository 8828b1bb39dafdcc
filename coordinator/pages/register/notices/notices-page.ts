import { html, nothing, type TemplateResult } from 'lit';
import { customElement, state } from 'lit/decorators.js';
import type { CalendarDocument } from '../../../contract/register/notices.ts';
import type { NoticeAsk } from '../../../register/notices/period.ts';
import { noticeStyles } from '../../parts/notice-styles.ts';
import { OfficePage } from '../parts/office-page.ts';
import { registerApi } from '../parts/register-api.ts';
import { nameIn } from '../parts/sheet-view.ts';
import { type CalendarLook, dueList, publishedList } from './calendar-view.ts';
import './notice-editor.ts';
import { pageStyles } from './notices-styles.ts';
import { noticesWords } from './notices-words.ts';

/** 四个一: what is due and who owes it, documents on their way, and those that were published. */
@customElement('hv-register-notices')
export class NoticesPage extends OfficePage {
  protected readonly page = 'notices';
  @state() private calendar: CalendarDocument | null = null;
  @state() private ask: NoticeAsk | null = null;
  @state() private isOnlyDocuments = false;
  @state() private said = '';

  protected override forget(): void {
    this.calendar = null;
    this.ask = null;
  }

  protected override async read(): Promise<void> {
    if (!this.office.person) return;
    this.calendar = (await registerApi.calendar()) ?? this.calendar;
  }

  protected override body(): TemplateResult {
    const { language } = this.speech;
    const words = noticesWords[language];
    const { calendar, ask } = this;
    if (!calendar) return html`<main><p class="soft" role="status">${words.loading}</p></main>`;
    const mayPublish = this.office.may('publish');
    const look: CalendarLook = {
      language,
      name: nameIn(this.office.names, language),
      onMake: mayPublish ? (asked) => this.#open(asked) : null,
    };
    const due = calendar.due.filter(({ what }) => !this.isOnlyDocuments || what === 'document');
    const filter = (isOnly: boolean, name: string) =>
      html`<button aria-pressed=${this.isOnlyDocuments === isOnly} @click=${() => {
        this.isOnlyDocuments = isOnly;
      }}>${name}</button>`;
    return html`<main class=${ask ? 'making' : 'all'}>
      <section class="calendar"><h1>${words.due(calendar.due.length)}</h1><p class="soft">${words.dueHint}</p>
        ${this.said === '' ? nothing : html`<p class="notice good" role="status">${this.said}</p>`}
        <p class="filters">${filter(false, words.all)}${filter(true, words.mine)}</p>
        ${dueList(due, calendar.day, look)}
        <h2>${words.published}</h2>${publishedList(calendar, look)}</section>
      ${
        mayPublish
          ? html`<section class="making">${
              ask
                ? html`<button class="back" @click=${() => this.#open(null)}>${words.back}</button>
                    <hv-notice-editor .language=${language} .ask=${ask} .onPublished=${(document: string) => this.#published(document)} @signed-out=${this.office.refresh}></hv-notice-editor>`
                : html`<p class="soft choose">${words.choose}</p>`
            }</section>`
          : nothing
      }
    </main>`;
  }

  #open(ask: NoticeAsk | null): void {
    this.ask = ask;
    this.said = '';
  }

  #published(document: string): void {
    this.ask = null;
    this.said = noticesWords[this.speech.language].done(document);
    void this.office.refresh();
  }

  static override styles = [OfficePage.styles, noticeStyles, pageStyles];
}

declare global {
  interface HTMLElementTagNameMap {
    'hv-register-notices': NoticesPage;
  }
}
