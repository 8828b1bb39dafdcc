import type { Language } from '../../shared/ids.ts';

/** The language the page's address asks for. */
export function pageLanguage(): Language {
  return new URLSearchParams(location.search).get('lang') === 'en' ? 'en' : 'zh';
}

/** Tells browser and screen reader which language the page speaks, and remembers it in the address. */
export function setPageLanguage(language: Language, title: string): void {
  document.documentElement.lang = language === 'en' ? 'en' : 'zh-CN';
  document.title = title;
  const url = new URL(location.href);
  url.searchParams.set('lang', language);
  history.replaceState(null, '', url);
}
