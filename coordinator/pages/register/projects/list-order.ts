import { css, html, LitElement, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import { repeat } from 'lit/directives/repeat.js';
import type { Language } from '../../../../shared/protocol/ids.ts';
import type { CycleDocument, ProjectDocument } from '../../../contract/register/documents.ts';
import { toRead } from '../../parts/language.ts';
import { controls } from '../../parts/shared-styles.ts';
import { moved, orderOf, surplusOf } from './order.ts';
import { projectsWords } from './projects-words.ts';

/** The candidates in the order of the ballot and the number of places, while the government puts its list together. */
@customElement('hv-list-order')
export class ListOrder extends LitElement {
  @property() language: Language = 'zh';
  @property({ attribute: false }) cycle: CycleDocument | null = null;
  @property({ attribute: false }) onSubmitList: (places: number, projects: readonly string[]) => void =
    () => {};
  @state() private order: readonly string[] = [];
  @state() private places = '';
  @state() private said = '';
  @state() private dragged: string | null = null;

  protected override willUpdate(changed: PropertyValues): void {
    if (!changed.has('cycle') || !this.cycle) return;
    const { submitted } = this.cycle;
    const before = this.order.length > 0 ? this.order : (submitted?.projects ?? []);
    this.order = orderOf(
      before,
      this.#candidates.map(({ id }) => id),
    );
    if (this.places === '' && submitted) this.places = String(submitted.places);
  }

  get #candidates(): readonly ProjectDocument[] {
    return (this.cycle?.projects ?? []).filter(({ state }) => state === 'candidate');
  }

  override render(): TemplateResult {
    const words = projectsWords[this.language];
    const { order, cycle } = this;
    if (order.length === 0) return html`<p class="soft">${words.noCandidates}</p>`;
    const places = Number(this.places);
    const surplus = surplusOf(order.length, places);
    const onPlaces = ({ target }: Event) => {
      if (target instanceof HTMLInputElement) this.places = target.value.trim();
    };
    return html`<p><b>${words.order(order.length)}</b><br /><span class="soft">${words.orderHint}</span></p>
      <ol>${repeat(
        order,
        (id) => id,
        (id, i) => this.#line(id, i),
      )}</ol>
      <p class="unseen" role="status">${this.said}</p>
      <div class="places"><label>${words.places} <input type="number" min="1" max="99" name="places" .value=${this.places} @input=${onPlaces} /></label>
        <b class=${surplus ? 'good' : 'bad'} role="status">${surplus ? `✓ ${words.surplus(surplus.more, surplus.percent)}` : this.places === '' ? nothing : `✕ ${words.noSurplus}`}</b>
        <button class="main" data-act="submit-list" ?disabled=${surplus === null} @click=${() => this.onSubmitList(places, order)}>${cycle?.submitted ? words.resubmit : words.submit}</button></div>`;
  }

  #line(id: string, i: number): TemplateResult {
    const words = projectsWords[this.language];
    const title = this.#title(id);
    const onDrop = (event: DragEvent) => {
      event.preventDefault();
      if (this.dragged !== null) this.#move(this.dragged, i);
      this.dragged = null;
    };
    const move = (to: number) => (event: Event) => {
      this.#move(id, to);
      const { currentTarget } = event;
      // The keyboard goes along with what it moves.
      void this.updateComplete.then(() => {
        if (currentTarget instanceof HTMLButtonElement && !currentTarget.disabled) currentTarget.focus();
      });
    };
    return html`<li draggable="true" data-project=${id} class=${this.dragged === id ? 'dragged' : ''}
      @dragstart=${() => {
        this.dragged = id;
      }} @dragend=${() => {
        this.dragged = null;
      }} @dragover=${(event: DragEvent) => event.preventDefault()} @drop=${onDrop}>
      <span class="grip" aria-hidden="true">⠿</span><span class="number">${i + 1}</span><span class="title">${title}</span>
      <button data-act="up" aria-label="${words.up}: ${title}" ?disabled=${i === 0} @click=${move(i - 1)}>↑</button>
      <button data-act="down" aria-label="${words.down}: ${title}" ?disabled=${i === this.order.length - 1} @click=${move(i + 1)}>↓</button>
    </li>`;
  }

  #title(id: string): string {
    const found = this.#candidates.find((one) => one.id === id);
    return found ? toRead(found.sheet.title, this.language) : id;
  }

  #move(id: string, to: number): void {
    this.order = moved(this.order, this.order.indexOf(id), to);
    this.said = projectsWords[this.language].movedTo(this.#title(id), this.order.indexOf(id) + 1);
  }

  static override styles = [
    controls,
    css`
      ol {
        margin: 0;
        padding: 0;
        border: 1px solid var(--line);
        list-style: none;
      }
      li {
        display: flex;
        align-items: center;
        gap: 0.6rem;
        padding: 0.35rem 0.7rem;
        border-bottom: 1px solid var(--line);
        background: var(--card);
        cursor: grab;
      }
      li:last-child {
        border-bottom: none;
      }
      li.dragged {
        opacity: 0.5;
      }
      .grip {
        color: var(--quiet);
      }
      .number {
        min-width: 1.6rem;
        font-weight: 700;
        text-align: right;
        font-variant-numeric: tabular-nums;
      }
      .title {
        flex: 1;
        overflow-wrap: anywhere;
      }
      li button {
        min-height: 2.1rem;
        padding: 0 0.7rem;
      }
      .places {
        display: flex;
        flex-wrap: wrap;
        align-items: center;
        gap: 0.6rem 1.2rem;
        margin-top: 0.8rem;
      }
      .places input {
        width: 5rem;
      }
      .places button {
        margin-left: auto;
      }
      .good {
        color: var(--for);
      }
      .bad {
        color: var(--against);
      }
    `,
  ];
}

declare global {
  interface HTMLElementTagNameMap {
    'hv-list-order': ListOrder;
  }
}
