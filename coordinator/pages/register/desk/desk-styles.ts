import { css } from 'lit';

/** The desk: queue and proposal side by side where there is room, one after the other where there is not. */
export const deskStyles = css`
  main {
    display: grid;
    flex: 1;
    grid-template-columns: minmax(24rem, 5fr) 7fr;
    align-items: stretch;
    min-height: 0;
  }
  main.none {
    display: block;
    padding: 2rem 1.4rem;
    font-size: 1.1rem;
  }
  .queue {
    border-right: 1px solid var(--line);
    background: var(--paper);
  }
  .proposal {
    min-width: 0;
    background: var(--card);
  }
  .bar,
  .together,
  .pages,
  .selects,
  .stages,
  .search {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: 0.4rem 0.6rem;
  }
  .bar {
    padding: 0.6rem 0.9rem;
    border-bottom: 1px solid var(--line);
    background: var(--card);
  }
  .bar .year {
    margin-right: auto;
  }
  kbd {
    margin-left: 0.2rem;
    padding: 0 0.3rem;
    border: 1px solid currentcolor;
    border-radius: 0.25rem;
    font-size: 0.78rem;
  }
  .filters {
    display: grid;
    gap: 0.6rem;
    padding: 0.6rem 0.9rem;
    border-bottom: 1px solid var(--line);
  }
  .stages button {
    min-height: 2rem;
    padding: 0.1rem 0.7rem;
    border-radius: 1rem;
  }
  .stages b {
    font-variant-numeric: tabular-nums;
  }
  .stages button[aria-pressed='true'] {
    border-color: var(--red);
    background: var(--red);
    color: var(--on-dark);
  }
  .search input {
    flex: 1;
    min-width: 9rem;
  }
  .selects label {
    display: grid;
    flex: 1 1 8rem;
    color: var(--ink-soft);
    font-size: 0.85rem;
  }
  .selects select {
    width: 100%;
    min-height: 2.2rem;
    color: var(--ink);
    font-size: 0.95rem;
  }
  .together {
    position: sticky;
    top: 0;
    z-index: 1;
    padding: 0.5rem 0.9rem;
    border-bottom: 2px solid var(--go);
    background: color-mix(in srgb, var(--go) 9%, var(--card));
  }
  .together button {
    min-height: 2.1rem;
    padding: 0.1rem 0.7rem;
  }
  .pages {
    justify-content: flex-end;
    padding: 0.6rem 0.9rem 1.5rem;
  }
  .pages span:first-child {
    margin-right: auto;
  }
  .pad {
    padding: 1rem;
  }
  .back {
    display: none;
    margin: 0.8rem 0 0 1.2rem;
  }
  /* Each of the two is as high as the window and scrolls by itself, so that the keys move one and not the other. */
  @media (min-width: 64.01rem) {
    :host {
      height: 100vh;
    }
    main:not(.none) {
      grid-template-rows: minmax(0, 1fr);
    }
    .queue,
    .proposal {
      overflow-y: auto;
    }
  }
  @media (max-width: 64rem) {
    kbd {
      display: none;
    }
    main {
      display: block;
    }
    main.one .queue,
    main.list .proposal {
      display: none;
    }
    .back {
      display: inline-block;
    }
    .queue {
      border-right: none;
    }
  }
`;
