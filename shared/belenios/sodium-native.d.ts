declare module 'sodium-native' {
  /** As much of sodium-native as we use; it brings no types of its own. */
  const sodium: {
    crypto_core_ed25519_is_valid_point(point: Buffer): boolean;
    crypto_core_ed25519_add(sum: Buffer, a: Buffer, b: Buffer): void;
    crypto_core_ed25519_sub(difference: Buffer, a: Buffer, b: Buffer): void;
    crypto_core_ed25519_scalar_add(sum: Buffer, a: Buffer, b: Buffer): void;
    crypto_core_ed25519_scalar_sub(difference: Buffer, a: Buffer, b: Buffer): void;
    crypto_core_ed25519_scalar_reduce(reduced: Buffer, bytes: Buffer): void;
    crypto_scalarmult_ed25519_noclamp(product: Buffer, scalar: Buffer, point: Buffer): void;
    crypto_scalarmult_ed25519_base_noclamp(product: Buffer, scalar: Buffer): void;
    sodium_memzero(bytes: Buffer): void;
  };
  export default sodium;
}
