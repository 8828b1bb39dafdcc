import type { Voice, Work } from '../../../register/model/work/works.ts';
import { drawing } from '../drawing.ts';
import type { SampleOffice, Task } from '../sample-office.ts';
import { workOf, type YearOfWork } from './year-of-work.ts';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;

/** What somebody said at a site, and what became of it. Who looks after it answers where `answers` says so. */
interface Said {
  readonly kind: Voice['kind'];
  readonly text: string;
  /** As it was cleared, where that is not as it was sent. */
  readonly cleared?: string;
  readonly photo?: true;
  readonly answers?: readonly [by: 'body' | 'group' | 'congress', words: string];
  /** The group has made a finding of it, which is answered and closed where the year is over. */
  readonly finding?: string;
  /** Why all of it was erased, before anybody read it. */
  readonly erased?: string;
}

const SAID: readonly Said[] = [
  {
    ...{ kind: 'objection', text: '牌子上写着快完成了，可里面这一段还没有动工。', photo: true },
    ...{ finding: '群众反映内段未动工，现场核查属实。', answers: ['group', '已到现场核查，列为问题督办。'] },
  },
  {
    ...{ kind: 'comment', text: '建好以后天天都有人用，希望管护跟得上。' },
    answers: ['body', '感谢肯定。管护单位和经费已明确，每周巡查一次。'],
  },
  {
    ...{ kind: 'objection', text: '工地的材料堆在路边一个多月了，一下雨到处是泥。', photo: true },
    answers: ['body', '已清运并覆盖，安排专人每日保洁。'],
  },
  { kind: 'comment', text: '工人师傅很辛苦，给他们点个赞。' },
  {
    ...{ kind: 'comment', text: '我是3号楼的王桂兰，电话13800001111，希望加装扶手，老人上下方便。' },
    cleared: '希望加装扶手，老人上下方便。',
    answers: ['congress', '已转责任单位研究，纳入后续完善内容。'],
  },
  {
    ...{ kind: 'objection', text: '说是装了十处，我数来数去只有八处。' },
    answers: ['group', '另两处在北门内侧，监督小组已逐处核对，数量相符。'],
  },
  { kind: 'comment', text: '办理贷款，手续简便，详情加微信。', erased: '与项目无关的广告' },
  {
    ...{ kind: 'comment', text: '能不能把开放时间延长到晚上九点？' },
    answers: ['body', '自下月起延长至二十一时。'],
  },
];

/** Of the year that runs, those of the last days: nobody has read them yet, or nobody has looked into them. */
const LATELY: readonly (Said & { readonly daysAgo: number; readonly isRead: boolean })[] = [
  {
    kind: 'objection',
    text: '这里还有一处没弄好，已经好几天没人管。',
    photo: true,
    daysAgo: 6,
    isRead: true,
  },
  { kind: 'comment', text: '施工噪声大，中午能不能停一停？', daysAgo: 4, isRead: true },
  { kind: 'objection', text: '说完成了一半，我看连三分之一都没有。', photo: true, daysAgo: 2, isRead: false },
  {
    ...{ kind: 'comment', text: '我叫刘建国，住东门口，希望门口也装一盏灯。', daysAgo: 1.4 },
    isRead: false,
  },
  { kind: 'comment', text: '进度看得见，放心了。', daysAgo: 0.3, isRead: false },
];

/** What people said at the sites of a year: a few each month from summer on, each at another project. */
export function voiced(of: YearOfWork, now: number, count: number): readonly Task[] {
  const { year, projects, isOver, kind } = of;
  const draw = drawing(kind.list.seed * 3 + year);
  const first = Date.parse(`${year}-05-06T17:20:00+08:00`);
  const until = isOver ? Date.parse(`${year}-12-01T12:00:00+08:00`) : now - 8 * DAY;
  const step = (until - first) / count;
  const placeOf = (i: number) => projects[(i * 7 + year) % projects.length]?.id ?? '';
  const some = Array.from({ length: count }, (_, i) => ({
    said: SAID[(i + year * 3) % SAID.length],
    when: Math.floor(first + i * step) + draw(20) * HOUR,
    project: placeOf(i),
  })).flatMap(({ said, when, project }) => (said ? spoken(of, { said, when, project, isRead: true }) : []));
  if (isOver) return some;
  const lately = LATELY.flatMap(({ daysAgo, isRead, ...said }, i) =>
    spoken(of, { said, when: Math.floor(now - daysAgo * DAY), project: placeOf(i + 2), isRead }),
  );
  return [...some, ...lately];
}

interface Speaking {
  readonly said: Said;
  readonly when: number;
  readonly project: string;
  readonly isRead: boolean;
}

function spoken(of: YearOfWork, { said, when, project, isRead }: Speaking): readonly Task[] {
  const { office, isOver } = of;
  const { kind, text, cleared, photo, answers, finding, erased } = said;
  let voice = '';
  const speak = (): void => {
    const part = workOf(office, project).sheet.parts.at(-1)?.id ?? '';
    const attachments = photo ? [office.kept('seen')] : [];
    const found = office.parts.submissions.speak({ project, part, kind, text, attachments });
    if (found.is === 'refused') throw new Error(`the sample's voice is not taken: ${found.reason}`);
    voice = found.voice;
  };
  const clear = (): void => office.as('gov', { act: 'clear-voice', voice, text: cleared ?? text });
  const erase = (): void => office.as('congress', { act: 'erase-voice', voice, reason: erased ?? '' });
  const answer = (): void => {
    const [by, words] = answers ?? ['congress', ''];
    office.as(whoAnswers(office, workOf(office, project), by), { act: 'answer-voice', voice, words });
  };
  return [
    { at: when, do: speak },
    ...(isRead ? [{ at: when + 20 * HOUR, do: erased === undefined ? clear : erase }] : []),
    ...(finding === undefined
      ? []
      : found(of, { project, voice: () => voice, words: finding }, when + 3 * DAY, isOver)),
    ...(answers && isRead ? [{ at: when + 5 * DAY, do: answer }] : []),
  ];
}

function whoAnswers(
  { state }: SampleOffice,
  { sheet, group }: Work,
  by: 'body' | 'group' | 'congress',
): string {
  if (by === 'congress') return by;
  if (by === 'group') return group?.members[0]?.id ?? 'congress';
  return [...state.staff.values()].find(({ body }) => body === sheet.parts.at(-1)?.body)?.id ?? 'congress';
}

/** “情况不符” leads to the group: it has looked, and has made a finding of it. */
function found(
  { office }: YearOfWork,
  {
    project,
    voice,
    words,
  }: { readonly project: string; readonly voice: () => string; readonly words: string },
  when: number,
  isOver: boolean,
): readonly Task[] {
  const finding = () => `voice-${voice()}`;
  const lead = () => workOf(office, project).group?.members[0]?.id ?? '';
  const find = (): void => {
    const part = workOf(office, project).sheet.parts.at(-1)?.id ?? null;
    const due = office.day(when + 20 * DAY);
    office.as(lead(), {
      ...{ act: 'find', project, finding: finding(), part, words, due, photos: [office.photo()] },
      voice: voice(),
    });
  };
  const answer = (): void =>
    office.as(whoAnswers(office, workOf(office, project), 'body'), {
      ...{ act: 'answer-finding', project, finding: finding(), evidence: [office.photo()] },
      words: '已增派班组，内段已全面动工。',
    });
  const close = (): void =>
    office.as(lead(), { act: 'close-finding', project, finding: finding(), words: '复查属实，同意销号。' });
  return [
    { at: when, do: find },
    ...(isOver
      ? [
          { at: when + 12 * DAY, do: answer },
          { at: when + 16 * DAY, do: close },
        ]
      : []),
  ];
}
