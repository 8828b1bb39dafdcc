import { html } from 'hono/html';
import { finishOf, investment } from '../../../../shared/projects/sheet.ts';
import { lightOf } from '../../model/work/light.ts';
import { progressOf } from '../../model/work/progress.ts';
import { differences } from '../../model/work/shrunk.ts';
import { stageOf } from '../../model/work/stage.ts';
import type { Work } from '../../model/work/works.ts';
import { proofOf } from '../cycle-page.ts';
import { type Html, type Look, type Page, said } from '../frame.ts';
import { askedFor, moneyTable, projectPage } from '../project-page.ts';
import type { PublicList, PublicProject } from '../public-register.ts';
import { voteWord } from '../stage-words.ts';
import { changesOf } from './changes.ts';
import { gantt } from './gantt.ts';
import { appraisalsOf, documentsOf, lookBacksOf, rectificationsOf } from './judged.ts';
import { partsOfWork } from './parts.ts';
import { reportsOf } from './reports.ts';
import { namer, projectPath, type Shown, section } from './shown.ts';
import { findingsOf, groupOf, inspectionsOf, settledOf, visitsOf } from './supervision.ts';
import { lightWithWhy } from './why.ts';
import { bar, gradeClass, gradeWord, money, stageOfWork } from './work-words.ts';

/** The page of a project of a frozen list; null where there is none such. */
export function pageOfProject(look: Look, id: string): Page | null {
  const { register } = look;
  const project = register.projects.get(id);
  const list = register.cycles.find(({ year }) => year === project?.cycle)?.list;
  if (!project || !list) return null;
  const work = register.works.projects.get(id);
  return work ? workPage(look, work, project, list) : projectPage(look, project, list);
}

/** A project from the vote to the look-back: what was promised beside what is there, and where each figure comes from. */
export function workPage(look: Look, work: Work, project: PublicProject, list: PublicList): Page {
  const { t, to, name, register } = look;
  const { sheet, id, cycle } = work;
  const { works } = register;
  const shown: Shown = { look, work, named: namer(look, list) };
  const documents = [...works.documents.values()].filter((one) => one.project === id);
  const inspections = [...works.inspections.values()].filter(({ projects }) => projects.includes(id));
  return {
    title: name(sheet.title),
    main: html`<p><a href="${to(`/cycles/${cycle}`)}">${t(`${cycle}年度民生实事`, `Livelihood projects of ${cycle}`)}</a></p>
<h1>${said(name(sheet.title))}</h1>
${marks(shown, project)}
<p class="lead">${said(name(sheet.summary))}</p>
${howFar(shown)}
${facts(shown)}
${section(t('当时的承诺，今天的情况', 'What was promised, and what is there today'), 'promise', html`<p class="small soft">${t('承诺以票决时冻结的清单为准，', 'What was promised is what the frozen list says; ')}<a href="#verify">${t('可以核验', 'verify it')}</a>${t('。', '.')}</p>${partsOfWork(shown)}`)}
${section(t('计划与实际', 'Plan and reality'), 'plan', html`${gantt(shown)}${reportsOf(shown)}`)}
${section(t('资金', 'Money'), 'money', html`${paidFacts(shown)}${moneyTable(look, sheet, shown.named)}`)}
${section(t('监督小组', 'The supervision group'), 'group', groupOf(shown))}
${section(t('视察', 'Visits'), 'visits', visitsOf(shown))}
${section(t('争议裁定', 'Disputes that were settled'), 'settled', settledOf(shown))}
${section(t('问题清单', 'Findings'), 'findings', findingsOf(shown))}
${section(t('集中视察、询问和听取汇报', 'Inspections, inquiries and hearings'), 'inspections', inspectionsOf(look, inspections))}
${section(t('变更、中止和终止', 'Changes'), 'changes', changesOf(shown))}
${section(t('满意度测评', 'Appraisal'), 'appraisal', appraisalsOf(shown))}
${section(t('整改', 'Rectification'), 'rectification', rectificationsOf(shown))}
${section(t('翌年回头看', 'Looking back'), 'look-back', lookBacksOf(shown))}
${section(t('公布的文件', 'Published documents'), 'documents', documentsOf(look, documents))}
<h2>${t('来自哪些建议', 'What was asked for')}</h2>${askedFor(look, project.from)}
${proofOf(look, list)}`,
  };
}

function marks({ look, work }: Shown, { vote }: PublicProject): Html {
  const { t } = look;
  const grade = work.appraisals.last()?.grade;
  const isShrunk = differences(work.promised, work.sheet).some((one) => one.isShrunk);
  return html`<p class="marks">${vote ? html`<span class="mark good">${voteWord(look, vote)}</span> ` : ''}<span class="mark other">${stageOfWork(look, stageOf(work))}</span>${grade ? html` <span class="mark ${gradeClass(grade)}">${t('测评：', 'Appraised: ')}${gradeWord(look, grade)}</span>` : ''}${isShrunk ? html` <a class="mark alarm" href="#promise">${t('↓ 有缩减', '↓ less than promised')}</a>` : ''}</p>`;
}

/** The light with why, and the progress with how it was weighed. */
function howFar({ look, work }: Shown): Html {
  const { t, register } = look;
  const why = lightOf(work, register.works.rules, register.day);
  const part = work.sheet.parts.find(({ id }) => id === why.part);
  const { permille, weights } = progressOf(work);
  const weighed =
    weights === 'money'
      ? t('各子项目按资金加权。', 'Its parts are weighted by their money.')
      : t('没有资金数，各子项目同等计算。', 'There is no money to weigh by: all parts count alike.');
  return html`<div class="card how-far">${lightWithWhy(look, why, register.works.rules, part?.title ?? null)}${bar(look, permille)}<p class="small soft">${weighed}${t('数字由月报算出，任何人不能填写。', ' It is computed from the reports; nobody types it.')}</p></div>`;
}

function facts({ look, work, named }: Shown): Html {
  const { t, to, date } = look;
  const { sheet, shareOf } = work;
  const finish = finishOf(sheet);
  return html`<dl class="facts">
<dt>${t('责任单位', 'Responsible')}</dt><dd>${named('bodies', sheet.lead)}</dd>
${sheet.co.length > 0 ? html`<dt>${t('配合单位', 'With')}</dt><dd>${sheet.co.map((each) => named('bodies', each)).join(t('、', ', '))}</dd>` : ''}
<dt>${t('类别', 'Category')}</dt><dd>${named('categories', sheet.category)}</dd>
<dt>${t('建设内容', 'Content')}</dt><dd>${said(sheet.content, 'p')}</dd>
<dt>${t('受益对象', 'Who benefits')}</dt><dd>${said(sheet.beneficiaries)}</dd>
<dt>${t('总投资', 'Total investment')}</dt><dd>${money(look, investment(sheet))}${investment(sheet) === investment(work.promised) ? '' : html`${t('（票决时', ' (promised ')}${money(look, investment(work.promised))}${t('）', ')')}`}</dd>
${finish ? html`<dt>${t('完成时限', 'Deadline')}</dt><dd>${date(finish)}</dd>` : ''}
${shareOf ? html`<dt>${t('上级项目', 'Part of')}</dt><dd>${t('属上级项目的一部分，资金只在上级计入', 'a share of a project above, whose money counts there alone')} <code>${shareOf.register} / ${shareOf.project}</code></dd>` : ''}
</dl><p><a href="${to(`${projectPath(work.id)}/sheet.pdf`)}">${t('项目单（PDF）', 'Sheet (PDF)')}</a></p>`;
}

/** 到位 and 支付, apart, by the last report of each part. */
function paidFacts({ look, work }: Shown): Html {
  const { t } = look;
  const latest = [...work.parts.values()].flatMap(({ latest: one }) => one ?? []);
  const sum = (of: 'appropriated' | 'paid') => latest.reduce((sofar, one) => sofar + one[of], 0);
  const figures = [
    [t('到位', 'appropriated'), sum('appropriated')],
    [t('支付', 'paid'), sum('paid')],
  ] as const;
  return html`<dl class="figures">${figures.map(([what, fen]) => html`<div><dt>${what}</dt><dd>${money(look, fen)}</dd></div>`)}</dl>`;
}
