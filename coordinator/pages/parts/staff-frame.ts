import { css, html, nothing, type TemplateResult } from 'lit';
import { api } from './api.ts';
import type { Feed } from './feed.ts';
import type { Speech } from './language.ts';
import { staffWords } from './staff-words.ts';
import './sign-in.ts';

export interface StaffFrame {
  readonly name: string;
  readonly speech: Speech;
  readonly feed: Feed;
  readonly body: () => TemplateResult;
}

/** What every staff page has around its work: signing in and out, language, the banner while the line is cut. */
export function staffFrame({ name, speech, feed, body }: StaffFrame): TemplateResult {
  const words = staffWords[speech.language];
  if (feed.isSignedIn !== true)
    return html`<hv-sign-in name=${name} @signed-in=${() => feed.restart()}></hv-sign-in>`;
  const signOut = async () => {
    await api.signOut();
    feed.restart();
  };
  const { hall } = feed.documents;
  return html`
    <header>
      <b>${name}</b>
      <span>${hall ? `${speech.text(hall.congress)}　${speech.text(hall.title)}` : ''}</span>
      <nav>
        <button @click=${() => speech.toggle()}>${words.other}</button>
        <button @click=${signOut}>${words.signOut}</button>
      </nav>
    </header>
    ${feed.isConnected ? nothing : html`<p class="banner" role="alert">${hall ? words.lost : words.loading}</p>`}
    ${feed.unread.size > 0 ? html`<p class="banner" role="alert">⚠ ${words.unread([...feed.unread].join(', '))}</p>` : nothing}
    ${body()}
  `;
}

export const staffFrameStyles = css`
  /* The page is as high as the window, and higher only where its own content is. */
  :host {
    position: relative;
    display: flex;
    flex-direction: column;
    min-height: 100vh;
  }
  header {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: 0.3rem 1rem;
    padding: 0.5rem 1.2rem;
    color: var(--on-dark);
    background: linear-gradient(100deg, var(--red-deep), var(--red));
    border-bottom: 0.25rem solid var(--gold);
  }
  header b {
    font-size: 1.25rem;
  }
  header span {
    flex: 1 1 14rem;
    line-height: 1.25;
    overflow-wrap: anywhere;
  }
  header nav {
    display: flex;
    gap: 0.5rem;
  }
  header button {
    min-height: 2.1rem;
    background: none;
    color: inherit;
    border-color: color-mix(in srgb, var(--on-dark) 50%, transparent);
  }
  p.banner {
    position: sticky;
    top: 0;
    z-index: 1;
    margin: 0;
  }
`;
