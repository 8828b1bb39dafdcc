import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { MOST_TAPS, readProof } from './card-proof.ts';
import {
  cardKey,
  checkProof,
  diversify,
  fromHex,
  SDM_KEY,
  sameBytes,
  sdmMac,
  sdmSessionMacKey,
  toHex,
  writeProof,
} from './ntag424.ts';

const hex = (text: string) => {
  const bytes = fromHex(text);
  if (!bytes) throw new Error(`${text} is not hexadecimal`);
  return bytes;
};
const ZERO = new Uint8Array(16);
const MASTER = hex('00112233445566778899AABBCCDDEEFF');
const UID = hex('04A1B2C3D4E5F6');
const BASE = 'https://hall.example/t';

describe('vectors of NXP', () => {
  it('AN12196: session key and MAC of a tap, empty input', () => {
    const uid = hex('04DE5F1EACC040');
    expect(toHex(sdmSessionMacKey(ZERO, uid, 0x3d))).toBe('3FB5F6E3A807A03D5E3570ACE393776F');
    expect(toHex(sdmMac(ZERO, uid, 0x3d))).toBe('94EED9EE65337086');
  });

  it('a plain mirror of UID and counter, as NXP’s TagWriter sets it up', () => {
    expect(toHex(sdmMac(ZERO, hex('041E3C8A2D6B80'), 6))).toBe('4B00064004B0B3D3');
  });

  it('AN12196: a MAC with input', () => {
    const input = new TextEncoder().encode('CEE9A53E3E463EF1F459635736738962&cmac=');
    expect(toHex(sdmMac(ZERO, hex('04958CAA5C5E80'), 8, input))).toBe('ECC1E7F6C6C73BF6');
  });

  it('AN10922: an AES-128 key', () => {
    const key = diversify(MASTER, hex('04782E21801D803042F54E585020416275'));
    expect(toHex(key)).toBe('A8DD63A3B89D54B37CA802473FDA9175');
  });
});

describe('the way from master key to message', () => {
  it('agrees with OpenSSL, step by step', () => {
    // openssl mac -cipher AES-128-CBC -macopt hexkey:… CMAC, thrice.
    const key = cardKey(MASTER, UID, SDM_KEY);
    expect(toHex(key)).toBe('71B8C68B08559E5B133DDBCFBA0BF5CB');
    expect(writeProof(BASE, key, UID, 42)).toBe(`${BASE}?u=04A1B2C3D4E5F6&n=00002A&m=F7C9B7D4833425A8`);
  });
});

describe('keys of a card', () => {
  it('differ by card, by number and by master', () => {
    const other = hex('04A1B2C3D4E5F7');
    const keys = [
      cardKey(MASTER, UID, 0),
      cardKey(MASTER, UID, 1),
      cardKey(MASTER, other, 0),
      cardKey(ZERO, UID, 0),
    ];
    expect(new Set(keys.map(toHex)).size).toBe(4);
  });

  it('are refused an input that AN10922 would pad in its own way', () => {
    expect(() => diversify(MASTER, new Uint8Array(15))).toThrow(RangeError);
    expect(() => diversify(MASTER, new Uint8Array(32))).toThrow(RangeError);
    expect(() => cardKey(MASTER, UID.subarray(3), 0)).toThrow(RangeError);
  });
});

describe('the one-time message', () => {
  const made = writeProof(BASE, cardKey(MASTER, UID, SDM_KEY), UID, 42);

  it('is read back and holds, for any card and counter', () => {
    expect(checkProof(made, MASTER)).toEqual({ ok: true, uid: '04A1B2C3D4E5F6', counter: 42 });
    fc.assert(
      fc.property(
        fc.uint8Array({ minLength: 7, maxLength: 7 }),
        fc.integer({ min: 0, max: MOST_TAPS }),
        (uid, counter) => {
          const proof = writeProof(BASE, cardKey(MASTER, uid, SDM_KEY), uid, counter);
          expect(checkProof(proof, MASTER)).toEqual({ ok: true, uid: toHex(uid), counter });
        },
      ),
      { numRuns: 50 },
    );
  });

  it('does not hold once any digit of UID, counter or MAC is another', () => {
    for (let at = BASE.length; at < made.length; at += 1) {
      const digit = made[at] ?? '';
      if (!/[0-9A-F]/.test(digit)) continue;
      const forged = `${made.slice(0, at)}${digit === '0' ? '1' : '0'}${made.slice(at + 1)}`;
      expect(checkProof(forged, MASTER)).toEqual({ ok: false, reason: 'wrong-mac' });
    }
  });

  it('does not hold under another master key or another key of the card', () => {
    expect(checkProof(made, ZERO)).toEqual({ ok: false, reason: 'wrong-mac' });
    const another = writeProof(BASE, cardKey(MASTER, UID, 0), UID, 42);
    expect(checkProof(another, MASTER)).toEqual({ ok: false, reason: 'wrong-mac' });
  });

  it.each([
    '',
    'https://hall.example/t',
    made.toLowerCase(),
    made.replace('https:', 'http:'),
    made.replace('u=', 'uid='),
    made.slice(0, -1),
    `${made}0`,
    `${made}&x=1`,
    `${made}\n`,
    made.replace('/t?', '/t?x=1&'),
    made.replace('hall', 'ha ll'),
  ])('is no other text: %j', (text) => {
    expect(readProof(text)).toBeNull();
    expect(checkProof(text, MASTER)).toEqual({ ok: false, reason: 'unreadable' });
  });
});

describe('comparing', () => {
  it('tells equal bytes from others of any length', () => {
    expect(sameBytes(hex('0102'), hex('0102'))).toBe(true);
    expect(sameBytes(hex('0102'), hex('0103'))).toBe(false);
    expect(sameBytes(hex('0102'), hex('01'))).toBe(false);
    expect(sameBytes(hex('01'), hex('0100'))).toBe(false);
    expect(sameBytes(hex(''), hex(''))).toBe(true);
  });

  it('reads hexadecimal text and nothing else', () => {
    expect(fromHex('00fF')).toEqual(Uint8Array.of(0, 255));
    expect(fromHex('0')).toBeNull();
    expect(fromHex('0g')).toBeNull();
  });
});
