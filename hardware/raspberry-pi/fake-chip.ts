import { GpioError, type GpioKernel } from './gpio-kernel.ts';
import { EVENT_SIZE, IOCTL } from './gpio-uapi.ts';

interface Grant {
  readonly lines: readonly number[];
  readonly flags: bigint;
  readonly debounce: number;
  values: bigint;
  take: (bytes: Uint8Array) => void;
}

const CHIP = 3;

/**
 * For tests: a GPIO chip behind the ioctl border. It reads the very bytes that the kernel would, by offsets of its
 * own, and refuses what the kernel refuses.
 */
export class FakeChip implements GpioKernel {
  readonly #label: string;
  readonly #grants = new Map<number, Grant>();
  readonly #low = new Set<number>();
  #next = 10;

  constructor(label = 'pinctrl-rp1') {
    this.#label = label;
  }

  /** Connects a line to ground, or lets go of it. */
  press(line: number, isDown: boolean): void {
    if (isDown) this.#low.add(line);
    else this.#low.delete(line);
    for (const { lines, take } of this.#grants.values()) if (lines.includes(line)) take(event(line, !isDown));
  }

  isLit(line: number): boolean {
    for (const { lines, flags, values } of this.#grants.values())
      if (flags & 8n && lines.includes(line)) return ((values >> BigInt(lines.indexOf(line))) & 1n) === 1n;
    return false;
  }

  get grants(): readonly Pick<Grant, 'lines' | 'flags' | 'debounce'>[] {
    return [...this.#grants.values()];
  }

  chips(): string[] {
    return ['/dev/gpiochip0'];
  }

  open(): number {
    return CHIP;
  }

  ioctl(fd: number, request: number, bytes: Uint8Array): void {
    const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    if (request === IOCTL.chipInfo) {
      bytes.set(Buffer.from('gpiochip0'), 0);
      bytes.set(Buffer.from(this.#label), 32);
    } else if (request === IOCTL.requestLines) {
      view.setInt32(588, this.#grant(view), true);
    } else {
      const grant = this.#grants.get(fd);
      if (!grant) throw new GpioError('EBADF');
      const mask = view.getBigUint64(8, true);
      if (request === IOCTL.setValues)
        grant.values = (grant.values & ~mask) | (view.getBigUint64(0, true) & mask);
      else if (request === IOCTL.getValues) view.setBigUint64(0, this.#levels(grant) & mask, true);
      else throw new GpioError('EINVAL');
    }
  }

  follow(fd: number, take: (bytes: Uint8Array) => void): () => void {
    const grant = this.#grants.get(fd);
    if (grant) grant.take = take;
    return () => {};
  }

  close(fd: number): void {
    this.#grants.delete(fd);
  }

  #grant(view: DataView): number {
    const count = view.getUint32(560, true);
    const lines = Array.from({ length: count }, (_, i) => view.getUint32(4 * i, true));
    const flags = view.getBigUint64(288, true);
    const direction = flags & 12n;
    const isPadded = [300, 564, 568, 572, 576, 580, 584].every((at) => view.getUint32(at, true) === 0);
    if (count < 1 || count > 64 || direction === 0n || direction === 12n || !isPadded)
      throw new GpioError('EINVAL');
    if (lines.some((line) => line > 53)) throw new GpioError('EINVAL');
    const taken = [...this.#grants.values()].flatMap((grant) => grant.lines);
    if (lines.some((line) => taken.includes(line))) throw new GpioError('EBUSY');
    const hasDebounce = view.getUint32(296, true) === 1 && view.getUint32(320, true) === 3;
    const debounce = hasDebounce ? view.getUint32(328, true) : 0;
    if (hasDebounce && view.getBigUint64(336, true) !== (1n << BigInt(count)) - 1n)
      throw new GpioError('EINVAL');
    const fd = this.#next++;
    this.#grants.set(fd, { lines, flags, debounce, values: 0n, take: () => {} });
    return fd;
  }

  #levels({ lines, flags }: Grant): bigint {
    const pullUp = (flags & 256n) !== 0n;
    return lines.reduce(
      (bits, line, i) => (pullUp && !this.#low.has(line) ? bits | (1n << BigInt(i)) : bits),
      0n,
    );
  }
}

/** `struct gpio_v2_line_event`. */
function event(line: number, isRising: boolean): Uint8Array {
  const bytes = new Uint8Array(EVENT_SIZE);
  const view = new DataView(bytes.buffer);
  view.setUint32(8, isRising ? 1 : 2, true);
  view.setUint32(12, line, true);
  return bytes;
}
