import { existsSync } from 'node:fs';
import { basename } from 'node:path';
import { CARDS_SHAPE, cardNumber, type RegisterLine, readCards } from '../config/cards-file.ts';
import { CsvTable } from '../config/csv-table.ts';
import { type Loaded, loaded } from '../config/problem.ts';
import type { RegisteredCard } from '../sitting/entries.ts';

type Table = CsvTable<keyof typeof CARDS_SHAPE.columns>;

/** The register of cards in its file: read whole, changed card by card, written back whole. */
export class Register {
  readonly #path: string;
  readonly #table: Table;
  readonly #cards: Map<string, RegisteredCard>;
  /** Where each card stood when the file was read. */
  readonly lines: readonly RegisterLine[];

  private constructor(path: string, table: Table, lines: readonly RegisterLine[]) {
    this.#path = path;
    this.#table = table;
    this.lines = lines;
    this.#cards = new Map(lines.map(({ card }) => [card.card, card]));
  }

  /** Reads the register at `path`; an empty one where there is no such file yet. */
  static open(path: string): Loaded<Register> {
    const file = basename(path);
    const lines = existsSync(path) ? readCards(path, file) : loaded([]);
    if (!lines.ok) return lines;
    const table = CsvTable.open(path, file, CARDS_SHAPE);
    return table.ok ? loaded(new Register(path, table.value, lines.value)) : table;
  }

  get cards(): readonly RegisteredCard[] {
    return [...this.#cards.values()];
  }

  get(card: string): RegisteredCard | null {
    return this.#cards.get(card) ?? null;
  }

  /** Enters a card, or changes its line. */
  put(card: RegisteredCard): void {
    const { kind, status, deputy, counter } = card;
    const row = this.#table.find((cell) => cardNumber(cell('card')) === card.card);
    const before = this.#cards.get(card.card);
    // What does not change keeps the spelling it has in the file.
    this.#table.set(row, {
      ...(before ? {} : { card: card.card }),
      ...(before?.deputy === deputy ? {} : { deputy }),
      ...(before?.kind === kind ? {} : { kind }),
      ...(before?.status === status ? {} : { status }),
      ...(before?.counter === counter ? {} : { counter: String(counter) }),
    });
    this.#cards.set(card.card, card);
  }

  /** Writes the file, or leaves the one there. @throws where it cannot be written. */
  save(): void {
    this.#table.save(this.#path);
  }
}
