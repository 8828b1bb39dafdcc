import { type CSSResultGroup, LitElement, type TemplateResult } from 'lit';
import { Speech } from '../../parts/language.ts';
import { controls } from '../../parts/shared-styles.ts';
import { staffFrameStyles } from '../../parts/staff-header.ts';
import { Office } from './office.ts';
import { type RegisterPage, registerFrame } from './register-frame.ts';

/** A page of the register's staff: who is there and how they read, the frame around its work, and what it asks for when something has changed. */
export abstract class OfficePage extends LitElement {
  protected abstract readonly page: RegisterPage;
  protected readonly speech = new Speech(this);
  protected readonly office = new Office(this, () => {
    const { session, person } = this.office;
    if (session && !person) this.forget();
    void this.read();
  });

  /** Its work, for whoever is signed in. */
  protected abstract body(): TemplateResult;

  /** Nobody is there any more: what was shown and chosen is not for the next. */
  protected forget(): void {}

  /** Asks for what it shows. */
  protected async read(): Promise<void> {}

  override render(): TemplateResult {
    const { page, speech, office } = this;
    return registerFrame({ page, speech, office, body: () => this.body() });
  }

  static override styles: CSSResultGroup = [controls, staffFrameStyles];
}
