import type { Health } from '../../../shared/protocol/messages.ts';
import type { Goodbye, SeatDetails } from '../../../shared/protocol/seat-details.ts';

/** How far from what it was a moment may be worked out to be before it is taken for another, in ms. */
const SAME_MOMENT = 30_000;

/** What seldom changes at a terminal, its ages turned into moments of ledger time. */
export interface Standing extends Omit<SeatDetails, 'uptime' | 'screen'> {
  readonly bootedAt: number | null;
  readonly screen:
    | (Pick<NonNullable<SeatDetails['screen']>, 'is' | 'build'> & { readonly since: number })
    | null;
}

/** What is known of an enrolled terminal while the coordinator runs; none of it is the ledger's business. */
export interface LiveTerminal {
  /** Its line stands, and it has not fallen silent on it. */
  connected: boolean;
  /** Ledger ms. */
  lastContact: number;
  health: Health | null;
  /** Its wall clock against ledger time, in ms, as of the last health message; positive where it is ahead. */
  clockOffset: number | null;
  standing: Standing | null;
  /** What it said when it went; null where it said nothing. */
  goodbye: Goodbye | null;
  /** When it went, or fell silent; null while it is connected. */
  wentAt: number | null;
  /** Since when it has said that it cannot take votes; null where it can. */
  faultSince: number | null;
}

/** Whether a terminal in this state cannot take its deputy's vote, as far as it knows. */
function isFaulty({ panel, faults }: Health): boolean {
  return panel.is === 'fault' || faults.length > 0;
}

/** Connections and health of terminals, by id. */
export class LiveTerminals {
  readonly #all = new Map<string, LiveTerminal>();
  readonly #now: () => number;
  readonly #onChange: () => void;
  readonly #onStanding: () => void;

  /** `onStanding`: what seldom changes has changed. */
  constructor(now: () => number, onChange: () => void, onStanding: () => void) {
    this.#now = now;
    this.#onChange = onChange;
    this.#onStanding = onStanding;
  }

  get all(): ReadonlyMap<string, LiveTerminal> {
    return this.#all;
  }

  connected(terminal: string): void {
    const { health, clockOffset, standing, faultSince } = this.#all.get(terminal) ?? {
      health: null,
      clockOffset: null,
      standing: null,
      faultSince: null,
    };
    const line = { connected: true, lastContact: this.#now(), goodbye: null, wentAt: null };
    this.#all.set(terminal, { ...line, health, clockOffset, standing, faultSince });
    this.#onChange();
  }

  /** Its line has ended, or nothing comes on it any more. */
  disconnected(terminal: string): void {
    const known = this.#all.get(terminal);
    if (!known) return;
    known.connected = false;
    known.wentAt ??= this.#now();
    this.#onChange();
  }

  /** It is heard again on the line on which it had fallen silent. */
  back(terminal: string): void {
    const known = this.#all.get(terminal);
    if (!known) return;
    known.connected = true;
    known.wentAt = null;
    known.lastContact = this.#now();
    this.#onChange();
  }

  /** It says goodbye; its will, which gives no reason, says only what its end says. */
  goes(terminal: string, why: Goodbye | undefined): void {
    const known = this.#all.get(terminal);
    if (known && why !== undefined) known.goodbye = why;
  }

  heard(terminal: string, health: Health | null): void {
    const known = this.#all.get(terminal);
    if (!known) return;
    const now = this.#now();
    known.lastContact = now;
    if (!health) return;
    known.health = health;
    known.faultSince = isFaulty(health) ? (known.faultSince ?? now) : null;
    known.clockOffset = health.time - now;
    const standing = health.details ? standingOf(health.details, known.standing, now) : null;
    const isNew = JSON.stringify(standing) !== JSON.stringify(known.standing);
    known.standing = standing;
    this.#onChange();
    if (isNew) this.#onStanding();
  }
}

function standingOf(details: SeatDetails, before: Standing | null, now: number): Standing {
  const { uptime, screen, ...rest } = details;
  const wasSame = screen !== null && before?.screen?.is === screen.is;
  return {
    ...rest,
    bootedAt: uptime === null ? null : moment(now - uptime * 1000, before?.bootedAt),
    screen: screen && {
      is: screen.is,
      build: screen.build,
      since: moment(now - screen.seconds * 1000, wasSame ? before?.screen?.since : null),
    },
  };
}

/** `at`, or what was told of it before where that is the same but for the way it took. */
function moment(at: number, before: number | null | undefined): number {
  const same = before != null && Math.abs(before - at) < SAME_MOMENT;
  return same ? before : Math.max(0, Math.round(at));
}
