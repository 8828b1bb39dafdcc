import { css, html, LitElement, nothing, type TemplateResult } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import type { Language } from '../../../../shared/protocol/ids.ts';
import { REGISTER_ROUTES } from '../../../contract/register/routes.ts';
import { isProblem, type Problem } from '../../parts/api.ts';
import { controls } from '../../parts/shared-styles.ts';
import { registerApi } from './register-api.ts';

const zh = {
  uploading: '正在上传……',
  taken: '✓ 已收下',
  remove: '移除',
  tooLarge: '文件超过 10 MB，请缩小后再试',
};
const en: typeof zh = {
  uploading: 'Uploading…',
  taken: '✓ taken',
  remove: 'Remove',
  tooLarge: 'The file is larger than 10 MB; make it smaller',
};

interface ChosenFile {
  readonly name: string;
  /** Null while it is on its way. */
  readonly hash: string | null;
  readonly problem: Problem['text'] | null;
}

/** A file that the register has, with the name that it had here. */
export interface TakenFile {
  readonly name: string;
  readonly hash: string;
}

const AT_A_TIME = 3;

/** Files that are sent as they are chosen: each is cleaned and kept under its hash, or it is said why not. */
@customElement('hv-file-field')
export class FileField extends LitElement {
  @property() language: Language = 'zh';
  @property() label = '';
  @property({ type: Boolean }) isOne = false;
  /** What has been taken so far, and whether more is on its way. */
  @property({ attribute: false }) onChange: (
    hashes: readonly string[],
    isBusy: boolean,
    taken: readonly TakenFile[],
  ) => void = () => {};
  @state() private files: readonly ChosenFile[] = [];

  override render(): TemplateResult {
    return html`<label>${this.label}<input type="file" accept="image/jpeg,image/png,image/webp,application/pdf" ?multiple=${!this.isOne} @change=${this.#onFiles} /></label>
      <ul aria-live="polite">${this.files.map((file) => this.#line(file))}</ul>`;
  }

  #line(file: ChosenFile): TemplateResult {
    const words = this.language === 'zh' ? zh : en;
    const { name, hash, problem } = file;
    const isOnTheWay = hash === null && problem === null;
    return html`<li>${name} ${hash === null ? nothing : html`<b class="good">${words.taken}</b>`}
      ${problem ? html`<span class="bad">${problem[this.language]}</span>` : nothing}
      ${isOnTheWay ? html`<span class="soft">${words.uploading}</span>` : nothing}
      <button type="button" aria-label="${words.remove} ${name}" @click=${() => this.#become(this.files.filter((each) => each !== file))}>${words.remove}</button></li>`;
  }

  #become(files: readonly ChosenFile[]): void {
    this.files = files;
    const taken = files.flatMap(({ name, hash }) => (hash === null ? [] : [{ name, hash }]));
    this.onChange(
      taken.map(({ hash }) => hash),
      files.some(({ hash, problem }) => hash === null && problem === null),
      taken,
    );
  }

  readonly #onFiles = async ({ target }: Event): Promise<void> => {
    if (!(target instanceof HTMLInputElement)) return;
    const chosen = [...(target.files ?? [])];
    // The same file may be chosen again after it was removed.
    target.value = '';
    const waiting = chosen.map((file) => ({ file, line: { name: file.name, hash: null, problem: null } }));
    this.#become([...(this.isOne ? [] : this.files), ...waiting.map(({ line }) => line)]);
    // A few at a time: each is drawn anew over there, and who sends a hundred at once is told to come again.
    const next = async (): Promise<void> => {
      for (let one = waiting.shift(); one; one = waiting.shift()) await this.#upload(one.file, one.line);
    };
    await Promise.all(Array.from({ length: AT_A_TIME }, next));
  };

  async #upload(file: File, waiting: ChosenFile): Promise<void> {
    // It may have been taken away again before its turn.
    if (!this.files.includes(waiting)) return;
    const settle = (change: Partial<ChosenFile>) =>
      this.#become(this.files.map((each) => (each === waiting ? { ...waiting, ...change } : each)));
    if (file.size > REGISTER_ROUTES.upload.mostBody) {
      settle({ problem: { zh: zh.tooLarge, en: en.tooLarge } });
      return;
    }
    const taken = await registerApi.upload(new Uint8Array(await file.arrayBuffer()));
    if (isProblem(taken) || taken.is === 'refused') settle({ problem: taken.text });
    else settle({ hash: taken.hash });
  }

  static override styles = [
    controls,
    css`
      label {
        display: grid;
        grid-template-columns: minmax(0, 1fr);
        gap: 0.3rem;
      }
      ul {
        max-height: 15rem;
        overflow: auto;
        margin: 0.4rem 0 0;
        padding: 0;
        list-style: none;
      }
      li {
        display: flex;
        flex-wrap: wrap;
        align-items: center;
        gap: 0.3rem 0.8rem;
        padding: 0.2rem 0;
        overflow-wrap: anywhere;
      }
      button {
        min-height: 1.9rem;
        margin-left: auto;
        padding: 0.05rem 0.6rem;
      }
      .good {
        color: var(--for);
      }
      .bad {
        color: var(--against);
        font-weight: 600;
      }
    `,
  ];
}

declare global {
  interface HTMLElementTagNameMap {
    'hv-file-field': FileField;
  }
}
