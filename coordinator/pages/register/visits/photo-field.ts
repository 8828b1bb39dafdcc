import { css, html, LitElement, nothing, type TemplateResult } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import type { Language } from '../../../../shared/protocol/ids.ts';
import { controls } from '../../parts/shared-styles.ts';
import type { Photo } from './kept.ts';
import { shrunk } from './shrink.ts';
import { visitsWords } from './visits-words.ts';

/** As many as an act may have. */
const MOST = 20;

/** Photographs from the camera or the album, made small before anybody keeps them. */
@customElement('hv-photo-field')
export class PhotoField extends LitElement {
  @property() language: Language = 'zh';
  @property({ attribute: false }) photos: readonly Photo[] = [];
  @property({ attribute: false }) onPhotos: (photos: readonly Photo[]) => void = () => {};
  @state() private busy = 0;
  @state() private problem = '';

  /** Whether a photograph is still being made small. */
  get isBusy(): boolean {
    return this.busy > 0;
  }

  override render(): TemplateResult {
    const words = visitsWords[this.language];
    return html`<div class="take">${this.#input(words.camera, true)}${this.#input(words.album, false)}</div>
      ${this.problem ? html`<p class="bad" role="alert">${this.problem}</p>` : nothing}
      ${this.busy > 0 ? html`<p class="soft" role="status">${words.shrinking}</p>` : nothing}
      <ul>${this.photos.map((photo, i) => {
        const name = words.photo(i + 1);
        return html`<li><img src=${photo.small} alt=${name} /><button type="button" aria-label="${words.remove} ${name}" @click=${() => this.#remove(photo)}>✕</button></li>`;
      })}</ul>`;
  }

  #input(label: string, isCamera: boolean): TemplateResult {
    const isFull = this.photos.length >= MOST;
    return html`<label>${label}${
      isCamera
        ? html`<input type="file" accept="image/*" .capture=${'environment'} ?disabled=${isFull} @change=${this.#onFiles} />`
        : html`<input type="file" accept="image/*" multiple ?disabled=${isFull} @change=${this.#onFiles} />`
    }</label>`;
  }

  #remove(photo: Photo): void {
    this.#become(this.photos.filter((each) => each !== photo));
  }

  #become(photos: readonly Photo[]): void {
    this.photos = photos;
    this.onPhotos(photos);
  }

  readonly #onFiles = async ({ target }: Event): Promise<void> => {
    if (!(target instanceof HTMLInputElement)) return;
    const chosen = [...(target.files ?? [])];
    target.value = '';
    const words = visitsWords[this.language];
    this.problem = '';
    this.busy += 1;
    // One after the other: a telephone has little memory for twelve megapixels at once.
    for (const file of chosen) {
      if (this.photos.length >= MOST) {
        this.problem = words.tooMany;
        break;
      }
      const photo = await shrunk(file);
      if (photo) this.#become([...this.photos, photo]);
      else this.problem = words.notPicture;
    }
    this.busy -= 1;
  };

  static override styles = [
    controls,
    css`
      .take {
        display: grid;
        grid-template-columns: 1fr 1fr;
        gap: 0.6rem;
      }
      .take label {
        position: relative;
        display: grid;
        place-items: center;
        min-height: 3.4rem;
        border: 2px dashed var(--line-strong);
        border-radius: 0.5rem;
        background: var(--card);
        font-weight: 600;
      }
      .take label:focus-within {
        outline: 3px solid var(--focus);
        outline-offset: 2px;
      }
      .take input {
        position: absolute;
        inset: 0;
        width: 100%;
        height: 100%;
        opacity: 0;
      }
      ul {
        display: grid;
        grid-template-columns: repeat(auto-fill, minmax(6rem, 1fr));
        gap: 0.5rem;
        margin: 0.6rem 0 0;
        padding: 0;
        list-style: none;
      }
      li {
        position: relative;
        aspect-ratio: 1;
      }
      img {
        width: 100%;
        height: 100%;
        object-fit: cover;
        border-radius: 0.4rem;
      }
      li button {
        position: absolute;
        top: 0.15rem;
        right: 0.15rem;
        width: 2.75rem;
        min-height: 2.75rem;
        padding: 0;
        border-radius: 50%;
        font-weight: 700;
      }
      p {
        margin: 0.4rem 0 0;
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
    'hv-photo-field': PhotoField;
  }
}
