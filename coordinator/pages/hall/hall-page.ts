import { css, html, LitElement, nothing, type TemplateResult } from 'lit';
import { customElement } from 'lit/decorators.js';
import { listNamed } from '../../../shared/kinds/motion-list.ts';
import { Fit } from '../../../shared/pages/fit.ts';
import { Timers } from '../../../shared/pages/timers.ts';
import { api } from '../parts/api.ts';
import { fingerprint } from '../parts/countdown.ts';
import { Feed } from '../parts/feed.ts';
import { Speech } from '../parts/language.ts';
import { attendanceStyles, attendanceView } from './hall-attendance.ts';
import { resultStyles, resultView } from './hall-result.ts';
import { itemsOf, voteStyles, voteView } from './hall-vote.ts';
import { hallWords } from './hall-words.ts';
import { PAGE_MS, PER_SCREEN } from './layout.ts';

/** The hall's big screen: what everybody may see, large enough for the last row, nothing to click. */
@customElement('hv-hall')
export class HallPage extends LitElement {
  readonly #speech = new Speech(this);
  readonly #feed = new Feed(this, {
    public: ['hall', 'attendance', 'motion', 'turnout', 'result', 'checkpoint', 'secrecy', 'decryption'],
  });
  /** What is on the stage, and since when. */
  #shown = '';
  #shownAt = 0;
  #receiptsAt = `${location.origin}/receipts`;

  constructor() {
    super();
    // The countdown moves and pages turn between messages.
    new Timers(this).always(200, () => {
      if (this.#feed.remaining !== null || this.#isPaged) this.requestUpdate();
    });
    new Fit(this, () => {
      const { isConnected, documents } = this.#feed;
      const { hall, motion, turnout, result, decryption } = documents;
      const page = this.#isPaged ? Math.floor(this.#elapsed / PAGE_MS) : 0;
      return [
        this.#shown,
        page,
        this.#speech.language,
        isConnected,
        hall?.title.zh,
        turnout?.round,
        motion?.hold?.reason,
        motion?.extended,
        result?.round,
        decryption?.tally?.length,
        decryption?.shares.length,
      ].join();
    });
  }

  override connectedCallback(): void {
    super.connectedCallback();
    void api.address().then((address) => {
      this.#receiptsAt = new URL('/receipts', address).href;
      this.requestUpdate();
    });
  }

  get #elapsed(): number {
    return performance.now() - this.#shownAt;
  }

  get #isPaged(): boolean {
    const motion = this.#feed.documents.motion?.motion;
    return motion !== undefined && itemsOf(motion).length > PER_SCREEN;
  }

  override willUpdate(): void {
    const { motion, attendance } = this.#feed.documents;
    const shown = motion ? `${motion.round} ${motion.phase}` : `attendance ${attendance?.roll}`;
    if (shown === this.#shown) return;
    this.#shown = shown;
    this.#shownAt = performance.now();
  }

  override render(): TemplateResult {
    const { documents, isConnected, unread } = this.#feed;
    const words = hallWords[this.#speech.language];
    const { hall, checkpoint, motion } = documents;
    const list = motion && listNamed(motion.motion);
    return html`
      <header>
        <div>
          <p class="congress">${hall ? this.#speech.shown(hall.congress) : ''}</p>
          <p class="sitting">${hall ? this.#speech.shown(hall.title) : ''}</p>
        </div>
        <button lang="mul" @click=${() => this.#speech.toggle()}>${words.other}</button>
      </header>
      ${isConnected ? nothing : html`<p class="lost" role="alert">${hall ? words.lost : words.waiting}</p>`}
      <main>${this.#stage()}</main>
      <footer>
        <span>${hall ? `${this.#speech.text(hall.name)}　${hall.date}` : ''}</span>
        ${unread.size > 0 ? html`<span role="alert">⚠ ${words.unread}</span>` : nothing}
        ${list ? html`<span>${words.list} <b class="code">${fingerprint(list)}</b></span>` : nothing}
        ${checkpoint ? html`<span>${words.checkpoint} <b class="code">${fingerprint(checkpoint.hash)}</b></span>` : nothing}
      </footer>
    `;
  }

  #stage(): TemplateResult | typeof nothing {
    const { attendance, motion, turnout, result, decryption, secrecy } = this.#feed.documents;
    const { language } = this.#speech;
    const words = hallWords[language];
    if (motion?.phase === 'announced' && result?.round === motion.round)
      return resultView(result, this.#elapsed, this.#receiptsAt, words, language);
    if (motion) {
      const live = turnout?.round === motion.round ? turnout : null;
      return voteView(
        {
          motion,
          turnout: live,
          remaining: live && this.#feed.remaining,
          decryption: decryption?.round === motion.round ? decryption : null,
          isOwnKey: secrecy?.secrecy?.holder === 'coordinator',
          receiptsAt: this.#receiptsAt,
          elapsed: this.#elapsed,
        },
        words,
        language,
      );
    }
    return attendance ? attendanceView(attendance, words) : nothing;
  }

  static override styles = [
    css`
      :host {
        display: grid;
        /* A hundredth of the height, on screens narrower than 16:9 of what 16:9 would be. */
        --u: min(1vh, 0.5625vw);
        grid-template-rows: auto auto minmax(0, 1fr) auto;
        height: 100vh;
        overflow: hidden;
        font-size: min(2.6vh, 1.5vw);
        line-height: 1.3;
      }
      header {
        grid-row: 1;
        display: flex;
        justify-content: space-between;
        align-items: center;
        padding: 1.2vh 3vw;
        background: linear-gradient(100deg, var(--red-deep), var(--red) 70%);
        color: var(--on-dark);
        border-bottom: 0.6vh solid var(--gold);
      }
      header p {
        margin: 0;
      }
      .congress {
        font-size: min(4.4vh, 2.5vw);
        font-weight: 700;
        letter-spacing: 0.04em;
      }
      .sitting {
        font-size: min(3vh, 1.7vw);
        opacity: 0.92;
      }
      header button {
        font: inherit;
        font-size: max(12px, 1.8vh);
        color: inherit;
        background: none;
        border: 1px solid color-mix(in srgb, var(--on-dark) 50%, transparent);
        border-radius: 0.4em;
        padding: 0.3em 0.9em;
        cursor: pointer;
      }
      .lost {
        grid-row: 2;
        margin: 0;
        padding: 0.8vh;
        text-align: center;
        font-size: min(3.4vh, 2vw);
        font-weight: 700;
        color: var(--on-dark);
        background: var(--alarm);
      }
      main {
        grid-row: 3;
        min-height: 0;
        padding: 1.6vh 3vw;
        display: flex;
        flex-direction: column;
      }
      footer {
        grid-row: 4;
        display: flex;
        justify-content: space-between;
        padding: 1vh 3vw 1.4vh;
        font-size: min(2.4vh, 1.4vw);
        color: var(--ink-soft);
        border-top: 1px solid var(--line);
      }
      .code {
        color: var(--ink);
        letter-spacing: 0.06em;
        font-variant-numeric: tabular-nums;
      }
      h1 {
        margin: 0;
        font-weight: 700;
        line-height: 1.25;
        text-wrap: balance;
      }
      /* A Chinese glyph's box is taller than its line: unclipped, the last line of a section, whose size is fixed,
         would always count as running over, and everything else be made as small as can be (see Fit). */
      section > :last-child {
        overflow: clip;
      }
      .badge {
        display: inline-block;
        padding: 0.1em 0.6em;
        border: 0.14em solid currentcolor;
        border-radius: 0.3em;
        font-weight: 700;
        color: var(--red);
      }
      /* Not the vote of before: said on gold, and the stage is framed in it. */
      .badge.turn {
        border-color: var(--gold);
        background: var(--gold);
        color: var(--ink);
      }
      main:has(.not-first) {
        box-shadow: inset 0.9vw 0 0 var(--gold), inset -0.9vw 0 0 var(--gold);
      }
    `,
    attendanceStyles,
    voteStyles,
    resultStyles,
  ];
}
