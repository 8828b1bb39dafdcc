/** What a fuzz target is. */

/** A reader of a stranger's bytes, and what must hold whatever they are. */
export interface Target {
  /**
   * Reads `input` and throws where something does not hold: an exception the reader does not document, or a broken
   * promise ({@link mustHold}). What the reader refuses in the documented way is no finding.
   */
  readonly run: (input: Uint8Array) => void | Promise<void>;
  /** Inputs to begin with, made of real objects; kept in `corpus/`. */
  readonly seeds: () => Readonly<Record<string, Uint8Array | string>>;
  /** The most bytes of an input; 4,096 where it is not said. */
  readonly most?: number;
  /** Words beside those of the code. */
  readonly words?: readonly string[];
  /** Milliseconds an input may take, and how many more for each 1,024 bytes of it; 50 and 2 where it is not said. */
  readonly time?: { readonly base: number; readonly perKib: number };
}

/** Something that must hold whatever the bytes are, and does not. */
export class Broken extends Error {
  constructor(what: string) {
    super(what);
    this.name = 'Broken';
  }
}

/** @throws {Broken} where `holds` is false. */
export function mustHold(holds: boolean, what: string): asserts holds {
  if (!holds) throw new Broken(what);
}

/** Whether both print the same JSON. */
export const mustEqual = (a: unknown, b: unknown, what: string): void =>
  mustHold(JSON.stringify(a) === JSON.stringify(b), what);

export const utf8 = (bytes: Uint8Array): string => new TextDecoder().decode(bytes);
export const latin1 = (bytes: Uint8Array): string => Buffer.from(bytes).toString('latin1');
