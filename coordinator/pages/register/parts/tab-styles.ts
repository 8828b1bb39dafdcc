import { css } from 'lit';

/** Tabs above what they show; where they stand says the page. */
export const tabStyles = css`
  .tabs {
    display: flex;
    gap: 0.3rem;
    border-bottom: 1px solid var(--line);
  }
  .tabs button {
    border-bottom: none;
    border-radius: 0.4rem 0.4rem 0 0;
  }
  .tabs button[aria-current='page'] {
    border-color: var(--red);
    background: var(--red);
    color: var(--on-dark);
    font-weight: 600;
  }
`;
