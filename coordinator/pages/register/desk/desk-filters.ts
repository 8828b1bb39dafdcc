import { html, nothing, type TemplateResult } from 'lit';
import type { Language } from '../../../../shared/protocol/ids.ts';
import type {
  ProposalFilter,
  ProposalQueue,
  ProposalRow,
  RegisterNames,
} from '../../../contract/register/documents.ts';
import { toRead } from '../../parts/language.ts';
import { deskWords } from './desk-words.ts';

type Filter = Omit<ProposalFilter, 'cycle'>;

const STAGES = [
  'open',
  'received',
  'under-screening',
  'drafted',
  'adopted',
  'merged',
  'excluded',
  'not-adopted',
  'all',
] as const;
const SOURCES: readonly ProposalRow['source'][] = ['public', 'deputy', 'department'];

export interface DeskFilters {
  readonly language: Language;
  readonly filter: Filter;
  readonly queue: ProposalQueue;
  readonly names: RegisterNames | null;
  readonly onFilter: (change: Partial<Filter>) => void;
}

/** How many there are of each state; null where that is not said. */
function countOf(stage: (typeof STAGES)[number], { counts }: ProposalQueue): number | null {
  const all = Object.values(counts.stage).reduce((sum, n) => sum + n, 0);
  const waiting = (counts.stage.received ?? 0) + (counts.stage['under-screening'] ?? 0);
  switch (stage) {
    case 'all':
      return all;
    case 'open':
      return waiting - (counts.drafted ?? 0);
    case 'drafted':
      return counts.drafted;
    default:
      return counts.stage[stage] ?? 0;
  }
}

/** What is looked for: by state, category, area, from whom, and by words. */
export function deskFilters({ language, filter, queue, names, onFilter }: DeskFilters): TemplateResult {
  const words = deskWords[language];
  const stages = STAGES.filter((stage) => countOf(stage, queue) !== null);
  const onSelect =
    (name: 'category' | 'area' | 'source') =>
    ({ target }: Event) => {
      if (!(target instanceof HTMLSelectElement)) return;
      if (name !== 'source') return onFilter({ [name]: target.value || undefined });
      onFilter({ source: SOURCES.find((each) => each === target.value) });
    };
  const onSearch = (event: SubmitEvent) => {
    event.preventDefault();
    if (!(event.target instanceof HTMLFormElement)) return;
    const text = String(new FormData(event.target).get('text') ?? '').trim();
    onFilter({ text: text || undefined });
  };
  const options = (
    all: RegisterNames['categories'],
    chosen: string | undefined,
    counts?: Readonly<Record<string, number>>,
  ) =>
    all.map(
      ({ id, name }) =>
        html`<option value=${id} ?selected=${id === chosen}>${toRead(name, language)}${counts ? ` (${counts[id] ?? 0})` : nothing}</option>`,
    );
  return html`<div class="filters">
    <nav class="stages" aria-label=${words.queue}>${stages.map(
      (stage) =>
        html`<button data-stage=${stage} aria-pressed=${(filter.stage ?? 'all') === stage ? 'true' : 'false'} @click=${() => onFilter({ stage })}>${words.stages[stage]} <b>${countOf(stage, queue)}</b></button>`,
    )}</nav>
    <form class="search" role="search" @submit=${onSearch}><input type="search" name="text" aria-label=${words.search} placeholder=${words.search} maxlength="200" .defaultValue=${filter.text ?? ''} aria-keyshortcuts="/" @search=${(event: Event) => event.target instanceof HTMLInputElement && event.target.form?.requestSubmit()} /><button>${words.find}</button></form>
    <div class="selects">
      <label>${words.category}<select name="category" @change=${onSelect('category')}><option value="">${words.any}</option>
        <option value="none" ?selected=${filter.category === 'none'}>${words.none} (${queue.counts.category.none ?? 0})</option>${options(names?.categories ?? [], filter.category, queue.counts.category)}</select></label>
      <label>${words.area}<select name="area" @change=${onSelect('area')}><option value="">${words.any}</option>
        <option value="none" ?selected=${filter.area === 'none'}>${words.noArea}</option>${options(names?.areas ?? [], filter.area)}</select></label>
      <label>${words.source}<select name="source" @change=${onSelect('source')}><option value="">${words.any}</option>
        ${SOURCES.map((each) => html`<option value=${each} ?selected=${each === filter.source}>${words.sources[each]}</option>`)}</select></label>
    </div>
  </div>`;
}
