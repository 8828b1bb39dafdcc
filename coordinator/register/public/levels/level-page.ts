import { html } from 'hono/html';
import type { LevelProject, MemberSums, PublicLevels } from '../../federation/levels.ts';
import { fingerprint, type Html, type Look, type Page, said } from '../frame.ts';
import { gradesLine, sumsFigures, sumsTable } from '../works/sums-view.ts';
import { bar, gradeClass, gradeWord, lightMark, money, stageOfWork } from '../works/work-marks.ts';
import {
  levelsPath,
  levelWord,
  lightsList,
  pageThere,
  shareWord,
  standingMark,
  standingText,
} from './level-words.ts';

/** A register among the three levels: what it adds to the sums, and each of its projects with the entries behind its figures. */
export function levelPage(
  look: Look,
  levels: PublicLevels,
  member: MemberSums,
  projects: readonly LevelProject[],
  area: string | null,
): Page {
  const { t, to, name } = look;
  const { asked } = levels;
  const there = pageThere(look, member, '/');
  const path = `/levels/${member.id}`;
  const areas = levels.byArea.filter(({ key }) => key.startsWith(`${member.id}/`));
  const only = areas.find(({ key }) => key === `${member.id}/${area}`);
  const narrowed = [
    ...(asked.year === null ? [] : [t(`${asked.year}年度`, String(asked.year))]),
    ...(asked.category === null ? [] : [asked.category]),
    ...(only ? [name(only.name)] : []),
  ];
  return {
    title: name(member.name),
    at: 'levels',
    main: html`<p><a href="${to(levelsPath({ ...asked, level: null }))}">${t('← 三级汇总', '← Three levels')}</a></p>
<h1>${name(member.name)}</h1>
<p><span class="mark other">${levelWord(look, member.level)}</span> ${standingMark(look, member.standing)}</p>
<p>${standingText(look, member.standing)}</p>
${there === null || member.standing.is === 'self' ? '' : html`<p><a class="go quiet" href="${there}">${t('看它自己的公开页', 'See its own public pages')}</a></p>`}
${narrowed.length > 0 ? html`<p class="note">${t('只看：', 'Only: ')}<b>${narrowed.join(t('、', ', '))}</b> <a href="${to(path)}">${t('看全部', 'See all')}</a></p>` : ''}
${
  member.standing.is === 'unread'
    ? ''
    : html`${sumsFigures(look, only?.sums ?? member.sums)}
${lightsList(look, only?.sums ?? member.sums)}
<p>${t('测评：', 'Appraised: ')}${gradesLine(look, only?.sums ?? member.sums)}</p>
${
  areas.length > 1 && !only
    ? html`<section><h2>${t('按区域', 'By area')}</h2>${sumsTable(
        look,
        t('区域', 'Area'),
        areas.map(({ name: its, key, sums }) => ({
          name: name(its),
          path: levelsPath({ ...asked, level: null }, path, { area: key.split('/')[1] ?? '' }),
          sums,
        })),
        member.sums,
      )}</section>`
    : ''
}
<section><h2>${t(`每一件（${projects.length}）`, `Each project (${projects.length})`)}</h2><ul class="list">${projects.map((one) => projectLine(look, member, one))}</ul></section>`
}
${proof(look, member)}`,
  };
}

function projectLine(look: Look, member: MemberSums, one: LevelProject): Html {
  const { t, name } = look;
  const page = `/projects/${one.id}`;
  const there = pageThere(look, member, page);
  const title = said(name(one.title));
  const entries = one.entries.map((seq) => {
    const at = pageThere(look, member, page, `#e${seq}`);
    return at === null
      ? html`<span class="ref">${seq}</span> `
      : html`<a class="ref" href="${at}">${seq}</a> `;
  });
  return html`<li>${there === null ? html`<span class="title">${title}</span>` : html`<a class="title" href="${there}">${title}</a>`}
<p class="marks">${lightMark(look, one.light.light)} <span class="mark other">${stageOfWork(look, one.stage)}</span>${one.grade ? html` <span class="mark ${gradeClass(one.grade)}">${gradeWord(look, one.grade)}</span>` : ''}${one.disputed > 0 ? html` <span class="mark alarm">${t('有争议', 'disputed')}</span>` : ''}</p>
${one.share ? html`<p class="${one.share.isThere ? 'soft' : 'alarm'}">${shareWord(look, one.share)}</p>` : ''}
${bar(look, one.permille)}
<p class="tags"><span>${one.cycle}</span>${one.category ? html`<span>${name(one.category)}</span>` : ''}${one.lead ? html`<span>${name(one.lead)}</span>` : ''}<span>${t(`${one.parts}项`, one.parts === 1 ? '1 part' : `${one.parts} parts`)}</span><span>${money(look, one.fen)}</span></p>
${entries.length > 0 ? html`<details><summary>${t(`数字出自它台账的${entries.length}条记录`, `Its figures come from ${entries.length} entries of its ledger`)}</summary><p>${entries}</p></details>` : ''}</li>`;
}

/** How far its ledger was read, and which of its entries this register has witnessed. */
function proof(look: Look, { seq, witnessed, standing }: MemberSums): Html {
  const { t } = look;
  if (standing.is === 'self' || seq === null) return html``;
  return html`<section><h2>${t('核验', 'Proof')}</h2><p>${t(`它的台账逐条核验签名和规则，已读到第${seq}条。`, `Each entry of its ledger was checked, signature and rules; it was read up to entry ${seq}.`)}</p>
${
  witnessed
    ? html`<p>${t(`本项目库在自己台账的第${witnessed.seq}条见证了它的第${witnessed.at}条，此后它不能再给出另一种历史：`, `This register has witnessed its entry ${witnessed.at} in entry ${witnessed.seq} of its own ledger; from then on another history of it shows:`)}</p><p>${fingerprint(witnessed.hash)}</p>`
    : ''
}</section>`;
}
