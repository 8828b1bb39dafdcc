import { ofYear } from '../../../../shared/projects/money.ts';
import { type Part, quantityText } from '../../../../shared/projects/sheet.ts';
import { figureOf, progressOf } from '../../model/work/progress.ts';
import { differences } from '../../model/work/shrunk.ts';
import type { PartWork, Report, Work } from '../../model/work/works.ts';
import type { Look } from '../frame.ts';
import { byEndOf, dayEnds, ofYears } from './dates.ts';
import { yuan } from './money.ts';
import type { Metric, Observation } from './shape.ts';

const quantity = (thousandths: number): number => Number(quantityText(thousandths));
const percent = (permille: number) => ({ measure: permille / 10, unit: { name: '%' } });

/** A metric with what was observed; none where nothing was. */
const metric = (id: Metric['id'], title: string, observations: readonly Observation[]): readonly Metric[] =>
  observations.length > 0 ? [{ id, title, observations }] : [];

const eachPart = (work: Work): readonly { readonly part: Part; readonly its: PartWork }[] =>
  work.sheet.parts.flatMap((part) => {
    const its = work.parts.get(part.id);
    return its ? [{ part, its }] : [];
  });

/** The reports that hold, month by month. */
export const reportsThatHold = ({ months, reports }: PartWork): readonly Report[] =>
  [...months.entries()].sort(([a], [b]) => (a < b ? -1 : 1)).flatMap(([, seq]) => reports.get(seq) ?? []);

/** What is to be reached: targets, as they hold and, where that is another, as they were promised; the plan; money by year. */
export function forecastsOf({ t }: Look, work: Work): readonly Metric[] {
  const { parts } = work.sheet;
  const promised = differences(work.promised, work.sheet).flatMap((each) =>
    each.promised ? [target(each.promised, 'promised', t('票决时的承诺', 'as promised at the vote'))] : [],
  );
  const lines = parts.flatMap(({ funding }) => funding);
  const years = [...new Set(lines.map(({ year }) => year))].sort((a, b) => a - b);
  const planned = eachPart(work).flatMap(({ part, its }) =>
    (its.plan?.months ?? []).map((month) => ({ part, month })),
  );
  return [
    ...metric('physicalProgress', t('目标和按月计划', 'Targets, and the plan by month'), [
      ...parts.map((part) => target(part, 'target', part.title)),
      ...promised,
      ...planned.map(({ part, month: { month, permille } }) => ({
        id: `${part.id}/${month}`,
        period: byEndOf(month),
        ...percent(permille),
        dimensions: { part: part.id },
      })),
    ]),
    ...metric('financialProgress', t('年度投资和按月计划', 'Annual investment, and the plan by month'), [
      ...years.map((year) => ({
        id: String(year),
        period: ofYears(year, year),
        value: yuan(ofYear(lines, year)),
      })),
      ...planned.map(({ part, month: { month, fen } }) => ({
        id: `${part.id}/${month}`,
        period: byEndOf(month),
        value: yuan(fen),
        dimensions: { part: part.id },
      })),
    ]),
  ];
}

const target = (part: Part, kind: 'target' | 'promised', notes: string): Observation => ({
  id: `${part.id}/${kind}`,
  period: { endDate: dayEnds(part.finish) },
  measure: quantity(part.target.thousandths),
  unit: { name: part.target.unit },
  dimensions: { part: part.id },
  notes,
});

/** What was reported, month by month, and the progress that is computed of it. A figure that is disputed has both its values. */
export function metricsOf(look: Look, work: Work): readonly Metric[] {
  const { t } = look;
  const reports = eachPart(work).flatMap(({ part, its }) =>
    reportsThatHold(its).map((report) => ({ part, its, report })),
  );
  const last = reports
    .map(({ report }) => report.month)
    .sort()
    .at(-1);
  if (last === undefined) return [];
  const { permille, weights } = progressOf(work);
  const whole: Observation = {
    id: 'project',
    period: byEndOf(last),
    ...percent(permille),
    notes:
      weights === 'money'
        ? t('各子项目按资金加权', 'parts weighted by their money')
        : t('各子项目权重相同', 'parts all alike'),
  };
  return [
    ...metric('physicalProgress', t('进度', 'Progress'), [
      whole,
      ...reports.flatMap(({ part, its, report }) => done(look, part, its, report)),
    ]),
    ...metric(
      'financialProgress',
      t('到位和支付资金', 'Money appropriated and paid'),
      reports.flatMap(({ part, report }) =>
        (['appropriated', 'paid'] as const).map((kind) => ({
          id: `${part.id}/${report.month}/${kind}`,
          period: byEndOf(report.month),
          value: yuan(report[kind]),
          dimensions: { part: part.id, kind },
        })),
      ),
    ),
  ];
}

/** What a report says of a target, and what the group has found instead. */
function done({ t }: Look, part: Part, its: PartWork, report: Report): readonly Observation[] {
  const observation = (thousandths: number, kind: string, notes: string | null): Observation => ({
    id: `${part.id}/${report.month}${kind === 'reported' ? '' : `/${kind}`}`,
    period: byEndOf(report.month),
    measure: quantity(thousandths),
    unit: { name: part.target.unit },
    dimensions: { part: part.id, kind },
    ...(notes !== null && { notes }),
  });
  const said = report.words === '' ? null : report.words;
  const { seq, found, is, done: counts } = figureOf(its);
  if (seq !== report.seq || is === 'none' || is === 'reported')
    return [observation(report.done, 'reported', said)];
  if (is === 'confirmed')
    return [observation(report.done, 'reported', said ?? t('监督小组已确认', 'confirmed by the group'))];
  const other =
    is === 'disputed'
      ? observation(
          found ?? 0,
          'found',
          t('监督小组现场认定，未定', 'as the group has found it; not settled'),
        )
      : observation(counts, 'settled', its.settled?.words ?? null);
  return [observation(report.done, 'reported', said), other];
}
