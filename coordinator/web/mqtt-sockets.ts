import type { IncomingMessage, Server } from 'node:http';
import type { Duplex } from 'node:stream';
import { createWebSocketStream, type WebSocket, WebSocketServer } from 'ws';
import { guarded, type Report } from '../../shared/protocol/guarded.ts';
import { BEAT_MS, Heartbeat } from '../../shared/protocol/heartbeat.ts';
import { type ServeAt, upgradeHandler } from '../../shared/protocol/upgrade.ts';
import { MAX_TERMINAL_PACKET } from '../process/packet-meter.ts';

export interface MqttSockets {
  /** Serves an MQTT connection over WebSocket. */
  readonly mqtt: (stream: Duplex, request: IncomingMessage) => void;
  /** Whether a request is meant for this hall, and comes from no other site's page. */
  readonly isOwn: (request: IncomingMessage) => boolean;
  /** Who is signed in by the request that opened a connection; null where nobody is, or is not any more. */
  readonly personOf: (request: IncomingMessage) => string | null;
  readonly report: Report;
}

/** Whoever's session has ended is cut off within so long. */
const SESSIONS_EVERY_MS = 2_000;

/** Takes MQTT over WebSocket at `/mqtt` of `server`. @returns what ends all of it. */
export function mqttSockets(server: Server, { mqtt, isOwn, personOf, report }: MqttSockets): () => void {
  const sockets = new WebSocketServer({
    noServer: true,
    maxPayload: MAX_TERMINAL_PACKET,
    autoPong: false,
    // Nobody honest sends a packet in pieces, and each piece costs more than what it holds.
    maxFragments: 64,
    handleProtocols: (offered) => offered.has('mqtt') && 'mqtt',
  });
  const heart = new Heartbeat();
  const beat = setInterval(
    guarded('the heartbeat of pages', report, () => heart.beat(sockets.clients)),
    BEAT_MS,
  ).unref();
  const opened = new Map<WebSocket, { readonly person: string; readonly request: IncomingMessage }>();
  const watch = setInterval(
    guarded('the sessions of pages', report, () => {
      for (const [client, { person, request }] of opened)
        if (personOf(request) !== person) client.terminate();
    }),
    SESSIONS_EVERY_MS,
  ).unref();
  const serveAt: ServeAt = (path, asked) => {
    if (path !== '/mqtt') return '404 Not Found';
    if (!isOwn(asked)) return '403 Forbidden';
    return (client, request) => {
      heart.watch(client);
      const person = personOf(request);
      if (person !== null) {
        opened.set(client, { person, request });
        client.once('close', () => opened.delete(client));
      }
      const stream = createWebSocketStream(client);
      stream.on('error', () => stream.destroy());
      mqtt(stream, request);
    };
  };
  server.on('upgrade', upgradeHandler(sockets, serveAt, report));
  return () => {
    clearInterval(beat);
    clearInterval(watch);
    for (const client of sockets.clients) client.terminate();
    sockets.close();
  };
}
