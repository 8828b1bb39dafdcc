import { html } from 'hono/html';
import { VOICE_TERMS } from '../../../../shared/terms.ts';
import type { Html, Look } from '../frame.ts';
import { partPath } from './shown.ts';
import { termed } from './work-words.ts';

/** So many characters may be said at once. */
export const MOST_SAID = 1000;

/** 异议与留言: the first step, on the part's page. No account, no name. */
export function speakForm(look: Look, project: string, part: string): Html {
  const { t, to } = look;
  return html`<form class="card" method="post" action="${to(`${partPath(project, part)}/voice/words`)}">
<fieldset class="plain"><legend>${t('我要说', 'I want to say')}</legend>
<label class="choice"><input type="radio" name="kind" value="objection" required> ${termed(look, VOICE_TERMS.objection)}</label>
<label class="choice"><input type="radio" name="kind" value="comment"> ${termed(look, VOICE_TERMS.comment)}</label></fieldset>
<label for="text">${t('说什么', 'What')}</label>
<p class="hint" id="text-hint">${t('不用登录，不问姓名和电话，也请不要写。核对后公开，“情况不符”会转给监督小组。', 'No account; your name and number are not asked for, and please leave them out. It is public once it was read; “not so” goes to the supervision group.')}</p>
<textarea id="text" name="text" rows="4" required maxlength="${MOST_SAID}" aria-describedby="text-hint"></textarea>
<div class="row"><button class="go">${t('下一步', 'Next')}</button></div></form>`;
}
