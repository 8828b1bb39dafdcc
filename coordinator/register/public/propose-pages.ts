import { html } from 'hono/html';
import { qrPath } from '../../../shared/qr.ts';
import { MOST_FILES } from '../../contract/register/public-routes.ts';
import { MOST_ATTACHMENT_BYTES } from '../attachments/refusals.ts';
import { type Html, type Look, type Page, said } from './frame.ts';
import { MOST_TYPED, type Typed, type Wrong } from './proposal-form.ts';
import { proposalLine } from './proposals-pages.ts';
import type { PublicProposal } from './public-register.ts';
import type { Receipt } from './routes/receipts.ts';

/** A form with what was typed in it, and what is wrong with that. */
export interface Filled {
  readonly typed: Typed;
  readonly wrong: readonly Wrong[];
  /** What is said above it, where something went wrong that is in no field. */
  readonly notice: string | null;
}

/** No year collects just now. */
export function notCollecting({ t, to }: Look): Page {
  return {
    title: t('我要提建议', 'Make a proposal'),
    at: 'propose',
    main: html`<h1>${t('我要提建议', 'Make a proposal')}</h1><p class="note">${t('现在不在征集期内，请留意首页公布的征集时间。', 'Proposals are not being collected now; the overview says when they are.')}</p><div class="row"><a class="go quiet" href="${to('/proposals')}">${t('看大家的建议', 'See the proposals')}</a></div>`,
  };
}

/** The first step: what it is about. */
export function matterPage(look: Look, filled: Filled): Page {
  const { t, to } = look;
  return {
    title: t('我要提建议', 'Make a proposal'),
    at: 'propose',
    main: html`<h1>${t('我要提建议', 'Make a proposal')}</h1>
<p class="lead">${t('三步就好，不用登录，可以不留姓名。一次只说一件事。', 'Three steps, without an account; you need not give your name. One matter each time.')}</p>
${wrongBox(look, filled)}
<form method="post" action="${to('/propose/matter')}">${matter(look, filled)}
<div class="row"><button class="go">${t('下一步', 'Next')}</button></div></form>`,
  };
}

/** What was asked for already, the second step and the third. */
export function detailsPage(
  look: Look,
  filled: Filled,
  form: {
    readonly token: string;
    readonly similar: readonly PublicProposal[];
    /** Files that were taken in already, sealed. */
    readonly kept: readonly string[];
  },
): Page {
  const { t, to } = look;
  const { typed } = filled;
  const most = MOST_FILES - form.kept.length;
  return {
    title: t('我要提建议', 'Make a proposal'),
    at: 'propose',
    once: true,
    main: html`<h1>${t('我要提建议', 'Make a proposal')}</h1>
${wrongBox(look, filled)}
${similarBox(look, form.similar)}
<form method="post" action="${to('/propose')}" enctype="multipart/form-data">
<input type="hidden" name="token" value="${form.token}">
${form.kept.map((each) => html`<input type="hidden" name="kept" value="${each}">`)}
${matter(look, filled)}
<fieldset><legend>${t('第二步：在哪里', 'Step 2: where')}</legend>
<label for="area">${t('区域', 'Area')} ${optional(look)}</label>${areaChoice(look, typed.area)}
${field(look, filled, 'place', t('地点', 'Place'), { hint: t('如：人民路与建设街路口', 'For example: the corner of Renmin Road') })}</fieldset>
<fieldset><legend>${t('第三步：您是谁', 'Step 3: who you are')}</legend>
<p class="hint">${t('可以都不填。姓名、电话和住址只供工作人员与您联系，不公开，可随时要求删除。', 'All of it may stay empty. Name, telephone and address are only for the office to reach you; they are never published, and erased whenever you ask.')}</p>
${field(look, filled, 'name', t('姓名', 'Name'), { auto: 'name' })}
${field(look, filled, 'telephone', t('电话', 'Telephone'), { auto: 'tel', type: 'tel' })}
${field(look, filled, 'address', t('住址', 'Address'), { auto: 'street-address' })}
<label for="files">${t('照片或 PDF', 'Photographs or PDF')} ${optional(look)}</label>
${form.kept.length > 0 ? html`<p>${t(`已收到${form.kept.length}个文件，不用再选。`, `${form.kept.length} already here; no need to choose them again.`)}</p>` : ''}
${most > 0 ? html`<input id="files" name="files" type="file" multiple accept="image/jpeg,image/png,image/webp,application/pdf" aria-describedby="files-hint">` : ''}
<p class="hint" id="files-hint">${t(`最多${MOST_FILES}个，每个不超过${MOST_ATTACHMENT_BYTES / 1e6} MB。照片里的拍摄位置等信息会自动去掉，照片不公开。`, `At most ${MOST_FILES}, each up to ${MOST_ATTACHMENT_BYTES / 1e6} MB. Where a photograph was taken is removed from it; photographs are not published.`)}</p></fieldset>
<div class="row"><button class="go">${t('提交', 'Send')}</button></div></form>`,
  };
}

export const optional = ({ t }: Look) => html`<span class="soft">${t('（可不填）', '(optional)')}</span>`;

function matter(look: Look, filled: Filled): Html {
  const { t } = look;
  return html`<fieldset><legend>${t('第一步：什么事', 'Step 1: what')}</legend>
${field(look, filled, 'title', t('标题', 'Title'), { isNeeded: true, hint: t('一句话，如：人民路加装路灯', 'In one line, such as: street lamps on Renmin Road') })}
${field(look, filled, 'text', t('要办什么，为什么', 'What is to be done, and why'), { isNeeded: true, isLong: true, hint: t('这段话核对后会公开，请不要写姓名和电话。', 'This will be public once it was read: leave names and telephone numbers out of it.') })}</fieldset>`;
}

function field(
  look: Look,
  { typed, wrong }: Filled,
  name: keyof Typed,
  label: string,
  how: {
    readonly isNeeded?: boolean;
    readonly isLong?: boolean;
    readonly hint?: string;
    readonly auto?: string;
    readonly type?: string;
  },
): Html {
  const mine = wrong.find((each) => each.field === name);
  const told = [how.hint && `${name}-hint`, mine && `${name}-wrong`].filter(Boolean).join(' ');
  const common = html`id="${name}" name="${name}" maxlength="${MOST_TYPED[name]}"${how.isNeeded ? html` required` : ''}${told ? html` aria-describedby="${told}"` : ''}${mine ? html` aria-invalid="true"` : ''}`;
  return html`<label for="${name}">${label} ${how.isNeeded ? '' : optional(look)}</label>
${how.hint ? html`<p class="hint" id="${name}-hint">${how.hint}</p>` : ''}
${how.isLong ? html`<textarea ${common} rows="6">${typed[name]}</textarea>` : html`<input ${common} type="${how.type ?? 'text'}" autocomplete="${how.auto ?? 'off'}" value="${typed[name]}">`}
${mine ? html`<p class="mark bad" id="${name}-wrong">${mine.words}</p>` : ''}`;
}

const areaChoice = ({ t, name, register }: Look, is: string) =>
  html`<select id="area" name="area"><option value="">${t('请选择', 'choose')}</option>${[
    ...register.areas,
  ].map(
    ([id, title]) => html`<option value="${id}"${id === is ? html` selected` : ''}>${name(title)}</option>`,
  )}</select>`;

/** What kept a form from being taken, above it. */
export function wrongBox({ t }: Look, { wrong, notice }: Pick<Filled, 'wrong' | 'notice'>): Html {
  if (wrong.length === 0 && notice === null) return html``;
  return html`<div class="bad" role="alert"><p><b>${t('还没有提交', 'Not sent yet')}</b></p>${notice === null ? '' : html`<p>${notice}</p>`}${wrong.map(
    ({ field: name, words }) => html`<p><a href="#${name}">${words}</a></p>`,
  )}<p>${t('您写的内容都还在。', 'Everything that you wrote is still here.')}</p></div>`;
}

function similarBox(look: Look, similar: readonly PublicProposal[]): Html {
  const { t } = look;
  if (similar.length === 0) return html``;
  return html`<section class="note"><h2>${t('有人提过类似的', 'People have asked for the like')}</h2>
<p>${t('如果说的是同一件事，看那一件的进展就可以，不必再提；不是同一件，请接着填。', 'If it is the same matter, follow that one, and you need not send yours; if it is another, go on.')}</p>
<ul class="list">${similar.map((each) => proposalLine(look, each))}</ul></section>`;
}

/** A code that is shown once, to be kept. @param also what else can be done with it. */
export function codeCard(
  { t }: Look,
  { title, code }: Pick<Receipt, 'title' | 'code'>,
  address: string,
  also: Html | '' = '',
): Html {
  const { side, path } = qrPath(`${address}#${code}`);
  return html`<section class="card receipt"><p>${said(title)}</p>
<p>${t('查询码', 'Code')}</p><p class="code">${code}</p>
<svg viewBox="0 0 ${side} ${side}" role="img" aria-label="${t('查询码的二维码', 'QR code of the code')}"><path d="${path}"/></svg>
<p><b>${t('请现在保存：截图、拍照、打印或抄下来。离开本页后无法再次显示。', 'Keep it now: a screenshot, a photograph, a print, or by hand. It is not shown again once you leave.')}</b></p>
<p>${t('凭它可以随时查询进展和答复。', 'With it you can follow it and find the answer at any time.')}</p>
<div class="row">${also}<button class="go quiet" type="button" data-print hidden>${t('打印本页', 'Print this page')}</button></div></section>`;
}

/** The receipt: its code is shown here and nowhere else. @param address where the code is followed. */
export function receiptPage(look: Look, receipt: Receipt, address: string, token: string): Page {
  const { t, to } = look;
  return {
    title: t('已收到您的建议', 'Your proposal has come in'),
    at: 'propose',
    once: true,
    script: true,
    main: html`<h1>${t('已收到您的建议', 'Your proposal has come in')}</h1>
${codeCard(
  look,
  receipt,
  address,
  html`<form method="post" action="${to('/propose/receipt.pdf')}"><input type="hidden" name="token" value="${token}"><button class="go">${t('下载回执（PDF）', 'Receipt (PDF)')}</button></form>`,
)}
<p>${t(`公开编号：${receipt.proposal}。文字核对后公开；答复将统一公布。`, `Its public number: ${receipt.proposal}. The text is public once it was read; answers are released all together.`)}</p>
<p><a href="${to('/propose')}">${t('再提一件', 'Propose something else')}</a></p>`,
  };
}
