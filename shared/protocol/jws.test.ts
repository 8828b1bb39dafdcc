import { randomBytes } from 'node:crypto';
import fc from 'fast-check';
import { CompactSign, compactVerify, importJWK } from 'jose';
import nacl from 'tweetnacl';
import { describe, expect, it } from 'vitest';
import { fromBase64url, toBase64url } from './bytes.ts';
import { importPublicKey, nodeSigner, verifyJws, verifyJwsAsync } from './ed25519-node.ts';
import { MAX_MESSAGE_LENGTH, naclSigner, parseJws, parseJwsOfAnyLength, signJws } from './jws.ts';
import { makeKeyPair } from './keys.ts';

const key = makeKeyPair(randomBytes);
const publicKey = importPublicKey(key.x);
if (!publicKey) throw new Error('a fresh key must be acceptable');

/** Whether a receiver that knows `key` believes `text`. */
function believed(text: string): boolean {
  const parsed = parseJws(text);
  return parsed !== null && publicKey !== null && parsed.kid === key.kid && verifyJws(parsed, publicKey);
}

const BASE64URL = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';

describe('base64url', () => {
  it('reads one spelling of any bytes and no other', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 40 }), (bytes) => {
        expect(Buffer.from(fromBase64url(toBase64url(bytes)) ?? [1])).toEqual(Buffer.from(bytes));
      }),
    );
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom(...BASE64URL), maxLength: 12 }), (text) => {
        const bytes = fromBase64url(text);
        // One spelling in 4 or 16 is canonical where a last character is not full; never one of length 4n + 1.
        const spare = { 0: 0, 1: 64, 2: 15, 3: 3 }[text.length % 4] ?? 0;
        const canonical = spare === 0 || (spare < 64 && (BASE64URL.indexOf(text.slice(-1)) & spare) === 0);
        expect(bytes === null ? null : toBase64url(bytes)).toBe(canonical ? text : null);
      }),
    );
    expect(fromBase64url('AA')).not.toBeNull();
    for (const other of ['AB', 'AA==', 'A', '+/', 'A A', 'AA\n'])
      expect(fromBase64url(other), other).toBeNull();
  });
});

describe('G3 authentic: signatures', () => {
  it('make the same message with tweetnacl and node:crypto, whatever it says', () => {
    fc.assert(
      fc.property(fc.dictionary(fc.string(), fc.jsonValue()), (payload) => {
        const jws = signJws(payload, naclSigner(key));
        expect(signJws(payload, nodeSigner(key))).toBe(jws);
        expect(believed(jws)).toBe(true);
        expect(parseJws(jws)?.payload).toEqual(JSON.parse(JSON.stringify(payload)));
      }),
      { numRuns: 30 },
    );
  });

  it('are accepted by another JOSE library, and that library makes the very same message', async () => {
    const publicJwk = { kty: 'OKP', crv: 'Ed25519', x: key.x };
    const message = { typ: 'ballot', n: 1, 汉: '字' };
    const ours = signJws(message, naclSigner(key));
    const verified = await compactVerify(ours, await importJWK(publicJwk, 'EdDSA'));
    expect(verified.protectedHeader).toEqual({ alg: 'EdDSA', kid: key.kid, typ: 'hallvote' });
    expect(JSON.parse(Buffer.from(verified.payload).toString())).toEqual(message);

    const theirs = await new CompactSign(Buffer.from(JSON.stringify(message)))
      .setProtectedHeader({ alg: 'EdDSA', kid: key.kid, typ: 'hallvote' })
      .sign(await importJWK({ ...publicJwk, d: toBase64url(key.seed) }, 'EdDSA'));
    expect(believed(theirs)).toBe(true);
    expect(theirs).toBe(ours);
  });

  it('are not another key’s', () => {
    const other = makeKeyPair(randomBytes);
    const parsed = parseJws(signJws({ n: 1 }, { ...nodeSigner(other), kid: key.kid }));
    expect(parsed?.kid).toBe(key.kid);
    expect(parsed && verifyJws(parsed, publicKey)).toBe(false);
  });

  it('fail after any change of any character to any other', async () => {
    const jws = signJws({ choice: 'for' }, nodeSigner(key));
    const wrong: string[] = [];
    let parsedYet = 0;
    for (let at = 0; at < jws.length; at += 1)
      for (const other of `${BASE64URL}.=+/ \n`) {
        if (jws[at] === other) continue;
        const changed = jws.slice(0, at) + other + jws.slice(at + 1);
        if (parseJws(changed)) parsedYet += 1;
        if (believed(changed)) wrong.push(`${at}: ${other}`);
      }
    expect(wrong).toEqual([]);
    // Most changes are found by the signature, not by the parser.
    expect(parsedYet).toBeGreaterThan(5000);
    const parsed = parseJws(jws);
    expect(parsed && (await verifyJwsAsync(parsed, publicKey))).toBe(true);
  });

  it('fail after anything left out, put in, or taken from another message', () => {
    const jws = signJws({ choice: 'for' }, nodeSigner(key));
    expect(believed(jws)).toBe(true);
    fc.assert(
      fc.property(fc.nat(jws.length - 1), fc.constantFrom(...BASE64URL, '.'), (at, extra) => {
        expect(believed(jws.slice(0, at))).toBe(false);
        expect(believed(jws.slice(0, at) + jws.slice(at + 1))).toBe(false);
        expect(believed(jws.slice(0, at) + extra + jws.slice(at))).toBe(false);
        expect(believed(jws + extra)).toBe(false);
      }),
    );
    const [head, payload, signature] = jws.split('.');
    const [, otherPayload, otherSignature] = signJws({ choice: 'against' }, nodeSigner(key)).split('.');
    expect(believed([head, otherPayload, signature].join('.'))).toBe(false);
    expect(believed([head, payload, otherSignature].join('.'))).toBe(false);
  });

  it('are refused where S is not reduced (S ≥ L), which tweetnacl alone would let through', async () => {
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
    expect(await verifyJwsAsync({ ...parsed, signature: malleable }, publicKey)).toBe(false);
    // The reason why verification is node:crypto's: this difference is real.
    expect(nacl.sign.detached.verify(message, malleable, fromBase64url(key.x) ?? new Uint8Array())).toBe(
      true,
    );
  });

  it('agree between the two implementations, on sound and on damaged signatures', async () => {
    const raw = fromBase64url(key.x) ?? new Uint8Array();
    const ascii = fc.string({ unit: 'grapheme-ascii', maxLength: 100 });
    await fc.assert(
      fc.asyncProperty(ascii, fc.option(fc.nat(511)), async (signingInput, damagedBit) => {
        const message = Buffer.from(signingInput);
        const signature = Uint8Array.from(nodeSigner(key).sign(message));
        if (damagedBit !== null)
          signature[damagedBit >> 3] = (signature[damagedBit >> 3] ?? 0) ^ (1 << (damagedBit & 7));
        const parsed = { kid: key.kid, signingInput, payload: null, signature };
        const sound = damagedBit === null;
        expect(verifyJws(parsed, publicKey)).toBe(sound);
        expect(await verifyJwsAsync(parsed, publicKey)).toBe(sound);
        expect(nacl.sign.detached.verify(message, signature, raw)).toBe(sound);
      }),
      { numRuns: 60 },
    );
  });
});

it('what is signed for one ledger is no entry of another', () => {
  const jws = signJws({ n: 1 }, nodeSigner(makeKeyPair(randomBytes)), 'wishes');
  expect(parseJwsOfAnyLength(jws)).toBeNull();
  expect(parseJwsOfAnyLength(jws, 'wishes')?.payload).toEqual({ n: 1 });
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
      // A string of one byte that is no UTF-8.
      `${head}.${toBase64url(Buffer.from('"\xff"', 'latin1'))}.${signature}`,
    ])
      expect(parseJws(text), text).toBeNull();
  });

  it('refuses what other parsers could read otherwise: in header and payload, however it is signed', () => {
    const { kid, sign } = nodeSigner(key);
    const head = JSON.stringify({ alg: 'EdDSA', kid, typ: 'hallvote' });
    const made = (header: string, payload: string) => {
      const input = `${toBase64url(Buffer.from(header))}.${toBase64url(Buffer.from(payload))}`;
      return `${input}.${toBase64url(sign(Buffer.from(input)))}`;
    };
    expect(believed(made(head, '{"a":[{"a":1},{"a":2}]}'))).toBe(true);
    for (const payload of [
      '{"a":1,"a":1}',
      '{"b":[{"a":1,"\\u0061":2}]}',
      '"\\ud800"',
      '['.repeat(17) + ']'.repeat(17),
    ])
      expect(parseJws(made(head, payload)), payload).toBeNull();
    expect(parseJws(made(head.replace('"kid"', '"kid":"x","kid"'), '{}'))).toBeNull();
  });

  it('refuses what is longer than a message may be, except among the coordinator’s own entries', () => {
    const ofLength = (length: number) => signJws({ a: 'a'.repeat(length) }, nodeSigner(key));
    const spare = MAX_MESSAGE_LENGTH - ofLength(0).length;
    const [longest, tooLong] = [ofLength(Math.floor((spare * 3) / 4)), ofLength(spare)];
    expect(MAX_MESSAGE_LENGTH - longest.length).toBeLessThan(2);
    expect(believed(longest)).toBe(true);
    expect(tooLong.length).toBeGreaterThan(MAX_MESSAGE_LENGTH);
    expect(parseJws(tooLong)).toBeNull();
    const parsed = parseJwsOfAnyLength(tooLong);
    expect(parsed && verifyJws(parsed, publicKey)).toBe(true);
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
