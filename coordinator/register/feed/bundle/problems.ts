/** Everything that can be wrong with a register's bundle beside its feed, one sentence each. */
export const REGISTER_PROBLEMS = {
  'not-a-bundle': {
    zh: '这不是项目库存证包，或文件不完整',
    en: 'This is no bundle of a register, or not all of one',
  },
  'too-large': { zh: '文件过大，不可能是存证包', en: 'The file is too large to be a bundle' },
  altered: {
    zh: '存证包的封装被改动或损坏',
    en: 'The archive is not, byte for byte, the one its files make',
  },
  'another-key': { zh: '存证包由另一项目库签名', en: 'The bundle is signed by another register' },
  'manifest-unreadable': { zh: '清单无法读取', en: 'The manifest cannot be read' },
  'manifest-signature': { zh: '清单不是这一项目库所签', en: 'The manifest is not signed by this register' },
  'manifest-other': { zh: '清单属于另一台账', en: 'The manifest is of another feed' },
  'manifest-file': { zh: '文件与清单所载不符', en: 'A file is not the one the manifest names' },
  'not-a-list': {
    zh: '不是候选项目清单，或写法不规范，或校验值不符',
    en: 'It is no list of projects, not in its one spelling, or not the one its name says',
  },
  'list-missing': { zh: '所载的候选项目清单不在存证包中', en: 'The list that it names is not in the bundle' },
  'list-other': {
    zh: '候选项目清单与台账不符',
    en: 'The list is not what the entries before it make',
  },
  'list-needless': { zh: '没有条目载有这一清单', en: 'No entry names this list' },
  'attachment-other': { zh: '附件与其校验值不符', en: 'An attachment is not the one its name says' },
  'attachment-needless': { zh: '没有条目载有这一附件', en: 'No entry names this attachment' },
  'derived-file': { zh: '文件内容与台账不符', en: 'A file does not say what the entries say' },
  'not-their-act': { zh: '此角色无权进行此操作', en: 'This act is not one of that role' },
  'second-missing': {
    zh: '缺少有权确认的第二人',
    en: 'No second person who may confirm it has done so',
  },
  forbidden: { zh: '依规则当时不能这样做', en: 'The rules did not allow this then' },
  'document-unreadable': {
    zh: '公布的文件无法读取，或写法不规范',
    en: 'The text of a published document cannot be read, or is not in its one spelling',
  },
  'document-other': {
    zh: '公布的文件与条目所载不符',
    en: 'A published document does not say what its entry says',
  },
  'document-head': {
    zh: '公布的文件所称的台账末条或日期，当时并非如此',
    en: 'A published document names another end of the ledger, or another day, than there was',
  },
  'document-figures': {
    zh: '公布的文件所载与当时台账计算的不符',
    en: 'A published document does not say what the ledger said',
  },
  checkpoint: { zh: '所载的末条不是前一条', en: 'It does not state the entry before it' },
  witness: {
    zh: '所见证的下级项目库不是在原来之后',
    en: 'What it witnesses of a register beneath does not come after what was witnessed before',
  },
  'hall-broken': { zh: '会场存证包核验不通过', en: 'The hall’s bundle does not verify' },
  'hall-unknown': {
    zh: '台账中没有依据此会场存证包的结果',
    en: 'No result was taken from this bundle of a hall',
  },
  'hall-other': {
    zh: '会场存证包证明的结果与台账所载不符',
    en: 'What the hall’s bundle proves is not the result that was entered',
  },
} as const satisfies Record<string, { zh: string; en: string }>;
export type RegisterProblem = keyof typeof REGISTER_PROBLEMS;

/** The first thing found wrong: at an entry of the feed or, where `seq` is null, in the bundle as such. */
export interface RegisterFault {
  readonly problem: string;
  readonly seq: number | null;
  readonly text: { readonly zh: string; readonly en: string };
}

/** The fault with its sentence. @param detail a file, a name, or the rule that was broken. */
export function registerFault(
  problem: RegisterProblem,
  seq: number | null = null,
  detail: string | { readonly zh: string; readonly en: string } = '',
): RegisterFault {
  const { zh, en } = REGISTER_PROBLEMS[problem];
  const about = typeof detail === 'string' ? { zh: detail, en: detail } : detail;
  return {
    problem,
    seq,
    text: {
      zh: `${seq === null ? '' : `第 ${seq} 条：`}${zh}${about.zh && `（${about.zh}）`}`,
      en: `${seq === null ? '' : `Entry ${seq}: `}${en}${about.en && ` (${about.en})`}`,
    },
  };
}
