import { css } from 'lit';

/** On a telephone each row of a table is a card; what is `.narrow` says there what the heading of its column says elsewhere. */
export const rowCards = css`
  .narrow {
    display: none;
  }
  @media (max-width: 40rem) {
    thead {
      display: none;
    }
    table,
    caption,
    tbody,
    td {
      display: block;
    }
    tr {
      display: flex;
      flex-wrap: wrap;
      gap: 0 1rem;
      align-items: baseline;
      padding: 0.5rem 0;
      border-bottom: 1px solid var(--line);
    }
    td,
    td.n {
      padding: 0.15rem 0;
      border: none;
      text-align: left;
    }
    td:first-child {
      flex-basis: 100%;
    }
    .narrow {
      display: inline;
    }
  }
`;
