import type { IncomingMessage } from 'node:http';
import type { Server, Socket } from 'node:net';
import type { Duplex } from 'node:stream';
import type { TLSSocket } from 'node:tls';
import { guarded, type Report } from '../../shared/protocol/guarded.ts';
import type { HallConfig } from '../config/hall-file.ts';
import type { Door } from '../door/door.ts';
import type { Broker } from '../hall/broker/broker.ts';
import { mqttServer, mqttsServer } from '../hall/mqtt-server.ts';
import type { Opened } from '../process/closers.ts';
import { listen } from '../process/listen.ts';
import { orRefuse } from '../refused-start.ts';
import type { RunningHall, RunOptions, Trust } from '../running-hall.ts';
import { reachOf } from '../web/addresses.ts';
import { certificateFingerprint } from './fingerprint.ts';
import { caFile, type HallCertificates } from './hall-certificates.ts';
import type { SeatCertificates } from './seat-certificates.ts';
import { trustServer } from './trust-server.ts';

/** What a hall with TLS shows and believes. */
export interface Secure {
  readonly certificates: HallCertificates;
  readonly seats: SeatCertificates;
}

export interface PortParts {
  readonly config: HallConfig;
  readonly options: RunOptions;
  readonly door: Door;
  readonly broker: Broker;
  /** The pages' server, over TLS where `secure` is there. */
  readonly pages: Server;
  /** null: a hall without TLS. */
  readonly secure: Secure | null;
  readonly opened: Opened;
  readonly report: Report;
}

/** Where a hall is reached once its ports are open; `port`: of the pages. */
export interface OpenPorts extends Pick<RunningHall, 'http' | 'mqtt' | 'elsewhere' | 'trust'> {
  readonly port: { readonly http: number; readonly mqtt: number };
}

/** Opens the hall's ports, whoever comes passing its door. @throws {StartError} where one cannot be had. */
export async function openPorts(parts: PortParts): Promise<OpenPorts> {
  const { config, options, door, broker, pages, secure, opened, report } = parts;
  const { http, https, mqtt } = config.listen;
  const terminals = opened.keep(
    secure
      ? mqttsServer(door, broker, report, {
          server: secure.certificates.server,
          ca: secure.certificates.ca,
          judge: (certificate) => secure.seats.judge(certificate),
        })
      : mqttServer(door, broker, report),
    (each) => each.close(),
  );
  const enter = guarded('a connection', report, (socket: Socket) => door.enter(socket));
  pages.on('connection', enter);
  pages.on(
    'secureConnection',
    guarded('a connection', report, (socket: TLSSocket) => door.secured(socket)),
  );
  const mqttPort = orRefuse(await listen(terminals, options.mqtt ?? mqtt.port, mqtt.host));
  const pagesPort = secure ? (options.https ?? https.port) : (options.http ?? http.port);
  const httpPort = orRefuse(await listen(pages, pagesPort, http.host));
  const atHttp = reachOf(secure ? 'https' : 'http', http.host, httpPort);
  const atMqtt = reachOf(secure ? 'mqtts' : 'mqtt', mqtt.host, mqttPort);
  return {
    http: atHttp.here,
    mqtt: atMqtt.here,
    elsewhere: { http: atHttp.elsewhere, mqtt: atMqtt.elsewhere },
    trust: secure && (await openTrustPage(parts, secure.certificates, httpPort, enter)),
    port: { http: httpPort, mqtt: mqttPort },
  };
}

/** What answers who comes without TLS: how to trust this hall. */
async function openTrustPage(
  { config, options, opened, report }: PortParts,
  { trust }: HallCertificates,
  pagesPort: number,
  enter: (socket: Socket) => void,
): Promise<Trust> {
  const { host, port } = config.listen.http;
  const server = trustServer({ config, trust, pagesPort, report });
  server.on('connection', enter);
  opened.keep(server, (each) => {
    each.close();
    each.closeAllConnections();
  });
  const at = orRefuse(await listen(server, options.http ?? port, host));
  const own = typeof config.tls === 'object' ? (config.tls.ca ?? null) : caFile(config.data);
  return {
    ca: own,
    fingerprint: trust && certificateFingerprint(trust),
    page: reachOf('http', host, at).here,
  };
}

/** How the broker takes a page's line. */
export function pageEntrance(broker: Broker, secure: Secure | null) {
  const entrance = { is: secure ? 'pages' : 'any' } as const;
  return (stream: Duplex, request: IncomingMessage) => broker.handle(stream, request, entrance);
}
