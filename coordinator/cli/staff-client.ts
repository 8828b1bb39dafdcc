import type { z } from 'zod';
import { type Act, ActAnswer } from '../contract/acts.ts';

/** A member of the staff without a browser: signs in with the hall password and acts over HTTP. */
export class StaffClient {
  readonly #base: string;
  #cookie = '';

  /** @param base the coordinator's address, `http://host:port`. */
  constructor(base: string) {
    this.#base = base;
  }

  /** Sets the hall password with the code of the first start, and is signed in. */
  async setUp(code: string, password: string): Promise<void> {
    await this.#enter('/api/setup', { code, password });
  }

  async signIn(password: string): Promise<void> {
    await this.#enter('/api/login', { password });
  }

  /** What says in a request of one's own that it is this member of the staff's. */
  get cookie(): string {
    return this.#cookie;
  }

  async act(act: Act): Promise<ActAnswer> {
    const response = await this.#post('/api/act', act);
    return ActAnswer.parse(await response.json());
  }

  /** The archive of the sitting so far. */
  async bundle(): Promise<Uint8Array> {
    const response = await fetch(`${this.#base}/api/bundle`, { headers: { cookie: this.#cookie } });
    if (!response.ok) throw new Error(`no bundle: ${response.status}`);
    return new Uint8Array(await response.arrayBuffer());
  }

  async get<T>(path: string, schema: z.ZodType<T>): Promise<T> {
    const response = await fetch(this.#base + path, { headers: { cookie: this.#cookie } });
    return schema.parse(await response.json());
  }

  async #enter(path: string, body: object): Promise<void> {
    const response = await this.#post(path, body);
    if (!response.ok) throw new Error(`${path}: ${response.status} ${await response.text()}`);
    this.#cookie = response.headers.get('set-cookie')?.split(';')[0] ?? '';
  }

  #post(path: string, body: object): Promise<Response> {
    const headers = { 'content-type': 'application/json', cookie: this.#cookie };
    return fetch(this.#base + path, { method: 'POST', headers, body: JSON.stringify(body) });
  }
}
