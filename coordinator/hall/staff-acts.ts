import type { Logger } from 'pino';
import type { Act } from '../contract/acts.ts';
import type { Chronicle } from '../sitting/chronicle.ts';
import { decide, type SittingAct } from '../sitting/decide.ts';
import type { SecretAct } from '../sitting/decide-secret.ts';
import type { Decision } from '../sitting/decided.ts';
import type { Sitting } from '../sitting/state.ts';
import { isUpdateAct, type Updates } from '../update/updates.ts';
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
  readonly updates: Pick<Updates, 'act'> | undefined;
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

  /** Carries out an act. What had arrived before a vote's end is judged before it. */
  async act(act: Act | SecretAct): Promise<Done> {
    const { configuration, broker, seats, updates } = this.#parts;
    if (isUpdateAct(act)) return updates?.act(act) ?? { ok: false, reason: 'no-update' };
    if (act.act === 'reload') return this.#guard(() => configuration.read());
    if (act.act === 'identify' || act.act === 'self-test') return seats.command(act);
    const { intake } = broker;
    const decided = () => this.#decided(act);
    // A rejection stands in an open vote only, so none may be on its way when one ends, in whichever way.
    if (act.act === 'close' || act.act === 'void')
      return intake.still(decided).catch((error) => this.#notDone(error));
    await intake.drain();
    return decided();
  }

  #decided(act: SittingAct): Done {
    const { chronicle, configuration, broker } = this.#parts;
    return this.#guard(() => {
      if (this.#isStopped) return { ok: false, reason: 'unavailable' };
      const decision = chronicle.enact((state, now) => {
        const decided = decide(state, act, now);
        // A vote that nobody could decrypt afterwards must not begin.
        if (decided.ok && act.act === 'open' && isSecret(state, act.motion)) configuration.checkOwnKey();
        return decided;
      });
      if (decision.ok) for (const terminal of concerned(act)) broker.disconnect(terminal);
      return decision;
    });
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
