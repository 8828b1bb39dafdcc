import { describe, expect, it } from 'vitest';
import { Sheet } from '../../../../shared/projects/sheet.ts';
import { drawing, shares } from '../drawing.ts';
import { CITY, COUNTY, KNOWN_YEARS, knownYears, LIUWAN, SHIQIAO } from '../sample-registers.ts';
import { sampleYears } from './past-years.ts';

describe('shares', () => {
  it('deal out all of it and no more, each as near to its weight as whole pieces are', () => {
    const draw = drawing(7);
    for (let turn = 0; turn < 200; turn += 1) {
      const weights = Array.from({ length: 1 + draw(40) }, () => 1 + draw(1000));
      const total = draw(2_000_000);
      const dealt = shares(total, weights);
      expect(dealt.reduce((sum, each) => sum + each, 0)).toBe(total);
      const all = weights.reduce((sum, weight) => sum + weight, 0);
      for (const [i, share] of dealt.entries())
        expect(Math.abs(share - (total * (weights[i] ?? 0)) / all)).toBeLessThan(1);
    }
  });
});

describe('the lists of past years', () => {
  it.each([
    [CITY, 12, '106.13'],
    [COUNTY, 48, '29.87'],
    [LIUWAN, 7, null],
    [SHIQIAO, 7, null],
  ])('of $id come to exactly what is known of them', (kind, candidates, yi) => {
    const years = sampleYears(knownYears(kind));
    expect(years.map(({ year }) => year)).toEqual(KNOWN_YEARS);
    const chosen = years.flatMap((year) => {
      expect(year.projects).toHaveLength(candidates);
      expect(year.chosen).toHaveLength(year.places);
      return year.projects.filter(({ id }) => year.chosen.includes(id));
    });
    const parts = chosen.flatMap(({ sheet }) => sheet.parts);
    let fen = 0;
    for (const { funding } of parts) for (const line of funding) fen += line.fen;
    expect({ projects: chosen.length, parts: parts.length, wan: fen / 1_000_000 }).toEqual(kind.known);
    if (yi !== null) expect((fen / 10_000_000_000).toFixed(2)).toBe(yi);
    for (const { projects } of years)
      for (const { sheet } of projects) expect(Sheet.parse(sheet)).toEqual(sheet);
    expect(parts.every(({ funding }) => funding.length > 0)).toBe(true);
    expect(new Set(years.flatMap(({ projects }) => projects.map(({ id }) => id))).size).toBe(candidates * 5);
  });

  it('are voted on by more than half, without a tie, and nobody chooses more than there are places', () => {
    for (const kind of [CITY, COUNTY, LIUWAN])
      for (const { votes, chosen, places, present, roll } of sampleYears(knownYears(kind))) {
        const of = new Map(votes.map((one) => [one.project, one.votes]));
        expect(new Set(of.values()).size).toBe(of.size);
        for (const [project, count] of of) expect(count > roll / 2, project).toBe(chosen.includes(project));
        expect([...of.values()].reduce((sum, each) => sum + each, 0)).toBeLessThanOrEqual(places * present);
      }
  });

  it('are the same at every call', () => {
    expect(sampleYears(knownYears(CITY))).toEqual(sampleYears(knownYears(CITY)));
  });
});
