import { css } from 'lit';

/** Buttons, fields and tables of the staff's pages. */
export const controls = css`
  button,
  input,
  select,
  textarea {
    font: inherit;
    box-sizing: border-box;
    min-height: 2.5rem;
    border-radius: 0.4rem;
  }
  button {
    padding: 0.35rem 1rem;
    border: 1px solid var(--line);
    background: var(--card);
    color: inherit;
    cursor: pointer;
  }
  button:hover:not(:disabled) {
    border-color: var(--ink-soft);
  }
  button.main {
    background: var(--red);
    border-color: var(--red);
    color: var(--on-dark);
    font-weight: 600;
  }
  button.main:hover:not(:disabled) {
    background: var(--red-deep);
  }
  button:disabled {
    opacity: 0.5;
    cursor: default;
  }
  button:focus-visible,
  input:focus-visible,
  select:focus-visible,
  textarea:focus-visible {
    outline: 3px solid var(--focus);
    outline-offset: 2px;
  }
  input,
  select,
  textarea {
    padding: 0.3rem 0.6rem;
    border: 1px solid var(--ink-soft);
    background: var(--card);
    color: inherit;
  }
  table {
    border-collapse: collapse;
    width: 100%;
  }
  th,
  td {
    text-align: left;
    padding: 0.45rem 0.6rem;
    border-bottom: 1px solid var(--line);
    vertical-align: middle;
  }
  th {
    color: var(--ink-soft);
    font-weight: 600;
    font-size: 0.85rem;
  }
  .n {
    text-align: right;
    font-variant-numeric: tabular-nums;
  }
  .banner {
    background: var(--alarm);
    color: var(--on-dark);
    padding: 0.5rem 1rem;
    text-align: center;
    font-weight: 600;
  }
  /* Said to screen readers only. */
  .unseen {
    position: absolute;
    width: 1px;
    height: 1px;
    margin: 0;
    overflow: hidden;
    clip-path: inset(50%);
    white-space: nowrap;
  }
  .soft {
    color: var(--ink-soft);
  }
`;
