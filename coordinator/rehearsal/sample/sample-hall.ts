import { stringify } from 'csv-stringify/sync';
import { samplePeople } from './people.ts';
import { CANDIDATES, LAST_YEAR, NOMINEES, type SampleProject } from './projects.ts';

/** The files of a sample hall, ready to be written. */
export interface SampleFiles {
  readonly 'hall.yaml': string;
  readonly 'roll.csv': string;
  readonly 'agenda.yaml': string;
  readonly 'terminals.csv': string;
}

const hallYaml = (
  tls: 'on' | 'off',
) => `# 会场配置 · The hall. 每项说明在其上方 · each setting is explained above it.

hall:
  # 会场代号：字母、数字、连字符 · letters, digits and hyphens
  id: sample-hall
  name: { zh: 云溪市会议中心, en: Yunxi Conference Centre }

congress:
  name: { zh: 云溪市第九届人民代表大会, en: Ninth People's Congress of Yunxi }

sitting:
  # 每次全体会议一个代号，一个账本 · one id, one ledger for each sitting
  id: "2027-2-3"
  title: { zh: 第二次会议第三次全体会议, en: "Second session, third sitting" }
  date: "2027-01-15"

# 工作人员：每项操作都以本人姓名记入账本 · the staff: every act stands in the ledger under a person's name
#   角色 roles: chair 主持人, operator 会务, scrutineer 监票人, auditor 审计, administrator 管理员
#   一人可有几个角色，但监票人不得兼会务或管理员 · one person may have several, but a scrutineer is neither operator nor administrator
staff:
  - { id: chair, name: 周立新, roles: [chair] }
  - { id: operator, name: 吴晓敏, roles: [operator] }
  - { id: auditor, name: 郑国华, roles: [auditor] }
  - { id: admin, name: 钱志强, roles: [administrator] }
  - { id: s1, name: 陈明远, roles: [scrutineer] }
  - { id: s2, name: 李淑芬, roles: [scrutineer] }
  - { id: s3, name: 王建国, roles: [scrutineer] }

# 权限 · how far this hall goes beyond the usual rights; what stands here is usual
# rights:
#   # 会务可代主持人操作表决 · the operator may conduct votes in the chair's place
#   operatorForChair: false
#   # 发卡、挂失须第二人确认 · a second person confirms what is done to cards
#   secondForCards: false
#   # 多少分钟无操作即退出登录 · a session ends after so many idle minutes
#   idleMinutes: 60

# fixed 对号入座, free 自由就座 · fixed: every deputy at their own seat
seating: fixed

# 法定人数：出席人数至少占全体代表的几分之几 · how many of the roll must be present
quorum: 2/3

files:
  # 名册可由 Excel 另存为 CSV，GBK 或 UTF-8 均可 · CSV as Excel saves it
  roll: roll.csv
  agenda: agenda.yaml
  # 开会前已登记的终端 · terminals enrolled beforehand; others are approved on the operator's page
  terminals: terminals.csv
  # 证件卡登记表，由 hallvote cards 维护；不写则只用名册中的卡号
  # the register of cards, kept by hallvote cards; left out: the cards in the roll only
  # cards: cards.csv

# 接受哪些卡 · which cards check in: uid 普通卡（卡号可被复制 · can be copied）, ntag424 加密卡 NTAG 424 DNA
# cards:
#   accept: [uid, ntag424]
#   # 加密卡的主密钥，用 hallvote cards key 生成 · their master key, made by hallvote cards key: back it up
#   key: cards.key

# 无记名表决的密钥由谁保管 · who holds the key of secret votes
#   监票人（写 staff 中的代号）各自生成，够 threshold 人才能解密总票数；主机没有密钥 · scrutineers make it on their own devices, so many open the sum; their ids in staff
#   或 holder: coordinator：由主机保管，则无记名只取决于主机，各页面会写明 · or the coordinator: secrecy then rests on it alone
secrecy:
  threshold: 2
  scrutineers: [s1, s2, s3]

# 会场网络是否加密：on 用本会场自己的证书（首次启动时在 data/tls 中生成），off 则只有本机能连接
#   自带证书 · a certificate of the hall's own: tls: { cert: hall.crt, key: hall.key, ca: its-ca.crt }
#   网络上只有自己人、确要不加密：tls: off 并写 insecure: true，工作人员各页和报告都会写明
# on: everything is encrypted, with certificates made in data/tls at the first start; off: only this machine itself can connect.
#   off for others too, on a network that is nobody else's: insecure: true besides; staff pages and report then say so
tls: ${tls}

listen:
  # 网页（大屏、主持、会务）；加密时 8080 只说明如何信任本会场 · the pages; with TLS, 8080 only says how to trust this hall
  #   用互联网域名打开时写 names: [域名] · opened by a name on the internet: names: [that name]
  http: { port: 8080 }
  https: { port: 8443 }
  # 表决终端 · the terminals
  mqtt: { port: ${tls === 'on' ? 8883 : 1883} }

# 手机能打开的网页地址，大屏二维码用；不写则用大屏自己的地址 · where phones reach the pages: the display's QR code leads there
# address: ${tls === 'on' ? 'https://192.168.1.10:8443' : 'http://192.168.1.10:8080'}

# 账本、密钥、密码放在此文件夹，请备份 · ledger, key and password live here: back it up
data: data
`;

const quoted = (text: string) => JSON.stringify(text);
const bilingual = (zh: string, en: string) => `{ zh: ${quoted(zh)}, en: ${quoted(en)} }`;

function itemLines(projects: readonly SampleProject[]): string {
  return projects
    .map(
      ({ zh, en, note, noteEn }) =>
        `      - title: ${bilingual(zh, en)}\n        note: ${bilingual(note, noteEn)}`,
    )
    .join('\n');
}

const AGENDA = `# 议程 · The agenda. 会议中可修改，再在会务页“重新读取文件” · may change during the sitting.
# kind: decision 表决, selection 差额票决, appraisal 满意度测评, itemised 逐项表决
# voting: open 记名, secret 无记名        press: first 首次按键有效, last 末次按键有效
# text: 说明或决议正文，可不写 · the motion's text; may be left out
# quorum: 本项的法定人数；不写则同 hall.yaml · this motion's own quorum; left out: that of hall.yaml
# basis: roll 全体代表, present 实到代表, cast 有效票
# threshold: 过半数, 三分之二以上, 或 more than 1/2, at least 2/3
# seconds: 到时自动结束；不写则由主持人结束 · closes by itself; left out: the chair closes
# list: 项目库冻结的清单文件，与本文件放在一起；候选项目和名额可不再写 · the register’s frozen list, beside this file; candidates and places may then be left out

motions:
  - id: m1
    kind: decision
    title: ${bilingual('关于云溪市人民政府工作报告的决议（草案）', 'Draft resolution on the report of the city government')}
    text: ${bilingual('会议听取和审议了市人民政府工作报告，决定批准这个报告。', 'Having heard and examined the report, the congress decides to approve it.')}
    voting: open
    press: last
    basis: roll
    threshold: 过半数

  - id: m2
    kind: selection
    title: ${bilingual('2027 年民生实事项目票决', 'Livelihood projects of 2027')}
    text: ${bilingual('从 12 个候选项目中选出 10 个，可以少选，不可多选。', 'Choose at most 10 of the 12 candidates.')}
    voting: secret
    press: last
    basis: roll
    threshold: 过半数
    # 最多可选几个，也是入选名额 · how many may be chosen, and how many can win
    places: 10
    # note: 牵头部门、投资等 · lead department, investment. id 可不写，依次为 c1、c2… · ids may be left out
    candidates:
${itemLines(CANDIDATES)}

  - id: m3
    kind: appraisal
    title: ${bilingual('2026 年民生实事项目满意度测评', 'Appraisal of the livelihood projects of 2026')}
    text: ${bilingual('对上年 10 个项目逐项评价。', 'Grade each of last year’s ten projects.')}
    voting: secret
    press: last
    basis: cast
    threshold: 过半数
    # 是否设“不了解” · whether "don't know" is offered
    dontKnow: true
    items:
${itemLines(LAST_YEAR)}

  - id: m4
    kind: itemised
    title: ${bilingual('云溪市人民法院审判人员任命名单', 'Appointments to the people’s court of Yunxi')}
    text: ${bilingual('对名单上的 5 人逐人表决；未按键的人选不计为弃权。', 'Vote on each of the five; a name left out is no abstention.')}
    voting: secret
    press: last
    basis: roll
    threshold: 过半数
    # 每项可另设 threshold、basis；不写则同上 · an item may have a threshold and basis of its own; left out: those above
    # 也可只写名称：items: [甲, 乙] · or bare titles
    items:
${itemLines(NOMINEES)}
`;

/** A sample city congress with `seats` deputies. `tls`: as its hall.yaml says. */
export function sampleHall(seats: number, tls: 'on' | 'off' = 'off'): SampleFiles {
  const columns = {
    id: '编号',
    name: '姓名',
    delegation: '代表团',
    seat: '席位',
    card: '卡号',
    title: '职务',
  };
  return {
    'hall.yaml': hallYaml(tls),
    'roll.csv': `\uFEFF${stringify(samplePeople(seats), { header: true, columns })}`,
    'agenda.yaml': AGENDA,
    'terminals.csv': 'terminal,seat,key\n',
  };
}
