import { readFileSync, statSync } from 'node:fs';
import { basename } from 'node:path';
import type { RandomBytes } from '../../shared/protocol/ids.ts';
import { cardKey, checkProof, fromHex, KEY_NUMBERS, toHex } from '../../shared/protocol/ntag424.ts';
import { failed, type Loaded, loaded } from '../config/problem.ts';
import { writeNewSecret } from '../process/key-file.ts';

const LENGTH = 16;

/**
 * The keys of a hall's NTAG 424 DNA cards, all made from one master key. Nothing prints, stores or sends them: what
 * becomes of this object in a log or in JSON is empty.
 */
export class CardKeys {
  readonly #master: Uint8Array;

  constructor(master: Uint8Array) {
    this.#master = master;
  }

  /** Whether a one-time message was made by the card it names. */
  holds(proof: string): boolean {
    return checkProof(proof, this.#master).ok;
  }

  /** The five keys of a card, to be written into it. `uid`: 7 bytes. */
  of(uid: Uint8Array): Uint8Array[] {
    return KEY_NUMBERS.map((number) => cardKey(this.#master, uid, number));
  }
}

/** Reads the master key that hall.yaml's `cards.key` names: 32 hexadecimal digits that only their owner can read. */
export function readCardKeys(path: string): Loaded<CardKeys> {
  const not = (what: string, cure: string) => failed({ file: basename(path), line: null, what, cure });
  try {
    const stat = statSync(path, { throwIfNoEntry: false });
    if (!stat?.isFile())
      return not('there is no such key', 'make one with hallvote cards key, or put the cards’ key back');
    if ((stat.mode & 0o077) !== 0) return not('others can read this key', `run chmod 600 ${path}`);
    const master = fromHex(readFileSync(path, 'utf8').trim());
    return master?.length === LENGTH
      ? loaded(new CardKeys(master))
      : not('is no key of 32 hexadecimal digits', 'restore it from the copy');
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : String(error);
    return not(`cannot be read (${code})`, `check who may read ${path}`);
  }
}

/** Makes a master key and keeps it at `path`. @throws where a file is there already. */
export function makeCardKeys(path: string, random: RandomBytes): void {
  writeNewSecret(path, `${toHex(random(LENGTH))}\n`);
}
