import { html, nothing, type TemplateResult } from 'lit';
import type { TerminalView } from '../../contract/documents.ts';
import type { Desk } from './operator-desk.ts';
import { faultsOf, TEST_STATES, type TestState, testFindings, testStateOf } from './terminal-health.ts';

/** Never colour alone. */
const SIGNS: Readonly<Record<TestState, string>> = {
  passed: '✓',
  testing: '…',
  incomplete: '◌',
  failed: '✕',
  untested: '–',
};
const LISTED = 60;

/** How a seat's self-test stands, in its row. */
export function testCell(view: TerminalView, { words }: Desk): TemplateResult | typeof nothing {
  const state = testStateOf(view);
  if (state === 'untested') return nothing;
  return html`<span class=${state === 'failed' ? 'fault' : state === 'passed' ? 'on' : ''} title=${testFindings(view, words)}>${SIGNS[state]} ${words.test.states[state]}</span>`;
}

/** 每席自检: begins and ends it, and reports which seats have not passed, and why. */
export function selfTestView(enrolled: readonly TerminalView[], desk: Desk): TemplateResult {
  const { words, propose, may } = desk;
  const { test } = words;
  const states = enrolled.map(testStateOf);
  const count = (state: TestState) => states.filter((other) => other === state).length;
  const isOn = enrolled.some(({ selfTest, connected }) => connected && selfTest?.on);
  const begun = states.some((state) => state !== 'untested');
  const order = (on: boolean) => () =>
    propose({
      name: on ? test.start : test.end,
      explains: on ? test.startExplains : test.endExplains,
      facts: () => [[words.terminal, String(enrolled.filter(({ connected }) => connected).length)]],
      act: () => ({ act: 'self-test', terminal: null, on }),
    });
  const open = enrolled.filter((view) => testStateOf(view) !== 'passed');
  if (!may('self-test') && !begun) return html``;
  return html`<section class="self-test" aria-live="polite">
    <h2>${test.title}</h2>
    ${may('self-test') ? html`<p class="soft">${test.hint}</p>` : nothing}
    <div class="toolbar">
      ${may('self-test') ? html`<button data-act="self-test" @click=${order(true)}>${test.start}</button>` : nothing}
      ${isOn && may('self-test') ? html`<button data-act="end-self-test" @click=${order(false)}>${test.end}</button>` : nothing}
      ${
        begun
          ? html`<ul class="tally">${TEST_STATES.map(
              (state) =>
                html`<li data-test=${state} class=${state === 'failed' && count(state) > 0 ? 'fault' : ''}>${SIGNS[state]} ${test.states[state]} <b>${count(state)}</b></li>`,
            )}</ul>`
          : nothing
      }
    </div>
    ${begun && open.length > 0 ? report(open, desk) : nothing}
    ${begun && open.length === 0 ? html`<p class="on">✓ ${test.allPassed}</p>` : nothing}
  </section>`;
}

function report(open: readonly TerminalView[], { words }: Desk): TemplateResult {
  const rest = open.length - LISTED;
  return html`<details open><summary>${words.test.notPassed(open.length)}</summary>
    <ol class="seats">${open.slice(0, LISTED).map((view) => {
      const state = testStateOf(view);
      const why = [...faultsOf(view, words), testFindings(view, words)].filter((line) => line !== '');
      return html`<li><b>${view.seat}</b> ${view.terminal} ${SIGNS[state]} ${view.connected ? words.test.states[state] : words.offline} <small class="soft">${why.join(' · ')}</small></li>`;
    })}</ol>
    ${rest > 0 ? html`<p class="soft">${words.test.more(rest)}</p>` : nothing}
  </details>`;
}
