import type { z } from 'zod';
import type { Act, ActAnswer } from '../contract/acts.ts';
import { type Asking, Client } from '../contract/client.ts';
import type { Params, Route } from '../contract/route.ts';
import { ROUTES } from '../contract/routes.ts';
import { SessionFetch } from '../contract/session-fetch.ts';

/** A member of the staff without a browser: signs in under their own name and acts over HTTP. */
export class StaffClient {
  readonly #session: SessionFetch;
  readonly #client: Client;

  /** @param base the coordinator's address, `https://host:port`. @param plain what asks there. */
  constructor(base: string, plain = fetch) {
    this.#session = new SessionFetch(plain);
    this.#client = new Client({ base, fetch: this.#session.fetch });
  }

  /** Chooses a password with a one-time code, and is signed in. */
  async choosePassword(person: string, code: string, password: string): Promise<void> {
    await this.ask(ROUTES.choosePassword, { body: { person, code, password } });
  }

  /** @throws where the person, the password or, where one is asked for, the authenticator's code is not right. */
  async signIn(person: string, password: string, code: string | null = null): Promise<void> {
    const { is } = await this.ask(ROUTES.signIn, { body: { person, secret: password, code } });
    if (is !== 'in')
      throw new Error(
        `${person}: ${is === 'choose' ? 'a password is to be chosen first' : 'the authenticator’s code is asked for'}`,
      );
  }

  /** What says in a request of one's own that it is this member of the staff's. */
  get cookie(): string {
    return this.#session.cookie;
  }

  async act(act: Act): Promise<ActAnswer> {
    return this.ask(ROUTES.act, { body: act });
  }

  /** The archive of the sitting so far. */
  async bundle(): Promise<Uint8Array> {
    return this.ask(ROUTES.bundle);
  }

  /** What a route answers. @throws where it does not. */
  async ask<P extends Params, B extends z.ZodType, A extends z.ZodType>(
    route: Route<P, B, A>,
    ...asking: Asking<P, B>
  ): Promise<z.output<A>> {
    const outcome = await this.#client.ask(route, ...asking);
    if (outcome.is === 'answered') return outcome.value;
    throw new Error(`${route.path}: ${outcome.is === 'refused' ? `${outcome.status} ` : ''}${outcome.why}`);
  }
}
