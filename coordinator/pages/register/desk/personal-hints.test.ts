import { expect, it } from 'vitest';
import { personalHints } from './personal-hints.ts';

it.each([
  ['请回电13800001234谢谢', ['13800001234']],
  ['电话 138-0000-1234 或 0571-12345678', ['138-0000-1234', '0571-12345678']],
  ['身份证110101199001011234', ['110101199001011234']],
  ['我住幸福小区3号楼2单元501室', ['3号楼2单元501室']],
  ['写信到 li@example.org', ['li@example.org']],
])('%s', (text, found) => {
  expect(personalHints(text, null)).toEqual(found);
});

it('what the proposer said of themselves is found again', () => {
  const proposer = { name: '张三丰', telephone: null, address: '人民路' };
  expect(personalHints('我是张三丰，家门口没有路灯', proposer)).toEqual(['张三丰']);
});

it('numbers of a matter are none of a person', () => {
  expect(personalHints('2027年在12个社区新建35处，投资1280.5万元，人民路108号对面', null)).toEqual([]);
});
