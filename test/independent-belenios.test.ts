import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { fixture, REFERENCE, reference } from '../shared/belenios/reference.ts';

const { recount } = z
  .object({ recount: z.custom<(bytes: Buffer) => unknown>((f) => typeof f === 'function') })
  .parse(await import(String(new URL('./independent-belenios.mjs', import.meta.url))));

describe('the arithmetic written from the two pages alone', () => {
  it.each(REFERENCE)('recounts %s, held with belenios-tool', (name) => {
    const { archive } = reference(name);
    const said = archive.events.find(({ type }) => type === 'Result');
    const result: unknown = JSON.parse(archive.data.get(said?.payload ?? '') ?? 'null');
    expect({ result: recount(fixture(`${name}.bel`)) }).toEqual(result);
  });

  it('finds the ballot that stock belenios-tool lets pass', () => {
    expect(() => recount(fixture('stuffed.bel'))).toThrow('a ballot that does not hold');
  });
});
