import { html, type ReactiveController, type ReactiveControllerHost, type TemplateResult } from 'lit';
import {
  askedTag,
  directionOf,
  inLanguage,
  type Language,
  type Text,
  tagFor,
} from '../../../shared/protocol/ids.ts';

const KEY = 'hallvote-language';
const CHANGED = 'hallvote-language-changed';

function stored(): Language {
  const asked = new URLSearchParams(location.search).get('lang') ?? localStorage.getItem(KEY);
  return asked === 'en' ? 'en' : 'zh';
}

/** The language of the hall's own texts: the page's, unless the address asks for one in which only they can be said. */
const textTag = (language: Language): string => {
  const asked = askedTag(location.search);
  return asked === 'zh' || asked === 'en' ? language : asked;
};

/** A text of the hall as the page's reader gets it. */
export function toRead(text: Text, language: Language): string {
  return inLanguage(text, textTag(language));
}

/** The same, marked with its language and the way it is written, for screen readers and the browser's fonts. */
export function shown(text: Text, language: Language): TemplateResult {
  const tag = tagFor(text, textTag(language));
  return html`<bdi lang=${tag === 'zh' ? 'zh-CN' : tag} dir=${directionOf(tag)}>${inLanguage(text, tag)}</bdi>`;
}

/** Tells browser and screen reader which language the page speaks, and the way it is written. */
function declare(language: Language): void {
  document.documentElement.lang = language === 'en' ? 'en' : 'zh-CN';
  document.documentElement.dir = directionOf(language);
}

/** The page's language: Chinese unless the address or an earlier choice says English. */
export class Speech implements ReactiveController {
  language: Language = stored();
  readonly #host: ReactiveControllerHost;
  readonly #follow = () => {
    this.language = stored();
    this.#host.requestUpdate();
  };

  constructor(host: ReactiveControllerHost) {
    this.#host = host;
    host.addController(this);
    declare(this.language);
  }

  hostConnected(): void {
    addEventListener(CHANGED, this.#follow);
  }
  hostDisconnected(): void {
    removeEventListener(CHANGED, this.#follow);
  }

  text(text: Text): string {
    return toRead(text, this.language);
  }

  /** The text, marked with its language. */
  shown(text: Text): TemplateResult {
    return shown(text, this.language);
  }

  /** Changes to the other language, here and at the next visit. */
  toggle(): void {
    const other = this.language === 'zh' ? 'en' : 'zh';
    localStorage.setItem(KEY, other);
    const url = new URL(location.href);
    url.searchParams.set('lang', other);
    history.replaceState(null, '', url);
    declare(other);
    dispatchEvent(new Event(CHANGED));
  }
}
