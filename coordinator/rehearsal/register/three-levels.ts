import { readFileSync, writeFileSync } from 'node:fs';
import type { Programs } from '../../cli/programs.ts';
import type { SampleHall } from '../running-sample.ts';
import {
  exchangeWith,
  type SampleFolder,
  type SampleRegister,
  sampleRegisterFolder,
  startRegister,
} from './running-register.ts';

/** So many propose something in the city, and in each register beneath it. */
const PROPOSALS = { city: 400, beneath: 60 } as const;

/** The files of a city's register, and of those beneath it. */
export interface ThreeFolders {
  readonly city: SampleFolder;
  readonly beneath: readonly SampleFolder[];
}

/** A city's register, and beneath it a county's and two towns', each a program of its own. */
export interface ThreeLevels {
  readonly city: SampleRegister;
  readonly beneath: readonly SampleRegister[];
}

/** Writes them all at once, one process each. */
export async function writeThreeLevels(
  programs: Programs,
  passwordOf: (person: string) => string,
): Promise<ThreeFolders> {
  const [city, ...beneath] = await Promise.all([
    sampleRegisterFolder(programs, { which: 'city', passwordOf, proposals: PROPOSALS.city }),
    ...(['county', 'town1', 'town2'] as const).map((which) =>
      sampleRegisterFolder(programs, { which, passwordOf, proposals: PROPOSALS.beneath }),
    ),
  ]);
  return { city, beneath };
}

/** Runs them: those beneath first, on the ports behind the city's, which is to know where they are. @param port 0: any. */
export async function openThreeLevels(
  programs: Programs,
  folders: ThreeFolders,
  { hall, port }: { readonly hall: Pick<SampleHall, 'key' | 'folder'>; readonly port: number },
): Promise<ThreeLevels> {
  const run = async (of: SampleFolder, at: number): Promise<SampleRegister> => ({
    ...of,
    ...(await startRegister(programs, of.file, port === 0 ? 0 : port + at)),
  });
  const beneath = await Promise.all(folders.beneath.map((each, i) => run(each, i + 1)));
  exchangeWith(folders.city.file, hall);
  standAbove(folders.city.file, beneath);
  return { city: await run(folders.city, 0), beneath };
}

/** Has the register of that file read those beneath it. */
function standAbove(file: string, beneath: readonly SampleRegister[]): void {
  const lines = beneath.map(({ config, key, http }) => {
    const { register, level } = config;
    return `  - { id: ${register.id}, name: ${JSON.stringify(register.name)}, level: ${level}, key: ${key}, address: ${JSON.stringify(http)} }\n`;
  });
  const above = `\n# 下级项目库 · registers beneath\nchildren:\n${lines.join('')}pull: { everyMinutes: 0.25 }\n`;
  writeFileSync(file, readFileSync(file, 'utf8') + above);
}
