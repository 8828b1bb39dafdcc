import type { IncomingMessage } from 'node:http';
import type { Server } from 'node:net';
import type { Duplex } from 'node:stream';
import type { Report } from '../../shared/protocol/guarded.ts';
import type { HallConfig } from '../config/hall-file.ts';
import type { Door } from '../door/door.ts';
import type { Broker } from '../hall/broker/broker.ts';
import { mqttServer, mqttsServer } from '../hall/mqtt-server.ts';
import type { Opened } from '../process/closers.ts';
import { listen } from '../process/listen.ts';
import { orRefuse } from '../refused-start.ts';
import type { RunningHall, RunOptions } from '../running.ts';
import { reachOf } from '../web/addresses.ts';
import type { HallCertificates } from './hall-certificates.ts';
import { openPages } from './pages-port.ts';
import type { SeatCertificates } from './seat-certificates.ts';

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
  const { mqtt } = config.listen;
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
  const mqttPort = orRefuse(await listen(terminals, options.mqtt ?? mqtt.port, mqtt.host));
  const reached = await openPages({
    place: config,
    title: config.hall.name,
    options,
    door,
    pages,
    certificates: secure?.certificates ?? null,
    opened,
    report,
  });
  const atMqtt = reachOf(secure ? 'mqtts' : 'mqtt', mqtt.host, mqttPort);
  return {
    http: reached.http,
    mqtt: atMqtt.here,
    elsewhere: { http: reached.elsewhere, mqtt: atMqtt.elsewhere },
    trust: reached.trust,
    port: { http: reached.port, mqtt: mqttPort },
  };
}

/** How the broker takes a page's line. */
export function pageEntrance(broker: Broker, secure: Secure | null) {
  const entrance = { is: secure ? 'pages' : 'any' } as const;
  return (stream: Duplex, request: IncomingMessage) => broker.handle(stream, request, entrance);
}
