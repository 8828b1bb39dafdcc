import { electionBytes, electionsOf, receiptCodes } from '../bundle/export/elections.ts';
import type { ReceiptsDocument } from '../contract/documents.ts';
import { receiptsDocument } from '../contract/secret-documents.ts';
import { throttle } from '../process/token-bucket.ts';
import type { Round, Sitting } from '../sitting/state.ts';

/** What is kept of archives in bytes; one is some tens of megabytes in a large hall. */
const MOST_BYTES = 128 * 1024 * 1024;

/** Making an archive takes a moment in which the hall waits: a few at once, then one in five seconds. */
const MAKING = { burst: 8, perSecond: 1 / 5 };

/**
 * What anybody may download of the secret votes that were added up. Made once and kept, since whoever likes may ask as often as
 * they like; where there is more than is kept, no more is made anew than the hall can bear.
 */
export class PublicElections {
  readonly #sitting: () => Sitting;
  readonly #mayMake: () => boolean;
  readonly #mostBytes: number;
  /** By the ballots: those of a vote that was added up change no more. */
  readonly #codes = new WeakMap<Round['ballots'], string[]>();
  /** What was told last, and of how many votes: that of each is the same for good. */
  #told: { readonly rounds: number; readonly json: string } = { rounds: 0, json: '[]' };
  /** By election and what of it has come, the one asked for last at the end. */
  readonly #archives = new Map<string, Uint8Array>();

  /** @param now ms on a clock that never jumps; @param mostBytes what is kept of archives. */
  constructor(sitting: () => Sitting, now: () => number, mostBytes = MOST_BYTES) {
    this.#mostBytes = mostBytes;
    this.#sitting = sitting;
    this.#mayMake = throttle(MAKING, now);
  }

  /** The receipt codes of all secret votes that were added up, in JSON. */
  receipts(): string {
    const rounds = electionsOf(this.#sitting());
    if (rounds.length !== this.#told.rounds)
      this.#told = { rounds: rounds.length, json: JSON.stringify(this.#receipts()) };
    return this.#told.json;
  }

  #receipts(): ReceiptsDocument {
    return receiptsDocument(this.#sitting(), (round) => this.#codesOf(round));
  }

  /** The Belenios archive of an election as far as it goes; null where there is none, `later` where too many were made. */
  archive(uuid: string): Uint8Array | 'later' | null {
    const round = electionsOf(this.#sitting()).find(({ sealed }) => sealed?.election.uuid === uuid);
    if (!round) return null;
    const stage = `${uuid} ${round.sealed?.shares.length} ${round.result !== null}`;
    const known = this.#archives.get(stage);
    if (!known && !this.#mayMake()) return 'later';
    const archive = known ?? electionBytes(round);
    this.#archives.delete(stage);
    this.#archives.set(stage, archive);
    this.#forget();
    return archive;
  }

  /** Forgets what was asked for longest ago, as far as there is too much; never the last. */
  #forget(): void {
    let bytes = [...this.#archives.values()].reduce((sum, { length }) => sum + length, 0);
    for (const [stage, { length }] of this.#archives) {
      if (bytes <= this.#mostBytes || this.#archives.size === 1) return;
      this.#archives.delete(stage);
      bytes -= length;
    }
  }

  #codesOf(round: Round): string[] {
    const codes = this.#codes.get(round.ballots) ?? receiptCodes(round);
    this.#codes.set(round.ballots, codes);
    return codes;
  }
}
