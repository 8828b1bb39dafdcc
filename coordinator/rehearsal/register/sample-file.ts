import type { SampleArea } from './past/past-years.ts';
import { CITY, type SampleRegisterKind } from './sample-registers.ts';

interface Person {
  readonly id: string;
  readonly name: string;
  readonly role: string;
  readonly body?: string;
  /** What they know by profession (专业): categories of projects. */
  readonly fields?: readonly string[];
}

const all = (role: string, people: readonly (readonly [id: string, name: string])[]): readonly Person[] =>
  people.map(([id, name]) => ({ id, name, role }));

/** Who works in every register. Those of the bodies have the bodies' ids. */
const OFFICES: readonly Person[] = [
  ...all('administrator', [['admin', '孙健']]),
  ...all('government-office', [
    ['gov', '王琳'],
    ['gov2', '何晓'],
  ]),
  ...all('congress-office', [
    ['congress', '李静'],
    ['congress2', '陈立'],
  ]),
  ...all('standing-committee', [
    ['committee', '杨凯'],
    ['committee2', '曹远'],
  ]),
  ...all('supervision-group', [
    ['group1', '林涛'],
    ['group2', '高峰'],
    ['group3', '罗洁'],
  ]),
  ...all('auditor', [['auditor', '赵严']]),
];
/** A physician, a teacher, an engineer, a social worker. */
export const DEPUTIES: readonly Person[] = (
  [
    ['deputy1', '周敏', ['health', 'old-age']],
    ['deputy2', '吴刚', ['childcare', 'schooling']],
    ['deputy3', '冯宁', ['housing']],
    ['deputy4', '韩梅', ['work', 'support', 'veterans']],
  ] as const
).map(([id, name, fields]) => ({ id, name, role: 'deputy', fields }));
const OF_BODIES = '郑桥 许文 马兰 方正 唐毅 江涛 贺勤 石磊 武军 文静'.split(' ');

const personLine = ({ id, name, role, body, fields }: Person): string => {
  const more = `${body ? `, body: ${body}` : ''}${fields ? `, fields: [${fields.join(', ')}]` : ''}`;
  return `  - { id: ${id}, name: ${name}, roles: [${role}]${more} }`;
};

const quoted = (text: string): string => (text.includes(',') ? `'${text}'` : text);
const nameLine = ({ id, zh, en }: SampleArea): string =>
  `  - { id: ${id}, name: { zh: ${zh}, en: ${quoted(en)} } }`;

/** The file of an invented register: a city's is what `hallvote register init` writes. */
export function sampleRegisterFile(tls: 'on' | 'off', kind: SampleRegisterKind = CITY): string {
  const { id, level, zh, en, term, areas, bodies, sources, ports } = kind;
  const staff = [
    ...OFFICES,
    ...bodies.map(({ id, zh }, i) => ({ id, name: OF_BODIES[i] ?? zh, role: 'department', body: id })),
    ...DEPUTIES,
  ];
  return `# 民生实事项目库配置 · a register of livelihood projects
register: { id: ${id}, name: { zh: ${zh}民生实事项目库, en: Livelihood projects of ${en} } }
congress: { name: { zh: ${zh}${term.zh}人民代表大会, en: ${term.en} People’s Congress of ${en} } }
# city 市, county 县区, town 镇
level: ${level}

# 谁做什么 · who does what: government-office 政府办, congress-office 人大办, department 政府部门, deputy 代表,
# standing-committee 常委会, supervision-group 监督小组, auditor 审计, administrator 管理员；fields 专业：监督小组按项目类别优先选配 · what they know
staff:
${staff.map(personLine).join('\n')}

# 责任单位 · who carries projects out
bodies:
${bodies.map(nameLine).join('\n')}
areas:
${areas.map(nameLine).join('\n')}
# 资金来源 · where money comes from
sources:
${sources.map(nameLine).join('\n')}

# 类别、不列入情形可以自定；不写则用“七有一保障”和四种情形 · categories: and grounds: have the usual lists unless written here

# 下级项目库：逐条核验台账并汇总（公钥在对方启动时显示；address 可以是 https 地址，也可以是文件夹、U 盘） · registers beneath, added up
# children:
#   - { id: beitang, level: county, key: 公钥, address: https://beitang.example/ }

# 开放数据：使用许可（不写则不作声明）、OC4IDS 项目编号前缀、类别对应的行业 · open data: its licence (none is stated unless
# written), the prefix that OC4IDS has given you, and which category is which of its sectors
# openData:
#   licence: { name: { zh: 知识共享署名 4.0, en: CC BY 4.0 }, url: https://creativecommons.org/licenses/by/4.0/ }
#   prefix: oc4ids-bu3kcz
#   sectors: { schooling: education, health: health, housing: waterAndWaste }

# 端口：有 TLS 时网页在 https.port，http.port 只说明如何信任证书 · ports
listen:
  http: { port: ${ports.http} }
  https: { port: ${ports.https} }
# tls: on 加密（默认）；off 则只有本机能打开 · off: this machine only
tls: ${tls}
data: data
`;
}
