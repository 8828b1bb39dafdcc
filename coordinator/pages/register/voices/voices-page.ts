import { html, nothing, type TemplateResult } from 'lit';
import { customElement, query, state } from 'lit/decorators.js';
import { label } from '../../../../shared/terms.ts';
import { VOICE_TERMS, type VoiceRow, type VoicesDocument } from '../../../contract/register/voices.ts';
import type { ConfirmDialog } from '../../parts/confirm-dialog.ts';
import '../../parts/confirm-dialog.ts';
import { dayIn } from '../../../register/model/days.ts';
import { dayAfter } from '../../../register/model/work/month.ts';
import { reasonQuestion } from '../../parts/confirm-dialog.ts';
import { personalHints } from '../desk/personal-hints.ts';
import type { FormDialog } from '../parts/form-dialog.ts';
import '../parts/form-dialog.ts';
import { newId } from '../parts/new-id.ts';
import { OfficePage } from '../parts/office-page.ts';
import { attachmentAddress, registerApi } from '../parts/register-api.ts';
import { visitsWords } from '../visits/visits-words.ts';
import type { VoiceDialog } from './voice-dialog.ts';
import './voice-dialog.ts';
import { voicesStyles } from './voices-styles.ts';
import { voicesWords } from './voices-words.ts';

/** Days that a body has to answer, unless something else is typed. */
const DUE_DAYS = 30;

/** What people have said at the sites: read and cleared by the offices, answered, and seen by groups and bodies. */
@customElement('hv-register-voices')
export class RegisterVoices extends OfficePage {
  protected readonly page = 'voices';
  @state() private found: VoicesDocument | null = null;
  #asked = 0;
  @query('hv-voice-dialog') private dialog!: VoiceDialog | null;
  @query('hv-form-dialog') private form!: FormDialog | null;
  @query('hv-confirm') private confirm!: ConfirmDialog | null;

  get #words() {
    return voicesWords[this.speech.language];
  }

  protected override forget(): void {
    this.found = null;
  }

  /** An answer to an earlier question is not waited for any more. */
  protected override async read(): Promise<void> {
    this.#asked += 1;
    const asked = this.#asked;
    if (!this.office.person) return;
    const found = await registerApi.voices();
    if (asked === this.#asked) this.found = found ?? this.found;
  }

  protected override body(): TemplateResult {
    const words = this.#words;
    const { found } = this;
    const isOffice = this.office.may('read-people');
    return html`<main>
      <h1>${words.title}</h1><p class="soft">${words.lead}</p>
      ${
        found === null
          ? html`<p class="soft">${words.loading}</p>`
          : html`${isOffice ? html`<p role="status"><b>${words.uncleared(found.uncleared)}</b></p>` : nothing}
            ${found.voices.length === 0 ? html`<p>${words.none}</p>` : html`<ul>${found.voices.map((one) => this.#voice(one))}</ul>`}`
      }</main>
    <hv-voice-dialog @signed-out=${this.office.refresh}></hv-voice-dialog>
    <hv-form-dialog @signed-out=${this.office.refresh}></hv-form-dialog>
    <hv-confirm @signed-out=${this.office.refresh}></hv-confirm>`;
  }

  #voice(one: VoiceRow): TemplateResult {
    const words = this.#words;
    const { language } = this.speech;
    const isWaiting = one.text === null && !one.isErased;
    const page = `/projects/${encodeURIComponent(one.project)}/parts/${encodeURIComponent(one.part)}`;
    const hints = one.sent === null ? [] : personalHints(one.sent, null);
    return html`<li class=${isWaiting ? 'waits' : ''}>
      <p class="head"><b class=${one.kind}>${label(VOICE_TERMS[one.kind], language)}</b>
        <span class="state">${one.isErased ? words.erased : isWaiting ? words.waiting : words.cleared}</span>
        ${one.isMine ? html`<span class="state">${words.mine}</span>` : nothing}
        <span>${one.day}</span><span>${one.voice}</span></p>
      <p><a href=${page}>${this.speech.text(one.projectTitle)} · ${one.partTitle}</a> <span class="soft">${this.office.name('bodies', one.body, (text) => this.speech.text(text))}</span></p>
      ${one.sent === null || one.sent === one.text ? nothing : html`<p class="soft">${words.sent}</p><p class="said" lang="zh-CN">${one.sent}</p>`}
      ${hints.length === 0 ? nothing : html`<p class="hints">${words.hints}${hints.join('、')}</p>`}
      ${one.text === null ? nothing : html`<p class="soft">${words.published}</p><p class="said" lang="zh-CN">${one.text}</p>`}
      ${one.files.length === 0 ? nothing : html`<p class="files">${one.files.map(({ hash, type }, i) => html`<a href=${attachmentAddress(hash, 'whole')} target="_blank" rel="noopener">${type === 'jpg' ? html`<img src=${attachmentAddress(hash, 'small')} alt=${words.photo(i + 1)} loading="lazy" />` : 'PDF'}</a>`)}</p>`}
      ${one.answers.map(({ words: said, by }) => html`<p class="answer"><b>${words.answers}${by ? `（${by}）` : ''}</b> <span lang="zh-CN">${said}</span></p>`)}
      ${one.finding === null ? nothing : html`<p class="found">${words.found}<a href=${`/projects/${encodeURIComponent(one.project)}#findings`}>${visitsWords[language].findingStates[one.finding.state]}</a>${one.finding.state === 'open' ? html` <span class="soft">${words.dueBy(one.finding.due)}</span>` : nothing}</p>`}
      ${this.#acts(one)}</li>`;
  }

  #acts(one: VoiceRow): TemplateResult | typeof nothing {
    if (one.isErased) return nothing;
    const words = this.#words;
    const { may } = this.office;
    return html`<p class="acts">
      ${may('clear-voice') && one.sent !== null ? html`<button class=${one.text === null ? 'main' : ''} data-act="clear-voice" @click=${() => this.#clear(one)}>${one.text === null ? words.clear : words.clearAgain}</button>` : nothing}
      ${one.kind === 'objection' && one.isMine && may('find') && one.text !== null && one.finding === null ? html`<button class="main" data-act="find" @click=${() => this.#find(one)}>${words.find}</button>` : nothing}
      ${one.isMineToAnswer ? html`<button data-act="answer-voice" @click=${() => this.#answer(one)}>${words.answer}</button>` : nothing}
      ${may('erase-voice') ? html`<button data-act="erase-voice" @click=${() => this.#erase(one)}>${words.erase}</button>` : nothing}</p>`;
  }

  readonly #done = (): void => void this.read();

  #clear({ voice, sent, text }: VoiceRow): void {
    const words = this.#words;
    void this.dialog?.ask(
      {
        ...{ name: words.clearName, explains: words.clearExplains, label: words.clearLabel },
        ...{ text: text ?? sent ?? '', most: 2000 },
        act: (said) => ({ act: 'clear-voice', voice, text: said }),
        onDone: this.#done,
      },
      this.speech.language,
    );
  }

  #answer({ voice }: VoiceRow): void {
    const words = this.#words;
    void this.dialog?.ask(
      {
        ...{ name: words.answerName, explains: words.answerExplains, label: words.answerLabel },
        ...{ text: '', most: 2000 },
        act: (said) => ({ act: 'answer-voice', voice, words: said }),
        onDone: this.#done,
      },
      this.speech.language,
    );
  }

  /** “情况不符” leads to the group: what it has looked into becomes a finding, which names what was said. */
  #find({ voice, project, part, text }: VoiceRow): void {
    const words = this.#words;
    const today = dayIn(this.office.timezone)(Date.now());
    // Drawn once: sent again after a line that broke, it is still one finding.
    const finding = newId('f');
    void this.form?.ask(
      {
        ...{ name: words.findName, explains: words.findExplains, onDone: this.#done },
        fields: [
          { is: 'text', name: 'words', label: words.findLabel, most: 2000, value: text ?? '' },
          { is: 'date', name: 'due', label: words.findDue, value: dayAfter(today, DUE_DAYS), least: today },
          { is: 'files', name: 'photos', label: words.findPhotos, isOptional: true },
        ],
        act: (filled) =>
          registerApi.act({
            ...{ act: 'find', project, part, finding, voice, words: filled.one('words') },
            ...{ due: filled.one('due'), photos: [...filled.all('photos')] },
          }),
      },
      this.speech.language,
    );
  }

  #erase({ voice }: VoiceRow): void {
    const words = this.#words;
    void this.confirm?.ask(
      {
        name: words.eraseName,
        explains: words.eraseExplains,
        question: reasonQuestion(this.speech.language),
        act: (reason) => () => registerApi.act({ act: 'erase-voice', voice, reason }),
        isGrave: true,
        onDone: this.#done,
      },
      this.speech.language,
    );
  }

  static override styles = [OfficePage.styles, voicesStyles];
}

declare global {
  interface HTMLElementTagNameMap {
    'hv-register-voices': RegisterVoices;
  }
}
