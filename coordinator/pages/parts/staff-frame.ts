import { html, nothing, type TemplateResult } from 'lit';
import { mayVisit, STAFF_PAGES, type StaffPage } from '../../contract/staff-pages.ts';
import type { Feed } from './feed.ts';
import type { Speech } from './language.ts';
import { openWire } from './open-wire.ts';
import { failuresNotice, nothingHere, staffHeader } from './staff-header.ts';
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
    ${staffHeader({
      name,
      of: hall ? `${speech.text(hall.congress)}　${speech.text(hall.title)}` : '',
      person,
      isAccount: page === 'account',
      speech,
      onSignOut: () => void feed.signOut(),
    })}
    ${openWire(wire, speech)}
    ${feed.isConnected ? nothing : html`<p class="banner" role="alert">${hall ? words.lost : words.loading}</p>`}
    ${feed.unread.size > 0 ? html`<p class="banner" role="alert">⚠ ${words.unread([...feed.unread].join(', '))}</p>` : nothing}
    ${failuresNotice(feed, speech)}
    <hv-waiting .language=${speech.language} .told=${feed.documents.waiting} @signed-out=${() => feed.restart()}></hv-waiting>
    ${mayVisit(person, page, settings) ? body() : notTheirs(page, feed, speech)}
  `;
}

/** A page that has nothing for whoever is signed in, and where they work. */
function notTheirs(page: StaffPage, feed: Feed, speech: Speech): TemplateResult {
  const words = staffWords[speech.language];
  const theirs = pagesOf(feed).map((each) => [`/${each}`, words.pages[each]] as const);
  return nothingHere(words.pages[page], theirs, speech);
}
