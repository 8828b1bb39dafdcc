import { type CSSResultGroup, css, html, nothing, type TemplateResult } from 'lit';
import type { StaffPerson } from '../../contract/person.ts';
import { roleLabel } from '../../contract/role-words.ts';
import { mayVisit, STAFF_PAGES, type StaffPage } from '../../contract/staff-pages.ts';
import type { Feed } from './feed.ts';
import type { Speech } from './language.ts';
import { openWire, openWireStyles } from './open-wire.ts';
import { staffWords } from './staff-words.ts';
import './sign-in.ts';
import './waiting.ts';
import type { SignedInEvent } from './sign-in.ts';

export interface StaffFrame {
  readonly page: StaffPage;
  readonly speech: Speech;
  readonly feed: Feed;
  readonly body: () => TemplateResult;
}

/** The pages that whoever is signed in may visit. */
export function pagesOf(feed: Feed): StaffPage[] {
  const { session } = feed;
  if (!session?.person) return [];
  const { person, settings } = session;
  const all = Object.keys(STAFF_PAGES).filter((name): name is StaffPage => name in STAFF_PAGES);
  return all.filter((page) => mayVisit(person, page, settings));
}

/** What every staff page has around its work: signing in and out, who is signed in, language, the banner while the line is cut. */
export function staffFrame({ page, speech, feed, body }: StaffFrame): TemplateResult | typeof nothing {
  const words = staffWords[speech.language];
  const name = words.pages[page];
  if (feed.session === null) return html`<p class="banner" role="status">${words.connecting}</p>`;
  const { person, settings, wire } = feed.session;
  const { hall } = feed.documents;
  if (!person)
    return html`${openWire(wire, speech)}<hv-sign-in name=${name} @signed-in=${(event: SignedInEvent) => feed.signedIn(event.failed)}></hv-sign-in>`;
  return html`
    <header>
      <b>${name}</b>
      <span>${hall ? `${speech.text(hall.congress)}　${speech.text(hall.title)}` : ''}</span>
      <nav>
        ${
          page === 'account'
            ? html`<span class="who">${whoOf(person, speech)}</span>`
            : html`<a class="who" href="/account" title=${words.pages.account}>${whoOf(person, speech)}</a>`
        }
        <button @click=${() => speech.toggle()}>${words.other}</button>
        <button @click=${() => feed.signOut()}>${words.signOut}</button>
      </nav>
    </header>
    ${openWire(wire, speech)}
    ${feed.isConnected ? nothing : html`<p class="banner" role="alert">${hall ? words.lost : words.loading}</p>`}
    ${feed.unread.size > 0 ? html`<p class="banner" role="alert">⚠ ${words.unread([...feed.unread].join(', '))}</p>` : nothing}
    ${
      feed.failedBefore > 0
        ? html`<p class="failures" role="status">⚠ ${words.failedBefore(feed.failedBefore)}
            <button @click=${() => feed.readFailures()}>${words.understood}</button></p>`
        : nothing
    }
    <hv-waiting .language=${speech.language} .told=${feed.documents.waiting} @signed-out=${() => feed.restart()}></hv-waiting>
    ${mayVisit(person, page, settings) ? body() : notTheirs(page, feed, speech)}
  `;
}

/** A person's name and roles. */
function whoOf({ name, roles }: StaffPerson, { language }: Speech): string {
  return staffWords[language].who(
    name,
    roles.map((role) => roleLabel(role, language)),
  );
}

/** A page that has nothing for whoever is signed in, and where they work. */
function notTheirs(page: StaffPage, feed: Feed, speech: Speech): TemplateResult {
  const words = staffWords[speech.language];
  return html`<main class="not-theirs">
    <h1>${words.notTheirs(words.pages[page])}</h1>
    <p>${words.theirs}</p>
    <ul>${pagesOf(feed).map((each) => html`<li><a href="/${each}">${words.pages[each]}</a></li>`)}</ul>
  </main>`;
}

export const staffFrameStyles: CSSResultGroup = [
  openWireStyles,
  css`
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
  header > span {
    flex: 1 1 14rem;
    line-height: 1.25;
    overflow-wrap: anywhere;
  }
  header nav {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: 0.5rem;
  }
  header .who {
    padding: 0.2rem 0.4rem;
    color: inherit;
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
  p.failures {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: 0.3rem 1rem;
    margin: 0;
    padding: 0.4rem 1.2rem;
    border-bottom: 1px solid var(--gold);
    background: var(--warn-wash);
    font-weight: 600;
  }
  p.failures button {
    min-height: 2rem;
    padding: 0 0.8rem;
  }
  main.not-theirs {
    max-width: 42rem;
    margin: 0 auto;
    padding: min(4rem, 8vh) 1.2rem;
    border: none;
    background: none;
  }
  main.not-theirs h1 {
    margin: 0;
    font-size: 1.5rem;
  }
  main.not-theirs li {
    margin: 0.4rem 0;
    font-size: 1.15rem;
  }
  main.not-theirs a {
    color: var(--red);
  }
`,
];
