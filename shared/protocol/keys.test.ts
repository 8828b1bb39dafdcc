import { createPublicKey, verify as nodeVerify, randomBytes } from 'node:crypto';
import fc from 'fast-check';
import nacl from 'tweetnacl';
import { describe, expect, it } from 'vitest';
import { toBase64url } from './bytes.ts';
import { importPublicKey, nodeKeyPair, nodeSigner } from './ed25519-node.ts';
import { naclSigner } from './jws.ts';
import { isAcceptableKey, keyPairFromSeed, makeKeyPair, shortFingerprint, thumbprint } from './keys.ts';

const hex = (text: string) => Buffer.from(text.replaceAll(/\s/g, ''), 'hex');
const base64url = (text: string) => Buffer.from(text, 'base64url');

/** RFC 8037 appendix A: key (A.1), thumbprint (A.3), what is signed and its signature (A.4). */
const RFC8037 = {
  d: 'nWGxne_9WmC6hEr0kuwsxERJxWl7MmkZcDusAxyuf2A',
  x: '11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo',
  kid: 'kPrK_qmxVWaYVA9wwBF6Iuo3vVzz7TxHCTwXBygrS4k',
  signingInput: 'eyJhbGciOiJFZERTQSJ9.RXhhbXBsZSBvZiBFZDI1NTE5IHNpZ25pbmc',
  signature: 'hgyY0il_MGCjP0JzlnLWG1PPOt7-09PGcvMg3AIbQR6dWbhijcNR4ki4iylGjg5BhVsPt9g7sVvpAr_MuM0KAg',
};

/** RFC 8032 §7.1, all of Ed25519. */
const RFC8032 = [
  {
    name: 'TEST 1',
    seed: '9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60',
    key: 'd75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a',
    message: '',
    signature:
      'e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e065224901555fb8821590a33bacc61e39701cf9b46bd25bf5f0595bbe24655141438e7a100b',
  },
  {
    name: 'TEST 2',
    seed: '4ccd089b28ff96da9db6c346ec114e0f5b8a319f35aba624da8cf6ed4fb8a6fb',
    key: '3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c',
    message: '72',
    signature:
      '92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00',
  },
  {
    name: 'TEST 3',
    seed: 'c5aa8df43f9f837bedb7442f31dcb7b166d38535076f094b85ce3a2e0b4458f7',
    key: 'fc51cd8e6218a1a38da47ed00230f0580816ed13ba3303ac5deb911548908025',
    message: 'af82',
    signature:
      '6291d657deec24024827e69c3abe01a30ce548a284743a445e3680d7db5ac3ac18ff9b538d16f290ae67f760984dc6594a7c15e9716ed28dc027beceea1ec40a',
  },
  {
    name: 'TEST 1024',
    seed: 'f5e5767cf153319517630f226876b86c8160cc583bc013744c6bf255f5cc0ee5',
    key: '278117fc144c72340f67d0f2316e8386ceffbf2b2428c9c51fef7c597f1d426e',
    message: `
      08b8b2b733424243760fe426a4b54908632110a66c2f6591eabd3345e3e4eb98fa6e264bf09efe12ee50f8f54e9f77b1
      e355f6c50544e23fb1433ddf73be84d879de7c0046dc4996d9e773f4bc9efe5738829adb26c81b37c93a1b270b20329d
      658675fc6ea534e0810a4432826bf58c941efb65d57a338bbd2e26640f89ffbc1a858efcb8550ee3a5e1998bd177e93a
      7363c344fe6b199ee5d02e82d522c4feba15452f80288a821a579116ec6dad2b3b310da903401aa62100ab5d1a36553e
      06203b33890cc9b832f79ef80560ccb9a39ce767967ed628c6ad573cb116dbefefd75499da96bd68a8a97b928a8bbc10
      3b6621fcde2beca1231d206be6cd9ec7aff6f6c94fcd7204ed3455c68c83f4a41da4af2b74ef5c53f1d8ac70bdcb7ed1
      85ce81bd84359d44254d95629e9855a94a7c1958d1f8ada5d0532ed8a5aa3fb2d17ba70eb6248e594e1a2297acbbb39d
      502f1a8c6eb6f1ce22b3de1a1f40cc24554119a831a9aad6079cad88425de6bde1a9187ebb6092cf67bf2b13fd65f270
      88d78b7e883c8759d2c4f5c65adb7553878ad575f9fad878e80a0c9ba63bcbcc2732e69485bbc9c90bfbd62481d9089b
      eccf80cfe2df16a2cf65bd92dd597b0707e0917af48bbb75fed413d238f5555a7a569d80c3414a8d0859dc65a46128ba
      b27af87a71314f318c782b23ebfe808b82b0ce26401d2e22f04d83d1255dc51addd3b75a2b1ae0784504df543af8969b
      e3ea7082ff7fc9888c144da2af58429ec96031dbcad3dad9af0dcbaaaf268cb8fcffead94f3c7ca495e056a9b47acdb7
      51fb73e666c6c655ade8297297d07ad1ba5e43f1bca32301651339e22904cc8c42f58c30c04aafdb038dda0847dd988d
      cda6f3bfd15c4b4c4525004aa06eeff8ca61783aacec57fb3d1f92b0fe2fd1a85f6724517b65e614ad6808d6f6ee34df
      f7310fdc82aebfd904b01e1dc54b2927094b2db68d6f903b68401adebf5a7e08d78ff4ef5d63653a65040cf9bfd4aca7
      984a74d37145986780fc0b16ac451649de6188a7dbdf191f64b5fc5e2ab47b57f7f7276cd419c17a3ca8e1b939ae49e4
      88acba6b965610b5480109c8b17b80e1b7b750dfc7598d5d5011fd2dcc5600a32ef5b52a1ecc820e308aa342721aac09
      43bf6686b64b2579376504ccc493d97e6aed3fb0f9cd71a43dd497f01f17c0e2cb3797aa2a2f256656168e6c496afc5f
      b93246f6b1116398a346f1a641f3b041e989f7914f90cc2c7fff357876e506b50d334ba77c225bc307ba537152f3f161
      0e4eafe595f6d9d90d11faa933a15ef1369546868a7f3a45a96768d40fd9d03412c091c6315cf4fde7cb68606937380d
      b2eaaa707b4c4185c32eddcdd306705e4dc1ffc872eeee475a64dfac86aba41c0618983f8741c5ef68d3a101e8a3b8ca
      c60c905c15fc910840b94c00a0b9d0`,
    signature:
      '0aab4c900501b3e24d7cdf4663326a3a87df5e4843b2cbdb67cbf6e460fec350aa5371b1508f9f4528ecea23c436d94b5e8fcd4f681e30a6ac00a9704a188a03',
  },
  {
    name: 'TEST SHA(abc)',
    seed: '833fe62409237b9d62ec77587520911e9a759cec1d19755b7da901b96dca3d42',
    key: 'ec172b93ad5e563bf4932c70e1245034c35467ef2efd4d64ebf819683467e2bf',
    message:
      'ddaf35a193617abacc417349ae20413112e6fa4e89a97ea20a9eeee64b55d39a2192992a274fc1a836ba3c23a3feebbd454d4423643ce80e2a9ac94fa54ca49f',
    signature:
      'dc2a4459e7369633a52b1bf277839a00201009a3efbf3ecb69bea2186c26b58909351fc9ac90b3ecfdfbc7c66431e0303dca179c138ac17ad9bef1177331a704',
  },
];

const P = 2n ** 255n - 19n;

/** The 32 bytes of a point: `y` little-endian, the sign of x in the top bit. */
function encoding(y: bigint, sign: boolean): Buffer {
  const bytes = Buffer.from(y.toString(16).padStart(64, '0'), 'hex').reverse();
  if (sign) bytes[31] = (bytes[31] ?? 0) | 0x80;
  return bytes;
}

/** y of a point of order 8: its double has y = 0, so that d·y⁴ + 2y² = 1. */
const Y8 = 2707385501144840649318225287225658788936804267575313519463743609750303402022n;

/** y of the points whose order divides 8. */
const SMALL_ORDER = [0n, 1n, P - 1n, Y8, P - Y8];

/** What node:crypto says of a key we have not looked at. */
function verifiesUnchecked(key: Buffer, message: Buffer, signature: Buffer): boolean {
  const jwk = { kty: 'OKP', crv: 'Ed25519', x: toBase64url(key) };
  return nodeVerify(null, message, createPublicKey({ key: jwk, format: 'jwk' }), signature);
}

describe('a key', () => {
  it('has the public half and the thumbprint of RFC 8037, appendix A', () => {
    expect(thumbprint(RFC8037.x)).toBe(RFC8037.kid);
    expect(keyPairFromSeed(base64url(RFC8037.d))).toMatchObject({ x: RFC8037.x, kid: RFC8037.kid });
    expect(nodeKeyPair(base64url(RFC8037.d))).toEqual(keyPairFromSeed(base64url(RFC8037.d)));
  });

  it('signs as RFC 8037, appendix A.4, with either implementation', () => {
    const key = keyPairFromSeed(base64url(RFC8037.d));
    for (const { kid, sign } of [naclSigner(key), nodeSigner(key)]) {
      expect(kid).toBe(RFC8037.kid);
      expect(toBase64url(sign(Buffer.from(RFC8037.signingInput)))).toBe(RFC8037.signature);
    }
  });

  it.each(RFC8032)('signs and verifies as RFC 8032, $name, with either implementation', (vector) => {
    const pair = keyPairFromSeed(hex(vector.seed));
    const [message, signature, key] = [hex(vector.message), hex(vector.signature), hex(vector.key)];
    expect(pair.x).toBe(toBase64url(key));
    expect(Buffer.from(naclSigner(pair).sign(message))).toEqual(signature);
    expect(Buffer.from(nodeSigner(pair).sign(message))).toEqual(signature);
    expect(nacl.sign.detached.verify(message, signature, key)).toBe(true);
    const imported = importPublicKey(pair.x);
    expect(imported && nodeVerify(null, message, imported, signature)).toBe(true);
  });

  it('signs the same bytes with tweetnacl and node:crypto, whatever seed and message', () => {
    const seed = fc.uint8Array({ minLength: 32, maxLength: 32 });
    fc.assert(
      fc.property(seed, fc.uint8Array({ maxLength: 300 }), (bytes, message) => {
        const key = keyPairFromSeed(bytes);
        expect(isAcceptableKey(key.x)).toBe(true);
        expect(toBase64url(naclSigner(key).sign(message))).toBe(toBase64url(nodeSigner(key).sign(message)));
      }),
      { numRuns: 30 },
    );
  });

  it('is made of the 32 random bytes handed in, and of nothing else', () => {
    const asked: number[] = [];
    const key = makeKeyPair((length) => {
      asked.push(length);
      return base64url(RFC8037.d);
    });
    expect(asked).toEqual([32]);
    expect(key).toMatchObject({ x: RFC8037.x, kid: RFC8037.kid });
    expect(makeKeyPair(randomBytes).x).not.toBe(makeKeyPair(randomBytes).x);
  });

  it('has a fingerprint that people can compare', () => {
    expect(shortFingerprint(RFC8037.kid)).toBe('kPrK _qmx VWaY VA9w');
  });
});

function powerOf(base: bigint, exponent: bigint): bigint {
  let result = 1n;
  for (let rest = exponent, square = base % P; rest > 0n; rest >>= 1n, square = (square * square) % P)
    if (rest & 1n) result = (result * square) % P;
  return result;
}

/** Whether x² = (y² − 1) / (dy² + 1) has a root, which RFC 8032 §5.1.3 finds where there is one. */
function hasX(y: bigint): boolean {
  const u = (y * y - 1n + P) % P;
  // d = −121665/121666, multiplied out.
  const [over, under] = [(121666n * u) % P, (121666n - ((121665n * y * y) % P) + P) % P];
  const x = (over * under ** 3n * powerOf(over * under ** 7n, (P - 5n) / 8n)) % P;
  const square = (under * x * x) % P;
  return square === over || square === P - over;
}

describe('a key that may not be enrolled', () => {
  it('is known here by the curve’s own equation, for order 8', () => {
    // d = −121665/121666 (RFC 8032 §5.1): multiplied out, to stay with whole numbers.
    expect((121666n * (2n * Y8 ** 2n - 1n) - 121665n * Y8 ** 4n) % P).toBe(0n);
  });

  it.each(SMALL_ORDER)('is the point of small order with y = %s, with either sign', (y) => {
    expect(isAcceptableKey(toBase64url(encoding(y, false)))).toBe(false);
    expect(isAcceptableKey(toBase64url(encoding(y, true)))).toBe(false);
    expect(importPublicKey(toBase64url(encoding(y, false)))).toBeNull();
  });

  it.each(SMALL_ORDER)('would otherwise let one signature, y = %s, fit many messages', (y) => {
    // R the neutral point and S = 0: holds wherever the order divides the hash, one message in eight at the least.
    const signature = Buffer.concat([encoding(1n, false), Buffer.alloc(32)]);
    const messages = Array.from({ length: 100 }, (_, i) => Buffer.from(`ballot ${i}`));
    const fitting = messages.filter((message) => verifiesUnchecked(encoding(y, false), message, signature));
    expect(fitting.length).toBeGreaterThan(1);
  });

  it('is any spelling that is not canonical (y ≥ p), with either sign', () => {
    const beyond = Array.from({ length: 19 }, (_, i) => P + BigInt(i));
    expect(beyond.at(-1)).toBe(2n ** 255n - 1n);
    for (const y of beyond)
      for (const sign of [false, true]) {
        expect(isAcceptableKey(toBase64url(encoding(y, sign))), `${y} ${sign}`).toBe(false);
        expect(importPublicKey(toBase64url(encoding(y, sign))), `${y} ${sign}`).toBeNull();
      }
  });

  it('is no point of the curve, and every other that is neither of small order nor y ≥ p may be enrolled', () => {
    const near = SMALL_ORDER.flatMap((small) =>
      Array.from({ length: 20 }, (_, i) => small + BigInt(i - 10)),
    ).filter((y) => y >= 0n && y < P && !SMALL_ORDER.includes(y));
    const points = near.filter(hasX);
    expect(points.length).toBeGreaterThan(10);
    expect(points.length).toBeLessThan(near.length - 10);
    for (const y of near)
      for (const sign of [false, true])
        expect(isAcceptableKey(toBase64url(encoding(y, sign))), `${y} ${sign}`).toBe(points.includes(y));
  });

  it.each([
    '',
    'x',
    RFC8037.x.slice(1),
    `${RFC8037.x}A`,
    `${RFC8037.x}=`,
    ` ${RFC8037.x}`,
    // The same 32 bytes, with a bit set that the last character does not use.
    `${RFC8037.x.slice(0, -1)}p`,
    RFC8037.x.replace('_', '/'),
  ])('is %j, which is no canonical base64url of 32 bytes', (text) => {
    expect(isAcceptableKey(text)).toBe(false);
    expect(importPublicKey(text)).toBeNull();
  });
});
