import { html } from 'hono/html';
import type { Html, Look } from './frame.ts';
import { partPath } from './works/shown.ts';

const SIZES = ['a4', 'a3'] as const;

const links = (path: string): readonly Html[] =>
  SIZES.map((size, i) => html`${i > 0 ? ' · ' : ''}<a href="${path}/${size}.pdf">${size.toUpperCase()}</a>`);

/** What is to be printed and hung at the sites of a project, all of them in one file. */
export const postersLine = ({ t }: Look, project: string): Html =>
  html`<p>${t('现场公示牌（带二维码）：', 'Posters for the sites, with a QR code: ')}${links(`/projects/${encodeURIComponent(project)}/posters`)}</p>`;

/** The same for one site. */
export const posterLine = ({ t }: Look, project: string, part: string): Html =>
  html`<p>${t('现场公示牌（带二维码）：', 'Poster for the site, with a QR code: ')}${links(`${partPath(project, part)}/poster`)}</p>`;
