import type { IncomingMessage } from 'node:http';
import { type RequestOptions, request } from 'node:https';

/**
 * `fetch` for programs, which goes by `options` over TLS: whom to believe, by what line. Node's own believes what the system does
 * and cannot be told otherwise. It is led nowhere else.
 */
export function httpsFetch(options: Pick<RequestOptions, 'ca' | 'agent'>): typeof fetch {
  return async (input, init) => {
    const asked = new Request(input, init);
    if (!asked.url.startsWith('https:')) return fetch(asked);
    const body = asked.body === null ? null : Buffer.from(await asked.arrayBuffer());
    return new Promise((resolve, reject) => {
      const { method, signal } = asked;
      const headers = Object.fromEntries(asked.headers);
      const sent = request(asked.url, { ...options, method, headers, signal }, (answer) => {
        const { statusCode: status = 0 } = answer;
        if (status >= 300 && status < 400) {
          answer.destroy();
          reject(new TypeError('led elsewhere'));
          return;
        }
        const told = new Headers();
        for (const [name, values] of Object.entries(answer.headersDistinct))
          for (const value of values ?? []) told.append(name, value);
        const isEmpty = method === 'HEAD' || status === 204;
        resolve(new Response(isEmpty ? null : streamOf(answer), { status, headers: told }));
      });
      sent.once('error', reject);
      sent.end(body ?? undefined);
    });
  };
}

function streamOf(answer: IncomingMessage): ReadableStream<Uint8Array> {
  const chunks: AsyncIterator<Uint8Array> = answer[Symbol.asyncIterator]();
  return new ReadableStream({
    pull: async (stream) => {
      const next = await chunks.next();
      if (next.done) stream.close();
      else stream.enqueue(next.value);
    },
    cancel: () => {
      answer.destroy();
    },
  });
}
