import { html } from 'hono/html';
import { answerOf } from './answer-words.ts';
import { type Look, type Page, said } from './frame.ts';
import type { PublicProposal } from './public-register.ts';
import { stageClass, stageWord } from './stage-words.ts';

/** Where a code is typed. @param wrong what is said of the one that was. */
export function followPage({ t, to }: Look, typed = '', wrong: string | null = null): Page {
  return {
    title: t('查询我的建议', 'Follow my proposal'),
    at: 'follow',
    script: true,
    main: html`<h1>${t('查询我的建议', 'Follow my proposal')}</h1>
${wrong === null ? '' : html`<div class="bad" role="alert"><p>${wrong}</p></div>`}
<form class="card" method="post" action="${to('/follow')}">
<label for="code">${t('回执上的查询码', 'The code on your receipt')}</label>
<p class="hint" id="code-hint">${t('16 个字母和数字，如 7K3Q-M0AB-…；大小写、空格、短横都可以。', 'Sixteen letters and digits, such as 7K3Q-M0AB-…; capitals, spaces and dashes do not matter.')}</p>
<input id="code" name="code" class="code" type="text" required maxlength="60" autocomplete="off" autocapitalize="characters" spellcheck="false" aria-describedby="code-hint" value="${typed}">
<div class="row"><button class="go">${t('查询', 'Show')}</button></div></form>
<p class="soft">${t('扫回执上的二维码，查询码会自动填好。回执丢了，请带身份信息到受理单位补办。', 'The QR code on the receipt fills it in. If you have lost it, the office can give you another.')}</p>`,
  };
}

/** What stands behind a code. */
export function followedPage(look: Look, one: PublicProposal, code: string): Page {
  const { t, to, date } = look;
  return {
    title: t('我的建议', 'My proposal'),
    at: 'follow',
    once: true,
    main: html`<h1>${one.wording ? said(one.wording.title) : t('您的建议', 'Your proposal')}</h1>
<p class="tags"><span class="mark ${stageClass(one.stage)}">${stageWord(look, one.stage)}</span><span>${t(`${date(one.received)}收到`, `received ${date(one.received)}`)}</span><span>${t(`公开编号 ${one.id}`, `public number ${one.id}`)}</span></p>
${one.wording ? html`<div class="card">${said(one.wording.text, 'p')}</div>` : html`<p class="note">${t('文字正在核对，核对后公开。', 'The text is still to be read before it is public.')}</p>`}
${one.seconds > 0 ? html`<p>${t(`${one.seconds}名代表附议此建议。`, one.seconds === 1 ? 'One deputy seconds it.' : `${one.seconds} deputies second it.`)}</p>` : ''}
<h2>${t('答复', 'The answer')}</h2>${answerOf(look, one)}
${one.answer ? html`<form method="post" action="${to('/follow/letter.pdf')}"><input type="hidden" name="code" value="${code}"><button class="go">${t('下载答复函（PDF）', 'The answer as a letter (PDF)')}</button></form>` : ''}`,
  };
}
