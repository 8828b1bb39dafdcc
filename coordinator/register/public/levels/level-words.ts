import { html } from 'hono/html';
import type { LevelProject, LevelsAsked, Standing } from '../../federation/levels.ts';
import type { Level } from '../../model/level.ts';
import type { Sums } from '../../model/work/sums.ts';
import type { Html, Look } from '../frame.ts';
import { LIGHTS_SHOWN } from '../works/sums-view.ts';
import { lightMark } from '../works/work-marks.ts';

export function levelWord({ t }: Look, level: Level): string {
  switch (level) {
    case 'city':
      return t('市级', 'city');
    case 'county':
      return t('县级', 'county');
    case 'town':
      return t('乡镇级', 'town');
  }
}

/** How old what is known of a register is. */
export function ageWord({ t }: Look, hours: number): string {
  if (hours < 1) return t('不到1小时前', 'less than an hour ago');
  if (hours < 48) return t(`${hours}小时前`, `${hours} h ago`);
  const days = Math.floor(hours / 24);
  return t(`${days}天前`, `${days} days ago`);
}

/** Whether its figures are this hour's, in a word; nothing where all is well. */
export function standingMark(look: Look, standing: Standing): Html {
  const { is, hours } = standing;
  if (is === 'self' || is === 'fresh') return html``;
  const age = hours === null ? '' : look.t(`，${ageWord(look, hours)}`, `, ${ageWord(look, hours)}`);
  return html`<span class="mark ${is === 'stale' ? 'open' : 'alarm'}">${standingWord(look, standing)}${age}</span>`;
}

/** The same in a word of a table, where all is well too. */
export function standingWord(look: Look, { is }: Standing): string {
  const { t } = look;
  switch (is) {
    case 'self':
      return t('本级', 'this register');
    case 'fresh':
      return t('正常', 'well');
    case 'stale':
      return t('旧数据', 'old');
    case 'broken':
      return t('读取有误', 'faulty');
    case 'forked':
      return t('两种历史', 'two histories');
    case 'unread':
      return t('尚无数据', 'nothing read yet');
  }
}

/** The same in a sentence, with the reason. */
export function standingText(look: Look, standing: Standing): string {
  const { t, language } = look;
  const { is, hours, fault } = standing;
  const age =
    hours === null
      ? ''
      : t(`数字是${ageWord(look, hours)}读到的。`, `Its figures were read ${ageWord(look, hours)}. `);
  const why = fault ? t(`${fault.text.zh}。`, `${fault.text[language]}.`) : '';
  switch (is) {
    case 'self':
      return t('本级项目库。', 'This register itself.');
    case 'fresh':
      return age;
    case 'stale':
      return t(`${age}${why}`, `${age}${why}`);
    case 'broken':
      return t(`台账未能继续读取：${why}${age}`, `Its feed could not be read on: ${why} ${age}`);
    case 'forked':
      return t(
        `它对同一位置给出了两种不同的历史，新的没有计入。${why}${age}`,
        `It has shown two different histories; the new one is not counted. ${why} ${age}`,
      );
    case 'unread':
      return t(
        `尚未读到任何数据，没有计入合计。${why}`,
        `Nothing of it was read, and nothing is counted. ${why}`,
      );
  }
}

/** The address of what is asked for. @param path `/levels`, or that of one register. */
export function levelsPath(
  { year, level, category }: LevelsAsked,
  path = '/levels',
  more: Readonly<Record<string, string>> = {},
): string {
  const asked = new URLSearchParams({
    ...(year === null ? {} : { year: String(year) }),
    ...(level === null ? {} : { level }),
    ...(category === null ? {} : { category }),
    ...more,
  });
  return asked.size === 0 ? path : `${path}?${asked}`;
}

/** A page of the register that has this address, in the reader's language; null where it has none. @param to of this register's own. */
export function pageThere(
  { language, to }: Look,
  { address, standing }: { readonly address: string | null; readonly standing: Standing },
  path: string,
  hash = '',
): string | null {
  if (standing.is === 'self') return `${to(path)}${hash}`;
  if (address === null) return null;
  return `${address.replace(/\/$/, '')}${path}${language === 'zh' ? '' : '?lang=en'}${hash}`;
}

/** How many projects show which light. */
export const lightsList = (look: Look, { lights }: Sums): Html =>
  html`<ul class="grid lights">${LIGHTS_SHOWN.filter((each) => lights[each] > 0 || each !== 'none').map(
    (each) =>
      html`<li><span>${lightMark(look, each)} <b>${look.t(`${lights[each]}件`, `${lights[each]}`)}</b></span></li>`,
  )}</ul>`;

/** Where a share counts. */
export function shareWord({ t }: Look, share: NonNullable<LevelProject['share']>): string {
  return share.isThere
    ? t(
        `属${share.register}项目${share.project}，只在那里计入`,
        `a share of ${share.project} of ${share.register}, counted there`,
      )
    : t(
        `自称属${share.register}项目${share.project}，但那里没有：在本处计入`,
        `says to be a share of ${share.project} of ${share.register}, where there is none: counted here`,
      );
}
