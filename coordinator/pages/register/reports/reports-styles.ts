import { css } from 'lit';

/** The page of plans and reports. */
export const reportsStyles = css`
  main {
    flex: 1;
    padding-bottom: 2rem;
    background: var(--card);
  }
  .bar {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: 0.5rem 1.2rem;
    padding: 0.6rem 1.2rem;
    border-bottom: 1px solid var(--line);
  }
  .two {
    display: grid;
    grid-template-columns: minmax(22rem, 2fr) 3fr;
    gap: 0 1.6rem;
    padding: 0.8rem 1.2rem;
  }
  .two.all {
    grid-template-columns: minmax(0, 76rem);
  }
  .two.all .open {
    display: none;
  }
  .left,
  .open {
    min-width: 0;
  }
  .left h3 {
    margin: 0.8rem 0 0.4rem;
    color: var(--red);
  }
  .said {
    margin: 0 0 0.8rem;
    padding: 0.5rem 0.9rem;
    border-left: 0.3rem solid var(--for);
    background: var(--good-wash);
    font-weight: 600;
  }
  .back {
    margin-bottom: 0.6rem;
  }
  @media (max-width: 64rem) {
    .two {
      grid-template-columns: minmax(0, 1fr);
    }
    .two.one .left {
      display: none;
    }
  }
  @media (max-width: 30rem) {
    .bar,
    .two {
      padding-inline: 0.8rem;
    }
  }
`;
