import type { Page } from 'playwright-core';

const DIALOG = 'hv-confirm dialog[open]';

/** Clicks an act of the chair, answers what its dialog asks and confirms; done when the dialog is gone. */
export async function act(chair: Page, name: string, answer?: string): Promise<void> {
  await chair.click(`[data-act=${name}]`);
  if (answer !== undefined) await chair.fill(`${DIALOG} input[name=reason]`, answer);
  await chair.click(`${DIALOG} button.main`);
  await chair.waitForSelector(DIALOG, { state: 'detached' });
}

/** Closes the vote, however often that is refused because it has gone on a moment ago. */
export async function close(chair: Page): Promise<void> {
  await chair.click('[data-act=close]');
  for (;;) {
    await chair.click(`${DIALOG} button.main`);
    const refused = await chair.waitForFunction(() => {
      const dialog = document
        .querySelector('hv-chair')
        ?.shadowRoot?.querySelector('hv-confirm')
        ?.shadowRoot?.querySelector('dialog');
      if (!dialog?.open) return 'closed';
      const isBusy = dialog.querySelector<HTMLButtonElement>('button.main')?.disabled ?? true;
      return !isBusy && dialog.querySelector('.refusal') ? 'refused' : null;
    });
    if ((await refused.jsonValue()) === 'closed') return;
  }
}
