import type { Language } from '../../../shared/protocol/ids.ts';
import { label, TERMS } from '../../../shared/terms.ts';

/** Who holds the key of secret votes, and the scrutineers, on the operator's page. */

const zh = {
  noSecrecy: 'hall.yaml 未写明无记名表决的密钥由谁保管（secrecy），因此不能进行无记名表决',
  ownKey: '无记名表决的密钥由主机保管：保密只取决于这台主机。需要更强的保密，请在 hall.yaml 中列出监票人',
  secrecyHint: (threshold: number, all: number) =>
    `无记名表决的密钥由 ${all} 位监票人各自生成；任意 ${threshold} 位到场才能解密总票数，主机没有密钥。`,
  keyMade: '密钥已生成，公钥开头：',
  keyDue: '密钥尚未生成，不能开始无记名表决。请监票人用各自的入场码打开监票页。',
  scrutineer: label(TERMS.scrutineer, 'zh'),
  keySteps: '密钥步骤',
  keyReady: '已生成',
  entryCode: '入场码',
  showCodes: '显示入场码',
  hideCodes: '隐藏入场码',
  renewCode: '更换',
  codeRenewed: '已更换入场码，旧的不再有效',
  codeFailed: '未能更换，请重试',
  codesHint: '入场码请抄在纸上当面交给本人，不要发送。入场码只用来打开监票页，打不开任何票。',
  newCeremony: '重新生成密钥',
  newCeremonyExplains:
    '从头生成密钥，全体监票人须重新参加。用于监票人丢失密钥又没有备份、或有人提交了不实材料。已公布的结果不受影响。',
  newCeremonyDone: '请全体监票人重新打开监票页',
};

const en: typeof zh = {
  noSecrecy: 'hall.yaml does not say who holds the key of secret votes (secrecy), so there can be none',
  ownKey:
    'The coordinator holds the key of secret votes: secrecy rests on this machine alone. For more, name scrutineers in hall.yaml',
  secrecyHint: (threshold, all) =>
    `The key of secret votes is made by ${all} scrutineers on their own devices; any ${threshold} of them open the sum. The coordinator has none.`,
  keyMade: 'The key is made; it begins with',
  keyDue:
    'There is no key yet, so no secret vote can open. Scrutineers open their page with their entry codes.',
  scrutineer: label(TERMS.scrutineer, 'en'),
  keySteps: 'Steps of the key',
  keyReady: 'made',
  entryCode: 'Entry code',
  showCodes: 'Show the codes',
  hideCodes: 'Hide the codes',
  renewCode: 'Replace',
  codeRenewed: 'The code is replaced; the old one is void',
  codeFailed: 'It could not be replaced; try again',
  codesHint: 'Hand codes over on paper, in person. A code opens the scrutineers’ page and no ballot.',
  newCeremony: 'Make the key anew',
  newCeremonyExplains:
    'The key is made from the start, with all scrutineers: where somebody lost theirs without a back-up, or contributed something false. Announced results stand.',
  newCeremonyDone: 'All scrutineers open their page again',
};

export const secrecyWords: Record<Language, typeof zh> = { zh, en };
