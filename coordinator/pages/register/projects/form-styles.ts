import { type CSSResultGroup, css } from 'lit';
import { fieldStyles } from '../parts/field-styles.ts';

/** The form for a project's sheet. */
export const formStyles: CSSResultGroup = [
  fieldStyles,
  css`
  form {
    display: grid;
    gap: 0.8rem;
  }
  h2,
  h3 {
    margin: 0;
  }
  h3 {
    margin-top: 0.6rem;
    color: var(--red);
  }
  .sum {
    margin-left: 0.8rem;
    color: var(--ink);
    font-size: 1rem;
    font-weight: 600;
    font-variant-numeric: tabular-nums;
  }
  [aria-invalid='true'] {
    border: 2px solid var(--against);
    background: var(--bad-wash);
  }
  .two {
    display: grid;
    grid-template-columns: repeat(auto-fit, minmax(min(20rem, 100%), 1fr));
    gap: 0.8rem;
  }
  fieldset {
    min-width: 0;
    margin: 0;
    padding: 0.6rem 0.9rem 0.8rem;
    border: 1px solid var(--line);
    border-radius: 0.4rem;
  }
  legend {
    padding: 0 0.4rem;
    font-weight: 600;
  }
  .co {
    display: flex;
    flex-wrap: wrap;
    gap: 0.2rem 1.2rem;
  }
  .box {
    display: flex;
    align-items: center;
    gap: 0.4rem;
    color: var(--ink);
  }
  .box input {
    width: 1.1rem;
    min-height: 1.1rem;
    accent-color: var(--red);
  }
  .part {
    border-left: 0.3rem solid var(--gold);
    background: var(--paper);
  }
  .grid {
    display: grid;
    grid-template-columns: repeat(auto-fit, minmax(min(9.5rem, 100%), 1fr));
    gap: 0.6rem;
  }
  .grid .wide {
    grid-column: 1 / -1;
  }
  .money {
    display: grid;
    gap: 0.4rem;
    margin-top: 0.6rem;
  }
  .line {
    display: grid;
    grid-template-columns: minmax(7rem, 2fr) 5rem minmax(6rem, 1fr) 2.6rem;
    align-items: end;
    gap: 0.5rem;
  }
  .remove {
    padding: 0;
  }
  .foot {
    display: flex;
    flex-wrap: wrap;
    justify-content: flex-end;
    gap: 0.6rem;
    margin-top: 0.6rem;
  }
  .foot .main {
    min-width: 7rem;
  }
  .refusal,
  .warn {
    margin: 0;
    padding: 0.6rem 0.9rem;
    border-left: 0.3rem solid var(--against);
    background: var(--bad-wash);
    font-weight: 600;
  }
  ul.refusal {
    padding-left: 2rem;
  }
  .warn {
    border-left-color: var(--gold);
    background: var(--warn-wash);
    font-weight: normal;
  }
  .warn p {
    margin: 0.2rem 0 0.5rem;
  }
  .changes {
    max-height: 16rem;
    margin-bottom: 0.6rem;
    overflow: auto;
    background: var(--card);
  }
  .changes td {
    vertical-align: top;
    overflow-wrap: anywhere;
  }
  .changes .before {
    color: var(--ink-soft);
    text-decoration: line-through;
  }
  @media (max-width: 30rem) {
    .line {
      grid-template-columns: 1fr 5rem;
    }
  }
`,
];
