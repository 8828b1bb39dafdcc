import { css } from 'lit';

/** The colour of each sort of key: as `--tone`, wherever a key is drawn. */
export const keyTones = css`
  .yes {
    --tone: var(--for);
  }
  .no {
    --tone: var(--against);
  }
  .middle {
    --tone: var(--abstain);
  }
  .go {
    --tone: var(--go);
  }
  .move {
    --tone: var(--move);
  }
`;
