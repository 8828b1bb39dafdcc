import { describe, expect, it } from 'vitest';
import { matching, PAGE_ROWS, paged } from './operator-desk.ts';

const rows = Array.from({ length: 3 * PAGE_ROWS + 1 }, (_, i) => `T${i + 1}`);

describe('a long table', () => {
  it('shows every row on exactly one page', () => {
    const pages = [0, 1, 2, 3].flatMap((page) => paged(rows, page).rows);
    expect(pages).toEqual(rows);
    expect(paged(rows, 0)).toMatchObject({ page: 0, pages: 4, all: rows.length });
  });

  it('stays within its pages when rows go away', () => {
    expect(paged(rows.slice(0, 5), 3)).toMatchObject({ page: 0, pages: 1, all: 5 });
    expect(paged([], 2)).toEqual({ rows: [], page: 0, pages: 1, all: 0 });
  });

  it('finds rows by part of any of their texts', () => {
    const people = [
      { name: '王建芳', seat: '01-01' },
      { name: '曾新思', seat: null },
    ];
    const texts = ({ name, seat }: (typeof people)[number]) => [name, seat];
    expect(matching(people, '', texts)).toEqual(people);
    expect(matching(people, '建芳', texts)).toEqual([people[0]]);
    expect(matching(people, '01', texts)).toEqual([people[0]]);
    expect(matching(people, 'x', texts)).toEqual([]);
  });
});
