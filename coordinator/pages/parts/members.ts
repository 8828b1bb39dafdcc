import { css, html, LitElement, nothing, type TemplateResult } from 'lit';
import { customElement, property, query, state } from 'lit/decorators.js';
import { Timers } from '../../../shared/pages/timers.ts';
import type { Language } from '../../../shared/protocol/ids.ts';
import { roleLabel } from '../../contract/role-words.ts';
import { api, isProblem, type Member, type Problem, type ShownSession } from './api.ts';
import { browserName } from './browser-name.ts';
import { dialogStyles } from './dialog-styles.ts';
import { membersWords } from './members-words.ts';
import { printSlip } from './print-slip.ts';
import { rowCards } from './row-cards.ts';
import { controls } from './shared-styles.ts';

const EVERY_MS = 5_000;
const MINUTE = 60_000;

/** What is about to be done, or was: asked before, shown once afterwards. */
type Asked =
  | { readonly is: 'give'; readonly member: Member }
  | { readonly is: 'end'; readonly member: Member; readonly session: string | null }
  | { readonly is: 'given'; readonly member: Member; readonly code: string };

/** The staff and how each of them signs in; codes to hand out, and, for the administrator, sessions to end. */
@customElement('hv-members')
export class Members extends LitElement {
  @property() language: Language = 'zh';
  @state() private members: readonly Member[] | null = null;
  @state() private problem: Problem['text'] | null = null;
  @state() private asked: Asked | null = null;
  @state() private isBusy = false;
  @query('dialog') private dialog!: HTMLDialogElement;

  constructor() {
    super();
    new Timers(this).always(EVERY_MS, () => void this.#read());
  }

  override connectedCallback(): void {
    super.connectedCallback();
    void this.#read();
  }

  async #read(): Promise<void> {
    const members = await api.staff();
    if (isProblem(members)) this.problem ??= members.text;
    else {
      this.members = members;
      if (this.asked === null) this.problem = null;
    }
  }

  override render(): TemplateResult {
    const words = membersWords[this.language];
    const { members } = this;
    if (members === null) return html`<p class="soft">${this.problem?.[this.language] ?? words.loading}</p>`;
    const seesAll = members.some(({ sessions }) => sessions !== null);
    return html`
      <div class="wide"><table>
        <thead><tr><th>${words.person}</th><th>${words.roles}</th><th>${words.standing}</th>
          ${seesAll ? html`<th class="n" title=${words.failedHint}>${words.failed}</th><th>${words.sessions}</th>` : nothing}<th></th></tr></thead>
        <tbody>${members.map((member) => this.#row(member, seesAll))}</tbody>
      </table></div>
      <dialog aria-labelledby="name" @cancel=${(event: Event) => this.isBusy && event.preventDefault()} @close=${() => {
        this.asked = null;
        this.problem = null;
      }}>${this.asked ? this.#form(this.asked) : nothing}</dialog>`;
  }

  #row(member: Member, seesAll: boolean): TemplateResult {
    const words = membersWords[this.language];
    const { person, standing, authenticator, mayGive, failed, sessions } = member;
    return html`<tr data-person=${person.id}>
      <td><b>${person.name}</b><br /><code class="soft">${person.id}</code></td>
      <td class="roles">${person.roles.map((role) => roleLabel(role, this.language)).join(this.language === 'zh' ? '、' : ', ')}</td>
      <td class="is-${standing}">${standing === 'password' ? '✓ ' : ''}${words.standings[standing]} ${authenticator ? words.withAuthenticator : ''}</td>
      ${
        seesAll
          ? html`<td class="n ${failed ? 'fault' : 'soft'}"><span class="narrow">${words.failed} </span>${failed ? `⚠ ${failed}` : '0'}</td>
              <td>${sessions?.length ? html`<ul>${sessions.map((each) => this.#session(member, each))}</ul>` : html`<span class="soft">${words.noSession}</span>`}</td>`
          : nothing
      }
      <td class="do">${mayGive ? html`<button data-act="give" @click=${() => this.#ask({ is: 'give', member })}>${standing === 'nothing' ? words.giveFirst : words.giveAgain}</button>` : nothing}
        ${sessions && sessions.length > 1 ? html`<button data-act="end-all" @click=${() => this.#ask({ is: 'end', member, session: null })}>${words.endAll}</button>` : nothing}</td>
    </tr>`;
  }

  #session(member: Member, { id, browser, address, idle }: ShownSession): TemplateResult {
    const words = membersWords[this.language];
    return html`<li>${browserName(browser)} <span class="soft">${address} · ${words.idle(Math.floor(idle / MINUTE))}</span>
      <button class="small" data-act="end" aria-label="${words.end} ${member.person.name} ${browserName(browser)}" @click=${() => this.#ask({ is: 'end', member, session: id })}>${words.end}</button></li>`;
  }

  async #ask(asked: Asked): Promise<void> {
    this.asked = asked;
    this.problem = null;
    await this.updateComplete;
    if (!this.dialog.open) this.dialog.showModal();
  }

  #form(asked: Asked): TemplateResult {
    const words = membersWords[this.language];
    const { name } = asked.member.person;
    if (asked.is === 'given')
      return html`<h2 id="name">${words.codeOf(name)}</h2>
        <p class="code" role="status"><code>${asked.code}</code></p>
        <p><span class="soft">${words.id}</span> <code>${asked.member.person.id}</code></p>
        <p>${words.codeHint}</p>
        <div class="buttons"><button type="button" data-act="print" @click=${() => this.#print(asked)}>${words.print}</button>
          <button class="main" type="button" data-act="close" autofocus @click=${() => this.dialog.close()}>${words.close}</button></div>`;
    const isFirst = asked.member.standing === 'nothing';
    const explains =
      asked.is === 'end' ? words.endExplains : isFirst ? words.giveFirstExplains : words.giveAgainExplains;
    return html`<form @submit=${(event: Event) => this.#do(event, asked)}>
      <h2 id="name">${asked.is === 'end' ? words.endTitle : words.giveTitle}</h2>
      <p>${explains(name)}</p>
      ${this.problem ? html`<p class="refusal" role="alert">${this.problem[this.language]}</p>` : nothing}
      <div class="buttons"><button type="button" ?disabled=${this.isBusy} autofocus @click=${() => this.dialog.close()}>${words.cancel}</button>
        <button class="main" data-act="sure" ?disabled=${this.isBusy}>${asked.is === 'end' ? words.confirmEnd : words.confirmGive}</button></div>
    </form>`;
  }

  async #do(event: Event, asked: Exclude<Asked, { is: 'given' }>): Promise<void> {
    event.preventDefault();
    if (this.isBusy) return;
    const { member } = asked;
    this.isBusy = true;
    const answer =
      asked.is === 'give'
        ? await api.giveCode(member.person.id)
        : await api.endSessions(member.person.id, asked.session);
    this.isBusy = false;
    if (isProblem(answer)) this.problem = answer.text;
    else if ('code' in answer) this.asked = { is: 'given', member, code: answer.code };
    else this.dialog.close();
    await this.#read();
  }

  #print({ member: { person }, code }: Extract<Asked, { is: 'given' }>): void {
    const words = membersWords[this.language];
    printSlip(html`<h1>${words.codeOf(person.name)}</h1>
      <p>${words.id} <code>${person.id}</code></p><p><code>${code}</code></p><p>${words.slipHow(location.origin)}</p>`);
  }

  static override styles = [
    controls,
    dialogStyles,
    rowCards,
    css`
      .wide {
        overflow-x: auto;
      }
      .do,
      .roles {
        white-space: nowrap;
      }
      ul {
        margin: 0;
        padding: 0;
        list-style: none;
      }
      li {
        margin: 0.15rem 0;
      }
      button.small {
        min-height: 1.9rem;
        padding: 0.05rem 0.6rem;
        font-size: 0.9rem;
      }
      .is-password {
        color: var(--for);
        font-weight: 600;
      }
      .is-nothing {
        color: var(--ink-soft);
      }
      .fault {
        color: var(--against);
        font-weight: 700;
      }
      code {
        font-family: ui-monospace, Consolas, 'Liberation Mono', monospace;
      }
      dialog {
        width: min(32rem, 92vw);
      }
      .code {
        margin: 1rem 0;
        padding: 0.6rem;
        border: 2px solid var(--gold);
        background: var(--warn-wash);
        text-align: center;
        font-size: 2.4rem;
        font-weight: 700;
        letter-spacing: 0.06em;
      }
    `,
  ];
}

declare global {
  interface HTMLElementTagNameMap {
    'hv-members': Members;
  }
}
