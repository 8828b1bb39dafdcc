import type { KeyObject } from 'node:crypto';
import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import type { Random } from '../../shared/backoff.ts';
import { guarded, type Report } from '../../shared/protocol/guarded.ts';
import { HashHex } from '../../shared/protocol/ids.ts';
import type { UpdateCommand, UpdateHealth } from '../../shared/update/messages.ts';
import { type Clock, every } from '../machine/clock.ts';
import { fetchRelease } from './fetch.ts';
import { InstalledNote, type InstallParts, readState, releaseAt } from './install.ts';
import { fetchedManifest, installedOf, type Place, type Places } from './places.ts';
import type { Tree } from './tree.ts';
import { IDLE, type UpdaterEffect, type UpdaterEvent, type UpdaterState, update } from './updater.ts';

/** How often the seat looks whether those who install have said something. */
const LOOK_MS = 1_000;
/** Whoever installs has said something by then. */
const INSTALL_MS = 20 * 60_000;

/** A version that was started so often, and is not on trial after it, lies on a disk that does not keep it. */
const MOST_STARTS = 2;

const Told = z.strictObject({ manifest: HashHex, port: z.number().int(), starts: z.number().int() });
type Told = z.infer<typeof Told>;

export interface AgentParts {
  readonly places: Places;
  readonly tree: Pick<Tree, 'read'>;
  readonly releaseKey: KeyObject | null;
  readonly machine: InstallParts['machine'];
  /** Which version this program is. */
  readonly running: Place;
  /** The coordinator's pages at `port`, `http://host:port`. */
  readonly pages: (port: number) => string;
  /** What asks there; plain `fetch` unless told otherwise. */
  readonly fetch?: typeof fetch | undefined;
  readonly sourceHash: (path: string) => Promise<string | null>;
  /** Has what was fetched installed; how it went stands in a file afterwards. */
  readonly install: () => Promise<void>;
  /** Has the version started on trial: this program ends. */
  readonly start: (manifest: string) => Promise<void>;
  /** Something changed that the operator would know. */
  readonly tell: () => void;
  readonly clock: Clock;
  readonly random: Random;
  readonly report: Report;
}

/** A seat's updates at work: carries out what {@link update} decides. */
export class UpdateAgent {
  readonly #parts: AgentParts;
  readonly #order: number;
  #state: UpdaterState = IDLE;
  #told: Told | null = null;
  #mayBeVoting = true;
  #fetching: AbortController | null = null;
  /** What installing had to say before; what is no news is not believed. */
  #installedBefore: string | null = null;
  #installingSince = 0;
  #forgetting: Promise<unknown> = Promise.resolve();
  #rest = () => {};

  constructor(parts: AgentParts) {
    this.#parts = parts;
    this.#order = releaseAt(parts, parts.running)?.manifest.order ?? 0;
  }

  /** Goes on where the seat was before it started. */
  async start(): Promise<void> {
    this.#look();
    this.#rest = every(this.#parts.clock, LOOK_MS, () => this.#look());
    const told = Told.safeParse(parsed(await readFile(this.#toldFile, 'utf8').catch(() => '')));
    const { is } = this.#state.step;
    if (!told.success || is !== 'idle') return;
    if (told.data.starts < MOST_STARTS) this.#take(told.data);
    else this.#refuse(told.data.manifest);
  }

  stop(): void {
    this.#rest();
    this.#fetching?.abort();
  }

  get health(): UpdateHealth {
    const { manifest, step } = this.#state;
    return { order: this.#order, manifest, step };
  }

  /** What the operator would have done. */
  command({ act, manifest, port }: UpdateCommand): void {
    if (act === 'take') this.#take({ manifest, port, starts: 0 });
    else this.#happen({ type: 'stop' });
    if (this.#state.step.is === 'idle') this.#forget();
    this.#parts.tell();
  }

  /** Whether a vote may be open, and whether the seat can be without its program for a moment. */
  seatIs(mayBeVoting: boolean, isAtRest: boolean): void {
    this.#mayBeVoting = mayBeVoting;
    if (isAtRest !== this.#state.isAtRest) this.#happen({ type: 'rest', isAtRest });
  }

  #take(told: Told): void {
    this.#told = told;
    this.#happen({ type: 'take', manifest: told.manifest });
  }

  #refuse(manifest: string): void {
    this.#state = { ...this.#state, manifest, next: null, step: { is: 'refused', why: 'disk' } };
    this.#forget();
  }

  #happen(event: UpdaterEvent): void {
    const before = this.#state;
    const { state, effects } = update(before, event);
    this.#state = state;
    if (state.step !== before.step && isNews(before, state)) this.#parts.tell();
    if (state.step.is === 'refused' || state.step.is === 'rolled-back' || state.step.is === 'confirmed')
      this.#forget();
    for (const effect of effects) this.#do(effect);
  }

  #do = guarded(
    'an update',
    (what, error) => this.#failed(what, error),
    async (effect: UpdaterEffect) => {
      switch (effect.type) {
        case 'cancel':
          this.#fetching?.abort();
          return;
        case 'fetch':
          await this.#fetch(effect.manifest);
          return;
        case 'install':
          this.#installedBefore = this.#installed();
          this.#installingSince = this.#parts.clock.now();
          await this.#parts.install();
          return;
        case 'start':
          await this.#remember(1);
          await this.#parts.start(effect.manifest);
          return;
      }
    },
  );

  #failed(what: string, error: unknown): void {
    this.#parts.report(what, error);
    this.#happen({ type: 'fetched', refused: 'disk' });
    this.#happen({ type: 'installed', refused: 'disk' });
  }

  async #fetch(manifest: string): Promise<void> {
    const told = this.#told;
    if (told === null) return;
    const fetching = new AbortController();
    this.#fetching = fetching;
    const { places, releaseKey, machine, sourceHash, clock, random, pages, fetch: ask } = this.#parts;
    await this.#forgetting;
    await mkdir(places.update, { recursive: true, mode: 0o700 });
    await this.#remember(0);
    const refused = await fetchRelease(
      manifest,
      {
        places,
        releaseKey,
        machine: { ...machine, order: this.#order },
        from: pages(told.port),
        fetch: ask,
        isBusy: () => this.#mayBeVoting,
        sourceHash,
        onProgress: (percent) => this.#happen({ type: 'progress', percent }),
        clock,
        random,
      },
      fetching.signal,
    );
    if (this.#fetching === fetching && !fetching.signal.aborted) this.#happen({ type: 'fetched', refused });
  }

  /** What the seat goes on with after a start; `more`: how often it has been started for it. */
  async #remember(more: number): Promise<void> {
    if (this.#told === null) return;
    const told = { ...this.#told, starts: this.#told.starts + more };
    await writeFile(this.#toldFile, JSON.stringify(told), { mode: 0o600 }).catch(() => {});
  }

  /** Hears those who install, who write down what they have done. */
  #look(): void {
    const { step } = this.#state;
    if (step.is === 'installing') {
      if (this.#parts.clock.now() - this.#installingSince > INSTALL_MS)
        this.#happen({ type: 'installed', refused: 'disk' });
      const said = this.#installed();
      const installed = InstalledNote.safeParse(parsed(said ?? ''));
      if (said !== this.#installedBefore && installed.success) {
        const { manifest, refused } = installed.data;
        if (manifest === this.#state.manifest || refused !== null)
          this.#happen({ type: 'installed', refused });
      }
    }
    if (step.is === 'trial' || (step.is === 'idle' && this.#told === null))
      this.#happen({ type: 'versions', versions: readState(this.#parts.tree, this.#parts.places) });
  }

  #installed(): string | null {
    return this.#parts.tree.read(installedOf(this.#parts.places), 4096)?.toString('utf8') ?? null;
  }

  get #toldFile(): string {
    return join(this.#parts.places.update, 'told.json');
  }

  /** Nothing is to be done any more after the next start. */
  #forget(): void {
    this.#told = null;
    const { places } = this.#parts;
    const gone = [this.#toldFile, fetchedManifest(places), join(places.update, 'contents')].map((path) =>
      rm(path, { recursive: true, force: true }).catch(() => {}),
    );
    this.#forgetting = Promise.all(gone);
  }
}

/** Progress is told in tenths, and every other step as it comes. */
function isNews(before: UpdaterState, { step }: UpdaterState): boolean {
  if (step.is !== 'downloading' || before.step.is !== 'downloading') return true;
  return Math.floor(step.percent / 10) !== Math.floor(before.step.percent / 10);
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
