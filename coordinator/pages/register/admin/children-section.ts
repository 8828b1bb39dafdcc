import { css, html, LitElement, nothing, type TemplateResult } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import { Timers } from '../../../../shared/pages/timers.ts';
import type { Language } from '../../../../shared/protocol/ids.ts';
import type { ChildDocument } from '../../../contract/register/documents.ts';
import { rowCards } from '../../parts/row-cards.ts';
import { controls } from '../../parts/shared-styles.ts';
import { registerApi } from '../parts/register-api.ts';

const EVERY_MS = 10_000;

const zh = {
  title: '下级项目库',
  hint: '每个下级项目库的台账定时读取，逐条核验；读到哪里，本项目库的账本里都有见证。名单写在 register.yaml 的 children 中；U 盘用 hallvote register pull --from 读入。',
  name: '项目库',
  standing: '状态',
  read: '已读到',
  witnessed: '已见证',
  pull: '现在读取',
  pulling: '正在读取…',
  failed: '读取没有完成，请再试。',
  of: (read: number, told: number) => (told > read ? `第${read}条，共${told}条` : `第${read}条`),
  entry: (at: number) => `第${at}条`,
  age: (hours: number) =>
    hours < 1 ? '不到1小时前' : hours < 48 ? `${hours}小时前` : `${Math.floor(hours / 24)}天前`,
  by: { web: '网络', folder: '文件夹或 U 盘' },
  is: {
    self: '',
    fresh: '正常',
    stale: '旧数据',
    broken: '读取有误',
    forked: '两种历史',
    unread: '尚无数据',
  },
};
const en: typeof zh = {
  title: 'Registers beneath',
  hint: 'The ledger of each is read from time to time and checked entry by entry; how far, the ledger of this register witnesses. They are listed in register.yaml under children; a stick is read with hallvote register pull --from.',
  name: 'Register',
  standing: 'Standing',
  read: 'Read up to',
  witnessed: 'Witnessed',
  pull: 'Read now',
  pulling: 'Reading…',
  failed: 'Reading did not come to an end; try again.',
  of: (read, told) => (told > read ? `entry ${read} of ${told}` : `entry ${read}`),
  entry: (at) => `entry ${at}`,
  age: (hours) =>
    hours < 1
      ? 'less than an hour ago'
      : hours < 48
        ? `${hours} h ago`
        : `${Math.floor(hours / 24)} days ago`,
  by: { web: 'network', folder: 'folder or stick' },
  is: {
    self: '',
    fresh: 'up to date',
    stale: 'old data',
    broken: 'cannot be read',
    forked: 'two histories',
    unread: 'nothing read yet',
  },
};

/** The registers beneath: how far each was read and what was wrong; nothing where there are none. */
@customElement('hv-register-children')
export class RegisterChildren extends LitElement {
  @property() language: Language = 'zh';
  /** Whether whoever is signed in may have them read now. */
  @property({ type: Boolean }) mayPull = false;
  @state() private list: readonly ChildDocument[] = [];
  @state() private isPulling = false;
  @state() private hasFailed = false;

  constructor() {
    super();
    new Timers(this).always(EVERY_MS, () => void this.#read());
  }

  override connectedCallback(): void {
    super.connectedCallback();
    void this.#read();
  }

  async #read(): Promise<void> {
    if (!this.isPulling) this.list = (await registerApi.children()) ?? this.list;
  }

  readonly #pull = async (): Promise<void> => {
    this.isPulling = true;
    const answer = await registerApi.pullChildren();
    this.isPulling = false;
    this.hasFailed = answer === null;
    if (answer) this.list = answer;
  };

  override render(): TemplateResult | typeof nothing {
    if (this.list.length === 0) return nothing;
    const words = this.language === 'zh' ? zh : en;
    return html`<h2>${words.title}</h2>
      <p class="soft">${words.hint}</p>
      <table>
        <thead><tr><th scope="col">${words.name}</th><th scope="col">${words.standing}</th><th scope="col">${words.read}</th><th scope="col">${words.witnessed}</th></tr></thead>
        <tbody>${this.list.map((each) => this.#row(each))}</tbody>
      </table>
      <p class="pull">${
        this.mayPull
          ? html`<button data-act="pull" ?disabled=${this.isPulling} @click=${this.#pull}>${this.isPulling ? words.pulling : words.pull}</button>`
          : nothing
      }<span class="fault" role="status">${this.hasFailed ? words.failed : ''}</span></p>`;
  }

  #row({ id, name, place, is, hours, why, read, told, witnessed }: ChildDocument): TemplateResult {
    const words = this.language === 'zh' ? zh : en;
    const isWell = is === 'fresh';
    return html`<tr data-child=${id}>
      <td><b>${name[this.language] ?? name.zh}</b><br /><span class="soft">${words.by[place]} · <code>${id}</code></span></td>
      <td><b class=${isWell ? 'well' : 'fault'}>${isWell ? '✓' : '⚠'} ${words.is[is]}</b>${hours === null ? nothing : html` <span class="soft">${words.age(hours)}</span>`}${why ? html`<br />${why[this.language]}` : nothing}</td>
      <td><span class="narrow">${words.read} </span>${read === 0 ? '—' : words.of(read, told)}</td>
      <td><span class="narrow">${words.witnessed} </span>${witnessed === null ? '—' : words.entry(witnessed)}</td>
    </tr>`;
  }

  static override styles = [
    controls,
    rowCards,
    css`
      h2 {
        margin: 2rem 0 0.4rem;
        font-size: 1.2rem;
      }
      p {
        max-width: 60rem;
        margin: 0.4rem 0;
      }
      td {
        padding-block: 0.6rem;
        vertical-align: top;
      }
      .well {
        color: var(--for);
      }
      .fault {
        color: var(--against);
        font-weight: 700;
      }
      .pull {
        display: flex;
        flex-wrap: wrap;
        gap: 0.3rem 1rem;
        align-items: center;
      }
      @media (max-width: 40rem) {
        td {
          padding-block: 0.1rem;
        }
        td:nth-child(2) {
          flex-basis: 100%;
        }
      }
      code {
        font-family: ui-monospace, Consolas, 'Liberation Mono', monospace;
      }
    `,
  ];
}

declare global {
  interface HTMLElementTagNameMap {
    'hv-register-children': RegisterChildren;
  }
}
