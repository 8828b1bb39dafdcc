import type { Language } from '../../../shared/protocol/ids.ts';
import { label, TERMS } from '../../../shared/terms.ts';

/** Who holds the key of secret votes, and the scrutineers, on the operator's page. */

const zh = {
  noSecrecy: 'hall.yaml 未写明无记名表决的密钥由谁保管（secrecy），因此不能进行无记名表决',
  ownKey: '无记名表决的密钥由主机保管：保密只取决于这台主机。需要更强的保密，请在 hall.yaml 中列出监票人',
  secrecyHint: (threshold: number, all: number) =>
    `无记名表决的密钥由 ${all} 位监票人各自生成；任意 ${threshold} 位到场才能解密总票数，主机没有密钥。`,
  keyMade: '密钥已生成，公钥开头：',
  keyDue: '密钥尚未生成，不能开始无记名表决。请监票人登录监票页。',
  scrutineer: label(TERMS.scrutineer, 'zh'),
  keySteps: '密钥步骤',
  keyReady: '已生成',
};

const en: typeof zh = {
  noSecrecy: 'hall.yaml does not say who holds the key of secret votes (secrecy), so there can be none',
  ownKey:
    'The coordinator holds the key of secret votes: secrecy rests on this machine alone. For more, name scrutineers in hall.yaml',
  secrecyHint: (threshold, all) =>
    `The key of secret votes is made by ${all} scrutineers on their own devices; any ${threshold} of them open the sum. The coordinator has none.`,
  keyMade: 'The key is made; it begins with',
  keyDue: 'There is no key yet, so no secret vote can open. Scrutineers sign in at their page.',
  scrutineer: label(TERMS.scrutineer, 'en'),
  keySteps: 'Steps of the key',
  keyReady: 'made',
};

export const secrecyWords: Record<Language, typeof zh> = { zh, en };
