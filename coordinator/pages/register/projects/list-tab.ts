import { html, nothing, type TemplateResult } from 'lit';
import { listFileName } from '../../../../shared/projects/list-file.ts';
import type { Language } from '../../../../shared/protocol/ids.ts';
import type { CycleDocument } from '../../../contract/register/documents.ts';
import { PUBLIC_ROUTES } from '../../../contract/register/public-routes.ts';
import { REGISTER_ROUTES } from '../../../contract/register/routes.ts';
import type { Exchange } from '../parts/hall-exchange.ts';
import '../parts/hall-exchange.ts';
import { momentText } from '../parts/moments.ts';
import type { Office } from '../parts/office.ts';
import { nameIn } from '../parts/sheet-view.ts';
import './list-order.ts';
import { fingerprint, listTable, resultView } from './list-view.ts';
import { freezeAsk, type ProjectsAsk, submitAsk, withdrawListAsk } from './projects-asks.ts';
import { projectsWords } from './projects-words.ts';

type Frozen = NonNullable<CycleDocument['frozen']>;

export interface ListTab {
  readonly cycle: CycleDocument;
  readonly language: Language;
  readonly office: Office;
  /** The same object while the year is the same. */
  readonly exchange: Exchange;
  readonly onAsk: (asked: ProjectsAsk) => void;
  /** A vote on paper is to be entered. */
  readonly onPaper: (frozen: Frozen) => void;
}

/** The list of a year: put in order and handed in, frozen by two, voted on. */
export function listTab(tab: ListTab): TemplateResult {
  const { cycle, language, office, onAsk } = tab;
  const { frozen, submitted, year } = cycle;
  const words = projectsWords[language];
  if (frozen) return frozenList(tab, frozen);
  return html`<section class="list">
    ${
      submitted
        ? html`<h3>${words.submittedTitle}</h3>
            <p>${words.places} ${submitted.places}</p>
            ${fingerprint(words.fingerprint, submitted.hash)}
            ${listTable(cycle, submitted.projects, leadIn(tab), language)}
            ${freezing(tab, submitted.hash)}`
        : nothing
    }
    ${
      office.may('submit-list')
        ? html`<hv-list-order .language=${language} .cycle=${cycle} .onSubmitList=${(places: number, projects: readonly string[]) => onAsk(submitAsk(year, places, projects, language))}></hv-list-order>`
        : submitted
          ? nothing
          : html`<p class="soft">${words.noCandidates}</p>`
    }
  </section>`;
}

const leadIn =
  ({ office, language }: ListTab) =>
  (id: string): string =>
    nameIn(office.names, language)('bodies', id);

function frozenList(tab: ListTab, frozen: Frozen): TemplateResult {
  const { cycle, language, office, exchange, onAsk, onPaper } = tab;
  const { decided, year } = cycle;
  const { may, timezone } = office;
  const words = projectsWords[language];
  const ofYear = (path: string) => path.replace(':year', String(year));
  const agenda = ofYear(REGISTER_ROUTES.agenda.path);
  const register = office.session?.register.id ?? '';
  const list = REGISTER_ROUTES.list.path.replace(':file', listFileName({ register, cycle: year }));
  return html`<section class="list">
    ${resultView(cycle, language)}
    <h3>${words.frozenTitle}</h3>
    <p>${words.frozenAt(momentText(frozen.at, timezone, language))} · ${words.places} ${frozen.places}</p>
    ${fingerprint(words.fingerprint, frozen.hash)}
    <p class="files"><a href=${agenda} download>${words.agenda}</a> <a href=${list} download>${words.listText}</a> <a href=${ofYear(PUBLIC_ROUTES.booklet.path)} download>${words.booklet}</a></p>
    ${
      decided || !(may('hand-over') || may('enter-result'))
        ? nothing
        : html`<hv-hall-exchange .language=${language} .timezone=${timezone} .exchange=${exchange} .may=${may} .onDone=${office.refresh}></hv-hall-exchange>`
    }
    ${listTable(cycle, frozen.projects, leadIn(tab), language)}
    ${
      decided
        ? nothing
        : html`<p class="acts">${may('enter-paper-result') ? html`<button data-act="enter-paper" @click=${() => onPaper(frozen)}>${words.enterPaper}</button>` : nothing}
            ${may('withdraw-list') ? html`<button data-act="withdraw-list" @click=${() => onAsk(withdrawListAsk(year, frozen.hash, language))}>${words.withdrawList}</button>` : nothing}</p>`
    }
  </section>`;
}

/** @param list its hash. */
function freezing(
  { cycle, language, office, onAsk }: ListTab,
  list: string,
): TemplateResult | typeof nothing {
  const words = projectsWords[language];
  if (!office.may('freeze-list')) return html`<p class="soft">${words.notFrozenYet}</p>`;
  // It waits for a second person already, by whomever it was proposed.
  if (office.waiting.some(({ act }) => act.act === 'freeze-list')) return nothing;
  return html`<p><button class="main" data-act="freeze-list" @click=${() => onAsk(freezeAsk(cycle.year, list, language))}>${words.freeze}</button></p>`;
}
