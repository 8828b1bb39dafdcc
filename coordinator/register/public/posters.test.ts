import fc from 'fast-check';
import { expect, it } from 'vitest';
import { DAY } from '../model/testing/small-register.ts';
import { qrPicture } from '../papers/layout/typeset.ts';
import { readPaper } from '../papers/testing/read-paper.ts';
import { posterOf } from './posters.ts';
import { publicProposal, publicRegister } from './public-register.ts';
import { anySheet, decidedRegister } from './testing/decided-register.ts';

const ORDER = { size: 'a4', base: 'https://minsheng.example', date: '2026-12-08' } as const;

it('whatever was chosen has a poster a part, whose code opens the page of that part; what was not chosen has none', () => {
  fc.assert(
    fc.property(fc.array(anySheet, { minLength: 2, maxLength: 2 }), ([one, other]) => {
      if (!one || !other) throw new Error('two were asked for');
      const register = decidedRegister([one, other], 1);
      const view = publicRegister(register.state(), DAY, (each) => publicProposal(each, String));
      const list = view?.cycles[0]?.list;
      const [chosen, not] = ['one-0', 'one-1'].map((id) => view?.projects.get(id));
      if (!view || !list || !chosen || !not) throw new Error('nothing was decided');
      const all = posterOf(view, list, chosen, null, ORDER);
      const addresses = one.parts.map(({ id }) => `https://minsheng.example/projects/one-0/parts/${id}`);
      expect(all?.sites.map(({ address }) => address)).toEqual(addresses);
      expect(all && readPaper(all).pages).toBe(one.parts.length);
      const [first] = one.parts;
      expect(first && posterOf(view, list, chosen, first.id, ORDER)?.sites).toEqual(all?.sites.slice(0, 1));
      expect(posterOf(view, list, chosen, 'none', ORDER)).toBeNull();
      expect(posterOf(view, list, not, null, ORDER)).toBeNull();
    }),
    { numRuns: 10 },
  );
});

it('a code for outdoors has more to correct it by, and so more modules', () => {
  const side = (picture: string) => Number(/viewBox="0 0 (\d+)/.exec(picture)?.[1]);
  const address = 'https://minsheng.example/projects/one-0/parts/1?with=some-more-text';
  expect(side(qrPicture(address, { outdoors: true }))).toBeGreaterThan(side(qrPicture(address)));
});
