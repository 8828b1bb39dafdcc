import { css } from 'lit';

/** How a proposal is set beside the queue. */
export const proposalStyles = css`
  .choose {
    padding: 2rem 1.4rem;
  }
  article {
    padding: 1rem 1.4rem 3rem;
  }
  h2 {
    margin: 0;
    font-size: 1.35rem;
    overflow-wrap: anywhere;
  }
  h3 {
    margin: 1.1rem 0 0.3rem;
    color: var(--red);
    font-size: 1rem;
  }
  h4 {
    margin: 0;
    font-size: 0.95rem;
  }
  .meta {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: 0.2rem 0.8rem;
    margin: 0.3rem 0 0.6rem;
    color: var(--ink-soft);
    font-size: 0.92rem;
  }
  .outcome {
    margin: 0.4rem 0;
    padding: 0.5rem 0.8rem;
    border-left: 0.35rem solid var(--move);
    background: var(--paper);
    overflow-wrap: anywhere;
  }
  .outcome.drafted {
    border-left: 0.35rem dashed var(--abstain);
    background: var(--warn-wash);
  }
  .acts {
    position: sticky;
    top: 0;
    z-index: 1;
    display: flex;
    flex-wrap: wrap;
    gap: 0.4rem;
    padding: 0.5rem 0;
    border-bottom: 1px solid var(--line);
    background: var(--card);
  }
  .acts button {
    min-height: 2.2rem;
    padding: 0.15rem 0.7rem;
  }
  kbd {
    margin-left: 0.2rem;
    padding: 0 0.3rem;
    border: 1px solid currentcolor;
    border-radius: 0.25rem;
    font-size: 0.78rem;
  }
  @media (max-width: 64rem) {
    kbd {
      display: none;
    }
  }
  .words {
    margin: 0;
    line-height: 1.7;
    white-space: pre-line;
    overflow-wrap: anywhere;
  }
  .sent .words {
    padding: 0.6rem 0.9rem;
    border-left: 0.25rem solid var(--line-strong);
    background: var(--paper);
  }
  dl {
    display: grid;
    grid-template-columns: minmax(4.5rem, max-content) 1fr;
    gap: 0.25rem 1rem;
    margin: 0.3rem 0;
  }
  dt {
    color: var(--ink-soft);
  }
  dd {
    margin: 0;
    overflow-wrap: anywhere;
  }
  .files,
  .like {
    margin: 0;
    padding: 0;
    list-style: none;
  }
  .files {
    display: flex;
    flex-wrap: wrap;
    gap: 0.6rem;
  }
  .files img {
    display: block;
    max-width: 10rem;
    max-height: 8rem;
    border: 1px solid var(--line);
  }
  .pdf {
    display: grid;
    place-items: center;
    width: 7rem;
    height: 8rem;
    border: 1px solid var(--line-strong);
    color: var(--red);
    font-weight: 600;
  }
  .opinions {
    display: grid;
    grid-template-columns: repeat(auto-fit, minmax(11rem, 1fr));
    gap: 0.8rem;
  }
  .opinions > div {
    padding: 0.5rem 0.7rem;
    border: 1px solid var(--line);
    border-radius: 0.3rem;
  }
  .opinions p {
    margin: 0.3rem 0 0;
  }
  .answer.is-yes {
    color: var(--for);
  }
  .answer.is-no {
    color: var(--against);
  }
  .answer.is-unclear {
    color: var(--abstain);
  }
  .like li {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: 0.2rem 0.7rem;
    padding: 0.25rem 0;
    border-bottom: 1px solid var(--line);
  }
  .link {
    min-height: 0;
    padding: 0.1rem 0;
    border: none;
    background: none;
    color: var(--go);
    text-align: left;
    text-decoration: underline;
  }
  .small {
    min-height: 1.9rem;
    margin-left: auto;
    padding: 0.05rem 0.6rem;
    font-size: 0.9rem;
  }
  code {
    font-family: ui-monospace, Consolas, 'Liberation Mono', monospace;
  }
  .plan {
    position: relative;
    width: max-content;
    max-width: 100%;
  }
  .plan img {
    display: block;
    max-width: 100%;
  }
  .plan svg {
    position: absolute;
    inset: 0;
    width: 100%;
    height: 100%;
  }
  .plan path {
    fill: none;
    stroke: var(--red);
    stroke-width: 2px;
    vector-effect: non-scaling-stroke;
  }
`;
