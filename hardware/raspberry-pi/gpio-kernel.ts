import { closeSync, openSync, readdirSync, readSync } from 'node:fs';

/** What of the kernel the GPIO plugin needs: four calls, so that tests can stand a chip of their own behind them. */
export interface GpioKernel {
  /** Paths of all chips. */
  chips(): string[];
  open(path: string): number;
  /** Fills or takes `bytes`. @throws {GpioError} */
  ioctl(fd: number, request: number, bytes: Uint8Array): void;
  /** Calls `take` with every piece read from `fd`, `end` when no more can come; the returned function ends that. */
  follow(fd: number, take: (bytes: Uint8Array) => void, end: (why: string) => void): () => void;
  close(fd: number): void;
}

/** The kernel said no; `code` as in errno.h. */
export class GpioError extends Error {
  readonly code: string;
  constructor(code: string) {
    super(code);
    this.code = code;
  }
}

const EVENTS = 48 * 16;
/** A read that waits would hold one of Node's threads, and the process could not end before a key is pressed. */
const LOOK_MS = 8;
const POLLIN = 1;

/** The kernel itself, through the foreign function interface of koffi. @throws where koffi is not installed. */
export async function linuxGpio(): Promise<GpioKernel> {
  const { default: koffi } = await import('koffi');
  const libc = koffi.load('libc.so.6');
  const ioctl = libc.func('int ioctl(int, unsigned long, _Inout_ uint8_t *)');
  const poll: Poll = libc.func('int poll(_Inout_ uint8_t *, unsigned long, int)');
  const names = new Map(Object.entries(koffi.os.errno).map(([name, number]) => [number, name]));
  return {
    chips: () =>
      readdirSync('/dev')
        .filter((name) => /^gpiochip\d+$/.test(name))
        .map((name) => `/dev/${name}`),
    open: (path) => openSync(path, 'r+'),
    ioctl: (fd, request, bytes) => {
      if (ioctl(fd, request, bytes) < 0)
        throw new GpioError(names.get(koffi.errno()) ?? String(koffi.errno()));
    },
    follow: (fd, take, end) => {
      const buffer = Buffer.alloc(EVENTS);
      const timer = setInterval(() => {
        const ready = polled(poll, fd);
        if (ready === 0) return;
        const length = (ready & POLLIN) !== 0 ? readSync(fd, buffer) : 0;
        if (length > 0) return take(Uint8Array.from(buffer.subarray(0, length)));
        clearInterval(timer);
        end('it was closed');
      }, LOOK_MS);
      return () => clearInterval(timer);
    },
    close: (fd) => closeSync(fd),
  };
}

type Poll = (descriptors: Uint8Array, count: number, waitMs: number) => number;

/** What poll(2) says of `fd` now, without waiting: `revents` of its `struct pollfd`. */
function polled(poll: Poll, fd: number): number {
  const bytes = new Uint8Array(8);
  const view = new DataView(bytes.buffer);
  view.setInt32(0, fd, true);
  view.setInt16(4, POLLIN, true);
  return poll(bytes, 1, 0) > 0 ? view.getInt16(6, true) : 0;
}
