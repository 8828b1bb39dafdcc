import { randomBytes } from 'node:crypto';
import fc from 'fast-check';
import { CompactSign, compactVerify, importJWK } from 'jose';
import nacl from 'tweetnacl';
import { describe, expect, it } from 'vitest';
import { fromBase64url, toBase64url } from './bytes.ts';
import { importPublicKey, nodeSigner, verifyJws, verifyJwsAsync } from './ed25519-node.ts';
import { MAX_MESSAGE_LENGTH, naclSigner, parseJws, signJws } from './jws.ts';
import { isAcceptableKey, keyPairFromSeed, makeKeyPair, thumbprint } from './keys.ts';

/** RFC 8037 appendix A: key, thumbprint. */
const RFC8037 = {
  d: 'nWGxne_9WmC6hEr0kuwsxERJxWl7MmkZcDusAxyuf2A',
  x: '11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo',
  kid: 'kPrK_qmxVWaYVA9wwBF6Iuo3vVzz7TxHCTwXBygrS4k',
};

/** RFC 8032 §7.1: secret key, public key, message, signature. */
const RFC8032 = [
  [
    '9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60',
    'd75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a',
    '',
    'e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e065224901555fb8821590a33bacc61e39701cf9b46bd25bf5f0595bbe24655141438e7a100b',
  ],
  [
    '4ccd089b28ff96da9db6c346ec114e0f5b8a319f35aba624da8cf6ed4fb8a6fb',
    '3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c',
    '72',
    '92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00',
  ],
  [
    'c5aa8df43f9f837bedb7442f31dcb7b166d38535076f094b85ce3a2e0b4458f7',
    'fc51cd8e6218a1a38da47ed00230f0580816ed13ba3303ac5deb911548908025',
    'af82',
    '6291d657deec24024827e69c3abe01a30ce548a284743a445e3680d7db5ac3ac18ff9b538d16f290ae67f760984dc6594a7c15e9716ed28dc027beceea1ec40a',
  ],
] as const;

const hex = (text: string) => Buffer.from(text, 'hex');
const key = makeKeyPair(randomBytes);
const publicKey = importPublicKey(key.x);
if (!publicKey) throw new Error('a fresh key must be acceptable');

describe('keys', () => {
  it('has the thumbprint of RFC 8037 and the keys of RFC 8032', () => {
    expect(thumbprint(RFC8037.x)).toBe(RFC8037.kid);
    expect(keyPairFromSeed(fromBase64url(RFC8037.d) ?? new Uint8Array())).toMatchObject({
      x: RFC8037.x,
      kid: RFC8037.kid,
    });
    for (const [seed, pub] of RFC8032) expect(keyPairFromSeed(hex(seed)).x).toBe(toBase64url(hex(pub)));
  });

  it('accepts no point of small order and no spelling that is not canonical', () => {
    const bad = [
      '0000000000000000000000000000000000000000000000000000000000000000',
      '0100000000000000000000000000000000000000000000000000000000000000',
      '26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05',
      'c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac037a',
      'ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f',
      'edffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f',
      'eeffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f',
      'f0ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f',
    ];
    for (const point of bad) {
      const bytes = hex(point);
      expect(isAcceptableKey(toBase64url(bytes)), point).toBe(false);
      bytes[31] = (bytes[31] ?? 0) | 0x80;
      expect(isAcceptableKey(toBase64url(bytes)), `${point} with the sign bit`).toBe(false);
    }
    for (let i = 0; i < 20; i += 1) expect(isAcceptableKey(makeKeyPair(randomBytes).x)).toBe(true);
    for (const text of ['', 'x', RFC8037.x.slice(1), `${RFC8037.x}=`])
      expect(isAcceptableKey(text)).toBe(false);
  });
});

describe('base64url', () => {
  it('reads one spelling of any bytes and no other', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 40 }), (bytes) => {
        expect(Buffer.from(fromBase64url(toBase64url(bytes)) ?? [1])).toEqual(Buffer.from(bytes));
      }),
    );
    expect(fromBase64url('AA')).not.toBeNull();
    for (const other of ['AB', 'AA==', 'A', '+/', 'A A', 'AA\n'])
      expect(fromBase64url(other), other).toBeNull();
  });
});

describe('G3 authentic: signatures', () => {
  it('agree between tweetnacl and node:crypto, on the vectors of RFC 8032 and on our messages', () => {
    for (const [seed, , message, signature] of RFC8032) {
      const pair = keyPairFromSeed(hex(seed));
      expect(Buffer.from(naclSigner(pair).sign(hex(message))).toString('hex')).toBe(signature);
      expect(Buffer.from(nodeSigner(pair).sign(hex(message))).toString('hex')).toBe(signature);
    }
    expect(signJws({ some: 'ballot', 汉: '字' }, naclSigner(key))).toBe(
      signJws({ some: 'ballot', 汉: '字' }, nodeSigner(key)),
    );
  });

  it('are accepted by another JOSE library, and we accept that library’s', async () => {
    const publicJwk = { kty: 'OKP', crv: 'Ed25519', x: key.x };
    const jwk = { ...publicJwk, d: toBase64url(key.seed) };
    const ours = signJws({ typ: 'ballot', n: 1 }, naclSigner(key));
    const { payload } = await compactVerify(ours, await importJWK(publicJwk, 'EdDSA'));
    expect(JSON.parse(Buffer.from(payload).toString())).toEqual({ typ: 'ballot', n: 1 });
    const theirs = await new CompactSign(Buffer.from('{"typ":"x"}'))
      .setProtectedHeader({ alg: 'EdDSA', kid: key.kid, typ: 'hallvote' })
      .sign(await importJWK(jwk, 'EdDSA'));
    const parsed = parseJws(theirs);
    expect(parsed && verifyJws(parsed, publicKey)).toBe(true);
  });

  it('fail after any change of any character', async () => {
    const jws = signJws({ typ: 'ballot', choice: 'for' }, nodeSigner(key));
    for (let at = 0; at < jws.length; at += 1) {
      for (const other of ['A', 'B', '.', '_']) {
        if (jws[at] === other) continue;
        const parsed = parseJws(jws.slice(0, at) + other + jws.slice(at + 1));
        expect(
          parsed === null || parsed.kid !== key.kid || !verifyJws(parsed, publicKey),
          `${at}: ${other}`,
        ).toBe(true);
      }
    }
    const parsed = parseJws(jws);
    expect(parsed && (await verifyJwsAsync(parsed, publicKey))).toBe(true);
  });

  it('are refused where S is not reduced, which tweetnacl alone would let through', () => {
    const L = 2n ** 252n + 27742317777372353535851937790883648493n;
    const message = Buffer.from('a.b');
    const signature = Buffer.from(nodeSigner(key).sign(message));
    const s = BigInt(`0x${Buffer.from(signature.subarray(32)).reverse().toString('hex')}`) + L;
    const malleable = Buffer.concat([
      signature.subarray(0, 32),
      Buffer.from(s.toString(16).padStart(64, '0'), 'hex').reverse(),
    ]);
    const parsed = { kid: key.kid, signingInput: 'a.b', payload: null };
    expect(verifyJws({ ...parsed, signature }, publicKey)).toBe(true);
    expect(verifyJws({ ...parsed, signature: malleable }, publicKey)).toBe(false);
    // The reason why verification is node:crypto's: this difference is real.
    expect(nacl.sign.detached.verify(message, malleable, fromBase64url(key.x) ?? new Uint8Array())).toBe(
      true,
    );
  });

  it('agree between the two implementations on random and damaged signatures', () => {
    const raw = fromBase64url(key.x) ?? new Uint8Array();
    fc.assert(
      fc.property(
        fc.uint8Array({ minLength: 1, maxLength: 100 }),
        fc.nat(511),
        fc.boolean(),
        (message, bit, damage) => {
          const signature = Uint8Array.from(nodeSigner(key).sign(message));
          if (damage && bit < 256) signature[bit >> 3] = (signature[bit >> 3] ?? 0) ^ (1 << (bit & 7));
          const parsed = {
            kid: key.kid,
            signingInput: Buffer.from(message).toString('latin1'),
            payload: null,
            signature,
          };
          const ascii = message.every((byte) => byte < 128);
          fc.pre(ascii);
          expect(verifyJws(parsed, publicKey)).toBe(nacl.sign.detached.verify(message, signature, raw));
        },
      ),
      { numRuns: 60 },
    );
  });
});

describe('parsing', () => {
  const header = (value: unknown) => toBase64url(Buffer.from(JSON.stringify(value)));
  const good = { alg: 'EdDSA', kid: key.kid, typ: 'hallvote' };
  const [, payload = '', signature = ''] = signJws({ a: 1 }, nodeSigner(key)).split('.');

  it.each([
    ['alg none', { ...good, alg: 'none' }],
    ['another alg', { ...good, alg: 'HS256' }],
    ['an extra header field', { ...good, crit: ['b64'] }],
    ['no kid', { alg: 'EdDSA', typ: 'hallvote' }],
    ['an array', [good]],
    ['null', null],
  ])('refuses %s', (_what, value) => {
    expect(parseJws(`${header(value)}.${payload}.${signature}`)).toBeNull();
  });

  it('refuses wrong shapes, lengths and payloads that are no JSON', () => {
    const head = header(good);
    for (const text of [
      '',
      '.',
      '..',
      head,
      `${head}.${payload}`,
      `${head}.${payload}.${signature}.x`,
      `${head}..${signature}`,
      `${head}.${payload}.AAAA`,
      `${head}.${toBase64url(Buffer.from('{'))}.${signature}`,
      `${head}.${toBase64url(Buffer.from([0xff]))}.${signature}`,
    ])
      expect(parseJws(text), text).toBeNull();
    expect(parseJws('a'.repeat(MAX_MESSAGE_LENGTH + 1))).toBeNull();
  });

  it('never throws, whatever comes', () => {
    fc.assert(
      fc.property(
        fc.oneof(fc.string(), fc.base64String(), fc.stringMatching(/^[\w-]*\.[\w-]*\.[\w-]*$/)),
        (text) => void parseJws(text),
      ),
    );
  });
});
