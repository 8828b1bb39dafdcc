import { html } from 'hono/html';
import { type Html, type Look, said } from './frame.ts';
import type { PublicProposal } from './public-register.ts';
import { voteWord } from './stage-words.ts';

/** What was answered, in sentences; before the release, that there is no answer yet. */
export function answerOf(look: Look, one: PublicProposal): Html {
  const { t, date } = look;
  if (!one.answer)
    return html`<p class="note">${t('尚未答复。同一年度的答复在同一天统一公布。', 'No answer yet. All answers of a year are released at one moment.')}</p>`;
  return html`<div class="card">${toldOf(look, one)}<p class="small soft">${t(`${date(one.answer.day)}公布`, `released ${date(one.answer.day)}`)}</p></div>`;
}

function toldOf(look: Look, one: PublicProposal): Html {
  const { t, to, name, register } = look;
  const outcome = one.answer?.outcome;
  switch (outcome?.is) {
    case undefined:
      return html``;
    case 'merged': {
      const into = register.proposals.get(outcome.into);
      const link = html`<a href="${to(`/proposals/${outcome.into}`)}">${into?.wording ? said(into.wording.title) : outcome.into}</a>`;
      return html`<p>${t('与另一件事项相同或相近，已并入：', 'It asks for much the same as another one and was merged into it: ')}${into ? link : outcome.into}</p>${
        // One step: nothing is merged into what is merged itself.
        into && into.answer?.outcome.is !== 'merged' ? toldOf(look, into) : ''
      }`;
    }
    case 'excluded': {
      const ground = register.grounds.get(outcome.ground);
      return html`<p>${t('属于不列入民生实事项目的情形：', 'It is of a kind that is not put on the list: ')}<b>${ground ? name(ground) : outcome.ground}</b></p><p>${t('理由：', 'The reason: ')}${said(outcome.reason)}</p>`;
    }
    case 'not-adopted':
      return html`<p>${t('未采纳为候选项目。', 'It was not adopted among the candidates.')}</p><p>${t('理由：', 'The reason: ')}${said(outcome.reason)}</p>`;
    case 'adopted':
      return adopted(look, outcome.project);
  }
}

function adopted(look: Look, id: string): Html {
  const { t, to, name, register } = look;
  const project = register.projects.get(id);
  const title = project?.sheet.title ?? register.titles.get(id);
  const words = title ? said(name(title)) : id;
  const path = to(`/projects/${encodeURIComponent(id)}`);
  return html`<p>${t('已采纳，纳入候选项目：', 'Adopted, as part of the candidate project ')}${project ? html`<a href="${path}">${words}</a>` : words}</p>
${project?.vote ? html`<p><span class="mark ${project.vote.isChosen ? 'good' : 'other'}">${voteWord(look, project.vote)}</span></p><p><a href="${path}#verify">${t('在这里核验', 'Verify it here')}</a></p>` : html`<p>${t('候选项目由人大代表票决，结果见本页。', 'The deputies vote on the candidates; the result will stand here.')}</p>`}`;
}
