import { electionBytes, electionsOf, receiptCodes } from '../export/elections.ts';
import type { Round, Sitting } from '../sitting/state.ts';
import type { ReceiptsDocument } from '../views/documents.ts';
import { receiptsDocument } from '../views/secret.ts';

/**
 * What anybody may download of the secret votes that were added up. Made once and kept: it takes a moment, in which the hall
 * waits, and whoever likes may ask as often as they like.
 */
export class PublicElections {
  readonly #sitting: () => Sitting;
  /** By the ballots: those of a vote that was added up change no more. */
  readonly #codes = new WeakMap<Round['ballots'], string[]>();
  /** The archive asked for last, some tens of megabytes in a large hall; `stage`: what of it may still come. */
  #last: { readonly uuid: string; readonly stage: string; readonly bytes: Uint8Array } | null = null;

  constructor(sitting: () => Sitting) {
    this.#sitting = sitting;
  }

  receipts(): ReceiptsDocument {
    return receiptsDocument(this.#sitting(), (round) => this.#codesOf(round));
  }

  /** The Belenios archive of an election as far as it goes; null where there is none. */
  archive(uuid: string): Uint8Array | null {
    const round = electionsOf(this.#sitting()).find(({ sealed }) => sealed?.election.uuid === uuid);
    if (!round) return null;
    const stage = `${round.sealed?.shares.length} ${round.result !== null}`;
    if (this.#last?.uuid !== uuid || this.#last.stage !== stage)
      this.#last = { uuid, stage, bytes: electionBytes(round) };
    return this.#last.bytes;
  }

  #codesOf(round: Round): string[] {
    const codes = this.#codes.get(round.ballots) ?? receiptCodes(round);
    this.#codes.set(round.ballots, codes);
    return codes;
  }
}
