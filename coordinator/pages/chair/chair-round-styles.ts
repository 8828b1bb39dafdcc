import { css } from 'lit';

/** One motion and its vote on the chair's page: phase, turnout, acts, result. */
export const chairRoundStyles = css`
  .kind {
    margin: 0;
    color: var(--red);
    font-weight: 700;
  }
  main h1 {
    margin: 0.1rem 0 0;
    font-size: 1.75rem;
    line-height: 1.3;
    text-wrap: balance;
  }
  .text {
    margin: 0.4rem 0 0;
  }
  .rule {
    display: flex;
    flex-wrap: wrap;
    gap: 0.5rem 1.8rem;
    margin: 0.8rem 0;
    padding: 0.6rem 0;
    border-block: 1px solid var(--line);
  }
  .rule dt {
    font-size: 0.85rem;
    color: var(--ink-soft);
  }
  .rule dd {
    margin: 0;
    font-weight: 600;
  }
  .round {
    margin: 0.9rem 0;
    padding: 0.9rem 1.2rem;
    border: 2px solid var(--line);
    border-radius: 0.5rem;
  }
  .round.open {
    border-color: var(--red);
  }
  .round.held {
    border-style: dashed;
    background: var(--warn-wash);
  }
  .round.closed {
    border-color: var(--gold);
    background: var(--warn-wash);
  }
  .round.announced {
    border-color: var(--for);
  }
  .round.voided .verdict,
  .round.voided .figures,
  .round.voided .tiles,
  .round.voided .share {
    filter: grayscale(1);
  }
  .round.voided .verdict {
    text-decoration: line-through;
  }
  .phase {
    display: flex;
    flex-wrap: wrap;
    align-items: baseline;
    gap: 0.3rem 0.8rem;
    margin: 0;
  }
  .phase b {
    font-size: 1.2rem;
  }
  .phase small {
    margin-left: auto;
  }
  .open > .phase b {
    color: var(--red);
  }
  .badge {
    padding: 0 0.5rem;
    border: 2px solid var(--red);
    border-radius: 0.3rem;
    color: var(--red);
    font-weight: 700;
  }
  /* Not the vote of before. */
  .turn {
    padding: 0 0.5rem;
    border-radius: 0.3rem;
    background: var(--gold);
    color: var(--ink);
    font-weight: 700;
  }
  .private {
    padding: 0.1rem 0.7rem;
    border-radius: 0.3rem;
    background: var(--gold);
    font-weight: 700;
  }
  .reason {
    margin: 0.4rem 0;
  }
  .turnout {
    display: grid;
    grid-template-columns: 1fr auto;
    align-items: end;
    font-variant-numeric: tabular-nums;
  }
  .turnout p {
    margin: 0;
  }
  .count {
    font-size: 1.3rem;
  }
  .count b {
    font-size: 3.6rem;
    line-height: 1.1;
  }
  .count .soft {
    margin-left: 1.5rem;
    font-size: 1.05rem;
  }
  .timer {
    font-size: 1.1rem;
  }
  .timer b {
    font-size: 3rem;
    line-height: 1.1;
  }
  .timer b.soon {
    color: var(--against);
  }
  .turnout .meter {
    grid-column: 1 / -1;
    height: 1.3rem;
  }
  .turnout .meter i {
    background: var(--red);
    transition: width 0.3s;
  }
  /* The sum, then what it is made of. */
  .unvoted {
    grid-column: 1 / -1;
    display: flex;
    flex-wrap: wrap;
    gap: 0.3rem 1.6rem;
    margin: 0.7rem 0 0;
  }
  .unvoted div {
    display: flex;
    align-items: baseline;
    gap: 0.45rem;
  }
  .unvoted .sum {
    padding-right: 1.6rem;
    border-right: 2px solid var(--line);
  }
  .unvoted dt {
    color: var(--ink-soft);
  }
  .unvoted dd {
    margin: 0;
    font-size: 1.3rem;
    font-weight: 700;
  }
  .unvoted small {
    font-weight: 400;
  }
  .unvoted .none dd {
    color: var(--ink-soft);
    font-weight: 400;
  }
  .unvoted .offline dd,
  .unvoted .fault dd {
    color: var(--against);
  }
  .blocked {
    margin: 0.9rem 0;
    padding: 0.7rem 1rem;
    border-left: 0.3rem solid var(--gold);
    background: var(--warn-wash);
    font-weight: 600;
  }
  .blocked button {
    margin-left: 0.8rem;
  }
  /* However long a result is, what comes next stays in sight. */
  .acts {
    position: sticky;
    bottom: 0;
    display: flex;
    flex-wrap: wrap;
    gap: 0.8rem;
    margin: 0.3rem 0;
    padding: 0.8rem 0;
    background: var(--card);
  }
  .acts:empty {
    display: none;
  }
  .act {
    min-height: 3.5rem;
    min-width: 6.5rem;
  }
  .act.main {
    min-width: 13rem;
    font-size: 1.35rem;
  }
  .act.void {
    margin-left: auto;
    color: var(--against);
    border-color: var(--against);
  }
  .items ol {
    columns: 2;
    column-gap: 2rem;
    padding-left: 1.6rem;
  }
  .items li {
    padding: 0.12rem 0;
    break-inside: avoid;
  }
  summary {
    padding: 0.4rem 0;
    cursor: pointer;
    color: var(--ink-soft);
  }
  .unseen {
    position: absolute;
    bottom: 0;
    width: 1px;
    height: 1px;
    margin: 0;
    overflow: hidden;
    clip-path: inset(50%);
  }
  @media (max-width: 1100px) {
    .act.main {
      min-width: 10rem;
    }
  }
`;
