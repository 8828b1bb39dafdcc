import { css, html, LitElement, nothing, type TemplateResult } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import type { Language } from '../../../../shared/protocol/ids.ts';
import type { ProposalRow } from '../../../contract/register/documents.ts';
import { controls } from '../../parts/shared-styles.ts';
import type { NameOf } from '../parts/sheet-view.ts';
import { deskWords } from './desk-words.ts';
import { chipStyles, outcomeChip } from './outcome-chip.ts';

/** A page of the queue: each proposal a line that can be opened and marked. */
@customElement('hv-desk-queue')
export class DeskQueue extends LitElement {
  @property() language: Language = 'zh';
  @property({ attribute: false }) rows: readonly ProposalRow[] = [];
  /** Only what is still to be done is asked for, and all of it. */
  @property({ type: Boolean }) isOpenOnly = false;
  @property({ attribute: false }) name: NameOf = (_kind, id) => id;
  @property() current = '';
  /** Whether anything is done with several at once. */
  @property({ type: Boolean }) isMarkable = false;
  @property({ attribute: false }) marked: ReadonlySet<string> = new Set();
  @property({ attribute: false }) onOpen: (row: ProposalRow) => void = () => {};
  @property({ attribute: false }) onMark: (row: ProposalRow) => void = () => {};

  /** Puts the keyboard on the line of a proposal. */
  async focusOn(id: string): Promise<void> {
    await this.updateComplete;
    const line = this.renderRoot.querySelector<HTMLElement>(`button[data-open="${id}"]`);
    line?.focus({ preventScroll: true });
    line?.closest('li')?.scrollIntoView({ block: 'nearest' });
  }

  override render(): TemplateResult {
    const words = deskWords[this.language];
    if (this.rows.length === 0)
      return html`<p class="soft empty">${this.isOpenOnly ? words.allDone : words.empty}</p>`;
    return html`<ol aria-label=${words.queue}>${this.rows.map((row) => this.#line(row))}</ol>`;
  }

  #line(row: ProposalRow): TemplateResult {
    const words = deskWords[this.language];
    const isHere = row.id === this.current;
    const isMarked = this.marked.has(row.id);
    const title = row.title ?? words.unread;
    return html`<li class="${isHere ? 'here' : ''} ${isMarked ? 'marked' : ''}" data-proposal=${row.id}>
      ${this.isMarkable ? html`<label class="mark"><input type="checkbox" .checked=${isMarked} aria-label=${words.markOne(title)} @change=${() => this.onMark(row)} /></label>` : nothing}
      <button class="open" data-open=${row.id} aria-current=${isHere ? 'true' : 'false'} @click=${() => this.onOpen(row)}>
        <span class="title ${row.title === null ? 'soft' : ''}">${title}</span>
        <span class="meta">${outcomeChip(row, this.language)} ${this.#facts(row)}</span>
      </button>
    </li>`;
  }

  #facts({
    id,
    source,
    channel,
    category,
    area,
    seconds,
    opinions,
    attachments,
  }: ProposalRow): TemplateResult {
    const words = deskWords[this.language];
    const facts = [
      `${words.sources[source]}·${words.channels[channel]}`,
      category === null ? words.none : this.name('categories', category),
      ...(area === null ? [] : [this.name('areas', area)]),
      ...(seconds > 0 ? [words.seconds(seconds)] : []),
      ...(opinions > 0 ? [words.opinions(opinions)] : []),
      ...(attachments > 0 ? [words.files(attachments)] : []),
    ];
    return html`<code>${id}</code>${facts.map((fact) => html`<span>${fact}</span>`)}`;
  }

  static override styles = [
    controls,
    chipStyles,
    css`
      ol {
        margin: 0;
        padding: 0;
        list-style: none;
      }
      li {
        display: flex;
        align-items: stretch;
        border-bottom: 1px solid var(--line);
        border-left: 0.3rem solid transparent;
        background: var(--card);
      }
      li.here {
        border-left-color: var(--red);
        background: var(--warn-wash);
      }
      li.marked {
        background: color-mix(in srgb, var(--go) 9%, var(--card));
      }
      .mark {
        display: grid;
        place-items: center;
        width: 2.3rem;
        cursor: pointer;
      }
      input {
        width: 1.15rem;
        min-height: 1.15rem;
        margin: 0;
        accent-color: var(--go);
      }
      .open {
        display: grid;
        gap: 0.25rem;
        flex: 1;
        min-width: 0;
        padding: 0.5rem 0.7rem 0.55rem 0.6rem;
        border: none;
        border-radius: 0;
        background: none;
        text-align: left;
      }
      .open:focus-visible {
        outline-offset: -3px;
      }
      .title {
        font-weight: 600;
        overflow-wrap: anywhere;
      }
      .meta {
        display: flex;
        flex-wrap: wrap;
        align-items: center;
        gap: 0.15rem 0.7rem;
        color: var(--ink-soft);
        font-size: 0.88rem;
      }
      code {
        font-family: ui-monospace, Consolas, 'Liberation Mono', monospace;
      }
      .empty {
        padding: 1rem;
      }
    `,
  ];
}

declare global {
  interface HTMLElementTagNameMap {
    'hv-desk-queue': DeskQueue;
  }
}
