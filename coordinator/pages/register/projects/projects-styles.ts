import { type CSSResultGroup, css } from 'lit';
import { tabStyles } from '../parts/tab-styles.ts';

/** The page of the projects and the list. */
export const projectsStyles: CSSResultGroup = [
  tabStyles,
  css`
  main {
    flex: 1;
    padding-bottom: 2rem;
    background: var(--card);
  }
  main > p {
    padding: 0 1.2rem;
  }
  .bar {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: 0.5rem 1.2rem;
    padding: 0.6rem 1.2rem;
    border-bottom: 1px solid var(--line);
  }
  .bar .last {
    margin-left: auto;
  }
  .stage {
    padding: 0.1rem 0.7rem;
    border: 1px solid var(--go);
    border-radius: 1rem;
    color: var(--go);
  }
  .tabs {
    padding: 0.6rem 1.2rem 0;
  }
  .two {
    display: grid;
    grid-template-columns: minmax(20rem, 2fr) 3fr;
    gap: 0 1.4rem;
    padding: 0.8rem 1.2rem;
  }
  .two.all {
    grid-template-columns: 1fr;
  }
  .two.all .open {
    display: none;
  }
  .projects {
    min-width: 0;
  }
  .projects p {
    margin: 0 0 0.6rem;
  }
  .open {
    min-width: 0;
  }
  .projects ul {
    display: grid;
    gap: 0.5rem;
    margin: 0;
    padding: 0;
    list-style: none;
  }
  .projects li button {
    display: grid;
    gap: 0.3rem;
    width: 100%;
    padding: 0.6rem 0.9rem;
    border-left: 0.3rem solid var(--line-strong);
    text-align: left;
  }
  .projects li.here button {
    border-left-color: var(--red);
    background: var(--warn-wash);
  }
  .title {
    font-weight: 600;
    overflow-wrap: anywhere;
  }
  .meta {
    display: flex;
    flex-wrap: wrap;
    align-items: baseline;
    gap: 0.1rem 0.9rem;
    color: var(--ink-soft);
    font-size: 0.9rem;
  }
  .state.is-candidate {
    color: var(--go);
  }
  .state.is-listed,
  .state.is-chosen {
    color: var(--for);
  }
  .good {
    color: var(--for);
  }
  .bad {
    color: var(--against);
  }
  .back {
    display: none;
    margin-bottom: 0.6rem;
  }
  .list {
    max-width: 64rem;
    padding: 0.4rem 1.2rem;
  }
  .list h3 {
    margin: 0.8rem 0 0.3rem;
    color: var(--red);
    font-size: 1.2rem;
  }
  .files {
    display: flex;
    flex-wrap: wrap;
    gap: 0.4rem 1.5rem;
  }
  .files a {
    color: var(--go);
    font-weight: 600;
  }
  code {
    font-family: ui-monospace, Consolas, 'Liberation Mono', monospace;
  }
  @media (max-width: 60rem) {
    .two {
      grid-template-columns: 1fr;
    }
    .two.one .projects {
      display: none;
    }
    .back {
      display: inline-block;
    }
  }
`,
];
