import { html } from 'hono/html';
import { label, PROPOSAL_CHANNELS } from '../../../shared/terms.ts';
import type { PublicSearch } from '../../contract/register/public-routes.ts';
import type { ProposalState } from '../model/state.ts';
import { answerOf } from './answer-words.ts';
import { type Html, type Look, type Page, said } from './frame.ts';
import type { PublicProposal } from './public-register.ts';
import { sourceWord, stageClass, stageWord } from './stage-words.ts';

const STAGES: readonly ProposalState[] = [
  'received',
  'under-screening',
  'merged',
  'excluded',
  'not-adopted',
  'adopted',
];

/** What was found, a page of it. */
export interface FoundProposals {
  readonly asked: PublicSearch;
  readonly rows: readonly PublicProposal[];
  readonly total: number;
  /** Whether there are pages behind this one. */
  readonly isMore: boolean;
}

/** The address of a search; what is not asked for is not in it. */
export function searchPath(asked: PublicSearch, page = asked.page): string {
  const query = new URLSearchParams();
  for (const [name, value] of Object.entries({ ...asked, page }))
    if (value !== undefined && value !== '' && value !== 0) query.set(name, String(value));
  return query.size === 0 ? '/proposals' : `/proposals?${query}`;
}

/** Proposals whose wording was cleared, with what narrows them down. */
export function proposalsPage(look: Look, { asked, rows, total, isMore }: FoundProposals): Page {
  const { t, to } = look;
  const step = (page: number, words: string) => html`<a href="${to(searchPath(asked, page))}">${words}</a>`;
  return {
    title: t('大家的建议', 'Proposals'),
    at: 'proposals',
    main: html`<h1>${t('大家的建议', 'Proposals')}</h1>
${searchForm(look, asked)}
<p role="status">${t(`共${total}件`, total === 1 ? '1 proposal' : `${total} proposals`)}</p>
${rows.length === 0 ? html`<p class="note">${t('没有找到。换个说法再试，或者自己提出来。', 'Nothing found. Try other words, or propose it yourself.')} <a href="${to('/propose')}">${t('我要提建议', 'Make a proposal')}</a></p>` : html`<ul class="list">${rows.map((each) => proposalLine(look, each))}</ul>`}
<p class="small soft">${t('建议经核对不含个人信息后公开；正在核对的不在其中。', 'A proposal is public once somebody has read that it holds no personal data; those still to be read are not among these.')}</p>
<div class="pages"><span>${asked.page > 0 ? step(asked.page - 1, t('← 上一页', '← Back')) : ''}</span><span>${isMore ? step(asked.page + 1, t('下一页 →', 'Next →')) : ''}</span></div>`,
  };
}

function searchForm(look: Look, asked: PublicSearch): Html {
  const { t, name, register, language } = look;
  const { category, area, stage, cycle } = asked;
  const isNarrowed = [category, area, stage, cycle].some((each) => each !== undefined);
  const choice = (field: string, words: string, of: readonly (readonly [string, string])[], is: unknown) =>
    html`<div><label for="${field}">${words}</label><select id="${field}" name="${field}"><option value="">${t('全部', 'all')}</option>${of.map(
      ([id, title]) =>
        html`<option value="${id}"${String(is ?? '') === id ? html` selected` : ''}>${title}</option>`,
    )}</select></div>`;
  const named = (names: typeof register.areas) => [...names].map(([id, each]) => [id, name(each)] as const);
  return html`<form class="find card" action="/proposals" method="get" role="search">
${language === 'en' ? html`<input type="hidden" name="lang" value="en">` : ''}
<div class="word"><label for="q">${t('找什么', 'Words')}</label><input id="q" name="q" type="search" maxlength="200" value="${asked.q}"></div>
<details class="word"${isNarrowed ? html` open` : ''}><summary>${t('按类别、区域、进度、年度查找', 'By category, area, stage or year')}</summary><div class="find">
${choice('category', t('类别', 'Category'), named(register.categories), asked.category)}
${choice('area', t('区域', 'Area'), named(register.areas), asked.area)}
${choice(
  'stage',
  t('进度', 'Stage'),
  STAGES.map((each) => [each, stageWord(look, each)] as const),
  asked.stage,
)}
${choice(
  'cycle',
  t('年度', 'Year'),
  register.cycles.map(({ year }) => [String(year), String(year)] as const),
  asked.cycle,
)}</div></details>
<div><button class="go">${t('查找', 'Search')}</button></div></form>`;
}

/** A proposal in a list. */
export function proposalLine(look: Look, one: PublicProposal): Html {
  const { t, to, date } = look;
  return html`<li><a class="title" href="${to(`/proposals/${one.id}`)}">${said(one.wording?.title ?? one.id)}</a>
<p class="tags"><span class="mark ${stageClass(one.stage)}">${stageWord(look, one.stage)}</span>${placed(look, one)}<span>${date(one.received)}</span>${one.seconds > 0 ? html`<span>${t(`${one.seconds}名代表附议`, `seconded by ${one.seconds} deputies`)}</span>` : ''}</p></li>`;
}

function placed({ name, register }: Look, { category, area }: PublicProposal): Html {
  const names = [category && register.categories.get(category), area && register.areas.get(area)];
  return html`${names.map((each) => (each ? html`<span>${name(each)}</span>` : ''))}`;
}

/** One proposal: what it asks for, where it stands, and its answer once that was released. */
export function proposalPage(look: Look, one: PublicProposal): Page {
  const { t, to, date } = look;
  const title = one.wording?.title ?? one.id;
  return {
    title,
    at: 'proposals',
    main: html`<h1>${said(title)}</h1>
<p class="tags"><span class="mark ${stageClass(one.stage)}">${stageWord(look, one.stage)}</span>${placed(look, one)}<span>${sourceWord(look, one.source)}</span><span>${label(PROPOSAL_CHANNELS[one.channel], look.language)}</span><span>${t(`${date(one.received)}收到`, `received ${date(one.received)}`)}</span><span>${one.id}</span></p>
${one.wording ? html`<div class="card">${said(one.wording.text, 'p')}</div>` : ''}
${one.seconds > 0 ? html`<p>${t(`${one.seconds}名代表附议此建议。`, one.seconds === 1 ? 'One deputy seconds it.' : `${one.seconds} deputies second it.`)}</p>` : ''}
<h2>${t('答复', 'The answer')}</h2>${answerOf(look, one)}
<p><a href="${to('/proposals')}">${t('看其他建议', 'Other proposals')}</a></p>`,
  };
}
