/**
 * What is used of libsodium: the same in Node and in a browser. Scalars are 32 bytes, lowest first, below the group's
 * order; multiplications take the same time whatever the scalar.
 */
export interface Sodium {
  /** Canonical, on the curve, in the prime-order subgroup, not of small order. */
  readonly isValidPoint: (point: Uint8Array) => boolean;
  readonly add: (a: Uint8Array, b: Uint8Array) => Uint8Array;
  readonly subtract: (a: Uint8Array, b: Uint8Array) => Uint8Array;
  /** @throws where the product is the neutral point. */
  readonly multiply: (scalar: Uint8Array, point: Uint8Array) => Uint8Array;
  readonly multiplyBase: (scalar: Uint8Array) => Uint8Array;
  readonly addScalars: (a: Uint8Array, b: Uint8Array) => Uint8Array;
  readonly subtractScalars: (a: Uint8Array, b: Uint8Array) => Uint8Array;
  readonly multiplyScalars: (a: Uint8Array, b: Uint8Array) => Uint8Array;
  /** 64 bytes, lowest first, modulo the group's order. */
  readonly reduce: (bytes: Uint8Array) => Uint8Array;
  readonly sha256: (data: string | Uint8Array) => Uint8Array;
  /** Overwrites with zeros in a way no compiler leaves out. */
  readonly wipe: (bytes: Uint8Array) => void;
}
