/** Archives and signatures for the independent verifiers, written from `bundle.md` and `ledger.md` alone. */
import { createPublicKey, verify as verifySignature } from 'node:crypto';
import { must, parseOnce, rootOf, sha256 } from './independent-belenios.mjs';

// ---- Archive -------------------------------------------------------------------------------------------

const CRC_TABLE = Uint32Array.from({ length: 256 }, (_, n) => {
  let crc = n;
  for (let bit = 0; bit < 8; bit += 1) crc = (crc >>> 1) ^ (crc & 1 ? 0xedb88320 : 0);
  return crc;
});

function crc32(bytes) {
  let crc = ~0;
  for (const byte of bytes) crc = (crc >>> 8) ^ CRC_TABLE[(crc ^ byte) & 0xff];
  return ~crc >>> 0;
}

/** Numbers as [value, bytes] pairs, little-endian. */
function numbers(...pairs) {
  const out = Buffer.alloc(pairs.reduce((sum, [, size]) => sum + size, 0));
  let at = 0;
  for (const [value, size] of pairs) {
    out.writeUIntLE(value, at, size);
    at += size;
  }
  return out;
}

/** The one ZIP archive of these files, a map. */
export function archive(files) {
  const parts = [];
  const directory = [];
  let offset = 0;
  for (const [name, content] of files) {
    const stamps = [
      [0, 2],
      [0, 2],
      [0, 2],
      [0x21, 2],
    ];
    const sizes = [
      [crc32(content), 4],
      [content.length, 4],
      [content.length, 4],
      [name.length, 2],
    ];
    const head = numbers([0x04034b50, 4], [20, 2], ...stamps, ...sizes, [0, 2]);
    const rest = [
      [0, 2],
      [0, 2],
      [0, 2],
      [0, 2],
      [0, 4],
      [offset, 4],
    ];
    directory.push(
      numbers([0x02014b50, 4], [20, 2], [20, 2], ...stamps, ...sizes, ...rest),
      Buffer.from(name),
    );
    parts.push(head, Buffer.from(name), content);
    offset += head.length + name.length + content.length;
  }
  const size = directory.reduce((sum, part) => sum + part.length, 0);
  const end = numbers(
    [0x06054b50, 4],
    [0, 2],
    [0, 2],
    [files.size, 2],
    [files.size, 2],
    [size, 4],
    [offset, 4],
    [0, 2],
  );
  return Buffer.concat([...parts, ...directory, end]);
}

// ---- Signatures ------------------------------------------------------------------------------------------

export const thumbprint = (x) => sha256(`{"crv":"Ed25519","kty":"OKP","x":"${x}"}`, 'base64url');

/** y of the points of order 1, 2, 4 and 8; a canonical y is below p. */
const P = 2n ** 255n - 19n;
const SMALL = [
  0n,
  1n,
  P - 1n,
  BigInt('0x05fc536d880238b13933c6d305acdfd5f098eff289f4c345b027b2c28f95e826'),
  BigInt('0x7a03ac9277fdc74ec6cc392cfa53202a0f67100d760b3cba4fd84d3d706a17c7'),
];

const keys = new Map();
function publicKey(x) {
  if (!keys.has(x)) {
    const bytes = Buffer.from(x, 'base64url');
    must(bytes.length === 32 && bytes.toString('base64url') === x, `bad key ${x}`);
    const y = BigInt(`0x${Buffer.from(bytes).reverse().toString('hex')}`) & (2n ** 255n - 1n);
    must(y < P && !SMALL.includes(y) && rootOf(y) !== null, `bad key ${x}`);
    keys.set(x, createPublicKey({ key: { kty: 'OKP', crv: 'Ed25519', x }, format: 'jwk' }));
  }
  return keys.get(x);
}

export function decode(part) {
  const bytes = Buffer.from(part, 'base64url');
  must(bytes.toString('base64url') === part, 'base64url that is not canonical');
  return bytes;
}

export const utf8 = (bytes) => new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);

/** @param expected `typ` of the header: a sitting's signatures by default. */
export function parseJws(text, expected = 'hallvote') {
  const parts = text.split('.');
  must(parts.length === 3, 'no JWS');
  const [header, payload, signature] = parts.map(decode);
  const { alg, kid, typ, ...others } = parseOnce(utf8(header));
  must(alg === 'EdDSA' && typ === expected && Object.keys(others).length === 0, 'a bad JWS header');
  const says = parseOnce(utf8(payload));
  const holds = (x) =>
    kid === thumbprint(x) &&
    verifySignature(null, Buffer.from(`${parts[0]}.${parts[1]}`), publicKey(x), signature);
  return { says, kid, holds, isCanonical: JSON.stringify(says) === utf8(payload) };
}
