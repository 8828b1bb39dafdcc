import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { HANG_MS } from '../../support/hang.ts';
import { lostOrDoubled } from '../honest-record.ts';
import { closeScene, openScene, type Scene } from '../scene.ts';
import { SmallDisk, smallDisk } from '../tmpfs.ts';
import type { Trial } from '../trial.ts';
import { comesTrue, pause } from '../waiting.ts';

const FULL_MS = 5_000;
const CALM_MS = 2_000;
/** A public page is answered within so long, whatever the disk is; or within so many times what it takes with a disk. */
const PAGE = { ms: 1_000, times: 5 } as const;

const receipts = ({ fleet }: Scene) =>
  [...fleet.casts.values()].filter(({ receipt }) => receipt !== null).length;

/** How long the hall's page took at the worst while `ms` pass. */
async function pagesFor({ hall }: Scene, ms: number): Promise<number> {
  const end = performance.now() + ms;
  let worst = 0;
  while (performance.now() < end) {
    const from = performance.now();
    await fetch(`${hall.ready.http.replace('localhost', '127.0.0.1')}/api/hall`).then(
      (answer) => answer.text(),
      () => {},
    );
    worst = Math.max(worst, performance.now() - from);
    await pause(100);
  }
  return worst;
}

/** What was seen of one way of having no disk. */
interface Without {
  readonly findings: string[];
  /** In a few words, to show that it was felt. */
  readonly felt: string;
}

/** One way of having no disk, from its beginning to votes going on again. */
async function without(scene: Scene, what: string, begin: () => void, end: () => void): Promise<Without> {
  const { hall, fleet } = scene;
  const deaths = hall.deaths.length;
  const findings: string[] = [];
  const calm = await pagesFor(scene, CALM_MS);
  const before = receipts(scene);
  const faults = scene.hall.faults;
  begin();
  const worst = await pagesFor(scene, FULL_MS);
  const inLedger = receipts(scene);
  const felt = `${what}: ${inLedger - before} receipts meanwhile, ${scene.hall.faults - faults} faults logged by the coordinator`;
  end();
  const went = await comesTrue(() => receipts(scene) > inLedger + hall.honest.length, HANG_MS);
  if (worst > Math.max(PAGE.ms, PAGE.times * calm))
    findings.push(`${what}: a page took ${worst.toFixed(0)} ms`);
  if (!went) findings.push(`${what}: votes did not go on after its end`);
  for (const { how, last } of hall.deaths.slice(deaths))
    findings.push(`${what}: the coordinator ended: ${how} ${last.slice(-300)}`);
  if (fleet.hasEnded) findings.push(`${what}: the seats’ program ended`);
  return { findings, felt };
}

async function onDisk(disk: SmallDisk, isSeat: boolean, seed: number): Promise<Without[]> {
  const data = join(disk.folder, 'seats');
  if (isSeat) mkdirSync(data);
  const where = isSeat ? { data } : { in: disk.folder };
  const scene = await openScene({ seats: 8, motions: 60, speed: 8, seed, holder: 'coordinator', ...where });
  const whose = isSeat ? 'seats' : 'coordinator';
  const seen = [
    await without(
      scene,
      `full disk of the ${whose}`,
      () => disk.fill(),
      () => disk.free(),
    ),
  ];
  if (isSeat && !scene.fleet.hasEnded)
    seen.push(
      await without(
        scene,
        'read-only disk of the seats',
        () => disk.readOnly(true),
        () => disk.readOnly(false),
      ),
    );
  if (!scene.fleet.hasEnded) await scene.chair.end();
  await comesTrue(() => scene.fleet.waiting.length === 0, HANG_MS);
  seen.push({ findings: lostOrDoubled(scene.hall.ledgerFile, scene.fleet.casts.values(), true), felt: '' });
  scene.chair.abandon();
  await closeScene(scene);
  // The other one's folder goes with its disk.
  if (isSeat) scene.hall.remove();
  return seen;
}

/** No room on the disk, and no writing to it, at the coordinator and at the seats. */
export const disks: Trial = {
  name: 'disks',
  does: 'the disk of the coordinator full, the disk of the seats full and read-only, while votes are held; then they go on',
  run: async (seed) => {
    const seen: Without[] = [];
    for (const isSeat of [false, true]) {
      const disk = smallDisk(isSeat ? 4 : 16);
      if (!(disk instanceof SmallDisk))
        return { tried: 'nothing', notTried: [`full and read-only disks: ${disk}`], findings: [] };
      try {
        seen.push(...(await onDisk(disk, isSeat, seed)));
      } finally {
        disk.remove();
      }
    }
    return {
      tried: seen.flatMap(({ felt }) => (felt === '' ? [] : [felt])).join('; '),
      notTried: [
        'a disk of the coordinator that becomes read-only or fails while files are open: it takes a device of its own',
      ],
      findings: seen.flatMap(({ findings }) => findings),
    };
  },
};
