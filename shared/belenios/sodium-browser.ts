import sumo from 'libsodium-wrappers-sumo';
import type { Sodium } from './sodium-interface.ts';

/** Libsodium in a browser: its build for WebAssembly, in the place of `sodium.ts` (see vite.config.ts). */

await sumo.ready;

const text = new TextEncoder();

export const sodium: Sodium = {
  isValidPoint: (point) => sumo.crypto_core_ed25519_is_valid_point(point),
  add: (a, b) => sumo.crypto_core_ed25519_add(a, b),
  subtract: (a, b) => sumo.crypto_core_ed25519_sub(a, b),
  multiply: (scalar, point) => sumo.crypto_scalarmult_ed25519_noclamp(scalar, point),
  multiplyBase: (scalar) => sumo.crypto_scalarmult_ed25519_base_noclamp(scalar),
  addScalars: (a, b) => sumo.crypto_core_ed25519_scalar_add(a, b),
  subtractScalars: (a, b) => sumo.crypto_core_ed25519_scalar_sub(a, b),
  multiplyScalars: (a, b) => sumo.crypto_core_ed25519_scalar_mul(a, b),
  reduce: (bytes) => sumo.crypto_core_ed25519_scalar_reduce(bytes),
  sha256: (data) => sumo.crypto_hash_sha256(typeof data === 'string' ? text.encode(data) : data),
  wipe: (bytes) => sumo.memzero(bytes),
};
