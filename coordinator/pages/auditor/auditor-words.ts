import type { Language } from '../../../shared/protocol/ids.ts';
import { label, TERMS } from '../../../shared/terms.ts';

const zh = {
  tabs: {
    votes: '议程与表决',
    unvoted: '未表决',
    deputies: '代表签到',
    terminals: label(TERMS.terminal, 'zh'),
    fleet: '机群',
    refusals: '拒绝记录',
    scrutineers: '监票',
    update: '更新',
    files: '存证包',
  },
  hint: '本页只读：内容与主持、会务、监票所见相同，随时更新。',
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
    refusals: 'Refusals',
    scrutineers: 'Scrutineers',
    update: 'Updates',
    files: 'Bundle',
  },
  hint: 'This page is to be read only: what chair, operator and scrutineers see, as it changes.',
  noMotion: 'There is no motion on the agenda',
  notYet: 'There has been no vote on this motion.',
};
export const auditorWords: Record<Language, typeof zh> = { zh, en };
