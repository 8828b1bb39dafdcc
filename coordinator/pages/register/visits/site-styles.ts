import { css } from 'lit';

/** What every view of the page for the site has: read at arm’s length, pressed with a thumb. */
export const siteStyles = css`
  :host {
    display: block;
  }
  button,
  .button {
    min-height: 3rem;
    touch-action: manipulation;
  }
  h2 {
    margin: 0;
    font-size: 1.3rem;
    line-height: 1.35;
  }
  h3 {
    margin: 1.4rem 0 0.5rem;
    font-size: 1.1rem;
  }
  ul.cards {
    display: grid;
    gap: 0.7rem;
    margin: 0;
    padding: 0;
    list-style: none;
  }
  .card {
    padding: 0.8rem 0.9rem;
    border: 1px solid var(--line);
    border-radius: 0.6rem;
    background: var(--card);
    overflow-wrap: anywhere;
  }
  .meta {
    align-items: baseline;
    display: flex;
    flex-wrap: wrap;
    gap: 0.15rem 0.8rem;
    margin: 0.35rem 0;
    color: var(--ink-soft);
  }
  dl {
    display: grid;
    grid-template-columns: max-content 1fr;
    gap: 0.25rem 0.8rem;
    margin: 0.5rem 0;
  }
  dt {
    color: var(--ink-soft);
  }
  dd {
    margin: 0;
    font-variant-numeric: tabular-nums;
  }
  .big {
    font-size: 1.15rem;
    font-weight: 700;
  }
  .words {
    margin: 0.3rem 0;
    line-height: 1.55;
    white-space: pre-wrap;
  }
  .warn {
    color: var(--abstain);
    font-weight: 700;
  }
  .bad {
    color: var(--against);
    font-weight: 700;
  }
  .good {
    color: var(--for);
    font-weight: 600;
  }
  .photos {
    display: flex;
    flex-wrap: wrap;
    gap: 0.4rem;
    margin: 0.4rem 0;
  }
  .photos a {
    display: grid;
    place-items: center;
    min-width: 3rem;
    min-height: 3rem;
    color: var(--go);
  }
  .photos img {
    display: block;
    width: 5rem;
    height: 5rem;
    object-fit: cover;
    border-radius: 0.3rem;
  }
  .acts {
    display: flex;
    flex-wrap: wrap;
    gap: 0.6rem;
    margin-top: 0.6rem;
  }
  .acts button {
    flex: 1 1 8rem;
  }
  .back {
    margin: 0 0 0.6rem;
    padding: 0 0.9rem 0 0.6rem;
  }
`;
