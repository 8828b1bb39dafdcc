import type { Language } from '../../../shared/protocol/ids.ts';
import { label, TERMS } from '../../../shared/terms.ts';

const zh = {
  tabs: {
    votes: '议程与表决',
    unvoted: '未表决',
    deputies: '代表签到',
    terminals: label(TERMS.terminal, 'zh'),
    fleet: '机群',
    acts: '操作记录',
    rejected: '未计入的票',
    refusals: '拒绝记录',
    scrutineers: '监票',
    update: '更新',
    files: '存证包',
  },
  hint: '本页只读：内容与主持、会务、监票所见相同，随时更新。',
  actsHint:
    '账本最近 200 条：谁在何时做了什么，最新的在前；拒绝见“拒绝记录”，表决票不列出。全部操作见存证包中的 acts.csv。',
  noRejected: '没有未计入的表决票。',
  rejectedHint: (all: number, shown: number) =>
    `共 ${all} 张表决票未计入（含作废的检验票），按账本所记原因分列${shown < all ? `；下表为最近 ${shown} 张` : ''}。只列原因与席位，不列所选内容。暂停期间退回、继续后再送的不在此列。`,
  ballots: '张数',
  vote: '所在表决',
  from: label(TERMS.seat, 'zh'),
  takenOut: (entry: number) => `（入账后剔除：第 ${entry} 条）`,
  time: '时间',
  by: '何人',
  what: '操作',
  about: '对象',
  reason: '原因',
  second: '确认人',
  entry: '账本序号',
  noMotion: '议程中没有事项',
  notYet: '此事项尚未表决。',
};
const en: typeof zh = {
  tabs: {
    votes: 'Agenda and votes',
    unvoted: 'Not voted',
    deputies: 'Attendance',
    terminals: 'Terminals',
    fleet: 'Fleet',
    acts: 'Acts',
    rejected: 'Ballots not counted',
    refusals: 'Refusals',
    scrutineers: 'Scrutineers',
    update: 'Updates',
    files: 'Bundle',
  },
  hint: 'This page is to be read only: what chair, operator and scrutineers see, as it changes.',
  actsHint:
    'The last 200 entries of the ledger: who did what and when, newest first. Refusals have a tab of their own, and ballots are not listed. All acts stand in the bundle’s acts.csv.',
  noRejected: 'Every ballot that came counts.',
  rejectedHint: (all: number, shown: number) =>
    `${all} ballots do not count (those opened for audit and refused included), by the reason that the ledger gives${shown < all ? `; the last ${shown} are listed` : ''}. Reasons and seats are told, never what was chosen. Ballots that come again after a hold are not among them.`,
  ballots: 'Ballots',
  vote: 'Vote',
  from: label(TERMS.seat, 'en'),
  takenOut: (entry: number) => `was entered, then taken out (entry ${entry})`,
  time: 'Time',
  by: 'By',
  what: 'What',
  about: 'About',
  reason: 'Reason',
  second: 'Confirmed by',
  entry: 'Entry',
  noMotion: 'There is no motion on the agenda',
  notYet: 'There has been no vote on this motion.',
};
export const auditorWords: Record<Language, typeof zh> = { zh, en };
