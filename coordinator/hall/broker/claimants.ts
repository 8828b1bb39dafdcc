import { FairPool } from '../../door/fair-pool.ts';
import type { OfferedKey } from './access.ts';

/** So many keys may wait under one name, and in all: the place that has most of them makes room. */
const MOST = { ofName: 5, inAll: 500 } as const;

/** A terminal that waits to be enrolled: anybody may claim a name, so all who do are shown with the key they offer. */
export interface Claim extends OfferedKey {
  readonly terminal: string;
  /** SHA-256 of its proof of connection. */
  readonly digest: string;
  /** Where it connects from. */
  readonly place: string;
  /** Ledger ms. */
  readonly since: number;
}

/** Who waits to be enrolled, connection by connection. */
export class Claimants<C> {
  readonly #inAll = new FairPool<C>(() => ({ all: MOST.inAll, each: MOST.inAll }));
  readonly #byName = new Map<string, FairPool<C>>();
  readonly #claims = new Map<C, Claim>();
  readonly #onChange: () => void;

  constructor(onChange: () => void) {
    this.#onChange = onChange;
  }

  get all(): readonly Claim[] {
    return [...this.#claims.values()];
  }

  /** The connections that claim the name of `terminal`, with what each claims. */
  named(terminal: string): readonly (readonly [C, Claim])[] {
    return [...(this.#byName.get(terminal)?.members() ?? [])].flatMap((client) => {
      const claim = this.#claims.get(client);
      return claim ? [[client, claim] as const] : [];
    });
  }

  /** Takes a claimant in. @returns the connections that have to go for it; null where there is no room for it. */
  admit(client: C, claim: Claim): readonly C[] | null {
    const { terminal, kid, place, since } = claim;
    // The same key again has lost its connection and does not know it yet.
    const before = this.named(terminal).flatMap(([other, { kid: its }]) => (its === kid ? [other] : []));
    for (const other of before) this.leave(other);
    const ofName =
      this.#byName.get(terminal) ?? new FairPool<C>(() => ({ all: MOST.ofName, each: MOST.ofName }));
    const here = ofName.admit(client, place, since);
    if (!here.isIn) return null;
    const there = this.#inAll.admit(client, place, since);
    if (!there.isIn) {
      ofName.leave(client);
      return null;
    }
    this.#byName.set(terminal, ofName);
    this.#claims.set(client, claim);
    const out = [...before, ...[here.out, there.out].filter((other) => other !== null)];
    for (const other of out) this.leave(other);
    this.#onChange();
    return out;
  }

  /** The connection is gone; harmless where it claimed nothing. */
  leave(client: C): void {
    const claim = this.#claims.get(client);
    if (!claim) return;
    this.#claims.delete(client);
    this.#inAll.leave(client);
    const ofName = this.#byName.get(claim.terminal);
    ofName?.leave(client);
    if (ofName?.size === 0) this.#byName.delete(claim.terminal);
    this.#onChange();
  }
}
