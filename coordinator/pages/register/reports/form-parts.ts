import { type CSSResultGroup, css, html, nothing, type TemplateResult } from 'lit';
import type { Language } from '../../../../shared/protocol/ids.ts';
import type { ActAnswer } from '../../../contract/acts.ts';
import { REGISTER_REFUSALS } from '../../../register/model/refusals.ts';
import { fieldStyles } from '../parts/field-styles.ts';
import { attachmentAddress } from '../parts/register-api.ts';
import type { PlanProblem } from './plan-draft.ts';
import type { ReportProblem } from './report-draft.ts';
import { reportsWords } from './reports-words.ts';

/** What the register would say to it, in one sentence. */
export function problemText(
  reason: PlanProblem['reason'] | ReportProblem['reason'],
  language: Language,
): string {
  const { unread } = reportsWords[language];
  switch (reason) {
    case 'percent-unread':
    case 'wan-unread':
    case 'done-unread':
    case 'money-unread':
      return unread[reason];
    default:
      return REGISTER_REFUSALS[reason][language];
  }
}

/** Why an act was refused; what was typed stands above it as it was. */
export const refusalView = (
  refusal: Extract<ActAnswer, { ok: false }> | null,
  language: Language,
): TemplateResult =>
  html`<div role="alert">${refusal ? html`<p class="refusal">${refusal.text[language]}${refusal.detail ? html`<br />${refusal.detail}` : nothing}</p>` : nothing}</div>`;

/** Files that are attached to something, each to be opened. */
export const filesView = (hashes: readonly string[], language: Language): TemplateResult =>
  html`${hashes.map((hash, i) => html`<a href=${attachmentAddress(hash, 'whole')} target="_blank" rel="noopener">${reportsWords[language].evidenceNo(i + 1)}</a> `)}`;

/** A moment's day, as people here write it. */
export const dayText = (at: number, language: Language): string =>
  new Date(at).toLocaleDateString(language === 'zh' ? 'zh-CN' : 'en-GB');

/** What somebody has typed in a field. */
export const typed =
  (set: (text: string) => void) =>
  ({ target }: Event): void => {
    if (
      target instanceof HTMLInputElement ||
      target instanceof HTMLTextAreaElement ||
      target instanceof HTMLSelectElement
    )
      set(target.value);
  };

/** The forms of plans, reports and answers. */
export const reportFormStyles: CSSResultGroup = [
  fieldStyles,
  css`
  form {
    display: grid;
    gap: 0.8rem;
    min-width: 0;
  }
  h3,
  form p {
    margin: 0;
  }
  .n input {
    text-align: right;
    font-variant-numeric: tabular-nums;
  }
  [aria-invalid='true'] {
    border: 2px solid var(--against);
    background: var(--bad-wash);
  }
  .wrong {
    color: var(--against);
    font-size: 0.88rem;
    font-weight: 600;
  }
  .refusal,
  .warn {
    margin: 0;
    padding: 0.6rem 0.9rem;
    border-left: 0.3rem solid var(--against);
    background: var(--bad-wash);
    font-weight: 600;
  }
  .warn {
    border-left-color: var(--gold);
    background: var(--warn-wash);
  }
  .foot {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    justify-content: flex-end;
    gap: 0.6rem;
  }
  .foot .main {
    min-width: 8rem;
  }
  a {
    color: var(--go);
  }
`,
];
