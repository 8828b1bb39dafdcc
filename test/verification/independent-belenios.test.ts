import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { decode } from '../../shared/belenios/group.ts';
import { fixture, REFERENCE, reference } from '../../shared/belenios/reference.ts';

const { recount, ...independent } = z
  .object({
    recount: z.custom<(bytes: Buffer) => unknown>((f) => typeof f === 'function'),
    decode: z.custom<(hex: string) => unknown>((f) => typeof f === 'function'),
  })
  .parse(await import(String(new URL('./independent-belenios.mjs', import.meta.url))));

describe('the arithmetic written from the two pages alone', () => {
  it.each(REFERENCE)('recounts %s, held with belenios-tool', (name) => {
    const { archive } = reference(name);
    const said = archive.events.find(({ type }) => type === 'Result');
    const result: unknown = JSON.parse(archive.data.get(said?.payload ?? '') ?? 'null');
    expect({ result: recount(fixture(`${name}.bel`)) }).toEqual(result);
  });

  it('takes the same points as the program', () => {
    const hex = (n: bigint) => n.toString(16).padStart(64, '0');
    const p = 2n ** 255n - 19n;
    const sign = 2n ** 255n;
    const small = Array.from({ length: 60 }, (_, y) => BigInt(y));
    // Small y with both signs, the same not canonical, the ends of the field, points of order 8 and 2, and the base point.
    const all = [
      ...small.flatMap((y) => [y, y + sign, p - y, p - y + sign]),
      ...small.slice(0, 19).flatMap((y) => [y + p, y + p + sign]),
      BigInt('0x7a03ac9277fdc74ec6cc392cfa53202a0f67100d760b3cba4fd84d3d706a17c7'),
      BigInt('0x05fc536d880238b13933c6d305acdfd5f098eff289f4c345b027b2c28f95e826'),
      BigInt(`0x${'6'.repeat(62)}58`),
    ];
    const taken = all.filter((n) => decode(hex(n)) !== null);
    expect(taken.length).toBeGreaterThan(5);
    expect(all.filter((n) => independent.decode(hex(n)) !== null)).toEqual(taken);
    for (const text of ['', '0', `${'6'.repeat(62)}5G`, `${'6'.repeat(62)}58\n`, `${'A'.repeat(64)}`])
      expect([decode(text), independent.decode(text)]).toEqual([null, null]);
  });

  it('finds the ballot that stock belenios-tool lets pass', () => {
    expect(() => recount(fixture('stuffed.bel'))).toThrow('a ballot that does not hold');
  });
});
