import { css } from 'lit';

/** The fleet's view. */
export const fleetStyles = css`
  .alike {
    margin: 0.6rem 0;
    padding: 0.6rem 1rem;
    border: 1px solid var(--line);
    border-radius: 0.5rem;
  }
  .alike h2 {
    margin: 0;
    font-size: 1.15rem;
  }
  .alike p {
    margin: 0.2rem 0 0.5rem;
  }
  .alike dl {
    display: grid;
    grid-template-columns: repeat(auto-fill, minmax(min(27rem, 100%), 1fr));
    gap: 0.25rem 1.5rem;
    margin: 0;
  }
  .alike dl > div {
    display: flex;
    align-items: baseline;
    gap: 0.6rem;
  }
  .alike dt {
    flex: none;
    width: 6.5rem;
    color: var(--ink-soft);
  }
  .alike dd {
    display: flex;
    flex-wrap: wrap;
    gap: 0.3rem 0.6rem;
    margin: 0;
    overflow-wrap: anywhere;
  }
  .alike b {
    font-variant-numeric: tabular-nums;
  }
  .alike button {
    min-height: 1.9rem;
    padding: 0.05rem 0.6rem;
  }
  .alike button[aria-pressed='true'] {
    border-color: var(--red);
    box-shadow: inset 0 0 0 1px var(--red);
  }
  .fleet {
    font-size: 0.88rem;
    line-height: 1.35;
  }
  .fleet th,
  .fleet td {
    padding: 0.3rem 0.5rem;
    vertical-align: top;
    /* A short value in Chinese stays on one line. */
    word-break: keep-all;
    overflow-wrap: break-word;
  }
  .fleet thead th {
    vertical-align: bottom;
    white-space: nowrap;
  }
  .fleet tbody th {
    color: inherit;
    font-size: inherit;
    font-weight: 600;
    white-space: nowrap;
  }
  .fleet tbody th div + div {
    color: var(--ink-soft);
    font-weight: 400;
  }
  .fleet tr.away td > div {
    color: var(--ink-soft);
  }
  .fleet .sort {
    display: block;
    min-height: 1.5rem;
    padding: 0 0.1rem;
    border: none;
    border-radius: 0.2rem;
    background: none;
    color: inherit;
    font-weight: 600;
    text-align: left;
  }
  .fleet .sort:hover {
    text-decoration: underline;
  }
  .fleet .odd,
  .fleet tr.away td > .odd {
    width: fit-content;
    padding: 0 0.3rem;
    border-left: 0.2rem solid var(--against);
    background: var(--bad-wash);
    color: var(--ink);
    font-weight: 600;
  }
  .is-on > div:first-of-type,
  .is-off > div:first-of-type {
    display: inline;
  }
  .fleet .is-on > span:first-child {
    color: var(--for);
  }
  .faults small {
    display: block;
    max-width: 14rem;
    word-break: normal;
  }
  .unseen {
    position: absolute;
    width: 1px;
    height: 1px;
    overflow: hidden;
    clip-path: inset(50%);
    white-space: nowrap;
  }
`;
