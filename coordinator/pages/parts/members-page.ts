import { css, html, nothing, type TemplateResult } from 'lit';
import type { Language } from '../../../shared/protocol/ids.ts';
import './members.ts';

export interface MembersPage {
  readonly language: Language;
  readonly title: string;
  readonly hint: string;
  /** What else there is for whoever hands out codes. */
  readonly more?: TemplateResult | typeof nothing;
}

/** The page of whoever hands out codes, of a hall and of a register: the staff, and how each of them signs in. */
export function membersPage({ language, title, hint, more = nothing }: MembersPage): TemplateResult {
  return html`<main>
    <h1>${title}</h1>
    <p class="soft">${hint}</p>
    <hv-members .language=${language}></hv-members>
    ${more}
  </main>`;
}

export const membersPageStyles = css`
  main {
    flex: 1;
    box-sizing: border-box;
    width: 100%;
    padding: 0.8rem 1.2rem 2rem;
    background: var(--card);
  }
  h1 {
    margin: 0;
    font-size: 1.4rem;
  }
  p {
    max-width: 60rem;
    margin: 0.4rem 0 1rem;
  }
`;
