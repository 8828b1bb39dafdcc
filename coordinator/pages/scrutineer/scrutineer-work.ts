import type { ReactiveController, ReactiveControllerHost } from 'lit';
import { makeSeed } from '../../../shared/belenios/pedersen-trustee.ts';
import { pause, Timers } from '../../../shared/pages/timers.ts';
import type { Text } from '../../../shared/protocol/ids.ts';
import type { ScrutineerAct } from '../../contract/acts.ts';
import type { SecrecyDocument } from '../../contract/documents.ts';
import { checkCode, type Self, signResult } from '../../scrutineer/desk.ts';
import { agreementTo, boundDuty, type Duty, shownIn } from '../../scrutineer/duty.ts';
import { type Memory, withAgreed, withStop } from '../../scrutineer/memory.ts';
import { Attempts, type Outcome, outcomeOf } from '../../scrutineer/offered-steps.ts';
import { api } from '../parts/api.ts';
import type { Documents } from '../parts/feed.ts';
import type { Scrutineer } from './scrutineer-self.ts';
import { shareOf } from './scrutineer-share.ts';
import { browserRandom, type Kept, ScrutineerStore } from './scrutineer-store.ts';
import { type ScrutineerWords, scrutineerWords } from './scrutineer-words.ts';

/** Between a step that did not get there and the next try. */
const PAUSE_MS = 5_000;

/** The part of the page a step belongs to. */
export type Part = 'key' | 'decrypt' | 'sign';
interface Trouble {
  readonly part: Part;
  /** The ceremony or vote it came up in. */
  readonly of: string;
  readonly text: Text;
}

const both = (pick: (words: ScrutineerWords) => string): Text => ({
  zh: pick(scrutineerWords.zh),
  en: pick(scrutineerWords.en),
});

/** What a scrutineer's page does: reads what the device keeps before every step, and takes each step until it has got there. */
export class ScrutineerWork implements ReactiveController {
  duty: Duty | null = null;
  isBusy = false;
  /** The ballots are being downloaded and added up. */
  isChecking = false;
  store: ScrutineerStore | null = null;
  readonly #host: ReactiveControllerHost;
  readonly #timers: Timers;
  readonly #documents: () => Documents;
  readonly #who: () => Scrutineer | null;
  readonly #onSignedOut: () => void;
  readonly #attempts = new Attempts((then) => {
    this.#timers.after(PAUSE_MS, () => {
      then();
      this.#host.requestUpdate();
    });
  });
  #trouble: Trouble | null = null;
  #seen: { readonly secrecy: SecrecyDocument; readonly kept: Kept; readonly state: string } | null = null;

  constructor(
    host: ReactiveControllerHost,
    documents: () => Documents,
    who: () => Scrutineer | null,
    onSignedOut: () => void,
  ) {
    this.#host = host;
    this.#documents = documents;
    this.#who = who;
    this.#onSignedOut = onSignedOut;
    this.#timers = new Timers(host);
    host.addController(this);
  }

  hostConnected(): void {
    window.addEventListener('storage', this.#onStorage);
  }

  hostDisconnected(): void {
    window.removeEventListener('storage', this.#onStorage);
  }

  /** Another tab has written: what is on this one's screen may be due no more. */
  readonly #onStorage = (): void => this.#host.requestUpdate();

  hostUpdate(): void {
    const { hall } = this.#documents();
    const who = this.#who();
    if (!hall || !who) this.store = null;
    else if (this.store?.isOf(hall.sitting, who.id) !== true)
      this.store = new ScrutineerStore(localStorage, hall.sitting, who.id);
    this.#look();
  }

  get kept(): Kept | 'damaged' | null {
    return this.store?.kept ?? null;
  }

  /** What did not work in this part of the page, while it still matters. */
  troubleIn(part: Part): Text | null {
    const of = part === 'key' ? this.#ceremony : this.#vote;
    const due = this.duty?.is;
    const isOver = part === 'key' && due !== undefined && due !== 'contribute' && due !== 'compare';
    return this.#trouble?.part === part && this.#trouble.of === of && !isOver ? this.#trouble.text : null;
  }

  get #ceremony(): string {
    return String(this.#documents().secrecy?.ceremony);
  }

  get #vote(): string {
    return this.#documents().decryption?.opening ?? '';
  }

  get #self(): Self | null {
    const { kept } = this;
    const who = this.#who();
    if (!who || !kept || kept === 'damaged' || !kept.key) return null;
    return { owner: who.owner, seed: kept.key.seed };
  }

  /** Works out what is due for the key, and does what needs no consent. */
  #look(): void {
    const { hall, secrecy } = this.#documents();
    const { kept, store } = this;
    const self = this.#self;
    if (!hall || !secrecy || !self || !store || !kept || kept === 'damaged') {
      this.duty = null;
      this.#seen = null;
      return;
    }
    if (this.#seen?.secrecy !== secrecy || this.#seen.kept !== kept) {
      const { duty, learns } = boundDuty(secrecy, hall.sitting, self, kept.memory, browserRandom);
      this.duty = duty;
      this.#seen = { secrecy, kept, state: JSON.stringify(secrecy) };
      if (learns) this.#remember('key', (memory) => withAgreed(memory, learns));
    }
    if (this.duty?.is !== 'contribute') return;
    const { act } = this.duty;
    const step = `${store.place} ${self.seed} ${secrecy.ceremony} ${act.step}`;
    void this.#attempts.take(step, this.#seen.state, () => this.#run('key', () => this.#send('key', act)));
  }

  /** Makes the key, where no other tab has. */
  begin(): void {
    const problem = this.store?.begin({
      seed: makeSeed(browserRandom),
      ceremony: this.#documents().secrecy?.ceremony ?? 0,
      backedUp: false,
    });
    if (problem) this.#fail('key', (words) => words.noShare[problem]);
    this.#host.requestUpdate();
  }

  /** All scrutineers have read out the code that stood on the screen. */
  agree(code: string): void {
    const { hall, secrecy } = this.#documents();
    const agreed = hall && secrecy ? agreementTo(secrecy, hall.sitting) : null;
    if (agreed && checkCode(agreed.fingerprint) === code)
      this.#remember('key', (memory) => withAgreed(memory, agreed));
    this.#host.requestUpdate();
  }

  /** The codes are not the same: nothing more in this ceremony. */
  stop(): void {
    const { hall, secrecy } = this.#documents();
    if (hall && secrecy) this.#remember('key', (memory) => withStop(memory, shownIn(secrecy, hall.sitting)));
    this.#host.requestUpdate();
  }

  /** The person asks once more for what was refused or did not get there. */
  again(): void {
    this.#attempts.again();
    this.#host.requestUpdate();
  }

  async decrypt(): Promise<void> {
    const { hall, secrecy, decryption } = this.#documents();
    const self = this.#self;
    const { store } = this;
    if (this.isBusy || !hall || !secrecy || !decryption || !self || !store) return;
    this.isChecking = true;
    await this.#run('decrypt', async () => {
      // The page says what it does before the long part begins.
      await pause(30);
      const made = await shareOf(decryption, secrecy, hall.sitting, self, store);
      if (typeof made === 'object')
        return this.#send('decrypt', { act: 'share', round: decryption.round, share: made.share });
      this.#fail('decrypt', (words) => words.noShare[made]);
      return made === 'download' ? 'failed' : 'refused';
    });
  }

  async sign(): Promise<void> {
    const { hall, decryption } = this.#documents();
    const self = this.#self;
    const act = hall && decryption && self && signResult(decryption, hall.sitting, self, browserRandom);
    if (!this.isBusy && act) await this.#run('sign', () => this.#send('sign', act));
  }

  /** Does something that takes a while; whatever becomes of it, the page can be used again afterwards. */
  async #run(part: Part, work: () => Promise<Outcome>): Promise<Outcome> {
    this.isBusy = true;
    this.#host.requestUpdate();
    try {
      const outcome = await work();
      if (outcome === 'done' && this.#trouble?.part === part) this.#trouble = null;
      return outcome;
    } catch (error) {
      this.#fail(part, (words) => words.failed + String(error));
      return 'failed';
    } finally {
      this.isBusy = false;
      this.isChecking = false;
      this.#host.requestUpdate();
    }
  }

  async #send(part: Part, act: ScrutineerAct): Promise<Outcome> {
    const answer = await api.scrutineerAct(act);
    const outcome = outcomeOf(answer);
    if (!answer.ok && outcome !== 'done') {
      const { text } = answer;
      this.#fail(part, (words) => words.failed + (words === scrutineerWords.zh ? text.zh : text.en));
      if (answer.reason === 'signed-out') this.#onSignedOut();
    }
    return outcome;
  }

  #remember(part: Part, change: (memory: Memory) => Memory): void {
    const memory = this.store?.update(change);
    if (typeof memory === 'string') this.#fail(part, (words) => words.noShare[memory]);
  }

  #fail(part: Part, pick: (words: ScrutineerWords) => string): void {
    this.#trouble = { part, of: part === 'key' ? this.#ceremony : this.#vote, text: both(pick) };
  }
}
