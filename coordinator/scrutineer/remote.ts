import { randomBytes } from 'node:crypto';
import { readElection } from '../../shared/belenios/ballot.ts';
import { inLanguage } from '../../shared/protocol/ids.ts';
import type { Result } from '../../shared/protocol/result.ts';
import type { ScrutineerAct } from '../contract/acts.ts';
import type { SecrecyDocument } from '../contract/documents.ts';
import { CoordinatorLine, type Identity, ScrutineerError } from './coordinator-line.ts';
import { checkCode, checkSum, type Self, signResult } from './desk.ts';
import { agreementTo, boundDuty, type Duty, shownIn } from './duty.ts';
import { type Memory, type MemoryProblem, type MemoryStore, withAgreed, withStop } from './memory.ts';
import { Attempts, type Outcome, outcomeOf } from './offered-steps.ts';
import { type ShareProblem, shareOnce } from './share.ts';

/** What a scrutineer is asked on the way; each resolves to yes or no. */
export interface Consent {
  /** Do all scrutineers read out this code? */
  readonly compare: (code: string) => Promise<boolean>;
  readonly decrypt: (title: string, ballots: number) => Promise<boolean>;
  readonly sign: (title: string, result: Result) => Promise<boolean>;
}

export interface RemoteParts {
  /** The coordinator's address, `http://host:port`. */
  readonly http: string;
  /** The file of the hall's CA; null where its certificate needs none, or there is none. */
  readonly ca?: string | null;
  readonly identity: Identity;
  readonly seed: string;
  readonly memory: MemoryStore;
  /** What is wrong with the memory, and what to do about it. */
  readonly describe: (problem: MemoryProblem) => string;
  readonly consent: Consent;
  readonly say: (line: string) => void;
  /** Between a step that failed and the next try; how long an answer may take: milliseconds. */
  readonly pauseMs?: number;
  readonly patienceMs?: number;
}

const PAUSE_MS = 5_000;
/** The archive of a large vote is some tens of megabytes. */
const PATIENCE_MS = 120_000;

const PROBLEMS: Record<Exclude<ShareProblem, MemoryProblem>, string> = {
  archive: '密封票无法核对，不解密 · the ballots cannot be checked; not decrypted',
  sum: '总和与密封票不符，不解密 · this is not the sum of the ballots; not decrypted',
  key: '所用密钥不是监票人的，不解密 · sealed with another key; not decrypted',
  'second-sum': '同一表决的另一个总和，不解密 · another sum of the same vote; not decrypted',
  'other-key':
    '密钥不是核对过校验码的那一把，不解密 · not the key whose check code was compared; not decrypted',
};

/** A scrutineer without a browser: takes part in the making of the key, decrypts and signs, each after consent. */
export class RemoteScrutineer {
  readonly #parts: RemoteParts;
  readonly #line: CoordinatorLine;
  readonly #attempts: Attempts;
  readonly #timers = new Set<NodeJS.Timeout>();
  #isBusy = false;
  #isDue = false;
  #duty: Duty = { is: 'none' };
  #said = '';
  /** Consent once given is not asked for again because a message got lost. */
  readonly #consented = new Set<string>();

  constructor(parts: RemoteParts) {
    this.#parts = parts;
    const { http, ca = null, identity, patienceMs = PATIENCE_MS, pauseMs = PAUSE_MS } = parts;
    this.#line = new CoordinatorLine({
      http,
      ca,
      identity,
      patienceMs,
      onChange: () => this.#look(),
      report: (what, error) => this.#say(`${what}: ${error}`),
    });
    this.#attempts = new Attempts((then) => {
      const timer = setTimeout(() => {
        this.#timers.delete(timer);
        then();
        this.#look();
      }, pauseMs);
      this.#timers.add(timer);
    });
  }

  /** Signs in and follows the sitting. @throws {ScrutineerError} */
  async start(): Promise<string> {
    this.#read();
    return this.#line.start();
  }

  async stop(): Promise<void> {
    for (const timer of this.#timers) clearTimeout(timer);
    await this.#line.stop();
  }

  /** Does what is due, one thing after the other. */
  #look(): void {
    this.#isDue = true;
    if (this.#isBusy) return;
    this.#isBusy = true;
    this.#work()
      .catch((error) => this.#say(error instanceof ScrutineerError ? error.message : String(error)))
      .finally(() => {
        this.#isBusy = false;
        if (this.#isDue) this.#look();
      });
  }

  async #work(): Promise<void> {
    while (this.#isDue) {
      this.#isDue = false;
      await this.#makeKey();
      await this.#decrypt();
      await this.#sign();
    }
  }

  /** What the coordinator shows of the key, and for which sitting; null until both have come. */
  get #shown(): { document: SecrecyDocument; sitting: string; state: string; self: Self } | null {
    const { hall, secrecy, owner } = this.#line;
    const { seed } = this.#parts;
    return hall && secrecy && owner > 0
      ? { document: secrecy.is, sitting: hall.is.sitting, state: secrecy.text, self: { owner, seed } }
      : null;
  }

  async #makeKey(): Promise<void> {
    const shown = this.#shown;
    if (!shown) return;
    const { document, sitting, state, self } = shown;
    const { duty, learns } = boundDuty(document, sitting, self, this.#read(), randomBytes);
    this.#duty = duty;
    if (learns) {
      if (!learns.isCompared)
        this.#say(
          `⚠ 这里没有核对过校验码，按主机给的：请与其他监票人再念一遍 · this device has not compared the check code; it takes the coordinator's: read it out once more: ${checkCode(learns.fingerprint)}`,
        );
      this.#remember((memory) => withAgreed(memory, learns));
    }
    this.#warn(duty);
    const step = `${sitting} ${document.ceremony}`;
    if (duty.is === 'contribute') {
      const { act } = duty;
      await this.#attempts.take(`${step} ${act.step}`, state, () => this.#act(act));
    }
    if (duty.is !== 'compare') return;
    // The next look finds the agreement, and goes on from there.
    if (await this.#parts.consent.compare(duty.code)) {
      const agreed = agreementTo(document, sitting);
      if (agreed) this.#remember((memory) => withAgreed(memory, agreed));
    } else this.#remember((memory) => withStop(memory, shownIn(document, sitting)));
    this.#isDue = true;
  }

  #warn(duty: Duty): void {
    if (duty.is === 'lie') this.#say(`⚠ ${duty.lie.owner}: ${duty.lie.what}`);
    if (duty.is === 'not-mine')
      this.#say('⚠ 密钥不是用这里的种子生成的 · the key was made with another seed');
    if (duty.is === 'stopped')
      this.#say('已停止，等监票人重新生成密钥 · stopped until a scrutineer has the key made anew');
    if (duty.is === 'other-key')
      this.#say(
        `⚠ 主机给的密钥不是核对过校验码的那一把，不再参与；请立即告诉其他监票人 · not the key whose check code was compared; tell the other scrutineers at once: ${duty.agreed} ≠ ${duty.shown ?? '—'}`,
      );
  }

  async #decrypt(): Promise<void> {
    const { owner, decryption } = this.#line;
    const due = decryption?.is;
    const shown = this.#shown;
    if (!due?.tally || due.result || due.phase !== 'closed' || due.shares.includes(owner)) return;
    if (!shown || this.#duty.is !== 'made') return;
    await this.#attempts.take(`share ${due.opening} ${due.tally}`, decryption?.text ?? '', async () => {
      const { document, sitting, self } = shown;
      const archive = await this.#line.archive(readElection(due.election)?.uuid ?? '');
      if (!archive) {
        this.#say('密封票下载没有成功，稍后再试 · the ballots cannot be downloaded now; trying again');
        return 'failed';
      }
      const sum = checkSum(due, document, archive);
      if (typeof sum === 'string') return this.#refuse(sum);
      const { decrypt } = this.#parts.consent;
      const title = inLanguage(due.title, 'zh');
      if (!(await this.#agreed(`share ${sum.tally}`, () => decrypt(title, sum.ballots)))) return 'refused';
      const made = shareOnce(sum, document, sitting, self, this.#parts.memory, randomBytes);
      if (typeof made === 'string') return this.#refuse(made);
      return this.#act({ act: 'share', round: due.round, share: made.share });
    });
  }

  async #sign(): Promise<void> {
    const { hall, owner, decryption } = this.#line;
    const due = decryption?.is;
    if (owner === 0 || !due?.result || due.phase === 'voided' || due.signed.includes(owner) || !hall) return;
    if (this.#duty.is === 'other-key') return;
    const { result } = due;
    await this.#attempts.take(`sign ${due.opening}`, decryption?.text ?? '', async () => {
      const { sign } = this.#parts.consent;
      const title = inLanguage(due.title, 'zh');
      const what = `sign ${due.opening} ${JSON.stringify(result)}`;
      if (!(await this.#agreed(what, () => sign(title, result)))) return 'refused';
      const act = signResult(due, hall.is.sitting, { owner, seed: this.#parts.seed }, randomBytes);
      return act ? this.#act(act) : 'refused';
    });
  }

  async #agreed(what: string, ask: () => Promise<boolean>): Promise<boolean> {
    if (!this.#consented.has(what) && (await ask())) this.#consented.add(what);
    return this.#consented.has(what);
  }

  /** @throws {ScrutineerError} where nobody knows what this key has done. */
  #read(): Memory {
    const memory = this.#parts.memory.read();
    if (typeof memory === 'string') throw new ScrutineerError(this.#parts.describe(memory));
    return memory;
  }

  #remember(change: (memory: Memory) => Memory): void {
    const memory = this.#parts.memory.update(change);
    if (typeof memory === 'string') throw new ScrutineerError(this.#parts.describe(memory));
  }

  #refuse(problem: ShareProblem): Outcome {
    const isOfMemory = problem === 'damaged' || problem === 'gone' || problem === 'unwritable';
    this.#say(`⚠ ${isOfMemory ? this.#parts.describe(problem) : PROBLEMS[problem]}`);
    return problem === 'unwritable' ? 'failed' : 'refused';
  }

  async #act(act: ScrutineerAct): Promise<Outcome> {
    const answer = await this.#line.act(act);
    const outcome = outcomeOf(answer);
    if (!answer.ok && outcome !== 'done') this.#say(`${act.act}: ${answer.text.zh} · ${answer.text.en}`);
    return outcome;
  }

  /** Says a thing once, however often it is found again. */
  #say(line: string): void {
    if (line === this.#said) return;
    this.#said = line;
    this.#parts.say(line);
  }
}
