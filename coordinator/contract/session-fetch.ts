/** `fetch` for programs, which keeps a session as a browser does by itself: it sends the cookies that an answer has set last. */
export class SessionFetch {
  readonly #fetch: typeof fetch;
  #cookie = '';

  constructor(plain: typeof fetch) {
    this.#fetch = plain;
  }

  /** What says in a request of one's own whose it is. */
  get cookie(): string {
    return this.#cookie;
  }

  readonly fetch: typeof fetch = async (input, init) => {
    const headers = new Headers(init?.headers);
    if (this.#cookie !== '') headers.set('cookie', this.#cookie);
    // On a line that was kept an act may meet its end, and nobody would know whether it was done.
    headers.set('connection', 'close');
    const response = await this.#fetch(input, { ...init, headers });
    const set = response.headers.getSetCookie().map((each) => each.split(';')[0] ?? '');
    // All of them are set anew with every sign-in; one that is cleared is set to nothing.
    if (set.length > 0) this.#cookie = set.filter((pair) => !pair.endsWith('=')).join('; ');
    return response;
  };
}
