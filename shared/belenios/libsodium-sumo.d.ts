declare module 'libsodium-sumo' {
  /** As much of the bare WebAssembly module as we use; it brings no types of its own. Addresses are offsets into HEAPU8. */
  interface Libsodium {
    /** Another array after memory has grown. */
    readonly HEAPU8: Uint8Array;
    _malloc(bytes: number): number;
    _free(address: number): void;
    _crypto_core_ed25519_is_valid_point(point: number): number;
    _crypto_core_ed25519_add(sum: number, a: number, b: number): number;
    _crypto_core_ed25519_sub(difference: number, a: number, b: number): number;
    _crypto_core_ed25519_scalar_add(sum: number, a: number, b: number): void;
    _crypto_core_ed25519_scalar_sub(difference: number, a: number, b: number): void;
    _crypto_core_ed25519_scalar_mul(product: number, a: number, b: number): void;
    _crypto_core_ed25519_scalar_reduce(reduced: number, wide: number): void;
    _crypto_scalarmult_ed25519_noclamp(product: number, scalar: number, point: number): number;
    _crypto_scalarmult_ed25519_base_noclamp(product: number, scalar: number): number;
    /** Lengths and limits of 64 bits are given as two halves, the low one first. */
    _crypto_hash_sha256(digest: number, message: number, low: number, high: number): number;
    _crypto_pwhash(
      key: number,
      keyLow: number,
      keyHigh: number,
      password: number,
      passwordLow: number,
      passwordHigh: number,
      salt: number,
      operationsLow: number,
      operationsHigh: number,
      memory: number,
      algorithm: number,
    ): number;
    _crypto_secretbox_easy(
      box: number,
      message: number,
      low: number,
      high: number,
      nonce: number,
      key: number,
    ): number;
    _crypto_secretbox_open_easy(
      message: number,
      box: number,
      low: number,
      high: number,
      nonce: number,
      key: number,
    ): number;
  }
  export default function initialize(options: {
    /** 32 random bits. */
    readonly getRandomValue: () => number;
  }): Promise<Libsodium>;
}
