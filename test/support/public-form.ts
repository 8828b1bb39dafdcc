import { request } from 'node:http';

/** The field of that name in a page's form. */
export function hiddenField(page: string, name: string): string {
  return new RegExp(`name="${name}" value="([^"]*)"`).exec(page)?.[1] ?? '';
}

/** What a browser sends of a form without files. */
export const sendForm = (url: string, fields: Readonly<Record<string, string>>): Promise<Response> =>
  fetch(url, { method: 'POST', body: new URLSearchParams(fields) });

/** What a browser sends of a form with files, its fields first as they stand in the page. */
export function sendFiles(
  url: string,
  fields: Readonly<Record<string, string>>,
  files: readonly { readonly name: string; readonly bytes: Uint8Array }[] = [],
): Promise<Response> {
  return fetch(url, { method: 'POST', body: formOf(fields, files) });
}

function formOf(
  fields: Readonly<Record<string, string>>,
  files: readonly { readonly name: string; readonly bytes: Uint8Array }[] = [],
): FormData {
  const body = new FormData();
  for (const [name, value] of Object.entries(fields)) body.append(name, value);
  for (const { name, bytes } of files) body.append('files', new Blob([Buffer.from(bytes)]), name);
  return body;
}

/** The same without files, from another address of this machine. */
export async function sendFrom(
  localAddress: string,
  url: string,
  fields: Readonly<Record<string, string>>,
): Promise<number> {
  const encoded = new Response(formOf(fields));
  const headers = { 'content-type': encoded.headers.get('content-type') ?? '' };
  const bytes = Buffer.from(await encoded.arrayBuffer());
  return new Promise((resolve, reject) => {
    const sent = request(url, { method: 'POST', localAddress, headers }, (response) => {
      response.resume();
      resolve(response.statusCode ?? 0);
    });
    sent.on('error', reject);
    sent.end(bytes);
  });
}

/** Begins to send the same with a file, and breaks off when so large a share of it was sent and the other end is at it. */
export async function breakOff(
  url: string,
  fields: Readonly<Record<string, string>>,
  file: { readonly name: string; readonly bytes: Uint8Array },
  share: number,
): Promise<void> {
  const encoded = new Response(formOf(fields, [file]));
  const bytes = Buffer.from(await encoded.arrayBuffer());
  const headers = {
    'content-type': encoded.headers.get('content-type') ?? '',
    'content-length': bytes.length,
  };
  await new Promise<void>((resolve) => {
    const sent = request(url, { method: 'POST', headers });
    sent.on('error', () => {});
    sent.on('close', () => resolve());
    sent.write(bytes.subarray(0, Math.floor(bytes.length * share)), () => sent.destroy());
  });
}

/** The code on a receipt's page. */
export const codeOn = (page: string): string => /class="code">([0-9A-Z-]{19})</.exec(page)?.[1] ?? '';
