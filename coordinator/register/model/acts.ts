import { z } from 'zod';
import { Year } from '../../../shared/projects/money.ts';
import { MOST_PROJECTS, Sheet } from '../../../shared/projects/sheet.ts';
import { HashHex, Id, words } from '../../../shared/protocol/ids.ts';
import type { Value } from '../../../shared/protocol/value.ts';
import { Channel, Opinion, Outcome, ProposalId } from './entries.ts';
import { HallResult } from './hall-result.ts';
import { WORK_ACTS } from './work/work-acts.ts';

const reason = z.string().trim().pipe(words(1, 1000));
const places = z.number().int().positive().max(MOST_PROJECTS);
const count = z.number().int().nonnegative();

/** What can be done in a register, as it is asked for. */
export const RegisterAct = z.discriminatedUnion('act', [
  z.strictObject({ act: z.literal('open-cycle'), cycle: Year, from: z.iso.date(), to: z.iso.date() }),
  /** `proposal`, `words` and `proposer` are made by the program, which keeps beside the chain what they stand for. */
  z.strictObject({
    act: z.literal('propose'),
    proposal: ProposalId,
    cycle: Year,
    channel: Channel,
    words: HashHex,
    proposer: HashHex.nullable(),
    attachments: z.array(HashHex).max(20),
  }),
  z.strictObject({
    act: z.literal('clear-wording'),
    proposal: ProposalId,
    title: words(1, 200),
    text: words(1, 4000),
  }),
  z.strictObject({ act: z.literal('classify'), proposal: ProposalId, category: Id, area: Id.nullable() }),
  z.strictObject({ act: z.literal('second'), proposal: ProposalId }),
  z.strictObject({ act: z.literal('opine'), proposal: ProposalId, opinion: Opinion }),
  z.strictObject({ act: z.literal('draft-decision'), proposal: ProposalId, outcome: Outcome.nullable() }),
  /** `drafts`: the hash of the drafted answers that the person saw; of others they have seen nothing. */
  z.strictObject({ act: z.literal('release'), cycle: Year, drafts: HashHex }),
  z.strictObject({ act: z.literal('erase'), proposal: ProposalId, reason }),
  z.strictObject({ act: z.literal('draft-project'), project: Id, cycle: Year, sheet: Sheet }),
  /** `read`: the hash of the sheet that whoever changes it had before them; of another they have seen nothing yet. */
  z.strictObject({ act: z.literal('change-project'), project: Id, read: HashHex, sheet: Sheet }),
  z.strictObject({ act: z.literal('drop-project'), project: Id, reason }),
  z.strictObject({ act: z.literal('name-candidate'), project: Id }),
  z.strictObject({ act: z.literal('withdraw-candidate'), project: Id, reason }),
  z.strictObject({
    act: z.literal('submit-list'),
    cycle: Year,
    places,
    projects: z.array(Id).min(1).max(MOST_PROJECTS),
  }),
  /** The hash names exactly the list that both persons have read. */
  z.strictObject({ act: z.literal('freeze-list'), cycle: Year, list: HashHex }),
  z.strictObject({ act: z.literal('withdraw-list'), cycle: Year, list: HashHex, reason }),
  /** What the verifier found in a hall's bundle; nobody types it. */
  z.strictObject({ act: z.literal('enter-result'), cycle: Year, result: HallResult }),
  z.strictObject({
    act: z.literal('enter-paper-result'),
    cycle: Year,
    list: HashHex,
    roll: count.positive(),
    present: count,
    cast: count,
    votes: z
      .array(z.strictObject({ project: Id, votes: count }))
      .min(1)
      .max(MOST_PROJECTS),
    chosen: z.array(Id).max(MOST_PROJECTS),
    sheet: HashHex,
    reason,
  }),
  ...WORK_ACTS,
]);
export type RegisterAct = Value<typeof RegisterAct>;
