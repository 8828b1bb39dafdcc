/**
 * The files of a bundle that are drawn from its ledger, for `independent-verifier.mjs`: written from `bundle.md` alone. Only
 * `report.html` no page describes.
 */
import { archiveOf, h64, sha256 } from './independent-belenios.mjs';

function csv(rows) {
  const cell = (value) => {
    const safe = /^[=+\-@\t\r＝＋－＠]/.test(value) ? `'${value}` : value;
    return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
  };
  return `\uFEFF${rows.map((row) => `${row.map(cell).join(',')}\r\n`).join('')}`;
}

const json = (value) => `${JSON.stringify(value, null, 2)}\n`;

const jwk = (x) => {
  const kid = sha256(`{"crv":"Ed25519","kty":"OKP","x":"${x}"}`, 'base64url');
  return { kty: 'OKP', crv: 'Ed25519', x, alg: 'EdDSA', use: 'sig', kid };
};

const OPTIONS = { for: '赞成', against: '反对', abstain: '弃权' };
const GRADES = { satisfied: '满意', basic: '基本满意', dissatisfied: '不满意', 'dont-know': '不了解' };

/** Items, their titles and words: a line of `votes.csv` each. */
function chosen(motion, choice) {
  if (choice === undefined) return [['', '', '未按键']];
  if (choice.kind === 'sealed') return [['', '', `密封票 ${h64(choice.ballot)}`]];
  if (choice.kind === 'decision') return [['', '', OPTIONS[choice.option]]];
  const title = (id) => [...(motion.candidates ?? motion.items)].find((item) => item.id === id).title.zh;
  const lines = {
    selection: () => choice.chosen.map((id) => [id, title(id), '选']),
    appraisal: () => choice.grades.map(({ item, grade }) => [item, title(item), GRADES[grade]]),
    itemised: () => choice.answers.map(({ item, option }) => [item, title(item), OPTIONS[option]]),
  }[choice.kind]();
  return lines.length > 0 ? lines : [['', '', '空白']];
}

function remarkOn({ rehearsal, phase, holds, extensions }) {
  const longer = extensions.reduce((sum, { seconds }) => sum + seconds, 0);
  return [
    rehearsal ? '试表决' : '',
    phase === 'voided' ? '作废' : '',
    holds.length > 0 ? `暂停${holds.length}次` : '',
    longer > 0 ? `延长${longer}秒` : '',
  ].join('');
}

function votes(rounds) {
  const head = ['表决', '事项', '备注', '代表编号', '姓名', '代表团', '项', '项目名称', '选择', '账本序号'];
  const lines = rounds.flatMap(({ id, motion, eligible, names, ballots, ...round }) => {
    const remark = remarkOn(round);
    return eligible.flatMap((deputy) => {
      const { name, delegation } = names.get(deputy);
      const { choice, seq = '' } = ballots.get(deputy) ?? {};
      const who = [id, motion.title.zh, remark, deputy, name, delegation];
      return chosen(motion, choice).map((line) => [...who, ...line, String(seq)]);
    });
  });
  return csv([head, ...lines]);
}

function roll({ roll: deputies, present, byHand, left }) {
  const attendance = (id) => {
    if (present.has(id)) return byHand.has(id) ? '补签到' : '签到';
    return left.has(id) ? '中途退场' : '未到';
  };
  const lines = [...deputies.values()].map(({ id, name, delegation, title, seat }) => [
    ...[id, name, delegation, title, seat],
    attendance(id),
  ]);
  return csv([['编号', '姓名', '代表团', '职务', '席位', '出席'], ...lines]);
}

function keys({ begun, enrolments }) {
  const terminals = enrolments.map(({ key, ...enrolment }) => ({ ...enrolment, jwk: jwk(key) }));
  return json({ coordinator: jwk(begun.key), terminals });
}

function results(rounds) {
  return json(
    rounds.map(({ id, motion, phase, rehearsal, byHand, reason, holds, extensions, result }) => ({
      ...{ round: id, motion: motion.id, phase, rehearsal, byHand },
      ...{ reason, held: holds, extended: extensions, result },
    })),
  );
}

const ROLES = {
  chair: '主持人',
  operator: '会务',
  scrutineer: '监票人',
  auditor: '审计',
  administrator: '管理员',
};
const ORDERS = { identify: '闪灯找座', update: '更新终端', 'stop-update': '停止更新' };
const MARKS = { active: '卡启用', lost: '卡挂失', cancelled: '卡注销' };
const STEPS = { certificate: '第一步', polynomial: '第二步', 'verification-key': '第三步' };
/** What an entry is called, where nothing in it changes that. */
const CALLED = {
  'staff-set': '更改工作人员名单',
  'rules-set': '更改会场规则',
  'roll-set': '更改名册',
  'list-set': '读入候选项目清单',
  'agenda-set': '更改议程',
  'secrecy-set': '更改密钥保管',
  'cards-registered': '登记代表证',
  'files-read': '重新读取文件，无更改',
  exported: '下载存证包',
  'terminals-enrolled': '登记终端',
  'terminals-removed': '移除终端',
  'card-issued': '发卡',
  'checked-in-by-hand': '补签到',
  left: '中途退场',
  closed: '结束表决',
  held: '暂停',
  resumed: '继续',
  announced: '宣布结果',
  voided: '作废',
  'entered-by-hand': '人工录入',
  cleared: '清屏',
  'motion-added': '追加事项',
  'ceremony-restarted': '重新生成密钥',
  share: '解密',
  'result-signed': '签署结果',
  'signed-in': '登录',
  'signed-out': '退出登录',
  'code-given': '发一次性码',
  'password-chosen': '设置密码',
};

function whatOf(says) {
  const { typ, order, status, rehearsal, seconds, step, on, count } = says;
  if (typ === 'terminals-told')
    return order.act === 'self-test' ? (order.on ? '开始自检' : '结束自检') : ORDERS[order.act];
  if (typ === 'card-marked') return MARKS[status];
  if (typ === 'opened') return rehearsal ? '开始试表决' : '开始表决';
  if (typ === 'extended') return `延长${seconds}秒`;
  if (typ === 'ceremony-step') return `生成密钥${STEPS[step]}`;
  if (typ === 'authenticator-set') return on ? '开启两步验证' : '关闭两步验证';
  if (typ === 'sessions-ended') return `结束${count}处登录`;
  return CALLED[typ];
}

function aboutWhat(says, { roll: deputies, staff, rounds }) {
  const { typ, order } = says;
  const lengths = {
    'staff-set': [says.staff, '人'],
    'roll-set': [says.deputies, '人'],
    'agenda-set': [says.motions, '项'],
    'cards-registered': [says.cards, '张'],
  };
  if (lengths[typ]) return `${lengths[typ][0].length}${lengths[typ][1]}`;
  if (typ === 'list-set')
    return sha256(says.text)
      .slice(0, 16)
      .replace(/.{4}(?=.)/g, '$& ');
  if (typ === 'terminals-enrolled') return says.terminals.map(({ terminal }) => terminal).join('、');
  if (typ === 'terminals-removed') return says.terminals.join('、');
  if (typ === 'terminals-told') return order.act === 'stop-update' ? '' : (order.terminal ?? '全部');
  if (typ === 'card-issued') return `${says.deputy} ${deputies.get(says.deputy).name} 卡 ${says.card}`;
  if (typ === 'card-marked') return `卡 ${says.card}`;
  if (says.deputy) return `${says.deputy} ${deputies.get(says.deputy).name}`;
  if (says.round) return `${says.round} ${rounds.get(says.round).motion.title.zh}`;
  if (typ === 'motion-added') return `${says.motion.id} ${says.motion.title.zh}`;
  if (says.person)
    return staff.has(says.person) ? `${says.person} ${staff.get(says.person).name}` : says.person;
  return '';
}

/** What a person did, as a line of `acts.csv`, by the names of that place. */
export function actLine({ seq, time }, says, replay) {
  const { by, with: second = { id: '', name: '' }, reason = '' } = says;
  const at = new Date(time + 28800000).toISOString();
  return [
    ...[String(seq), `${at.slice(0, 10)} ${at.slice(11, 19)}`],
    ...[by.id, by.name, ROLES[by.role], second.id, second.name],
    ...[whatOf(says), aboutWhat(says, replay), reason],
  ];
}

const ACTS = ['账本序号', '时间', '代号', '姓名', '角色', '确认人代号', '确认人', '操作', '对象', '原因'];

/** Every file but the ledger and the report, by name; behind the tables the lists, then secret votes in the order of their rounds. */
export function filesOf(replay) {
  const rounds = [...replay.rounds.values()];
  const held = rounds.filter(({ sealed }) => sealed?.tally);
  const codes = held.flatMap(({ id, motion, ballots }) => {
    const own = [...ballots.values()].map(({ choice }) => h64(choice.ballot)).sort();
    return own.map((code) => [id, motion.title.zh, code]);
  });
  const archives = held.map(({ sealed }) => {
    const { election, key, credentials, ballots, tally, shares, counts, openedAt } = sealed;
    const texts = {
      election: election.text,
      trustees: key.text,
      ballots: ballots.map(({ choice }) => choice.ballot),
    };
    const rest = { credentials, tally, shares, counts, timestamp: Math.floor(openedAt / 1000) };
    return [`elections/${election.uuid}.bel`, archiveOf({ ...texts, ...rest })];
  });
  const tables = {
    'keys.json': keys(replay),
    'roll.csv': roll(replay),
    'motions.json': json(replay.motions),
    'results.json': results(rounds),
    'votes.csv': votes(rounds),
    'receipts.csv': csv([['表决', '事项', '回执码'], ...codes]),
    'acts.csv': csv([ACTS, ...replay.acts]),
  };
  const lists = [...replay.lists].map(([hash, { text }]) => [`lists/${hash}.txt`, Buffer.from(text)]);
  return [...Object.entries(tables).map(([name, text]) => [name, Buffer.from(text)]), ...lists, ...archives];
}
