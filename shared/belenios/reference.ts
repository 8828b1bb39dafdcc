import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { type Archive, readArchive } from './archive.ts';
import { type Election, readElection } from './ballot.ts';

/** For tests: elections held with belenios-tool 3.3.0. */
export const REFERENCE = [
  'decision-single-key',
  'selection-single-key',
  'selection-2-of-3',
  'appraisal-2-of-3',
] as const;

export const fixture = (file: string): Buffer => readFileSync(join(import.meta.dirname, 'fixtures', file));

export interface Reference {
  readonly archive: Archive;
  readonly election: Election;
  /** As recorded, in order. */
  readonly ballots: readonly string[];
}

const Setup = z.object({ election: z.string() });

/** The election in an archive that is whole. */
export function reference(name: string): Reference {
  const archive = readArchive(fixture(`${name}.bel`));
  if ('problem' in archive) throw new Error(`${name} is damaged: ${archive.problem} in file ${archive.file}`);
  const payloads = (type: string) =>
    archive.events.flatMap((event) =>
      event.type === type ? (archive.data.get(event.payload ?? '') ?? []) : [],
    );
  const setup = Setup.parse(JSON.parse(payloads('Setup')[0] ?? 'null'));
  const election = readElection(archive.data.get(setup.election) ?? '');
  if (!election) throw new Error(`${name} has no election`);
  return { archive, election, ballots: payloads('Ballot') };
}

/** The voters' private credentials. */
export const credentials = (name: string): string[] =>
  Object.values(
    z.record(z.string(), z.string()).parse(JSON.parse(fixture(`${name}.credentials.json`).toString())),
  );
