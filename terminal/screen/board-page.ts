import '@fontsource-variable/noto-sans-sc';
import { css, html, LitElement, type TemplateResult } from 'lit';
import { customElement } from 'lit/decorators.js';
import { KEYS, type Key } from '../../hardware/capabilities.ts';
import { Timers } from '../../shared/pages/timers.ts';
import { type BoardAct, BoardView } from './board-messages.ts';
import { Feed } from './feed.ts';
import { keyTones } from './key-tones.ts';
import { pageLanguage, setPageLanguage } from './page.ts';
import { words } from './words.ts';

/** A finger never presses shorter; the debounce of the keys would not see it. */
const LEAST_PRESS_MS = 60;

const TONES = ['move', 'yes', 'no', 'middle', 'go'] as const;

/** The simulated seat: its screen, cards to tap, five keys to press, and the lamps as the pins drive them. */
@customElement('hv-board')
export class Board extends LitElement {
  #language = pageLanguage();
  #feed = new Feed(this, '/board/socket', BoardView);
  readonly #timers = new Timers(this);
  #held = new Map<Key, number>();

  override connectedCallback(): void {
    super.connectedCallback();
    addEventListener('keydown', this.#keyDown);
    addEventListener('keyup', this.#keyUp);
    addEventListener('pointerup', this.#letGo);
    addEventListener('blur', this.#letGo);
    this.lang = this.#language;
    setPageLanguage(this.#language, words(this.#language).boardTitle);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    removeEventListener('keydown', this.#keyDown);
    removeEventListener('keyup', this.#keyUp);
    removeEventListener('pointerup', this.#letGo);
    removeEventListener('blur', this.#letGo);
  }

  override render() {
    const w = words(this.#language);
    const view = this.#feed.value;
    return html`<div class="desk">
      <iframe src="/seat?lang=${this.#language}" title=${w.title}></iframe>
      <section class="panel" aria-label=${w.boardPanel}>
        ${KEYS.map((key, i) => this.#key(key, view?.lamps[i] ?? false))}
      </section>
      <section class="tray" aria-label=${w.boardCards}>
        ${view?.cards.map(({ card, label }) => this.#card(card, label))}
        <form @submit=${this.#tapTyped}>
          <input name="card" aria-label=${w.boardCard} placeholder=${w.boardCard} autocomplete="off" />
          <button>${w.boardTap}</button>
        </form>
        <p>${w.boardHint}</p>
      </section>
    </div>`;
  }

  #key(key: Key, isLit: boolean): TemplateResult {
    const w = words(this.#language);
    return html`<div class="slot">
      <span class="lamp ${isLit ? 'lit' : ''}" role="img" aria-label=${isLit ? '●' : '○'}></span>
      <button
        class="key ${TONES[key - 1]} ${this.#held.has(key) ? 'down' : ''}"
        data-key=${key}
        @pointerdown=${() => this.#hold(key, true)}
        @keydown=${(event: KeyboardEvent) => isPressKey(event) && this.#hold(key, true)}
        @keyup=${(event: KeyboardEvent) => isPressKey(event) && this.#hold(key, false)}
      >
        <small>${key}</small>${w.boardKeys[key - 1]}
      </button>
    </div>`;
  }

  #card(card: string, label: string): TemplateResult {
    return html`<button class="card" data-card=${card} @click=${() => this.#act({ act: 'tap', card })}>
      <strong>${label}</strong><small>${card}</small>
    </button>`;
  }

  #act(act: BoardAct): void {
    this.#feed.send(act);
  }

  #hold(key: Key, isDown: boolean): void {
    const since = this.#held.get(key);
    if ((since !== undefined) === isDown) return;
    if (since === undefined) {
      this.#held.set(key, performance.now());
      this.#act({ act: 'hold', key, isDown: true });
    } else {
      this.#held.delete(key);
      const left = Math.max(0, since + LEAST_PRESS_MS - performance.now());
      this.#timers.after(left, () => this.#act({ act: 'hold', key, isDown: false }));
    }
    this.requestUpdate();
  }

  #letGo = () => {
    for (const key of [...this.#held.keys()]) this.#hold(key, false);
  };

  #keyDown = (event: KeyboardEvent) => this.#digit(event, true);
  #keyUp = (event: KeyboardEvent) => this.#digit(event, false);

  #digit(event: KeyboardEvent, isDown: boolean): void {
    const key = KEYS.find((k) => event.key === String(k));
    const isTyping = event.composedPath().some((target) => target instanceof HTMLInputElement);
    if (key !== undefined && !isTyping) this.#hold(key, isDown);
  }

  #tapTyped = (event: SubmitEvent) => {
    event.preventDefault();
    const form = event.target;
    if (!(form instanceof HTMLFormElement)) return;
    const card = String(new FormData(form).get('card') ?? '').trim();
    if (card !== '') this.#act({ act: 'tap', card });
    form.reset();
  };

  static override styles = [
    keyTones,
    css`
    .desk {
      box-sizing: border-box;
      min-height: 100vh;
      padding: 1rem;
      display: grid;
      grid-template-columns: min(100%, 92vh, 60rem);
      justify-content: center;
      align-content: start;
      gap: 0.8rem;
      background: var(--line);
      font-size: 16px;
    }
    iframe {
      width: 100%;
      aspect-ratio: 5 / 3;
      border: 10px solid var(--ink);
      border-radius: 12px;
      box-sizing: border-box;
      background: var(--paper);
    }
    .panel {
      display: grid;
      grid-template-columns: repeat(5, 1fr);
      gap: 10px;
      padding: 8px 14px 14px;
      border-radius: 12px;
      background: color-mix(in srgb, var(--ink) 85%, white);
    }
    .slot {
      display: grid;
      justify-items: center;
      gap: 8px;
    }
    .lamp {
      width: 18px;
      height: 18px;
      border-radius: 50%;
      background: color-mix(in srgb, var(--ink) 80%, black);
      border: 2px solid color-mix(in srgb, var(--ink) 65%, white);
    }
    .lamp.lit {
      background: color-mix(in srgb, var(--signal) 75%, white);
      border-color: color-mix(in srgb, var(--signal) 30%, white);
      box-shadow: 0 0 14px 4px color-mix(in srgb, var(--signal) 80%, transparent);
    }
    .key {
      width: 100%;
      height: 74px;
      border: 0;
      border-radius: 10px;
      background: var(--tone);
      color: var(--on-dark);
      font: inherit;
      font-size: 20px;
      font-weight: 700;
      box-shadow: 0 6px 0 color-mix(in srgb, var(--ink) 55%, transparent);
      touch-action: none;
      user-select: none;
      cursor: pointer;
    }
    .key small {
      display: block;
      font-size: 12px;
      opacity: 0.8;
    }
    .key.down {
      transform: translateY(5px);
      box-shadow: 0 1px 0 color-mix(in srgb, var(--ink) 55%, transparent);
    }
    .key:focus-visible,
    .card:focus-visible {
      outline: 3px solid var(--signal);
      outline-offset: 2px;
    }
    .tray {
      display: flex;
      flex-wrap: wrap;
      align-items: center;
      gap: 12px;
    }
    .card {
      display: grid;
      gap: 6px;
      min-width: 150px;
      padding: 26px 14px 8px;
      border: 1px solid var(--red);
      border-radius: 10px;
      background: linear-gradient(var(--red) 0 16px, var(--card) 16px);
      color: var(--ink);
      font: inherit;
      text-align: left;
      cursor: pointer;
    }
    .card strong {
      font-size: 18px;
    }
    .card small {
      font-family: ui-monospace, "DejaVu Sans Mono", monospace;
      color: var(--move);
    }
    .card:active {
      transform: translateY(-6px);
    }
    form {
      display: flex;
      gap: 6px;
    }
    input,
    form button {
      font: inherit;
      padding: 8px 10px;
      border: 1px solid var(--ink-soft);
      border-radius: 6px;
      width: 12em;
      background: var(--card);
    }
    form button {
      width: auto;
      cursor: pointer;
    }
    p {
      margin: 0 0 0 auto;
      color: var(--ink-soft);
    }
  `,
  ];
}

function isPressKey(event: KeyboardEvent): boolean {
  return event.key === ' ' || event.key === 'Enter';
}

declare global {
  interface HTMLElementTagNameMap {
    'hv-board': Board;
  }
}
