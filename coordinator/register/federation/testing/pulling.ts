import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import type { RegisterAct } from '../../model/acts.ts';
import type { SmallRegister } from '../../model/testing/small-register.ts';
import { MID_YEAR, plannedRegister, workOf } from '../../model/testing/small-works.ts';
import { ChildrenStore } from '../children-store.ts';
import type { FeedPlace } from '../feed-places.ts';
import type { LevelState } from '../level-state.ts';
import { pullChild } from '../pull.ts';
import { childOf, feedFiles, placeOf } from './small-feed.ts';

/** What tests of reading have in common: stores that go with the test, registers that run, and one pull. */

/** A store in a folder of its own; both go with the test. */
export function newStore(): ChildrenStore {
  const folder = mkdtempSync(join(tmpdir(), 'hallvote-children-'));
  const store = ChildrenStore.open(join(folder, 'children.db'));
  onTestFinished(() => {
    store.close();
    rmSync(folder, { recursive: true, force: true });
  });
  return store;
}

export const pause = async () => {};
export const WHEN = 1_800_000_000_000;
export const pull = (
  register: SmallRegister,
  store: ChildrenStore,
  place: FeedPlace = placeOf(() => feedFiles(register)),
  witnessed: Parameters<typeof pullChild>[2]['witnessed'] = null,
) => pullChild(childOf(register), place, { store, witnessed, now: () => WHEN, pause });

export const about = (register: string, level: 'city' | 'county' | 'town') => ({
  register,
  level,
  name: { zh: `${register}民生实事项目库` },
  congress: { zh: `${register}人民代表大会` },
});

/** A register in the middle of the year, so that what is said of months can be said. */
export function running(id = 'town', level: 'county' | 'town' = 'town'): SmallRegister {
  const register = plannedRegister({ about: about(id, level) });
  register.clock.pass(Date.parse(`${MID_YEAR}T00:00:00Z`) - register.clock.wall());
  return register;
}

/** Somebody asks for it on a day in the middle of the year, refused or not; a visit is of the last report. */
export function happens(
  register: SmallRegister,
  { act, by, second }: { act: RegisterAct; by: string; second?: string },
) {
  const latest = workOf(register).parts.get('1')?.latest?.seq ?? 0;
  const asked =
    act.act === 'visit' && act.figure ? { ...act, figure: { ...act.figure, report: latest } } : act;
  return register.act(asked, by, second, MID_YEAR);
}

/** As a plain object: what two ways have made. */
export const plain = (level: LevelState | null) =>
  level && {
    ...level,
    works: JSON.stringify([...level.works.values()].map(({ work }) => work)),
  };
