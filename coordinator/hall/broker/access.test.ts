import { expect, it } from 'vitest';
import { topics } from '../../../shared/protocol/topics.ts';
import { accessTable, type Party } from './access.ts';

const HASH = 'a'.repeat(64);
const table = accessTable('h');
const key = { key: 'k', kid: 'k' };
const terminal: Party = { kind: 'terminal', terminal: 'T1' };
const others: Party[] = [
  { kind: 'pending', terminal: 'T1', digest: 'd', ...key },
  { kind: 'uncertified', terminal: 'T1', kid: 'k' },
  { kind: 'staff' },
  { kind: 'public' },
];

it('lets enrolled terminals read lists of projects by their hash, and nobody else', () => {
  const list = topics('h').list(HASH);
  expect(table.mayRead(terminal, list)).toBe(true);
  for (const party of others) expect(table.mayRead(party, list), party.kind).toBe(false);
  for (const party of [terminal, ...others]) expect(table.mayWrite(party, list), party.kind).toBe(false);
});

it.each([
  'hall/h/list/+',
  'hall/h/list/#',
  'hall/h/list/',
  `hall/h/list/${HASH}/up`,
  `hall/h/list/${HASH.toUpperCase()}`,
  `hall/h/list/${HASH}\n`,
  topics('other').list(HASH),
])('a terminal reads no %s', (topic) => {
  expect(table.mayRead(terminal, topic)).toBe(false);
});
