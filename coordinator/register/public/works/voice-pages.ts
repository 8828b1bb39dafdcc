import { html } from 'hono/html';
import { VOICE_TERMS } from '../../../../shared/terms.ts';
import type { Voice } from '../../model/work/works.ts';
import { type Html, type Look, type Page, said } from '../frame.ts';
import { plain, type Wrong } from '../proposal-form.ts';
import { codeCard, optional, wrongBox } from '../propose-pages.ts';
import { partPath, projectPath } from './shown.ts';
import { termed } from './work-words.ts';

/** So many characters may be said at once, with so many photographs. */
export const MOST_SAID = 1000;
export const MOST_PHOTOS = 3;

/** What somebody has typed at the site of a part. */
export interface TypedVoice {
  readonly kind: Voice['kind'] | null;
  readonly text: string;
}

export const NOTHING_SAID: TypedVoice = { kind: null, text: '' };

/** What a form brings; what is too long is said, and still there. */
export function voiceIn({ kind, text }: Readonly<Record<string, unknown>>): TypedVoice {
  return {
    kind: kind === 'objection' || kind === 'comment' ? kind : null,
    text: plain(text).slice(0, MOST_SAID + 500),
  };
}

/** Everything that is wrong with what was typed. */
export function wrongVoice({ t }: Look, { kind, text }: TypedVoice): readonly Wrong[] {
  const wrong: Wrong[] = [];
  if (kind === null)
    wrong.push({
      field: 'objection',
      words: t('请选择是情况不符还是留言', 'Choose whether it is not so, or a comment'),
    });
  if (text === '') wrong.push({ field: 'text', words: t('请写要说的话', 'Write what you want to say') });
  if (text.length > MOST_SAID)
    wrong.push({ field: 'text', words: t(`最多${MOST_SAID}个字`, `At most ${MOST_SAID} characters`) });
  return wrong;
}

/** Where something is said: a part of a project, with its names. */
export interface Site {
  readonly project: string;
  readonly part: string;
  readonly title: string;
}

function fields(look: Look, { kind, text }: TypedVoice, wrong: readonly Wrong[]): Html {
  const { t } = look;
  const choice = (of: Voice['kind'], words: string) =>
    html`<label class="choice" for="${of}"><input type="radio" id="${of}" name="kind" value="${of}" required${kind === of ? html` checked` : ''}> <span><b>${termed(look, VOICE_TERMS[of])}</b>${t('：', ': ')}${words}</span></label>`;
  const mine = wrong.find(({ field }) => field === 'text');
  return html`<fieldset class="plain"><legend>${t('我要说', 'I want to say')}</legend>
${choice('objection', t('与这里写的不一样', 'it is otherwise than it says here'))}
${choice('comment', t('意见、建议或感谢', 'an opinion, a wish or thanks'))}</fieldset>
<label for="text">${t('说什么', 'What')}</label>
<p class="hint" id="text-hint">${t('不用登录，不问姓名和电话，也请不要写。核对后公开，“情况不符”会转给监督小组。', 'No account; your name and number are not asked for: please leave them out. It is public once it was read; “not so” goes to the supervision group.')}</p>
<textarea id="text" name="text" rows="4" required maxlength="${MOST_SAID}" aria-describedby="text-hint${mine ? ' text-wrong' : ''}"${mine ? html` aria-invalid="true"` : ''}>${text}</textarea>
${mine ? html`<p class="mark bad" id="text-wrong">${mine.words}</p>` : ''}`;
}

/** 异议与留言: the first step, on the part's page. No account, no name. */
export function speakForm(look: Look, project: string, part: string): Html {
  const { t, to } = look;
  return html`<form class="card" method="post" action="${to(`${partPath(project, part)}/voice/words`)}">${fields(look, NOTHING_SAID, [])}
<div class="row"><button class="go">${t('下一步', 'Next')}</button></div></form>`;
}

/** The second step: photographs, and sending it; and the form once more where something was wrong. */
export function voicePage(
  look: Look,
  { project, part, title }: Site,
  typed: TypedVoice,
  form: {
    readonly token: string;
    readonly wrong: readonly Wrong[];
    readonly notice: string | null;
    /** Photographs that were taken in already, sealed. */
    readonly kept: readonly string[];
  },
): Page {
  const { t, to } = look;
  const heading = t('说说这里的情况', 'Say how it is here');
  return {
    title: heading,
    once: true,
    main: html`<p><a href="${to(partPath(project, part))}">${said(title)}</a></p><h1>${heading}</h1>
${wrongBox(look, form)}
<form class="card" method="post" action="${to(`${partPath(project, part)}/voice`)}" enctype="multipart/form-data">
<input type="hidden" name="token" value="${form.token}">
${form.kept.map((each) => html`<input type="hidden" name="kept" value="${each}">`)}
${fields(look, typed, form.wrong)}
<label for="files">${t('照片', 'Photographs')} ${optional(look)}</label>
${form.kept.length > 0 ? html`<p>${t(`已收到${form.kept.length}张，不用再选。`, `${form.kept.length} already here; no need to choose them again.`)}</p>` : ''}
${form.kept.length < MOST_PHOTOS ? html`<input id="files" name="files" type="file" multiple accept="image/jpeg,image/png,image/webp" aria-describedby="files-hint">` : ''}
<p class="hint" id="files-hint">${t(`最多${MOST_PHOTOS}张。拍摄位置等信息会自动去掉；照片只给工作人员和监督小组看，不公开。`, `At most ${MOST_PHOTOS}. Where a photograph was taken is removed from it; photographs are seen by the offices and are not published.`)}</p>
<div class="row"><button class="go">${t('提交', 'Send')}</button></div></form>`,
  };
}

/** What somebody has who has said something: its number, and the code by which it is followed. */
export interface VoiceReceipt {
  readonly voice: string;
  readonly code: string;
}

/** The answer to the form: the code stands here and nowhere else. @param address where it is followed. */
export function voiceTaken(
  look: Look,
  { project, part, title }: Site,
  { voice, code }: VoiceReceipt,
  address: string,
): Page {
  const { t, to } = look;
  const heading = t('已收到，谢谢您', 'It has come in; thank you');
  return {
    title: heading,
    once: true,
    script: true,
    main: html`<h1>${heading}</h1>${codeCard(look, { title, code }, address)}
<p>${t(`编号：${voice}。核对不含个人信息后公开，答复写在同一处。`, `Its number: ${voice}. It is public once it was read, and answered in the same place.`)}</p>
<p><a href="${to(partPath(project, part))}">${t('回到这一项', 'Back to this part')}</a></p>`,
  };
}

/** What stands behind the code of something that was said. */
export function followedVoicePage(look: Look, one: Voice): Page {
  const { t, to, name, date, register } = look;
  const work = register.works.projects.get(one.project);
  const part = [...(work?.sheet.parts ?? []), ...(work?.promised.parts ?? [])].find(
    ({ id }) => id === one.part,
  );
  const finding = [...(work?.findings.values() ?? [])].find(({ voice }) => voice === one.voice);
  const heading = t('我说的话', 'What I said');
  return {
    title: heading,
    at: 'follow',
    once: true,
    main: html`<h1>${heading}</h1>
<p class="tags"><span class="mark other">${termed(look, VOICE_TERMS[one.kind])}</span><span>${date(register.dayOf(one.at))}</span><span>${one.voice}</span></p>
${work && part ? html`<p><a href="${to(partPath(work.id, part.id))}">${said(name(work.sheet.title))}${t('：', ': ')}${said(part.title)}</a></p>` : ''}
${standing(look, one)}
${finding ? html`<p>${t('监督小组已据此提出问题：', 'The supervision group has made a finding of it: ')}<a href="${to(projectPath(one.project))}#findings">${t('问题清单', 'findings')}</a></p>` : ''}
<h2>${t('答复', 'The answer')}</h2>
${one.answers.length === 0 ? html`<p class="note">${t('尚未答复。', 'No answer yet.')}</p>` : one.answers.map(({ words, at }) => html`<div class="card">${said(words, 'p')}<p class="small soft">${date(register.dayOf(at))}</p></div>`)}`,
  };
}

function standing({ t }: Look, { text, erased }: Voice): Html {
  if (erased) return html`<p class="note">${t('内容已按要求清除。', 'What was said has been erased.')}</p>`;
  if (text === null)
    return html`<p class="note">${t('文字正在核对，核对后公开。', 'The text is still to be read before it is public.')}</p>`;
  return html`<div class="card">${said(text, 'p')}</div>`;
}
