import type { Server, Socket } from 'node:net';
import type { TLSSocket } from 'node:tls';
import { guarded, type Report } from '../../shared/protocol/guarded.ts';
import type { Text } from '../../shared/protocol/ids.ts';
import type { PagesPlace } from '../config/pages-place.ts';
import type { Door } from '../door/door.ts';
import type { Opened } from '../process/closers.ts';
import { listen } from '../process/listen.ts';
import { orRefuse } from '../refused-start.ts';
import type { RunOptions, Trust } from '../running.ts';
import { reachOf } from '../web/addresses.ts';
import { certificateFingerprint } from './fingerprint.ts';
import { caFile, type HallCertificates } from './hall-certificates.ts';
import { trustServer } from './trust-server.ts';

export interface PagesPortParts {
  readonly place: PagesPlace;
  /** What is served here, by name. */
  readonly title: Text;
  readonly options: Pick<RunOptions, 'http' | 'https'>;
  readonly door: Door;
  /** The pages' server, over TLS where there are certificates. */
  readonly pages: Server;
  /** null: without TLS. */
  readonly certificates: Pick<HallCertificates, 'trust'> | null;
  readonly opened: Opened;
  readonly report: Report;
}

/** Where pages are reached once their ports are open. */
export interface OpenPages {
  readonly http: string;
  readonly elsewhere: readonly string[];
  readonly trust: Trust | null;
  readonly port: number;
}

/** Opens the pages' port, and with TLS the one that says how to trust it; whoever comes passes the door. @throws {StartError} where one cannot be had. */
export async function openPages(parts: PagesPortParts): Promise<OpenPages> {
  const { place, options, door, pages, certificates, report } = parts;
  const { http, https } = place.listen;
  const enter = guarded('a connection', report, (socket: Socket) => door.enter(socket));
  pages.on('connection', enter);
  pages.on(
    'secureConnection',
    guarded('a connection', report, (socket: TLSSocket) => door.secured(socket)),
  );
  const wanted = certificates ? (options.https ?? https.port) : (options.http ?? http.port);
  const port = orRefuse(await listen(pages, wanted, http.host));
  const { here, elsewhere } = reachOf(certificates ? 'https' : 'http', http.host, port);
  const trust = certificates && (await openTrustPage(parts, certificates, port, enter));
  return { http: here, elsewhere, trust, port };
}

/** What answers who comes without TLS: how to trust this place. */
async function openTrustPage(
  { place, title, options, opened, report }: PagesPortParts,
  { trust }: Pick<HallCertificates, 'trust'>,
  pagesPort: number,
  enter: (socket: Socket) => void,
): Promise<Trust> {
  const { host, port } = place.listen.http;
  const server = trustServer({ place, title, trust, pagesPort, report });
  server.on('connection', enter);
  opened.keep(server, (each) => {
    each.close();
    each.closeAllConnections();
  });
  const at = orRefuse(await listen(server, options.http ?? port, host));
  const own = typeof place.tls === 'object' ? (place.tls.ca ?? null) : caFile(place.data);
  return {
    ca: own,
    fingerprint: trust && certificateFingerprint(trust),
    page: reachOf('http', host, at).here,
  };
}
