import { backoffMs, type Random } from '../../../shared/backoff.ts';
import { guarded, type Report } from '../../../shared/protocol/guarded.ts';
import type { Child, Pulling } from '../../config/children-file.ts';
import type { After } from '../../process/clock.ts';
import type { Register, Witnessed } from '../model/state.ts';
import type { ChildKept, ChildrenStore } from './children-store.ts';
import type { FeedPlace } from './feed-places.ts';
import type { LevelState } from './level-state.ts';
import { pullChild } from './pull.ts';
import type { PullFault } from './pull-faults.ts';
import { pullFault, unforeseen } from './pull-faults.ts';
import { type Pause, ToldHistory } from './told-history.ts';

/** The head of a register beneath is entered once an hour at the most, unless somebody asks for it. */
const WITNESS_EVERY_MS = 3_600_000;

/** So many are read at once: what is slow keeps out few others, and little is in memory of what is only folded through. */
const AT_ONCE = 2;

/** A pull that takes longer is ended; it goes on where it was. */
const PATIENCE_MS = 5 * 60_000;

const RETRY = { firstMs: 30_000, mostMs: 30 * 60_000 };

export interface ChildrenParts {
  readonly children: readonly Child[];
  readonly pulling: Pulling;
  readonly store: ChildrenStore;
  /** Where the feed of a register beneath lies; `signal` ends reading there. */
  readonly placeOf: (child: Child, signal: AbortSignal) => FeedPlace;
  readonly register: () => Pick<Register, 'witnessed'>;
  /** Enters in the register's own ledger how far a feed was seen. */
  readonly witness: (seen: { child: string; key: string; at: number; hash: string }) => void;
  /** The machine's clock, in ms since 1970; and the ledger's. */
  readonly now: () => number;
  readonly ledgerNow: () => number;
  readonly after: After;
  readonly random: Random;
  readonly pause: Pause;
  readonly report: Report;
}

/** A register beneath as it is known now. `level` null: nothing of it was read yet. */
export interface KnownChild {
  readonly child: Child;
  readonly kept: ChildKept;
  readonly level: LevelState | null;
  readonly witnessed: Witnessed | null;
  readonly fault: PullFault | null;
}

/** The registers beneath: read on from time to time, kept, witnessed. What is wrong with one keeps out no other. */
export class Children {
  readonly #parts: ChildrenParts;
  readonly #levels = new Map<string, { readonly seq: number; readonly level: LevelState | null }>();
  readonly #failed = new Map<string, number>();
  readonly #timers = new Map<string, () => void>();
  readonly #under = new Map<string, Promise<void>>();
  readonly #waiting: (() => void)[] = [];
  readonly #stopping = new AbortController();
  #running = 0;
  /** Changes with every register that is folded anew. */
  #revision = 0;
  #known: { readonly of: readonly unknown[]; readonly all: readonly KnownChild[] } | null = null;
  #folding: Promise<void> = Promise.resolve();

  constructor(parts: ChildrenParts) {
    this.#parts = parts;
    for (const child of parts.children) parts.store.expect(child);
  }

  get isEmpty(): boolean {
    return this.#parts.children.length === 0;
  }

  /** All of them, in the order of the file. The same value as long as nothing has changed. */
  all(): readonly KnownChild[] {
    const { store, children, register } = this.#parts;
    const { witnessed } = register();
    const of = [store.version, this.#revision, witnessed];
    if (this.#known && of.every((each, i) => each === this.#known?.of[i])) return this.#known.all;
    const all = children.map((child): KnownChild => {
      const kept = store.kept(child.id);
      const seen = witnessed.get(child.id) ?? null;
      const held = seen?.key === child.key ? seen : null;
      const other = againstWitness(kept, held, store, child.id);
      // What is kept is not the history that was witnessed: it counts nowhere.
      const level = other?.problem === 'forked' ? null : (this.#levels.get(child.id)?.level ?? null);
      return { child, kept, level, witnessed: held, fault: other ?? kept.fault };
    });
    this.#known = { of, all };
    // Another program has read something in (`hallvote register pull`): folded while somebody already sees that it is there.
    if (all.some(({ child, kept }) => this.#isBehind(child.id, kept))) this.#foldSoon();
    return all;
  }

  /** Folds what is kept, and reads on from then on. */
  start(): void {
    if (this.isEmpty) return;
    this.#foldSoon();
    // Registers that were started together do not ask in step.
    for (const { id } of this.#parts.children) this.#next(id, this.#parts.random() * 2_000);
  }

  /** Reads on now, in all or in that one, and witnesses what there is: somebody asks for it. */
  async pullNow(id?: string): Promise<void> {
    const asked = this.#parts.children.filter((child) => id === undefined || child.id === id);
    await Promise.all(asked.map((child) => this.#pull(child, true)));
  }

  /** Resolves when all that is kept has been folded. */
  folded(): Promise<void> {
    return this.#folding;
  }

  async stop(): Promise<void> {
    this.#stopping.abort();
    for (const cancel of this.#timers.values()) cancel();
    this.#timers.clear();
    for (const go of this.#waiting.splice(0)) go();
    await Promise.allSettled([...this.#under.values(), this.#folding]);
  }

  #isBehind(id: string, { position }: ChildKept): boolean {
    return position !== null && this.#levels.get(id)?.seq !== position.seq;
  }

  #set(id: string, seq: number, level: LevelState | null): void {
    this.#levels.set(id, { seq, level });
    this.#revision += 1;
  }

  #foldSoon(): void {
    const { report } = this.#parts;
    this.#folding = this.#folding
      .then(() => this.#fold())
      .catch((error: unknown) => report('folding what is kept of registers beneath', error));
  }

  async #fold(): Promise<void> {
    const { children, store, pause } = this.#parts;
    for (const { id, key } of children) {
      if (this.#stopping.signal.aborted) return;
      const { position } = store.kept(id);
      if (!position || this.#under.has(id) || this.#levels.get(id)?.seq === position.seq) continue;
      const { level } = await ToldHistory.kept(store, id, pause);
      this.#set(id, position.seq, level);
      this.#witness(id, key, false);
    }
  }

  #next(id: string, ms: number): void {
    if (this.#stopping.signal.aborted) return;
    this.#timers.get(id)?.();
    const child = this.#parts.children.find((each) => each.id === id);
    if (!child) return;
    this.#timers.set(
      id,
      this.#parts.after(
        ms,
        guarded('reading a register beneath', this.#parts.report, () => this.#pull(child, false)),
      ),
    );
  }

  /** One pull of a register at a time: whoever asks meanwhile waits for the one that is under way. */
  #pull(child: Child, isAsked: boolean): Promise<void> {
    const under = this.#under.get(child.id);
    if (under) return isAsked ? under.then(() => this.#witness(child.id, child.key, true)) : under;
    const pull = this.#whenFree(() => this.#pullOnce(child, isAsked)).finally(() => {
      this.#under.delete(child.id);
    });
    this.#under.set(child.id, pull);
    return pull;
  }

  async #pullOnce(child: Child, isAsked: boolean): Promise<void> {
    const { store, now, pause, placeOf, pulling, random, after, register, report } = this.#parts;
    const { signal } = this.#stopping;
    if (signal.aborted) return;
    const ending = new AbortController();
    const cancel = after(PATIENCE_MS, () => ending.abort());
    const place = placeOf(child, AbortSignal.any([signal, ending.signal]));
    const witnessed = register().witnessed.get(child.id) ?? null;
    const { fault, level } = await pullChild(child, place, { store, witnessed, now, pause }).catch(
      (error: unknown): { fault: PullFault; level: null } => {
        report('reading a register beneath', error);
        return { fault: unforeseen(error), level: null };
      },
    );
    cancel();
    if (signal.aborted) return;
    const { position } = store.kept(child.id);
    if (level && position) this.#set(child.id, position.seq, level);
    if (!fault) this.#witness(child.id, child.key, isAsked);
    const failed = fault ? (this.#failed.get(child.id) ?? -1) + 1 : -1;
    this.#failed.set(child.id, failed);
    const every = pulling.everyMinutes * 60_000;
    const retry = { firstMs: Math.min(RETRY.firstMs, every), mostMs: Math.max(RETRY.mostMs, every) };
    this.#next(
      child.id,
      fault ? backoffMs(failed, retry, random) : backoffMs(0, { firstMs: every, mostMs: every }, random),
    );
  }

  #witness(child: string, key: string, isAsked: boolean): void {
    const { store, register, witness, ledgerNow } = this.#parts;
    const { position, fault } = store.kept(child);
    if (!position || position.key !== key || fault) return;
    const last = register().witnessed.get(child);
    if (last?.key === key && againstWitness({ position }, last, store, child)) return;
    const isSame = last?.key === key && last.at >= position.seq;
    const isSoon = last?.key === key && ledgerNow() - last.time < WITNESS_EVERY_MS;
    if (isSame || (isSoon && !isAsked)) return;
    witness({ child, key, at: position.seq, hash: position.hash });
  }

  async #whenFree(work: () => Promise<void>): Promise<void> {
    if (this.#running >= AT_ONCE) await new Promise<void>((go) => this.#waiting.push(go));
    this.#running += 1;
    try {
      await work();
    } finally {
      this.#running -= 1;
      this.#waiting.shift()?.();
    }
  }
}

/** What is kept against what the ledger has witnessed: the file may have come from elsewhere. */
function againstWitness(
  { position }: Pick<ChildKept, 'position'>,
  witnessed: Witnessed | null,
  store: ChildrenStore,
  child: string,
): PullFault | null {
  if (!position || !witnessed) return null;
  if (position.seq < witnessed.at) return pullFault('cut-off', position.seq);
  const hash = position.seq === witnessed.at ? position.hash : store.hashOf(child, witnessed.at);
  return hash === witnessed.hash ? null : pullFault('forked', witnessed.at);
}
