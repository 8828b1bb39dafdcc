import type { Language } from '../../../../shared/protocol/ids.ts';
import { CYCLE } from '../../model/testing/small-register.ts';
import { DOCUMENT_KINDS } from '../../model/work/fields.ts';
import type { Ground } from '../figures.ts';
import { noticeOf } from '../make.ts';
import type { Notice, NoticeWords } from '../notice.ts';
import type { NoticeAsk } from '../period.ts';
import { type PlayedWorks, playedHalf, playedYear } from './played-works.ts';

export const ASKS: Readonly<Record<(typeof DOCUMENT_KINDS)[number], readonly [NoticeAsk, string]>> = {
  'monthly-notice': [
    { kind: 'monthly-notice', cycle: CYCLE, period: `${CYCLE}-05`, project: null },
    '2027-06-08',
  ],
  'quarterly-bulletin': [
    { kind: 'quarterly-bulletin', cycle: CYCLE, period: `${CYCLE}-Q2`, project: null },
    '2027-07-10',
  ],
  'mid-year-report': [
    { kind: 'mid-year-report', cycle: CYCLE, period: String(CYCLE), project: null },
    '2027-07-20',
  ],
  'annual-report': [
    { kind: 'annual-report', cycle: CYCLE, period: String(CYCLE), project: null },
    '2028-01-25',
  ],
  'rectification-letter': [
    { kind: 'rectification-letter', cycle: CYCLE, period: '2028-01', project: 'clinics' },
    '2028-01-22',
  ],
  'look-back-report': [
    { kind: 'look-back-report', cycle: CYCLE, period: String(CYCLE + 1), project: null },
    '2028-06-01',
  ],
};

/** A document of a played register. */
export function made(
  { register, ground }: PlayedWorks,
  [ask, day]: readonly [NoticeAsk, string],
  language: Language = 'zh',
  words: NoticeWords | null = null,
  before: Ground['before'] = null,
): Notice {
  const { begun, head } = register.state();
  const notice =
    begun && noticeOf(ask, ground(day, before), { begun, head, language, timezone: 'UTC' }, words);
  if (!notice) throw new Error(`there is nothing for a ${ask.kind}`);
  return notice;
}

/** The notice of the month before. */
export function april(language: Language = 'zh'): NonNullable<Ground['before']> {
  const [ask] = ASKS['monthly-notice'];
  const played = playedHalf('2027-05-06');
  return made(played, [{ ...ask, period: `${CYCLE}-04` }, '2027-05-06'], language);
}

/** One document of each kind, the monthly one compared with the month before. */
export function sampleNotices(
  language: Language = 'zh',
  words: NoticeWords | null = null,
): readonly Notice[] {
  const half = playedHalf();
  const year = playedYear();
  return DOCUMENT_KINDS.map((kind) => {
    const [, day] = ASKS[kind];
    const played = day < '2027-09-01' ? half : year;
    return made(played, ASKS[kind], language, words, kind === 'monthly-notice' ? april(language) : null);
  });
}
