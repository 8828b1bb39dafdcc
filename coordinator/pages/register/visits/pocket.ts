import type { ReactiveController, ReactiveControllerHost } from 'lit';
import { Timers } from '../../../../shared/pages/timers.ts';
import type { WorkDocument } from '../../../contract/register/works.ts';
import type { Office } from '../parts/office.ts';
import { registerApi } from '../parts/register-api.ts';
import type { Kept } from './kept.ts';
import { line } from './line.ts';
import { Outbox, type Stop } from './outbox.ts';
import { type Remembered, Telephone } from './telephone.ts';

/** How often what is kept is tried again, and what is shown is asked for. */
const EVERY_MS = 20_000;
const LOCK = 'hallvote-visits';

/** Lets one tab of a browser at a time send; where a browser has no locks, one page at a time, and the register does the rest. */
function alone(): (work: () => Promise<Stop>) => Promise<Stop | null> {
  let isAt = false;
  return async (work) => {
    if (isAt) return null;
    isAt = true;
    try {
      // Without TLS there are none.
      if (!('locks' in navigator)) return await work();
      return await navigator.locks.request(LOCK, { ifAvailable: true }, (lock) => (lock ? work() : null));
    } finally {
      isAt = false;
    }
  };
}

/** What this telephone knows and keeps for somebody at a site: it reads while there is a network, and sends when there is one again. */
export class Pocket implements ReactiveController {
  /** What the register said last; null where it never has, or somebody else has signed in since. */
  last: Remembered | null = null;
  kept: readonly Kept[] = [];
  /** So many things wait here, whosever they are. */
  unsent = 0;
  /** This browser keeps nothing. */
  isBroken = false;
  /** Whether the page itself opens without a network; null while that is not known. */
  opensOffline: boolean | null = null;
  readonly #telephone = new Telephone();
  readonly #host: ReactiveControllerHost;
  readonly #office: Office;
  readonly #outbox: Outbox;
  readonly #onOnline = () => void this.refresh();

  constructor(host: ReactiveControllerHost, office: Office) {
    this.#host = host;
    this.#office = office;
    this.#outbox = new Outbox({
      line,
      shelf: this.#telephone,
      alone: alone(),
      onChange: () => void this.#read(),
    });
    new Timers(host).always(EVERY_MS, () => void this.refresh());
    host.addController(this);
  }

  hostConnected(): void {
    addEventListener('online', this.#onOnline);
    void this.#read();
    void this.#keepPage();
  }

  hostDisconnected(): void {
    removeEventListener('online', this.#onOnline);
  }

  /** What is being sent at this moment. */
  get sending(): string | null {
    return this.#outbox.sending;
  }

  /** Whose telephone this is at this moment: who is signed in, or was when there was a network. */
  get person(): string | null {
    const { session, isConnected, person } = this.#office;
    if (person) return person.id;
    // The register says that nobody is signed in; what it cannot say now, it said last.
    return session && isConnected ? null : (this.last?.session.person?.id ?? null);
  }

  /** Asks for everything anew, and sends what is kept. */
  async refresh(): Promise<void> {
    const person = this.#office.person?.id;
    if (person !== undefined && this.#office.isConnected) {
      await this.#ask();
      await this.#read();
      const waiting = this.#waiting();
      if (waiting > 0) await this.#outbox.send(person).catch(() => {});
      await this.#read();
      // What has arrived shows in the project that it is about.
      if (this.#waiting() < waiting) await this.#ask();
    }
    await this.#read();
  }

  #waiting(): number {
    return this.kept.filter(({ state }) => state.is === 'kept').length;
  }

  /** Puts it on the telephone; what is to be sent is sent at once where that is possible. False: it could not be kept. */
  async put(kept: Kept): Promise<boolean> {
    try {
      await this.#telephone.put(kept);
    } catch (error) {
      this.#broke(error);
      return false;
    }
    await this.#read();
    if (kept.state.is === 'kept') void this.refresh();
    return true;
  }

  async remove(id: string): Promise<void> {
    await this.#telephone.remove(id);
    await this.#read();
  }

  async #ask(): Promise<void> {
    const { session, names } = this.#office;
    if (!session?.person || names === null) return;
    const years = session.cycles.filter(({ stage }) => stage === 'decided').map(({ year }) => year);
    const rows = await Promise.all(years.map((year) => registerApi.works(year)));
    if (rows.includes(null)) return;
    const mine = rows.flatMap((one) => one?.works.filter(({ isMine }) => isMine) ?? []);
    const works = await Promise.all(mine.map(({ id }) => registerApi.work(id)));
    if (works.includes(null)) return;
    const whole = works.filter((work): work is WorkDocument => work !== null);
    const remembered: Remembered = { session, names, works: whole, at: Date.now() };
    this.last = remembered;
    await this.#telephone.remember(remembered).catch(this.#broke);
  }

  async #read(): Promise<void> {
    try {
      const last = await this.#telephone.remembered();
      const { person } = this.#office;
      // What somebody else could read is not shown to the next.
      this.last = person && last?.session.person?.id !== person.id ? null : last;
      this.kept = this.person === null ? [] : await this.#telephone.of(this.person);
      this.unsent = await this.#telephone.unsent();
    } catch (error) {
      this.#broke(error);
    }
    this.#host.requestUpdate();
  }

  readonly #broke = (_error: unknown): void => {
    this.isBroken = true;
    this.#host.requestUpdate();
  };

  /** Has the browser keep the page itself: over TLS, or on the machine itself, and nowhere else. */
  async #keepPage(): Promise<void> {
    try {
      await navigator.serviceWorker.register('/visits-worker.js', { scope: '/visits' });
      await navigator.serviceWorker.ready;
      this.opensOffline = true;
      // What has not been sent is not to be swept away when the disk is full; a browser may say no.
      await navigator.storage.persist();
    } catch {
      this.opensOffline ??= false;
    }
    this.#host.requestUpdate();
  }
}
