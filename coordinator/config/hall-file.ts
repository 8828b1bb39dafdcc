import { basename, dirname, resolve } from 'node:path';
import { z } from 'zod';
import { Fraction } from '../../shared/fraction.ts';
import { Id, Text } from '../../shared/ids.ts';
import type { HallFiles } from '../sitting/configure.ts';
import { readAgenda } from './agenda-file.ts';
import { failed, type Loaded, loaded, type Problem } from './problem.ts';
import { readRoll } from './roll-file.ts';
import { readTerminals } from './terminals-file.ts';
import { numberAsText, readYaml } from './yaml-file.ts';

const address = (port: number) =>
  z
    .strictObject({
      host: z.string().min(1).default('0.0.0.0'),
      port: z.number().int().min(0).max(65_535).default(port),
    })
    .prefault({});

const HallFile = z.strictObject({
  hall: z.strictObject({ id: Id, name: Text }),
  congress: z.strictObject({ name: Text, level: z.enum(['city', 'county', 'town']) }),
  sitting: z.strictObject({
    id: Id,
    title: Text,
    date: z.iso.date('write a day that exists as "2027-01-15", in quotes'),
  }),
  seating: z.enum(['fixed', 'free']).default('fixed'),
  quorum: z.preprocess(numberAsText, Fraction).default({ num: 2, den: 3 }),
  files: z
    .strictObject({
      roll: z.string().default('roll.csv'),
      agenda: z.string().default('agenda.yaml'),
      terminals: z.string().nullable().default(null),
    })
    .prefault({}),
  listen: z.strictObject({ http: address(8080), mqtt: address(1883) }).prefault({}),
  data: z.string().default('data'),
});

/** A hall's configuration; all paths absolute. */
export type HallConfig = z.infer<typeof HallFile>;

/** Reads hall.yaml. Paths in it are relative to it. */
export function loadHall(path: string): Loaded<HallConfig> {
  const hall = readYaml(path, basename(path), HallFile);
  if (!hall.ok) return hall;
  const at = (file: string) => resolve(dirname(path), file);
  const { files, data, ...rest } = hall.value;
  const terminals = files.terminals === null ? null : at(files.terminals);
  return loaded({
    ...rest,
    data: at(data),
    files: { roll: at(files.roll), agenda: at(files.agenda), terminals },
  });
}

/** Reads the files hall.yaml names; all their mistakes come together. */
export function loadFiles({ files, seating, quorum }: HallConfig): Loaded<HallFiles> {
  const roll = readRoll(files.roll, basename(files.roll));
  const agenda = readAgenda(files.agenda, basename(files.agenda), quorum);
  const terminals =
    files.terminals === null ? loaded([]) : readTerminals(files.terminals, basename(files.terminals));
  if (roll.ok && agenda.ok && terminals.ok)
    return loaded({
      seating,
      quorum,
      deputies: roll.value,
      motions: agenda.value,
      terminals: terminals.value,
    });
  const problems = [roll, agenda, terminals].flatMap((file): readonly Problem[] =>
    file.ok ? [] : file.problems,
  );
  return failed(problems);
}
