import type { ReactiveController, ReactiveControllerHost } from 'lit';
import { inLanguage, type Language, type Text } from '../../shared/ids.ts';

const KEY = 'hallvote-language';
const CHANGED = 'hallvote-language-changed';

function stored(): Language {
  const asked = new URLSearchParams(location.search).get('lang') ?? localStorage.getItem(KEY);
  return asked === 'en' ? 'en' : 'zh';
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
    document.documentElement.lang = this.language === 'en' ? 'en' : 'zh-CN';
  }

  hostConnected(): void {
    addEventListener(CHANGED, this.#follow);
  }
  hostDisconnected(): void {
    removeEventListener(CHANGED, this.#follow);
  }

  text(text: Text): string {
    return inLanguage(text, this.language);
  }

  /** Changes to the other language, here and at the next visit. */
  toggle(): void {
    const other = this.language === 'zh' ? 'en' : 'zh';
    localStorage.setItem(KEY, other);
    const url = new URL(location.href);
    url.searchParams.set('lang', other);
    history.replaceState(null, '', url);
    document.documentElement.lang = other === 'en' ? 'en' : 'zh-CN';
    dispatchEvent(new Event(CHANGED));
  }
}
