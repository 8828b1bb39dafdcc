import { offerCredential } from '../../shared/protocol/credential.ts';
import type { RandomBytes } from '../../shared/protocol/ids.ts';
import { type Credential, MESSAGE_VERSION, type Seat } from '../../shared/protocol/messages.ts';
import type { Credentials } from './credential.ts';

export interface CredentialOfferParts {
  readonly terminal: string;
  readonly hall: string;
  readonly credentials: Credentials;
  readonly randomBytes: RandomBytes;
  readonly newId: () => string;
  readonly send: (offer: Credential) => void;
}

/** Tells the coordinator of this terminal's credential for the deputy who sits here, where it does not know it. */
export class CredentialOffer {
  readonly #parts: CredentialOfferParts;
  /** The credential that the coordinator was last told of. */
  #offered: string | null = null;

  constructor(parts: CredentialOfferParts) {
    this.#parts = parts;
  }

  /** What was offered may not have arrived: it is offered anew where it is still wanted. */
  forget(): void {
    this.#offered = null;
  }

  /** The public credential of the deputy at `seat`; null where nobody sits here. */
  of({ deputy, sitting, credential }: Seat): string | null {
    if (!deputy) {
      // Whoever sits down next is offered anew: an offer on its way may be refused because nobody sits here.
      this.forget();
      return null;
    }
    const { terminal, hall, credentials, randomBytes, newId, send } = this.#parts;
    const own = credentials.of(deputy.id);
    if (credential !== own.public && this.#offered !== own.public) {
      this.#offered = own.public;
      const owner = { sitting, terminal, deputy: deputy.id };
      const offer = offerCredential(own.secret, owner, randomBytes);
      send({ typ: 'credential', v: MESSAGE_VERSION, id: newId(), hall, ...owner, ...offer });
    }
    return own.public;
  }
}
