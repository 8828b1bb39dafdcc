import { css } from 'lit';

/** A project's sheet, page by page: large type, one thing below the other. */
export const sheetStyles = css`
  .sheet-title {
    display: flex;
    align-items: baseline;
    gap: 0.7rem;
    font-size: 1.6rem;
    font-weight: 700;
    color: var(--ink);
  }
  .sheet-title .number,
  .part-title .number {
    flex: none;
    font-weight: 800;
    color: var(--red);
  }
  .sheet {
    flex: 1;
    min-height: 0;
    overflow: hidden;
    padding: 0.3rem 1.2rem;
    border-radius: 0.8rem;
    background: var(--card);
    border: 0.16rem solid var(--line);
    font-size: calc(1.5rem * var(--fit, 1));
    line-height: 1.4;
  }
  .sheet .progress {
    font-size: max(1.1rem, 0.85em);
  }
  .sheet .prose {
    margin: 0.2em 0;
    overflow-wrap: anywhere;
    white-space: pre-line;
  }
  .sheet .facts {
    display: grid;
    grid-template-columns: auto 1fr;
    gap: 0.15em 1em;
    margin: 0.2em 0 0;
  }
  .sheet .facts > div {
    display: contents;
  }
  .sheet dt {
    color: var(--ink-soft);
    white-space: nowrap;
  }
  .sheet dd {
    margin: 0;
    overflow-wrap: anywhere;
  }
  .parts {
    margin: 0;
    padding: 0;
    list-style: none;
  }
  .parts li + li {
    margin-top: 0.3em;
    padding-top: 0.3em;
    border-top: 0.1rem solid var(--line);
  }
  .part-title {
    display: flex;
    gap: 0.5em;
    font-weight: 700;
  }
  .figures {
    display: flex;
    flex-wrap: wrap;
    gap: 0 2em;
  }
  .where {
    color: var(--ink-soft);
    font-size: 0.9em;
    overflow-wrap: anywhere;
  }
  .money {
    width: 100%;
    margin-top: 0.2em;
    border-collapse: collapse;
  }
  .money th {
    font-weight: 400;
    text-align: left;
  }
  .money td {
    text-align: right;
    font-variant-numeric: tabular-nums;
    white-space: nowrap;
  }
  .money tfoot :is(th, td) {
    border-top: 0.16rem solid var(--ink);
    font-weight: 800;
  }
`;
