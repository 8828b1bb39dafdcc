import { z } from 'zod';
import type { Value } from '../../../shared/protocol/value.ts';
import { faultCode } from '../../process/fault.ts';
import type { RegisterFault } from '../feed/bundle/problems.ts';
import { FEED_FAULTS, type FeedFault } from '../feed/faults.ts';

/** What can be wrong with a register beneath beside its feed's lines, one sentence each. */
const PULL_FAULTS = {
  unreachable: { zh: '连接不上', en: 'It cannot be reached' },
  'no-folder': { zh: '文件夹不在（U 盘未插入？）', en: 'The folder is not there; perhaps the stick is not' },
  'no-feed': { zh: '那里没有它的台账', en: 'Its feed is not there' },
  'led-elsewhere': { zh: '地址指向别处，未予跟随', en: 'The address leads elsewhere, where nobody follows' },
  'too-large': { zh: '文件过大，已停止读取', en: 'A file is too large; reading was given up' },
  'too-slow': { zh: '太慢，已停止读取', en: 'It is too slow; reading was given up' },
  'head-unreadable': { zh: '签名的末条无法读取', en: 'Its signed end cannot be read' },
  'another-key': { zh: '由另一密钥签名', en: 'It is signed with another key than the one that is expected' },
  'another-register': { zh: '是另一项目库的台账', en: 'It is the feed of another register' },
  'another-level': { zh: '所称的级别与配置不符', en: 'It says to be of another level than is expected' },
  'cut-off': {
    zh: '台账比以前看到的短：可能是旧的副本',
    en: 'Its feed ends before what was seen already: it may be an old copy',
  },
  forked: FEED_FAULTS.forked,
  unfinished: {
    zh: '文件不全，缺少末尾的条目',
    en: 'Not all files are there: the last entries are missing',
  },
  'list-missing': { zh: '缺少候选项目清单', en: 'A list of projects is not there' },
  'list-other': {
    zh: '候选项目清单与台账不符',
    en: 'A list of projects is not the one that the feed names',
  },
  'not-kept': { zh: '读到的内容未能写入本机磁盘', en: 'What was read could not be written to this disk' },
  elsewhere: { zh: '另一程序正在读取', en: 'Another program is reading it' },
} as const satisfies Record<string, { zh: string; en: string }>;
type PullProblem = keyof typeof PULL_FAULTS;

/** What was wrong when a register beneath was read. `seq`: at which of its entries. */
export const PullFault = z.strictObject({
  problem: z.string(),
  seq: z.number().nullable(),
  text: z.strictObject({ zh: z.string(), en: z.string() }),
});
export type PullFault = Value<typeof PullFault>;

/** The fault with its sentence. @param detail what the machine says of it: a code. */
export function pullFault(problem: PullProblem, seq: number | null = null, detail = ''): PullFault {
  const { zh, en } = PULL_FAULTS[problem];
  const [before, after] = seq === null ? ['', ''] : [`第 ${seq} 条：`, `Entry ${seq}: `];
  const more = detail === '' ? ['', ''] : [`（${detail}）`, ` (${detail})`];
  return { problem, seq, text: { zh: `${before}${zh}${more[0]}`, en: `${after}${en}${more[1]}` } };
}

/** What the feed's reader, or the rulebook, has against an entry. */
export const faultOf = ({ problem, seq, text }: FeedFault | RegisterFault): PullFault => ({
  problem,
  seq,
  text: { zh: text.zh, en: text.en },
});

/** What ended a pull that nobody had foreseen: the disk that it is kept on, or whatever it was. */
export function unforeseen(error: unknown): PullFault {
  const code = faultCode(error);
  return code === null ? pullFault('unreachable') : pullFault('not-kept', null, code);
}

/** Ends a pull; what was read before stays read. */
export class PullEnds extends Error {
  readonly fault: PullFault;

  constructor(fault: PullFault) {
    super(fault.text.en);
    this.fault = fault;
  }
}
