import { css, html, nothing, type TemplateResult } from 'lit';
import { inLanguage, type Language } from '../../shared/ids.ts';
import type { Item, Motion } from '../../shared/motion.ts';
import type { MotionDocument, TurnoutDocument } from '../views/documents.ts';
import { clock } from './countdown.ts';
import type { HallWords } from './hall-words.ts';

export interface VoteOnScreen {
  readonly motion: NonNullable<MotionDocument>;
  readonly turnout: TurnoutDocument;
  /** Milliseconds left; null where the chair closes the vote or nothing certain is known. */
  readonly remaining: number | null;
  readonly isConnected: boolean;
}

/** Columns and type size at which `n` items fill the screen and none is cut off. */
export function itemLayout(n: number): { columns: number; size: string } {
  const columns = n > 24 ? 3 : n > 5 ? 2 : 1;
  const rows = Math.ceil(n / columns);
  return {
    columns,
    size: `min(${(40 / Math.max(rows, 6)).toFixed(2)}vh, ${(4.4 / columns + 0.1).toFixed(2)}vw, 4.6vh)`,
  };
}

/** The type size at which a title stands in one line, down to the size at which two lines are better. */
export function titleSize(title: string, most: number): string {
  const width = [...title].reduce((sum, char) => sum + ((char.codePointAt(0) ?? 0) > 0x2e80 ? 1 : 0.55), 0);
  const oneLine = 92 / Math.max(width, 1);
  return `min(${most}vh, ${(oneLine < 3.2 ? Math.min(oneLine * 1.9, 4) : oneLine).toFixed(2)}vw)`;
}

function itemsOf(motion: Motion): readonly Item[] {
  if (motion.kind === 'selection') return motion.candidates;
  return motion.kind === 'appraisal' ? motion.items : [];
}

function itemList(motion: Motion, language: Language): TemplateResult | typeof nothing {
  const items = itemsOf(motion);
  if (items.length === 0) return nothing;
  const { columns, size } = itemLayout(items.length);
  return html`<ol class="items" style="--columns:${columns};--rows:${Math.ceil(items.length / columns)};font-size:${size}">
    ${items.map(({ title }, i) => html`<li><span class="number">${i + 1}</span>${inLanguage(title, language)}</li>`)}
  </ol>`;
}

function progress({ cast, present }: NonNullable<TurnoutDocument>, words: HallWords): TemplateResult {
  const share = present === 0 ? 0 : (cast / present) * 100;
  return html`<div class="turnout">
    <div class="bar" role="img" aria-label="${words.cast} ${cast} / ${words.present} ${present}"><div style="width:${share}%"></div></div>
    <p><span>${words.cast}</span> <b>${cast}</b> <span>/ ${words.present} ${present}</span></p>
  </div>`;
}

function countdown(
  { motion: { motion }, remaining, isConnected }: VoteOnScreen,
  words: HallWords,
): TemplateResult {
  if (remaining !== null)
    return html`<p class="countdown ${remaining < 10_000 ? 'ending' : ''}"><span>${words.timeLeft}</span><b role="timer">${clock(remaining)}</b></p>`;
  return html`<p class="countdown"><span>${motion.seconds === null || !isConnected ? words.chairCloses : ''}</span></p>`;
}

/** A vote while it is open, and until its result is announced: never a figure of what was chosen (G4). */
export function voteView(vote: VoteOnScreen, words: HallWords, language: Language): TemplateResult {
  const { motion, turnout } = vote;
  const { phase, rehearsal } = motion;
  const subject = motion.motion;
  const text = subject.kind === 'selection' ? words.places(subject.places, subject.candidates.length) : null;
  const says = subject.text && subject.kind === 'decision' ? inLanguage(subject.text, language) : text;
  const title = inLanguage(subject.title, language);
  return html`<section class="vote ${rehearsal ? 'rehearsal' : ''} ${subject.kind}">
    ${rehearsal ? html`<div class="watermark" aria-hidden="true">${words.rehearsal}</div>` : nothing}
    <p class="phase">
      ${rehearsal ? html`<span class="badge">${words.rehearsal}</span>` : nothing}
      ${phase === 'open' ? html`<span class="live"></span>${words.open}` : nothing}
    </p>
    <h1 style="font-size:${titleSize(title, subject.kind === 'decision' ? 9 : 7)}">${title}</h1>
    ${says ? html`<p class="text">${says}</p>` : nothing}
    ${itemList(subject, language)}
    <div class="below">
      ${phase === 'open' ? countdown(vote, words) : html`<p class="waiting">${phase === 'voided' ? words.voided : words.closed}</p>`}
      ${turnout && phase !== 'voided' ? progress(turnout, words) : nothing}
    </div>
  </section>`;
}

export const voteStyles = css`
  .vote {
    position: relative;
    display: flex;
    flex-direction: column;
    height: 100%;
    min-height: 0;
  }
  .phase {
    margin: 0;
    font-size: min(3.6vh, 2.1vw);
    color: var(--red);
    font-weight: 600;
    min-height: 1.3em;
  }
  .live {
    display: inline-block;
    width: 0.6em;
    height: 0.6em;
    margin-right: 0.4em;
    border-radius: 50%;
    background: var(--red);
  }
  .vote.decision h1 {
    margin-top: 5vh;
    text-align: center;
  }
  .vote .text {
    margin: 1vh 0 0;
    font-size: min(3.6vh, 2.1vw);
    color: var(--ink-soft);
  }
  .vote.decision .text {
    margin-top: 3vh;
    text-align: center;
    font-size: min(4.6vh, 2.7vw);
  }
  .items {
    flex: 1;
    min-height: 0;
    display: grid;
    grid-template-columns: repeat(var(--columns), 1fr);
    grid-template-rows: repeat(var(--rows), 1fr);
    grid-auto-flow: column;
    gap: 0 3vw;
    margin: 2vh 0 0;
    padding: 0;
    list-style: none;
    line-height: 1.2;
  }
  .items li {
    display: flex;
    align-items: center;
    gap: 0.6em;
    border-bottom: 1px solid var(--line);
  }
  .number {
    flex: none;
    min-width: 1.7em;
    text-align: right;
    color: var(--red);
    font-weight: 700;
    font-variant-numeric: tabular-nums;
  }
  .below {
    margin-top: auto;
    padding-top: 2vh;
  }
  .countdown,
  .waiting {
    margin: 0 0 1vh;
    text-align: center;
    font-size: min(3.6vh, 2.1vw);
    color: var(--ink-soft);
  }
  .waiting {
    font-size: min(6vh, 3.4vw);
    font-weight: 700;
    color: var(--red);
  }
  .countdown b {
    margin-left: 0.3em;
    font-size: min(10vh, 5.6vw);
    line-height: 1.1;
    color: var(--ink);
    font-variant-numeric: tabular-nums;
  }
  .countdown.ending b {
    color: var(--against);
  }
  .turnout .bar {
    height: 4.4vh;
    border: 0.3vh solid var(--ink);
    border-radius: 2.4vh;
    overflow: hidden;
    background: #fff;
  }
  .turnout .bar div {
    height: 100%;
    background: var(--red);
    transition: width 0.3s;
  }
  .turnout p {
    margin: 0.6vh 0 0;
    text-align: center;
    font-size: min(4.6vh, 2.7vw);
  }
  .turnout b {
    font-size: min(9vh, 5.2vw);
    line-height: 1.1;
    font-variant-numeric: tabular-nums;
  }
  .vote:not(.decision) .turnout {
    display: grid;
    grid-template-columns: 1fr auto;
    align-items: center;
    gap: 2vw;
  }
  .vote:not(.decision) .countdown {
    text-align: right;
    margin: 0;
  }
  .vote:not(.decision) .countdown b,
  .vote:not(.decision) .turnout b {
    font-size: min(5.6vh, 3.2vw);
  }
  .vote:not(.decision) .turnout p {
    margin: 0;
    font-size: min(3.6vh, 2.1vw);
  }
  .watermark {
    position: absolute;
    inset: 0;
    display: grid;
    place-items: center;
    font-size: 26vh;
    font-weight: 800;
    letter-spacing: 0.1em;
    color: var(--red);
    opacity: 0.07;
    rotate: -14deg;
    pointer-events: none;
  }
  @media (prefers-reduced-motion: reduce) {
    .turnout .bar div {
      transition: none;
    }
  }
`;
