import { html } from 'hono/html';
import { inLanguage, type Language, type Text } from '../../../shared/protocol/ids.ts';
import { dateText, inGroups } from '../papers/layout/text.ts';
import type { PublicRegister } from './public-register.ts';

/** Escaped markup, as `html` makes it. */
export type Html = ReturnType<typeof html>;

/** How a page is looked at: in which language, at which address. */
export interface Look {
  readonly language: Language;
  readonly register: PublicRegister;
  /** The address of the page without its language. */
  readonly here: string;
  /** What the product says, in the language asked for. */
  readonly t: (zh: string, en: string) => string;
  /** A name of the register in that language, Chinese where it has no other. */
  readonly name: (text: Text) => string;
  /** An address of this register, in the same language. */
  readonly to: (path: string) => string;
  readonly date: (day: string) => string;
}

export function lookOf(register: PublicRegister, language: Language, here: string): Look {
  return {
    ...{ language, register, here },
    t: (zh, en) => (language === 'zh' ? zh : en),
    name: (text) => inLanguage(text, language),
    to: (path) => (language === 'zh' ? path : inEnglish(path)),
    date: (day) => dateText(day, language),
  };
}

function inEnglish(path: string): string {
  const [before = '', hash] = path.split('#');
  const asked = `${before}${before.includes('?') ? '&' : '?'}lang=en`;
  return hash === undefined ? asked : `${asked}#${hash}`;
}

/** What people wrote, whose language nobody knows: Chinese, where it is not said otherwise. */
export const said = (text: string, tag: 'p' | 'span' = 'span'): Html =>
  tag === 'p' ? html`<p class="said" lang="zh-CN">${text}</p>` : html`<span lang="zh-CN">${text}</span>`;

/** A hash, to be compared by eye. */
export const fingerprint = (hash: string): Html =>
  html`<code class="print">${inGroups(hash).join(' ')}</code>`;

/** Where the style and the script lie. */
export interface PageFiles {
  readonly style: string;
  readonly script: string;
}

export interface Page {
  readonly title: string;
  /** Which of the ways in the head leads here. */
  readonly at?: 'overview' | 'proposals' | 'propose' | 'follow' | 'years' | 'levels' | 'data' | 'notices';
  readonly main: Html;
  /** Whether it has the few lines of script that the code of a receipt needs. */
  readonly script?: boolean;
  /** Another language would not show what stands here: the answer to a form. */
  readonly once?: boolean;
}

/** A page whole. */
export function framed(look: Look, page: Page, files: PageFiles): Html {
  const { t, to, name, register, language, here } = look;
  const way = (at: Page['at'], path: string, words: string) =>
    html`<li><a href="${to(path)}"${page.at === at ? html` aria-current="page"` : ''}>${words}</a></li>`;
  const other = language === 'zh' ? inEnglish(here) : here;
  const title = page.at === 'overview' ? name(register.name) : `${page.title} · ${name(register.name)}`;
  return html`<!doctype html>
<html lang="${language === 'zh' ? 'zh-CN' : 'en'}">
<head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<title>${title}</title>
<link rel="stylesheet" href="${files.style}"><link rel="icon" href="data:,">
<link rel="alternate" type="application/atom+xml" href="${to('/feed.atom')}" title="${name(register.name)}">
${page.script ? html`<script src="${files.script}" defer></script>` : ''}</head>
<body><a class="skip" href="#main">${t('跳到正文', 'Skip to the content')}</a>
<header><div class="wide top"><a class="name" href="${to('/')}">${name(register.name)}</a>
${page.once ? '' : html`<a class="tongue" href="${other}" lang="${language === 'zh' ? 'en' : 'zh-CN'}" hreflang="${language === 'zh' ? 'en' : 'zh-CN'}">${t('English', '中文')}</a>`}</div>
<nav class="wide" aria-label="${t('主要页面', 'Pages')}"><ul>
${way('overview', '/', t('首页', 'Overview'))}
${way('propose', '/propose', t('提建议', 'Propose'))}
${way('follow', '/follow', t('查进度', 'Follow'))}
${way('proposals', '/proposals', t('看建议', 'Proposals'))}
${way('years', '/years', t('看成效', 'Results'))}
${way('notices', '/notices', t('公示', 'Notices'))}
${register.isAbove ? way('levels', '/levels', t('看三级', 'Three levels')) : ''}
</ul></nav></header>
<main id="main" class="wide">${page.main}</main>
<footer><div class="wide"><p>${name(register.congress)}</p>
<p><a href="${to('/open-data')}">${t('开放数据', 'Open data')}</a><a href="${to('/feed.atom')}">${t('订阅更新', 'Atom feed')}</a></p>
<p>${t('公开页面不登录、不跟踪、不使用 Cookie。', 'These pages know no log-in, no tracking and no cookies.')}</p></div></footer>
</body></html>
`;
}
