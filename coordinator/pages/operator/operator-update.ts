import { css, html, nothing, type TemplateResult } from 'lit';
import type { TerminalView } from '../../contract/documents.ts';
import type { UpdateDocument } from '../../contract/update.ts';
import { UPDATE_WORDS } from '../../contract/update-words.ts';
import type { Desk } from './operator-desk.ts';
import { updateWords } from './operator-update-words.ts';

/** How far a seat is with the release on offer, in the order in which a bar shows it. */
export const UPDATE_STATES = [
  'done',
  'trial',
  'busy',
  'waiting',
  'todo',
  'offline',
  'cannot',
  'failed',
] as const;
export type UpdateState = (typeof UPDATE_STATES)[number];

type Offered = NonNullable<UpdateDocument['offered']>;

/** Never colour alone. */
const SIGNS: Readonly<Record<UpdateState, string>> = {
  done: '✓',
  trial: '◐',
  busy: '↓',
  waiting: '…',
  todo: '–',
  offline: '◌',
  cannot: '⊘',
  failed: '✕',
};
const LISTED = 60;

/** How far a seat is with `offered`. */
export function updateStateOf({ update, connected }: TerminalView, offered: Offered): UpdateState {
  if (update?.order === offered.order && update.step.is !== 'trial') return 'done';
  if (update && update.manifest === offered.manifest)
    switch (update.step.is) {
      case 'confirmed':
        return 'done';
      case 'refused':
      case 'rolled-back':
        return 'failed';
      case 'trial':
        return 'trial';
      case 'waiting':
        return connected ? 'waiting' : 'offline';
      case 'downloading':
      case 'installing':
        return connected || update.step.is === 'installing' ? 'busy' : 'offline';
      case 'idle':
    }
  if (!connected) return 'offline';
  return update ? 'todo' : 'cannot';
}

/** Why a seat was not updated; empty where it was, or is about to be. */
function whyOf({ update }: TerminalView, language: Desk['language']): string {
  if (update?.step.is === 'refused') return UPDATE_WORDS.refused[update.step.why][language];
  return update?.step.is === 'rolled-back' ? UPDATE_WORDS.rolledBack[update.step.why][language] : '';
}

/** The release on offer, how far it is over all seats, and what can be done with it. */
export function updateView(
  document: UpdateDocument | undefined,
  enrolled: readonly TerminalView[],
  desk: Desk,
): TemplateResult {
  const words = updateWords[desk.language];
  const offered = document?.offered;
  return html`<section class="update">
    <h2>${words.title}</h2>
    ${document?.problem ? html`<p class="fault">✕ ${words.problem}<code>${document.problem}</code></p>` : nothing}
    ${
      offered
        ? offeredView(offered, document.rollout, enrolled, desk)
        : html`<p>${words.none}</p><pre>hallvote update add hallvote-….update --config /etc/hallvote/hall.yaml</pre>`
    }
    <p class="soft">${words.keyHint}</p>
  </section>`;
}

function offeredView(
  offered: Offered,
  rollout: UpdateDocument['rollout'],
  enrolled: readonly TerminalView[],
  desk: Desk,
): TemplateResult {
  const { propose, notify, language, may } = desk;
  const words = updateWords[language];
  const states = enrolled.map((view) => updateStateOf(view, offered));
  const count = (state: UpdateState) => states.filter((other) => other === state).length;
  const facts = (terminals: string) => () =>
    [
      [words.version, offered.version],
      [words.target, terminals],
    ] as const;
  const { manifest } = offered;
  const all = () =>
    propose({
      name: words.all,
      explains: words.allExplains,
      facts: facts(String(enrolled.length)),
      act: () => ({ act: 'update', terminal: null, manifest }),
    });
  const one = (event: Event) => {
    event.preventDefault();
    const form = event.currentTarget;
    const wanted = form instanceof HTMLFormElement ? String(new FormData(form).get('seat')).trim() : '';
    const found = enrolled.find(({ terminal, seat }) => terminal === wanted || seat === wanted);
    if (!found) return notify(words.unknownSeat);
    notify('');
    propose({
      name: words.one,
      explains: words.oneExplains,
      facts: facts(`${found.terminal} · ${found.seat}`),
      act: () => ({ act: 'update', terminal: found.terminal, manifest }),
    });
  };
  const stop = () =>
    propose({ name: words.stop, explains: words.stopExplains, act: () => ({ act: 'stop-update' }) });
  const isGoing = rollout?.manifest === manifest && rollout.stopped === null;
  const isDone = enrolled.length > 0 && count('done') === enrolled.length;
  return html`
    <dl class="offered">
      <div><dt>${words.version}</dt><dd><b>${offered.version}</b></dd></div>
      <div><dt>${words.order}</dt><dd>${offered.order} <code class="soft">${manifest.slice(0, 16)}</code></dd></div>
      <div><dt>${words.size}</dt><dd>${words.sizeOf(offered.files, (offered.bytes / 1e6).toFixed(1))}</dd></div>
    </dl>
    ${offered.note ? html`<p class="note">${offered.note}</p>` : nothing}
    ${
      may('update')
        ? html`<p class="soft">${words.hint}</p>
    <form class="toolbar" @submit=${one}>
      <label>${words.seat} <input name="seat" list="update-seats" required autocomplete="off" size="10" /></label>
      <datalist id="update-seats">${enrolled.map(({ terminal, seat }) => html`<option value=${terminal}>${seat}</option>`)}</datalist>
      <button data-act="update-one">${words.one}</button>
      <button type="button" class="go" data-act="update-all" ?disabled=${isDone} @click=${all}>${words.all}</button>
      ${isGoing && !isDone ? html`<button type="button" class="grave" data-act="stop-update" @click=${stop}>${words.stop}</button>` : nothing}
    </form>`
        : nothing
    }
    ${rollout?.stopped ? html`<p class=${rollout.stopped === 'operator' ? 'soft' : 'fault'} role="status">${words.stopped[rollout.stopped]}</p>` : nothing}
    <div class="bar" aria-hidden="true">${UPDATE_STATES.map((state) =>
      count(state) > 0
        ? html`<i data-state=${state} style=${`flex-grow:${count(state)}`} title=${words.states[state]}></i>`
        : nothing,
    )}</div>
    <ul class="tally" aria-live="polite">${UPDATE_STATES.filter(
      (state) => count(state) > 0 || state === 'done',
    ).map(
      (state) =>
        html`<li data-update=${state} class=${state === 'failed' ? 'fault' : state === 'done' ? 'on' : ''}><i data-state=${state}></i>${SIGNS[state]} ${words.states[state]} <b>${count(state)}</b></li>`,
    )}</ul>
    ${isDone ? html`<p class="on">✓ ${words.allDone}</p>` : nothing}
    ${count('cannot') > 0 ? html`<p class="soft">⊘ ${words.cannot(count('cannot'))}</p>` : nothing}
    ${failedView(
      enrolled.filter((_, i) => states[i] === 'failed'),
      desk,
    )}`;
}

function failedView(
  failed: readonly TerminalView[],
  { language, words }: Desk,
): TemplateResult | typeof nothing {
  if (failed.length === 0) return nothing;
  return html`<details open><summary>${updateWords[language].failed(failed.length)}</summary>
    <ol class="seats">${failed
      .slice(0, LISTED)
      .map(
        (view) =>
          html`<li><b>${view.seat}</b> ${view.terminal} ✕ <small>${whyOf(view, language)}</small></li>`,
      )}</ol>
    ${failed.length > LISTED ? html`<p class="soft">${words.test.more(failed.length - LISTED)}</p>` : nothing}
  </details>`;
}

export const updateStyles = css`
  .update {
    max-width: 64rem;
  }
  .offered {
    display: flex;
    flex-wrap: wrap;
    gap: 0.4rem 2.4rem;
    margin: 0.6rem 0;
  }
  .offered dt {
    color: var(--ink-soft);
    font-size: 0.9rem;
  }
  .offered dd {
    margin: 0;
    font-variant-numeric: tabular-nums;
  }
  .offered b {
    font-size: 1.25rem;
  }
  .update .note {
    margin: 0.4rem 0;
    padding: 0.5rem 0.9rem;
    border-left: 0.3rem solid var(--gold);
    background: var(--warn-wash);
  }
  .update .bar {
    display: flex;
    gap: 2px;
    height: 1.4rem;
    margin: 0.8rem 0 0.4rem;
    border-radius: 0.3rem;
    overflow: hidden;
  }
  .update .tally {
    display: flex;
    flex-wrap: wrap;
    gap: 0.3rem 1.2rem;
    margin: 0;
    padding: 0;
    list-style: none;
  }
  .update .seats {
    columns: 22rem;
    margin: 0.3rem 0;
  }
  .update label {
    display: inline-flex;
    align-items: center;
    gap: 0.4rem;
  }
  .update i {
    background: var(--line);
  }
  .update li i {
    display: inline-block;
    width: 0.8rem;
    height: 0.8rem;
    margin-right: 0.4rem;
    border-radius: 0.15rem;
  }
  .update i[data-state='done'] {
    background: var(--for);
  }
  .update i[data-state='trial'] {
    background: repeating-linear-gradient(45deg, var(--for) 0 4px, color-mix(in srgb, var(--for) 30%, white) 4px 8px);
  }
  .update i[data-state='busy'] {
    background: repeating-linear-gradient(45deg, var(--gold) 0 4px, color-mix(in srgb, var(--gold) 35%, white) 4px 8px);
  }
  .update i[data-state='waiting'] {
    background: color-mix(in srgb, var(--gold) 55%, white);
  }
  .update i[data-state='offline'],
  .update i[data-state='cannot'] {
    background: repeating-linear-gradient(90deg, var(--line-strong) 0 2px, color-mix(in srgb, var(--line) 45%, white) 2px 6px);
  }
  .update i[data-state='failed'] {
    background: var(--against);
  }
`;
