import { type SampleYear, sampleYears } from '../past/past-years.ts';
import type { Task } from '../sample-office.ts';
import { CITY, COUNTY, listsOf } from '../sample-registers.ts';
import { at, type YearOfWork } from './year-of-work.ts';

/** Which of the city's areas the county is. */
const COUNTY_IN_CITY = 'north';

const chosenOf = ({ projects, chosen }: SampleYear) => projects.filter(({ id }) => chosen.includes(id));

/** Of the county: what it does of a project of the city's is said to be that, so that no yuan is counted twice. */
export function shared({ office, kind, year, isOver, projects }: YearOfWork): readonly Task[] {
  if (kind !== COUNTY || isOver) return [];
  const above = sampleYears(listsOf(CITY, [year])).flatMap(chosenOf);
  for (const { id, sheet } of above) {
    if (!sheet.parts.some(({ area }) => area === COUNTY_IN_CITY)) continue;
    const alike = `${id.slice(0, -`-${year}`.length)}-`;
    const own = projects.find((one) => one.id.startsWith(alike));
    if (!own) continue;
    const to = { register: CITY.id, project: id };
    return [{ at: at(year, '02-12'), do: () => office.as('gov', { act: 'link', project: own.id, to }) }];
  }
  return [];
}
