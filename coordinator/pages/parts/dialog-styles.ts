import { css } from 'lit';

/** What the staff's dialogs have in common. */
export const dialogStyles = css`
  dialog {
    box-sizing: border-box;
    max-height: 94vh;
    padding: 1.5rem 1.7rem;
    border: none;
    border-top: 0.4rem solid var(--red);
    border-radius: 0.5rem;
    color: var(--ink);
    font-size: 1.05rem;
    box-shadow: 0 1rem 3rem color-mix(in srgb, var(--ink) 30%, transparent);
  }
  dialog::backdrop {
    background: color-mix(in srgb, var(--ink) 55%, transparent);
  }
  h2 {
    margin: 0;
    font-size: 1.5rem;
  }
  label {
    display: grid;
    gap: 0.3rem;
  }
  label small {
    color: var(--ink-soft);
  }
  .refusal {
    margin: 0.9rem 0;
    padding: 0.6rem 0.8rem;
    border-left: 0.3rem solid var(--against);
    background: var(--bad-wash);
    font-weight: 600;
  }
  .buttons {
    display: flex;
    justify-content: flex-end;
    gap: 0.8rem;
    margin-top: 1.3rem;
  }
  .buttons button {
    min-width: 7rem;
    min-height: 3rem;
    font-size: 1.1rem;
  }
`;
