import { css } from 'lit';

export const scrutineerStyles = css`
  main {
    box-sizing: border-box;
    width: 100%;
    max-width: 64rem;
    margin: 0 auto;
    padding: 1rem 1.2rem 3rem;
    display: grid;
    gap: 1.2rem;
  }
  section {
    padding: 1.1rem 1.4rem;
    background: var(--card);
    border: 1px solid var(--line);
    border-radius: 0.5rem;
  }
  h2 {
    margin: 0 0 0.4rem;
    color: var(--red);
  }
  h3 {
    margin: 0;
  }
  p {
    margin: 0.5rem 0;
  }
  button.large {
    min-height: 3.2rem;
    padding-inline: 1.6rem;
    font-size: 1.15rem;
  }
  code {
    font-family: ui-monospace, 'DejaVu Sans Mono', monospace;
  }
  .compare,
  .made {
    margin: 0.8rem 0;
    padding: 1rem 1.2rem;
    border-left: 0.4rem solid var(--gold);
    background: var(--warn-wash);
  }
  .made {
    border-color: var(--for);
    background: var(--good-wash);
  }
  .made .title {
    font-size: 1.3rem;
    font-weight: 700;
    color: var(--for);
  }
  .check {
    /* Two lines of four groups: easier to read out than seven and one. */
    max-width: 14em;
    margin: 0.6rem 0;
    font-family: ui-monospace, 'DejaVu Sans Mono', monospace;
    font-size: clamp(1.6rem, 5vw, 2.6rem);
    font-weight: 700;
    letter-spacing: 0.04em;
  }
  .check.small {
    font-size: 1.4rem;
  }
  .codes {
    display: grid;
    grid-template-columns: max-content 1fr;
    gap: 0.3rem 1.2rem;
    align-items: baseline;
    margin: 0.8rem 0;
  }
  .codes dt {
    color: var(--ink-soft);
  }
  .codes dd {
    margin: 0;
    font-family: ui-monospace, 'DejaVu Sans Mono', monospace;
    font-size: 1.3rem;
    font-weight: 700;
    letter-spacing: 0.04em;
  }
  .warn {
    margin: 0.8rem 0;
    padding: 0.7rem 1rem;
    border-left: 0.4rem solid var(--against);
    background: var(--bad-wash);
  }
  .good {
    color: var(--for);
    font-weight: 600;
  }
  .bad,
  .problem {
    color: var(--against);
    font-weight: 600;
  }
  .problem:empty {
    margin: 0;
  }
  .own {
    background: var(--warn-wash);
  }
  .steps th:first-child {
    color: var(--ink);
    font-size: 1rem;
  }
  .counts {
    width: auto;
    min-width: min(100%, 26rem);
  }
  .counts .n {
    font-size: 1.15rem;
    font-weight: 700;
  }
  .tools {
    display: flex;
    flex-wrap: wrap;
    gap: 0.6rem;
    margin-top: 1rem;
  }
  form.backup {
    display: grid;
    gap: 0.7rem;
    max-width: 30rem;
    padding: 0.9rem 0;
  }
  form label {
    display: grid;
    gap: 0.3rem;
  }
  .badge {
    padding: 0.05rem 0.6rem;
    border: 0.12rem dashed var(--rehearsal);
    border-radius: 0.4rem;
    color: var(--rehearsal);
  }
  .anew {
    margin-top: 1.4rem;
    padding-top: 0.9rem;
    border-top: 1px solid var(--line);
  }
`;
