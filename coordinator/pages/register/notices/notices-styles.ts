import { css } from 'lit';

/** The calendar, and what is made beside it. */
export const pageStyles = css`
  main {
    display: grid;
    flex: 1;
    grid-template-columns: minmax(22rem, 2fr) 3fr;
    gap: 0 1.6rem;
    align-content: start;
    padding: 0.8rem 1.2rem 2rem;
    background: var(--card);
  }
  section {
    min-width: 0;
  }
  h1,
  h2 {
    margin: 0.4rem 0 0.3rem;
    color: var(--red);
    font-size: 1.2rem;
  }
  h2 {
    margin-top: 1.6rem;
  }
  .calendar > p {
    margin: 0.3rem 0;
  }
  .filters {
    display: flex;
    gap: 0.5rem;
  }
  .filters button {
    min-height: 2.2rem;
    padding: 0.1rem 0.9rem;
  }
  .filters button[aria-pressed='true'] {
    border-color: var(--red);
    background: var(--red);
    color: var(--on-dark);
  }
  ul {
    display: grid;
    gap: 0.5rem;
    margin: 0.6rem 0;
    padding: 0;
    list-style: none;
  }
  li {
    display: flex;
    align-items: center;
    gap: 0.8rem;
    padding: 0.5rem 0.8rem;
    border: 1px solid var(--line);
    border-left: 0.3rem solid var(--line-strong);
    border-radius: 0.4rem;
  }
  li.past {
    border-left-color: var(--against);
  }
  li > div {
    display: grid;
    flex: 1;
    gap: 0.1rem;
    min-width: 0;
    overflow-wrap: anywhere;
  }
  li button {
    flex: none;
  }
  .about {
    display: -webkit-box;
    overflow: hidden;
    -webkit-box-orient: vertical;
    -webkit-line-clamp: 2;
    line-clamp: 2;
  }
  .meta {
    display: flex;
    flex-wrap: wrap;
    gap: 0.1rem 0.9rem;
    color: var(--ink-soft);
    font-size: 0.9rem;
  }
  .meta a {
    color: var(--go);
  }
  .bad {
    color: var(--against);
  }
  code {
    font-family: ui-monospace, Consolas, 'Liberation Mono', monospace;
  }
  .choose {
    padding: 2rem 1rem;
    border: 1px dashed var(--line-strong);
    border-radius: 0.4rem;
    text-align: center;
  }
  .back {
    display: none;
    margin-bottom: 0.6rem;
  }
  @media (max-width: 64rem) {
    main {
      grid-template-columns: minmax(0, 1fr);
    }
    main.making .calendar,
    main.all .making {
      display: none;
    }
    .back {
      display: inline-block;
    }
  }
`;

/** A document on its way. */
export const editorStyles = css`
  h2 {
    margin: 0.2rem 0;
    font-size: 1.3rem;
    overflow-wrap: anywhere;
  }
  h3 {
    margin: 0 0 0.3rem;
    color: var(--red);
    font-size: 1.05rem;
  }
  h4 {
    margin: 1rem 0 0.3rem;
    font-size: 1rem;
  }
  p {
    margin: 0.3rem 0;
    line-height: 1.6;
  }
  section {
    margin: 0.8rem 0;
    padding: 0.8rem 1rem;
    border: 1px solid var(--line);
    border-radius: 0.4rem;
  }
  .figures {
    background: var(--paper);
  }
  .words label {
    display: grid;
    gap: 0.25rem;
    margin: 0.6rem 0 0;
    font-weight: 600;
  }
  .words .row {
    display: grid;
    grid-template-columns: max-content 1fr;
    gap: 0 1rem;
  }
  textarea {
    width: 100%;
    line-height: 1.6;
    resize: vertical;
  }
  .acts {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: 0.6rem 1rem;
    margin-top: 0.8rem;
  }
  .pdf {
    color: var(--go);
    font-weight: 600;
  }
  .good {
    color: var(--for);
  }
  .notice-of {
    padding: 0.5rem 0.8rem;
    border-left: 0.3rem solid var(--gold);
    background: var(--warn-wash);
  }
  .refusal {
    padding: 0.6rem 0.8rem;
    border-left: 0.3rem solid var(--against);
    background: var(--bad-wash);
  }
  .wide {
    overflow-x: auto;
  }
  .said {
    white-space: pre-line;
  }
  td,
  th {
    font-size: 0.92rem;
    vertical-align: top;
  }
  th {
    white-space: pre-line;
  }
  tfoot td {
    font-weight: 600;
  }
  .small {
    font-size: 0.85rem;
  }
  @media (max-width: 40rem) {
    .words .row {
      grid-template-columns: 1fr;
    }
  }
`;
