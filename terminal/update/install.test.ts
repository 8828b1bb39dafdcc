import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { sha256Hex } from '../../shared/protocol/bytes.ts';
import { Dice } from '../../test/attack/dice.ts';
import { DiskModel, type DiskOp } from '../../test/attack/disk-model.ts';
import { type InstallParts, install, readState } from './install.ts';
import { fetchedContent, fetchedManifest, goFile, readyFile } from './places.ts';
import { type Started, start } from './start.ts';
import { MemoryTree } from './testing/memory-tree.ts';
import {
  contents,
  factory,
  fetched,
  MACHINE,
  manifestFor,
  OTHER_KEY,
  PLACES,
  RELEASE_PUBLIC,
} from './testing/releases.ts';
import { MOST_STARTS, type Verdict } from './versions.ts';

const FIRST = contents('0.1.0');
const SECOND = contents('0.2.0');
const THIRD = contents('0.3.0');

const partsOf = (tree: MemoryTree): InstallParts => ({
  tree,
  places: PLACES,
  releaseKey: RELEASE_PUBLIC,
  machine: MACHINE,
});

function put(tree: MemoryTree, files: ReadonlyMap<string, Buffer>): void {
  for (const [path, bytes] of files) tree.files.set(path, bytes);
}

const hashAt = (tree: MemoryTree) => sha256Hex(tree.files.get(fetchedManifest(PLACES)) ?? '');
const go = (tree: MemoryTree) =>
  tree.files.set(goFile(PLACES), Buffer.from(JSON.stringify({ manifest: hashAt(tree), page: true })));
const verdict = (tree: MemoryTree, became: Verdict['became']): Verdict => ({
  manifest: hashAt(tree),
  became,
});
const next = (tree: MemoryTree, found: Verdict | null = null) => start(partsOf(tree), found, new Set());

/** The files of the version that would be started. */
const started = (tree: MemoryTree, { app }: Started) =>
  Object.fromEntries(
    [...tree.files]
      .filter(([path]) => path.startsWith(`${app}/`))
      .map(([path, bytes]) => [path.slice(app.length + 1), String(bytes)]),
  );

function seat(...fetches: Map<string, Buffer>[]): MemoryTree {
  const tree = new MemoryTree(factory(FIRST));
  for (const files of fetches) put(tree, files);
  return tree;
}

describe('installing a version', () => {
  it('puts it beside the one that runs, which goes on running', () => {
    const tree = seat(fetched(manifestFor(2, SECOND), SECOND));
    expect(install(partsOf(tree))).toEqual({ manifest: hashAt(tree), refused: null });
    expect(started(tree, next(tree))).toEqual(FIRST);
  });

  it('starts it on trial when the terminal is at rest, and keeps it when it is well', () => {
    const tree = seat(fetched(manifestFor(2, SECOND), SECOND));
    install(partsOf(tree));
    go(tree);
    expect(started(tree, next(tree))).toEqual(SECOND);
    const kept = next(tree, verdict(tree, 'confirmed'));
    expect(kept.state).toMatchObject({ current: 'a', trial: null, last: { became: 'confirmed' } });
    expect(started(tree, next(tree))).toEqual(SECOND);
  });

  it('goes back by itself when it is not well, and may be tried again', () => {
    const tree = seat(fetched(manifestFor(2, SECOND), SECOND));
    install(partsOf(tree));
    go(tree);
    next(tree);
    const back = next(tree, verdict(tree, 'no-page'));
    expect(started(tree, back)).toEqual(FIRST);
    expect(back.state.last?.became).toBe('no-page');
    install(partsOf(tree));
    go(tree);
    expect(started(tree, next(tree))).toEqual(SECOND);
  });

  it('goes back after so many starts without a verdict', () => {
    const tree = seat(fetched(manifestFor(2, SECOND), SECOND));
    install(partsOf(tree));
    go(tree);
    for (let i = 0; i < MOST_STARTS; i += 1) expect(started(tree, next(tree))).toEqual(SECOND);
    const back = next(tree);
    expect(started(tree, back)).toEqual(FIRST);
    expect(back.state.last?.became).toBe('crashed');
  });

  it('goes back to the version before it, from one place to the other', () => {
    const tree = seat(fetched(manifestFor(2, SECOND), SECOND));
    install(partsOf(tree));
    go(tree);
    next(tree);
    next(tree, verdict(tree, 'confirmed'));
    put(tree, fetched(manifestFor(3, THIRD), THIRD));
    expect(install(partsOf(tree)).refused).toBeNull();
    go(tree);
    expect(started(tree, next(tree))).toEqual(THIRD);
    expect(started(tree, next(tree, verdict(tree, 'crashed')))).toEqual(SECOND);
  });

  it('needs only what has changed', () => {
    const files = fetched(manifestFor(2, SECOND), SECOND);
    files.delete(fetchedContent(PLACES, sha256Hex(FIRST['node_modules/library/index.js'] ?? '')));
    const tree = seat(files);
    expect(install(partsOf(tree)).refused).toBeNull();
  });

  it.each([
    ['unsigned by the pinned key', fetched(manifestFor(2, SECOND), SECOND, OTHER_KEY), 'not-signed'],
    ['for another processor', fetched(manifestFor(2, SECOND, { arch: 'x64' }), SECOND), 'wrong-machine'],
    ['for another Node.js', fetched(manifestFor(2, SECOND, { node: '24.1.0' }), SECOND), 'wrong-node'],
    ['without one of its files', fetched(manifestFor(2, SECOND), FIRST), 'altered'],
  ])('refuses a version %s', (_what, files, refused) => {
    const tree = seat(files);
    expect(install(partsOf(tree)).refused).toBe(refused);
    go(tree);
    expect(started(tree, next(tree))).toEqual(FIRST);
    expect(tree.files.has(readyFile(PLACES))).toBe(false);
  });

  it('refuses all where no release key is pinned', () => {
    const tree = seat(fetched(manifestFor(2, SECOND), SECOND));
    expect(install({ ...partsOf(tree), releaseKey: null }).refused).toBe('no-release-key');
  });

  it('refuses a version that is not newer than the one that runs', () => {
    const tree = seat(fetched(manifestFor(3, THIRD), THIRD));
    install(partsOf(tree));
    go(tree);
    next(tree);
    next(tree, verdict(tree, 'confirmed'));
    for (const [order, files] of [
      [3, SECOND],
      [2, SECOND],
    ] as const) {
      put(tree, fetched(manifestFor(order, files), files));
      expect(install(partsOf(tree)).refused).toBe('older');
    }
  });

  it('starts what came with the system where a disk has spoilt the version that runs', () => {
    const tree = seat(fetched(manifestFor(2, SECOND), SECOND));
    install(partsOf(tree));
    go(tree);
    const { app } = next(tree);
    next(tree, verdict(tree, 'confirmed'));
    tree.files.set(`${app}/package.json`, Buffer.from('{"version":"0.2.1"}'));
    const back = next(tree);
    expect(started(tree, back)).toEqual(FIRST);
    expect(back.state.last?.became).toBe('damaged');
  });

  it.each([
    ['leads out of its folder', '../escape.js'],
    ['is absolute', '/etc/passwd'],
    ['is hidden in a folder above', 'dist/../../x'],
    ['has an empty part', 'dist//x'],
    ['has a backslash', 'dist\\..\\x'],
    ['cannot be seen', 'dist/\u202ex'],
    ['is a file and a folder', 'package.json/x'],
  ])('refuses a signed manifest with a path that %s', (_what, path) => {
    const files = { ...SECOND, [path]: 'x' };
    expect(install(partsOf(seat(fetched(manifestFor(2, files), files)))).refused).toBe('malformed');
  });

  it('refuses a version of which any byte was changed, before anything is written outside its folder', () => {
    const good = fetched(manifestFor(2, SECOND), SECOND);
    const all = [...good];
    fc.assert(
      fc.property(fc.nat(), fc.nat(), fc.integer({ min: 1, max: 255 }), (which, where, by) => {
        const [path, bytes] = all[which % all.length] ?? ['', Buffer.alloc(0)];
        const bent = Buffer.from(bytes);
        const at = where % bent.length;
        bent[at] = (bent[at] ?? 0) ^ by;
        // What never changes is taken from the version that runs: it is not read from here at all.
        fc.pre(path !== fetchedContent(PLACES, sha256Hex(SECOND['node_modules/library/index.js'] ?? '')));
        const tree = seat(good, new Map([[path, bent]]));
        expect(install(partsOf(tree)).refused).toMatch(/^(malformed|not-signed|altered)$/);
        go(tree);
        expect(started(tree, next(tree))).toEqual(FIRST);
        const left = [...tree.files.keys()].filter((name) => name.startsWith(`${PLACES.versions}/a`));
        expect(left).toEqual([]);
      }),
      { numRuns: 300 },
    );
  });
});

describe('a power cut at any moment', () => {
  /** Every step of two updates, the second into the other place, and a third that is given up. */
  function scenario(tree: MemoryTree): void {
    for (const [order, files, became] of [
      [2, SECOND, 'confirmed'],
      [3, THIRD, 'confirmed'],
      [4, contents('0.4.0'), 'crashed'],
    ] as const) {
      for (const [path, bytes] of fetched(manifestFor(order, files), files)) {
        tree.remove(path);
        tree.write(path, bytes);
      }
      install(partsOf(tree));
      go(tree);
      next(tree);
      next(tree, verdict(tree, became));
    }
  }

  it('leaves a seat that starts one of the two versions, whole, and that can be updated', {
    timeout: 180_000,
  }, () => {
    const ops: DiskOp[] = [];
    const base = factory(FIRST);
    scenario(new MemoryTree(base, (op) => ops.push(op)));
    const versions = [FIRST, SECOND, THIRD, contents('0.4.0')];
    const seen = new Set<number>();
    let cuts = 0;
    for (let k = 0; k <= ops.length; k += 1) {
      const model = new DiskModel(base);
      for (const op of ops.slice(0, k)) model.apply(op);
      for (let chance = 0; chance < 8; chance += 1) {
        const tree = new MemoryTree(model.cut(new Dice(k * 8 + chance)));
        const runs = started(tree, next(tree));
        const which = versions.findIndex(
          (files) => JSON.stringify(files) === JSON.stringify(sorted(runs, files)),
        );
        expect(which, `cut at ${k}: ${Object.keys(runs)}`).toBeGreaterThanOrEqual(0);
        seen.add(which);
        cuts += 1;
        // And it goes on from there: what is newer than all can be installed and kept.
        const files = contents('0.9.0');
        if (readState(tree, PLACES).trial !== null) next(tree, trialVerdict(tree));
        put(tree, fetched(manifestFor(9, files), files));
        expect(install(partsOf(tree)).refused).toBeNull();
        go(tree);
        expect(started(tree, next(tree))).toEqual(files);
      }
    }
    expect([...seen].sort()).toEqual([0, 1, 2, 3]);
    expect(cuts).toBeGreaterThan(500);
  });

  const sorted = (runs: Record<string, string>, like: object) =>
    Object.fromEntries(Object.keys(like).map((path) => [path, runs[path]]));
  const trialVerdict = (tree: MemoryTree): Verdict => ({
    manifest: readState(tree, PLACES).trial?.manifest ?? '',
    became: 'crashed',
  });
});
