import { z } from 'zod';
import { Tally } from '../../shared/kinds/kinds.ts';
import { Id, PublicKey, words } from '../../shared/protocol/ids.ts';
import { CardNumber, RoundId } from '../../shared/protocol/messages.ts';
import type { Value } from '../../shared/protocol/value.ts';
import { Extension } from '../sitting/extension.ts';
import { CeremonyStep } from '../sitting/secrecy.ts';
import { TerminalOrder } from '../sitting/terminal-order.ts';

const Decimal = z.string().regex(/^(0|[1-9]\d{0,77})$/);

/** Why staff did it, in their own words; kept in the ledger. */
const Reason = z.string().trim().pipe(words(1, 200));

/** The counts of a show of hands. */
export const HandEntry = z.strictObject({ tally: Tally, cast: z.number().int().nonnegative() });
export type HandEntry = Value<typeof HandEntry>;

/** What staff can do: the body of `POST /api/act`. Acts on a round name it, so that a second click does nothing. */
export const Act = z.discriminatedUnion('act', [
  // The chair.
  z.strictObject({ act: z.literal('open'), motion: Id, rehearsal: z.boolean() }),
  z.strictObject({ act: z.literal('close'), round: RoundId }),
  /** The open vote stands still (暂停), its clock too, until it is resumed. */
  z.strictObject({ act: z.literal('hold'), round: RoundId, reason: Reason }),
  z.strictObject({ act: z.literal('resume'), round: RoundId }),
  /** A timed vote closes so many seconds later (延长). */
  z.strictObject({ act: z.literal('extend'), round: RoundId, seconds: Extension }),
  z.strictObject({ act: z.literal('announce'), round: RoundId }),
  z.strictObject({ act: z.literal('void'), round: RoundId, reason: Reason }),
  /** Makes the motion that decides a tie at the last place, or fills places left open, and calls it up next. */
  z.strictObject({ act: z.literal('follow-up'), round: RoundId }),
  /** A show of hands: counts entered for a motion. */
  z.strictObject({
    act: z.literal('by-hand'),
    motion: Id,
    ...HandEntry.shape,
    reason: Reason,
  }),
  /** Takes the announced or voided round off the hall's display. */
  z.strictObject({ act: z.literal('clear') }),
  // The operator.
  z.strictObject({ act: z.literal('check-in'), deputy: Id, reason: Reason }),
  z.strictObject({ act: z.literal('leave'), deputy: Id, reason: Reason }),
  z.strictObject({ act: z.literal('issue-card'), deputy: Id, card: CardNumber }),
  z.strictObject({
    act: z.literal('mark-card'),
    card: CardNumber,
    status: z.enum(['active', 'lost', 'cancelled']),
  }),
  z.strictObject({ act: z.literal('enrol'), terminal: Id, key: PublicKey, seat: words(1, 20) }),
  z.strictObject({ act: z.literal('remove-terminal'), terminal: Id }),
  /** A spare takes over the seat of a terminal that failed. */
  z.strictObject({ act: z.literal('replace-terminal'), terminal: Id, spare: Id, key: PublicKey }),
  ...TerminalOrder.options,
  /** The scrutineers make their key anew, from the start. */
  z.strictObject({ act: z.literal('new-ceremony'), reason: Reason }),
  /** Reads roll, agenda, terminals and hall files again. */
  z.strictObject({ act: z.literal('reload') }),
]);
export type Act = Value<typeof Act>;

/** What a scrutineer can do: the body of `POST /api/scrutineer/act`. Who it is, the session says. */
export const ScrutineerAct = z.discriminatedUnion('act', [
  z.strictObject({ act: z.literal('ceremony-step'), step: CeremonyStep, text: z.string().max(2_000_000) }),
  z.strictObject({ act: z.literal('share'), round: RoundId, share: z.string().max(2_000_000) }),
  z.strictObject({
    act: z.literal('sign-result'),
    round: RoundId,
    signature: z.strictObject({ challenge: Decimal, response: Decimal }),
  }),
]);
export type ScrutineerAct = Value<typeof ScrutineerAct>;

/** Why an act makes no sense now, with one sentence for the person who tried. */
export const ACT_REFUSALS = {
  'not-allowed': { zh: '您的角色不能进行此操作', en: 'Your role may not do this' },
  'second-person': {
    zh: '此操作须由另一有权的人确认',
    en: 'Another person, whose role may, has to confirm this',
  },
  'no-second-person': {
    zh: '此操作须由另一人确认，而工作人员名单上没有能确认的人',
    en: 'Another person has to confirm this, and nobody on the list of staff may',
  },
  'not-needed': { zh: '此操作不需要第二人确认', en: 'This needs no second person' },
  'too-many-waiting': {
    zh: '您待确认的操作太多，请先撤回或等待',
    en: 'Too many of your acts are waiting; take one back, or wait',
  },
  'not-waiting': {
    zh: '此操作已确认、撤回或超过两分钟；如需要请重新提出',
    en: 'This was confirmed or taken back, or is older than two minutes; propose it again if it is wanted',
  },
  'same-person': { zh: '须由另一人确认', en: 'Another person must confirm this' },
  'entries-differ': {
    zh: '两人录入的票数不一致，均未采用；请核对后重新录入',
    en: 'The two entries differ and neither was taken; look again, and enter both anew',
  },
  'ground-changed': {
    zh: '提出之后，这次表决或事项已有变化，未执行；请核对后重新提出',
    en: 'The vote or the motion has changed since this was proposed; nothing was done. Look again, and propose it anew if it is still wanted',
  },
  'files-replaced': {
    zh: '提出之后，会场文件又有改动，未读取；请重新提出',
    en: 'The hall’s files were changed again since this was proposed; nothing was read. Propose it anew',
  },
  'unknown-motion': { zh: '议程中没有此事项', en: 'There is no such motion on the agenda' },
  'unknown-round': { zh: '没有这次表决', en: 'There is no such vote' },
  'unknown-deputy': { zh: '名册中没有此代表', en: 'There is no such deputy on the roll' },
  'unknown-card': { zh: '此卡未登记', en: 'This card is unknown' },
  'unknown-terminal': { zh: '没有此终端', en: 'There is no such terminal' },
  'no-update': {
    zh: '主机上没有这个版本的更新包，或已换成另一个',
    en: 'This version is not on offer, or another one is by now',
  },
  'no-rollout': { zh: '没有正在进行的更新', en: 'No update is under way' },
  'vote-open': { zh: '另一项表决正在进行', en: 'Another vote is open' },
  'not-announced': {
    zh: '上一次表决的结果尚未宣布或作废',
    en: 'The last result has not been announced or voided',
  },
  'no-quorum': { zh: '出席人数未达法定人数，不能开始表决', en: 'There is no quorum; the vote cannot open' },
  'no-secrecy': {
    zh: 'hall.yaml 未写明无记名表决的密钥由谁保管（secrecy）',
    en: 'hall.yaml does not say who holds the key of secret votes (secrecy)',
  },
  'no-election-key': {
    zh: '监票人的密钥尚未生成，不能开始无记名表决',
    en: 'The scrutineers have not made their key yet; a secret vote cannot open',
  },
  'election-key-unusable': {
    zh: '主机的无记名表决密钥文件（election.key）不可用，无法解密，不能开始；请从副本恢复',
    en: 'The coordinator’s key of secret votes (election.key) cannot be used, so nothing could be decrypted; put it back from the copy',
  },
  'no-ceremony': { zh: '本会场的密钥由主机保管', en: 'In this hall the coordinator holds the key' },
  'key-set-already': { zh: '密钥已经生成', en: 'The key has been made already' },
  'not-your-turn': {
    zh: '还不到这一步，请等其他监票人',
    en: 'It is not time for this step; wait for the other scrutineers',
  },
  'contributed-already': { zh: '这一步已经完成', en: 'You have done this step already' },
  'bad-contribution': {
    zh: '提交的密钥材料未通过验证',
    en: 'The contribution to the key does not hold',
  },
  'secret-vote-unsettled': {
    zh: '有无记名表决尚未解密；请先解密或作废',
    en: 'A secret vote has not been decrypted; decrypt or void it first',
  },
  'not-secret': { zh: '这次表决不是无记名表决', en: 'This is not a secret vote' },
  'not-decrypted': {
    zh: '结果尚未解密，等待监票人',
    en: 'The result has not been decrypted; the scrutineers are awaited',
  },
  'share-not-needed': { zh: '现在不需要解密', en: 'No decryption is due now' },
  'share-given': { zh: '您已解密', en: 'You have decrypted already' },
  'wrong-sum': { zh: '密封票之和无法读取', en: 'The sum of the sealed ballots cannot be read' },
  'wrong-share': {
    zh: '解密结果未通过验证：所用密钥与本次会议的不符',
    en: 'The share of the decryption does not hold: it was made with another key',
  },
  'signed-already': { zh: '您已签字', en: 'You have signed already' },
  'wrong-result-signature': { zh: '签字未通过验证', en: 'The signature does not hold' },
  'already-decided': {
    zh: '此事项已宣布结果；如需重新表决，请先作废',
    en: 'This motion has been decided; void its result before voting again',
  },
  'not-open': { zh: '这次表决不在进行中', en: 'This vote is not open' },
  'on-hold': { zh: '这次表决已暂停，请先继续', en: 'This vote is on hold; resume it first' },
  'just-resumed': {
    zh: '表决刚刚继续，席位保留的票正在送达：继续满 5 秒后才能结束',
    en: 'This vote has just gone on and ballots kept at the seats are arriving: close it five seconds after it went on',
  },
  'not-on-hold': { zh: '这次表决未暂停', en: 'This vote is not on hold' },
  'no-deadline': {
    zh: '这次表决不限时，由主持人结束',
    en: 'This vote has no time limit; the chair closes it',
  },
  'proofs-unavailable': {
    zh: '密封票的证明暂时无法核验，表决状态未变，操作未执行；请稍后重试',
    en: 'The proofs of the sealed ballots cannot be checked now; the vote stays as it was. Try again in a moment',
  },
  'not-closed': {
    zh: '这次表决尚未结束，或已经宣布',
    en: 'This vote has not closed, or was announced already',
  },
  'already-void': { zh: '这次表决已作废', en: 'This vote is void already' },
  'nothing-to-follow': { zh: '没有末位同票或空缺名额', en: 'There is no tie and no open place' },
  'tally-mismatch': {
    zh: '所录票数与事项或出席人数不符',
    en: 'The counts do not fit the motion or the attendance',
  },
  'already-present': { zh: '该代表已签到', en: 'The deputy is present already' },
  'not-present': { zh: '该代表未签到', en: 'The deputy is not present' },
  'card-in-use': { zh: '此卡已发给他人', en: 'The card belongs to another deputy' },
  'terminal-enrolled': {
    zh: '该终端已登记；请先移除原登记',
    en: 'The terminal is enrolled already; remove it first',
  },
  'seat-in-use': { zh: '该席位已有终端', en: 'The seat has a terminal already' },
  'key-in-use': { zh: '该密钥已登记于另一终端', en: 'The key is enrolled for another terminal' },
  'bad-key': { zh: '密钥不可接受', en: 'The key is not acceptable' },
  'files-wrong': { zh: '配置文件有误', en: 'The files have a mistake' },
  'motion-voted': { zh: '已表决的事项不能修改', en: 'A motion that was voted on cannot change' },
  'motion-twice': {
    zh: '议程中已有此编号的事项，请换一个编号',
    en: 'There is a motion of this id already; give the new one another',
  },
  'staff-changed': {
    zh: 'hall.yaml 中的工作人员或权限已更改，须先由管理员重新读取',
    en: 'hall.yaml has another list of staff or other rights; the administrator reads it again first',
  },
  'scrutineer-not-on-staff': {
    zh: '掌管密钥的监票人不在工作人员名单上，或其中没有监票人角色；请管理员先重新读取名单',
    en: 'Whoever is to hold the key is not on the list of staff as a scrutineer; the administrator reads that list first',
  },
  'rehearsal-only': { zh: '试表决不产生正式结果', en: 'A rehearsal has no official result' },
} as const satisfies Record<string, { zh: string; en: string }>;
export type ActRefusal = keyof typeof ACT_REFUSALS;

/** The answer of `POST /api/act`. `detail` says which line of which file, where there is one. */
export const ActAnswer = z.discriminatedUnion('ok', [
  /** `waiting`: it needs another person, and waits for them so many ms. */
  z.strictObject({
    ok: z.literal(true),
    waiting: z.strictObject({ id: z.string(), left: z.number() }).optional(),
  }),
  z.strictObject({
    ok: z.literal(false),
    reason: z.string(),
    text: z.strictObject({ zh: z.string(), en: z.string() }),
    detail: z.string().optional(),
  }),
]);
export type ActAnswer = Value<typeof ActAnswer>;
