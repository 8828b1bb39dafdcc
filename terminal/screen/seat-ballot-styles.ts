import { css } from 'lit';

/** A ballot being filled in: the item asked, the choice, the list of all. */
export const ballotStyles = css`
  .choice {
    display: flex;
    align-items: center;
    gap: 0.8rem;
    font-size: 1.5rem;
    color: var(--tone);
  }
  .choice span {
    color: var(--ink-soft);
  }
  .choice strong {
    font-size: 2.8rem;
    line-height: 1.1;
  }
  .choice .sign {
    width: 2.6rem;
    height: 2.6rem;
  }
  .progress {
    display: flex;
    justify-content: space-between;
    font-size: 1.3rem;
    color: var(--ink-soft);
  }
  .progress strong {
    color: var(--ink);
  }
  .item {
    flex: 1;
    display: flex;
    align-items: center;
    gap: 1.2rem;
    min-height: 0;
    padding: 0.4rem 1.2rem;
    border-radius: 0.8rem;
    background: var(--card);
    border: 0.16rem solid var(--line);
  }
  .item > div {
    flex: 1;
  }
  .item.is-chosen {
    border-width: 0.3rem;
    border-color: var(--ink);
  }
  .item .number {
    flex: none;
    min-width: 2.6rem;
    font-size: 2.4rem;
    font-weight: 800;
    text-align: center;
    color: var(--red);
  }
  .item .name {
    font-size: calc(2.1rem * var(--fit, 1));
    font-weight: 700;
    line-height: 1.3;
    overflow-wrap: anywhere;
  }
  :host([lang='en']) .item .name {
    font-size: calc(1.7rem * var(--fit, 1));
  }
  .item .note {
    font-size: calc(1.2rem * var(--fit, 1));
    line-height: 1.4;
    color: var(--ink-soft);
  }
  .state {
    flex: none;
    display: flex;
    align-items: center;
    gap: 0.4rem;
    padding: 0.3rem 0.9rem;
    border-radius: 0.6rem;
    background: var(--tone);
    color: var(--on-dark);
    font-size: 1.4rem;
    font-weight: 700;
  }
  .alert {
    padding: 0.3rem 0.9rem;
    border-left: 0.4rem solid var(--against);
    background: var(--bad-wash);
    color: var(--red-deep);
    font-size: 1.3rem;
    font-weight: 600;
    line-height: 1.4;
  }
  .sum {
    font-size: 1.7rem;
    font-weight: 800;
    line-height: 1.2;
  }
  .list {
    flex: 1;
    min-height: 0;
    margin: 0;
    padding: 0;
    list-style: none;
    display: grid;
    grid-auto-flow: row;
    grid-template-columns: 1fr 1fr;
    gap: 0 1.2rem;
    align-content: start;
    overflow: hidden;
    font-size: calc(1.2rem * var(--fit, 1));
    line-height: 1.3;
  }
  .list.close {
    grid-template-columns: repeat(3, 1fr);
    font-size: max(0.6rem, 0.85rem * var(--fit, 1));
  }
  /* Too many for names, or names too long: the numbers stay readable. */
  .list:is(.dense, [data-cramped] *) {
    grid-template-columns: repeat(12, 1fr);
    gap: 0 0.5rem;
    font-size: 1rem;
  }
  .list:is(.dense, [data-cramped] *) li {
    gap: 0.2em;
    padding: 0;
    line-height: 1.3;
  }
  .list:is(.dense, [data-cramped] *) em {
    gap: 0;
    font-size: 0;
  }
  .list:is(.dense, [data-cramped] *) .what {
    display: none;
  }
  .list:is(.dense, [data-cramped] *) .sign {
    width: 1rem;
    height: 1rem;
  }
  .list li {
    display: flex;
    align-items: baseline;
    gap: 0.5em;
    min-width: 0;
    padding: 0.12em 0;
    border-bottom: 1px solid var(--line);
  }
  .list .number {
    flex: none;
    min-width: 1.5em;
    text-align: right;
    font-weight: 800;
    color: var(--red);
  }
  .list .what {
    flex: 1;
    overflow-wrap: anywhere;
  }
  .list em {
    flex: none;
    display: inline-flex;
    align-items: center;
    gap: 0.2em;
    font-style: normal;
    font-weight: 700;
    color: var(--tone, var(--ink-soft));
  }
  .list .sign {
    width: 1em;
    height: 1em;
    stroke-width: 3.4;
  }
`;
