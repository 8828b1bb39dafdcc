import { css } from 'lit';

/** Headings, what the seat says, and the receipt. */
export const messageStyles = css`
  p {
    margin: 0;
  }
  h1 {
    margin: 0;
    font-size: 1.35rem;
    line-height: 1.35;
    font-weight: 600;
    color: var(--ink-soft);
    text-wrap: balance;
  }
  /* A motion and its text: as large as there is room for the whole of it. */
  .resolution {
    flex: 0 1 auto;
    min-height: 0;
    overflow: hidden;
    margin-top: auto;
  }
  h1.large {
    font-size: calc(2.1rem * var(--fit, 1));
    font-weight: 700;
    color: var(--ink);
  }
  :host([lang='en']) h1.large {
    font-size: calc(1.85rem * var(--fit, 1));
  }
  .rehearsal {
    display: inline-block;
    padding: 0 0.6rem;
    margin-right: 0.3rem;
    border: 0.12rem dashed var(--rehearsal);
    border-radius: 0.4rem;
    color: var(--rehearsal);
    font-size: 0.85em;
  }
  /* Not the vote of before: said on gold, wherever votes are shown. */
  .turn {
    display: inline-block;
    padding: 0 0.6rem;
    margin-right: 0.3rem;
    border-radius: 0.4rem;
    background: var(--gold);
    color: var(--ink);
    font-size: 0.85em;
  }
  .text {
    margin-top: 0.4em;
    font-size: calc(1.25rem * var(--fit, 1));
    line-height: 1.5;
    color: var(--ink-soft);
    overflow-wrap: anywhere;
  }
  .elsewhere {
    display: none;
    font-size: 1.25rem;
    color: var(--ink-soft);
  }
  [data-cramped] .resolution h1 {
    font-size: 1.5rem;
  }
  [data-cramped] .resolution .text {
    display: none;
  }
  [data-cramped] .resolution .elsewhere {
    display: block;
  }
  .hint {
    font-size: 1.45rem;
    line-height: 1.4;
    color: var(--ink-soft);
  }
  .resolution ~ .hint {
    margin-bottom: auto;
  }
  .hint.small {
    font-size: 1.15rem;
  }
  .message {
    flex: 1;
    display: flex;
    align-items: center;
    justify-content: center;
    gap: 1.8rem;
  }
  .message .title {
    font-size: 3.2rem;
    font-weight: 800;
    line-height: 1.2;
  }
  :host([lang='en']) .message .title {
    font-size: 2.5rem;
  }
  /* Under the band that says that the seat is offline there is less room. */
  .offline ~ main .message .title {
    font-size: 2.2rem;
  }
  .offline ~ main .message .hint {
    font-size: 1.25rem;
  }
  .badge {
    display: grid;
    place-items: center;
    flex: none;
    width: 6rem;
    height: 6rem;
    border-radius: 50%;
    color: var(--on-dark);
    font-size: 4rem;
    font-weight: 800;
  }
  .secret {
    display: inline-block;
    padding: 0 0.6rem;
    margin-right: 0.3rem;
    border-radius: 0.4rem;
    background: var(--secret);
    color: var(--on-dark);
    font-size: 0.85em;
  }
  .badge.sealed {
    background: var(--secret);
  }
  .receipt {
    display: grid;
    gap: 0.2rem;
    justify-items: center;
    padding-bottom: 0.3rem;
  }
  .receipt .name {
    font-size: 1.15rem;
    color: var(--ink-soft);
  }
  .receipt .code {
    display: flex;
    flex-wrap: wrap;
    justify-content: center;
    align-items: baseline;
    gap: 0.1rem 0.7rem;
    font-family: 'Noto Sans Mono', 'DejaVu Sans Mono', monospace;
    font-size: 1.3rem;
    font-weight: 600;
  }
  .receipt .first {
    font-size: 2.1rem;
    font-weight: 800;
  }
  .badge.done {
    background: var(--for);
  }
  .badge.done .sign {
    width: 4rem;
    height: 4rem;
  }
  .badge.hold {
    background: var(--ink);
  }
  .badge.warn {
    background: var(--against);
    border-radius: 1rem;
  }
  .spinner {
    flex: none;
    width: 4.6rem;
    height: 4.6rem;
    border: 0.7rem solid color-mix(in srgb, var(--go) 25%, white);
    border-top-color: var(--go);
    border-radius: 50%;
    animation: turn 1s linear infinite;
  }
  @keyframes turn {
    to {
      transform: rotate(1turn);
    }
  }
  @media (prefers-reduced-motion: reduce) {
    .spinner {
      animation-duration: 4s;
    }
  }
  .card {
    flex: none;
    width: 8rem;
    height: 5.2rem;
    border-radius: 0.7rem;
    background: linear-gradient(var(--red) 0 1.3rem, var(--card) 1.3rem);
    border: 0.2rem solid var(--red);
    position: relative;
  }
  .card i {
    position: absolute;
    left: 1rem;
    top: 2.4rem;
    width: 1.6rem;
    height: 1.3rem;
    border-radius: 0.25rem;
    background: var(--gold);
  }
  .identity {
    display: grid;
    grid-template-columns: auto auto;
    justify-content: center;
    gap: 0.2rem 1.2rem;
    margin: 0;
    font-size: 1.5rem;
  }
  .identity dd {
    margin: 0;
    font-weight: 700;
  }
  .fingerprint {
    font-family: ui-monospace, "DejaVu Sans Mono", monospace;
    letter-spacing: 0.06em;
  }
`;
