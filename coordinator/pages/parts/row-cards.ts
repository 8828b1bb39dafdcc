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
    tbody,
    tr,
    td {
      display: block;
    }
    tr {
      padding: 0.5rem 0;
      border-bottom: 1px solid var(--line);
    }
    td,
    td.n {
      padding: 0.15rem 0;
      border: none;
      text-align: left;
    }
    .narrow {
      display: inline;
    }
  }
`;
