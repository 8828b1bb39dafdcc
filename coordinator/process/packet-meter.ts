import type { Duplex } from 'node:stream';
import type { Reason } from '../../shared/protocol/reasons.ts';
import type { Rate } from './token-bucket.ts';

/** The largest MQTT packet anybody may send: a message and its topic. */
export const MAX_PACKET = 24 * 1024;

/** The largest an enrolled terminal may send: a sealed ballot on the largest motion. */
export const MAX_TERMINAL_PACKET = 496 * 1024;

/** Packets of any kind that a connection may send: far more than a seat or a page needs, and no flood. */
export const PACKETS: Rate = { burst: 500, perSecond: 50 };

/** What a connection sends more of than it may. */
export type Excess = Extract<Reason, 'oversized' | 'too-many'>;

/**
 * Follows the framing of an MQTT byte stream (fixed header, remaining length: MQTT 3.1.1 §2.2) without keeping
 * any of it.
 * @param mayCome says whether one more packet may; each time counts.
 * @returns a function that takes each chunk and says what is too much in it; null where nothing is.
 */
export function packetMeter(
  limit: () => number = () => MAX_PACKET,
  mayCome: () => boolean = () => true,
): (chunk: Uint8Array) => Excess | null {
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
        if (length > limit() || shift > 28) return 'oversized';
        inLength = byte >= 0x80;
        if (!inLength) body = length;
      } else {
        if (!mayCome()) return 'too-many';
        i += 1;
        inLength = true;
        length = 0;
        shift = 0;
      }
    }
    return null;
  };
}

/**
 * Cuts `conn` off when a packet grows too large, before the broker gathers it (the broker itself would wait for up to
 * 256 MB), or when too many come.
 */
export function limitPackets(
  conn: Duplex,
  limit: () => number,
  mayCome: () => boolean,
  onExcess: (excess: Excess) => void,
): Duplex {
  const excessIn = packetMeter(limit, mayCome);
  const read = conn.read.bind(conn);
  conn.read = (size?: number): unknown => {
    const chunk: unknown = read(size);
    const excess = chunk instanceof Uint8Array ? excessIn(chunk) : null;
    if (excess === null) return chunk;
    onExcess(excess);
    conn.destroy();
    return null;
  };
  return conn;
}
