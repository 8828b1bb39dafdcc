import { css, html, nothing, type TemplateResult } from 'lit';
import type { Language } from '../../../../shared/protocol/ids.ts';
import type { ProposalRow } from '../../../contract/register/documents.ts';
import { deskWords } from './desk-words.ts';

/** Where a proposal stands: a released answer is solid and ticked, a drafted one dashed and called a draft, so that no colour has to tell. */
export function outcomeChip(
  { stage, draft, answer }: Pick<ProposalRow, 'stage' | 'draft' | 'answer'>,
  language: Language,
): TemplateResult {
  const words = deskWords[language];
  return html`<span class="chips">${
    answer
      ? html`<span class="chip released is-${answer.is}" title=${words.released}>✓ ${words.stages[answer.is]}</span>`
      : html`<span class="chip is-${stage}">${words.stages[stage]}</span>`
  }${draft && !answer ? html`<span class="chip drafted" title=${words.draftedLong}>✎ ${words.drafted(words.stages[draft.is])}</span>` : nothing}</span>`;
}

export const chipStyles = css`
  .chips {
    display: inline-flex;
    flex-wrap: wrap;
    gap: 0.3rem;
  }
  .chip {
    padding: 0.05rem 0.55rem;
    border: 1px solid var(--line-strong);
    border-radius: 1rem;
    background: var(--card);
    font-size: 0.85rem;
    white-space: nowrap;
  }
  .chip.is-received {
    border-color: var(--go);
    color: var(--go);
    font-weight: 600;
  }
  .chip.drafted {
    border: 2px dashed var(--abstain);
    color: var(--abstain);
    font-weight: 600;
  }
  .chip.released {
    border-color: var(--move);
    background: var(--move);
    color: var(--on-dark);
  }
  .chip.released.is-adopted {
    border-color: var(--for);
    background: var(--for);
  }
`;
