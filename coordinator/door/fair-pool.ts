/** How many members there may be in all, and from one place. */
export interface PoolLimits {
  readonly all: number;
  readonly each: number;
}

/** A newcomer's fate: whether it is in, and which member has to go for it. */
export interface Admission<T> {
  readonly isIn: boolean;
  readonly out: T | null;
}

interface Member {
  readonly place: string;
  readonly since: number;
}

/** A member may stay so long (ms) before another of its own place takes its turn. */
export const GRACE_MS = 2_000;

const REFUSED = { isIn: false, out: null } as const;

/**
 * Room shared fairly between the places that members come from: whoever has many makes room for whoever has few, and
 * never the other way round. A place with one member keeps it whatever the others do.
 */
export class FairPool<T> {
  readonly #limits: () => PoolLimits;
  readonly #members = new Map<T, Member>();
  /** Place → its members, oldest first. */
  readonly #places = new Map<string, Set<T>>();
  /** How many members → the places that have so many. */
  readonly #levels = new Map<number, Set<string>>();
  #highest = 0;

  constructor(limits: () => PoolLimits) {
    this.#limits = limits;
  }

  get size(): number {
    return this.#members.size;
  }

  has(member: T): boolean {
    return this.#members.has(member);
  }

  /** The members, oldest first. */
  members(): IterableIterator<T> {
    return this.#members.keys();
  }

  /** How many members `place` has. */
  count(place: string): number {
    return this.#places.get(place)?.size ?? 0;
  }

  /** Takes `member` in at `now` (ms) where there is, or can be made, room for it. */
  admit(member: T, place: string, now: number): Admission<T> {
    const { all, each } = this.#limits();
    const mine = this.count(place);
    const isFull = this.size >= all;
    const canOthers = isFull && mine < each && this.#highest >= mine + 2;
    if (!isFull && mine < each) return this.#enter(member, place, now, null);
    const out = canOthers ? this.#oldestOf(this.#greediest()) : this.#oldestOf(place);
    if (out === null || (!canOthers && now - this.#since(out) < GRACE_MS)) return REFUSED;
    return this.#enter(member, place, now, out);
  }

  /** Takes `member` out; harmless where it is not in. */
  leave(member: T): void {
    const known = this.#members.get(member);
    if (!known) return;
    this.#members.delete(member);
    const { place } = known;
    const others = this.#places.get(place);
    others?.delete(member);
    const left = others?.size ?? 0;
    if (left === 0) this.#places.delete(place);
    this.#move(place, left + 1, left);
  }

  #enter(member: T, place: string, now: number, out: T | null): Admission<T> {
    if (out !== null) this.leave(out);
    this.#members.set(member, { place, since: now });
    const mine = this.#places.get(place) ?? new Set();
    this.#places.set(place, mine.add(member));
    this.#move(place, mine.size - 1, mine.size);
    return { isIn: true, out };
  }

  #move(place: string, from: number, to: number): void {
    const before = this.#levels.get(from);
    before?.delete(place);
    if (before?.size === 0) this.#levels.delete(from);
    if (to > 0) this.#levels.set(to, (this.#levels.get(to) ?? new Set()).add(place));
    if (to > this.#highest) this.#highest = to;
    else if (from === this.#highest && !this.#levels.has(from)) this.#highest = to;
  }

  #greediest(): string {
    const [place = ''] = this.#levels.get(this.#highest) ?? [];
    return place;
  }

  #oldestOf(place: string): T | null {
    const [oldest = null] = this.#places.get(place) ?? [];
    return oldest;
  }

  #since(member: T): number {
    return this.#members.get(member)?.since ?? 0;
  }
}
