import { html, nothing, type TemplateResult } from 'lit';
import { REGISTER_PAGES } from '../../../contract/register/routes.ts';
import type { Speech } from '../../parts/language.ts';
import { openWire } from '../../parts/open-wire.ts';
import '../../parts/sign-in.ts';
import type { SignedInEvent } from '../../parts/sign-in.ts';
import { failuresNotice, nothingHere, staffHeader } from '../../parts/staff-header.ts';
import { staffWords } from '../../parts/staff-words.ts';
import { frameWords } from './frame-words.ts';
import type { Office } from './office.ts';
import './register-waiting.ts';
import './sign-in-again.ts';

/** The pages on which the register's staff works, and the rights of which any one opens them. */
const OPENS = {
  desk: ['read', 'second', 'propose'],
  projects: ['read'],
  works: ['read'],
  reports: ['report', 'remind'],
  voices: ['read-people', 'answer-voice', 'find'],
  notices: ['read', 'visit'],
  visits: ['visit', 'appoint-group', 'settle-figure'],
  admin: ['hand-out-codes'],
  account: [],
} as const satisfies Record<keyof typeof REGISTER_PAGES, readonly string[]>;
/** Passwords and codes stand on these: nothing of them waits for anybody. */
const WITH_SECRETS: readonly RegisterPage[] = ['admin', 'account'];
export type RegisterPage = keyof typeof OPENS;

const PAGES = Object.keys(OPENS).filter((name): name is RegisterPage => name in OPENS);

const mayVisit = (office: Office, page: RegisterPage): boolean =>
  page === 'account' || OPENS[page].some(office.may);

export interface RegisterFrame {
  readonly page: RegisterPage;
  readonly speech: Speech;
  readonly office: Office;
  readonly body: () => TemplateResult;
}

/** What every page of the register's staff has around its work: signing in and out, the other pages, what waits for a second person. */
export function registerFrame({ page, speech, office, body }: RegisterFrame): TemplateResult {
  const words = staffWords[speech.language];
  const called = frameWords[speech.language];
  const { session } = office;
  if (session === null) return html`<p class="banner" role="status">${called.connecting}</p>`;
  const { person, wire, register } = session;
  const { isLocked } = office;
  const onSignedIn = (event: SignedInEvent) => office.signedIn(event.failed);
  if (!person || (isLocked && WITH_SECRETS.includes(page)))
    return html`${openWire(wire, speech)}<hv-sign-in name=${called.pages[page]} product=${called.product}
      @signed-in=${onSignedIn}></hv-sign-in>`;
  const theirs = PAGES.filter((each) => mayVisit(office, each));
  return html`<hv-sign-in-again .language=${speech.language} .person=${person.name} .page=${called.pages[page]} .product=${called.product} ?isOpen=${isLocked} @signed-in=${onSignedIn}></hv-sign-in-again>
    <div class="at-work" ?data-locked=${isLocked}>
    ${staffHeader({
      name: called.pages[page],
      of: speech.text(register.name),
      person,
      isAccount: page === 'account',
      links: theirs.length > 2 || page === 'account' ? linksOf(theirs, page, speech) : nothing,
      speech,
      onSignOut: () => void office.signOut(),
    })}
    ${openWire(wire, speech)}
    ${office.isConnected ? nothing : html`<p class="banner" role="alert">${words.lost}</p>`}
    ${failuresNotice(office, speech)}
    <hv-register-waiting .language=${speech.language} .waiting=${office.waiting} .names=${office.names}
      @done=${office.refresh} @signed-out=${office.refresh}></hv-register-waiting>
    ${
      mayVisit(office, page)
        ? body()
        : nothingHere(
            called.pages[page],
            theirs.map((each) => [REGISTER_PAGES[each].path, called.pages[each]] as const),
            speech,
          )
    }
    </div>`;
}

function linksOf(theirs: readonly RegisterPage[], here: RegisterPage, { language }: Speech): TemplateResult {
  return html`${theirs
    .filter((each) => each !== 'account')
    .map(
      (each) =>
        html`<a href=${REGISTER_PAGES[each].path} aria-current=${each === here ? 'page' : 'false'}>${frameWords[language].pages[each]}</a>`,
    )}`;
}
