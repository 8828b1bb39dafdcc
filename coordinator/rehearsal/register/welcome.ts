import { roleLabel } from '../../contract/role-words.ts';
import type { RegisterPerson } from '../../register/model/person.ts';
import { namedAddress } from '../named-address.ts';
import type { SampleRegister } from './running-register.ts';
import type { ThreeLevels } from './three-levels.ts';

/** Where people of a role begin. */
const PAGE_OF: Partial<Readonly<Record<RegisterPerson['roles'][number], string>>> = {
  administrator: 'admin',
  'standing-committee': 'works',
  department: 'reports',
  'supervision-group': 'visits',
  auditor: 'works',
};

const pageOf = ({ http }: SampleRegister, { id, roles: [role] }: RegisterPerson): string =>
  namedAddress(http, `${id}.register`, `/${(role && PAGE_OF[role]) ?? 'desk'}`);

/** One line for the first of each role; who else there is stands in the file. */
function staffTable(register: SampleRegister): string {
  const seen = new Set<string>();
  return register.config.staff
    .flatMap((person) => {
      const [role = 'auditor'] = person.roles;
      if (seen.has(role)) return [];
      seen.add(role);
      const page = pageOf(register, person).padEnd(54);
      return [`  ${roleLabel(role, 'zh')}\t${page} 编号 person: ${person.id}  (${person.name})`];
    })
    .join('\n');
}

/** What the terminal says of the registers beside the hall. @param password everybody's in all of them. */
export function registerWelcome({ city, beneath }: ThreeLevels, password: string): string {
  const { http, file } = city;
  const others = beneath.map(
    ({ http: at, config: { register } }) => `  ${register.name.zh}\t${at}/   ${register.name.en ?? ''}`,
  );
  return `
民生实事项目库 · livelihood projects

  公开页 public       ${http}/
  提建议 propose      ${http}/propose
  查询 follow         ${http}/follow

各级 the levels beneath, each a program of its own; 三级汇总 together: ${http}/levels
${others.join('\n')}

所有人的密码 everybody’s password: ${password}   其他人员 the others: ${file}
${staffTable(city)}

今年的清单已提交，待两人冻结：人大办在“项目与清单”中点“冻结清单”，政府办在自己的页面上
“打开核对”并确认，再点“把清单交给会场”；会堂表决并宣布后，人大办在同一页点“验证并录入”。
This year’s list is handed in. Two persons freeze it on “projects”: the congress office, then the government office; then it goes
to the hall at a press, and when the hall has voted and the chair has announced, the result comes back at another.
`;
}
