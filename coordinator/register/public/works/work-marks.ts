import { html } from 'hono/html';
import { inWan, wanText } from '../../../../shared/projects/money.ts';
import { GRADE_TERMS, headed, type Term } from '../../../../shared/terms.ts';
import { LIGHT_TERMS, monthText, percentText, STAGE_TERMS } from '../../../contract/register/work-words.ts';
import type { Grade } from '../../model/work/grades.ts';
import type { Light } from '../../model/work/light.ts';
import type { Stage } from '../../model/work/stage.ts';
import type { Html, Look } from '../frame.ts';

/** A term of the trade, as it stands alone. */
export const termed = ({ language }: Look, term: Term): string => headed(term[language]);

/** 亿元 with two places; exact to its last place, since it is made of digits. */
function inYi(fen: number): string {
  const digits = String(Math.round(fen / 100_000_000)).padStart(3, '0');
  return `${digits.slice(0, -2)}.${digits.slice(-2)}`;
}

function inYuan(fen: number): string {
  const cents = fen % 100;
  const yuan = String(Math.trunc(fen / 100)).replace(/\B(?=(?:\d{3})+$)/g, ',');
  return cents === 0 ? yuan : `${yuan}.${String(cents).padStart(2, '0')}`;
}

/** Millions of yuan with two places. */
const inMillions = (fen: number): string => inWan(Math.round(fen / 100)).replace(/\B(?=(?:\d{3})+\.)/g, ',');

/** From 100 million yuan (1亿元) on, money is said in larger units: its digits are no longer read one by one. */
const LARGE_FEN = 10_000_000_000;

/** Money as people say it. */
export const moneyText = ({ t }: Look, fen: number): string =>
  fen >= LARGE_FEN
    ? t(`${inYi(fen)}亿元`, `¥${inMillions(fen)} m`)
    : t(`${wanText(fen)}万元`, `¥${inYuan(fen)}`);

/** The same on a page: what is rounded for the eye is there to the fen. */
export const money = (look: Look, fen: number): Html =>
  html`<data value="${fen}">${moneyText(look, fen)}</data>`;

/** A month such as `2027-03` in words. */
export const monthWord = ({ language }: Look, month: string): string => monthText(month, language);

export const stageOfWork = (look: Look, stage: Stage): string => termed(look, STAGE_TERMS[stage]);
export const gradeWord = (look: Look, grade: Grade): string => termed(look, GRADE_TERMS[grade]);
export const gradeClass = (grade: Grade): string => (grade === 'dissatisfied' ? 'alarm' : 'good');

/** Each light has a shape of its own: nobody has to tell red from green. */
const SHAPES: Record<Light, string> = { green: '●', yellow: '▲', red: '■', grey: '○', none: '–' };

export const lightMark = (look: Look, light: Light): Html =>
  html`<span class="light ${light}"><span aria-hidden="true">${SHAPES[light]}</span> ${termed(look, LIGHT_TERMS[light])}</span>`;

const numbered = ({ t }: Look, seq: number): string => t(`第${seq}条记录`, `entry ${seq}`);

/** The entry of the ledger from which a figure comes, as a way to where that is told. @param page where it is not this one. */
export const fromEntry = (look: Look, seq: number, page = ''): Html =>
  html`<a class="ref" href="${page === '' ? '' : look.to(page)}#e${seq}">${numbered(look, seq)}</a>`;

/** Where that entry is told; on each page once. */
export const entryHere = (look: Look, seq: number): Html =>
  html`<a class="ref" id="e${seq}" href="#e${seq}">${numbered(look, seq)}</a>`;

/** A bar of so many ‰, with them said beside it. @param planned a mark on it, where a plan wants so much. */
export function bar(look: Look, permille: number, planned: number | null = null): Html {
  const mark =
    planned === null ? '' : html`<rect class="wanted" x="${planned - 4}" y="0" width="8" height="30"/>`;
  const words = look.t('已完成', 'done');
  const wanted =
    planned === null ? '' : look.t(`，计划${percentText(planned)}`, `, planned ${percentText(planned)}`);
  return html`<p class="progress"><svg viewBox="0 0 1000 30" preserveAspectRatio="none" aria-hidden="true"><rect class="track" x="0" y="4" width="1000" height="22"/><rect class="done" x="0" y="4" width="${permille}" height="22"/>${mark}</svg><span>${words} <b>${percentText(permille)}</b>${wanted}</span></p>`;
}

/** Files that everybody may see, each as a small picture that leads to the whole. */
export function pictures({ t }: Look, hashes: readonly string[]): Html {
  if (hashes.length === 0) return html``;
  return html`<p class="pictures">${hashes.map(
    (hash, i) =>
      html`<a href="/evidence/${hash}/whole"><img src="/evidence/${hash}/small" alt="${t(`附件${i + 1}`, `Attachment ${i + 1}`)}" loading="lazy" width="120" height="90"></a>`,
  )}</p>`;
}
