import { css, html, nothing, type TemplateResult } from 'lit';
import type { Item } from '../../../shared/kinds/common.ts';
import { kindOf, type Motion } from '../../../shared/kinds/kinds.ts';
import { type Turn, turnsOf } from '../../../shared/kinds/turn.ts';
import type { Language } from '../../../shared/protocol/ids.ts';
import { label, TURN_TERMS } from '../../../shared/terms.ts';
import type { DecryptionDocument, MotionDocument, TurnoutDocument } from '../../contract/documents.ts';
import { clock } from '../parts/countdown.ts';
import { shown, toRead } from '../parts/language.ts';
import { qrCode } from '../parts/qr.ts';
import type { HallWords } from './hall-words.ts';
import { hallKind } from './kinds/hall-kinds.ts';
import { itemColumns, pageAt, pagesOf, titleSize } from './layout.ts';

export interface VoteOnScreen {
  readonly motion: NonNullable<MotionDocument>;
  readonly turnout: TurnoutDocument;
  /** Milliseconds left; null where the chair closes the vote or nothing certain is known. */
  readonly remaining: number | null;
  /** Of a secret vote: how far its decryption is. */
  readonly decryption: DecryptionDocument;
  /** Whether the coordinator alone holds the key of secret votes. */
  readonly isOwnKey: boolean;
  /** Where the list of receipt codes is. */
  readonly receiptsAt: string;
  /** How long this has been on screen: what turns the pages of a long list. */
  readonly elapsed: number;
}

/** Says that this is not the first vote on its matter, and why. */
export function turnMarks(turns: readonly Turn[], language: Language): TemplateResult[] {
  return turns.map((turn) => html`<span class="badge turn">${label(TURN_TERMS[turn], language)}</span>`);
}

/** Candidates or items of a motion; a decision has none. */
export const itemsOf = (motion: Motion): readonly Item[] => kindOf(motion.kind).parts(motion);

/** Says which page of a long list is on screen. */
export function pageMark(page: number, pages: number, words: HallWords): TemplateResult | typeof nothing {
  return pages > 1 ? html`<span class="badge">${words.page(page + 1, pages)}</span>` : nothing;
}

function itemList(items: readonly Item[], from: number, language: Language) {
  if (items.length === 0) return nothing;
  const columns = itemColumns(items.length);
  const rows = Math.ceil(items.length / columns);
  return html`<ol class="items columns-${columns}" data-fit style="--columns:${columns};--rows:${rows}">
    ${items.map(({ title }, i) => html`<li><span class="number">${from + i + 1}</span><span>${shown(title, language)}</span></li>`)}
  </ol>`;
}

function progress({ cast, present }: NonNullable<TurnoutDocument>, words: HallWords): TemplateResult {
  const share = present === 0 ? 0 : Math.min(100, (cast / present) * 100);
  return html`<div class="turnout">
    <div class="bar" role="img" aria-label="${words.cast} ${cast} / ${words.present} ${present}"><div style="width:${share}%"></div></div>
    <p><span>${words.cast}</span> <b>${cast}</b> <span>/ ${words.present} ${present}</span></p>
  </div>`;
}

function countdown({ motion: vote, remaining }: VoteOnScreen, words: HallWords): TemplateResult {
  const { motion, extended } = vote;
  if (motion.seconds === null) return html`<p class="countdown"><span>${words.chairCloses}</span></p>`;
  const ending = remaining !== null && remaining < 10_000 ? 'ending' : '';
  const later = extended > 0 ? `（${words.extended(extended)}）` : '';
  return html`<p class="countdown ${ending}"><span>${words.timeLeft}${later}</span><b role="timer">${remaining === null ? '–:––' : clock(remaining)}</b></p>`;
}

/** Whether the open vote goes on or stands still (暂停), and why. */
function state({ hold }: NonNullable<MotionDocument>, words: HallWords): TemplateResult {
  return hold
    ? html`<span class="hold"><span aria-hidden="true">Ⅱ</span> ${words.held}<span class="why">${hold.reason}</span></span>`
    : html`<span><span class="live"></span>${words.open}</span>`;
}

/** What the hall waits for after the close. */
function waitingFor({ decryption, motion }: VoteOnScreen, words: HallWords): string {
  if (motion.phase === 'voided') return words.voided;
  if (!decryption || decryption.result) return words.closed;
  return decryption.tally === null
    ? words.counting
    : words.decrypting(decryption.shares.length, decryption.needed);
}

/** The way to the receipt codes, from the close of a secret vote on. */
export function receiptsCode(address: string, words: HallWords): TemplateResult {
  return html`<figure class="receipts">${qrCode(address, words.receipts)}<figcaption>${words.receipts}</figcaption></figure>`;
}

/** A vote while it is open, and until its result is announced: never a figure of what was chosen (G4). */
export function voteView(vote: VoteOnScreen, words: HallWords, language: Language): TemplateResult {
  const { motion, turnout } = vote;
  const { phase, rehearsal } = motion;
  const subject = motion.motion;
  const { says, titleSize: size } = hallKind(subject.kind);
  const text = says(subject, words, language);
  const title = toRead(subject.title, language);
  const pages = pagesOf(itemsOf(subject));
  const page = pageAt(vote.elapsed, pages.length);
  const from = pages.slice(0, page).reduce((sum, items) => sum + items.length, 0);
  const turns = turnsOf(subject, motion.round);
  return html`<section class="vote ${subject.kind} ${phase} ${turns.length > 0 ? 'not-first' : ''}">
    ${rehearsal ? html`<div class="watermark" aria-hidden="true"><span>${words.rehearsal}</span></div>` : nothing}
    <p class="phase" role="status">
      ${rehearsal ? html`<span class="badge">${words.rehearsal}</span>` : nothing}
      ${turnMarks(turns, language)}
      ${phase === 'open' ? state(motion, words) : nothing}
      ${subject.voting === 'secret' ? html`<span class="badge secret">${words.secret}${vote.isOwnKey ? `（${words.ownKey}）` : ''}</span>` : nothing}
      ${pageMark(page, pages.length, words)}
    </p>
    <h1 style="font-size:calc(${titleSize(title, size)} * var(--fit-title, 1))">${shown(subject.title, language)}</h1>
    ${text ? html`<p class="text">${text}</p>` : nothing}
    ${itemList(pages[page] ?? [], from, language)}
    <div class="below">
      ${phase === 'open' ? countdown(vote, words) : html`<p class="waiting" role="status">${waitingFor(vote, words)}</p>`}
      ${turnout && phase !== 'voided' ? progress(turnout, words) : nothing}
      ${phase === 'closed' && vote.decryption?.tally ? receiptsCode(vote.receiptsAt, words) : nothing}
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
    display: flex;
    align-items: center;
    gap: 1em;
    margin: 0;
    font-size: calc(var(--u) * 3.6);
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
  .hold {
    display: flex;
    align-items: baseline;
    gap: 0.4em;
    padding: 0 0.5em;
    border-radius: 0.2em;
    background: var(--ink);
    color: var(--on-dark);
    font-weight: 700;
  }
  .hold .why {
    max-height: 2.4em;
    overflow: hidden;
    margin-left: 0.6em;
    line-height: 1.2;
    font-size: 0.8em;
    font-weight: 400;
  }
  .vote.decision h1 {
    margin-top: 2vh;
    text-align: center;
    --fit-title: var(--fit, 1);
  }
  .vote .text {
    margin: 0.6vh 0 0;
    font-size: calc(var(--u) * 3.6);
    color: var(--ink-soft);
  }
  .vote.decision .text {
    margin-top: 2vh;
    text-align: center;
    text-wrap: pretty;
    font-size: calc(var(--u) * 5.2 * var(--fit, 1));
  }
  .items {
    flex: 1;
    min-height: 0;
    display: grid;
    grid-template-columns: repeat(var(--columns), minmax(0, 1fr));
    grid-template-rows: repeat(var(--rows), 1fr);
    grid-auto-flow: column;
    gap: 0 3vw;
    margin: 1.4vh 0 0;
    padding: 0;
    list-style: none;
    line-height: 1.2;
    font-size: calc(var(--u) * 6 * var(--fit, 1));
  }
  .items.columns-2 {
    font-size: calc(var(--u) * 5 * var(--fit, 1));
  }
  .items.columns-3 {
    font-size: calc(var(--u) * 4 * var(--fit, 1));
  }
  .items li {
    display: flex;
    align-items: center;
    gap: 0.6em;
    border-bottom: 1px solid var(--line);
    text-wrap: balance;
  }
  .number {
    flex: none;
    min-width: 1.4em;
    text-align: right;
    color: var(--red);
    font-weight: 700;
    font-variant-numeric: tabular-nums;
  }
  .below {
    flex: none;
    margin-top: auto;
    padding-top: 1.6vh;
  }
  .countdown,
  .waiting {
    margin: 0 0 1vh;
    text-align: center;
    font-size: calc(var(--u) * 4.2);
    color: var(--ink-soft);
  }
  .waiting {
    font-size: calc(var(--u) * 7);
    font-weight: 700;
    color: var(--red);
  }
  .countdown b {
    margin-left: 0.3em;
    font-size: calc(var(--u) * 14);
    line-height: 1.05;
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
    background: var(--card);
  }
  .turnout .bar div {
    height: 100%;
    background: var(--red);
    transition: width 0.3s;
  }
  .turnout p {
    margin: 0.4vh 0 0;
    text-align: center;
    font-size: calc(var(--u) * 5);
    white-space: nowrap;
  }
  .turnout b {
    font-size: calc(var(--u) * 14);
    line-height: 1.05;
    font-variant-numeric: tabular-nums;
  }
  .vote:not(.decision) .below {
    display: flex;
    align-items: center;
    gap: 2.5vw;
  }
  .vote:not(.decision) .turnout {
    flex: 1;
    display: grid;
    grid-template-columns: 1fr auto;
    align-items: center;
    gap: 2vw;
  }
  .vote:not(.decision) .countdown,
  .vote:not(.decision) .waiting,
  .vote:not(.decision) .turnout p {
    margin: 0;
    font-size: calc(var(--u) * 3.6);
  }
  .vote:not(.decision).voided .waiting {
    margin: auto;
    font-size: calc(var(--u) * 7);
  }
  .vote:not(.decision) .countdown b,
  .vote:not(.decision) .turnout b {
    font-size: calc(var(--u) * 7);
  }
  .badge.secret {
    color: var(--secret);
  }
  .receipts {
    display: grid;
    justify-items: center;
    gap: 0.4vh;
    margin: 0;
    font-size: calc(var(--u) * 2.4);
    color: var(--ink-soft);
  }
  .qr {
    width: calc(var(--u) * 17);
    height: calc(var(--u) * 17);
  }
  .vote.decision .receipts {
    margin-top: 1vh;
  }
  .watermark {
    position: absolute;
    inset: 0;
    display: grid;
    place-items: center;
    overflow: hidden;
    pointer-events: none;
  }
  .watermark span {
    font-size: calc(var(--u) * 24);
    font-weight: 800;
    letter-spacing: 0.1em;
    color: var(--red);
    opacity: 0.07;
    rotate: -14deg;
  }
  @media (prefers-reduced-motion: reduce) {
    .turnout .bar div {
      transition: none;
    }
  }
`;
