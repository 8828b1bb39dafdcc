import { html, nothing, type TemplateResult } from 'lit';
import { kindOf, type Motion } from '../../../shared/kinds/kinds.ts';
import { turnsOf } from '../../../shared/kinds/turn.ts';
import type { Language } from '../../../shared/protocol/ids.ts';
import { label, TURN_TERMS } from '../../../shared/terms.ts';
import { ACT_REFUSALS } from '../../contract/acts.ts';
import {
  type AttendanceDocument,
  type PressingDocument,
  type RoundView,
  type TurnoutDocument,
  UNVOTED,
} from '../../contract/documents.ts';
import { kindWords } from '../../contract/rule-words.ts';
import { clock } from '../parts/countdown.ts';
import { staffKind } from '../parts/kinds/staff-kinds.ts';
import { shown } from '../parts/language.ts';
import { resultTable } from '../parts/result-table.ts';
import type { Offers } from './chair-acts.ts';
import { listFacts, outcomeLine, quorumCount, ruleFacts } from './chair-facts.ts';
import type { ChairWords } from './chair-words.ts';

/** How the parts of the chair's page speak. */
export interface Tongue {
  readonly words: ChairWords;
  readonly language: Language;
}

/** Who is here, and whether that is enough. */
export function attendanceView(
  { present, roll, quorum }: AttendanceDocument,
  { words }: Tongue,
): TemplateResult {
  const needed = quorumCount({ quorum }, roll);
  const missing = needed - present;
  return html`<section class="attendance">
    <p>${words.present} <b>${present}</b> <span class="soft">${words.ofRoll(roll)}</span></p>
    <div class="meter" aria-hidden="true"><i style="width:${roll > 0 ? (present * 100) / roll : 0}%"></i><s style="left:${roll > 0 ? (needed * 100) / roll : 0}%"></s></div>
    <p class=${missing > 0 ? 'unmet' : 'met'}>${missing > 0 ? `✕ ${words.quorumMissing(missing)}` : `✓ ${words.quorumMet(needed)}`}</p>
  </section>`;
}

/** Says that a vote is not the first on its matter, and why. */
export function turnMarks(motion: Motion, round: RoundView | null, { language }: Tongue): TemplateResult[] {
  const turns = turnsOf(motion, round?.round ?? null);
  return turns.map((turn) => html`<span class="turn">${label(TURN_TERMS[turn], language)}</span> `);
}

/** A motion's line on the agenda: what it is and where it stands. */
export function agendaLine(motion: Motion, rounds: readonly RoundView[], tongue: Tongue): TemplateResult {
  const { words, language } = tongue;
  const inHand = rounds.find(({ phase }) => phase === 'open' || phase === 'closed');
  const last = inHand ?? rounds.filter(({ rehearsal }) => !rehearsal).at(-1);
  const outcome = last?.phase === 'announced' && last.result ? ` · ${outcomeLine(last.result, words)}` : '';
  return html`<span class="title">${shown(motion.title, language)}</span>
    <small><span class="status ${last?.phase ?? ''} ${last?.hold ? 'held' : ''}">${last ? standing(last, words) : words.notYet}</span>
    ${turnMarks(motion, last ?? null, tongue)}${last?.rehearsal ? words.rehearsal : kindWords(motion, language)}${outcome}</small>`;
}

/** Where a vote stands, in a word. */
function standing({ phase, hold }: RoundView, words: ChairWords): string {
  return hold ? words.isHeld : words.phases[phase];
}

/** The rule in words, each part named. */
export function ruleView(motion: Motion, roll: number, { words, language }: Tongue): TemplateResult {
  return html`<dl class="rule" aria-label=${words.rule}>
    ${ruleFacts(motion, roll, words, language).map(([label, value]) => html`<div><dt>${label}</dt><dd>${value}</dd></div>`)}
    ${listFacts(motion, words).map(([label, value]) => html`<div><dt>${label}</dt><dd><code>${value}</code></dd></div>`)}
  </dl>`;
}

/** What is chosen among or appraised, for the chair to check before the vote. */
export function itemsView(motion: Motion, { words, language }: Tongue): TemplateResult | typeof nothing {
  const items = kindOf(motion.kind).parts(motion);
  const heading = staffKind(motion.kind).heading(items.length, words);
  if (heading === null) return nothing;
  return html`<section class="items"><h3>${heading}</h3>
    <ol>${items.map(({ title }) => html`<li>${shown(title, language)}</li>`)}</ol>
  </section>`;
}

/** Why there can be no vote on the motion now, and where to settle it. */
export function blockedView(
  { blocked }: Offers,
  motion: Motion,
  attendance: { roll: number; present: number },
  inHand: { title: string; go: () => void } | null,
  { words, language }: Tongue,
): TemplateResult | typeof nothing {
  if (blocked === null) return nothing;
  const needed = quorumCount(motion, attendance.roll);
  const elsewhere = (blocked === 'vote-open' || blocked === 'not-announced') && inHand;
  return html`<p class="blocked">${elsewhere ? words.otherInHand(elsewhere.title) : ACT_REFUSALS[blocked][language]}
    ${blocked === 'no-quorum' ? html`<br />${words.shortOf(needed, needed - attendance.present)}` : nothing}
    ${elsewhere ? html`<button @click=${elsewhere.go}>${words.goTo(elsewhere.title)}</button>` : nothing}</p>`;
}

export interface Live {
  readonly turnout: TurnoutDocument;
  /** Why votes are missing; null where that is not known. */
  readonly pressing: PressingDocument;
  /** Milliseconds left; null where the chair closes the vote or the line is cut. */
  readonly remaining: number | null;
  /** Whether the round is what the hall's display shows. */
  readonly isCurrent: boolean;
}

/** What the vote is doing, in a few words. */
export function headingOf({ phase, hold }: RoundView, words: ChairWords): string {
  return hold ? `Ⅱ ${words.held}` : words.headings[phase];
}

/** One vote on the motion: its state, its turnout while it is open, its figures afterwards. */
export function roundView(round: RoundView, motion: Motion, live: Live, tongue: Tongue): TemplateResult {
  const { words, language } = tongue;
  const { phase, result } = round;
  return html`<section class="round ${phase} ${round.hold ? 'held' : ''}">
    <p class="phase"><b>${headingOf(round, words)}</b>
      ${turnMarks(motion, round, tongue)}
      ${round.rehearsal ? html`<span class="badge">${words.rehearsal}</span>` : nothing}
      ${round.byHand ? html`<span class="badge">${words.byHand}</span>` : nothing}
      ${phase === 'closed' && result ? html`<span class="private">${words.private}</span>` : nothing}
      <span class="soft">${live.isCurrent && (phase === 'announced' || phase === 'voided') ? words.onDisplay : nothing}</span>
      <small class="soft">${round.round}</small></p>
    ${round.hold ? html`<p class="reason">${words.why(round.hold.reason)}</p>` : nothing}
    ${round.reason ? html`<p class="reason">${words.why(round.reason)}</p>` : nothing}
    ${phase === 'open' ? turnoutView(round, motion, live, tongue) : nothing}
    ${round.decryption && !result ? html`<p class="decryption" role="status">${words.decryption(round.decryption.shares, round.decryption.needed)}</p>` : nothing}
    ${result ? resultTable(motion, { result, words, language }) : nothing}
  </section>`;
}

function turnoutView(round: RoundView, motion: Motion, live: Live, { words }: Tongue): TemplateResult {
  const { remaining } = live;
  const pressing = live.pressing?.round === round.round ? live.pressing : null;
  // Of the document with the reasons, so that they add up to what stands above them.
  const { cast, present } = pressing ?? (live.turnout?.round === round.round ? live.turnout : round);
  return html`<div class="turnout">
    <p class="count"><b>${cast}</b> / ${present} ${words.voted}</p>
    <div class="timer">${
      remaining === null
        ? html`<span class="soft">${motion.seconds === null ? words.chairCloses : words.closesAfter(motion.seconds)}</span>`
        : html`<span class="soft">${words.timeLeft}${round.extended > 0 ? `（${words.extended(round.extended)}）` : ''}</span> <b role="timer" class=${remaining < 10_000 ? 'soon' : ''}>${clock(remaining)}</b>`
    }</div>
    <div class="meter" role="progressbar" aria-label=${words.voted} aria-valuemin="0" aria-valuemax=${present} aria-valuenow=${cast}><i style="width:${present > 0 ? (cast * 100) / present : 0}%"></i></div>
    ${pressing ? unvotedView(pressing, words) : html`<p class="soft">${words.notVoted} ${present - cast}</p>`}
  </div>`;
}

/** Why votes are missing: the sum, and the four that make it. */
function unvotedView(pressing: NonNullable<PressingDocument>, words: ChairWords): TemplateResult {
  const { present, cast, noTerminal } = pressing;
  return html`<dl class="unvoted">
    <div class="sum"><dt>${words.notVoted}</dt><dd>${present - cast}</dd></div>
    ${UNVOTED.map(
      (why) => html`<div class=${pressing[why] > 0 ? `some ${why}` : 'none'} data-unvoted=${why}>
        <dt>${words.unvoted[why]}</dt>
        <dd>${pressing[why]}${why === 'offline' && noTerminal > 0 ? html` <small>${words.noTerminal(noTerminal)}</small>` : nothing}</dd>
      </div>`,
    )}
  </dl>`;
}

/** Earlier rounds of the motion: votes and rehearsals apart. */
export function historyView(
  rounds: readonly RoundView[],
  motion: Motion,
  tongue: Tongue,
): TemplateResult | typeof nothing {
  const official = rounds.filter(({ rehearsal }) => !rehearsal);
  const rehearsals = rounds.filter(({ rehearsal }) => rehearsal);
  const past: Live = { turnout: null, pressing: null, remaining: null, isCurrent: false };
  const group = (title: string, some: readonly RoundView[]) =>
    some.length === 0
      ? nothing
      : html`<details><summary>${title}</summary>${some.map((round) => roundView(round, motion, past, tongue))}</details>`;
  const { words } = tongue;
  return html`${group(words.history(official.length), official)}${group(words.rehearsals(rehearsals.length), rehearsals)}`;
}
