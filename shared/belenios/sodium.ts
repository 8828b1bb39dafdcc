import { hash } from 'node:crypto';
import { createRequire } from 'node:module';
import type sodiumNative from 'sodium-native';
import type { Sodium } from './sodium-interface.ts';
import { multiplyScalars } from './sodium-wasm.ts';

// Asked for as the CommonJS it is: imported, all of it would first be searched for the names it exports.
const native: typeof sodiumNative = createRequire(import.meta.url)('sodium-native');

/** Libsodium in Node: compiled for the machine, except what that build leaves out. */

const buffer = (bytes: Uint8Array): Buffer => Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
/** Plain bytes, as the WebAssembly build gives them: a Buffer compares, slices and prints otherwise. */
const made = (length: number, make: (out: Buffer) => void): Uint8Array => {
  const out = new Uint8Array(length);
  make(buffer(out));
  return out;
};

export const sodium: Sodium = {
  isValidPoint: (point) => native.crypto_core_ed25519_is_valid_point(buffer(point)),
  add: (a, b) => made(32, (out) => native.crypto_core_ed25519_add(out, buffer(a), buffer(b))),
  subtract: (a, b) => made(32, (out) => native.crypto_core_ed25519_sub(out, buffer(a), buffer(b))),
  multiply: (scalar, point) =>
    made(32, (out) => native.crypto_scalarmult_ed25519_noclamp(out, buffer(scalar), buffer(point))),
  multiplyBase: (scalar) =>
    made(32, (out) => native.crypto_scalarmult_ed25519_base_noclamp(out, buffer(scalar))),
  addScalars: (a, b) => made(32, (out) => native.crypto_core_ed25519_scalar_add(out, buffer(a), buffer(b))),
  subtractScalars: (a, b) =>
    made(32, (out) => native.crypto_core_ed25519_scalar_sub(out, buffer(a), buffer(b))),
  multiplyScalars: (a, b) => multiplyScalars(a, b),
  reduce: (bytes) => made(32, (out) => native.crypto_core_ed25519_scalar_reduce(out, buffer(bytes))),
  sha256: (data) => new Uint8Array(hash('sha256', data, 'buffer')),
  wipe: (bytes) => native.sodium_memzero(buffer(bytes)),
};
