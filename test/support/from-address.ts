import { type Agent, request } from 'node:http';
import { buffer } from 'node:stream/consumers';

export interface Answer {
  readonly status: number;
  readonly text: string;
}

/** Asks `url` as somebody at the address `from` would, one of 127.0.0.0/8. */
export function askFrom(
  from: string,
  url: string,
  form: URLSearchParams | FormData | null = null,
  agent?: Agent,
): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const answered = async () => {
      const sent = form && new Response(form);
      const type = sent?.headers.get('content-type');
      const asked = request(url, {
        method: form ? 'POST' : 'GET',
        localAddress: from,
        ...(agent && { agent }),
        ...(type && { headers: { 'content-type': type } }),
      });
      asked.once('error', reject);
      asked.once('response', (response) => {
        buffer(response).then(
          (bytes) => resolve({ status: response.statusCode ?? 0, text: bytes.toString() }),
          reject,
        );
      });
      asked.end(sent ? Buffer.from(await sent.arrayBuffer()) : undefined);
    };
    answered().catch(reject);
  });
}

/** The fields of a form without files, as the page that takes files wants them. */
export function manyParts(fields: Readonly<Record<string, string>>): FormData {
  const body = new FormData();
  for (const [name, value] of Object.entries(fields)) body.append(name, value);
  return body;
}
