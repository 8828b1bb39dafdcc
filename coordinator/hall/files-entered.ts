import { type Secret, wipe } from '../../shared/belenios/secret.ts';
import { singleTrustee } from '../../shared/belenios/trustees.ts';
import type { RandomBytes } from '../../shared/protocol/ids.ts';
import type { CardKeys } from '../cards/card-keys.ts';
import type { LoadedFiles } from '../config/hall-file.ts';
import type { Who } from '../contract/person.ts';
import type { Chronicle } from '../sitting/chronicle.ts';
import { configure } from '../sitting/configure.ts';
import { decideOwn } from '../sitting/decide-secret.ts';
import type { Decision } from '../sitting/decided.ts';

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

/** What the hall's files say, entered as often as they are read; and the secrets that go with it, which no ledger holds. */
export class Configuration {
  readonly #parts: ConfigurationParts;
  #cardKeys: CardKeys | null = null;

  constructor(parts: ConfigurationParts) {
    this.#parts = parts;
  }

  /** Reads the files, at a start or for `who`, and enters what is new in them. @throws {ElectionKeyError} */
  read(who: Who | null): Decision {
    const { chronicle, loadFiles } = this.#parts;
    const files = loadFiles();
    if (!files.ok) return { ok: false, reason: 'files-wrong', detail: files.detail };
    const decision = chronicle.enact((state) => configure(state, files.value, who));
    if (!decision.ok) return decision;
    this.#cardKeys = files.value.cardKeys;
    this.#setOwnKey();
    return decision;
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
