import { expect, it } from 'vitest';
import { z } from 'zod';
import { describeProblem } from '../config/problem.ts';
import { parseYaml } from '../config/yaml-file.ts';
import { StaffList, StaffSettings } from './staff-list.ts';

const File = z.strictObject({ staff: StaffList, rights: StaffSettings.prefault({}) });
const read = (...persons: readonly string[]) =>
  parseYaml(`staff:\n${persons.map((person) => `  - ${person}\n`).join('')}`, 'hall.yaml', File);

const ADMIN = '{ id: adm, name: 管一, roles: [administrator] }';
const CHAIR = '{ id: zhang, name: 张三, roles: [chair, operator] }';

it('is persons with one role or several, and as strict as the table where nothing else is said', () => {
  expect(read(ADMIN, CHAIR)).toEqual({
    ok: true,
    value: {
      staff: [
        { id: 'adm', name: '管一', roles: ['administrator'] },
        { id: 'zhang', name: '张三', roles: ['chair', 'operator'] },
      ],
      rights: { rights: { operatorForChair: false, secondForCards: false }, idleMs: 3_600_000 },
    },
  });
});

it.each([
  [
    [ADMIN, '{ id: s, name: 李, roles: [scrutineer, operator] }'],
    'hall.yaml:3: staff.1.roles: a scrutineer is no operator: who serves the ballots must not decrypt them → take scrutineer or operator away, or name another person for it',
  ],
  [
    [ADMIN, '{ id: s, name: 李, roles: [administrator, scrutineer] }'],
    'hall.yaml:3: staff.1.roles: a scrutineer is no administrator: who serves the ballots must not decrypt them → take scrutineer or administrator away, or name another person for it',
  ],
  [
    [ADMIN, CHAIR, CHAIR],
    'hall.yaml:4: staff.2.id: there are two persons zhang → give every person an id of their own',
  ],
  [
    [ADMIN, '{ id: ADM, name: 王, roles: [chair] }'],
    'hall.yaml:3: staff.1.id: there are two persons ADM → give every person an id of their own',
  ],
  [
    [ADMIN, '{ id: s, name: 李, roles: [operator, administrator, scrutineer] }'],
    'hall.yaml:3: staff.1.roles: a scrutineer is no operator and administrator: who serves the ballots must not decrypt them → take scrutineer or operator and administrator away, or name another person for it',
  ],
  [
    [CHAIR],
    'hall.yaml:1: staff: nobody is administrator → write administrator among the roles of at least one person',
  ],
  [
    [ADMIN, '{ id: a, name: 王, roles: [chair, chair] }'],
    'hall.yaml:3: staff.1.roles: a role stands there twice → write every role once',
  ],
  [
    [ADMIN, '{ id: a, name: 王, roles: [] }'],
    'hall.yaml:3: staff.1.roles: Too small: expected array to have >=1 items → write at least 1 entries',
  ],
])('%j: names line and cure', (persons, expected) => {
  const list = read(...persons);
  expect(list.ok || list.problems.map(describeProblem)).toEqual([expected]);
});

it.each([
  ['{ id: a, name: 王, roles: [chiar] }', 'hall.yaml:3: staff.1.roles.0: ', 'perhaps chair'],
  ['{ id: a b, name: 王, roles: [chair] }', 'hall.yaml:3: staff.1.id: letters, digits', ' → '],
  ['{ id: a, roles: [chair] }', 'hall.yaml:3: staff.1.name is missing', 'add the setting name'],
  ['{ id: a, name: 王, role: chair, roles: [chair] }', 'hall.yaml:3: staff.1.role is not', 'write roles'],
])('%s: names line and cure', (person, what, cure) => {
  const list = read(ADMIN, person);
  expect(list.ok || list.problems.map(describeProblem)).toEqual([expect.stringContaining(what)]);
  expect(list.ok || list.problems.map(describeProblem).join()).toContain(cure);
});
