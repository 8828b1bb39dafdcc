import { sha256Hex } from '../../shared/protocol/bytes.ts';
import { inLanguage, type Text } from '../../shared/protocol/ids.ts';
import { shortFingerprint } from '../../shared/protocol/keys.ts';
import { ATTENDANCE, PHASES, TERMS, type Term } from '../../shared/terms.ts';
import type { OwnEntry } from '../sitting/entries.ts';
import type { CeremonyStep } from '../sitting/secrecy.ts';
import type { TerminalOrder } from '../sitting/terminal-order.ts';

/** What an entry says was done, and about what: the Chinese stands in `acts.csv` (bundle.md), both on the auditor's page. */
export interface EntryTold {
  readonly what: Term;
  readonly about: Term;
}

/** How what an entry names by its id is called; undefined where nothing is known. */
export interface EntryNames {
  readonly deputy: (id: string) => string | undefined;
  readonly person: (id: string) => string | undefined;
  readonly round: (id: string) => Text | undefined;
}

const ORDERS: Readonly<Record<TerminalOrder['act'], Term>> = {
  identify: { zh: '闪灯找座', en: 'find a seat by its lamps' },
  'self-test': { zh: '开始自检', en: 'start the self-test' },
  update: { zh: '更新终端', en: 'update terminals' },
  'stop-update': { zh: '停止更新', en: 'stop the update' },
};
const END_SELF_TEST: Term = { zh: '结束自检', en: 'end the self-test' };
const MARKS: Readonly<Record<'active' | 'lost' | 'cancelled', Term>> = {
  active: { zh: '卡启用', en: 'card made good' },
  lost: { zh: '卡挂失', en: 'card reported lost' },
  cancelled: { zh: '卡注销', en: 'card cancelled' },
};
const STEPS: Readonly<Record<CeremonyStep, Term>> = {
  certificate: { zh: '生成密钥第一步', en: 'the key, first step' },
  polynomial: { zh: '生成密钥第二步', en: 'the key, second step' },
  'verification-key': { zh: '生成密钥第三步', en: 'the key, third step' },
};
const NOTHING = same('');
const EVERY_TERMINAL: Term = { zh: '全部', en: 'all' };

/** The same in every language. */
function same(text: string): Term {
  return { zh: text, en: text };
}

const told = (zh: string, en: string, about: Term = NOTHING): EntryTold => ({ what: { zh, en }, about });
const people = (n: number): Term => ({ zh: `${n}人`, en: `${n} persons` });
const card = (number: string): Term => ({ zh: `卡 ${number}`, en: `card ${number}` });

/** What an own entry says, in words. Of a result and of secret votes it tells that they are there, and no choice. */
export function tellEntry(says: OwnEntry, names: EntryNames): EntryTold {
  const called = (kind: 'deputy' | 'person', id: string) =>
    same([id, names[kind](id) ?? ''].join(' ').trim());
  const round = (zh: string, en: string, { round: id }: { readonly round: string }): EntryTold => {
    const title = names.round(id);
    const inTongue = (language: string) => [id, title ? inLanguage(title, language) : ''].join(' ').trim();
    return told(zh, en, { zh: inTongue('zh'), en: inTongue('en') });
  };
  switch (says.typ) {
    case 'begun':
      return told('会议账本开始', 'the sitting’s ledger begins');
    case 'started':
      return told('主机启动', 'the coordinator starts', same(says.version));
    case 'staff-set':
      return told('更改工作人员名单', 'change the staff', people(says.staff.length));
    case 'rules-set':
      return told('更改会场规则', 'change the hall’s rules');
    case 'roll-set':
      return told('更改名册', 'change the roll', people(says.deputies.length));
    case 'list-set':
      return told(
        '读入候选项目清单',
        'read a list of projects',
        same(shortFingerprint(sha256Hex(says.text))),
      );
    case 'agenda-set': {
      const { length } = says.motions;
      return told('更改议程', 'change the agenda', { zh: `${length}项`, en: `${length} motions` });
    }
    case 'secrecy-set':
      return told('更改密钥保管', 'change who holds the key');
    case 'cards-registered': {
      const { length } = says.cards;
      return told('登记代表证', 'register cards', { zh: `${length}张`, en: `${length} cards` });
    }
    case 'files-read':
      return told('重新读取文件，无更改', 'read the files again, nothing new');
    case 'exported':
      return told('下载存证包', 'download the bundle');
    case 'terminals-enrolled':
      return told('登记终端', 'enrol terminals', listed(says.terminals.map(({ terminal }) => terminal)));
    case 'terminals-removed':
      return told('移除终端', 'remove terminals', listed(says.terminals));
    case 'terminals-told': {
      const { order } = says;
      const what = order.act === 'self-test' && !order.on ? END_SELF_TEST : ORDERS[order.act];
      const terminal = order.act === 'stop-update' ? '' : order.terminal;
      return { what, about: terminal === null ? EVERY_TERMINAL : same(terminal) };
    }
    case 'card-issued': {
      const whose = called('deputy', says.deputy).zh;
      return told(
        '发卡',
        'issue a card',
        both(card(says.card), (text) => `${whose} ${text}`),
      );
    }
    case 'card-marked':
      return { what: MARKS[says.status], about: card(says.card) };
    case 'checked-in-by-hand':
      return { what: ATTENDANCE.byHand, about: called('deputy', says.deputy) };
    case 'left':
      return { what: ATTENDANCE.left, about: called('deputy', says.deputy) };
    case 'opened':
      return says.rehearsal
        ? round('开始试表决', 'open a rehearsal', says)
        : round('开始表决', 'open the vote', says);
    case 'closed':
      return round('结束表决', 'close the vote', says);
    case 'held':
      return round('暂停', 'hold', says);
    case 'resumed':
      return round('继续', 'go on', says);
    case 'extended':
      return round(`延长${says.seconds}秒`, `extend by ${says.seconds} s`, says);
    case 'result':
      return round('得出结果', 'the result is there', says);
    case 'announced':
      return round('宣布结果', 'announce the result', says);
    case 'voided':
      return round(PHASES.voided.zh, PHASES.voided.en, says);
    case 'entered-by-hand':
      return round(TERMS.byHand.zh, TERMS.byHand.en, says);
    case 'cleared':
      return told('清屏', 'clear the display');
    case 'motion-added': {
      const { id, title } = says.motion;
      const about = { zh: `${id} ${title.zh}`, en: `${id} ${inLanguage(title, 'en')}` };
      return told('追加事项', 'add a motion', about);
    }
    case 'ceremony-step':
      return { what: STEPS[says.step], about: NOTHING };
    case 'ceremony-restarted':
      return told('重新生成密钥', 'begin the key anew');
    case 'election-key-set':
      return told('密钥已生成', 'the key is made');
    case 'ballot-rejected':
      return round('密封票无效', 'a sealed ballot is not valid', says);
    case 'tallied':
      return round('汇总密封票', 'sum up the sealed ballots', says);
    case 'share':
      return round('解密', 'decrypt', says);
    case 'result-signed':
      return round('签署结果', 'sign the result', says);
    case 'refused':
      return told('拒绝', 'refuse', same(says.terminal ?? ''));
    case 'refusals-counted':
      return told('拒绝计数', 'count refusals');
    case 'signed-in':
      return told('登录', 'sign in');
    case 'signed-out':
      return told('退出登录', 'sign out');
    case 'sign-ins-failed':
      return told(
        '登录失败',
        'sign-ins failed',
        failures(says.counts, (id) => called('person', id).zh),
      );
    case 'code-given':
      return told('发一次性码', 'give a one-time code', called('person', says.person));
    case 'password-chosen':
      return told('设置密码', 'choose a password');
    case 'authenticator-set':
      return says.on
        ? told('开启两步验证', 'turn the authenticator on')
        : told('关闭两步验证', 'turn the authenticator off');
    case 'sessions-ended': {
      const about = called('person', says.person);
      return told(`结束${says.count}处登录`, `end ${says.count} sessions`, about);
    }
    case 'checkpoint':
      return told('检查点', 'checkpoint', same(String(says.at)));
  }
}

const both = ({ zh, en }: Term, change: (text: string) => string): Term => ({
  zh: change(zh),
  en: change(en),
});

const listed = (names: readonly string[]): Term => ({ zh: names.join('、'), en: names.join(', ') });

type Failures = Extract<OwnEntry, { typ: 'sign-ins-failed' }>['counts'];

function failures(counts: Failures, called: (id: string) => string): Term {
  const line = (nobody: string) =>
    counts.map(({ person, count }) => `${person === null ? nobody : called(person)} ×${count}`);
  return { zh: line('名单以外').join('、'), en: line('nobody on the list').join(', ') };
}
