/** Frames of the NXP PN532 (user manual UM0701-02 §6.2): preamble, start, length, direction, data, checksums. */

const HOST_TO_CHIP = 0xd4;
const CHIP_TO_HOST = 0xd5;

/** Bytes that a frame adds to the data of a command or an answer. */
export const OVERHEAD = 8;
export const NACK = Uint8Array.of(0x00, 0x00, 0xff, 0xff, 0x00, 0x00);

/** A normal information frame with `command` and its data. */
export function commandFrame(command: Uint8Array): Uint8Array {
  const data = [HOST_TO_CHIP, ...command];
  const sum = data.reduce((all, byte) => all + byte, 0);
  return Uint8Array.from([0x00, 0x00, 0xff, data.length, -data.length & 0xff, ...data, -sum & 0xff, 0x00]);
}

export type Frame =
  | { readonly is: 'ack' }
  | { readonly is: 'data'; readonly data: Uint8Array }
  /** The chip did not understand the command (§6.2.1.5). */
  | { readonly is: 'error' }
  /** Longer than what was read; `length`: bytes of the whole frame. */
  | { readonly is: 'short'; readonly length: number }
  | { readonly is: 'damaged' };

/** Reads one frame from the front of `bytes`, the ready byte already taken off. */
export function parseFrame(bytes: Uint8Array): Frame {
  const start = bytes.findIndex((byte, i) => byte === 0xff && bytes[i - 1] === 0x00);
  if (start < 1 || start > 3) return { is: 'damaged' };
  const length = bytes[start + 1] ?? 0;
  const check = bytes[start + 2] ?? 0;
  if (length === 0x00 && check === 0xff) return { is: 'ack' };
  if (((length + check) & 0xff) !== 0 || length === 0) return { is: 'damaged' };
  const end = start + 3 + length;
  if (end >= bytes.length) return { is: 'short', length: end + 2 };
  const data = bytes.subarray(start + 3, end);
  const sum = data.reduce((all, byte) => all + byte, bytes[end] ?? 0);
  if ((sum & 0xff) !== 0) return { is: 'damaged' };
  if (length === 1 && data[0] === 0x7f) return { is: 'error' };
  return data[0] === CHIP_TO_HOST ? { is: 'data', data: data.slice(1) } : { is: 'damaged' };
}
