import { deflateRawSync } from 'node:zlib';
import { expect, it } from 'vitest';
import { sha256Hex } from './bytes.ts';
import { packList, unpackList } from './list-parcel.ts';

const TEXT = 'hallvote-list 1\nregister "town"\n'.repeat(200);

it('brings a list as it was, much smaller, and nothing else under its hash', () => {
  const parcel = packList(TEXT);
  expect(parcel.length).toBeLessThan(TEXT.length / 10);
  expect(unpackList(parcel, sha256Hex(TEXT))).toBe(TEXT);
  expect(unpackList(packList(`${TEXT} `), sha256Hex(TEXT))).toBeNull();
  for (const damaged of ['', 'x', parcel.slice(8), parcel.slice(0, -8)])
    expect(unpackList(damaged, sha256Hex(TEXT))).toBeNull();
});

it('does not swell beyond what a list can be', () => {
  const bomb = Buffer.alloc(64 * 2 ** 20);
  expect(unpackList(deflateRawSync(bomb).toString('base64'), sha256Hex(bomb))).toBeNull();
});
