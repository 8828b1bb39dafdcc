import { kindOf } from '../../../shared/kinds/kinds.ts';
import { inLanguage, type Language, type Text } from '../../../shared/protocol/ids.ts';
import { label, MARK_TERMS, TERMS } from '../../../shared/terms.ts';
import type { Actor, Role } from '../../contract/person.ts';
import { type ActName, needsSecond, type RightSettings } from '../../contract/rights.ts';
import type { About, Outcome } from '../../contract/waiting.ts';

/** What a second person is asked and told, on every page of the staff. */

type Some = { readonly count: number; readonly names: readonly string[] };

const zh = {
  region: '等待第二人确认的操作',
  waits: '等待第二人确认',
  asks: (by: string) => `${by}请您确认`,
  asksCounts: (by: string) => `${by}请您另行录入举手票数`,
  left: '剩余',
  confirm: '确认',
  enter: '录入票数',
  decline: '不确认',
  takeBack: '撤回',
  understood: '知道了',
  by: '提出人',
  reason: '原因',
  what: '事项',
  or: '或',
  second: (roles: string) => `须由另一人确认：${roles}，两分钟内在其本人页面上确认后才生效。`,
  confirmExplains: '确认后立即执行，两人的姓名一并记入账本。',
  void: (title: string) => `作废《${title}》的表决`,
  byHand: (title: string) => `举手结果：《${title}》`,
  issue: (name: string, card: string) => `发给 ${name} 新卡 ${card}`,
  mark: { active: '恢复', lost: '挂失', cancelled: '注销' },
  card: (verb: string, card: string, name: string | null) => `${verb}卡 ${card}${name ? `（${name}）` : ''}`,
  roll: (n: number) => `更改名册（更改后 ${n} 人）`,
  changes: { added: '增加', removed: '删去', changed: '更改' },
  some: ({ count, names }: Some) => `${count} 人（${names.join('、')}${count > names.length ? '等' : ''}）`,
  done: (who: string) => `✓ 已执行，由${who}确认`,
  declined: (who: string) => `✕ 未执行：${who}不确认`,
  expired: '✕ 未执行：两分钟内无人确认',
  refused: (why: string) => `✕ 未执行：${why}`,
  differ: (one: string, other: string, which: string) =>
    `✕ 未采用：${one}与${other}录入的票数不同，不同的是：${which}。请各自核对后重新录入`,
  cast: '表决人数',
  list: '、',
  says: (what: string, value: string) => `${what}：${value}`,
  restarted: '⚠ 主机已重新启动：此前等待确认的操作都已失效，如需要请重新提出',
};
const en: typeof zh = {
  region: 'What waits for a second person',
  waits: 'Waiting for a second person',
  asks: (by) => `${by} asks you to confirm`,
  asksCounts: (by) => `${by} asks you to enter a show of hands once more`,
  left: 'Time left',
  confirm: 'Confirm',
  enter: 'Enter the counts',
  decline: 'Do not confirm',
  takeBack: 'Take back',
  understood: 'I see',
  by: 'Proposed by',
  reason: 'Reason',
  what: 'What',
  or: ' or ',
  second: (roles) =>
    `Another person has to confirm this: ${roles}, on a page of their own, within two minutes. Until then nothing is done.`,
  confirmExplains: 'It is done at once when you confirm, and stands in the ledger with both names.',
  void: (title) => `Void the vote on “${title}”`,
  byHand: (title) => `Show of hands: “${title}”`,
  issue: (name, card) => `Issue the card ${card} to ${name}`,
  mark: { active: 'Restore', lost: 'Report lost:', cancelled: 'Revoke' },
  card: (verb, card, name) => `${verb} card ${card}${name ? ` (${name})` : ''}`,
  roll: (n) => `Change the roll (${n} deputies afterwards)`,
  changes: { added: 'Added', removed: 'Removed', changed: 'Changed' },
  some: ({ count, names }) => `${count} (${names.join(', ')}${count > names.length ? ', …' : ''})`,
  done: (who) => `✓ Done, confirmed by ${who}`,
  declined: (who) => `✕ Not done: ${who} does not confirm it`,
  expired: '✕ Not done: nobody confirmed it within two minutes',
  refused: (why) => `✕ Not done: ${why}`,
  differ: (one, other, which) =>
    `✕ Not taken: what ${one} and ${other} entered differs, in: ${which}. Look again, each of you, and enter it anew`,
  cast: 'Voters',
  list: ', ',
  says: (what, value) => `${what}: ${value}`,
  restarted:
    '⚠ The coordinator was started again: what waited to be confirmed is void; propose it anew if it is still wanted',
};
export const waitingWords: Record<Language, typeof zh> = { zh, en };

/** Who will be asked to confirm `act`; null where nobody is. */
export function secondLine(act: ActName, settings: RightSettings, language: Language): string | null {
  const words = waitingWords[language];
  const second = needsSecond(act, settings);
  return second && words.second(second.roles.map((role) => roleName(role, language)).join(words.or));
}

const roleName = (role: Role, language: Language): string => label(TERMS[role], language);

/** A person and the role they act in. */
export function nameOf({ name, role }: Actor, language: Language): string {
  return language === 'zh'
    ? `${name}（${roleName(role, language)}）`
    : `${name} (${roleName(role, language)})`;
}

/** What an act does, in a line. */
export function deed(about: About, language: Language): string {
  const words = waitingWords[language];
  switch (about.act) {
    case 'void':
      return words.void(inLanguage(about.title, language));
    case 'by-hand':
      return words.byHand(inLanguage(about.motion.title, language));
    case 'issue-card':
      return words.issue(about.name, about.card);
    case 'mark-card':
      return words.card(words.mark[about.status], about.card, about.name);
    case 'change-roll':
      return words.roll(about.roll);
  }
}

/** What else is to be known of it before one confirms. */
export function particulars(about: About, language: Language): readonly (readonly [string, string])[] {
  const words = waitingWords[language];
  if (about.act === 'void') return [[words.reason, about.reason]];
  if (about.act !== 'change-roll') return [];
  return (['added', 'removed', 'changed'] as const).flatMap((what) =>
    about[what].count > 0 ? [[words.changes[what], words.some(about[what])] as const] : [],
  );
}

/** What has become of an act, in a line. */
export function outcomeLine(outcome: Outcome, about: About, by: Actor, language: Language): string {
  const words = waitingWords[language];
  switch (outcome.is) {
    case 'done':
      return words.done(nameOf(outcome.with, language));
    case 'declined':
      return words.declined(nameOf(outcome.with, language));
    case 'expired':
      return words.expired;
    case 'refused':
      return words.refused(outcome.text[language]);
    case 'differ': {
      const which = outcome.fields.map((field) => fieldName(field, about, language)).join(words.list);
      return words.differ(nameOf(by, language), nameOf(outcome.with, language), which);
    }
  }
}

type Field = Extract<Outcome, { is: 'differ' }>['fields'][number];

function fieldName(field: Field, about: About, language: Language): string {
  if (field === 'cast') return waitingWords[language].cast;
  const titles: readonly { readonly id: string; readonly title: Text }[] =
    about.act === 'by-hand' ? kindOf(about.motion.kind).parts(about.motion) : [];
  const item = titles.find(({ id }) => id === field.item);
  const mark =
    field.mark === 'chosen' ? label(TERMS.votes, language) : label(MARK_TERMS[field.mark], language);
  return item ? `${inLanguage(item.title, language)} ${mark}` : mark;
}
