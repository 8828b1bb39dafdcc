import type { X509Certificate } from 'node:crypto';
import { createServer, type Server, type Socket } from 'node:net';
import { createServer as createTlsServer, type TLSSocket } from 'node:tls';
import { guarded, type Report } from '../../shared/protocol/guarded.ts';
import type { Door } from '../door/door.ts';
import type { Identity } from '../tls/issue.ts';
import type { JudgedPeer } from '../tls/peer.ts';
import { TLS } from '../wire/tls-options.ts';
import type { Broker } from './broker/broker.ts';

/** The terminals' port, not listening yet: whoever comes in by the door is handed to the broker. */
export function mqttServer(
  door: Pick<Door, 'enter'>,
  broker: Pick<Broker, 'handle'>,
  report: Report,
): Server {
  const server = createServer(
    { noDelay: true },
    guarded(
      'a connection',
      report,
      (socket) => door.enter(socket) && broker.handle(socket),
      (socket) => socket.destroy(),
    ),
  );
  return server.on('error', (error) => report('the MQTT port', error));
}

/** A terminal that comes back within so many seconds need not prove its key anew. */
const SESSION_S = 24 * 3600;

export interface SecureParts {
  readonly server: Identity;
  /** The CA of the terminals' certificates. */
  readonly ca: X509Certificate;
  /** Who shows a certificate whose key is at hand. */
  readonly judge: (certificate: X509Certificate | undefined) => JudgedPeer;
  /** In place of {@link TLS}'s. */
  readonly handshakeTimeout?: number;
}

/**
 * As {@link mqttServer}, over TLS. Who shows what is judged by `judge`, and not by the handshake: a terminal that
 * waits to be enrolled has nothing better than a certificate of its own making, and the hall goes by its ledger's time.
 */
export function mqttsServer(
  door: Pick<Door, 'enter' | 'secured'>,
  broker: Pick<Broker, 'handle'>,
  report: Report,
  { server: { certificate, key }, ca, judge, handshakeTimeout = TLS.handshakeTimeout }: SecureParts,
): Server {
  const server = createTlsServer({
    ...TLS,
    cert: certificate,
    key,
    ca: ca.toString(),
    requestCert: true,
    rejectUnauthorized: false,
    handshakeTimeout,
    sessionTimeout: SESSION_S,
    noDelay: true,
  });
  const end = (socket: Socket) => {
    socket.destroy();
  };
  server.on(
    'connection',
    guarded('a connection', report, (socket: Socket) => door.enter(socket), end),
  );
  server.on(
    'secureConnection',
    guarded(
      'a connection',
      report,
      (socket: TLSSocket) => {
        door.secured(socket);
        broker.handle(socket, undefined, {
          is: 'terminals',
          shown: judge(socket.getPeerX509Certificate()),
        });
      },
      end,
    ),
  );
  // Handshakes that come to nothing are nobody's fault here, and nothing to write down.
  server.on('tlsClientError', (_error, socket) => socket.destroy());
  return server.on('error', (error) => report('the MQTT port', error));
}
