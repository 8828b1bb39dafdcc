import type { Language } from '../../../shared/protocol/ids.ts';
import { label, TERMS } from '../../../shared/terms.ts';

const zh = {
  product: '会堂表决',
  /** What the staff's pages are called. */
  pages: {
    chair: label(TERMS.chair, 'zh'),
    operator: label(TERMS.operator, 'zh'),
    scrutineer: '监票',
    auditor: label(TERMS.auditor, 'zh'),
    admin: '人员管理',
    account: '我的账户',
  },
  other: 'English',
  signOut: '退出登录',
  signIn: '登录',
  back: '返回',
  person: '编号',
  secret: '密码或一次性码',
  secretHint: '第一次登录，请用管理员或会务当面交给您的一次性码。',
  showTyped: '显示所输内容',
  codeIsRight: '一次性码正确。',
  chooseHint: '请设定自己的密码：至少 10 个字符，一句话最好记；不必有大写或符号。',
  newPassword: '新密码（至少 10 个字符）',
  repeatPassword: '再输入一次',
  chooseAndEnter: '设定并登录',
  codeWanted: '密码正确。请输入手机验证器上的六位数；手机不在身边时，可用一个恢复码。',
  code: '验证码或恢复码',
  mismatch: '两次输入的密码不同',
  failedBefore: (n: number) => `上次登录以来有 ${n} 次用您的编号登录失败；不是您自己，请告诉管理员`,
  understood: '知道了',
  who: (name: string, roles: readonly string[]) => `${name}（${roles.join('、')}）`,
  notTheirs: (page: string) => `“${page}”页没有您的角色可做的事`,
  theirs: '您可以打开：',
  lost: '连接中断，正在重连；以下内容可能不是最新的',
  loading: '正在读取会议状态……',
  connecting: '正在连接主机……',
  unread: (what: string) => `有数据无法读取（${what}），以下显示的是之前的内容；请刷新页面`,
  cancel: '取消',
  waiting: '请稍候……',
  reason: '原因（记入账本）',
};
const en: typeof zh = {
  product: 'Hallvote',
  pages: {
    chair: label(TERMS.chair, 'en'),
    operator: label(TERMS.operator, 'en'),
    scrutineer: 'Scrutineers',
    auditor: label(TERMS.auditor, 'en'),
    admin: 'Staff',
    account: 'My account',
  },
  other: '中文',
  signOut: 'Sign out',
  signIn: 'Sign in',
  back: 'Back',
  person: 'Your id',
  secret: 'Password or one-time code',
  secretHint:
    'For the first time, with the one-time code that the administrator or an operator handed to you.',
  showTyped: 'Show what I type',
  codeIsRight: 'The one-time code is right.',
  chooseHint:
    'Now choose your own password: 10 characters or more, best a sentence; capitals and signs are not asked for.',
  newPassword: 'New password (10 characters or more)',
  repeatPassword: 'Once more',
  chooseAndEnter: 'Set and sign in',
  codeWanted:
    'The password is right. Type the six digits that the authenticator on your phone shows; without the phone, a recovery code.',
  code: 'Code, or a recovery code',
  mismatch: 'The two passwords differ',
  failedBefore: (n) =>
    `${n} attempts to sign in with your id have failed since you last did; if that was not you, tell the administrator`,
  understood: 'I see',
  who: (name, roles) => `${name} (${roles.join(', ')})`,
  notTheirs: (page) => `There is nothing for your role on the page “${page}”`,
  theirs: 'You may open:',
  lost: 'Connection lost, reconnecting; what you see may be out of date',
  loading: 'Reading the state of the sitting…',
  connecting: 'Connecting to the coordinator…',
  unread: (what) => `Some data could not be read (${what}); what stands below is older. Reload the page`,
  cancel: 'Cancel',
  waiting: 'Please wait…',
  reason: 'Reason (kept in the ledger)',
};

export const staffWords: Record<Language, typeof zh> = { zh, en };
export type StaffWords = typeof zh;
