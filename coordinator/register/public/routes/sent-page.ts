import type { FastifyReply, FastifyRequest } from 'fastify';
import { sha256Hex } from '../../../../shared/protocol/bytes.ts';
import { askedTag, type Language } from '../../../../shared/protocol/ids.ts';
import { framed, type Look, lookOf, type Page, type PageFiles } from '../frame.ts';
import { nothingHere } from '../notice-page.ts';
import type { PublicRegister } from '../public-register.ts';
import { PUBLIC_SCRIPT } from '../script.ts';
import { PUBLIC_STYLE } from '../style.ts';

/** Nothing from elsewhere, nothing inline; forms go to this register alone. */
const POLICY =
  "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self' data:; form-action 'self'; frame-ancestors 'none'; base-uri 'none'";

const versionOf = (text: string) => sha256Hex(text).slice(0, 12);

/** Under names that change with what is in them: a browser asks for each once. */
const FILES: PageFiles = {
  style: `/public.css?v=${versionOf(PUBLIC_STYLE)}`,
  script: `/public.js?v=${versionOf(PUBLIC_SCRIPT)}`,
};

/** In which language a page is asked for: its address says it, and no cookie. */
export function languageOf(request: FastifyRequest): Language {
  const tag = askedTag(request.url.split('?')[1] ?? '');
  return tag === 'en' || tag.startsWith('en-') ? 'en' : 'zh';
}

/** How whoever sent `request` looks at the register. */
export function lookFor(request: FastifyRequest, register: PublicRegister): Look {
  const [path = '/', query = ''] = request.url.split('?');
  const asked = new URLSearchParams(query);
  asked.delete('lang');
  return lookOf(register, languageOf(request), asked.size === 0 ? path : `${path}?${asked}`);
}

/** Sends a page; null: there is nothing here. */
export async function sendPage(
  reply: FastifyReply,
  request: FastifyRequest,
  look: Look,
  page: Page | null,
  status = 200,
): Promise<FastifyReply> {
  const text = String(await framed(look, page ?? nothingHere(look), FILES));
  reply
    .code(page ? status : 404)
    .header('Content-Security-Policy', POLICY)
    // Else a form of ours would come without the origin by which we know it.
    .header('Referrer-Policy', 'same-origin')
    .type('text/html; charset=utf-8');
  // What answers a form is kept nowhere.
  return request.method === 'GET' ? sendTagged(reply, request, text) : reply.send(text);
}

/** Sends what may have been sent before: whoever has it already is told so. Its tag says nothing but what is in it. */
export function sendTagged(
  reply: FastifyReply,
  request: FastifyRequest,
  body: string | Buffer,
  caching = 'no-cache',
): FastifyReply {
  const tag = `"${sha256Hex(body).slice(0, 32)}"`;
  reply.header('ETag', tag).header('Cache-Control', caching);
  return isKnown(request, tag) ? reply.code(304).send() : reply.send(body);
}

const isKnown = ({ headers }: FastifyRequest, tag: string): boolean =>
  (headers['if-none-match'] ?? '').split(',').some((each) => each.trim().replace(/^W\//, '') === tag);
