import { roleLabel } from '../../contract/role-words.ts';
import type { RegisterPerson } from '../../register/model/person.ts';
import { namedAddress } from '../named-address.ts';
import type { SampleRegister } from './running-register.ts';

/** Where people of a role begin. */
const PAGE_OF: Partial<Readonly<Record<RegisterPerson['roles'][number], string>>> = {
  administrator: 'admin',
  'standing-committee': 'projects',
  auditor: 'projects',
};

const pageOf = ({ http }: SampleRegister, { id, roles: [role] }: RegisterPerson): string =>
  namedAddress(http, `${id}.register`, `/${(role && PAGE_OF[role]) ?? 'desk'}`);

/** What the terminal says of the register beside the hall. */
export function registerWelcome(register: SampleRegister, passwordOf: (person: string) => string): string {
  const staff = register.staff.map((person) => {
    const [role = 'auditor'] = person.roles;
    const page = pageOf(register, person);
    return `  ${roleLabel(role, 'zh')}\t${page.padEnd(52)} 编号 person: ${person.id.padEnd(11)} 密码 password: ${passwordOf(person.id)}  (${person.name})`;
  });
  return `
民生实事项目库 · livelihood projects

  公开页 public       ${register.http}/
  提建议 propose      ${register.http}/propose
  查询 follow         ${register.http}/follow

${staff.join('\n')}

今年的清单已提交，待两人冻结：人大办在“项目清单”中冻结，政府办确认，再点“送交会堂”；会堂表决并宣布后，点“取回结果”。
This year’s list is handed in. Two persons freeze it on “projects”: the congress office, then the government office; then it goes
to the hall at a press, and when the hall has voted and the chair has announced, the result comes back at another.
`;
}
