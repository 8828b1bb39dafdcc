import { html } from 'hono/html';
import { VOICE_TERMS } from '../../../../shared/terms.ts';
import { overdueMonths } from '../../model/work/light.ts';
import { emptyPart, type Voice } from '../../model/work/works.ts';
import { type Html, type Look, type Page, said } from '../frame.ts';
import { partProgress, promisedAndNow } from './parts.ts';
import { listOfWork, namer, projectPath, quantity, type Shown, section } from './shown.ts';
import { visitLines } from './supervision.ts';
import { speakForm } from './voice-pages.ts';
import { fromEntry, money, monthText, pictures, termed } from './work-words.ts';

/** 项: what the code at its site opens. What was promised, how far it is, who is responsible, and where to say that it is not so. */
export function partPage(look: Look, project: string, id: string): Page | null {
  const { t, to, name, register } = look;
  const work = register.works.projects.get(project);
  const part =
    work?.sheet.parts.find((one) => one.id === id) ?? work?.promised.parts.find((one) => one.id === id);
  if (!work || !part) return null;
  const shown: Shown = { look, work, named: namer(look, listOfWork(register, work)) };
  const path = projectPath(project);
  const { rows, mark } = promisedAndNow(shown, id, path);
  const holds = work.sheet.parts.includes(part);
  return {
    title: `${part.title} · ${name(work.sheet.title)}`,
    main: html`<p><a href="${to(path)}">${said(name(work.sheet.title))}</a></p>
<h1>${said(part.title)}</h1>${mark}
<div class="card how-far">${holds ? partProgress(shown, part, path) : html`<p>${t('这一项已取消。', 'This part was dropped.')}</p>`}</div>
<dl class="facts">${rows}
<dt>${t('责任单位', 'Responsible')}</dt><dd>${shown.named('bodies', part.body)}</dd>
<dt>${t('完成时限', 'Deadline')}</dt><dd>${look.date(part.finish)}</dd>
<dt>${t('地点', 'Place')}</dt><dd>${shown.named('areas', part.area)} ${said(part.place)}</dd></dl>
${section(t('最近一次月报', 'The last report'), 'report', lastReport(shown, id))}
${section(t('最近一次视察', 'The last visit'), 'visit', lastVisit(shown, id))}
${openFindings(shown, id)}
<p><a href="${to(path)}">${t('看整个项目：计划、资金、票决结果和核验', 'The whole project: plan, money, the vote and its proof')}</a></p>
<h2 id="say">${t('您看到的是这样吗？', 'Is it so, where you are?')}</h2>${speakForm(look, project, id)}
${section(t('大家说的', 'What people said'), 'voices', voicesOf(look, project, id))}`,
  };
}

function lastReport({ look, work }: Shown, id: string): Html | null {
  const { t, register } = look;
  const its = work.parts.get(id) ?? emptyPart();
  const part = work.sheet.parts.find((one) => one.id === id);
  const overdue = overdueMonths(its, register.works.rules, register.day);
  const late =
    overdue.length === 0 || work.standing !== 'running'
      ? ''
      : html`<p><span class="mark alarm">${t('逾期未报', 'overdue')}</span> ${overdue.map((month) => monthText(look, month)).join(t('、', ', '))}</p>`;
  if (!its.latest) return late === '' ? null : html`${late}`;
  const { month, done, paid, appropriated, words, evidence, seq } = its.latest;
  return html`<div class="card"><p><b>${monthText(look, month)}</b>${t('：', ': ')}${quantity(done, part?.target.unit ?? '')}${t('；到位', '; appropriated ')}${money(look, appropriated)}${t('，支付', ', paid ')}${money(look, paid)} ${fromEntry(look, seq, projectPath(work.id))}</p>${words === '' ? '' : said(words, 'p')}${pictures(look, evidence)}</div>${late}`;
}

function lastVisit(shown: Shown, id: string): Html | null {
  const last = [...shown.work.visits.values()].findLast(({ part }) => part === id);
  return last ? html`<div class="card">${visitLines(shown, last, projectPath(shown.work.id))}</div>` : null;
}

function openFindings({ look, work }: Shown, id: string): Html {
  const { t, to } = look;
  const open = [...work.findings.values()].filter(({ part, state }) => part === id && state !== 'closed');
  if (open.length === 0) return html``;
  return html`<p><a href="${to(projectPath(work.id))}#findings">${t(`监督小组提出的问题还有${open.length}个未销号`, `${open.length} findings of the group are not closed`)}</a></p>`;
}

/** What people have said at the site, once somebody has read that it holds no personal data, with the answers. */
function voicesOf(look: Look, project: string, id: string): Html | null {
  const voices = [...look.register.works.voices.values()].filter(
    (one) => one.project === project && one.part === id,
  );
  if (voices.length === 0) return null;
  return html`<ul class="list">${voices.toReversed().map((one) => html`<li>${voiceLines(look, one)}</li>`)}</ul>`;
}

/** What somebody said, and what was answered. */
export function voiceLines(look: Look, { voice, kind, at, text, answers }: Voice): Html {
  const { t, date, register } = look;
  return html`<p><span class="mark ${kind === 'objection' ? 'alarm' : 'other'}">${termed(look, VOICE_TERMS[kind])}</span> ${date(register.dayOf(at))} <span class="soft small">${voice}</span></p>${said(text ?? '', 'p')}
${answers.map((one) => html`<p class="note"><b>${t('答复：', 'Answer: ')}</b>${said(one.words)} <span class="small soft">${date(register.dayOf(one.at))}</span></p>`)}`;
}
