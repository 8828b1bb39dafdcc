import type { RandomBytes } from '../../shared/protocol/ids.ts';
import { ACT_REFUSALS, type Act, type ActRefusal, type HandEntry } from '../contract/acts.ts';
import { type Actor, actorOf, type StaffPerson } from '../contract/person.ts';
import { type ActName, maySecond, secondRoleFor } from '../contract/rights.ts';
import type { About, Outcome, Waiting as WaitingAnswer, WaitingDocument } from '../contract/waiting.ts';
import type { After } from '../process/clock.ts';
import type { Chronicle } from '../sitting/chronicle.ts';
import { decideTheirs, isSittingAct } from '../sitting/decide.ts';
import { isSecretAct, type SecretAct } from '../sitting/decide-secret.ts';
import type { Sitting } from '../sitting/state.ts';
import {
  confirm,
  declined,
  differences,
  propose,
  shownTo,
  stillWaiting,
  takenBack,
  WAITING_MS,
  type Waiting,
  type WaitingAct,
} from '../staff/second-person.ts';
import type { RollNews } from './files-entered.ts';
import { aboutAct, groundOf } from './second-about.ts';
import type { Done, StaffActs } from './staff-acts.ts';

/** What became of an act that somebody of the staff asked for: done, refused, or waiting for another person. */
export type Asked =
  | Done
  | { readonly ok: true; readonly waiting: { readonly id: string; readonly left: number } };

export interface SecondPersonsParts {
  readonly chronicle: Chronicle;
  readonly acts: Pick<StaffActs, 'act'>;
  /** What the files would change in the roll; null where they cannot be read. */
  readonly rollNews: () => RollNews | null;
  /** What waits has changed, or what has become of it. */
  readonly onChange: () => void;
  readonly random: RandomBytes;
  readonly after: After;
}

/** What has become of an act, told to those who had a hand in it for as long as an act waits. */
interface Settled {
  readonly id: string;
  readonly about: About;
  readonly by: Actor;
  readonly outcome: Outcome;
  readonly at: number;
}

/** So many are told of at once. */
const MOST_SETTLED = 50;

/** What was true of an act when it was proposed. */
interface Known {
  readonly about: About;
  readonly ground: string;
}

/** Acts that wait for a second person, who confirms them in a session of their own. After a start nothing waits. */
export class SecondPersons {
  readonly #parts: SecondPersonsParts;
  readonly #start: string;
  #waiting: Waiting = [];
  readonly #known = new Map<string, Known>();
  #settled: readonly Settled[] = [];
  #told = 0;
  #endTimer: (() => void) | null = null;
  #isStopped = false;

  constructor(parts: SecondPersonsParts) {
    this.#parts = parts;
    this.#start = hex(parts.random);
  }

  get document(): WaitingDocument {
    return { start: this.#start, told: this.#told };
  }

  /** Does what `by` asks for; where it would be done if somebody else confirmed it, it waits for them. */
  async ask(act: Act | SecretAct, by: Actor): Promise<Asked> {
    const done = await this.#parts.acts.act(act, { by });
    if (done.ok || done.reason !== 'second-person') return done;
    // What guards a scrutineer's own acts is the threshold.
    return isSecretAct(act) ? done : this.#propose(act, by);
  }

  #propose(act: Act, by: Actor): Asked {
    const { chronicle } = this.#parts;
    const { state } = chronicle;
    const person = state.staff.get(by.id);
    if (this.#isStopped || !person) return no('not-allowed');
    const right: ActName = act.act === 'reload' ? 'change-roll' : act.act;
    // Nobody is asked to confirm what would be refused afterwards.
    if (isSittingAct(act)) {
      const decision = decideTheirs(state, act, { by }, chronicle.now());
      if (!decision.ok) return decision;
    }
    const others = [...state.staff.values()];
    if (!others.some((each) => maySecond(each, right, by.id, state.rightSettings)))
      return no('no-second-person');
    const news = act.act === 'reload' ? this.#parts.rollNews() : null;
    const about = aboutAct(state, act, news);
    if (!about) return no('files-wrong');
    const groundNow = (each: Act) => news?.hash ?? groundOf(state, each);
    const ground = groundNow(act);
    const now = chronicle.now();
    const stale = this.#waiting.filter(
      (each) =>
        each.by.id === person.id &&
        each.act.act === act.act &&
        this.#known.get(each.id)?.ground !== groundNow(each.act),
    );
    for (const each of stale) this.#waiting = takenBack(this.#waiting, each.id, person.id);
    const id = hex(this.#parts.random);
    const proposal = propose(this.#waiting, { id, act, right, person }, now, state.rightSettings);
    this.#settleExpired(now);
    if (!proposal.ok) return no(proposal.reason);
    this.#waiting = proposal.waiting;
    const { proposed } = proposal;
    if (!this.#known.has(proposed.id)) this.#known.set(proposed.id, { about, ground });
    this.#changed();
    return { ok: true, waiting: { id: proposed.id, left: leftOf(proposed, now) } };
  }

  /** `person` confirms what waits; of a show of hands with what they have counted. */
  async confirm(id: string, person: StaffPerson, entered: HandEntry | null): Promise<Done> {
    const { chronicle } = this.#parts;
    const { state } = chronicle;
    const now = chronicle.now();
    this.#settleExpired(now);
    const before = this.#waiting.find((each) => each.id === id);
    const known = this.#known.get(id);
    const result = confirm(
      this.#waiting,
      { id, person, entered },
      now,
      state.rightSettings,
      (first) => state.staff.get(first) ?? null,
    );
    this.#waiting = result.waiting;
    const isOver = before !== undefined && !result.waiting.includes(before);
    if (!result.ok) {
      if (isOver) this.#settle(before, this.#whyOver(before, person, entered, result.reason));
      return no(result.reason);
    }
    const { act, by, with: second } = result.agreed;
    if (!before || !known) return no('not-waiting');
    if (act.act !== 'reload' && groundOf(state, act) !== known.ground) {
      this.#settle(before, refusal('ground-changed'));
      return no('ground-changed');
    }
    const seen = act.act === 'reload' ? known.ground : null;
    const done = await this.#parts.acts.act(act, { by, with: second }, seen);
    this.#settle(before, done.ok ? { is: 'done', with: second } : refusal(done.reason));
    return done;
  }

  /** What `person` may confirm, they do not; then it waits no longer. */
  decline(id: string, person: StaffPerson): Done {
    const { chronicle } = this.#parts;
    const now = chronicle.now();
    this.#settleExpired(now);
    const before = this.#waiting.find((each) => each.id === id);
    const result = declined(this.#waiting, id, person, now, chronicle.state.rightSettings);
    if (!result.ok || !before) return no(result.ok ? 'not-waiting' : result.reason);
    this.#waiting = result.waiting;
    this.#settle(before, { is: 'declined', with: result.with });
    return { ok: true, steps: [] };
  }

  /** Whoever proposed an act takes it back. */
  takeBack(id: string, person: StaffPerson): Done {
    const rest = takenBack(this.#waiting, id, person.id);
    if (rest.length === this.#waiting.length) return no('not-waiting');
    this.#waiting = rest;
    this.#changed();
    return { ok: true, steps: [] };
  }

  /** What concerns `person`. */
  shownTo(person: StaffPerson): WaitingAnswer {
    const { state } = this.#parts.chronicle;
    const now = this.#parts.chronicle.now();
    const shown = shownTo(this.#waiting, person, now, state.rightSettings);
    return {
      start: this.#start,
      waiting: shown.flatMap(({ waiting, as }) => {
        const about = this.#known.get(waiting.id)?.about;
        const { id, by } = waiting;
        return about ? [{ id, about: asNow(about, state), by, left: leftOf(waiting, now), as }] : [];
      }),
      settled: this.#settled
        .filter(({ by, outcome, at }) => now - at < WAITING_MS && isOf(person, by, outcome))
        .map(({ at: _, ...each }) => each),
    };
  }

  /** The sitting has changed: whatever waits on other ground waits no longer. */
  look(): void {
    const { state } = this.#parts.chronicle;
    for (const each of this.#waiting) {
      if (each.act.act === 'reload' || groundOf(state, each.act) === this.#known.get(each.id)?.ground)
        continue;
      this.#waiting = this.#waiting.filter((other) => other !== each);
      this.#settle(each, refusal('ground-changed'));
    }
  }

  stop(): void {
    this.#isStopped = true;
    this.#waiting = [];
    this.#endTimer?.();
  }

  #whyOver(
    { act, id, right, by }: WaitingAct,
    person: StaffPerson,
    entered: HandEntry | null,
    reason: ActRefusal,
  ): Outcome {
    const about = this.#known.get(id)?.about;
    const role = secondRoleFor(person, right, by.id, this.#parts.chronicle.state.rightSettings);
    if (reason !== 'entries-differ' || act.act !== 'by-hand' || about?.act !== 'by-hand' || !entered || !role)
      return refusal(reason);
    return { is: 'differ', with: actorOf(person, role), fields: differences(about.motion, act, entered) };
  }

  #settleExpired(now: number): void {
    const current = stillWaiting(this.#waiting, now);
    const expired = this.#waiting.filter((each) => !current.includes(each));
    this.#waiting = current;
    for (const each of expired) this.#settle(each, { is: 'expired' });
  }

  #settle({ id, by }: WaitingAct, outcome: Outcome): void {
    const about = this.#known.get(id)?.about;
    const at = this.#parts.chronicle.now();
    if (about) this.#settled = [...this.#settled, { id, about, by, outcome, at }].slice(-MOST_SETTLED);
    this.#known.delete(id);
    this.#changed();
  }

  #changed(): void {
    for (const id of this.#known.keys())
      if (!this.#waiting.some((each) => each.id === id)) this.#known.delete(id);
    this.#told += 1;
    this.#arm();
    if (!this.#isStopped) this.#parts.onChange();
  }

  /** The next one expires by itself. */
  #arm(): void {
    this.#endTimer?.();
    this.#endTimer = null;
    const [next] = this.#waiting;
    if (!next || this.#isStopped) return;
    const { chronicle, after } = this.#parts;
    this.#endTimer = after(Math.max(1, leftOf(next, chronicle.now())), () => {
      this.#endTimer = null;
      this.#settleExpired(chronicle.now());
      this.#arm();
    });
  }
}

const no = (reason: ActRefusal): Extract<Done, { ok: false }> => ({ ok: false, reason });

const leftOf = ({ at }: WaitingAct, now: number): number => Math.max(0, at + WAITING_MS - now);

const hex = (random: RandomBytes): string => Buffer.from(random(8)).toString('hex');

function refusal(reason: ActRefusal | 'unavailable'): Outcome {
  const text =
    reason === 'unavailable'
      ? { zh: '账本暂时无法写入，操作未执行', en: 'The ledger cannot be written now; nothing was done' }
      : ACT_REFUSALS[reason];
  return { is: 'refused', reason, text };
}

/** Whether `person` proposed it, or confirmed it or not. */
function isOf(person: StaffPerson, by: Actor, outcome: Outcome): boolean {
  return by.id === person.id || ('with' in outcome && outcome.with.id === person.id);
}

/** Of a show of hands, how many are here by now. */
function asNow(about: About, state: Sitting): About {
  if (about.act !== 'by-hand') return about;
  return { ...about, present: state.presence.size, roll: state.deputies.size };
}
