import type { DeviceStatus, Key, LampRow, SeatHardware, Tap } from '../../hardware/capabilities.ts';
import type { Random } from '../../shared/backoff.ts';
import type { Choice } from '../../shared/kinds/kinds.ts';
import type { Clock } from '../machine/clock.ts';
import { draftLegend } from '../seat/draft.ts';
import { draftKind } from '../seat/kinds/kinds.ts';
import type { Legend, Meaning } from '../seat/legend.ts';
import { legendOf } from '../seat/seat.ts';
import { deputyOf, type SeatState } from '../seat/seat-state.ts';
import { isTesting, keyInTest } from '../seat/self-test.ts';
import { likelyChoice } from './likely-choice.ts';

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
  /** What the deputy has made up their mind to choose in the round; null to let it pass. */
  #mind: Choice | null = null;
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
      firmware: 'simulated',
      onPress: (listener: (key: Key) => void) => {
        this.#press = listener;
      },
      show: (_lamps: LampRow) => {},
    };
    this.reader = {
      ...device,
      model: 'simulated',
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
    // Where the first key leads back, something was pressed already.
    const first = !state.vote?.draft || draftLegend(state.vote.draft, state.now)[0] === null;
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
      const will = this.#will;
      this.#mind = will() < this.#manner.passes ? null : likelyChoice(vote.round.motion, will);
    }
    const { draft } = vote;
    if (this.#mind?.kind !== draft.kind) return null;
    return keyOf(legendOf(state), draftKind(draft.kind).towards(draft, this.#mind));
  }
}

const KEY_AT = [1, 2, 3, 4, 5] as const;

/** The key that means `wanted` now; a dead key is not pressed. */
function keyOf(legend: Legend, wanted: Meaning): Key | null {
  const text = JSON.stringify(wanted);
  const index = legend.findIndex((meaning) => meaning !== null && JSON.stringify(meaning) === text);
  return KEY_AT[index] ?? null;
}
