import { parse } from 'csv-parse/sync';
import { expect, it } from 'vitest';
import { actsCsv } from './tables.ts';

it('a reason of several lines stays in its own cell, and none is run as a formula', () => {
  const by = { role: 'chair', id: 'c1', name: '王琳' } as const;
  const act = {
    seq: 7,
    time: 0,
    by,
    with: undefined,
    what: '作废',
    about: 'm1',
    reason: '=1+1\n第二行\r第三行',
  };
  const csv = actsCsv({ acts: [act, { ...act, seq: 8 }] });
  const rows: unknown = parse(csv, { bom: true, record_delimiter: '\r\n', columns: true });
  expect(rows).toMatchObject([
    { 账本序号: '7', 原因: "'=1+1\n第二行\r第三行" },
    { 账本序号: '8', 原因: "'=1+1\n第二行\r第三行" },
  ]);
  // Every reader of tables takes any line end outside quotes for one of a row.
  expect(csv.replaceAll(/"[^"]*"/g, '').split(/\r\n|\r|\n/)).toHaveLength(4);
});
