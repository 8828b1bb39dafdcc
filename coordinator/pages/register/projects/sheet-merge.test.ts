import { describe, expect, it } from 'vitest';
import { part, sheet } from '../../../../shared/projects/testing/sample-sheet.ts';
import { nameIn } from '../parts/sheet-view.ts';
import { projectsWords } from './projects-words.ts';
import { draftOf, emptyPart, type SheetDraft } from './sheet-draft.ts';
import { rebased, sheetChanges } from './sheet-merge.ts';

const base = draftOf({ ...sheet('人民路'), parts: [part('1'), part('2')] });
const [one, two] = base.parts;
if (!one || !two) throw new Error('no parts');
const ids = ({ parts }: SheetDraft) => parts.map(({ id }) => id);

describe('what was typed, upon a sheet that somebody else has changed meanwhile', () => {
  it('is kept where it was touched; all else is theirs', () => {
    const mine = {
      ...base,
      content: '我的',
      summary: { zh: '我写的' },
      parts: [{ ...one, place: '桥头' }, two],
    };
    const theirs = { ...base, content: '对方的', lead: 'water', parts: [{ ...one, quantity: '9' }, two] };
    expect(rebased(base, mine, theirs)).toEqual({
      ...base,
      ...{ content: '我的', summary: { zh: '我写的' }, lead: 'water' },
      parts: [{ ...one, place: '桥头', quantity: '9' }, two],
    });
    expect(rebased(base, base, theirs)).toEqual(theirs);
    expect(rebased(base, mine, base)).toEqual(mine);
  });

  it('has the parts that either added, under ids of their own', () => {
    const added = (title: string) => ({
      ...base,
      parts: [...base.parts, { ...emptyPart(base.parts, 2027, ''), title }],
    });
    const both = rebased(base, added('我的'), added('对方的'));
    expect(both.parts.map(({ title }) => title)).toEqual([one.title, two.title, '对方的', '我的']);
    expect(new Set(ids(both)).size).toBe(4);
  });

  it('lacks the parts that either took away, but for one that the other has worked on', () => {
    const without = { ...base, parts: [two] };
    expect(ids(rebased(base, base, without))).toEqual(['2']);
    expect(ids(rebased(base, without, base))).toEqual(['2']);
    const worked = { ...base, parts: [{ ...one, place: '桥头' }, two] };
    expect(ids(rebased(base, worked, without))).toEqual(['2', '1']);
  });
});

it('what has changed is said field by field, part by part', () => {
  const theirs = {
    ...base,
    content: '改过',
    parts: [
      { ...one, funding: [], quantity: '9' },
      { ...emptyPart([], 2027, 'water'), title: '新的' },
    ],
  };
  const changes = sheetChanges(base, theirs, projectsWords.zh, nameIn(null, 'zh'));
  expect(changes.slice(0, 3)).toEqual([
    { part: null, field: '建设内容（为什么、做什么）', before: base.content, after: '改过' },
    { part: one.title, field: '目标数量', before: '2 公里', after: '9 公里' },
    { part: one.title, field: '资金', before: 'city 2027 12', after: '' },
  ]);
  // A part that is gone, and one that is new.
  expect(changes).toContainEqual({ part: two.title, field: '名称', before: two.title, after: '' });
  expect(changes).toContainEqual({ part: '新的', field: '名称', before: '', after: '新的' });
  expect(sheetChanges(base, base, projectsWords.zh, nameIn(null, 'zh'))).toEqual([]);
});
