declare module 'i2c-bus' {
  /** As much of i2c-bus as we use; it brings no types of its own. */
  interface Bus {
    i2cWrite(address: number, length: number, buffer: Buffer): Promise<{ bytesWritten: number }>;
    i2cRead(address: number, length: number, buffer: Buffer): Promise<{ bytesRead: number; buffer: Buffer }>;
  }
  export function openPromisified(bus: number): Promise<Bus>;
}
