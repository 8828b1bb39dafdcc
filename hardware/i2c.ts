/**
 * An I2C bus. Both calls are safe to make at any time: an implementation carries them out one after the other.
 *
 * Errors: a call that is not answered in time, and one that the bus reports as failed, rejects with an
 * {@link I2cError}; the next call starts anew.
 */
export interface I2cBus {
  /** The most bytes one transfer carries; longer ones must be cut by the caller. */
  readonly limit: { readonly write: number; readonly read: number };
  /** Writes `bytes` to the 7-bit `address`. */
  write(address: number, bytes: Uint8Array): Promise<void>;
  /** Reads exactly `length` bytes from the 7-bit `address`. */
  read(address: number, length: number): Promise<Uint8Array>;
}

/** Nobody answered, or the bus hangs. `message` is one line for the operator. */
export class I2cError extends Error {}
