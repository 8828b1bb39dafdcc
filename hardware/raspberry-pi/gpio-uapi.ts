/**
 * The kernel's GPIO character device, uAPI version 2 (linux/gpio.h, since 5.10): the structures as bytes and the
 * numbers of the calls. All little-endian, as every Raspberry Pi is.
 */

const MAX_LINES = 64;
const NAME = 32;
const REQUEST = 592;
export const EVENT_SIZE = 48;

/** `_IOC(direction, 0xB4, number, size)` of asm-generic/ioctl.h; 2 reads, 3 reads and writes. */
const call = (direction: number, number: number, size: number): number =>
  ((direction << 30) | (size << 16) | (0xb4 << 8) | number) >>> 0;
export const IOCTL = {
  chipInfo: call(2, 0x01, 68),
  requestLines: call(3, 0x07, REQUEST),
  getValues: call(3, 0x0e, 16),
  setValues: call(3, 0x0f, 16),
} as const;

export const FLAG = { input: 4n, output: 8n, rising: 16n, falling: 32n, pullUp: 256n } as const;
const ATTRIBUTE_DEBOUNCE = 3;
const RISING = 1;

/** `struct gpiochip_info`, empty, for the kernel to fill. */
export const emptyChipInfo = (): Uint8Array => new Uint8Array(68);

export function chipLabel(info: Uint8Array): string {
  const label = Buffer.from(info.subarray(NAME, 2 * NAME)).toString('latin1');
  return label.slice(0, label.indexOf('\0'));
}

export interface LineRequest {
  readonly consumer: string;
  /** Line numbers on the chip, 64 at most. */
  readonly lines: readonly number[];
  readonly flags: bigint;
  /** Microseconds; 0 for none. */
  readonly debounce: number;
}

const OFFSET = {
  consumer: 256,
  flags: 288,
  attributes: 296,
  firstAttribute: 320,
  lines: 560,
  fd: 588,
} as const;

/** `struct gpio_v2_line_request`. */
export function lineRequest({ consumer, lines, flags, debounce }: LineRequest): Uint8Array {
  if (lines.length === 0 || lines.length > MAX_LINES) throw new RangeError('1 to 64 lines in one request');
  const bytes = new Uint8Array(REQUEST);
  const view = new DataView(bytes.buffer);
  for (const [i, line] of lines.entries()) view.setUint32(4 * i, line, true);
  bytes.set(Buffer.from(consumer.slice(0, NAME - 1), 'latin1'), OFFSET.consumer);
  view.setBigUint64(OFFSET.flags, flags, true);
  if (debounce > 0) {
    view.setUint32(OFFSET.attributes, 1, true);
    view.setUint32(OFFSET.firstAttribute, ATTRIBUTE_DEBOUNCE, true);
    view.setUint32(OFFSET.firstAttribute + 8, debounce, true);
    view.setBigUint64(OFFSET.firstAttribute + 16, (1n << BigInt(lines.length)) - 1n, true);
  }
  view.setUint32(OFFSET.lines, lines.length, true);
  view.setInt32(OFFSET.fd, -1, true);
  return bytes;
}

/** The descriptor the kernel put into a request it has granted. */
export function grantedDescriptor(request: Uint8Array): number {
  return new DataView(request.buffer, request.byteOffset).getInt32(OFFSET.fd, true);
}

/** `struct gpio_v2_line_values`: one bit a line, in the order of the request. */
export function lineValues(bits: bigint, mask: bigint): Uint8Array {
  const bytes = new Uint8Array(16);
  const view = new DataView(bytes.buffer);
  view.setBigUint64(0, bits, true);
  view.setBigUint64(8, mask, true);
  return bytes;
}

export function valueBits(values: Uint8Array): bigint {
  return new DataView(values.buffer, values.byteOffset).getBigUint64(0, true);
}

export interface LineEvent {
  readonly line: number;
  readonly isHigh: boolean;
}

/** The `struct gpio_v2_line_event`s in `bytes`, whole ones only. */
export function lineEvents(bytes: Uint8Array): LineEvent[] {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  return Array.from({ length: Math.floor(bytes.length / EVENT_SIZE) }, (_, i) => ({
    isHigh: view.getUint32(i * EVENT_SIZE + 8, true) === RISING,
    line: view.getUint32(i * EVENT_SIZE + 12, true),
  }));
}
