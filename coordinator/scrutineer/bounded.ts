import type { Duplex } from 'node:stream';
import { createWebSocketStream, WebSocket } from 'ws';
import { packetMeter } from '../process/packet-meter.ts';

/**
 * What a coordinator that fails or lies may send a scrutineer: so many bytes and no more, whatever it announces. Each
 * function gives up before it keeps more than that.
 */

/** The body of an answer. @throws where it is longer than `most` bytes; then no more of it is read. */
export async function bodyWithin(response: Response, most: number): Promise<Uint8Array> {
  const chunks: Uint8Array[] = [];
  let length = 0;
  for await (const chunk of response.body ?? []) {
    length += chunk.length;
    // Leaving the loop calls the rest off.
    if (length > most) throw new Error(`an answer is longer than ${most} bytes`);
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

/** The JSON that an answer of at most `most` bytes is. @throws where it is longer, or no JSON. */
export async function jsonWithin(response: Response, most: number): Promise<unknown> {
  return JSON.parse(Buffer.from(await bodyWithin(response, most)).toString('utf8'));
}

const HANDSHAKE_MS = 30_000;

/** An MQTT connection over WebSocket that ends where a packet announces more than `most` bytes. */
export function packetsWithin(url: string, most: number): Duplex {
  const socket = new WebSocket(url, ['mqtt'], {
    maxPayload: most,
    handshakeTimeout: HANDSHAKE_MS,
    perMessageDeflate: false,
    followRedirects: false,
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
