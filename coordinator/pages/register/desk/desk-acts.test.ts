import { expect, it } from 'vitest';
import { sheet } from '../../../../shared/projects/testing/sample-sheet.ts';
import type { CycleDocument, ProposalRow } from '../../../contract/register/documents.ts';
import { adoptInto, type DeskAsk, doingsOf, freeProjectId } from './desk-acts.ts';

const row = (id: string): ProposalRow => ({
  ...{
    id,
    cycle: 2027,
    title: '人民路加装路灯',
    isCleared: true,
    at: 0,
    source: 'deputy',
    channel: 'meeting',
  },
  ...{ category: null, area: null, stage: 'received', seconds: 0, opinions: 0, attachments: 0 },
  ...{ draft: null, answer: null },
});
const rows = [row('2027-AAAAAAA'), row('2027-BBBBBBB')];

const project = (state: CycleDocument['projects'][number]['state']) => ({
  ...{ id: '2027-01', cycle: 2027, state, sheet: { ...sheet('人民路加装路灯'), from: ['2027-AAAAAAA'] } },
  ...{ sheetHash: 'a'.repeat(64), investment: 0, finish: null, gaps: [], answers: 0 },
});

const asked = (is: DeskAsk['is']): DeskAsk => ({ is, rows, detail: null, cycle: null, into: '' });
const typed = (fields: Record<string, string>) => (name: string) => fields[name] ?? '';

it('a project’s id is the first that is free in its year', () => {
  expect(freeProjectId(2027, [])).toBe('2027-01');
  expect(freeProjectId(2027, [{ id: '2027-01' }, { id: '2027-03' }])).toBe('2027-02');
});

it('a project that adopts names where it came from, once each, unless its list was handed in', () => {
  const acts = (submitted: CycleDocument['submitted'], state: 'draft' | 'listed' = 'draft') =>
    adoptInto(rows, project(state), submitted).map(({ act }) => act);
  expect(acts(null)).toMatchObject([
    { act: 'change-project', read: 'a'.repeat(64), sheet: { from: ['2027-AAAAAAA', '2027-BBBBBBB'] } },
    { act: 'draft-decision', proposal: '2027-AAAAAAA', outcome: { is: 'adopted', project: '2027-01' } },
    { act: 'draft-decision', proposal: '2027-BBBBBBB' },
  ]);
  expect(acts(null, 'listed')).toHaveLength(2);
  expect(acts({ places: 1, projects: ['2027-01'], hash: '' })).toHaveLength(2);
});

it('one reason is the answer to all that are marked', () => {
  const acts = doingsOf(asked('exclude'), typed({ ground: 'large', reason: '不属于民生实事的范围' }));
  const outcome = { is: 'excluded', ground: 'large', reason: '不属于民生实事的范围' };
  expect(acts.map(({ act }) => act)).toEqual(
    rows.map(({ id }) => ({ act: 'draft-decision', proposal: id, outcome })),
  );
});

it('a number that is typed goes before one that is chosen', () => {
  const [first] = doingsOf(asked('merge'), typed({ into: '2027-CCCCCCC', number: '2027-ddddddd' }));
  expect(first?.act).toMatchObject({ outcome: { is: 'merged', into: '2027-DDDDDDD' } });
});

it('a question that is left out is no opinion', () => {
  const acts = doingsOf(
    { ...asked('opine'), rows: [row('2027-AAAAAAA')] },
    typed({ needed: 'yes', 'needed-reason': '确有需要', affordable: '' }),
  );
  expect(acts.map(({ act }) => act)).toEqual([
    {
      act: 'opine',
      proposal: '2027-AAAAAAA',
      opinion: { question: 'needed', answer: 'yes', reason: '确有需要' },
    },
  ]);
});
