import { css } from 'lit';

/** Notices above a page: what waits for somebody, what has become of it. */
export const noticeStyles = css`
  .notice {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: 0.5rem 0.8rem;
    padding: 0.6rem 1.2rem;
    border-bottom: 1px solid var(--gold);
    border-left: 0.4rem solid var(--gold);
    background: var(--warn-wash);
  }
  .notice p {
    flex: 1 1 20rem;
    margin: 0;
    line-height: 1.5;
    overflow-wrap: anywhere;
  }
  .do {
    display: flex;
    gap: 0.8rem;
  }
  .to-confirm {
    border-left-color: var(--red);
  }
  .good {
    border-left-color: var(--for);
    background: var(--good-wash);
  }
  .bad {
    border-left-color: var(--against);
    background: var(--bad-wash);
  }
  .left {
    font-variant-numeric: tabular-nums;
  }
`;
