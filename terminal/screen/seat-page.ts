import '@fontsource-variable/noto-sans-sc';
import { css, html, LitElement, nothing, type TemplateResult } from 'lit';
import { customElement, state } from 'lit/decorators.js';
import type { z } from 'zod';
import { Fit } from '../../shared/pages/fit.ts';
import { Timers } from '../../shared/pages/timers.ts';
import { inLanguage, type Language } from '../../shared/protocol/ids.ts';
import { explain } from '../../shared/protocol/reasons.ts';
import type { Read } from '../seat/reading.ts';
import { DRAWN_EVERY_MS, type Drawn } from './drawn.ts';
import { Feed } from './feed.ts';
import { keyLegend, legendStyles } from './key-legend.ts';
import { keyTones } from './key-tones.ts';
import { dropTag, pageLanguage, setPageLanguage, shown } from './page.ts';
import { ballotStyles } from './seat-ballot-styles.ts';
import { seatBody } from './seat-body.ts';
import { messageStyles } from './seat-message-styles.ts';
import { sheetStyles } from './seat-sheet-styles.ts';
import type { Touched } from './touched.ts';
import { type NoticeView, ScreenView } from './view.ts';
import { words } from './words.ts';

/** Type smaller than this share of its size cannot be read from a seat. */
const LEAST_SCALE = 0.5;

/** Below so many seconds the countdown is marked. */
const HURRY_SECONDS = 10;

/** Which build of this page it is: what tells its file's name from that of any other. */
const BUILD = /-([\w-]{4,20})\.js$/.exec(new URL(import.meta.url).pathname)?.[1] ?? null;

/** The seat's screen. */
@customElement('hv-seat')
export class SeatScreen extends LitElement {
  @state() private language: Language = pageLanguage();
  #feed = new Feed(this, '/seat/socket', ScreenView);

  constructor() {
    super();
    // Where nothing is drawn, no frame is asked for, and the terminal does not hear of one.
    const tell = () => this.#feed.send({ drawn: true, build: BUILD } satisfies z.infer<typeof Drawn>);
    new Timers(this).always(DRAWN_EVERY_MS, () => requestAnimationFrame(tell));
    // Everything on the screen but the clock.
    const shown = () =>
      JSON.stringify([this.language, this.#feed.isConnected, { ...this.#feed.value, secondsLeft: null }]);
    new Fit(this, shown, { stage: 'header', least: LEAST_SCALE });
    new Fit(this, shown, { least: LEAST_SCALE });
  }

  override render() {
    const w = words(this.language);
    const view = this.#feed.value;
    this.lang = this.language;
    setPageLanguage(this.language, w.title);
    if (!view) return html`<main class="lost">${w.startingHint}…</main>`;
    return html`<div class="screen ${view.identify ? 'identify' : ''}">
      ${this.#header(view)} ${this.#offline(view)} ${this.#banner(view)}
      <main aria-live="polite">${seatBody(view, this.language)}</main>
      ${view.notice ? html`<p class="notice" role="alert">${noticeText(view.notice, this.language)}</p>` : nothing}
      ${keyLegend(view.keys, this.language, this.#read)}
    </div>`;
  }

  #header({ seat, deputy, sitting, secondsLeft }: ScreenView): TemplateResult {
    const w = words(this.language);
    const isHurry = secondsLeft !== null && secondsLeft <= HURRY_SECONDS;
    return html`<header>
      ${seat ? html`<span class="seat">${w.seat(seat)}</span>` : nothing}
      ${
        deputy
          ? html`<span class="deputy" data-fit><strong>${deputy.name}</strong> ${deputy.delegation}</span>`
          : html`<span class="deputy" data-fit>${sitting ? shown(sitting, this.language) : ''}</span>`
      }
      ${
        secondsLeft === null
          ? nothing
          : html`<span class="countdown ${isHurry ? 'hurry' : ''}" role="timer">${clockText(secondsLeft)}</span>`
      }
      <button class="language" @click=${this.#toggle} aria-label=${w.otherLanguageName}>${w.otherLanguage}</button>
    </header>`;
  }

  /** The seat's line carries nothing: says so, what becomes of the deputy's vote, and what to do. */
  #offline({ isConnected, isRefused, body }: ScreenView): TemplateResult | typeof nothing {
    if (isConnected || isRefused || body.is === 'starting' || body.is === 'self-test') return nothing;
    const w = words(this.language);
    return html`<div class="offline" role="alert">
      <span class="mark" aria-hidden="true">!</span>
      <p><strong>${w.offline}</strong><br />${w.offlineThen[whenOffline(body)]}</p>
    </div>`;
  }

  #banner(view: ScreenView): TemplateResult | typeof nothing {
    const w = words(this.language);
    const lines = [
      this.#feed.isConnected ? null : w.screenLost,
      view.isRefused ? w.linkRefused : null,
      view.panelFault === null ? null : w.because(w.panelFault, view.panelFault[this.language]),
      view.readerFault === null ? null : w.because(w.readerFault, view.readerFault[this.language]),
      ...view.seatFaults.map((fault) => w.seatFaults[fault]),
      ...view.machineFaults.map((fault) => w.machineFaults[fault]),
      view.identify ? w.identify : null,
    ].filter((line) => line !== null);
    if (lines.length === 0) return nothing;
    return html`<div class="banner" role="status">${lines.map((line) => html`<p>${line}</p>`)}</div>`;
  }

  /** What is touched may be read, and nothing else: the terminal decides. */
  #read = (read: Read) => this.#feed.send({ read } satisfies Touched);

  #toggle = () => {
    this.language = this.language === 'zh' ? 'en' : 'zh';
    dropTag(this.language);
  };

  static override styles = [
    keyTones,
    css`
      .screen {
        box-sizing: border-box;
        height: 100vh;
        display: flex;
        flex-direction: column;
        gap: 0.5rem;
        overflow: hidden;
        border: 0 solid var(--rehearsal);
      }
      .screen.identify {
        border-width: 0.7rem;
      }
      header {
        display: flex;
        align-items: center;
        gap: 1.1rem;
        flex: none;
        height: 3.1rem;
        padding: 0 0.9rem;
        background: var(--red);
        color: var(--on-dark);
        font-size: 1.15rem;
      }
      .seat {
        white-space: nowrap;
        padding: 0.1rem 0.7rem;
        border-radius: 0.4rem;
        background: var(--card);
        color: var(--red);
        font-weight: 700;
      }
      .deputy {
        flex: 1;
        box-sizing: border-box;
        max-height: 100%;
        /* A Chinese glyph's box is taller than its line: unpadded, it would count as running over. */
        padding-block: 0.15em;
        font-size: calc(1.15rem * var(--fit, 1));
        line-height: 1.2;
        overflow-wrap: anywhere;
      }
      .deputy strong {
        font-size: 1.3em;
        margin-right: 0.4rem;
      }
      .countdown {
        font-size: 1.9rem;
        font-weight: 800;
        font-variant-numeric: tabular-nums;
        padding: 0 0.6rem;
        border-radius: 0.4rem;
      }
      .countdown.hurry {
        background: var(--signal);
        color: var(--ink);
      }
      .language {
        min-width: 2.9rem;
        height: 2.2rem;
        border: 0.1rem solid color-mix(in srgb, var(--on-dark) 60%, transparent);
        border-radius: 0.4rem;
        background: transparent;
        color: inherit;
        font: inherit;
        font-weight: 600;
      }
      .language:focus-visible {
        outline: 0.2rem solid var(--signal);
      }
      main {
        flex: 1;
        min-height: 0;
        display: flex;
        flex-direction: column;
        gap: 0.5rem;
        padding: 0.2rem 1.2rem;
      }
      main.lost {
        height: 100vh;
        align-items: center;
        justify-content: center;
        font-size: 2rem;
      }
      .offline {
        flex: none;
        display: flex;
        align-items: center;
        gap: 1rem;
        margin-top: -0.5rem;
        padding: 0.4rem 1.2rem;
        background: var(--signal);
        color: var(--ink);
        font-size: 1.45rem;
        font-weight: 600;
        line-height: 1.3;
      }
      :host([lang='en']) .offline {
        font-size: 1.3rem;
      }
      .offline strong {
        font-size: 2rem;
        font-weight: 800;
        line-height: 1.25;
      }
      .offline .mark {
        flex: none;
        display: grid;
        place-items: center;
        width: 3rem;
        height: 3rem;
        border-radius: 0.6rem;
        background: var(--ink);
        color: var(--signal);
        font-size: 2.2rem;
        font-weight: 800;
      }
      .banner {
        flex: none;
        margin-top: -0.5rem;
        padding: 0.25rem 1.2rem;
        background: repeating-linear-gradient(135deg, var(--signal) 0 1rem, color-mix(in srgb, var(--signal) 75%, white) 1rem 2rem);
        color: var(--ink);
        font-size: 1.2rem;
        font-weight: 700;
      }
      .notice {
        flex: none;
        margin: 0 0.6rem;
        padding: 0.35rem 1rem;
        border-radius: 0.5rem;
        background: var(--ink);
        color: var(--on-dark);
        font-size: 1.3rem;
        font-weight: 600;
        line-height: 1.35;
      }
    `,
    legendStyles,
    messageStyles,
    ballotStyles,
    sheetStyles,
  ];
}

/** What a deputy is to know of their vote while the seat is offline. */
function whenOffline(body: ScreenView['body']): 'idle' | 'checkIn' | 'voting' | 'kept' | 'counted' {
  switch (body.is) {
    case 'starting':
    case 'self-test':
    case 'waiting':
    case 'not-enrolled':
    case 'opening':
    case 'not-eligible':
    case 'refused':
    case 'unrecorded':
      return 'idle';
    case 'check-in':
      return 'checkIn';
    case 'sending':
      return body.closed ? 'idle' : 'kept';
    case 'held':
      return body.kept ? 'kept' : body.counted ? 'counted' : 'idle';
    case 'counted':
      return 'counted';
    case 'closed':
      return body.counted ? 'counted' : 'idle';
    default:
      return 'voting';
  }
}

function clockText(seconds: number): string {
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`;
}

function noticeText(notice: NoticeView, language: Language): string {
  const w = words(language);
  switch (notice.type) {
    case 'card-refused':
      return w.because(w.noticeCard, explain(notice.reason, language));
    case 'card-unreadable':
      return w.noticeCardUnreadable;
    case 'not-connected':
      return w.noticeNotConnected;
    case 'unconfirmed':
      return notice.counted ? w.noticeUnconfirmedCounted : w.noticeUnconfirmed;
    case 'recordable':
      return w.noticeRecordable;
    case 'unsealed':
      return w.noticeUnsealed;
    case 'not-counted': {
      const what = notice.title
        ? w.noticeNotCounted(inLanguage(notice.title, language))
        : w.noticeNotCountedEarlier;
      return w.because(what, explain(notice.reason, language));
    }
    case 'counted-late':
      return notice.title ? w.noticeCountedLate(inLanguage(notice.title, language)) : w.noticeCountedEarlier;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'hv-seat': SeatScreen;
  }
}
