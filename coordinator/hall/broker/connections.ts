import type { Client } from 'aedes';
import type { Door } from '../../door/door.ts';
import { FairPool } from '../../door/fair-pool.ts';
import { throttle } from '../../process/token-bucket.ts';
import type { Chronicle } from '../../sitting/chronicle.ts';
import type { Party } from './access.ts';
import type { Claimants } from './claimants.ts';
import type { Line } from './line.ts';
import type { LiveTerminals } from './live-terminals.ts';
import type { Refusals, Refused } from './refusals.ts';

/** Pages of strangers that follow at once: each hears of every change. The hall's displays are among them. */
const MOST_PAGES = { all: 600, each: 300 } as const;
/** Topics a connection may ask for: each is answered with the last document. */
const SUBSCRIPTIONS = { burst: 60, perSecond: 1 } as const;

/** A connection that was let in. */
export interface Connection extends Refused {
  readonly maySubscribe: () => boolean;
}

export interface ConnectionsParts {
  readonly chronicle: Chronicle;
  /** Hears who has proved to be somebody. */
  readonly door: Pick<Door, 'provedTerminal' | 'provedStaff'>;
  readonly claimants: Claimants<Client>;
  readonly live: Pick<LiveTerminals, 'connected'>;
  readonly refusals: Pick<Refusals, 'patience'>;
}

/** The broker's connections: what each comes over, as whom it was let in, and which of them speaks for a terminal. */
export class Connections {
  readonly #parts: ConnectionsParts;
  readonly #pages = new FairPool<Client>(() => MOST_PAGES);
  readonly #letIn = new WeakMap<Client, Connection>();
  readonly #lines = new WeakMap<Client, Line>();
  /** Enrolled terminals that are connected. */
  readonly #terminals = new Map<string, Client>();
  /** Those that are to get their certificate. */
  readonly #uncertified = new Map<string, Client>();

  constructor(parts: ConnectionsParts) {
    this.#parts = parts;
  }

  /** Somebody has come over `line`, and says who it is later. */
  came(client: Client, line: Line): void {
    this.#lines.set(client, line);
  }

  lineOf(client: Client): Line | undefined {
    return this.#lines.get(client);
  }

  /** As whom `client` was let in. */
  of(client: Client): Connection | undefined {
    return this.#letIn.get(client);
  }

  /** The connection of an enrolled terminal. */
  at(terminal: string): Client | undefined {
    return this.#terminals.get(terminal);
  }

  get terminals(): Iterable<string> {
    return this.#terminals.keys();
  }

  /** The enrolled terminal that `client` was let in as. */
  terminalAt(client: Client): string | null {
    const party = this.of(client)?.party;
    return party?.kind === 'terminal' ? party.terminal : null;
  }

  /** Lets a connection in as `party`; false where there is no room for more of its kind. */
  admit(client: Client, party: Party): boolean {
    const { chronicle, door, claimants, live, refusals } = this.#parts;
    const { socket, place } = this.#lines.get(client) ?? { socket: client.conn, place: '' };
    switch (party.kind) {
      case 'public': {
        const { isIn, out } = this.#pages.admit(client, place, chronicle.now());
        out?.close();
        if (!isIn) return false;
        break;
      }
      case 'pending': {
        const out = claimants.admit(client, { ...party, place, since: chronicle.now() });
        for (const other of out ?? []) other.close();
        if (!out) return false;
        // No terminal's name has this form: whoever claims one takes no connection from who holds it, nor from another.
        client.id = `${party.terminal}~${party.kid}`;
        break;
      }
      case 'uncertified':
        door.provedTerminal(socket, party.terminal);
        this.#uncertified.get(party.terminal)?.close();
        this.#uncertified.set(party.terminal, client);
        client.id = `${party.terminal}~${party.kid}`;
        break;
      case 'staff':
        door.provedStaff(socket);
        break;
      case 'terminal':
        door.provedTerminal(socket, party.terminal);
        live.connected(party.terminal);
    }
    const maySubscribe = throttle(SUBSCRIPTIONS, () => chronicle.now());
    this.#letIn.set(client, { party, mayRefuse: refusals.patience(party), maySubscribe });
    return true;
  }

  /** A connection that was let in may speak from now on. @returns the terminal it speaks for. */
  ready(client: Client): string | null {
    const terminal = this.terminalAt(client);
    if (terminal !== null) this.#terminals.set(terminal, client);
    return terminal;
  }

  /** @returns the terminal that is connected no more. */
  gone(client: Client): string | null {
    const party = this.of(client)?.party;
    if (party?.kind === 'uncertified' && this.#uncertified.get(party.terminal) === client)
      this.#uncertified.delete(party.terminal);
    const terminal = this.terminalAt(client);
    // A client pushed away by its own successor must not mark the successor as gone.
    if (terminal === null || this.#terminals.get(terminal) !== client) return null;
    this.#terminals.delete(terminal);
    return terminal;
  }

  /** What `client` came over has ended, whoever it was. */
  ended(client: Client): void {
    this.#pages.leave(client);
    this.#parts.claimants.leave(client);
  }

  /** Ends the connections of a terminal. */
  end(terminal: string): void {
    this.#terminals.get(terminal)?.close();
    this.#uncertified.get(terminal)?.close();
  }
}
