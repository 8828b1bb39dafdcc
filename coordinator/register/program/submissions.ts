import type { RandomBytes } from '../../../shared/protocol/ids.ts';
import type { AttachmentStore } from '../attachments/attachment-store.ts';
import { drawProposalId } from '../beside/proposal-id.ts';
import type { SideStore } from '../beside/side-store.ts';
import type { Who } from '../model/person.ts';
import { REGISTER_REFUSALS, type RegisterRefusal } from '../model/refusals.ts';
import type { Proposal } from '../model/state.ts';
import type { Proposer, Wording } from '../model/wording.ts';
import type { RegisterActs } from './register-acts.ts';
import type { RegisterChronicle } from './register-chronicle.ts';

/** A proposal as it is sent. */
export interface Submission {
  readonly cycle: number;
  readonly channel: Proposal['channel'];
  readonly wording: Wording;
  readonly proposer: Proposer | null;
  /** Hashes of files that were taken in before. */
  readonly attachments: readonly string[];
}

export type Submitted =
  | { readonly is: 'received'; readonly proposal: string; readonly code: string }
  | { readonly is: 'refused'; readonly reason: RegisterRefusal };

export interface SubmissionsParts {
  readonly chronicle: RegisterChronicle;
  readonly acts: RegisterActs;
  readonly beside: SideStore;
  readonly attachments: Pick<AttachmentStore, 'has'>;
  readonly random: RandomBytes;
}

/** Takes proposals in: their words beside the chain first, then the chain, then the receipt. */
export class Submissions {
  readonly #parts: SubmissionsParts;

  constructor(parts: SubmissionsParts) {
    this.#parts = parts;
  }

  /** @param who null: somebody without an account. @throws where it cannot be written; then nothing is acknowledged. */
  submit(sent: Submission, who: Who | null): Submitted {
    const { chronicle, random } = this.#parts;
    const proposal = drawProposalId(sent.cycle, (id) => chronicle.state.proposals.has(id), random);
    return this.enter({ ...sent, proposal }, who);
  }

  /** The same under a number that was drawn before, and printed. @throws as `submit` */
  enter(
    { proposal, cycle, channel, wording, proposer, attachments }: Submission & { readonly proposal: string },
    who: Who | null,
  ): Submitted {
    const { chronicle, acts, beside, random } = this.#parts;
    // What is kept of another is not touched.
    if (chronicle.state.proposals.has(proposal)) return { is: 'refused', reason: 'proposal-twice' };
    if (!attachments.every((hash) => this.#parts.attachments.has(hash)))
      return { is: 'refused', reason: 'unknown-attachment' };
    if (!chronicle.state.cycles.has(cycle)) return { is: 'refused', reason: 'unknown-cycle' };
    const kept = beside.keep({ proposal, cycle, wording, proposer }, random);
    const asked = acts.ask(
      {
        act: 'propose',
        ...{ proposal, cycle, channel, words: kept.words, proposer: kept.proposer },
        attachments: [...attachments],
      },
      who,
    );
    if (asked.is === 'done') return { is: 'received', proposal, code: kept.code };
    beside.forget(proposal);
    return { is: 'refused', reason: asked.is === 'refused' ? asked.reason : 'second-person' };
  }

  /** The proposal behind a code that somebody typed; null where there is none. */
  followed(typed: string): Proposal | null {
    const { beside, chronicle } = this.#parts;
    const id = beside.proposalOf(typed);
    return (id !== null && chronicle.state.proposals.get(id)) || null;
  }
}

/** The sentence for whoever is refused. */
export const refusalText = (reason: RegisterRefusal) => REGISTER_REFUSALS[reason];
