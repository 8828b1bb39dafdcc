import { isDeepStrictEqual } from 'node:util';
import { type Secret, wipe } from '../../shared/belenios/secret.ts';
import { singleTrustee } from '../../shared/belenios/trustees.ts';
import { sha256Hex } from '../../shared/protocol/bytes.ts';
import type { RandomBytes } from '../../shared/protocol/ids.ts';
import type { CardKeys } from '../cards/card-keys.ts';
import type { LoadedFiles } from '../config/hall-file.ts';
import type { Who } from '../contract/person.ts';
import type { Chronicle } from '../sitting/chronicle.ts';
import { configure } from '../sitting/configure.ts';
import { decideOwn } from '../sitting/decide-secret.ts';
import type { Decision } from '../sitting/decided.ts';
import type { Deputy } from '../sitting/entries.ts';

export interface ConfigurationParts {
  readonly chronicle: Chronicle;
  /** Reads the hall's files; `detail` names file, line and cure of every mistake. */
  readonly loadFiles: () => { ok: true; value: LoadedFiles } | { ok: false; detail: string };
  /**
   * The key of secret votes in a hall whose coordinator holds it, made where there is none yet.
   * @throws {ElectionKeyError} where it is not the one in the ledger.
   */
  readonly electionKey: () => Secret;
  readonly random: RandomBytes;
}

/** The roll that the files bring, against the one in force. `hash`: of all that they say. */
export interface RollNews {
  readonly hash: string;
  readonly roll: number;
  /** Names. */
  readonly added: readonly string[];
  readonly removed: readonly string[];
  readonly changed: readonly string[];
}

/** What the hall's files say, entered as often as they are read; and what goes with it that no ledger holds: secrets, and when idle sessions end. */
export class Configuration {
  readonly #parts: ConfigurationParts;
  #cardKeys: CardKeys | null = null;
  #idleMs = Number.POSITIVE_INFINITY;

  constructor(parts: ConfigurationParts) {
    this.#parts = parts;
  }

  /**
   * Reads the files, at a start or for `who`, and enters what is new in them.
   * @param seen where they were looked at before: what {@link rollNews} said of them, and they must still say.
   * @throws {ElectionKeyError}
   */
  read(who: Who | null, seen: string | null = null): Decision {
    const { chronicle, loadFiles } = this.#parts;
    const files = loadFiles();
    if (!files.ok) return { ok: false, reason: 'files-wrong', detail: files.detail };
    if (seen !== null && seen !== hashOf(files.value)) return { ok: false, reason: 'files-replaced' };
    const decision = chronicle.enact((state) => configure(state, files.value, who));
    if (!decision.ok) return decision;
    this.#cardKeys = files.value.cardKeys;
    this.#idleMs = files.value.idleMs;
    this.#setOwnKey();
    return decision;
  }

  /** What the files would change in the roll; null where they cannot be read. */
  rollNews(): RollNews | null {
    const files = this.#parts.loadFiles();
    if (!files.ok) return null;
    const { deputies: now } = this.#parts.chronicle.state;
    const { deputies } = files.value;
    const ids = new Set(deputies.map(({ id }) => id));
    const names = (some: readonly Deputy[]) => some.map(({ name }) => name);
    const kept = deputies.filter(({ id }) => now.has(id));
    return {
      hash: hashOf(files.value),
      roll: deputies.length,
      added: names(deputies.filter(({ id }) => !now.has(id))),
      removed: names([...now.values()].filter(({ id }) => !ids.has(id))),
      changed: names(kept.filter((each) => !isDeepStrictEqual(each, now.get(each.id)))),
    };
  }

  /** A session that is not used for so long ends, as the files said when they were read last. */
  get idleMs(): number {
    return this.#idleMs;
  }

  /** Whether a card's proof was made with a key of the congress's cards. */
  readonly holdsProof: CardKeys['holds'] = (proof) => this.#cardKeys?.holds(proof) ?? false;

  /** The key of secret votes where the coordinator holds it; null where others do. @throws {ElectionKeyError} */
  ownKey(): Secret | null {
    const { chronicle, electionKey } = this.#parts;
    return chronicle.state.secrecy?.holder === 'coordinator' ? electionKey() : null;
  }

  /** Where the coordinator holds the key of secret votes: that it still does. @throws {ElectionKeyError} */
  checkOwnKey(): void {
    const key = this.ownKey();
    if (key) wipe(key);
  }

  /** Where the coordinator holds the key of secret votes, that key is entered as soon as it is to. */
  #setOwnKey(): void {
    const { chronicle, electionKey, random } = this.#parts;
    const { secrecy, electionKey: known } = chronicle.state;
    if (secrecy?.holder !== 'coordinator') return;
    if (known) {
      this.checkOwnKey();
      return;
    }
    const trustees = singleTrustee(electionKey(), random);
    chronicle.enact((state) => decideOwn(state, { act: 'set-key', trustees }));
  }
}

/** Of what the files say; the keys of cards are read with them and are no part of it. */
function hashOf({ cardKeys: _, ...files }: LoadedFiles): string {
  return sha256Hex(JSON.stringify(files));
}
