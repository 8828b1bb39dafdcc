import { css } from 'lit';

/** The page of what was decided and is carried out. */
export const worksStyles = css`
  .works,
  .parts,
  .record {
    display: grid;
    gap: 0.6rem;
    margin: 0;
    padding: 0;
    list-style: none;
  }
  .works li {
    padding: 0.6rem 0.9rem;
    border: 1px solid var(--line);
    border-left: 0.3rem solid var(--line-strong);
    background: var(--paper);
  }
  .works li.here {
    border-left-color: var(--red);
    background: var(--warn-wash);
  }
  .head {
    display: flex;
    flex-wrap: wrap;
    align-items: start;
    gap: 0.3rem 0.8rem;
  }
  .works button.name {
    flex: 1 1 14rem;
    min-height: 0;
    padding: 0.15rem 0;
    border: 0;
    background: none;
    color: var(--go);
    font-size: 1.05rem;
    font-weight: 600;
    text-align: left;
    text-decoration: underline;
    overflow-wrap: anywhere;
  }
  .summary {
    display: flex;
    flex-wrap: wrap;
    gap: 0.2rem 1.2rem;
    margin: 0 0 0.6rem;
  }
  .works p {
    margin: 0.2rem 0 0;
  }
  .meta span {
    word-break: keep-all;
    overflow-wrap: anywhere;
  }
  .meta {
    display: flex;
    flex-wrap: wrap;
    gap: 0.1rem 0.9rem;
    color: var(--ink-soft);
    font-size: 0.95rem;
  }
  .progress {
    height: 0.5rem;
    margin: 0.4rem 0;
    border: 1px solid var(--line-strong);
    background: var(--card);
  }
  .progress i {
    display: block;
    height: 100%;
    background: var(--go);
  }
  .notes {
    display: flex;
    flex-wrap: wrap;
    gap: 0.2rem 1rem;
    margin: 0.3rem 0 0;
    color: var(--against);
    font-size: 0.95rem;
  }
  .notes span {
    color: var(--ink);
  }
  article section {
    margin: 1.2rem 0;
  }
  article h2,
  article h3 {
    margin: 0 0 0.4rem;
  }
  .parts li,
  .record li {
    padding: 0.5rem 0;
    border-top: 1px solid var(--line);
  }
  .parts p,
  .record p {
    margin: 0.2rem 0;
  }
  .long {
    white-space: pre-wrap;
    overflow-wrap: anywhere;
  }
  .bad {
    color: var(--against);
  }
  .files a {
    margin-right: 0.8rem;
  }
  .acts {
    display: flex;
    flex-wrap: wrap;
    gap: 0.5rem;
    margin: 0.6rem 0;
  }
  .appraise {
    display: grid;
    grid-template-columns: minmax(0, 1fr);
    gap: 0.6rem;
    padding: 0.8rem 1.2rem;
  }
  .appraise fieldset {
    display: flex;
    flex-wrap: wrap;
    gap: 0.3rem 1.2rem;
    border: 1px solid var(--line);
  }
`;
