import type { Look } from '../frame.ts';
import { ranked } from '../public-register.ts';
import { type OpenDataTerms, oc4idsProject } from './project.ts';
import type { Package } from './shape.ts';

/** Where the package of a year lies, or that of all years. */
export const oc4idsPath = (year: number | null): string =>
  year === null ? '/data/oc4ids.json' : `/data/cycles/${year}.oc4ids.json`;

/**
 * The chosen projects of a year, or of all years, as an OC4IDS project package; null where none is chosen, since a package of
 * nothing is none. `base`: the register's address. It is as old as what changed last in it, whenever it is made.
 */
export function oc4idsPackage(
  look: Look,
  terms: OpenDataTerms,
  base: string,
  year: number | null = null,
): Package | null {
  const { register, to, name } = look;
  const at = (path: string) => new URL(path, base).href;
  const cycles = register.cycles.filter((cycle) => year === null || cycle.year === year);
  const projects = cycles.flatMap((cycle) =>
    (cycle.list ? ranked(register, cycle.list) : []).flatMap(
      (one) => oc4idsProject(look, terms, cycle, one, at) ?? [],
    ),
  );
  const publishedDate = projects
    .map(({ updated }) => updated)
    .sort()
    .at(-1);
  if (publishedDate === undefined) return null;
  return {
    uri: at(to(oc4idsPath(year))),
    publishedDate,
    version: '0.9',
    publisher: {
      name: name(register.congress),
      scheme: 'x-hallvote-ed25519',
      uid: register.key,
      uri: at('/'),
    },
    ...(terms.licence && { license: terms.licence.url }),
    publicationPolicy: at(to('/open-data')),
    projects,
  };
}
