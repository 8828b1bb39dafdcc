import { readFileSync } from 'node:fs';
import { httpsFetch } from '../../shared/protocol/https-fetch.ts';

/** `fetch` that believes the CA in `file` and, over TLS, nobody else; plain `fetch` where none is named. */
export function trustingFetch(file: string | null): typeof fetch {
  return file === null ? fetch : httpsFetch({ ca: readFileSync(file), agent: false });
}
