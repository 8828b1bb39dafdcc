import { sha256Hex } from '../../../../shared/protocol/bytes.ts';
import type { Text } from '../../../../shared/protocol/ids.ts';
import type { Look } from '../frame.ts';
import { namedIn } from '../list-names.ts';
import type { PublicCycle, PublicProject, PublicRegister } from '../public-register.ts';
import { dayBegins, moment } from './dates.ts';
import { documentsOf } from './documents.ts';
import { milestonesOf } from './milestones.ts';
import { budgetOf } from './money.ts';
import { bodyReference, partiesOf } from './parties.ts';
import { completionOf, periodsOf, statusOf, updatedAt } from './phases.ts';
import { forecastsOf, metricsOf } from './progress.ts';
import type { ProjectSector } from './sectors.ts';
import type { Location, Project } from './shape.ts';

/** What a register's file says of its open data. */
export interface OpenDataTerms {
  /** Under which terms it may be used; null where nobody has said. */
  readonly licence: { readonly name: Text; readonly url: string } | null;
  /** The project identifier prefix that OC4IDS has given to this congress; null where it has none. */
  readonly prefix: string | null;
  /** Category → sector of OC4IDS. Categories that are none have none. */
  readonly sectors: Readonly<Record<string, ProjectSector>>;
}

/** Nothing is said in the register's file. */
export const NO_TERMS: OpenDataTerms = { licence: null, prefix: null, sectors: {} };

/** How OC4IDS classifies nothing of ours: the names of our own schemes. */
const CATEGORY = 'x-hallvote-category';
const OWN_ID = 'x-hallvote-project';
const OTHER_REGISTER = 'x-hallvote-register';

/** A code of our own in an open list: what this register pays of a project of another, whose money is counted there. */
export const SHARE_OF = 'shareOf';

/**
 * What project ids begin with where the congress has no registered prefix: `x-hallvote-` and twelve digits of the SHA-256 of the
 * register's public key. Nobody else has them, and they stay as long as the register does.
 */
export const localPrefix = ({ key }: Pick<PublicRegister, 'key'>): string =>
  `x-hallvote-${sha256Hex(key).slice(0, 12)}`;

/** A chosen project as OC4IDS has it; null where it is not chosen. `at` makes an address whole. */
export function oc4idsProject(
  look: Look,
  terms: OpenDataTerms,
  cycle: PublicCycle,
  one: PublicProject,
  at: (path: string) => string,
): Project | null {
  const { list } = cycle;
  const work = look.register.works.projects.get(one.id);
  if (!list?.vote || !one.vote?.isChosen || !work) return null;
  const { name, register, language } = look;
  const { id } = one;
  const { sheet, shareOf } = work;
  const named = namedIn(look, list);
  const sector = terms.sectors[sheet.category];
  const places = sheet.parts.map((part): Location => {
    const region = named('areas', part.area);
    return {
      id: part.id,
      description: [region, part.place].filter((each) => each !== '').join(' '),
      address: { ...(part.place !== '' && { streetAddress: part.place }), region },
    };
  });
  const [forecasts, metrics] = [forecastsOf(look, work), metricsOf(look, work)];
  const approved = work.changes.findLast(({ kind }) => kind === 'changed')?.at ?? list.vote.at;
  return {
    id: `${terms.prefix ?? localPrefix(register)}-${id}`,
    updated: updatedAt(work),
    language,
    identifiers: [{ id, scheme: OWN_ID }],
    title: name(sheet.title),
    description: [name(sheet.summary), sheet.content].filter((each) => each !== '').join('\n\n'),
    status: statusOf(work),
    ...periodsOf(work),
    identificationPeriod: { startDate: dayBegins(cycle.from), endDate: moment(list.vote.at) },
    ...(sector && { sector: [sector] }),
    additionalClassifications: [
      { scheme: CATEGORY, id: sheet.category, description: named('categories', sheet.category) },
    ],
    publicAuthority: bodyReference(sheet.lead, named),
    parties: partiesOf(sheet, named),
    ...(places.length > 0 && { locations: places }),
    budget: budgetOf(look, sheet, named, moment(approved)),
    ...(sheet.beneficiaries !== '' && {
      benefits: [{ description: name(sheet.summary), beneficiaries: [{ description: sheet.beneficiaries }] }],
    }),
    ...(forecasts.length > 0 && { forecasts }),
    ...(metrics.length > 0 && { metrics }),
    milestones: milestonesOf(look, list.vote, one, work),
    ...completionOf(look, work),
    documents: documentsOf(look, one, list, at),
    ...(shareOf && {
      relatedProjects: [
        {
          id: 'share-of',
          scheme: OTHER_REGISTER,
          identifier: `${shareOf.register}/${shareOf.project}`,
          relationship: SHARE_OF,
        },
      ],
    }),
  };
}
