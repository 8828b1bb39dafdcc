import { html } from 'hono/html';
import { TERMS } from '../../../shared/terms.ts';
import type { Html, Look, Page } from './frame.ts';
import type { PublicCycle } from './public-register.ts';
import { cycleWord } from './stage-words.ts';
import { worksOfCycle } from './works/cycle-works.ts';
import { lightsGrid, sumsFigures } from './works/sums-view.ts';
import { sumsOfYears } from './works/years-page.ts';
import { yearStep, yearSteps } from './year-steps.ts';

/** The first page: how far this year is, what can be done now, and what came of the years before. */
export function overviewPage(look: Look): Page {
  const { t, name, register } = look;
  const [latest, ...earlier] = register.cycles;
  return {
    title: name(register.name),
    at: 'overview',
    main: html`<h1>${name(register.name)}</h1>
<p class="lead">${t('您希望政府为大家办什么实事？说出来；每条建议都有答复。最终办哪些，由人大代表投票决定。', 'What should be built or done for everybody? Say it; every proposal gets an answer. The deputies vote on what is carried out.')}</p>
${latest ? now(look, latest) : html`<p class="note">${t('尚未开始征集。', 'No collection has been announced yet.')}</p>`}
${underWay(look)}
${latest ? categoriesOf(look, latest) : ''}
${earlier.length > 0 ? html`<h2>${t('往年', 'Earlier years')}</h2><ul class="grid">${earlier.map((each) => yearOf(look, each))}</ul>` : ''}`,
  };
}

function now(look: Look, cycle: PublicCycle): Html {
  const { t, to } = look;
  const { year, from, stage, list } = cycle;
  const canPropose = stage === 'collecting';
  const chosen = chosenOf(look, cycle);
  const figures: readonly (readonly [string, number])[] = [
    [t('收到建议', 'proposals received'), cycle.received],
    [t('已答复', 'answered'), cycle.answered],
    ...(list ? [[t(TERMS.candidate.zh, 'candidate projects'), list.list.projects.length] as const] : []),
    ...(chosen === null ? [] : [[t('入选项目', 'projects chosen'), chosen] as const]),
  ];
  return html`<section class="card"><h2>${t(`${year}年度`, `The year ${year}`)}</h2>
<p><b>${cycleWord(look, stage, from, cycle.to)}</b></p>
${stepsOf(look, cycle)}
<div class="row">${canPropose ? html`<a class="go" href="${to('/propose')}">${t('我要提建议', 'Make a proposal')}</a>` : ''}
${list ? html`<a class="go ${canPropose ? 'quiet' : ''}" href="${to(`/cycles/${year}`)}">${list.vote ? t('看票决结果', 'See the result') : t('看候选项目清单', 'See the candidates')}</a>` : ''}
<a class="go quiet" href="${to('/follow')}">${t('查询我的建议', 'Follow my proposal')}</a></div></section>
<dl class="figures">${figures.map(([what, n]) => html`<div><dt>${what}</dt><dd>${n}</dd></div>`)}</dl>`;
}

/** The year of which projects are carried out now; while the next one has begun, how far this is stands here. */
function underWay(look: Look): Html {
  const { t, to, register } = look;
  const [now] = sumsOfYears(register);
  if (!now) return html``;
  const before = register.cycles.slice(1).find(({ year }) => year === now.year);
  const path = `/cycles/${now.year}`;
  return html`<section><h2>${t(`${now.year}年度办得怎样`, `How far the projects of ${now.year} are`)}</h2>
${before ? stepsOf(look, before) : ''}${sumsFigures(look, now.sums)}${lightsGrid(look, now.sums, path)}
<div class="row"><a class="go quiet" href="${to(path)}">${t('看每一件', 'See each project')}</a><a class="go quiet" href="${to('/years')}">${t('历年成效', 'All years')}</a></div></section>`;
}

const stepsOf = (look: Look, { year, stage }: PublicCycle): Html =>
  yearSteps(look, yearStep(stage, worksOfCycle(look.register, year)));

function categoriesOf(look: Look, { year, categories }: PublicCycle): Html {
  const { t, to, name, register } = look;
  const unit = (n: number) => t(`${n}件`, `${n}`);
  return html`<h2>${t('大家在提什么', 'What is asked for')}</h2><ul class="grid">${[
    ...register.categories,
  ].map(
    ([id, title]) =>
      html`<li><a href="${to(`/proposals?cycle=${year}&category=${encodeURIComponent(id)}`)}">${name(title)} <b>${unit(categories.get(id) ?? 0)}</b></a></li>`,
  )}</ul>`;
}

const chosenOf = ({ register }: Look, { year, list }: PublicCycle): number | null =>
  list?.vote
    ? [...register.projects.values()].filter(({ cycle, vote }) => cycle === year && vote?.isChosen).length
    : null;

function yearOf(look: Look, cycle: PublicCycle): Html {
  const { t, to } = look;
  const chosen = chosenOf(look, cycle);
  const words = chosen === null ? t('未票决', 'no vote') : t(`入选${chosen}件`, `${chosen} chosen`);
  return html`<li><a href="${to(`/cycles/${cycle.year}`)}">${cycle.year} <b>${words}</b></a></li>`;
}
