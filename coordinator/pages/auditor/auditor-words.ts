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
    refusals: '拒绝记录',
    scrutineers: '监票',
    update: '更新',
    files: '存证包',
  },
  hint: '本页只读：内容与主持、会务、监票所见相同，随时更新。',
  actsHint:
    '账本最近 200 条：谁在何时做了什么，最新的在前；拒绝见“拒绝记录”，表决票不列出。全部操作见存证包中的 acts.csv。',
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
    refusals: 'Refusals',
    scrutineers: 'Scrutineers',
    update: 'Updates',
    files: 'Bundle',
  },
  hint: 'This page is to be read only: what chair, operator and scrutineers see, as it changes.',
  actsHint:
    'The last 200 entries of the ledger: who did what and when, newest first. Refusals have a tab of their own, and ballots are not listed. All acts stand in the bundle’s acts.csv.',
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
