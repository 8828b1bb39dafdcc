import type { Sodium } from './sodium-interface.ts';
import * as wasm from './sodium-wasm.ts';

/** Libsodium in a browser: its build for WebAssembly, in the place of `sodium.ts` (see vite.config.ts). */

const text = new TextEncoder();

export const sodium: Sodium = {
  isValidPoint: wasm.isValidPoint,
  add: wasm.addPoints,
  subtract: wasm.subtractPoints,
  multiply: wasm.multiplyPoint,
  multiplyBase: wasm.multiplyBase,
  addScalars: wasm.addScalars,
  subtractScalars: wasm.subtractScalars,
  multiplyScalars: wasm.multiplyScalars,
  reduce: wasm.reduceScalar,
  sha256: (data) => wasm.sha256(typeof data === 'string' ? text.encode(data) : data),
  wipe: (bytes) => void bytes.fill(0),
};
