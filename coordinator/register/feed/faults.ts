/** Everything that can be wrong with a feed, one sentence each. */
export const FEED_FAULTS = {
  unreadable: { zh: '这一行无法读取', en: 'This line cannot be read' },
  'not-begun': { zh: '不是从第一条开始', en: 'It does not begin with the first entry' },
  'another-key': { zh: '由另一项目库的密钥签名', en: 'It is signed with the key of another register' },
  'another-register': { zh: '属于另一项目库', en: 'It belongs to another register' },
  sequence: { zh: '前面缺失条目，或次序有误', en: 'Entries before it are missing or out of order' },
  chain: { zh: '与前一条不相连', en: 'It does not follow the entry before it' },
  forked: { zh: '与以前看到的历史不同', en: 'It is another history than the one that was seen before' },
  withheld: {
    zh: '前面有条目被遗漏、更改，或把公开的条目换成了校验值',
    en: 'Before it an entry was left out or changed, or a public one was replaced by a hash',
  },
  hash: { zh: '校验值与内容不符', en: 'Its hash is not that of its content' },
  time: { zh: '时间早于前一条', en: 'Its time is before that of the entry before it' },
  'body-unreadable': { zh: '内容无法读取', en: 'Its body cannot be read' },
  'not-canonical': { zh: '内容的写法不规范', en: 'Its body is not written in the one canonical way' },
  'another-type': { zh: '所称类型与内容不符', en: 'It is not of the type that its line says' },
  'another-place': { zh: '签名时的位置不是这里', en: 'It was signed for another place in the ledger' },
  signature: { zh: '不是这一项目库所签', en: 'It is not signed by this register' },
  'not-public': { zh: '这类条目不公开', en: 'Entries of this type are not public' },
  unfinished: {
    zh: '以校验值结束：其后应有一条公开的条目',
    en: 'It ends with hashes, behind which a public entry belongs',
  },
  'another-head': { zh: '与项目库所签的末条不符', en: 'It is not the end that the register has signed' },
  empty: { zh: '没有任何条目', en: 'There is no entry' },
} as const satisfies Record<string, { zh: string; en: string }>;
export type FeedProblem = keyof typeof FEED_FAULTS;

/** What is wrong with a feed, and at which entry. */
export interface FeedFault {
  readonly problem: FeedProblem;
  /** The number of the entry at which it shows. */
  readonly seq: number;
  readonly text: { readonly zh: string; readonly en: string };
}

/** The fault with its sentence. */
export const feedFault = (problem: FeedProblem, seq: number): FeedFault => {
  const { zh, en } = FEED_FAULTS[problem];
  return { problem, seq, text: { zh: `第 ${seq} 条：${zh}`, en: `Entry ${seq}: ${en}` } };
};
