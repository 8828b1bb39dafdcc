import { type InstallParts, readJson, readState, wholeAt } from './install.ts';
import { appOf, goFile, healthyFile, type Slot, stateOf } from './places.ts';
import { choose, Go, type Verdict, type VersionState } from './versions.ts';

/** A version to start, and what is known of it. */
export interface Started {
  /** The folder of its program. */
  readonly app: string;
  readonly state: VersionState;
}

/**
 * Chooses the version that is started next and remembers it, durably, before it is started. Done before each start of the
 * terminal, and when what is on trial has been judged.
 * @param known places and manifests whose every file was looked at since the machine was switched on; grows.
 */
export function start(parts: InstallParts, verdict: Verdict | null, known: Set<string>): Started {
  const { tree, places } = parts;
  const before = readState(tree, places);
  const whole = (slot: Slot): string | null => {
    const found = wholeAt(parts, slot, known);
    if (found !== null) known.add(`${slot} ${found}`);
    return found;
  };
  const go = readJson(tree, goFile(places), Go);
  const chosen = choose(before, { go, verdict, whole });
  const { state } = chosen;
  if (JSON.stringify(state) !== JSON.stringify(before)) {
    // What an earlier start said of its health is not said of this one.
    if (state.trial) tree.remove(healthyFile(places));
    tree.makeFolder(places.versions);
    tree.replace(stateOf(places), JSON.stringify(state));
  }
  tree.remove(goFile(places));
  return { app: appOf(places, chosen.start), state };
}
