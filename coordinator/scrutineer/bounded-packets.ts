import { readFileSync } from 'node:fs';
import type { Duplex } from 'node:stream';
import { createWebSocketStream, WebSocket } from 'ws';
import { packetMeter } from '../process/packet-meter.ts';

const HANDSHAKE_MS = 30_000;

/**
 * An MQTT connection over WebSocket that ends where a packet announces more than `most` bytes: a coordinator that fails or lies
 * may send a scrutineer so much and no more, whatever it announces.
 * @param ca the file of the CA to believe, over TLS; null: those the system knows.
 */
export function packetsWithin(url: string, most: number, ca: string | null = null): Duplex {
  const socket = new WebSocket(url, ['mqtt'], {
    maxPayload: most,
    handshakeTimeout: HANDSHAKE_MS,
    perMessageDeflate: false,
    followRedirects: false,
    ...(ca !== null && { ca: readFileSync(ca) }),
  });
  const excessIn = packetMeter(() => most);
  socket.on('message', (bytes) => {
    if (!Buffer.isBuffer(bytes) || excessIn(bytes) !== null) socket.terminate();
  });
  const stream = createWebSocketStream(socket);
  // Also where nobody has read what came last: whoever follows connects again only once this has ended.
  socket.on('close', () => stream.destroy());
  return stream;
}
