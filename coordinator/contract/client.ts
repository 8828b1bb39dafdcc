import type { z } from 'zod';
import type { Unchanging } from '../../shared/protocol/value.ts';
import { Refused } from './answers.ts';
import { type Params, pathOf, type Route } from './route.ts';

/** What became of a question to the coordinator. */
export type Outcome<T> =
  /** `fileName`: under which the answer is to be saved, where it says so. */
  | { readonly is: 'answered'; readonly value: T; readonly fileName: string | null }
  /** `text`: the same for the person who asked, where there is such a sentence. */
  | {
      readonly is: 'refused';
      readonly status: number;
      readonly why: string;
      readonly text: { readonly zh: string; readonly en: string } | null;
    }
  /** What came with 200 is no answer. */
  | { readonly is: 'unreadable'; readonly why: string }
  /** There is no answer: nobody there, too late, too long, cut off, or led elsewhere. */
  | { readonly is: 'unreachable'; readonly why: string };

/** What a route is told beside itself: its params, its body, both or nothing. */
export type Asking<P extends Params, B extends z.ZodType> =
  z.input<P> extends Record<string, never>
    ? unknown extends z.input<B>
      ? []
      : [told: { readonly body: Unchanging<z.input<B>>; readonly params?: never }]
    : unknown extends z.input<B>
      ? [told: { readonly params: z.input<P>; readonly body?: never }]
      : [told: { readonly params: z.input<P>; readonly body: Unchanging<z.input<B>> }];

export interface ClientOptions {
  /** Where the coordinator is, `http://host:port`; empty in its own pages. */
  readonly base: string;
  readonly fetch: typeof fetch;
  /** How long an answer may take in ms, in place of what its route says. */
  readonly patienceMs?: number;
}

/** Asks the coordinator by the table of routes. Never throws, follows nobody elsewhere, and reads no more than a route answers. */
export class Client {
  readonly #options: ClientOptions;

  constructor(options: ClientOptions) {
    this.#options = options;
  }

  async ask<P extends Params, B extends z.ZodType, A extends z.ZodType>(
    route: Route<P, B, A>,
    ...[told]: Asking<P, B>
  ): Promise<Outcome<z.output<A>>> {
    try {
      const response = await this.#send(route, told?.params ?? {}, told?.body ?? {});
      const bytes = await bytesWithin(response, route.most);
      const answered = response.ok || (route.saysNo && response.status === 409);
      const carried = answered && route.as === 'bytes' ? bytes : json(bytes);
      if (!answered) {
        const refused = Refused.safeParse(carried);
        const why = refused.success ? refused.data.error : `HTTP ${response.status}`;
        return { is: 'refused', status: response.status, why, text: refused.data?.text ?? null };
      }
      const value = route.answer.safeParse(carried);
      const fileName = fileNameOf(response.headers);
      if (value.success) return { is: 'answered', value: value.data, fileName };
      return {
        is: 'unreadable',
        why: `HTTP ${response.status} with another answer than ${route.path} gives`,
      };
    } catch (error) {
      return { is: 'unreachable', why: whyOf(error) };
    }
  }

  #send(route: Route, params: Readonly<Record<string, string>>, body: unknown): Promise<Response> {
    const { base, fetch, patienceMs = route.patienceMs } = this.#options;
    return fetch(base + pathOf(route.path, params), {
      method: route.method,
      redirect: 'error',
      signal: AbortSignal.timeout(patienceMs),
      ...(route.method === 'POST' && sent(body)),
    });
  }
}

/** Bytes go as they are, all else as JSON. */
const sent = (body: unknown): RequestInit =>
  body instanceof Uint8Array
    ? { headers: { 'content-type': 'application/octet-stream' }, body: new Uint8Array(body) }
    : { headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) };

/** The body of an answer. @throws where it is longer than `most` bytes; then no more of it is read. */
async function bytesWithin(response: Response, most: number): Promise<Uint8Array> {
  const reader = response.body?.getReader();
  const chunks: Uint8Array[] = [];
  let length = 0;
  for (;;) {
    const next = await reader?.read();
    if (!next || next.done) break;
    length += next.value.length;
    if (length > most) {
      await reader?.cancel();
      throw new Error(`an answer is longer than ${most} bytes`);
    }
    chunks.push(next.value);
  }
  const bytes = new Uint8Array(length);
  let at = 0;
  for (const chunk of chunks) {
    bytes.set(chunk, at);
    at += chunk.length;
  }
  return bytes;
}

/** The JSON that these bytes are; undefined where they are none. */
function json(bytes: Uint8Array): unknown {
  try {
    return JSON.parse(new TextDecoder().decode(bytes));
  } catch {
    return undefined;
  }
}

function fileNameOf(headers: Headers): string | null {
  return /filename="([^"]+)"/.exec(headers.get('content-disposition') ?? '')?.[1] ?? null;
}

function whyOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  // What `fetch` throws says only that it failed; the cause says how.
  const { cause } = error;
  const told = cause instanceof Error && cause.message !== '' ? cause.message : error.message;
  return told.split('\n')[0] ?? told;
}
