import type { Language } from '../../../../shared/protocol/ids.ts';
import { ATTENDANCE, STANDINGS, TERMS } from '../../../../shared/terms.ts';

const zh = {
  product: '民生实事项目库',
  pages: { desk: '征集筛选', projects: '项目与清单', admin: '人员管理', account: '我的账户' },
  connecting: '正在连接项目库……',
  region: '等待第二人确认的操作',
  waits: '等待第二人确认',
  asks: (by: string) => `${by}请您确认`,
  until: (hours: number) => (hours < 1 ? '不足 1 小时后失效' : `${hours} 小时后失效`),
  read: '打开核对',
  confirm: '确认',
  decline: '不确认',
  takeBack: '撤回',
  close: '关闭',
  understood: '知道了',
  deeds: {
    'freeze-list': (year: number) => `冻结 ${year} 年度候选项目清单`,
    'withdraw-list': (year: number) => `撤回 ${year} 年度已冻结的清单`,
    'enter-paper-result': (year: number) => `录入 ${year} 年度纸质表决结果`,
  },
  explains: {
    'freeze-list': '确认后清单冻结，一字不再更改；会场表决、结果和公开页面都以上面的指纹为准。请逐项核对。',
    'withdraw-list': '确认后此清单作废，不得再用于表决；项目恢复为候选，可重新提交。',
    'enter-paper-result': '确认后按此结果决定各项目入选与否，并处处注明“纸质表决”。请对照签字的计票单核对。',
  },
  both: '两人的姓名一并记入账本。',
  fingerprint: '清单指纹（SHA-256）',
  changed: '清单内容在提出之后已改动，与提出人看到的不同，不能确认。',
  places: (places: number, candidates: number) => `${candidates} 个候选项目，应选不超过 ${places} 个`,
  reading: '正在读取清单……',
  reason: '原因',
  roll: ATTENDANCE.roll.zh,
  present: ATTENDANCE.present.zh,
  cast: TERMS.vote.zh,
  votes: TERMS.votes.zh,
  chosen: STANDINGS.selected.zh,
  sheet: '签字计票单指纹',
  openSheet: '打开计票单',
  project: TERMS.item.zh,
  done: '✓ 已确认并执行',
};
const en: typeof zh = {
  product: 'Project register',
  pages: { desk: 'Screening desk', projects: 'Projects and list', admin: 'Staff', account: 'My account' },
  connecting: 'Connecting to the register…',
  region: 'What waits for a second person',
  waits: 'Waiting for a second person',
  asks: (by) => `${by} asks you to confirm`,
  until: (hours) => (hours < 1 ? 'good for less than an hour' : `good for ${hours} h`),
  read: 'Open and check',
  confirm: 'Confirm',
  decline: 'Do not confirm',
  takeBack: 'Take back',
  close: 'Close',
  understood: 'I see',
  deeds: {
    'freeze-list': (year) => `Freeze the list of candidate projects for ${year}`,
    'withdraw-list': (year) => `Withdraw the frozen list for ${year}`,
    'enter-paper-result': (year) => `Enter the result on paper for ${year}`,
  },
  explains: {
    'freeze-list':
      'The list is frozen when you confirm, and not a letter of it changes any more; the hall’s vote, its result and the public pages all name the fingerprint above. Read every project.',
    'withdraw-list':
      'This list is void when you confirm, and nothing is voted on it; its projects are candidates again, and another list may be handed in.',
    'enter-paper-result':
      'Which projects are chosen follows from this when you confirm, and is marked “by paper” everywhere. Compare it with the signed sheet.',
  },
  both: 'It stands in the ledger with both names.',
  fingerprint: 'Fingerprint of the list (SHA-256)',
  changed:
    'The list has changed since this was proposed, and is not the one that was read; it cannot be confirmed.',
  places: (places, candidates) => `${candidates} candidates, of which at most ${places} are chosen`,
  reading: 'Reading the list…',
  reason: 'Reason',
  roll: 'Roll',
  present: 'Present',
  cast: 'Voted',
  votes: 'Votes',
  chosen: 'Chosen',
  sheet: 'Fingerprint of the signed sheet',
  openSheet: 'Open the sheet',
  project: 'Project',
  done: '✓ Confirmed and done',
};

export const frameWords: Record<Language, typeof zh> = { zh, en };
