import { css } from 'lit';

export const voicesStyles = css`
  main {
    flex: 1;
    width: 100%;
    max-width: 60rem;
    margin: 0 auto;
    padding: 0.8rem 1.2rem 2rem;
    box-sizing: border-box;
  }
  h1 {
    margin: 0.4rem 0;
    font-size: 1.4rem;
  }
  ul {
    display: grid;
    gap: 0.7rem;
    margin: 0.8rem 0;
    padding: 0;
    list-style: none;
  }
  li {
    min-width: 0;
    padding: 0.7rem 1rem;
    border: 1px solid var(--line);
    border-left: 0.3rem solid var(--line-strong);
    background: var(--card);
    overflow-wrap: anywhere;
  }
  li.waits {
    border-left: 0.3rem dashed var(--red);
  }
  a {
    color: var(--go);
  }
  li p {
    margin: 0.3rem 0;
  }
  .head,
  .acts,
  .files {
    display: flex;
    flex-wrap: wrap;
    gap: 0.3rem 0.9rem;
    align-items: center;
  }
  .objection {
    color: var(--against);
  }
  .state {
    padding: 0 0.6rem;
    border: 1px solid var(--line-strong);
    border-radius: 1rem;
  }
  .said {
    white-space: pre-line;
  }
  .soft {
    color: var(--ink-soft);
  }
  .hints {
    color: var(--against);
  }
  .answer {
    padding-left: 0.8rem;
    border-left: 0.2rem solid var(--line-strong);
  }
  img {
    display: block;
    width: 8rem;
    height: 6rem;
    object-fit: cover;
  }
`;
