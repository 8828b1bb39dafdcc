import type { DeviceStatus, Key, LampRow, SeatHardware, Tap } from '../hardware/capabilities.ts';
import { GRADES, type Grade } from '../shared/kinds/appraisal.ts';
import type { Motion } from '../shared/kinds/kinds.ts';
import { OPTIONS, type Option } from '../shared/kinds/options.ts';
import type { Random } from './backoff.ts';
import type { Clock } from './clock.ts';
import type { Draft, Legend, Meaning } from './draft.ts';
import { legendOf } from './seat.ts';
import { deputyOf, type SeatState } from './seat-state.ts';
import { isTesting, keyInTest } from './self-test.ts';

export const BEHAVIOURS = ['vote', 'checkin-only', 'idle'] as const;
export type Behaviour = (typeof BEHAVIOURS)[number];

export interface Manner {
  readonly behaviour: Behaviour;
  /** The deputy's card; null where nobody is expected at this seat. */
  readonly card: string | null;
  /** How much faster than a person. */
  readonly speed: number;
  /** The share of deputies who stay away. */
  readonly absent: number;
  /** The share of votes a deputy lets pass without a press. */
  readonly passes: number;
}

/** What a deputy has made up their mind to do in one round. */
type Mind =
  | { readonly kind: 'pass' }
  | { readonly kind: 'decision'; readonly option: Option }
  | { readonly kind: 'selection'; readonly picks: ReadonlySet<string> }
  | { readonly kind: 'appraisal'; readonly grades: ReadonlyMap<string, Grade | null> };

/** Milliseconds at speed 1, from … to. */
const ARRIVE = [1_000, 20_000] as const;
const THINK = [2_000, 15_000] as const;
const PRESS = [400, 1_500] as const;
/** The card of whoever tests a seat that nobody is expected at. */
const TESTER = 'TESTER';

/**
 * A deputy of flesh and blood in front of a real terminal: looks at the screen, taps the card and presses
 * keys, with a person's delays. Stands in for panel and reader.
 */
export class ScriptedDeputy implements SeatHardware {
  readonly panel: SeatHardware['panel'];
  readonly reader: SeatHardware['reader'];
  #manner: Manner;
  #clock: Clock;
  #will: Random;
  #random: Random;
  #isAbsent: boolean;
  #tap: (tap: Tap) => void = () => {};
  #press: (key: Key) => void = () => {};
  #planned = false;
  #cancel = () => {};
  #round: string | null = null;
  #mind: Mind = { kind: 'pass' };
  #seen: SeatState | null = null;

  /** `will` decides what the deputy wants, `random` how long it takes: haste does not change votes. */
  constructor(manner: Manner, clock: Clock, will: Random, random: Random) {
    this.#manner = manner;
    this.#clock = clock;
    this.#will = will;
    this.#random = random;
    this.#isAbsent = will() < manner.absent;
    const device = {
      onStatus: (listener: (status: DeviceStatus) => void) => listener({ is: 'ready' }),
      start: async () => {},
      stop: async () => this.#leave(),
    };
    this.panel = {
      ...device,
      firmware: null,
      onPress: (listener: (key: Key) => void) => {
        this.#press = listener;
      },
      show: (_lamps: LampRow) => {},
    };
    this.reader = {
      ...device,
      onTap: (listener: (tap: Tap) => void) => {
        this.#tap = listener;
      },
    };
  }

  /** The deputy looks at the seat's screen. */
  look(state: SeatState): void {
    this.#seen = state;
    if (this.#planned) return;
    if (isTesting(state)) {
      this.#takeTest(state);
      return;
    }
    if (this.#isAbsent || this.#manner.behaviour === 'idle') return;
    if (deputyOf(state) === null) {
      const { card } = this.#manner;
      const canTap = card !== null && state.link === 'up' && state.sitting && !state.checkIn && !state.notice;
      if (canTap && state.seat?.enrolled) this.#plan(ARRIVE, () => this.#tap({ card }));
      return;
    }
    if (this.#manner.behaviour === 'checkin-only') return;
    const first = state.vote?.draft ? !hasBegun(state.vote.draft) : true;
    if (this.#nextKey(state) !== null) {
      this.#plan(first ? THINK : PRESS, () => {
        const key = this.#seen && !isTesting(this.#seen) && this.#nextKey(this.#seen);
        if (key) this.#press(key);
      });
    }
  }

  #leave(): void {
    this.#cancel();
    this.#planned = true;
  }

  /** Presses the lit key, then taps, as whoever walks along the seats does. */
  #takeTest(state: SeatState): void {
    if (keyInTest(state) === null && state.selfTest?.card) return;
    this.#plan(PRESS, () => {
      if (!this.#seen || !isTesting(this.#seen)) return;
      const key = keyInTest(this.#seen);
      if (key === null) this.#tap({ card: this.#manner.card ?? TESTER });
      else this.#press(key);
    });
  }

  #plan([least, most]: readonly [number, number], act: () => void): void {
    this.#planned = true;
    const ms = (least + this.#random() * (most - least)) / this.#manner.speed;
    this.#cancel = this.#clock.after(ms, () => {
      this.#planned = false;
      act();
    });
  }

  /** The key this deputy would press now; null for none. */
  #nextKey(state: SeatState): Key | null {
    const { vote } = state;
    if (vote?.cast.step === 'sealed') return keyOf(legendOf(state), { act: 'cast' });
    if (!vote?.draft || vote.cast.step !== 'none') return null;
    if (this.#round !== vote.round.id) {
      this.#round = vote.round.id;
      this.#mind = this.#makeUp(vote.round.motion);
    }
    const wanted = nextMeaning(vote.draft, this.#mind);
    return wanted === null ? null : keyOf(legendOf(state), wanted);
  }

  #makeUp(motion: Motion): Mind {
    const { passes } = this.#manner;
    const random = this.#will;
    if (random() < passes) return { kind: 'pass' };
    switch (motion.kind) {
      case 'decision':
        return { kind: 'decision', option: draw(OPTIONS, [92, 5, 3], random) };
      case 'selection': {
        // The first on the list are the more popular; a few deputies leave places empty.
        const keen = motion.candidates.map(({ id }, i, { length }) => ({
          id,
          weight: (1 - (0.75 * i) / length) * (0.4 + random()),
        }));
        const places = random() < 0.9 ? motion.places : Math.ceil(random() * motion.places);
        const picks = keen.sort((a, b) => b.weight - a.weight).slice(0, places);
        return { kind: 'selection', picks: new Set(picks.map(({ id }) => id)) };
      }
      case 'appraisal':
        return {
          kind: 'appraisal',
          grades: new Map(
            motion.items.map(({ id }, i, { length }) => {
              // The last items on the list fare worse.
              const worse = Math.round((30 * i) / length);
              const grade = draw(GRADES, [78 - worse, 16, 4 + worse, 2], random);
              return [id, grade === 'dont-know' && !motion.dontKnow ? null : grade];
            }),
          ),
        };
    }
  }
}

function draw<T>(values: readonly [T, ...T[]], weights: readonly number[], random: Random): T {
  let left = random() * weights.reduce((sum, weight) => sum + weight, 0);
  for (const [i, value] of values.entries()) {
    left -= weights[i] ?? 0;
    if (left < 0) return value;
  }
  return values[0];
}

function hasBegun(draft: Draft): boolean {
  return draft.kind === 'decision' ? draft.option !== null : draft.at > 0 || draft.page.is === 'review';
}

function nextMeaning(draft: Draft, mind: Mind): Meaning | null {
  switch (draft.kind) {
    case 'decision':
      if (mind.kind !== 'decision') return null;
      return draft.option === mind.option ? { act: 'confirm' } : { act: 'choose', option: mind.option };
    case 'selection': {
      if (mind.kind !== 'selection') return null;
      if (draft.page.is === 'review') return { act: 'submit' };
      return { act: 'pick', pick: mind.picks.has(draft.motion.candidates[draft.at]?.id ?? '') };
    }
    case 'appraisal': {
      if (mind.kind !== 'appraisal') return null;
      if (draft.page.is === 'review') return { act: 'submit' };
      const grade = mind.grades.get(draft.motion.items[draft.at]?.id ?? '');
      return grade ? { act: 'grade', grade } : { act: 'next' };
    }
  }
}

const KEY_AT = [1, 2, 3, 4, 5] as const;

/** The key that means `wanted` now; a dead key is not pressed. */
function keyOf(legend: Legend, wanted: Meaning): Key | null {
  const text = JSON.stringify(wanted);
  const index = legend.findIndex((meaning) => meaning !== null && JSON.stringify(meaning) === text);
  return KEY_AT[index] ?? null;
}
