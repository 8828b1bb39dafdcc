import { z } from 'zod';
import { Id, PublicKey } from '../../shared/ids.ts';
import { CardNumber, RoundId } from '../../shared/messages.ts';
import { Tally } from '../../shared/tally.ts';

/** Why staff did it, in their own words; kept in the ledger. */
const Reason = z.string().trim().min(1).max(200);

/** What staff can do: the body of `POST /api/act`. Acts on a round name it, so that a second click does nothing. */
export const Act = z.discriminatedUnion('act', [
  // The chair.
  z.strictObject({ act: z.literal('open'), motion: Id, rehearsal: z.boolean() }),
  z.strictObject({ act: z.literal('close'), round: RoundId }),
  z.strictObject({ act: z.literal('announce'), round: RoundId }),
  z.strictObject({ act: z.literal('void'), round: RoundId, reason: Reason }),
  /** Makes the motion that decides a tie at the last place, or fills places left open, and calls it up next. */
  z.strictObject({ act: z.literal('follow-up'), round: RoundId }),
  /** A show of hands: counts entered for a motion. */
  z.strictObject({
    act: z.literal('by-hand'),
    motion: Id,
    tally: Tally,
    cast: z.number().int().nonnegative(),
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
  z.strictObject({ act: z.literal('enrol'), terminal: Id, key: PublicKey, seat: z.string().min(1).max(20) }),
  z.strictObject({ act: z.literal('remove-terminal'), terminal: Id }),
  /** A spare takes over the seat of a terminal that failed. */
  z.strictObject({ act: z.literal('replace-terminal'), terminal: Id, spare: Id, key: PublicKey }),
  z.strictObject({ act: z.literal('identify'), terminal: Id }),
  /** 每席自检 at one terminal, or at all that are connected. */
  z.strictObject({ act: z.literal('self-test'), terminal: Id.nullable(), on: z.boolean() }),
  /** Reads roll, agenda, terminals and hall files again. */
  z.strictObject({ act: z.literal('reload') }),
]);
export type Act = z.infer<typeof Act>;

/** Why an act makes no sense now, with one sentence for the person who tried. */
export const ACT_REFUSALS = {
  'unknown-motion': { zh: '议程中没有此事项', en: 'There is no such motion on the agenda' },
  'unknown-round': { zh: '没有这次表决', en: 'There is no such vote' },
  'unknown-deputy': { zh: '名册中没有此代表', en: 'There is no such deputy on the roll' },
  'unknown-card': { zh: '此卡未登记', en: 'This card is unknown' },
  'unknown-terminal': { zh: '没有此终端', en: 'There is no such terminal' },
  'vote-open': { zh: '另一项表决正在进行', en: 'Another vote is open' },
  'not-announced': {
    zh: '上一次表决的结果尚未宣布或作废',
    en: 'The last result has not been announced or voided',
  },
  'no-quorum': { zh: '出席人数未达法定人数，不能开始表决', en: 'There is no quorum; the vote cannot open' },
  'secret-not-supported': {
    zh: '本版本尚不支持无记名表决，不会以记名方式代替',
    en: 'Secret votes are not supported yet, and are never run as open ones',
  },
  'already-decided': {
    zh: '此事项已宣布结果；如需重新表决，请先作废',
    en: 'This motion has been decided; void its result before voting again',
  },
  'not-open': { zh: '这次表决不在进行中', en: 'This vote is not open' },
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
  'rehearsal-only': { zh: '试表决不产生正式结果', en: 'A rehearsal has no official result' },
} as const satisfies Record<string, { zh: string; en: string }>;
export type ActRefusal = keyof typeof ACT_REFUSALS;

/** The answer of `POST /api/act`. `detail` says which line of which file, where there is one. */
export const ActAnswer = z.discriminatedUnion('ok', [
  z.strictObject({ ok: z.literal(true) }),
  z.strictObject({
    ok: z.literal(false),
    reason: z.string(),
    text: z.strictObject({ zh: z.string(), en: z.string() }),
    detail: z.string().optional(),
  }),
]);
export type ActAnswer = z.infer<typeof ActAnswer>;
