import type { Language } from './ids.ts';

/** Every way a message from a seat can be refused, with one sentence for the person in front of it. */
export const REASONS = {
  // What arrived is no message of ours.
  malformed: { zh: '消息格式有误', en: 'The message is malformed' },
  oversized: { zh: '消息过长', en: 'The message is too long' },
  'unknown-version': {
    zh: '消息版本不受支持，请更新终端程序',
    en: 'The message version is unknown; update the terminal',
  },
  'wrong-signature': { zh: '签名无效', en: 'The signature is not valid' },
  'wrong-key': { zh: '终端密钥与登记的不符', en: 'The terminal’s key is not the enrolled one' },
  'not-enrolled': { zh: '终端尚未登记，请联系会务', en: 'The terminal is not enrolled; ask the operator' },
  'another-terminal': { zh: '消息来自另一终端', en: 'The message belongs to another terminal' },
  'another-sitting': { zh: '消息属于另一次会议', en: 'The message belongs to another sitting' },
  'another-coordinator': { zh: '连接凭证是给另一台主机的', en: 'The proof is meant for another coordinator' },
  'old-proof': { zh: '连接凭证已用过', en: 'The proof of connection was used before' },
  'wrong-certificate': {
    zh: '终端证书无效',
    en: 'The terminal’s certificate is not valid here',
  },
  'not-allowed': { zh: '越权的读写', en: 'Reading or writing that is not allowed' },
  replayed: { zh: '重复的消息', en: 'The message came before' },
  'too-many': { zh: '消息过于频繁', en: 'Too many messages' },
  // Check-in.
  'unknown-card': { zh: '此卡未登记，请联系会务', en: 'This card is unknown; ask the operator' },
  'lost-card': { zh: '此卡已挂失，请联系会务', en: 'This card was reported lost; ask the operator' },
  'cancelled-card': { zh: '此卡已注销，请联系会务', en: 'This card was cancelled; ask the operator' },
  'card-kind-not-accepted': {
    zh: '本会场不接受此类卡，请联系会务',
    en: 'This hall does not accept cards of this kind; ask the operator',
  },
  'card-proof-missing': {
    zh: '未读到此卡的验证信息，请再刷一次',
    en: 'The card’s one-time message was not read; tap again',
  },
  'wrong-card-proof': {
    zh: '此卡未通过验证，请联系会务',
    en: 'The card could not prove that it is genuine; ask the operator',
  },
  'replayed-tap': {
    zh: '此次刷卡信息已用过，请再刷一次',
    en: 'This tap was used before; tap again',
  },
  'another-seat': { zh: '请到您本人的席位签到', en: 'Please check in at your own seat' },
  'seat-taken': { zh: '此席位已有代表签到', en: 'Another deputy has checked in at this seat' },
  'checked-in-elsewhere': { zh: '您已在另一席位签到', en: 'You have checked in at another seat' },
  // Ballots.
  'not-checked-in': { zh: '尚未签到，不能表决', en: 'Check in before voting' },
  'another-deputy': { zh: '此席位签到的是另一位代表', en: 'Another deputy is checked in at this seat' },
  'not-on-frozen-roll': {
    zh: '表决开始时您尚未签到，请从下一项起表决',
    en: 'You came after the vote opened; vote from the next motion on',
  },
  'too-early': { zh: '表决尚未开始', en: 'The vote has not opened yet' },
  'too-late': { zh: '表决已结束，未计入', en: 'The vote has closed; this was not counted' },
  'on-hold': {
    zh: '表决暂停，继续后自动再次送出',
    en: 'The vote is on hold; the ballot is sent again when it goes on',
  },
  'another-round': { zh: '表决票属于另一次表决', en: 'The ballot belongs to another vote' },
  'already-voted': { zh: '您已表决，首次按键有效', en: 'You have voted; the first press counts' },
  'older-press': { zh: '已有更新的按键', en: 'A later press has been counted already' },
  'choice-of-another-kind': { zh: '表决票与事项不符', en: 'The ballot does not fit the motion' },
  'unknown-candidate': { zh: '表决票含未知候选项', en: 'The ballot names an unknown candidate' },
  'candidate-twice': { zh: '同一候选项重复', en: 'The ballot names a candidate twice' },
  'too-many-candidates': { zh: '所选超过应选名额', en: 'More candidates are chosen than there are places' },
  // Secret votes.
  'credential-in-use': {
    zh: '表决凭证已登记在他人名下，请联系会务',
    en: 'The credential is registered for another deputy; ask the operator',
  },
  'wrong-credential-proof': {
    zh: '表决凭证未通过验证，请联系会务',
    en: 'The terminal could not prove that it holds the credential; ask the operator',
  },
  'wrong-credential': {
    zh: '密封票的表决凭证与登记的不符，请重新表决',
    en: 'The sealed ballot’s credential is not the one on record; vote again',
  },
  'voted-elsewhere': {
    zh: '您在本次表决中已在另一终端投票，以该票为准',
    en: 'You have voted from another terminal in this vote; that ballot counts',
  },
  'sealed-malformed': { zh: '密封票格式有误，请重新表决', en: 'The sealed ballot is malformed; vote again' },
  'sealed-for-another-vote': {
    zh: '密封票属于另一次表决，请重新表决',
    en: 'The sealed ballot belongs to another vote; vote again',
  },
  'sealed-without-proof': {
    zh: '密封票未通过验证，请重新表决',
    en: 'The sealed ballot’s proofs do not hold; vote again',
  },
  'sealed-copied': { zh: '同一密封票不能投两次', en: 'The same sealed ballot cannot be cast twice' },
  'opened-for-audit': {
    zh: '此票已公开检验，不能再投',
    en: 'This ballot was opened for audit and cannot be cast',
  },
  'too-many-ballots': {
    zh: '本次表决改投次数已达上限，以您最近计入的一票为准',
    en: 'No more ballots in this vote; the last one counted stands',
  },
  'too-many-audits': {
    zh: '本次表决检验次数已达上限，请直接表决',
    en: 'No more audits in this vote; please vote',
  },
  'grade-not-offered': { zh: '本事项不设此评价', en: 'This grade is not offered' },
} as const satisfies Record<string, { zh: string; en: string }>;

export type Reason = keyof typeof REASONS;

export const REASON_CODES = Object.keys(REASONS).filter((key): key is Reason => key in REASONS);

/** The sentence for `reason` in `language`. */
export function explain(reason: Reason, language: Language): string {
  return REASONS[reason][language];
}
