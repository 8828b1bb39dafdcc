import { label, TERMS, type Term } from '../../shared/terms.ts';
import type { RegisterRole } from '../register/model/person.ts';
import type { By, Role } from './person.ts';

/** What a person may be on the staff of a hall or of a register. */
const ROLE_TERMS: Record<Role | RegisterRole, Term> = {
  chair: TERMS.chair,
  operator: TERMS.operator,
  scrutineer: TERMS.scrutineer,
  auditor: TERMS.auditor,
  administrator: TERMS.administrator,
  deputy: TERMS.deputy,
  department: { zh: '政府部门', en: 'department' },
  'government-office': { zh: '政府办', en: 'government office' },
  'congress-office': { zh: '人大办', en: 'congress office' },
  'supervision-group': { zh: '监督小组', en: 'supervision group' },
  'standing-committee': { zh: '常委会', en: 'standing committee' },
};

/** By what an entry is that is no person's. */
export const BY_TERMS: Readonly<Record<Exclude<By, { id: string }>['role'], Term>> = {
  clock: { zh: '到时', en: 'time' },
  file: { zh: '会场文件', en: 'the hall’s files' },
  hall: { zh: '主机', en: 'the coordinator' },
};

/** A role's name in `language`, as it heads a column. */
export function roleLabel(role: string, language: string): string {
  const terms: Readonly<Record<string, Term>> = ROLE_TERMS;
  const term = terms[role];
  return term ? label(term, language) : role;
}
