import { expect, it } from 'vitest';
import { sheet } from '../../../../shared/projects/testing/sample-sheet.ts';
import { draftOf, EMPTY_SHEET, emptyPart, sheetOf } from './sheet-draft.ts';

it('a sheet that is opened and saved is the same sheet', () => {
  const one = sheet('人民路加装路灯');
  expect(sheetOf(draftOf(one))).toEqual({ ok: true, sheet: one });
});

it('money is typed in 万元 and kept in fen', () => {
  const draft = draftOf(sheet('人民路加装路灯'));
  const [first] = draft.parts;
  if (!first) throw new Error('no part');
  const funding = [
    { source: 'city', year: '2027', wan: '1,280.5' },
    { source: '', year: '2027', wan: '' },
  ];
  const done = sheetOf({ ...draft, parts: [{ ...first, quantity: '12.5', funding }] });
  expect(done.ok && done.sheet.parts[0]).toMatchObject({
    target: { thousandths: 12_500 },
    funding: [{ source: 'city', year: 2027, fen: 1_280_500_000 }],
  });
});

it('everything that is missing is named, with its part', () => {
  const part = { ...emptyPart([], 2027, ''), funding: [{ source: 'city', year: '2027', wan: '很多' }] };
  const done = sheetOf({ ...EMPTY_SHEET, parts: [part] });
  expect(done.ok ? [] : done.wrong).toEqual([
    { what: 'title' },
    { what: 'summary' },
    { what: 'category' },
    { what: 'lead' },
    { what: 'part', part: 1 },
    { what: 'quantity', part: 1 },
    { what: 'money', part: 1 },
  ]);
});

it('a new part has an id of its own', () => {
  expect(emptyPart([{ id: 'p1' }, { id: 'p3' }], 2027, 'x').id).toBe('p4');
  expect(emptyPart([{ id: 'p2' }], 2027, 'x').id).toBe('p3');
});
