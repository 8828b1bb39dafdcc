import initialize from 'libsodium-sumo';

/**
 * libsodium in WebAssembly: all of it in the browser, in Node what the native build lacks. The bare module, not its
 * wrappers: those leave what they were given behind in the module's memory, here every call wipes it.
 */

/** Argon2 fills its buffers with random bytes before use; nothing else here is random, and no result is. */
const getRandomValue = (): number => crypto.getRandomValues(new Uint32Array(1))[0] ?? 0;

const sodium = await initialize({ getRandomValue });

/** C's stack of 64 KiB ends where its heap begins: what calls leave there is as secret as what they were given. */
const STACK = 2 ** 16;
const stackEnd = sodium._malloc(16) & ~15;
const stackStart = stackEnd - STACK;

/** Wipes what calls have left on C's stack, while none runs. */
const wipeStack = (): void => void sodium.HEAPU8.fill(0, stackStart, stackEnd);

/** Calls with copies of `inputs` and room for `length` bytes; null where libsodium refuses. */
function call(
  length: number,
  inputs: readonly Uint8Array[],
  run: (output: number, a: number, b: number, c: number) => number | undefined,
): Uint8Array | null {
  const total = inputs.reduce((all, input) => all + input.length, length);
  const output = sodium._malloc(total);
  if (output === 0) throw new RangeError('libsodium is out of memory');
  try {
    let end = output + length;
    const [a = 0, b = 0, c = 0] = inputs.map((input) => {
      sodium.HEAPU8.set(input, end);
      end += input.length;
      return end - input.length;
    });
    return (run(output, a, b, c) ?? 0) === 0 ? sodium.HEAPU8.slice(output, output + length) : null;
  } finally {
    sodium.HEAPU8.fill(0, output, output + total);
    sodium._free(output);
    wipeStack();
  }
}

function must(result: Uint8Array | null): Uint8Array {
  if (!result) throw new RangeError('libsodium refuses: a scalar of zero, or a point that is none');
  return result;
}

const size = (bytes: Uint8Array, length: number): Uint8Array => {
  if (bytes.length !== length) throw new RangeError(`${length} bytes are needed`);
  return bytes;
};

/** Canonical, on the curve, in the prime-order subgroup, not neutral. */
export const isValidPoint = (point: Uint8Array): boolean =>
  call(0, [size(point, 32)], (_, a) => 1 - sodium._crypto_core_ed25519_is_valid_point(a)) !== null;

export const addPoints = (a: Uint8Array, b: Uint8Array): Uint8Array =>
  must(call(32, [size(a, 32), size(b, 32)], (out, x, y) => sodium._crypto_core_ed25519_add(out, x, y)));

export const subtractPoints = (a: Uint8Array, b: Uint8Array): Uint8Array =>
  must(call(32, [size(a, 32), size(b, 32)], (out, x, y) => sodium._crypto_core_ed25519_sub(out, x, y)));

/** @throws {RangeError} where the scalar is zero. */
export const multiplyPoint = (scalar: Uint8Array, point: Uint8Array): Uint8Array =>
  must(
    call(32, [size(scalar, 32), size(point, 32)], (out, n, p) =>
      sodium._crypto_scalarmult_ed25519_noclamp(out, n, p),
    ),
  );

/** @throws {RangeError} where the scalar is zero. */
export const multiplyBase = (scalar: Uint8Array): Uint8Array =>
  must(call(32, [size(scalar, 32)], (out, n) => sodium._crypto_scalarmult_ed25519_base_noclamp(out, n)));

export const addScalars = (a: Uint8Array, b: Uint8Array): Uint8Array =>
  must(
    call(32, [size(a, 32), size(b, 32)], (out, x, y) => {
      sodium._crypto_core_ed25519_scalar_add(out, x, y);
      return 0;
    }),
  );

export const subtractScalars = (a: Uint8Array, b: Uint8Array): Uint8Array =>
  must(
    call(32, [size(a, 32), size(b, 32)], (out, x, y) => {
      sodium._crypto_core_ed25519_scalar_sub(out, x, y);
      return 0;
    }),
  );

export const multiplyScalars = (a: Uint8Array, b: Uint8Array): Uint8Array =>
  must(
    call(32, [size(a, 32), size(b, 32)], (out, x, y) => {
      sodium._crypto_core_ed25519_scalar_mul(out, x, y);
      return 0;
    }),
  );

/** 64 bytes, lowest first, modulo the order of the base point. */
export const reduceScalar = (wide: Uint8Array): Uint8Array =>
  must(
    call(32, [size(wide, 64)], (out, a) => {
      sodium._crypto_core_ed25519_scalar_reduce(out, a);
      return 0;
    }),
  );

export const sha256 = (message: Uint8Array): Uint8Array =>
  must(call(32, [message], (out, a) => sodium._crypto_hash_sha256(out, a, message.length, 0)));

const ARGON2ID13 = 2;

/** 32 bytes from a password by Argon2id, version 1.3; `memory` in bytes. Null where there is not so much of it. */
export const passwordKey = (
  password: Uint8Array,
  salt: Uint8Array,
  operations: number,
  memory: number,
): Uint8Array | null =>
  call(32, [password, size(salt, 16)], (out, a, b) =>
    sodium._crypto_pwhash(out, 32, 0, a, password.length, 0, b, operations, 0, memory, ARGON2ID13),
  );

const TAG = 16;

/** XSalsa20-Poly1305: 16 bytes longer than the message. */
export const secretBox = (message: Uint8Array, nonce: Uint8Array, key: Uint8Array): Uint8Array =>
  must(
    call(message.length + TAG, [message, size(nonce, 24), size(key, 32)], (out, a, b, c) =>
      sodium._crypto_secretbox_easy(out, a, message.length, 0, b, c),
    ),
  );

/** The message; null where another key closed the box, or any byte of it was changed. */
export const openSecretBox = (box: Uint8Array, nonce: Uint8Array, key: Uint8Array): Uint8Array | null =>
  box.length < TAG
    ? null
    : call(box.length - TAG, [box, size(nonce, 24), size(key, 32)], (out, a, b, c) =>
        sodium._crypto_secretbox_open_easy(out, a, box.length, 0, b, c),
      );

/** Another build of libsodium might have its stack elsewhere: then this one must not be used. */
function assertStack(): void {
  const isUsed = () => sodium.HEAPU8.subarray(stackStart, stackEnd).some((byte) => byte !== 0);
  const wasUsed = isUsed();
  const output = sodium._malloc(32);
  const data = sodium.HEAPU8.slice(0, stackStart);
  sodium.HEAPU8.fill(1, output, output + 31);
  sodium._crypto_scalarmult_ed25519_base_noclamp(output, output);
  if (wasUsed || !isUsed() || data.some((byte, i) => byte !== sodium.HEAPU8[i]))
    throw new Error('libsodium has its stack where we do not know it');
  sodium._free(output);
  wipeStack();
}
assertStack();
