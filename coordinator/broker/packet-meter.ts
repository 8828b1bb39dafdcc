import type { Duplex } from 'node:stream';

/** The largest MQTT packet anybody may send: a message and its topic. */
export const MAX_PACKET = 24 * 1024;

/** The largest an enrolled terminal may send: a sealed ballot on the largest motion. */
export const MAX_TERMINAL_PACKET = 496 * 1024;

/**
 * Follows the framing of an MQTT byte stream (fixed header, remaining length: MQTT 3.1.1 §2.2) without keeping
 * any of it.
 * @returns a function that takes each chunk and says whether all packets so far are of allowed size.
 */
export function packetMeter(limit: () => number = () => MAX_PACKET): (chunk: Uint8Array) => boolean {
  let body = 0;
  let inLength = false;
  let length = 0;
  let shift = 0;
  return (chunk) => {
    let i = 0;
    while (i < chunk.length) {
      if (body > 0) {
        const skipped = Math.min(body, chunk.length - i);
        body -= skipped;
        i += skipped;
      } else if (inLength) {
        const byte = chunk[i++] ?? 0;
        length += (byte & 0x7f) * 2 ** shift;
        shift += 7;
        if (length > limit() || shift > 28) return false;
        inLength = byte >= 0x80;
        if (!inLength) body = length;
      } else {
        i += 1;
        inLength = true;
        length = 0;
        shift = 0;
      }
    }
    return true;
  };
}

/**
 * Cuts `conn` off when a packet grows too large, before the broker gathers it: the broker itself would wait
 * for up to 256 MB.
 */
export function limitPackets(conn: Duplex, limit: () => number, onOversized: () => void): Duplex {
  const withinLimit = packetMeter(limit);
  const read = conn.read.bind(conn);
  conn.read = (size?: number): unknown => {
    const chunk: unknown = read(size);
    if (!(chunk instanceof Uint8Array) || withinLimit(chunk)) return chunk;
    onOversized();
    conn.destroy();
    return null;
  };
  return conn;
}
