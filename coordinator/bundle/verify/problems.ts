import { explain, type Reason } from '../../../shared/protocol/reasons.ts';
import { ACT_REFUSALS, type ActRefusal } from '../../contract/acts.ts';

/** Everything that can be wrong with a bundle, with one sentence for the clerk. */
export const PROBLEMS = {
  // The archive and its manifest.
  'not-a-bundle': { zh: '这不是存证包，或文件不完整', en: 'This is no bundle, or not all of one' },
  'too-large': { zh: '文件过大，不可能是存证包', en: 'The file is too large to be a bundle' },
  altered: {
    zh: '存证包的封装被改动或损坏',
    en: 'The archive is not, byte for byte, the one its files make',
  },
  'manifest-unreadable': { zh: '清单无法读取', en: 'The manifest cannot be read' },
  'manifest-signature': { zh: '清单不是主机所签', en: 'The manifest is not signed by the coordinator' },
  'manifest-other': { zh: '清单属于另一账本', en: 'The manifest is of another ledger' },
  'manifest-file': { zh: '文件与清单所载不符', en: 'A file is not the one the manifest names' },
  'derived-file': { zh: '文件内容与账本不符', en: 'A file does not say what the ledger says' },
  'another-coordinator': {
    zh: '存证包由另一台主机签名',
    en: 'The bundle is signed by another coordinator',
  },
  // The ledger's chain and signatures.
  'line-unreadable': { zh: '账本的这一行无法读取', en: 'This line of the ledger cannot be read' },
  empty: { zh: '账本是空的', en: 'The ledger is empty' },
  sequence: { zh: '前一条缺失或次序有误', en: 'Entries before it are missing or out of order' },
  chain: { zh: '与前一条不相连', en: 'It does not follow the entry before it' },
  hash: { zh: '校验值与内容不符', en: 'Its hash is not that of its content' },
  'time-backwards': { zh: '时间早于前一条', en: 'Its time is before that of the entry before it' },
  'body-unreadable': { zh: '内容无法读取', en: 'Its body cannot be read' },
  'not-canonical': { zh: '内容的写法不规范', en: 'Its body is not written in the one canonical way' },
  'not-begun': { zh: '账本不是以会议开始', en: 'The ledger does not begin with the sitting' },
  'own-signature': { zh: '不是主机所签', en: 'It is not signed by the coordinator' },
  'another-place': { zh: '签名时的位置不是这里', en: 'It was signed for another place in the ledger' },
  'another-sitting': { zh: '属于另一次会议', en: 'It belongs to another sitting' },
  'not-enrolled': { zh: '所称终端当时未登记', en: 'Its terminal was not enrolled then' },
  'terminal-signature': { zh: '不是所称终端所签', en: 'It is not signed by the terminal it names' },
  // The rules.
  'against-rules': { zh: '依规则不应接受', en: 'The rules refuse it' },
  'entered-twice': { zh: '同一消息已入账', en: 'The same message was entered before' },
  'wrongly-refused': {
    zh: '拒绝的理由不成立',
    en: 'It was refused for a reason that did not hold',
  },
  forbidden: { zh: '依规则当时不能这样做', en: 'The rules did not allow this act then' },
  'not-as-decided': {
    zh: '所载与依规则重新计算的不符',
    en: 'It does not say what the rules make of the entries before it',
  },
  'out-of-place': { zh: '这里应当是另一条', en: 'Another entry belongs here' },
  'before-time': { zh: '表决在时限之前结束', en: 'The vote was closed by time before its time was up' },
  'result-alone': { zh: '结果不在其表决之后', en: 'A result stands without the close it belongs to' },
  'begun-twice': { zh: '会议只能开始一次', en: 'A sitting begins once' },
  'roll-in-vote': { zh: '表决进行中更改了名册', en: 'The roll was changed while a vote was open' },
  'not-a-list': {
    zh: '不是候选项目清单，或写法不规范',
    en: 'It is no list of projects, or not in its one spelling',
  },
  'list-missing': { zh: '事项所载的候选项目清单不在账本中', en: 'The list that a motion names is not there' },
  'list-other': {
    zh: '事项的候选项目或名额与其清单不符',
    en: 'Candidates or places of a motion are not those of the list it names',
  },
  'motion-changed': { zh: '表决后更改了事项', en: 'A motion was changed after it was voted on' },
  'bad-enrolment': { zh: '此终端当时不能登记', en: 'This terminal could not be enrolled then' },
  'rejected-nothing': {
    zh: '所拒绝的不是进行中表决的密封票',
    en: 'What it rejects is no sealed ballot of an open vote',
  },
  'ballot-false': { zh: '密封票未通过验证，却被计入', en: 'A sealed ballot that does not hold was counted' },
  'ballot-holds': { zh: '有效的密封票被拒绝', en: 'A sealed ballot that holds was rejected' },
  'wrong-sum': { zh: '密封票之和有误', en: 'It is not the sum of the sealed ballots' },
  // Who did it.
  'not-on-staff': {
    zh: '所载的人当时不在工作人员名单上',
    en: 'Whoever it names was not on the list of staff then',
  },
  'another-name': { zh: '姓名与工作人员名单不符', en: 'The name is not the one on the list of staff' },
  'another-role': { zh: '此人当时没有所载的角色', en: 'The person had not that role then' },
  'not-their-act': { zh: '此角色无权进行此操作', en: 'This act is not one of that role' },
  'second-missing': { zh: '缺少第二人确认', en: 'No second person has confirmed it' },
  'second-same': { zh: '第二人与第一人是同一人', en: 'The second person is the first one' },
  'second-needless': { zh: '所载的第二人与此操作无关', en: 'It names a second person, and needs none' },
  'second-not-theirs': {
    zh: '第二人无权确认此操作',
    en: 'The second person has not the right to confirm it',
  },
  'file-later': {
    zh: '所载来自配置文件，但当时不在启动之中，须载明重新读取的人',
    en: 'It is said to come from the files, but not at a start: whoever had them read again is missing',
  },
  'no-scrutineer': {
    zh: '掌管密钥的人当时不是工作人员名单上的监票人',
    en: 'Whoever is to hold the key was no scrutineer on the list of staff then',
  },
  'act-unfinished': { zh: '账本在一个行为中途结束', en: 'The ledger ends in the middle of an act' },
  'vote-open': { zh: '仍有表决在进行', en: 'A vote is still open' },
} as const satisfies Record<string, { zh: string; en: string }>;
export type Problem = keyof typeof PROBLEMS;

type Words = { readonly zh: string; readonly en: string };

/** A problem and what it is about: a file, a name, or the rule that was broken. */
export interface Fault {
  readonly problem: Problem;
  readonly detail: Words | null;
}

export function fault(problem: Problem, detail: string | Words | null = null): Fault {
  return { problem, detail: typeof detail === 'string' ? { zh: detail, en: detail } : detail };
}

/** Why a message would be refused, as a detail. */
export const reasonWords = (reason: Reason): Words => ({
  zh: explain(reason, 'zh'),
  en: explain(reason, 'en'),
});

export const actWords = (refusal: ActRefusal): Words => ACT_REFUSALS[refusal];
