import { type I2cBus, I2cError } from '../i2c.ts';

const LIMIT_MS = 400;
const BUS = 1;

/** The Pi's I2C bus 1 through the optional package i2c-bus. @throws {I2cError} with the cure. */
export async function linuxI2c(): Promise<I2cBus> {
  const { openPromisified } = await import('i2c-bus').catch(() => {
    throw new I2cError('i2c-bus is not installed; run npm ci again');
  });
  const bus = await openPromisified(BUS).catch((error: unknown) => {
    throw new I2cError(openCure(error));
  });
  let queue: Promise<unknown> = Promise.resolve();
  const inTurn = <T>(work: () => Promise<T>): Promise<T> => {
    const turn = queue.then(() => inTime(work()));
    queue = turn.catch(() => {});
    return turn;
  };
  return {
    limit: { write: 255, read: 255 },
    write: (address, bytes) =>
      inTurn(async () => {
        const { bytesWritten } = await bus.i2cWrite(address, bytes.length, Buffer.from(bytes));
        if (bytesWritten !== bytes.length) throw new I2cError('cut short');
      }),
    read: (address, length) =>
      inTurn(async () => {
        const { bytesRead, buffer } = await bus.i2cRead(address, length, Buffer.alloc(length));
        if (bytesRead !== length) throw new I2cError('cut short');
        return Uint8Array.from(buffer);
      }),
  };
}

function inTime<T>(work: Promise<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    const late = setTimeout(() => reject(new I2cError('bus hung')), LIMIT_MS);
    work
      .then(resolve, (error: unknown) => {
        reject(error instanceof I2cError ? error : new I2cError('no answer'));
      })
      .finally(() => clearTimeout(late));
  });
}

function openCure(error: unknown): string {
  const code = error instanceof Error && 'code' in error ? error.code : '';
  if (code === 'EACCES') return '/dev/i2c-1: permission denied; add the user to the group i2c';
  if (code === 'ENOENT') return '/dev/i2c-1 is missing; set dtparam=i2c_arm=on in /boot/firmware/config.txt';
  return `/dev/i2c-1: ${String(code) || String(error)}`;
}
