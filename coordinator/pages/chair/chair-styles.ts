import { css } from 'lit';

/** The chair's page around a vote: who is there, and the agenda. */
export const chairStyles = css`
  .columns {
    display: grid;
    grid-template-columns: 20rem 1fr;
    gap: 1.2rem;
    flex: 1;
    box-sizing: border-box;
    width: 100%;
    padding: 1.2rem;
    max-width: 100rem;
    margin: 0 auto;
  }
  aside h2,
  .items h3 {
    margin: 1rem 0 0.4rem;
    font-size: 1rem;
    color: var(--ink-soft);
  }
  .attendance,
  main {
    padding: 0.9rem 1.1rem;
    background: var(--card);
    border: 1px solid var(--line);
    border-radius: 0.5rem;
  }
  .attendance p {
    margin: 0;
    font-variant-numeric: tabular-nums;
  }
  .attendance b {
    font-size: 1.9rem;
    line-height: 1.1;
  }
  .meter {
    position: relative;
    height: 0.6rem;
    margin: 0.5rem 0;
    overflow: hidden;
    border-radius: 0.3rem;
    background: color-mix(in srgb, var(--line) 55%, white);
  }
  .meter i {
    display: block;
    height: 100%;
    background: var(--for);
  }
  .meter s {
    position: absolute;
    inset: 0 auto 0 0;
    width: 2px;
    background: var(--ink);
  }
  .met {
    color: var(--for);
  }
  .unmet {
    color: var(--against);
    font-weight: 700;
  }
  ol {
    margin: 0;
    padding: 0;
  }
  aside ol {
    display: grid;
    gap: 0.5rem;
    list-style: none;
  }
  button.motion {
    display: grid;
    gap: 0.25rem;
    width: 100%;
    padding: 0.7rem 0.9rem;
    text-align: left;
  }
  button.motion .title {
    line-height: 1.35;
    text-wrap: pretty;
  }
  button.motion small {
    color: var(--ink-soft);
  }
  button.motion[aria-current='true'] {
    border-color: var(--red);
    box-shadow: inset 0.3rem 0 0 var(--red);
  }
  button.motion[aria-current='true'] .title {
    font-weight: 700;
  }
  .status {
    margin-right: 0.25rem;
    display: inline-block;
    padding: 0 0.5rem;
    border: 1px solid currentcolor;
    border-radius: 0.3rem;
    font-weight: 600;
  }
  .status.open,
  .status.closed {
    color: var(--on-dark);
    background: var(--red);
    border-color: var(--red);
  }
  .status.held {
    color: var(--ink);
    background: var(--warn-wash);
    border: 1px dashed var(--ink);
  }
  .status.announced {
    color: var(--for);
  }
  .status.voided {
    text-decoration: line-through;
  }
  main {
    padding: 1.1rem 1.6rem 1.6rem;
  }
  @media (max-width: 1100px) {
    .columns {
      grid-template-columns: 15.5rem 1fr;
      gap: 0.8rem;
      padding: 0.8rem;
    }
    main {
      padding: 0.9rem 1.1rem;
    }
  }
`;
