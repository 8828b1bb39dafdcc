import { monthAfter } from '../../../register/model/work/month.ts';
import type { NoticeWords } from '../../../register/notices/notice.ts';
import type { NoticeAsk } from '../../../register/notices/period.ts';
import type { Task } from '../sample-office.ts';
import { at, onDay, type YearOfWork } from './year-of-work.ts';

/**
 * How much is told of a year: all of 四个一, or of months the last two; of one that is over its report with letters and what was
 * looked back at, or the report alone. A paper is some work to set, and many of one kind show no more than a few.
 */
export type Told = 'all' | 'lately' | 'its-end' | 'its-report';

type Document = Pick<NoticeAsk, 'kind' | 'period'> & Partial<Pick<NoticeAsk, 'project'>>;

/**
 * 四个一 of a year and its letters, each on the day on which it was due: made by the rules of the register, with the words that
 * it suggests. One bulletin had to be corrected.
 */
export function published(of: YearOfWork, told: Told): readonly Task[] {
  const { year, lastReport, isOver, projects } = of;
  const publish = (when: number, document: Document, words?: Partial<NoticeWords>): Task => ({
    at: when,
    do: () => of.office.publish({ cycle: year, project: null, ...document }, words),
  });
  const months = Array.from({ length: 11 }, (_, i) => monthAfter(`${year}-02`, i)).filter(
    (month) => month <= lastReport && (told === 'all' || month >= monthAfter(lastReport, -1)),
  );
  const monthly = months.flatMap((month) => {
    const n = Number(month.slice(5));
    const after = monthAfter(month);
    const notice = publish(onDay(`${after}-08`), { kind: 'monthly-notice', period: month });
    if (n % 3 !== 0) return [notice];
    const bulletin = { kind: 'quarterly-bulletin', period: `${year}-Q${n / 3}` } as const;
    const corrected = { problems: '前次印发的通报漏列一处问题，现予更正。' };
    return [
      notice,
      publish(onDay(`${after}-09`), bulletin),
      ...(n === 6 ? [publish(onDay(`${after}-13`), bulletin, corrected)] : []),
    ];
  });
  const midYear = publish(
    at(year, '07-24'),
    { kind: 'mid-year-report', period: String(year) },
    { number: numberOf(of, 9) },
  );
  const letters = projects
    .filter(({ story }) => story === 'dissatisfied')
    .map(({ id }) =>
      publish(
        at(year + 1, '02-16'),
        { kind: 'rectification-letter', period: `${year + 1}-02`, project: id },
        { number: numberOf(of, 4) },
      ),
    );
  return [
    ...(isOver ? [] : [...monthly, midYear]),
    ...(isOver
      ? [
          publish(
            at(year + 1, '01-24'),
            { kind: 'annual-report', period: String(year) },
            { number: numberOf(of, 2) },
          ),
          ...(told === 'its-report'
            ? []
            : [
                ...letters,
                publish(at(year + 1, '07-10'), { kind: 'look-back-report', period: String(year + 1) }),
              ]),
        ]
      : []),
  ];
}

/** 发文字号. */
const numberOf = ({ kind: { zh }, year }: YearOfWork, n: number): string =>
  `${zh.slice(0, 1)}人${zh.endsWith('镇') ? '' : '办'}〔${n > 5 ? year : year + 1}〕${n}号`;
