import type { IncomingMessage, Server } from 'node:http';
import type { Duplex } from 'node:stream';
import { createWebSocketStream, WebSocketServer } from 'ws';
import type { Report } from '../../shared/guarded.ts';
import { type ServeAt, upgradeHandler } from '../../shared/upgrade.ts';
import { MAX_TERMINAL_PACKET } from '../broker/packet-meter.ts';

export interface MqttSockets {
  /** Serves an MQTT connection over WebSocket. */
  readonly mqtt: (stream: Duplex, request: IncomingMessage) => void;
  readonly report: Report;
}

/** Takes MQTT over WebSocket at `/mqtt` of `server`. @returns what ends all of it. */
export function mqttSockets(server: Server, { mqtt, report }: MqttSockets): () => void {
  const sockets = new WebSocketServer({
    noServer: true,
    maxPayload: MAX_TERMINAL_PACKET,
    handleProtocols: (offered) => offered.has('mqtt') && 'mqtt',
  });
  const serveAt: ServeAt = (path) => {
    if (path !== '/mqtt') return '404 Not Found';
    return (client, request) => {
      const stream = createWebSocketStream(client);
      stream.on('error', () => stream.destroy());
      mqtt(stream, request);
    };
  };
  server.on('upgrade', upgradeHandler(sockets, serveAt, report));
  return () => {
    for (const client of sockets.clients) client.terminate();
    sockets.close();
  };
}
