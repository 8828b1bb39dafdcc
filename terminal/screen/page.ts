import { html, type TemplateResult } from 'lit';
import {
  askedTag,
  directionOf,
  inLanguage,
  type Language,
  type Text,
  tagFor,
} from '../../shared/protocol/ids.ts';

/** The language the page's address asks for. */
export function pageLanguage(): Language {
  return new URLSearchParams(location.search).get('lang') === 'en' ? 'en' : 'zh';
}

/** The language of the hall's own texts: the page's, unless the address asks for one in which only they can be said. */
function textTag(language: Language): string {
  const asked = askedTag(location.search);
  return asked === 'zh' || asked === 'en' ? language : asked;
}

/** A text of the hall, marked with its language and the way it is written. */
export function shown(text: Text, language: Language): TemplateResult {
  const tag = tagFor(text, textTag(language));
  return html`<bdi lang=${tag === 'zh' ? 'zh-CN' : tag} dir=${directionOf(tag)}>${inLanguage(text, tag)}</bdi>`;
}

/** Tells browser and screen reader which language the page speaks, and remembers it in the address. */
export function setPageLanguage(language: Language, title: string): void {
  document.documentElement.lang = language === 'en' ? 'en' : 'zh-CN';
  document.documentElement.dir = directionOf(language);
  document.title = title;
  const url = new URL(location.href);
  // A further language stays asked for until the reader chooses another.
  url.searchParams.set('lang', textTag(language));
  history.replaceState(null, '', url);
}

/** Asks for `language` in the address, whatever further language it asked for. */
export function dropTag(language: Language): void {
  const url = new URL(location.href);
  url.searchParams.set('lang', language);
  history.replaceState(null, '', url);
}
