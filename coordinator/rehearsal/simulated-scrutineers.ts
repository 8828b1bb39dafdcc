import { randomBytes } from 'node:crypto';
import { makeSeed } from '../../shared/belenios/pedersen-trustee.ts';
import { MemoryHeld } from '../scrutineer/memory.ts';
import { RemoteScrutineer } from '../scrutineer/remote.ts';
import type { SampleHall } from './running-sample.ts';

/** How long a simulated scrutineer leaves the decryption to the person. */
const PATIENCE_MS = 45_000;

/** Scrutineers who agree to everything, for demonstrations; `forPerson`: the one left to a person. */
export interface SimulatedScrutineers {
  readonly forPerson: string | null;
  readonly stop: () => Promise<void>;
}

/** Starts the sample hall's scrutineers, the last one excepted where a person takes that part. */
export async function simulateScrutineers(
  hall: Pick<SampleHall, 'http' | 'ca' | 'staff' | 'passwordOf'>,
  leaveOne: boolean,
  say: (line: string) => void,
): Promise<SimulatedScrutineers> {
  const scrutineers = hall.staff.filter(({ roles }) => roles.includes('scrutineer')).map(({ id }) => id);
  const simulated = leaveOne ? scrutineers.slice(0, -1) : scrutineers;
  const yes = async () => true;
  // Where a person is one of them, only the first decrypts at once: the second share may be the person's.
  const later = () => new Promise<boolean>((resolve) => setTimeout(() => resolve(true), PATIENCE_MS).unref());
  const all = simulated.map(
    (person, i) =>
      new RemoteScrutineer({
        http: hall.http,
        ca: hall.ca,
        identity: { person, secret: hall.passwordOf(person) },
        seed: makeSeed(randomBytes),
        memory: new MemoryHeld(),
        describe: (problem) => problem,
        consent: { compare: yes, decrypt: leaveOne && i > 0 ? later : yes, sign: yes },
        say,
      }),
  );
  for (const each of all) await each.start();
  return {
    forPerson: leaveOne ? (scrutineers.at(-1) ?? null) : null,
    stop: async () => {
      await Promise.all(all.map((each) => each.stop()));
    },
  };
}
