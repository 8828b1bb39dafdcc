import type { Logger } from 'pino';
import type { Act } from '../contract/acts.ts';
import type { Who } from '../contract/person.ts';
import type { Chronicle } from '../sitting/chronicle.ts';
import { decide, type SittingAct } from '../sitting/decide.ts';
import { decideExport } from '../sitting/decide-outside.ts';
import type { SecretAct } from '../sitting/decide-secret.ts';
import { type Decision, no, yes } from '../sitting/decided.ts';
import { type SignInDraft, signInFault } from '../sitting/sign-ins.ts';
import type { Sitting } from '../sitting/state.ts';
import { isTerminalOrder, type TerminalOrder } from '../sitting/terminal-order.ts';
import type { Updates } from '../update/updates.ts';
import type { Broker } from './broker/broker.ts';
import type { Configuration } from './files-entered.ts';
import type { SeatNews } from './seat-news.ts';
import { ElectionKeyError } from './secret/own-key.ts';
import { ProofsUnavailable } from './secret/proof-desk.ts';

/** An act's outcome; `unavailable`: nothing could be written, and nothing changed. */
export type Done = Decision | { readonly ok: false; readonly reason: 'unavailable' };

export interface StaffActsParts {
  readonly chronicle: Chronicle;
  readonly configuration: Configuration;
  readonly broker: Pick<Broker, 'intake' | 'disconnect'>;
  readonly seats: Pick<SeatNews, 'command'>;
  /** New versions for the seats; none where left out. */
  readonly updates: Pick<Updates, 'act' | 'whyNot'> | undefined;
  readonly log: Logger;
}

/** Carries out what staff and scrutineers ask. */
export class StaffActs {
  readonly #parts: StaffActsParts;
  #isStopped = false;

  constructor(parts: StaffActsParts) {
    this.#parts = parts;
  }

  /** From now on nothing is done any more. */
  stop(): void {
    this.#isStopped = true;
  }

  /**
   * Carries out an act of `who`, where they may. What had arrived before a vote's end is judged before it.
   * @param seen of a reload: what the files said when it was proposed, and must still say.
   */
  async act(act: Act | SecretAct, who: Who, seen: string | null = null): Promise<Done> {
    const { configuration, broker } = this.#parts;
    if (act.act === 'reload') return this.#guard(() => configuration.read(who, seen));
    if (isTerminalOrder(act)) return this.#order(act, who);
    const { intake } = broker;
    const decided = () => this.#decided(act, who);
    // A rejection stands in an open vote only, so none may be on its way when one ends, in whichever way.
    if (act.act === 'close' || act.act === 'void')
      return intake.still(decided).catch((error) => this.#notDone(error));
    await intake.drain();
    return decided();
  }

  /** Enters that the bundle is taken away, which it is then. */
  exported(who: Who): Done {
    return this.#entered((state) => decideExport(state, who));
  }

  /** An order to terminals is entered first: none of them is told what the ledger does not know of. */
  #order(order: TerminalOrder, who: Who): Done {
    const { seats, updates } = this.#parts;
    const isUpdate = order.act === 'update' || order.act === 'stop-update';
    const done = this.#entered((state, now) => {
      const decided = decide(state, order, who, now);
      if (!decided.ok || !isUpdate) return decided;
      const refusal = updates ? updates.whyNot(order) : 'no-update';
      return refusal ? no(refusal) : decided;
    });
    if (!done.ok) return done;
    if (isUpdate) updates?.act(order);
    else seats.command(order);
    return done;
  }

  /** Enters what became of sign-ins, codes and sessions. */
  note(drafts: readonly SignInDraft[]): Done {
    return this.#entered((state) =>
      drafts.some((draft) => signInFault(state, draft)) ? no('not-allowed') : yes(...drafts),
    );
  }

  #entered(decision: (state: Sitting, now: number) => Decision): Done {
    if (this.#isStopped) return { ok: false, reason: 'unavailable' };
    return this.#guard(() => this.#parts.chronicle.enact(decision));
  }

  #decided(act: SittingAct, who: Who): Done {
    const { configuration, broker } = this.#parts;
    const done = this.#entered((state, now) => {
      const decided = decide(state, act, who, now);
      // A vote that nobody could decrypt afterwards must not begin.
      if (decided.ok && act.act === 'open' && isSecret(state, act.motion)) configuration.checkOwnKey();
      return decided;
    });
    if (done.ok) for (const terminal of concerned(act)) broker.disconnect(terminal);
    return done;
  }

  #guard(work: () => Done): Done {
    try {
      return work();
    } catch (error) {
      return this.#notDone(error);
    }
  }

  #notDone(error: unknown): Done {
    if (error instanceof ElectionKeyError) {
      this.#parts.log.error({ error: error.message }, 'the election key cannot be used');
      return { ok: false, reason: 'election-key-unusable', detail: error.message };
    }
    const areProofs = error instanceof ProofsUnavailable;
    const what = areProofs ? 'ballots could not be judged' : 'the ledger could not be written';
    this.#parts.log.error({ error: String(error) }, what);
    return { ok: false, reason: areProofs ? 'proofs-unavailable' : 'unavailable' };
  }
}

/** The terminals whose enrolment `act` changes: they come back as what they now are. */
function concerned(act: SittingAct): readonly string[] {
  switch (act.act) {
    case 'enrol':
    case 'remove-terminal':
      return [act.terminal];
    case 'replace-terminal':
      return [act.terminal, act.spare];
    default:
      return [];
  }
}

function isSecret({ motions }: Sitting, motion: string): boolean {
  return motions.find(({ id }) => id === motion)?.voting === 'secret';
}
