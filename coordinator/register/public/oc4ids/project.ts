import { finishOf, quantityText, type Sheet } from '../../../../shared/projects/sheet.ts';
import { sha256Hex } from '../../../../shared/protocol/bytes.ts';
import type { Text } from '../../../../shared/protocol/ids.ts';
import type { Look } from '../frame.ts';
import { namedIn } from '../list-names.ts';
import type { PublicCycle, PublicList, PublicProject, PublicRegister } from '../public-register.ts';
import { voteWord } from '../stage-words.ts';
import { dayBegins, dayEnds, moment } from './dates.ts';
import { documentsOf } from './documents.ts';
import { budgetOf, moneyForecast } from './money.ts';
import { bodyReference, partiesOf } from './parties.ts';
import type { ProjectSector } from './sectors.ts';
import type { Location, Metric, Milestone, Period, Project } from './shape.ts';

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
  const { id, sheet, vote } = one;
  if (!list?.vote || !vote?.isChosen) return null;
  const { name, register, language } = look;
  const named = namedIn(look, list);
  const chosen = moment(list.vote.at);
  const sector = terms.sectors[sheet.category];
  const period = periodOf(cycle.year, sheet);
  const places = sheet.parts.map((part): Location => {
    const region = named('areas', part.area);
    return {
      id: part.id,
      description: [region, part.place].filter((each) => each !== '').join(' '),
      address: { ...(part.place !== '' && { streetAddress: part.place }), region },
    };
  });
  const forecasts = [targets(look, sheet), moneyForecast(look, sheet)].filter((each) => each !== null);
  return {
    id: `${terms.prefix ?? localPrefix(register)}-${id}`,
    updated: chosen,
    language,
    identifiers: [{ id, scheme: OWN_ID }],
    title: name(sheet.title),
    description: [name(sheet.summary), sheet.content].filter((each) => each !== '').join('\n\n'),
    status: 'preparation',
    ...(period && { period }),
    identificationPeriod: { startDate: dayBegins(cycle.from), endDate: chosen },
    ...(sector && { sector: [sector] }),
    additionalClassifications: [
      { scheme: CATEGORY, id: sheet.category, description: named('categories', sheet.category) },
    ],
    publicAuthority: bodyReference(sheet.lead, named),
    parties: partiesOf(sheet, named),
    ...(places.length > 0 && { locations: places }),
    budget: budgetOf(look, sheet, named, chosen),
    ...(sheet.beneficiaries !== '' && {
      benefits: [{ description: name(sheet.summary), beneficiaries: [{ description: sheet.beneficiaries }] }],
    }),
    ...(forecasts.length > 0 && { forecasts }),
    milestones: [approval(look, list, one), ...sheet.parts.map(delivery)],
    documents: documentsOf(look, one, list, at),
  };
}

/** From the first day of its year to the last of its parts. */
function periodOf(year: number, sheet: Sheet): Period | null {
  const finish = finishOf(sheet);
  if (finish === null) return null;
  const first = `${year}-01-01`;
  return { ...(first <= finish && { startDate: dayBegins(first) }), endDate: dayEnds(finish) };
}

/** What each part is to reach. */
function targets({ t }: Look, { parts }: Sheet): Metric | null {
  if (parts.length === 0) return null;
  return {
    id: 'physicalProgress',
    title: t('各子项目的目标', 'Targets of the parts'),
    observations: parts.map(({ id, title, target, finish }) => ({
      id: `${id}/target`,
      period: { endDate: dayEnds(finish) },
      measure: Number(quantityText(target.thousandths)),
      unit: { name: target.unit },
      dimensions: { part: id },
      notes: title,
    })),
  };
}

function approval(look: Look, { vote }: PublicList, one: PublicProject): Milestone {
  return {
    id: 'vote',
    title: look.t('代表票决', 'Vote of the deputies'),
    type: 'approval',
    code: 'projectApproval',
    ...(one.vote && { description: voteWord(look, one.vote) }),
    ...(vote && { dateMet: moment(vote.at) }),
    status: 'met',
  };
}

const delivery = ({ id, title, finish }: Sheet['parts'][number]): Milestone => ({
  id: `part-${id}`,
  title,
  type: 'delivery',
  code: 'completion',
  dueDate: dayEnds(finish),
  status: 'scheduled',
});
