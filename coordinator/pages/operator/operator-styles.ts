import { css } from 'lit';

export const operatorStyles = css`
  .tabs {
    display: flex;
    flex-wrap: wrap;
    align-items: end;
    gap: 0.4rem;
    padding: 0.8rem 1.2rem 0;
    border-bottom: 1px solid var(--line);
  }
  .tabs button {
    white-space: nowrap;
    border-bottom: none;
    border-radius: 0.4rem 0.4rem 0 0;
    background: none;
  }
  .tabs button[aria-current='page'] {
    background: var(--card);
    box-shadow: inset 0 0.25rem 0 var(--red);
    font-weight: 700;
  }
  .tabs .count {
    padding: 0 0.45rem;
    border-radius: 1rem;
    background: var(--red);
    color: var(--on-dark);
    font-size: 0.85rem;
  }
  .tabs input {
    width: min(20rem, 30vw);
    margin: 0 0 0.4rem auto;
  }
  main {
    flex: 1;
    padding: 0.6rem 1.2rem 2rem;
    background: var(--card);
  }
  .notice {
    margin: 0.3rem 0;
    padding: 0.5rem 0.9rem;
    border-left: 0.3rem solid var(--against);
    background: var(--bad-wash);
    font-weight: 600;
  }
  .notice.good {
    border-left-color: var(--for);
    background: var(--good-wash);
  }
  .toolbar {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: 0.5rem 1rem;
    margin: 0.6rem 0;
  }
  .filters,
  .pager {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: 0.4rem;
  }
  .pager {
    margin-left: auto;
    font-variant-numeric: tabular-nums;
  }
  .toolbar > button,
  .filters button,
  .pager button {
    min-height: 2.2rem;
    padding: 0.1rem 0.8rem;
  }
  .filters button[aria-pressed='true'] {
    border-color: var(--red);
    box-shadow: inset 0 0 0 1px var(--red);
  }
  .filters b {
    font-variant-numeric: tabular-nums;
  }
  main > table > thead th {
    position: sticky;
    top: 0;
    background: var(--card);
    box-shadow: inset 0 -1px 0 var(--line);
    white-space: nowrap;
  }
  td {
    padding-block: 0.3rem;
  }
  td button {
    min-height: 2.2rem;
    padding: 0.1rem 0.7rem;
  }
  td button.small {
    min-height: 1.9rem;
    padding: 0.05rem 0.5rem;
    font-size: 0.9rem;
  }
  .do,
  .name,
  .time,
  .on,
  .off,
  .card {
    white-space: nowrap;
  }
  .time {
    font-variant-numeric: tabular-nums;
  }
  button.go {
    border-color: var(--red);
    color: var(--red);
    font-weight: 600;
  }
  button.grave {
    color: var(--against);
  }
  .pending {
    margin: 0.6rem 0 1rem;
    padding: 0.7rem 1rem;
    border: 2px solid var(--gold);
    border-radius: 0.5rem;
    background: var(--warn-wash);
  }
  .pending h2,
  .file h2 {
    margin: 0;
    font-size: 1.15rem;
  }
  .pending p {
    margin: 0.2rem 0;
  }
  .pending form {
    display: flex;
    gap: 0.6rem;
  }
  .pending input {
    width: 9rem;
    min-height: 2.2rem;
  }
  .self-test {
    margin-bottom: 0.8rem;
    padding: 0.6rem 1rem;
    border: 1px solid var(--line);
    border-radius: 0.5rem;
  }
  .self-test h2 {
    margin: 0;
    font-size: 1.15rem;
  }
  .self-test p {
    margin: 0.2rem 0;
  }
  .self-test .toolbar {
    margin-bottom: 0;
  }
  .self-test .tally {
    display: flex;
    flex-wrap: wrap;
    gap: 0.3rem 1.2rem;
    margin: 0;
    padding: 0;
    list-style: none;
  }
  .self-test .seats {
    columns: 22rem;
    margin: 0.3rem 0;
  }
  .on {
    color: var(--for);
    font-weight: 600;
  }
  .off {
    color: var(--ink-soft);
  }
  .fault {
    color: var(--against);
    font-weight: 700;
    white-space: nowrap;
  }
  .why {
    display: block;
    max-width: 18rem;
  }
  @media (max-width: 1100px) {
    main > table th,
    main > table td {
      padding-inline: 0.35rem;
    }
  }
  .card button + button {
    margin-left: 0.3rem;
  }
  .card + .card {
    margin-top: 0.3rem;
  }
  section.file {
    max-width: 48rem;
    padding: 1.2rem 0;
  }
  section.file + section.file {
    border-top: 1px solid var(--line);
  }
  .file pre {
    padding: 0.6rem 0.9rem;
    border-radius: 0.4rem;
    background: var(--paper);
  }
  code {
    font-family: ui-monospace, Consolas, "Liberation Mono", monospace;
    white-space: nowrap;
  }
  code.large {
    font-size: 1.15rem;
    font-weight: 600;
  }
`;
