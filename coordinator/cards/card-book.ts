import { basename } from 'node:path';
import { cardsAgainstRoll, NTAG424_UID } from '../config/cards-file.ts';
import type { HallConfig } from '../config/hall-file.ts';
import { failed, type Loaded, loaded } from '../config/problem.ts';
import { readRoll } from '../config/roll-file.ts';
import type { CardKind, Deputy, RegisteredCard } from '../sitting/entries.ts';
import { Register } from './register.ts';

/** Why a change to the cards makes no sense; one line for the clerk. */
export type Change = { readonly ok: true } | { readonly ok: false; readonly problem: string };

const no = (problem: string): Change => ({ ok: false, problem });
const DONE: Change = { ok: true };

/** A hall's cards as its files know them: those of the roll, and the register, whose lines hold where both speak. */
export class CardBook {
  readonly #register: Register;
  readonly #deputies: ReadonlyMap<string, Deputy>;

  constructor(register: Register, deputies: readonly Deputy[]) {
    this.#register = register;
    this.#deputies = new Map(deputies.map((deputy) => [deputy.id, deputy]));
  }

  /** Reads the roll and the register that hall.yaml names. */
  static open({ files }: Pick<HallConfig, 'files'>): Loaded<CardBook> {
    if (files.cards === null)
      return failed({
        file: 'hall.yaml',
        line: null,
        what: 'the hall has no register of cards',
        cure: 'add cards: cards.csv below files:',
      });
    const roll = readRoll(files.roll, basename(files.roll));
    const register = Register.open(files.cards);
    if (!roll.ok || !register.ok)
      return failed([roll, register].flatMap((file) => (file.ok ? [] : file.problems)));
    const problems = cardsAgainstRoll(register.value.lines, roll.value, basename(files.cards));
    return problems.length > 0 ? failed(problems) : loaded(new CardBook(register.value, roll.value));
  }

  /** All cards: the register's in its order, then those that stand in the roll alone. */
  get cards(): readonly RegisteredCard[] {
    const { cards } = this.#register;
    const registered = new Set(cards.map(({ card }) => card));
    const others = [...this.#deputies.values()].flatMap(({ id, cards: own }) =>
      own.filter((card) => !registered.has(card)).map((card) => ofRoll(card, id)),
    );
    return [...cards, ...others];
  }

  get deputies(): readonly Deputy[] {
    return [...this.#deputies.values()];
  }

  deputy(id: string): Deputy | null {
    return this.#deputies.get(id) ?? null;
  }

  get(card: string): RegisteredCard | null {
    return this.cards.find((known) => known.card === card) ?? null;
  }

  /** Whether a deputy has a card that checks in. */
  hasCard(deputy: string): boolean {
    return this.cards.some((card) => card.deputy === deputy && card.status === 'active');
  }

  /** Why `card` cannot be given to `deputy`. */
  whyNotIssue(deputy: string, card: string, kind: CardKind): Change {
    if (!this.#deputies.has(deputy)) return no(`there is no deputy ${deputy} on the roll`);
    if (kind === 'ntag424' && !NTAG424_UID.test(card))
      return no(`${card} is no UID of an NTAG 424 DNA, which has 14 hexadecimal digits`);
    const known = this.get(card);
    if (known && known.deputy !== deputy && known.status === 'active')
      return no(`card ${card} is ${known.deputy}’s; block it first`);
    const owner = this.deputies.find(({ cards }) => cards.includes(card));
    return owner && owner.id !== deputy ? no(`card ${card} is ${owner.id}’s in the roll`) : DONE;
  }

  /** Gives a card to a deputy. `counter`: its last tap, where it was tapped; taps used before stay used. */
  issue(deputy: string, card: string, kind: CardKind, counter = 0): Change {
    const refused = this.whyNotIssue(deputy, card, kind);
    if (!refused.ok) return refused;
    const used = Math.max(counter, this.get(card)?.counter ?? 0);
    this.#register.put({ card, deputy, kind, status: 'active', counter: used });
    return DONE;
  }

  block(card: string, status: 'lost' | 'cancelled'): Change {
    const known = this.get(card);
    if (!known) return no(`there is no card ${card}`);
    this.#register.put({ ...known, status });
    return DONE;
  }

  /** Raises a card's counter to the last tap used; returns whether it was lower. */
  raise(card: string, counter: number): boolean {
    const known = this.#register.get(card);
    if (!known || known.counter >= counter) return false;
    this.#register.put({ ...known, counter });
    return true;
  }

  /** Writes the register. @throws where it cannot be written. */
  save(): void {
    this.#register.save();
  }
}

const ofRoll = (card: string, deputy: string): RegisteredCard => ({
  card,
  deputy,
  kind: 'uid',
  status: 'active',
  counter: 0,
});
