/** WebSocket frames as RFC 6455 §5.2 lays them out, right or wrong. */
export interface Frame {
  readonly opcode: number;
  readonly payload: Buffer;
  readonly isFinal?: boolean;
  /** RSV1 to RSV3, as a number from 0 to 7. */
  readonly reserved?: number;
  readonly isMasked?: boolean;
  /** What the frame says its length is, where that is not what it holds. */
  readonly claimed?: number;
}

const MASK = Buffer.from([0x12, 0x34, 0x56, 0x78]);

function lengthBytes(length: number, mask: number): Buffer {
  if (length < 126) return Buffer.from([mask | length]);
  const long = Buffer.alloc(length < 65_536 ? 3 : 9);
  long[0] = mask | (length < 65_536 ? 126 : 127);
  if (length < 65_536) long.writeUInt16BE(length, 1);
  else long.writeBigUInt64BE(BigInt(length), 1);
  return long;
}

/** The bytes of a frame; masked unless told otherwise, as a client's must be. */
export function frame({
  opcode,
  payload,
  isFinal = true,
  reserved = 0,
  isMasked = true,
  claimed,
}: Frame): Buffer {
  const first = Buffer.from([(isFinal ? 0x80 : 0) | (reserved << 4) | opcode]);
  const length = lengthBytes(claimed ?? payload.length, isMasked ? 0x80 : 0);
  if (!isMasked) return Buffer.concat([first, length, payload]);
  const masked = Buffer.from(payload.map((byte, i) => byte ^ (MASK[i % 4] ?? 0)));
  return Buffer.concat([first, length, MASK, masked]);
}

export const OPCODE = { more: 0, text: 1, binary: 2, close: 8, ping: 9, pong: 10 } as const;

/** The request that opens a WebSocket for MQTT. */
export const HANDSHAKE = Buffer.from(
  'GET /mqtt HTTP/1.1\r\nHost: hall\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Protocol: mqtt\r\n\r\n',
);
