import { html, nothing, type TemplateResult } from 'lit';
import type { Language } from '../../shared/protocol/ids.ts';
import { explain } from '../../shared/protocol/reasons.ts';
import { ballotBody } from './ballot-body.ts';
import { sign } from './key-legend.ts';
import { heading } from './seat-parts.ts';
import { sheetBody } from './sheet-body.ts';
import type { Body, ScreenView } from './view.ts';
import { words } from './words.ts';

/** The middle of the screen: one thing at a time, in large type. */
export function seatBody({ body, isConnected, keys }: ScreenView, language: Language): TemplateResult {
  const w = words(language);
  switch (body.is) {
    case 'starting':
      // Connected, and nothing that its coordinator has signed: a wrong key or hall is heard of nowhere else.
      return isConnected
        ? message('wait', w.unheard, w.unheardHint)
        : message('wait', w.starting, w.startingHint);
    case 'not-enrolled':
      return html`${message('warn', w.notEnrolled, w.notEnrolledHint)}
        <dl class="identity">
          <dt>${w.terminal}</dt>
          <dd>${body.terminal}</dd>
          <dt>${w.fingerprint}</dt>
          <dd class="fingerprint">${body.fingerprint}</dd>
        </dl>`;
    case 'check-in':
      return body.sending ? message('wait', w.checkingIn, '') : message('card', w.tapCard, w.tapCardHint);
    case 'self-test':
      return selfTest(body, language);
    case 'waiting':
      return message('done', w.waiting, w.waitingHint);
    case 'sealing':
      return html`${heading(body, language)}${message('wait', w.sealing, w.sealingHint)}`;
    case 'sealed':
      return html`${heading(body, language)}
        ${body.asking ? message('warn', w.askOpen, w.askOpenHint) : message('sealed', w.sealed, w.sealedHint)}
        ${receiptCode(body.code, language)}`;
    case 'opened':
      return html`${heading(body, language)}${message('plain', w.opened, w.openedHint)}
        ${receiptCode(body.code, language)}`;
    case 'held': {
      const then = body.kept ? w.heldKept : body.counted ? w.heldCounted : w.heldHint;
      return html`${heading(body, language)}${message('hold', w.held, w.because(w.heldReason, body.reason), then)}`;
    }
    case 'opening':
      return html`${heading(body, language)}${message('wait', w.opening, w.openingHint)}`;
    case 'not-eligible':
      return html`${heading(body, language)}${message('warn', w.notEligible, w.notEligibleHint)}`;
    case 'unrecorded': {
      const cast = keys[4].label;
      const again = cast === null ? '' : w.unrecordedAgain(w.keys[cast]);
      return html`${heading(body, language)}
        ${message('warn', w.unrecorded, w.unrecordedHint, again)}`;
    }
    case 'sending': {
      if (!isConnected && !body.closed)
        return html`${heading(body, language)}${message('wait', w.kept, w.keptHint)}`;
      const hint = body.closed ? w.sendingClosed : w.sendingHint;
      return html`${heading(body, language)}${message('wait', w.sending, hint)}`;
    }
    case 'counted':
      return html`${heading(body, language)}
        ${message('done', w.counted, body.again ? w.countedAgain : w.countedHint)}
        ${body.code === null ? nothing : receiptCode(body.code, language, w.receiptHint)}`;
    case 'refused': {
      const then = body.counted ? w.refusedButCounted : body.again ? w.refusedAgain : '';
      return html`${heading(body, language)}
        ${message('warn', w.refused, explain(body.reason, language), then)}`;
    }
    case 'closed':
      return html`${heading(body, language)}${closed(body, language)}`;
    case 'sheet':
      return sheetBody(body, language);
    default:
      return ballotBody(body, language);
  }
}

function selfTest(body: Extract<Body, { is: 'self-test' }>, language: Language): TemplateResult {
  const w = words(language);
  const wrong =
    body.wrong.length > 0 ? html`<p class="alert">${w.testWrong(body.wrong.join(' '))}</p>` : nothing;
  if (body.passed) return message('done', w.testPassed, w.testPassedHint);
  const step =
    body.lit !== null
      ? message('plain', w.testPress(body.lit), w.testPressed(body.pressed))
      : body.card === 'due'
        ? message('card', w.testTap, '')
        : message('warn', w.testFailed, w.testFailedHint);
  return html`<h1>${w.selfTest}</h1>${step}${wrong}`;
}

function closed(body: Extract<Body, { is: 'closed' }>, language: Language): TemplateResult {
  const w = words(language);
  const title = { closed: w.closed, announced: w.announced, voided: w.voided }[body.phase];
  if (body.phase === 'voided') return message('warn', title, '');
  return message(body.counted ? 'done' : 'plain', title, body.counted ? w.closedCounted : w.closedNotCast);
}

/** In fours, the first eight large: enough to find it in the list. */
function receiptCode(code: string, language: Language, hint = ''): TemplateResult {
  const groups = code.match(/.{1,4}/g) ?? [];
  return html`<div class="receipt">
    <p class="name">${words(language).receiptCode}</p>
    <p class="code">${groups.map((group, i) => html`<span class=${i < 2 ? 'first' : ''}>${group}</span>`)}</p>
    ${hint ? html`<p class="hint small">${hint}</p>` : nothing}
  </div>`;
}

type Mood = 'wait' | 'warn' | 'hold' | 'card' | 'done' | 'sealed' | 'plain';
const MOODS: Record<Mood, TemplateResult | typeof nothing> = {
  wait: html`<span class="spinner" aria-hidden="true"></span>`,
  warn: html`<span class="badge warn" aria-hidden="true">!</span>`,
  card: html`<span class="card" aria-hidden="true"><i></i></span>`,
  done: html`<span class="badge done" aria-hidden="true">${sign('for')}</span>`,
  sealed: html`<span class="badge sealed" aria-hidden="true">${sign('cast')}</span>`,
  hold: html`<span class="badge hold" aria-hidden="true">Ⅱ</span>`,
  plain: nothing,
};

function message(mood: Mood, title: string, ...hints: string[]): TemplateResult {
  return html`<div class="message">
    ${MOODS[mood]}
    <div>
      <p class="title">${title}</p>
      ${hints.map((hint) => (hint ? html`<p class="hint">${hint}</p>` : nothing))}
    </div>
  </div>`;
}
