import type { AppraisalMotion } from '../../shared/kinds/appraisal.ts';
import type { Choice } from '../../shared/kinds/kinds.ts';
import { itemsOfList } from '../../shared/kinds/motion-list.ts';
import type { SelectionMotion } from '../../shared/kinds/selection.ts';
import { type List, listHash, listText, namesIn } from '../../shared/projects/list.ts';
import { SAMPLE_YEAR, sheet } from '../../shared/projects/testing/sample-sheet.ts';
import { type SampleLedger, SamplePlay } from './sample-ledger.ts';

/** A register's frozen list in a hall: four candidates for two places, and the appraisal of two of them. */

const projects = ['北路改造', '学校操场', '社区食堂', '口袋公园'].map((title, i) => ({
  id: `2027-${i + 1}`,
  sheet: sheet(title, ['2027-7K3QM0A']),
}));

export const SAMPLE_LIST: List = {
  register: 'sample-city',
  congress: '样例市人民代表大会',
  cycle: SAMPLE_YEAR,
  places: 2,
  names: namesIn(projects, {
    categories: new Map([['roads', { zh: '道路交通', en: 'Roads' }]]),
    bodies: new Map([['transport', { zh: '交通运输局', en: 'Transport Bureau' }]]),
    areas: new Map([['north', { zh: '北片' }]]),
    sources: new Map([['city', { zh: '市级财政', en: 'City budget' }]]),
  }),
  projects,
};
export const SAMPLE_LIST_TEXT = listText(SAMPLE_LIST);
export const SAMPLE_LIST_HASH = listHash(SAMPLE_LIST);

const rules = {
  voting: 'open',
  press: 'last',
  seconds: null,
  quorum: { num: 1, den: 2 },
  basis: 'roll',
  threshold: { kind: 'more-than', num: 1, den: 2 },
  list: SAMPLE_LIST_HASH,
} as const;

export const LISTED_SELECTION: SelectionMotion = {
  ...rules,
  id: 'choose',
  title: { zh: '民生实事项目票决', en: 'Choosing projects' },
  kind: 'selection',
  candidates: itemsOfList(SAMPLE_LIST),
  places: SAMPLE_LIST.places,
};

export const LISTED_APPRAISAL: AppraisalMotion = {
  ...rules,
  id: `appraisal-${SAMPLE_YEAR}`,
  title: { zh: '民生实事项目满意度测评', en: 'Appraising projects' },
  kind: 'appraisal',
  items: itemsOfList(SAMPLE_LIST).slice(1, 3),
  dontKnow: false,
};

/** The candidates of these numbers, from 1. */
export const choosing = (...numbers: readonly number[]): Choice => ({
  kind: 'selection',
  chosen: numbers.map((n) => `2027-${n}`),
});

export interface ListedVotes {
  /** What each deputy in turn chooses: in the first vote, and in the one that settles what it leaves. */
  readonly first: readonly Choice[];
  readonly runoff?: readonly Choice[];
  readonly lists?: readonly string[];
  readonly selection?: SelectionMotion;
  readonly isRehearsal?: boolean;
  /** False: nothing is voted on. */
  readonly isHeld?: boolean;
  /** Ends the play otherwise than with what is announced. */
  readonly end?: (play: SamplePlay) => void;
}

/** Five deputies choose from the list; what is left undecided is voted on once more. */
export function listedPlay(votes: ListedVotes): SampleLedger {
  const { first, runoff, lists = [SAMPLE_LIST_TEXT], selection: motion = LISTED_SELECTION } = votes;
  const { isRehearsal = false, isHeld = true } = votes;
  const play = new SamplePlay(5, [motion, LISTED_APPRAISAL], 51, null, lists);
  for (const seat of play.seats) play.checkIn(seat);
  const vote = (id: string, choices: readonly Choice[]): string => {
    const round = `${id}/${isRehearsal ? 't' : ''}1`;
    play.act({ act: 'open', motion: id, rehearsal: isRehearsal });
    for (const [i, choice] of choices.entries()) {
      const seat = play.seats[i];
      if (seat) play.vote(seat, choice);
    }
    play.act({ act: 'close', round });
    return round;
  };
  if (!isHeld) return play.end();
  const round = vote(motion.id, first);
  const { end = () => play.act({ act: 'announce', round }) } = votes;
  end(play);
  if (runoff) {
    play.act({ act: 'follow-up', round });
    play.act({ act: 'announce', round: vote(`${motion.id}-r1`, runoff) });
  }
  return play.end();
}

/** Four choose the first, and three each of two that are then level for the second place. */
export const TIED: readonly Choice[] = [
  choosing(1, 2),
  choosing(1, 2),
  choosing(1, 3),
  choosing(1, 3),
  choosing(2, 3),
];

/** A tie, and the runoff that settles it. */
export const listedLedger = (): SampleLedger =>
  listedPlay({ first: TIED, runoff: [choosing(3), choosing(3), choosing(3), choosing(2), choosing(2)] });
