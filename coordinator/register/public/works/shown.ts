import { html } from 'hono/html';
import { quantityText } from '../../../../shared/projects/sheet.ts';
import type { Text } from '../../../../shared/protocol/ids.ts';
import type { Figure } from '../../model/work/progress.ts';
import type { Work } from '../../model/work/works.ts';
import { type Html, type Look, said } from '../frame.ts';
import type { PublicList, PublicRegister } from '../public-register.ts';
import { fromEntry } from './work-words.ts';

type Names = 'categories' | 'bodies' | 'areas' | 'sources';
/** What is spoken of by id, by its name; the id itself where it has none. */
export type Named = (what: Names, id: string) => string;

/** A project that was chosen, and how it is looked at. */
export interface Shown {
  readonly look: Look;
  readonly work: Work;
  readonly named: Named;
}

/** Names as the register has them now, else as the list had them. */
export function namer({ register, name }: Look, list: PublicList | null): Named {
  return (what, id) => {
    const now = register[what].get(id);
    if (now) return name(now);
    const listed: { readonly name: Text } | undefined = list?.list.names[what].find((one) => one.id === id);
    return listed ? name(listed.name) : id;
  };
}

export const projectPath = (id: string): string => `/projects/${encodeURIComponent(id)}`;
export const partPath = (id: string, part: string): string =>
  `${projectPath(id)}/parts/${encodeURIComponent(part)}`;

/** The list that a work was chosen from. */
export const listOfWork = ({ cycles }: PublicRegister, { cycle }: Work): PublicList | null =>
  cycles.find(({ year }) => year === cycle)?.list ?? null;

/** A quantity with its unit, which people have typed. */
export const quantity = (thousandths: number, unit: string): Html =>
  html`${quantityText(thousandths)} ${said(unit)}`;

/** What is known of a part's quantity: who has said it, both values where they differ, and the entry it comes from. */
export function figureLine(look: Look, figure: Figure, unit: string, page = ''): Html {
  const { t } = look;
  const { done, reported, found, is, seq } = figure;
  const from = seq === null ? '' : html` ${fromEntry(look, seq, page)}`;
  switch (is) {
    case 'none':
      return html`${t('尚无月报', 'no report yet')}`;
    case 'reported':
      return html`${quantity(done, unit)} ${t('（责任单位填报，尚未核实）', '(reported by the body, not verified yet)')}${from}`;
    case 'confirmed':
      return html`${quantity(done, unit)} <span class="mark good">${t('监督小组已核实', 'confirmed by the group')}</span>${from}`;
    case 'settled':
      return html`${quantity(done, unit)} ${t('（有争议，已裁定；填报', '(settled after a dispute; reported ')}${quantity(reported, unit)}${t('）', ')')}${from}`;
    case 'disputed':
      return html`<span class="mark alarm">${t('有争议', 'disputed')}</span> ${t('责任单位填报', 'reported ')}${quantity(reported, unit)}${t('，监督小组核查', ', found by the group ')}${quantity(found ?? done, unit)}${t('；按较小的计', '; the smaller one counts')}${from}`;
  }
}

/** A section with its heading; nothing at all where there is nothing in it. */
export const section = (title: string, id: string, body: Html | null): Html =>
  body === null ? html`` : html`<section><h2 id="${id}">${title}</h2>${body}</section>`;
