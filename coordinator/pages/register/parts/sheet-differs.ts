import { css, html, nothing, type TemplateResult } from 'lit';
import { exactWan, total } from '../../../../shared/projects/money.ts';
import { type Part, quantityText, type Sheet } from '../../../../shared/projects/sheet.ts';
import type { Language } from '../../../../shared/protocol/ids.ts';
import {
  type FieldDiffers,
  type PartDiffers,
  type PartFieldDiffers,
  sheetDiffers,
} from '../../../register/model/work/sheet-differs.ts';
import type { NameOf } from './sheet-view.ts';
import { sheetWords } from './sheet-words.ts';

const zh = {
  heading: '与现行内容相比',
  headingThen: '与当时的内容相比',
  was: '现为',
  now: '改为',
  wasThen: '原为',
  none: '无',
  nothing: '与现行内容没有不同。',
  title: '名称',
  summary: '一句话说明',
  order: '子项目顺序',
  place: '地点',
  added: '新增子项目',
  removed: '取消子项目',
  changed: '变更子项目',
  more: (amount: string) => `增加 ${amount}`,
  less: (amount: string) => `减少 ${amount}`,
  moneyOf: (source: string, year: number) => `${source} ${year} 年资金`,
  inLanguage: (what: string, tag: string) => (tag === 'zh' ? what : `${what}（${tag}）`),
};
const en: typeof zh = {
  heading: 'What differs from what holds now',
  headingThen: 'What differed from what held then',
  was: 'now',
  now: 'would be',
  wasThen: 'was',
  none: 'none',
  nothing: 'It does not differ from what holds now.',
  title: 'Title',
  summary: 'In a line',
  order: 'Order of the parts',
  place: 'Place',
  added: 'Part added',
  removed: 'Part removed',
  changed: 'Part changed',
  more: (amount) => `${amount} more`,
  less: (amount) => `${amount} less`,
  moneyOf: (source, year) => `Money, ${source} ${year}`,
  inLanguage: (what, tag) => (tag === 'en' ? what : `${what} (${tag})`),
};

/** Who reads, and how the register calls what a sheet speaks of by id. */
export interface Reading {
  readonly language: Language;
  readonly name: NameOf;
  /** It has been answered: told as it was then. */
  readonly isThen?: boolean;
}

/** A line: what differs, as it is, as it would be, and by how much. */
interface Line {
  readonly what: string;
  readonly was: string | null;
  readonly now: string | null;
  readonly by?: string;
}

/** What `now` would change of `was`, in words and signs that need no colour. */
export function sheetDiffersView(was: Sheet, now: Sheet, reading: Reading): TemplateResult {
  const words = reading.language === 'zh' ? zh : en;
  const { fields, parts } = sheetDiffers(was, now);
  const isNothing = fields.length === 0 && parts.length === 0;
  return html`<section class="differs" aria-label=${reading.isThen ? words.headingThen : words.heading}>
    <p><b>${reading.isThen ? words.headingThen : words.heading}</b></p>
    ${isNothing ? html`<p>${words.nothing}</p>` : nothing}
    <ul>${fields.map((each) => lineView(fieldLine(each, [...was.parts, ...now.parts], reading), reading))}
      ${parts.map((each) => partView(each, reading))}</ul>
  </section>`;
}

function lineView({ what, was, now, by }: Line, { language, isThen }: Reading): TemplateResult {
  const words = language === 'zh' ? zh : en;
  const value = (text: string | null) => (text === null || text === '' ? words.none : text);
  return html`<li><b>${what}</b> <span><i>${isThen ? words.wasThen : words.was}</i> ${value(was)}</span>
    <span aria-hidden="true">→</span> <span><i>${words.now}</i> <b>${value(now)}</b></span>${by === undefined ? nothing : html` <span>（${by}）</span>`}</li>`;
}

const SIGNS = { added: '＋', removed: '－', changed: '△' } as const;

function partView(each: PartDiffers, reading: Reading): TemplateResult {
  const words = reading.language === 'zh' ? zh : en;
  const lines =
    each.is === 'changed'
      ? each.in.map((one) => lineView(partLine(one, reading), reading))
      : promiseOf(each.part, reading).map((text) => html`<li>${text}</li>`);
  return html`<li class=${each.is}><b><span aria-hidden="true">${SIGNS[each.is]}</span> ${words[each.is]}</b> ${each.part.title}<ul>${lines}</ul></li>`;
}

/** How much more or less, where both are numbers of one thing. */
function byHowMuch(
  was: number | null,
  now: number | null,
  text: (n: number) => string,
  { language }: Reading,
): { readonly by?: string } {
  const words = language === 'zh' ? zh : en;
  if (was === null || now === null) return {};
  return { by: now > was ? words.more(text(now - was)) : words.less(text(was - now)) };
}

function moneyLine(what: string, was: number | null, now: number | null, reading: Reading): Line {
  const text = (fen: number) => sheetWords[reading.language].wan(exactWan(fen));
  const shown = (fen: number | null) => (fen === null ? null : text(fen));
  return { what, was: shown(was), now: shown(now), ...byHowMuch(was, now, text, reading) };
}

const mapped = <V>(
  what: string,
  { was, now }: { readonly was: V | null; readonly now: V | null },
  text: (value: V) => string,
): Line => ({ what, was: was === null ? null : text(was), now: now === null ? null : text(now) });

function fieldLine(each: FieldDiffers, parts: readonly Part[], reading: Reading): Line {
  const { language, name } = reading;
  const words = language === 'zh' ? zh : en;
  const terms = sheetWords[language];
  const joined = (ids: readonly string[], text: (id: string) => string) => ids.map(text).join(terms.list);
  switch (each.what) {
    case 'title':
    case 'summary':
      return { ...each, what: words.inLanguage(words[each.what], each.language) };
    case 'content':
    case 'beneficiaries':
    case 'finish':
      return { ...each, what: terms[each.what] };
    case 'category':
      return mapped(terms.category, each, (id) => name('categories', id));
    case 'lead':
      return mapped(terms.lead, each, (id) => name('bodies', id));
    case 'co':
      return mapped(terms.co, each, (ids) => joined(ids, (id) => name('bodies', id)));
    case 'from':
      return mapped(terms.from, each, (ids) => joined(ids, (id) => id));
    case 'order':
      return mapped(words.order, each, (ids) =>
        joined(ids, (id) => parts.find((part) => part.id === id)?.title ?? id),
      );
    case 'investment':
      return moneyLine(terms.investment, each.was, each.now, reading);
  }
}

const targetText = ({ thousandths, unit }: Part['target']): string => `${quantityText(thousandths)} ${unit}`;

function partLine(each: PartFieldDiffers, reading: Reading): Line {
  const { language, name } = reading;
  const words = language === 'zh' ? zh : en;
  const terms = sheetWords[language];
  switch (each.what) {
    case 'title':
    case 'place':
      return { ...each, what: words[each.what] };
    case 'finish':
      return { ...each, what: terms.finish };
    case 'body':
      return mapped(terms.body, each, (id) => name('bodies', id));
    case 'area':
      return mapped(terms.area, each, (id) => name('areas', id));
    case 'target': {
      const { was, now } = each;
      const isOne = was !== null && was.unit === now?.unit;
      const text = (thousandths: number) => targetText({ thousandths, unit: was?.unit ?? '' });
      const by = isOne ? byHowMuch(was.thousandths, now?.thousandths ?? null, text, reading) : {};
      return { ...mapped(terms.target, each, targetText), ...by };
    }
    case 'money':
      return moneyLine(words.moneyOf(name('sources', each.source), each.year), each.was, each.now, reading);
  }
}

/** All that a part promises which comes new, or goes. */
function promiseOf(
  { target, finish, body, area, place, funding }: Part,
  reading: Reading,
): readonly string[] {
  const { language, name } = reading;
  const terms = sheetWords[language];
  const pairs: readonly (readonly [string, string])[] = [
    [terms.target, targetText(target)],
    [terms.body, name('bodies', body)],
    [terms.area, place === '' ? name('areas', area) : `${name('areas', area)} · ${place}`],
    [terms.finish, finish],
    [terms.money, terms.wan(exactWan(total(funding)))],
  ];
  const lines = pairs.map(([what, is]) => `${what} ${is}`);
  return [
    lines.join(' · '),
    ...funding.map(({ source, year, fen }) => terms.inYear(name('sources', source), year, exactWan(fen))),
  ];
}

export const differsStyles = css`
  .differs {
    margin: 0.5rem 0;
    padding: 0.5rem 0.8rem;
    border-left: 0.3rem solid var(--gold);
    background: var(--paper);
    overflow-wrap: anywhere;
  }
  .differs p {
    margin: 0;
  }
  .differs ul {
    margin: 0.2rem 0;
    padding: 0;
    list-style: none;
  }
  .differs ul ul {
    padding-left: 1.3rem;
  }
  .differs li {
    padding: 0.2rem 0;
    border: 0;
  }
  .differs span {
    white-space: pre-line;
  }
  .differs i {
    color: var(--ink-soft);
    font-style: normal;
  }
`;
