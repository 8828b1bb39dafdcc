import type { RandomBytes } from '../../../shared/protocol/ids.ts';
import type { AttachmentStore } from '../attachments/attachment-store.ts';
import { drawProposalId, drawVoiceId } from '../beside/proposal-id.ts';
import type { SideStore } from '../beside/side-store.ts';
import type { Who } from '../model/person.ts';
import type { RegisterRefusal } from '../model/refusals.ts';
import type { Proposal } from '../model/state.ts';
import type { Proposer, Wording } from '../model/wording.ts';
import type { Voice } from '../model/work/works.ts';
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

/** What somebody says at the site of a part. */
export interface Speech {
  readonly project: string;
  readonly part: string;
  readonly kind: Voice['kind'];
  readonly text: string;
  readonly attachments: readonly string[];
}

export type Spoken =
  | { readonly is: 'received'; readonly voice: string; readonly code: string }
  | { readonly is: 'refused'; readonly reason: RegisterRefusal };

/** What a code follows. */
export type Followed =
  | { readonly is: 'proposal'; readonly proposal: Proposal }
  | { readonly is: 'voice'; readonly voice: Voice };

export interface SubmissionsParts {
  readonly chronicle: RegisterChronicle;
  readonly acts: RegisterActs;
  readonly beside: SideStore;
  readonly attachments: Pick<AttachmentStore, 'has'>;
  readonly random: RandomBytes;
}

/** Takes in proposals, and what people say at sites: their words beside the chain first, then the chain, then the receipt. */
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

  /** The same of what somebody without an account says of a part. @throws where it cannot be written. */
  speak({ project, part, kind, text, attachments }: Speech): Spoken {
    const { chronicle, acts, beside, random } = this.#parts;
    if (!attachments.every((hash) => this.#parts.attachments.has(hash)))
      return { is: 'refused', reason: 'unknown-attachment' };
    const { voices } = chronicle.state.works;
    const voice = drawVoiceId((id) => voices.has(id), random);
    const { words, code } = beside.voices.keep({ voice, words: { text } }, random);
    const asked = acts.ask(
      { act: 'speak', project, part, voice, kind, words, attachments: [...attachments] },
      null,
    );
    if (asked.is === 'done') return { is: 'received', voice, code };
    beside.voices.forget(voice);
    return { is: 'refused', reason: asked.is === 'refused' ? asked.reason : 'second-person' };
  }

  /** What stands behind a code that somebody typed; null where there is nothing. */
  followed(typed: string): Followed | null {
    const { beside, chronicle } = this.#parts;
    const id = beside.followed(typed);
    if (id === null) return null;
    const proposal = chronicle.state.proposals.get(id);
    if (proposal) return { is: 'proposal', proposal };
    const voice = chronicle.state.works.voices.get(id);
    return voice ? { is: 'voice', voice } : null;
  }
}
