import type { Language } from '../../../shared/protocol/ids.ts';

const zh = {
  person: '人员',
  id: '编号',
  roles: '角色',
  standing: '登录方式',
  standings: { nothing: '未给码', code: '已给一次性码，等本人设密码', password: '密码' },
  withAuthenticator: '＋验证器',
  failed: '失败',
  failedHint: '上次登录以来',
  sessions: '登录中',
  noSession: '未登录',
  giveFirst: '给一次性码',
  giveAgain: '重新给码',
  endAll: '全部退出',
  end: '退出',
  loading: '正在读取人员……',
  giveTitle: '给出一次性码',
  giveFirstExplains: (name: string) =>
    `将为 ${name} 生成一个一次性码，只显示这一次。请抄写或打印，当面交给本人，不要发送。`,
  giveAgainExplains: (name: string) =>
    `${name} 现有的密码、验证器和恢复码将全部作废，已登录的设备全部退出；本人须用新码重新设定密码。`,
  endTitle: '结束登录',
  endExplains: (name: string) => `${name} 在所选设备上将立即退出，须重新登录。`,
  confirmGive: '生成',
  confirmEnd: '结束登录',
  cancel: '取消',
  close: '关闭',
  print: '打印纸条',
  codeOf: (name: string) => `${name} 的一次性码`,
  codeHint: '关闭后不再显示。只能用一次：本人登录时设定自己的密码。',
  slipHow: (url: string) =>
    `打开 ${url}，输入编号和此码，然后设定自己的密码（至少 10 个字符）。用后请销毁此纸条。`,
  idle: (minutes: number) => (minutes < 1 ? '正在使用' : `${minutes} 分钟未用`),
};
const en: typeof zh = {
  person: 'Person',
  id: 'id',
  roles: 'Roles',
  standing: 'Signs in with',
  standings: { nothing: 'nothing yet', code: 'a one-time code, not used yet', password: 'password' },
  withAuthenticator: '+ authenticator',
  failed: 'Failed',
  failedHint: 'since the last sign-in',
  sessions: 'Signed in',
  noSession: 'not signed in',
  giveFirst: 'Give a code',
  giveAgain: 'Give another code',
  endAll: 'End all',
  end: 'End',
  loading: 'Reading the staff…',
  giveTitle: 'Give a one-time code',
  giveFirstExplains: (name) =>
    `A one-time code is made for ${name}, and shown this once. Write it down or print it, and hand it over in person; do not send it.`,
  giveAgainExplains: (name) =>
    `Password, authenticator and recovery codes of ${name} are void from then on, and all their devices are signed out; they choose a password anew with the new code.`,
  endTitle: 'End sessions',
  endExplains: (name) => `${name} is signed out there at once, and has to sign in again.`,
  confirmGive: 'Make it',
  confirmEnd: 'End',
  cancel: 'Cancel',
  close: 'Close',
  print: 'Print a slip',
  codeOf: (name) => `One-time code of ${name}`,
  codeHint:
    'It is not shown again. It is good once: whoever signs in with it chooses a password of their own.',
  slipHow: (url) =>
    `Open ${url}, type your id and this code, then choose your own password (10 characters or more). Destroy this slip afterwards.`,
  idle: (minutes) => (minutes < 1 ? 'in use' : `idle for ${minutes} min`),
};

export const membersWords: Record<Language, typeof zh> = { zh, en };
