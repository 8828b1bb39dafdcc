import type { ReactiveController, ReactiveControllerHost } from 'lit';
import { Timers } from '../../../../shared/pages/timers.ts';
import type { RegisterNames, RegisterSession, WaitingAct } from '../../../contract/register/documents.ts';
import { api } from '../../parts/api.ts';
import { Telephone } from '../visits/telephone.ts';
import { registerApi } from './register-api.ts';

/** How often it is asked whether something has changed. */
const EVERY_MS = 3_000;
/** Tells the other pages of this browser that somebody has left. */
const LEFT = 'hallvote-register-left';
const idsOf = (waiting: readonly WaitingAct[]): string => waiting.map(({ id }) => id).join();
/** What people do at a page. */
const MOVES = ['pointerdown', 'keydown'] as const;

/**
 * What every page of the register's staff knows: who is signed in, what they may do, how things are called, what waits for
 * a second person. Asked for again and again; whoever works here is told when something has changed.
 */
export class Office implements ReactiveController {
  /** Null while that is not known. */
  session: RegisterSession | null = null;
  names: RegisterNames | null = null;
  waiting: readonly WaitingAct[] = [];
  isConnected = false;
  /** Attempts to sign in as this person that failed before they came; 0 once they have read it. */
  failedBefore = 0;
  /** The session of whoever works here has ended: what they were writing waits for them behind the sign-in, and for nobody else. */
  isLocked = false;
  /** Somebody signs out here, or has on another page of this browser: nothing of theirs is kept. */
  #isLeaving = false;
  #left: BroadcastChannel | null = null;
  readonly #host: ReactiveControllerHost;
  readonly #onChange: () => void;
  #hasMoved = false;
  /** Tells an answer to the last question from one that somebody else asked before. */
  #asked = 0;
  readonly #onMove = () => {
    this.#hasMoved = true;
  };

  /** @param onChange is called when the register is another than before, or whoever is signed in. */
  constructor(host: ReactiveControllerHost, onChange: () => void = () => {}) {
    this.#host = host;
    this.#onChange = onChange;
    new Timers(host).always(EVERY_MS, () => void this.#ask());
    host.addController(this);
  }

  hostConnected(): void {
    for (const event of MOVES) addEventListener(event, this.#onMove);
    this.#left = new BroadcastChannel(LEFT);
    this.#left.onmessage = () => {
      this.#isLeaving = true;
      void this.#ask();
    };
    void this.#ask();
  }

  hostDisconnected(): void {
    for (const event of MOVES) removeEventListener(event, this.#onMove);
    this.#left?.close();
  }

  get timezone(): string {
    return this.session?.timezone ?? 'UTC';
  }

  get person(): RegisterSession['person'] {
    return this.session?.person ?? null;
  }

  /** Whether whoever is signed in may do `right`, by the server's own table. */
  readonly may = (right: string): boolean => this.session?.rights.includes(right) ?? false;

  /** What the register calls an id; the id itself where it has no name. */
  name(kind: keyof RegisterNames, id: string | null, textOf: (text: { zh: string }) => string): string {
    if (id === null) return '—';
    const found = this.names?.[kind].find((one) => one.id === id);
    return found ? textOf(found.name) : id;
  }

  /** Somebody has come in. @param failed attempts to be them that failed before. */
  signedIn(failed: number): void {
    this.#isLeaving = false;
    this.failedBefore = failed;
    void this.refresh();
  }

  readonly readFailures = (): void => {
    this.failedBefore = 0;
    this.#host.requestUpdate();
  };

  readonly signOut = async (): Promise<void> => {
    // What this browser keeps for a site without a network is theirs alone.
    if (this.person) await new Telephone().forget(this.person.id).catch(() => {});
    this.#isLeaving = true;
    await api.signOut();
    this.failedBefore = 0;
    this.#left?.postMessage(null);
    await this.refresh();
  };

  /** Something was done here: all is asked for anew. */
  readonly refresh = async (): Promise<void> => {
    await this.#ask();
    if (!this.isLocked) this.#onChange();
  };

  async #ask(): Promise<void> {
    this.#asked += 1;
    const asked = this.#asked;
    if (this.#hasMoved && this.person && !this.isLocked) {
      this.#hasMoved = false;
      await api.stillHere();
    }
    const session = await registerApi.session();
    if (asked !== this.#asked) return;
    const before = this.session;
    const waited = idsOf(this.waiting);
    this.isConnected = session !== null;
    if (session === null) return this.#host.requestUpdate();
    const isAnother = before?.person?.id !== session.person?.id;
    this.isLocked = !this.#isLeaving && before?.person != null && session.person === null;
    if (this.isLocked) return this.#host.requestUpdate();
    // What somebody else may read or has written is not kept for the next.
    if (isAnother && before?.person) await this.#forget(session);
    if (session.person === null) this.#isLeaving = false;
    this.session = session;
    if (session.person) {
      if (isAnother || this.names === null) this.names = await registerApi.names();
      this.waiting = (await registerApi.waiting()) ?? this.waiting;
    }
    this.#host.requestUpdate();
    // Who may not see where the ledger stands sees by this that something was confirmed.
    const hasWaited = waited !== idsOf(this.waiting);
    if (
      isAnother ||
      hasWaited ||
      before?.seq !== session.seq ||
      before.cycles.length !== session.cycles.length
    )
      this.#onChange();
  }
  /** Takes everything off the page that was there for whoever worked at it. */
  async #forget(session: RegisterSession): Promise<void> {
    this.waiting = [];
    this.session = { ...session, person: null, rights: [] };
    this.#onChange();
    this.#host.requestUpdate();
    await this.#host.updateComplete;
  }
}
