import { html } from 'hono/html';
import { finishOf, investment } from '../../../../shared/projects/sheet.ts';
import { lightOf } from '../../model/work/light.ts';
import { progressOf } from '../../model/work/progress.ts';
import { differences } from '../../model/work/shrunk.ts';
import { stageOf } from '../../model/work/stage.ts';
import { sumsOf } from '../../model/work/sums.ts';
import type { Work } from '../../model/work/works.ts';
import { type Html, type Look, said } from '../frame.ts';
import type { PublicRegister } from '../public-register.ts';
import { projectPath, section } from './shown.ts';
import { LIGHTS_SHOWN, lightsGrid, moneySums, sumsFigures, sumsTable } from './sums-view.ts';
import { bar, gradeClass, gradeWord, lightMark, money, stageOfWork } from './work-words.ts';

/** What of a year is looked at: all of it, a category, or an area. */
export interface CycleFilter {
  readonly category?: string | undefined;
  readonly area?: string | undefined;
}

/** What was chosen in a year. */
export const worksOfCycle = ({ works }: Pick<PublicRegister, 'works'>, year: number): readonly Work[] =>
  [...works.projects.values()].filter(({ cycle }) => cycle === year);

/** A project as far as it lies in an area; null where none of its parts does. */
function inArea(work: Work, area: string): Work | null {
  const only = (sheet: Work['sheet']) => ({
    ...sheet,
    parts: sheet.parts.filter((part) => part.area === area),
  });
  const sheet = only(work.sheet);
  return sheet.parts.length === 0 ? null : { ...work, sheet, promised: only(work.promised) };
}

/** Those that a filter leaves; of an area only what lies in it. */
export function filtered(works: readonly Work[], { category, area }: CycleFilter): readonly Work[] {
  const found = works.filter(({ sheet }) => category === undefined || sheet.category === category);
  return area === undefined ? found : found.flatMap((work) => inArea(work, area) ?? []);
}

const pathOf = (year: number, field?: keyof CycleFilter, id = ''): string =>
  field ? `/cycles/${year}?${field}=${encodeURIComponent(id)}` : `/cycles/${year}`;

/** 这一年办得怎样: lights, progress and money, by category and area, and the projects; nothing where nothing was chosen. */
export function cycleWorks(look: Look, year: number, filter: CycleFilter): Html {
  const { t, to, name, register } = look;
  const all = worksOfCycle(register, year);
  if (all.length === 0) return html``;
  const works = filtered(all, filter);
  const sums = sumsOf(works, register.works, register.day);
  const named = (what: 'categories' | 'areas' | 'sources', id: string) => {
    const found = register[what].get(id);
    return found ? name(found) : id;
  };
  const narrowed = [
    ...(filter.category === undefined ? [] : [named('categories', filter.category)]),
    ...(filter.area === undefined ? [] : [named('areas', filter.area)]),
  ];
  return html`<section><h2 id="works">${t('办得怎样', 'How far it is')}${narrowed.length > 0 ? html`${t('：', ': ')}${narrowed.join(t('、', ', '))}` : ''}</h2>
${narrowed.length > 0 ? html`<p><a href="${to(pathOf(year))}">${t('看全年', 'See the whole year')}</a></p>` : ''}
<p class="small soft">${t(`截至${look.date(register.day)}`, `As of ${look.date(register.day)}`)}</p>
${sumsFigures(look, sums)}
${lightsGrid(look, sums, narrowed.length > 0 ? look.here : pathOf(year))}</section>
${narrowed.length > 0 ? '' : divided(look, year, all)}
${section(
  t('资金来源与年度投资', 'Money by source and year'),
  'sources',
  moneySums(look, sums, (id) => named('sources', id)),
)}
<section><h2>${t('每一件', 'Each project')}</h2>${byLight(look, works)}</section>`;
}

/** The same by category (七有一保障) and by area. */
function divided(look: Look, year: number, all: readonly Work[]): Html {
  const { t, name, register } = look;
  const whole = sumsOf(all, register.works, register.day);
  const rows = (field: keyof CycleFilter, names: PublicRegister['areas'], ids: readonly string[]) =>
    [...new Set([...[...names.keys()].filter((id) => ids.includes(id)), ...ids])].map((id) => {
      const found = names.get(id);
      return {
        name: found ? name(found) : id,
        path: pathOf(year, field, id),
        sums: sumsOf(filtered(all, { [field]: id }), register.works, register.day),
      };
    });
  const categories = all.map(({ sheet }) => sheet.category);
  const areas = all.flatMap(({ sheet }) => sheet.parts.map(({ area }) => area));
  return html`<section><h2>${t('按类别', 'By category')}</h2>${sumsTable(look, t('类别', 'Category'), rows('category', register.categories, categories), whole)}</section>
<section><h2>${t('按区域', 'By area')}</h2>${sumsTable(look, t('区域', 'Area'), rows('area', register.areas, areas), whole)}
<p class="small soft">${t('一件可以分布在几个区域：项数和资金相加即为合计，件数不相加。', 'A project may lie in several areas: parts and money add up, projects do not.')}</p></section>`;
}

/** Projects under the light that they show, the worst first. */
function byLight(look: Look, works: readonly Work[]): Html {
  const { register } = look;
  const lit = works.map((work) => ({ work, light: lightOf(work, register.works.rules, register.day).light }));
  return html`${LIGHTS_SHOWN.map((each) => {
    const found = lit.filter(({ light }) => light === each);
    if (found.length === 0) return '';
    return html`<h3 id="light-${each}">${lightMark(look, each)} ${look.t(`${found.length}件`, `${found.length}`)}</h3><ul class="list">${found.map(({ work }) => workLine(look, work))}</ul>`;
  })}`;
}

/** A project in a list: its stage, progress and money. */
function workLine(look: Look, work: Work): Html {
  const { t, to, name, date } = look;
  const { sheet, promised } = work;
  const finish = finishOf(sheet);
  const grade = work.appraisals.last()?.grade;
  const isShrunk = differences(promised, sheet).some((one) => one.isShrunk);
  return html`<li><a class="title" href="${to(projectPath(work.id))}">${said(name(sheet.title))}</a>
<p class="marks"><span class="mark other">${stageOfWork(look, stageOf(work))}</span>${grade ? html` <span class="mark ${gradeClass(grade)}">${gradeWord(look, grade)}</span>` : ''}${isShrunk ? html` <span class="mark alarm">${t('↓ 有缩减', '↓ less than promised')}</span>` : ''}</p>
${bar(look, progressOf(work).permille)}
<p class="tags"><span>${t(`${sheet.parts.length}项`, sheet.parts.length === 1 ? '1 part' : `${sheet.parts.length} parts`)}</span><span>${money(look, investment(sheet))}</span>${finish ? html`<span>${t(`${date(finish)}前完成`, `by ${date(finish)}`)}</span>` : ''}</p></li>`;
}
