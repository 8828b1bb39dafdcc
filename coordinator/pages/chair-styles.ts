import { css } from 'lit';

export const chairStyles = css`
  .columns {
    display: grid;
    grid-template-columns: minmax(15rem, 21rem) 1fr;
    gap: 1.2rem;
    padding: 1.2rem;
    max-width: 100rem;
    margin: 0 auto;
  }
  aside h2 {
    margin: 1rem 0 0.4rem;
    font-size: 1rem;
    color: var(--ink-soft);
  }
  .attendance {
    margin: 0;
    padding: 0.8rem 1rem;
    background: var(--card);
    border: 1px solid var(--line);
    border-radius: 0.5rem;
  }
  .attendance b {
    font-size: 1.3rem;
    font-variant-numeric: tabular-nums;
  }
  .met {
    color: var(--for);
  }
  .unmet {
    color: var(--against);
    font-weight: 600;
  }
  ol {
    display: grid;
    gap: 0.5rem;
    margin: 0;
    padding: 0;
    list-style: none;
  }
  button.motion {
    display: grid;
    gap: 0.25rem;
    width: 100%;
    padding: 0.7rem 0.9rem;
    text-align: left;
    border-left: 0.35rem solid var(--line);
  }
  button.motion small {
    color: var(--ink-soft);
  }
  button.motion.announced {
    border-left-color: var(--for);
  }
  button.motion.open,
  button.motion.closed {
    border-left-color: var(--gold);
  }
  button.motion[aria-current='true'] {
    border-color: var(--red);
    box-shadow: inset 0 0 0 1px var(--red);
    font-weight: 600;
  }
  main {
    min-height: calc(100vh - 7rem);
    padding: 1.2rem 1.6rem;
    background: var(--card);
    border: 1px solid var(--line);
    border-radius: 0.5rem;
  }
  main h1 {
    margin: 0;
    font-size: 1.6rem;
    text-wrap: balance;
  }
  .rules {
    display: flex;
    flex-wrap: wrap;
    gap: 0.4rem;
  }
  .rules span {
    padding: 0.1rem 0.6rem;
    border-radius: 1rem;
    background: #f3efe8;
    font-size: 0.9rem;
  }
  .round {
    margin: 1rem 0;
    padding: 0.8rem 1rem;
    border: 1px solid var(--line);
    border-radius: 0.5rem;
  }
  .round.open {
    border: 2px solid var(--gold);
  }
  .phase {
    margin: 0;
    font-size: 1.1rem;
  }
  .badge {
    padding: 0 0.5rem;
    border: 1px solid var(--red);
    border-radius: 0.3rem;
    color: var(--red);
    font-size: 0.9rem;
  }
  .private {
    margin: 0.5rem 0;
    padding: 0.3rem 0.7rem;
    border-left: 0.3rem solid var(--gold);
    background: #fbf3e0;
  }
  .turnout p {
    margin: 0.4rem 0;
    font-size: 1.3rem;
    font-variant-numeric: tabular-nums;
  }
  .turnout p:first-child b {
    font-size: 3.2rem;
    line-height: 1;
  }
  progress {
    width: 100%;
    height: 1.4rem;
    accent-color: var(--red);
  }
  .left b {
    font-size: 1.8rem;
  }
  .acts {
    display: flex;
    flex-wrap: wrap;
    gap: 0.8rem;
    margin: 1.2rem 0;
  }
  .act.main {
    min-width: 12rem;
    min-height: 3.4rem;
    font-size: 1.3rem;
  }
  .act:not(.main) {
    min-height: 3.4rem;
  }
  @media (max-width: 1100px) {
    .columns {
      grid-template-columns: 15rem 1fr;
      padding: 0.8rem;
    }
  }
`;
