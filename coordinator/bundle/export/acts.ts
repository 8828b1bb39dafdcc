import { sha256Hex } from '../../../shared/protocol/bytes.ts';
import { shortFingerprint } from '../../../shared/protocol/keys.ts';
import { ATTENDANCE, PHASES, TERMS } from '../../../shared/terms.ts';
import type { Actor } from '../../contract/person.ts';
import type { OwnEntry } from '../../sitting/entries.ts';
import type { TerminalOrder } from '../../sitting/terminal-order.ts';

/** What a person did, in the words of `acts.csv` (bundle.md): what, and about what. */
export interface ActTold {
  readonly seq: number;
  readonly time: number;
  readonly by: Actor;
  readonly with: Actor | undefined;
  readonly what: string;
  readonly about: string;
  readonly reason: string;
}

/** How what an entry names by its id is called at that place of the ledger; undefined where nothing is known. */
export interface NamesThen {
  readonly deputy: (id: string) => string | undefined;
  readonly person: (id: string) => string | undefined;
  readonly round: (id: string) => string | undefined;
}

/** Entries that a person can make. */
type ByPerson<E = OwnEntry> = E extends { readonly by: infer B } ? (Actor extends B ? E : never) : never;

const ORDERS: { readonly [A in TerminalOrder['act']]: string } = {
  identify: '闪灯找座',
  'self-test': '开始自检',
  update: '更新终端',
  'stop-update': '停止更新',
};
const MARKS = { active: '卡启用', lost: '卡挂失', cancelled: '卡注销' } as const;
const STEPS = { certificate: '第一步', polynomial: '第二步', 'verification-key': '第三步' } as const;

/** An entry as a line of `acts.csv`; null where no person made it. */
export function actTold(
  { seq, time }: { readonly seq: number; readonly time: number },
  says: OwnEntry,
  names: NamesThen,
): ActTold | null {
  if (!isByPerson(says) || !('id' in says.by)) return null;
  const [what, about] = told(says, names);
  const reason = 'reason' in says ? says.reason : '';
  return { seq, time, by: says.by, with: says.with, what, about, reason };
}

const isByPerson = (says: OwnEntry): says is ByPerson => 'id' in says.by;

function told(says: ByPerson, names: NamesThen): readonly [what: string, about: string] {
  const called = (kind: keyof NamesThen, id: string) => [id, names[kind](id) ?? ''].join(' ').trim();
  const round = (what: string, id: string) => [what, called('round', id)] as const;
  switch (says.typ) {
    case 'staff-set':
      return ['更改工作人员名单', `${says.staff.length}人`];
    case 'rules-set':
      return ['更改会场规则', ''];
    case 'roll-set':
      return ['更改名册', `${says.deputies.length}人`];
    case 'list-set':
      return ['读入候选项目清单', shortFingerprint(sha256Hex(says.text))];
    case 'agenda-set':
      return ['更改议程', `${says.motions.length}项`];
    case 'secrecy-set':
      return ['更改密钥保管', ''];
    case 'cards-registered':
      return ['登记代表证', `${says.cards.length}张`];
    case 'files-read':
      return ['重新读取文件，无更改', ''];
    case 'exported':
      return ['下载存证包', ''];
    case 'terminals-enrolled':
      return ['登记终端', says.terminals.map(({ terminal }) => terminal).join('、')];
    case 'terminals-removed':
      return ['移除终端', says.terminals.join('、')];
    case 'terminals-told': {
      const { order } = says;
      const what = order.act === 'self-test' && !order.on ? '结束自检' : ORDERS[order.act];
      return [what, order.act === 'stop-update' ? '' : (order.terminal ?? '全部')];
    }
    case 'card-issued':
      return ['发卡', `${called('deputy', says.deputy)} 卡 ${says.card}`];
    case 'card-marked':
      return [MARKS[says.status], `卡 ${says.card}`];
    case 'checked-in-by-hand':
      return [ATTENDANCE.byHand.zh, called('deputy', says.deputy)];
    case 'left':
      return [ATTENDANCE.left.zh, called('deputy', says.deputy)];
    case 'opened':
      return round(says.rehearsal ? '开始试表决' : '开始表决', says.round);
    case 'closed':
      return round('结束表决', says.round);
    case 'held':
      return round('暂停', says.round);
    case 'resumed':
      return round('继续', says.round);
    case 'extended':
      return round(`延长${says.seconds}秒`, says.round);
    case 'announced':
      return round('宣布结果', says.round);
    case 'voided':
      return round(PHASES.voided.zh, says.round);
    case 'entered-by-hand':
      return round(TERMS.byHand.zh, says.round);
    case 'cleared':
      return ['清屏', ''];
    case 'motion-added':
      return ['追加事项', `${says.motion.id} ${says.motion.title.zh}`];
    case 'ceremony-step':
      return [`生成密钥${STEPS[says.step]}`, ''];
    case 'ceremony-restarted':
      return ['重新生成密钥', ''];
    case 'share':
      return round('解密', says.round);
    case 'result-signed':
      return round('签署结果', says.round);
    case 'signed-in':
      return ['登录', ''];
    case 'signed-out':
      return ['退出登录', ''];
    case 'code-given':
      return ['发一次性码', called('person', says.person)];
    case 'password-chosen':
      return ['设置密码', ''];
    case 'authenticator-set':
      return [says.on ? '开启两步验证' : '关闭两步验证', ''];
    case 'sessions-ended':
      return [`结束${says.count}处登录`, called('person', says.person)];
  }
}
