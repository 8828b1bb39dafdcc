import { css } from 'lit';

/** A field below its label, in forms that are not dialogs. */
export const fieldStyles = css`
  label {
    display: grid;
    gap: 0.2rem;
    color: var(--ink-soft);
    font-size: 0.92rem;
  }
  label input,
  label select,
  label textarea {
    width: 100%;
    color: var(--ink);
    font-size: 1rem;
  }
`;
