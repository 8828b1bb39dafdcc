import type { Graded } from '../../../register/model/work/fields.ts';
import { between, type Draw, drawing } from '../drawing.ts';
import type { Task } from '../sample-office.ts';
import type { ToldProject } from './stories.ts';
import { at, each, workOf, type YearOfWork } from './year-of-work.ts';

/** Members of a standing committee; a town's congress has none, and grades itself. */
const MEMBERS = { city: 45, county: 31, town: null } as const;

/** From this year on they vote and grade in a hall. */
export const HALL_SINCE = 2023;

/** How the congress grades the projects of a year, in the January after it. */
export function gradedProjects({
  projects,
  kind,
  year,
}: Pick<YearOfWork, 'projects' | 'kind' | 'year'>): readonly Graded[] {
  const draw = drawing(kind.list.seed - year);
  return projects.map((one) => gradedOf(one, kind.list.present, draw));
}

/**
 * Graded in January, on paper as long as there is no hall; what is not satisfactory is explained, put right, and graded again
 * or accepted; looked back at in summer.
 */
export function appraised(of: YearOfWork, hallSince: number): readonly Task[] {
  const next = of.year + 1;
  const { roll, present } = of.kind.list;
  const bad = of.projects.filter(({ story }) => story === 'dissatisfied');
  const onPaper = {
    at: at(next, '01-14'),
    do: () => grade(of, 'congress', { roll, present }, gradedProjects(of)),
  };
  return [
    ...(next < hallSince ? [onPaper] : []),
    ...bad.flatMap(({ id }) => putRight(of, id)),
    each(of, at(next, '06-18'), (project) => lookBack(of, project)),
  ];
}

function grade(
  { office, year }: YearOfWork,
  by: 'congress' | 'standing-committee',
  { roll, present }: { readonly roll: number; readonly present: number },
  items: readonly Graded[],
): void {
  const reason = '以无记名方式书面测评，监票人签字的计票单附后';
  office.both('congress', 'committee', {
    act: 'enter-paper-appraisal',
    paper: { cycle: year, by, roll, present, cast: present, items: [...items], sheet: office.scan(), reason },
  });
}

/** How so many grade a project. */
function gradedOf({ id, story }: ToldProject, cast: number, draw: Draw): Graded {
  const isBad = story === 'dissatisfied';
  const satisfied = Math.floor((cast * (isBad ? between(draw, 20, 30) : between(draw, 66, 93))) / 100);
  const rest = cast - satisfied;
  const basic = Math.floor((rest * (isBad ? between(draw, 15, 25) : between(draw, 60, 80))) / 100);
  const none = Math.floor((rest - basic) / 4);
  return { project: id, satisfied, basic, dissatisfied: rest - basic - none, 'dont-know': none };
}

function putRight(of: YearOfWork, project: string): readonly Task[] {
  const { office, kind, year } = of;
  const next = year + 1;
  const explain = (what: 'explanation' | 'rectification', words: string) =>
    office.as(workOf(office, project).sheet.lead, {
      ...{ act: 'explain', project, kind: what, words, evidence: [office.scan()] },
    });
  const again = () => {
    const roll = MEMBERS[kind.level] ?? kind.list.roll;
    const present = roll - 2;
    const by = MEMBERS[kind.level] === null ? 'congress' : 'standing-committee';
    grade(of, by, { roll, present }, [gradedOf({ id: project, story: 'smooth' }, present, drawing(year))]);
  };
  const accept = () =>
    office.both('committee', 'congress', {
      ...{ act: 'accept-rectification', project, document: office.scan() },
      words: '听取整改情况报告，实地查看后同意通过。',
    });
  return [
    {
      at: at(next, '02-10'),
      do: () =>
        office.as('committee', {
          ...{ act: 'order-rectification', project, due: `${next}-06-30` },
          words: '管护责任不落实、部分设施闲置，限期整改并再次测评。',
        }),
    },
    {
      at: at(next, '02-24'),
      do: () => explain('explanation', '交付后未明确管护单位，开放时间与群众需求不符，责任在我单位。'),
    },
    {
      at: at(next, '05-20'),
      do: () => explain('rectification', '已明确管护单位和经费，延长开放时间，闲置设施全部启用。'),
    },
    { at: at(next, '07-06'), do: year % 2 === 0 ? accept : again },
  ];
}

function lookBack({ office, year }: YearOfWork, { id, story }: ToldProject): void {
  const { group } = workOf(office, id);
  const isPartly = story === 'finding' || story === 'dissatisfied';
  office.as(group?.members[1]?.id ?? '', {
    ...{ act: 'look-back', project: id, lookBack: `back-${year}-${id}`.slice(0, 64), day: office.today() },
    works: isPartly ? 'partly' : 'yes',
    users: isPartly ? '工作日使用较少，周末较多。' : '附近居民日常使用，管护单位每日巡查。',
    words: isPartly ? '一处设施待维修，已约定时限。' : '设施完好，运行正常。',
    photos: [office.scan()],
  });
}
