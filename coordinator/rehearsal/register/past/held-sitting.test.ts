import { expect, it } from 'vitest';
import { listHash, namesIn } from '../../../../shared/projects/list.ts';
import { resultOfBundle } from '../../../register/bridge/result-of-bundle.ts';
import { chosenIn } from '../../../register/model/hall-result.ts';
import { drawing } from '../drawing.ts';
import { knownYears, LIUWAN } from '../sample-registers.ts';
import { bundleOfSitting, sampleSeats, selectionHeld } from './held-sitting.ts';
import { sampleYears } from './past-years.ts';

it('a past year that was decided in a hall has a bundle that the verifier finds whole, with the votes that were wanted', () => {
  const [year] = sampleYears(knownYears(LIUWAN));
  if (!year) throw new Error('there is no year');
  const { projects, places, roll, present, votes, chosen } = year;
  const none = new Map();
  const names = namesIn(projects, { categories: none, bodies: none, areas: none, sources: none });
  const congress = '柳湾镇人民代表大会';
  const list = { register: 'liuwan', congress, cycle: 2019, places, names, projects };
  const draw = drawing(1);
  const random = (length: number) => Uint8Array.from({ length }, () => draw(256));
  const seats = sampleSeats(roll, random);
  const bundle = bundleOfSitting(
    seats,
    {
      ...{
        sitting: '2019-1',
        congress,
        at: Date.parse('2019-01-16T01:00:00Z'),
        day: '2019-01-16',
        roll,
        present,
      },
      ...{ lists: [list], votes: [selectionHeld(list, votes, present)] },
    },
    random,
    '0.1.0',
  );
  const found = resultOfBundle(bundle, seats.key.x, listHash(list));
  if (!found.ok) throw new Error(JSON.stringify(found));
  expect(found.result.rounds[0]).toMatchObject({ roll, present, cast: present });
  expect(found.result.rounds[0]?.candidates.map((each) => [each.project, each.votes])).toEqual(
    votes.map((each) => [each.project, each.votes]),
  );
  expect([...chosenIn(found.result)].sort()).toEqual([...chosen].sort());
});
