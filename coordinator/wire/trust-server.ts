import type { X509Certificate } from 'node:crypto';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { hostname } from 'node:os';
import { guarded, type Report } from '../../shared/protocol/guarded.ts';
import { HTTP_LIMITS, limitHeaders } from '../../shared/protocol/http-limits.ts';
import type { Text } from '../../shared/protocol/ids.ts';
import type { PagesPlace } from '../config/pages-place.ts';
import { reachableHosts, urlOf } from '../web/addresses.ts';
import { hostOf, isOwnHost, namesOf, REFUSAL_POLICY, refuseHost } from '../web/hosts.ts';
import { TRUST_POLICY, trustPage } from './trust-page.ts';

export interface TrustServerParts {
  readonly place: PagesPlace;
  /** What is served here, by name. */
  readonly title: Text;
  /** What is to be trusted; null where the hall's certificate needs nothing. */
  readonly trust: X509Certificate | null;
  /** The port of the real pages. */
  readonly pagesPort: number;
  readonly report: Report;
}

/** The CA's certificate, as a file that phones and computers know what to do with. */
export const CA_PATH = '/hallvote-ca.crt';

const HEADERS = {
  'Cache-Control': 'no-store',
  'X-Content-Type-Options': 'nosniff',
  'X-Frame-Options': 'DENY',
  'Referrer-Policy': 'no-referrer',
} as const;

/**
 * What answers on the port without TLS, not listening yet: one page, whatever is asked for, that says how to reach the hall over
 * TLS and how to trust its certificate; and the certificate itself. Nothing else ever goes out here, and nothing is taken in.
 */
export function trustServer(parts: TrustServerParts): Server {
  const { place, title, trust, report } = parts;
  const { headersTimeout, connectionsCheckingInterval, maxHeaderSize } = HTTP_LIMITS.http;
  const limits = { headersTimeout, connectionsCheckingInterval, maxHeaderSize };
  const { requestTimeout, keepAliveTimeout } = HTTP_LIMITS;
  const names = namesOf(place, hostname());
  const answer = (request: IncomingMessage, response: ServerResponse) => {
    const say = (status: number, headers: Readonly<Record<string, string>>, body: string) => {
      // What came with the request is not read: the connection ends with the answer.
      response.writeHead(status, { ...HEADERS, ...headers, Connection: 'close' });
      response.end(request.method === 'HEAD' ? undefined : body);
    };
    const html = { 'Content-Type': 'text/html; charset=utf-8' };
    const { host } = request.headers;
    if (!isOwnHost(host, names))
      return say(421, { ...html, 'Content-Security-Policy': REFUSAL_POLICY }, refuseHost(host));
    if (request.url === CA_PATH && trust !== null) {
      const name = { 'Content-Disposition': `attachment; filename="${CA_PATH.slice(1)}"` };
      return say(200, { 'Content-Type': 'application/x-x509-ca-cert', ...name }, trust.toString());
    }
    const page = trustPage({ hall: title, trust, pages: pagesFor(parts, host) });
    return say(200, { ...html, 'Content-Security-Policy': TRUST_POLICY }, page);
  };
  const server = createServer(
    { ...limits, requestTimeout, keepAliveTimeout },
    guarded('a request without TLS', report, answer, (_request, response: ServerResponse) =>
      response.destroy(),
    ),
  );
  limitHeaders(server);
  return server.on('error', (error) => report('the port without TLS', error));
}

/** The pages' address for who asked at `host`: by the same name; where that is this machine's own, as others reach it. */
function pagesFor({ place, pagesPort }: TrustServerParts, host: string | undefined): string {
  if (place.address?.startsWith('https:')) return place.address;
  const asked = hostOf(host ?? '') ?? 'localhost';
  const isHere = asked === 'localhost' || asked === '127.0.0.1' || asked === '::1';
  const [other] = isHere ? reachableHosts(place.listen.http.host) : [];
  return urlOf('https', other ?? asked, pagesPort);
}
