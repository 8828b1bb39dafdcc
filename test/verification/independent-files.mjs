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

/** Every file but the ledger and the report, by name; those of secret votes last, in the order of their rounds. */
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
  };
  return [...Object.entries(tables).map(([name, text]) => [name, Buffer.from(text)]), ...archives];
}
