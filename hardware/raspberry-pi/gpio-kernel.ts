import { closeSync, openSync, read, readdirSync } from 'node:fs';

/** What of the kernel the GPIO plugin needs: four calls, so that tests can stand a chip of their own behind them. */
export interface GpioKernel {
  /** Paths of all chips. */
  chips(): string[];
  open(path: string): number;
  /** Fills or takes `bytes`. @throws {GpioError} */
  ioctl(fd: number, request: number, bytes: Uint8Array): void;
  /** Calls `take` with every piece read from `fd`; `end` when no more can come. */
  follow(fd: number, take: (bytes: Uint8Array) => void, end: (why: string) => void): void;
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

/** The kernel itself, through the foreign function interface of koffi. @throws where koffi is not installed. */
export async function linuxGpio(): Promise<GpioKernel> {
  const { default: koffi } = await import('koffi');
  const ioctl = koffi.load('libc.so.6').func('int ioctl(int, unsigned long, _Inout_ uint8_t *)');
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
      // The read waits on a thread of its own until a key moves; one descriptor serves all keys, so one thread does.
      const next = () =>
        read(fd, buffer, 0, buffer.length, null, (error, length) => {
          if (error || length === 0) return end(error?.code ?? 'it was closed');
          take(Uint8Array.from(buffer.subarray(0, length)));
          next();
        });
      next();
    },
    close: (fd) => closeSync(fd),
  };
}
