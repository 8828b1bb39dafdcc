import type { Person } from '../../coordinator/contract/person.ts';

/** The common staff of tests: one person a role, and scrutineers `s1` to `s5`. */
export const STAFF: readonly Person[] = [
  { id: 'chair', name: '周立新', roles: ['chair'] },
  { id: 'operator', name: '吴晓敏', roles: ['operator'] },
  { id: 'auditor', name: '郑国华', roles: ['auditor'] },
  { id: 'admin', name: '钱志强', roles: ['administrator'] },
  { id: 's1', name: '陈明远', roles: ['scrutineer'] },
  { id: 's2', name: '李淑芬', roles: ['scrutineer'] },
  { id: 's3', name: '王建国', roles: ['scrutineer'] },
  { id: 's4', name: '刘桂英', roles: ['scrutineer'] },
  { id: 's5', name: '赵永康', roles: ['scrutineer'] },
];
