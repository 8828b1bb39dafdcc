import { html } from 'hono/html';
import { percentText } from '../../../contract/register/work-words.ts';
import type { LevelsAsked, MemberSums, PublicLevels } from '../../federation/levels.ts';
import type { Sums } from '../../model/work/sums.ts';
import type { Html, Look, Page } from '../frame.ts';
import {
  gradesLine,
  lightsLine,
  moneySums,
  type SumsRow,
  sumsFigures,
  sumsTable,
} from '../works/sums-view.ts';
import { money } from '../works/work-marks.ts';
import { levelsPath, levelWord, lightsList, standingMark, standingText } from './level-words.ts';

/** 三级汇总: city, counties and towns together, each sum leading down to the register that it comes from. */
export function levelsPage(look: Look, levels: PublicLevels): Page {
  const { t, name } = look;
  const { asked, whole, members } = levels;
  const title = t('三级汇总', 'Three levels');
  const sourceName = (zh: string) => {
    const found = levels.sourceNames.get(zh);
    return found ? name(found) : zh;
  };
  return {
    title,
    at: 'levels',
    main: html`<h1>${title}</h1>
<p class="lead">${t('市、县、乡镇的民生实事加在一起。每个数都由各级项目库自己签名的台账算出，可以点到每一件、每一条记录。', 'The projects of city, counties and towns together. Every figure is computed from the registers’ own signed ledgers, and leads down to each project and entry.')}</p>
${years(look, levels)}
${narrowed(look, levels)}
${troubles(look, members)}
<section><h2>${t('合计', 'Together')}</h2><p class="small soft">${t(`${members.length}个项目库，截至${look.date(levels.day)}`, `${members.length} registers, as of ${look.date(levels.day)}`)}</p>
${sumsFigures(look, whole)}
${lightsList(look, whole)}
<p>${t('测评：', 'Appraised: ')}${gradesLine(look, whole)}</p></section>
<section><h2>${t('各项目库', 'Each register')}</h2>${registers(look, levels)}</section>
${divided(look, levels)}
<section><h2>${t('资金来源与年度投资', 'Money by source and year')}</h2>${moneySums(look, whole, sourceName)}</section>
<section><h2>${t('下载', 'To take along')}</h2><p>${files(look, asked)}</p></section>`,
  };
}

function years(look: Look, { asked, years: all }: PublicLevels): Html {
  const { t, to } = look;
  const way = (year: number | null, words: string) =>
    html`<li><a href="${to(levelsPath({ ...asked, year }))}"${asked.year === year ? html` aria-current="page"` : ''}>${words}</a></li>`;
  return html`<nav class="years" aria-label="${t('年度', 'Year')}"><ul>${way(null, t('全部年度', 'All years'))}${all.map((year) => way(year, String(year)))}</ul></nav>`;
}

/** What alone is looked at, and the way back. */
function narrowed(look: Look, { asked, byCategory }: PublicLevels): Html {
  const { t, to, name } = look;
  const category = byCategory.find(({ key }) => key === asked.category)?.name;
  const words = [
    ...(asked.level === null ? [] : [levelWord(look, asked.level)]),
    ...(asked.category === null ? [] : [category ? name(category) : asked.category]),
  ];
  if (words.length === 0) return html``;
  return html`<p class="note">${t('只看：', 'Only: ')}<b>${words.join(t('、', ', '))}</b> <a href="${to(levelsPath({ ...asked, level: null, category: null }))}">${t('看全部', 'See all')}</a></p>`;
}

/** What is old, faulty or claimed: before any sum. */
function troubles(look: Look, members: readonly MemberSums[]): Html {
  const { t, to, name } = look;
  const link = ({ id, name: its }: MemberSums) => html`<a href="${to(`/levels/${id}`)}">${name(its)}</a>`;
  const lines = members.flatMap((member) => {
    const { standing, claims } = member;
    const isWell = standing.is === 'self' || standing.is === 'fresh';
    const isRed = standing.is === 'forked' || standing.is === 'broken';
    const before = standing.forked !== null && standing.is !== 'forked';
    return [
      ...(isWell
        ? []
        : [{ isRed, line: html`${link(member)}${t('：', ': ')}${standingText(look, standing)}` }]),
      ...(before
        ? [
            {
              isRed: true,
              line: html`${link(member)}${t('：曾给出两种不同的历史，当时没有计入。', ': has shown two different histories before; the other was not counted.')}`,
            },
          ]
        : []),
      ...(claims.length > 0
        ? [
            {
              isRed: false,
              line: html`${link(member)}${t(`：${claims.length}件自称是别处项目的一部分，那里没有：在它自己名下计入。`, `: ${claims.length} say to be shares of projects elsewhere that are not there; they count as its own.`)}`,
            },
          ]
        : []),
    ];
  });
  if (lines.length === 0) return html``;
  const of = (isRed: boolean) => lines.filter((each) => each.isRed === isRed);
  return html`${of(true).length > 0 ? html`<div class="bad" role="status">${of(true).map(({ line }) => html`<p>${line}</p>`)}</div>` : ''}
${of(false).length > 0 ? html`<div class="note" role="status">${of(false).map(({ line }) => html`<p>${line}</p>`)}</div>` : ''}`;
}

/** A line a register; where nothing was read, that stands there and no zero. On a telephone each is a card. */
function registers(look: Look, { members, whole, asked }: PublicLevels): Html {
  const { t, to, name } = look;
  const heads = {
    projects: t('件', 'Projects'),
    parts: t('项', 'Parts'),
    fen: t('总投资', 'Investment'),
    paid: t('支付', 'Paid'),
    progress: t('进度', 'Progress'),
    lights: t('亮灯', 'Lights'),
    grades: t('测评', 'Appraisal'),
  };
  const cells = (sums: Sums) =>
    html`<td class="n" data-l="${heads.projects}">${sums.projects}</td><td class="n" data-l="${heads.parts}">${sums.parts}</td><td class="n" data-l="${heads.fen}">${money(look, sums.fen)}</td><td class="n" data-l="${heads.paid}">${money(look, sums.paid)}</td><td class="n" data-l="${heads.progress}">${percentText(sums.permille)}</td><td class="full">${lightsLine(look, sums)}</td><td class="full" data-l="${heads.grades}">${gradesLine(look, sums)}</td>`;
  const row = (member: MemberSums) => {
    const { id, level, standing } = member;
    const path = levelsPath({ ...asked, level: null }, `/levels/${id}`);
    return html`<tr><th scope="row"><a href="${to(path)}">${name(member.name)}</a> <span class="soft small">${levelWord(look, level)}</span> ${standingMark(look, standing)}</th>${standing.is === 'unread' ? html`<td class="full" colspan="7">—</td>` : cells(member.sums)}</tr>`;
  };
  const what = t('项目库', 'Register');
  const { projects, parts, fen, paid, progress, lights, grades } = heads;
  return html`<div class="scroll" tabindex="0" role="region" aria-label="${what}"><table class="cards"><thead><tr><th scope="col">${what}</th>${[projects, parts, fen, paid, progress].map((head) => html`<th scope="col" class="n">${head}</th>`)}<th scope="col">${lights}</th><th scope="col">${grades}</th></tr></thead>
<tbody>${members.map(row)}</tbody>
<tfoot><tr><th scope="row">${t('合计', 'Together')}</th>${cells(whole)}</tr></tfoot></table></div>`;
}

/** The same sums by level, category, year and area. */
function divided(look: Look, { asked, whole, byLevel, byCategory, byYear, byArea }: PublicLevels): Html {
  const { t, to, name } = look;
  const table = (title: string, what: string, rows: readonly SumsRow[]) =>
    rows.length === 0 ? '' : html`<section><h2>${title}</h2>${sumsTable(look, what, rows, whole)}</section>`;
  const at = (more: Partial<LevelsAsked>) => levelsPath({ ...asked, ...more });
  const areas = byArea.map(({ register, name: area, key, sums }) => {
    const [id = '', its = ''] = key.split('/');
    const path = levelsPath({ ...asked, level: null }, `/levels/${id}`, { area: its });
    return html`<tr><th scope="row"><a href="${to(path)}">${name(area)}</a></th><td>${name(register)}</td><td class="n">${sums.projects}</td><td class="n">${sums.parts}</td><td class="n">${money(look, sums.fen)}</td><td>${lightsLine(look, sums)}</td></tr>`;
  });
  return html`${
    asked.level === null
      ? table(
          t('按级别', 'By level'),
          t('级别', 'Level'),
          byLevel.map(({ level, sums }) => ({ name: levelWord(look, level), path: at({ level }), sums })),
        )
      : ''
  }
${
  asked.category === null
    ? table(
        t('按类别', 'By category'),
        t('类别', 'Category'),
        byCategory.map(({ name: category, key, sums }) => ({
          ...{ name: name(category), path: at({ category: key }), sums },
        })),
      )
    : ''
}
${
  asked.year === null
    ? table(
        t('按年度', 'By year'),
        t('年度', 'Year'),
        byYear.map(({ key, sums }) => ({ name: key, path: at({ year: Number(key) }), sums })),
      )
    : ''
}
<section><h2>${t('按区域', 'By area')}</h2><details><summary>${t(`${byArea.length}个区域`, `${byArea.length} areas`)}</summary>
<div class="scroll" tabindex="0" role="region" aria-label="${t('按区域', 'By area')}"><table><thead><tr><th scope="col">${t('区域', 'Area')}</th><th scope="col">${t('项目库', 'Register')}</th><th scope="col" class="n">${t('件', 'Projects')}</th><th scope="col" class="n">${t('项', 'Parts')}</th><th scope="col" class="n">${t('总投资', 'Investment')}</th><th scope="col">${t('亮灯', 'Lights')}</th></tr></thead><tbody>${areas}</tbody></table></div>
<p class="small soft">${t('一件可以分布在几个区域：项数和资金相加即为合计，件数不相加。', 'A project may lie in several areas: parts and money add up, projects do not.')}</p></details></section>`;
}

function files({ to }: Look, { year }: LevelsAsked): Html {
  const at = `/data/levels/${year ?? 'all'}`;
  return html`<a href="${at}.json">JSON</a> · <a href="${to(`${at}.csv`)}">CSV</a> · <a href="${to(`${at}.xlsx`)}">XLSX</a>`;
}
