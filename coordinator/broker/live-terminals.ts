import type { Health } from '../../shared/messages.ts';

/** What is known of an enrolled terminal while the coordinator runs; none of it is the ledger's business. */
export interface LiveTerminal {
  connected: boolean;
  /** Ledger ms. */
  lastContact: number;
  health: Health | null;
  /** Its wall clock against ledger time, in ms, as of the last health message; positive where it is ahead. */
  clockOffset: number | null;
}

/** Connections and health of terminals, by id. */
export class LiveTerminals {
  readonly #all = new Map<string, LiveTerminal>();
  readonly #now: () => number;
  readonly #onChange: () => void;

  constructor(now: () => number, onChange: () => void) {
    this.#now = now;
    this.#onChange = onChange;
  }

  get all(): ReadonlyMap<string, LiveTerminal> {
    return this.#all;
  }

  connected(terminal: string): void {
    const { health, clockOffset } = this.#all.get(terminal) ?? { health: null, clockOffset: null };
    this.#all.set(terminal, { connected: true, lastContact: this.#now(), health, clockOffset });
    this.#onChange();
  }

  disconnected(terminal: string): void {
    const known = this.#all.get(terminal);
    if (!known) return;
    known.connected = false;
    this.#onChange();
  }

  heard(terminal: string, health: Health | null): void {
    const known = this.#all.get(terminal);
    if (!known) return;
    known.lastContact = this.#now();
    if (!health) return;
    known.health = health;
    known.clockOffset = health.time - this.#now();
    this.#onChange();
  }
}
