import { html } from 'hono/html';
import type { PublishedDocument } from '../model/work/works.ts';
import type { Block } from '../notices/block.ts';
import { blocksOf } from '../notices/blocks.ts';
import type { Notice } from '../notices/notice.ts';
import { kindLabel } from '../notices/notice-titles.ts';
import { NOTICE_SAID } from '../notices/notice-words.ts';
import { fingerprint, type Html, type Look, type Page, said } from './frame.ts';
import type { DayOf } from './public-register.ts';

/** All documents that were published, the newest first, each with the hash that stands in the ledger. */
export function noticesPage(look: Look, dayOf: DayOf): Page {
  const { t, to, date, language, register } = look;
  const documents = [...register.works.documents.values()].reverse();
  const title = t('公示与报告', 'Notices and reports');
  const replacing = new Map(documents.flatMap((one) => (one.replaces === null ? [] : [[one.replaces, one]])));
  const line = (
    one: PublishedDocument,
  ) => html`<li><a class="title" href="${to(address(one.document))}">${said(one.title)}</a>
<p class="tags"><span>${kindLabel(one.kind, language)}</span><span>${date(dayOf(one.at))}</span>${replacing.has(one.document) ? html`<span class="mark other">${t('已更正', 'corrected since')}</span>` : ''}${one.replaces === null ? '' : html`<span class="mark good">${t('更正件', 'a correction')}</span>`}</p>
<p class="small soft">${t(`账本第${one.seq}条，全文指纹`, `Entry ${one.seq} of the ledger; fingerprint of its text`)} ${fingerprint(one.text)}</p></li>`;
  return {
    title,
    at: 'notices',
    main: html`<h1>${title}</h1>
<p class="lead">${t('每月公示、季度通报、年中报告和年度报告，以及整改函和回头看报告。数据由账本计算，发布后不再改动；更正另发文件。', 'Monthly notices, quarterly bulletins, mid-year and year-end reports, letters of rectification and look-backs. Their figures are computed from the ledger, and nothing changes after they were published: corrections are documents of their own.')}</p>
${documents.length === 0 ? html`<p class="note">${t('尚未发布文件。', 'Nothing has been published yet.')}</p>` : html`<ul class="list">${documents.map(line)}</ul>`}`,
  };
}

const address = (document: string) => `/notices/${encodeURIComponent(document)}`;

/** A document as it was published: the words as they were written, the figures in the language that is asked for. */
export function noticePage(look: Look, published: PublishedDocument, notice: Notice, dayOf: DayOf): Page {
  const { t, to, date, language, register } = look;
  const words = NOTICE_SAID[language];
  const { document, seq, at, text, pdf, replaces } = published;
  const later = [...register.works.documents.values()].find((one) => one.replaces === document);
  return {
    title: notice.title,
    at: 'notices',
    main: html`<p><a href="${to('/notices')}">${t('公示与报告', 'Notices and reports')}</a></p>
<article class="notice"><h1>${written(notice.title, notice)}</h1>
<p class="tags"><span>${kindLabel(notice.kind, language)}</span><span>${date(dayOf(at))}</span>${notice.words.number === '' ? '' : html`<span>${notice.words.number}</span>`}<a href="${address(document)}/notice.pdf">${t('正式文件（PDF）', 'The document (PDF)')}</a></p>
${later ? html`<p class="note">${t('本文件已更正，见', 'It has been corrected; see ')}<a href="${to(address(later.document))}">${said(later.title)}</a>${t('。', '.')}</p>` : ''}
${replaces === null ? '' : html`<p class="note">${t('本文件更正', 'It corrects ')}<a href="${to(address(replaces))}">${replaces}</a>${t('。', '.')}</p>`}
${notice.words.preamble === '' ? '' : paragraph(notice.words.preamble, notice)}
${blocksOf(notice, language).map((block) => blockView(block))}
${(['problems', 'next'] as const).map((what) => (notice.words[what] === '' ? '' : html`<h2>${words[what]}</h2>${paragraph(notice.words[what], notice)}`))}
</article>
<h2 id="verify">${t('自己核验', 'Verify it yourself')}</h2>
<div class="card"><p>${words.figuresAs(date(notice.day), notice.head.seq, notice.head.hash.slice(0, 16))}</p>
<dl class="facts"><dt>${t('全文指纹（SHA-256）', 'Fingerprint of its text (SHA-256)')}</dt><dd>${fingerprint(text)}</dd>
<dt>${t('PDF 指纹（SHA-256）', 'Fingerprint of the PDF (SHA-256)')}</dt><dd>${fingerprint(pdf)}</dd>
<dt>${t('账本中的位置', 'In the ledger')}</dt><dd>${t(`第${seq}条`, `entry ${seq}`)}</dd>
<dt>${t('数据所依据的账本', 'The ledger its figures are of')}</dt><dd>${t(`第${notice.head.seq}条，`, `entry ${notice.head.seq}, `)}${fingerprint(notice.head.hash)}</dd></dl>
<p>${t('文件：', 'Files: ')}<a href="${address(document)}/notice.json">${t('全文（JSON）', 'its text (JSON)')}</a>${t('、', ', ')}<a href="${address(document)}/notice.pdf">PDF</a>${t('。用 ', '. Compute the SHA-256 of both (')}<code>sha256sum</code>${t(' 计算，结果应与上面的指纹一字不差。', '): they must be the fingerprints above, to the letter.')}</p></div>`,
  };
}

/** What somebody has written, in the language of the document. */
const written = (text: string, { language }: Notice): Html =>
  html`<span lang="${language === 'zh' ? 'zh-CN' : 'en'}">${text}</span>`;

const paragraph = (text: string, { language }: Notice): Html =>
  html`<p class="said" lang="${language === 'zh' ? 'zh-CN' : 'en'}">${text}</p>`;

function blockView({ heading, said: sentences, table, note }: Block): Html {
  return html`<section><h2>${heading}</h2>${sentences.map((one) => html`<p class="said">${one}</p>`)}
${
  table
    ? html`<div class="scroll" tabindex="0" role="region" aria-label="${heading}"><table><thead><tr>${table.columns.map(({ name }) => html`<th scope="col">${name}</th>`)}</tr></thead>
<tbody>${table.rows.map((row) => html`<tr>${row.map((cell, at) => html`<td class="said${table.columns[at]?.align === 'right' ? ' n' : ''}">${cell}</td>`)}</tr>`)}</tbody>
${table.sums ? html`<tfoot><tr>${table.sums.map((cell) => html`<td class="said">${cell}</td>`)}</tr></tfoot>` : ''}</table></div>`
    : ''
}${note === null ? '' : html`<p class="small soft">${note}</p>`}</section>`;
}
