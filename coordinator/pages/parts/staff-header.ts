import { type CSSResultGroup, css, html, nothing, type TemplateResult } from 'lit';
import type { StaffPerson } from '../../contract/person.ts';
import { roleLabel } from '../../contract/role-words.ts';
import type { Speech } from './language.ts';
import { openWireStyles } from './open-wire.ts';
import { staffWords } from './staff-words.ts';

export interface StaffHeader {
  /** What the page is called, and whose it is. */
  readonly name: string;
  readonly of: string;
  readonly person: StaffPerson;
  readonly isAccount: boolean;
  /** Where else they work, between the one and the other. */
  readonly links?: TemplateResult | typeof nothing;
  readonly speech: Speech;
  readonly onSignOut: () => void;
}

/** What stands above every page of the staff, of a hall and of a register. */
export function staffHeader(header: StaffHeader): TemplateResult {
  const { name, of, person, isAccount, links = nothing, speech, onSignOut } = header;
  const words = staffWords[speech.language];
  const who = whoOf(person, speech);
  return html`<header>
    <b>${name}</b>
    <span>${of}</span>
    <nav>
      ${links}
      ${isAccount ? html`<span class="who">${who}</span>` : html`<a class="who" href="/account" title=${words.pages.account}>${who}</a>`}
      <button @click=${() => speech.toggle()}>${words.other}</button>
      <button @click=${onSignOut}>${words.signOut}</button>
    </nav>
  </header>`;
}

/** How many attempts to be them failed before they came. */
export function failuresNotice(
  { failedBefore, readFailures }: { readonly failedBefore: number; readonly readFailures: () => void },
  { language }: Speech,
): TemplateResult | typeof nothing {
  const words = staffWords[language];
  if (failedBefore === 0) return nothing;
  return html`<p class="failures" role="status">⚠ ${words.failedBefore(failedBefore)}
    <button @click=${readFailures}>${words.understood}</button></p>`;
}

/** A page that has nothing for whoever is signed in, and where they work. */
export function nothingHere(
  page: string,
  theirs: readonly (readonly [href: string, name: string])[],
  { language }: Speech,
): TemplateResult {
  const words = staffWords[language];
  return html`<main class="not-theirs">
    <h1>${words.notTheirs(page)}</h1>
    <p>${words.theirs}</p>
    <ul>${theirs.map(([href, name]) => html`<li><a href=${href}>${name}</a></li>`)}</ul>
  </main>`;
}

/** A person's name and roles. */
function whoOf({ name, roles }: StaffPerson, { language }: Speech): string {
  return staffWords[language].who(
    name,
    roles.map((role) => roleLabel(role, language)),
  );
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
  .at-work {
    display: contents;
  }
  .at-work[data-locked] {
    visibility: hidden;
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
  header nav a {
    padding: 0.2rem 0.5rem;
    color: inherit;
  }
  header nav a[aria-current='page'] {
    border-bottom: 0.2rem solid var(--gold);
    font-weight: 700;
    text-decoration: none;
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
  @media (max-width: 40rem) {
    header {
      padding: 0.4rem 0.8rem;
    }
    header > span {
      flex-basis: 0;
    }
    header nav {
      gap: 0 0.1rem;
      font-size: 0.95rem;
    }
    header nav a,
    header .who {
      padding: 0.25rem 0.35rem;
    }
    header nav button {
      min-height: 1.9rem;
      margin-left: 0.35rem;
      padding: 0.1rem 0.6rem;
    }
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
