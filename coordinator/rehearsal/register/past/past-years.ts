import type { Funding } from '../../../../shared/projects/money.ts';
import type { Part, Sheet } from '../../../../shared/projects/sheet.ts';
import { between, type Draw, drawing, shares, shuffled } from '../drawing.ts';
import type { SampleProject } from '../sample-projects.ts';
import type { Kind } from './kinds.ts';

/** A place within what the register is for; where projects lie, or their parts. */
export interface SampleArea {
  readonly id: string;
  readonly zh: string;
  readonly en: string;
}

/** Who gives money: `least` to `most` of hundred, in as many of ten parts as `often` says. */
export interface SampleSource {
  readonly id: string;
  readonly least: number;
  readonly most: number;
  readonly often: number;
}

/** What some years of a congress are to come to. */
export interface YearsAsked {
  readonly seed: number;
  readonly years: readonly number[];
  readonly kinds: readonly Kind[];
  readonly areas: readonly SampleArea[];
  /** `spread`: a project has its parts in several areas; `local`: each project lies in one, its parts in villages of it. */
  readonly lie: 'spread' | 'local';
  readonly sources: readonly SampleSource[];
  /** On the list of each year, and to be chosen from it. */
  readonly candidates: number;
  readonly places: number;
  /** Deputies, and those who were there. */
  readonly roll: number;
  readonly present: number;
  /** What all chosen projects of all years have together: parts, and money in 万元. */
  readonly parts: number;
  readonly wan: number;
}

/** A year's list, and how the congress voted on it. */
export interface SampleYear {
  readonly year: number;
  readonly places: number;
  readonly roll: number;
  readonly present: number;
  /** In the order of the ballot. */
  readonly projects: readonly SampleProject[];
  readonly votes: readonly { readonly project: string; readonly votes: number }[];
  readonly chosen: readonly string[];
}

/** A candidate before it has money. `spots`: where its parts lie, as heavy as `weights`. */
interface Draft {
  readonly id: string;
  readonly kind: Kind;
  readonly year: number;
  readonly area: SampleArea | null;
  readonly votes: number;
  readonly isChosen: boolean;
  readonly spots: readonly Spot[];
}

interface Spot {
  readonly name: string;
  readonly area: string;
  readonly weight: number;
}

/**
 * The lists of past years, invented, and alike at every call. The chosen ones come to exactly the parts and the money that are
 * asked for, since both are dealt out whole: no part has a figure of its own.
 */
export function sampleYears(asked: YearsAsked): readonly SampleYear[] {
  const draw = drawing(asked.seed);
  const drafts = draftsOf(asked, draw);
  const weights = drafts.flatMap(({ isChosen, spots }) =>
    isChosen ? spots.map(({ weight }) => weight) : [],
  );
  const dealt = shares(asked.wan, weights)[Symbol.iterator]();
  const perWeight = asked.wan / weights.reduce((sum, weight) => sum + weight, 0);
  const projects = drafts.map((draft) => {
    const moneyOf = ({ weight }: Spot) =>
      draft.isChosen ? (dealt.next().value ?? 0) : Math.max(1, Math.round(weight * perWeight));
    return { ...draft, sheet: sheetOf(asked, draft, draft.spots.map(moneyOf), draw) };
  });
  return asked.years.map((year) => {
    const of = projects.filter((each) => each.year === year);
    return {
      ...{ year, places: asked.places, roll: asked.roll, present: asked.present },
      projects: of.map(({ id, sheet }) => ({ id, sheet })),
      votes: of.map(({ id, votes }) => ({ project: id, votes })),
      chosen: of.filter(({ isChosen }) => isChosen).map(({ id }) => id),
    };
  });
}

function draftsOf(asked: YearsAsked, draw: Draw): readonly Draft[] {
  const { years, places, parts, lie, areas } = asked;
  const most = lie === 'spread' ? areas.length : VILLAGES.length;
  const bare = years.flatMap((year) => {
    const votes = votesOf(asked, draw);
    return titlesOf(asked, draw).map((title, i) => ({
      ...title,
      year,
      ...(votes[i] ?? { votes: 0, isChosen: false }),
    }));
  });
  const chosen = years.length * places;
  // Everything has a part; the others are dealt out among the chosen ones.
  const more = shares(
    parts - chosen,
    Array.from({ length: chosen }, () => between(draw, 1, 3)),
  )[Symbol.iterator]();
  return bare.map((draft) => {
    const count = 1 + (draft.isChosen ? (more.next().value ?? 0) : draw(3));
    if (count > most) throw new Error(`${draft.kind.id} of ${draft.year} has no place for ${count} parts`);
    return {
      ...draft,
      id: [draft.kind.id, draft.area?.id, draft.year].filter(Boolean).join('-'),
      spots: spotsOf(asked, draft, count, draw),
    };
  });
}

/** What the candidates of a year are: no two alike. */
function titlesOf(
  { kinds, areas, lie, candidates }: YearsAsked,
  draw: Draw,
): readonly Pick<Draft, 'kind' | 'area'>[] {
  const all = kinds.flatMap((kind): Pick<Draft, 'kind' | 'area'>[] =>
    lie === 'spread'
      ? [{ kind, area: null }]
      : areas.filter((area) => isTown(area) || !OF_TOWNS.has(kind.id)).map((area) => ({ kind, area })),
  );
  return shuffled(draw, all).slice(0, candidates);
}

/** What villages do not have. */
const OF_TOWNS = new Set(['old-estates', 'lifts', 'gig-markets', 'parking']);
const isTown = ({ zh }: SampleArea): boolean => zh.endsWith('街道');

/** Votes without a tie, in no order: those for whom there are places have more than half, the others have not. */
function votesOf(
  { candidates, places, present }: YearsAsked,
  draw: Draw,
): readonly Pick<Draft, 'votes' | 'isChosen'>[] {
  const step = (0.33 * present) / places;
  const ranked = Array.from({ length: candidates }, (_, rank) => {
    const isChosen = rank < places;
    // Somewhat uneven, and yet no two alike.
    const uneven = draw(Math.max(1, Math.floor(step)));
    const votes = isChosen ? 0.95 * present - rank * step - uneven : (0.5 - 0.02 * (rank - places)) * present;
    return { votes: Math.floor(votes), isChosen };
  });
  return shuffled(draw, ranked);
}

const VILLAGES = ['上', '下', '东', '西', '大', '小', '新', '老'].flatMap((one) =>
  ['岭', '湾', '坪', '溪', '屯', '坝'].map((other) => `${one}${other}村`),
);

function spotsOf(
  { areas, lie }: YearsAsked,
  { kind, area }: Pick<Draft, 'kind' | 'area'>,
  count: number,
  draw: Draw,
): readonly Spot[] {
  const weight = () => kind.usual * between(draw, 60, 140);
  if (lie === 'spread')
    return shuffled(draw, areas)
      .slice(0, count)
      .map(({ id, zh }) => ({ name: zh, area: id, weight: weight() }));
  const names = area && isTown(area) ? VILLAGES.map((name) => name.replace('村', '社区')) : VILLAGES;
  return shuffled(draw, names)
    .slice(0, count)
    .map((name) => ({ name, area: area?.id ?? '', weight: weight() }));
}

function sheetOf(
  asked: YearsAsked,
  { kind, area, year, spots }: Draft,
  money: readonly number[],
  draw: Draw,
): Sheet {
  const parts = spots.map((spot, i): Part => {
    const wan = money[i] ?? 0;
    return {
      id: String(i + 1),
      title: `${spot.name}${kind.piece}`,
      body: kind.lead,
      area: spot.area,
      place: asked.lie === 'local' ? spot.name : '',
      target: { thousandths: quantity(kind, wan), unit: kind.unit },
      finish: `${year}-${kind.category === 'schooling' ? '08-25' : (FINISHES[draw(FINISHES.length)] ?? '')}`,
      funding: fundingOf(asked.sources, year, wan, draw),
    };
  });
  const sum = parts.reduce((all, { target }) => all + target.thousandths, 0);
  const served = rounded((sum / 1000) * kind.reach);
  return {
    title: { zh: `${area?.zh ?? ''}${kind.zh}`, en: area ? `${kind.en}, ${area.en}` : kind.en },
    summary: { zh: `${kind.does} ${sum / 1000} ${kind.unit}，${kind.so}` },
    ...{ category: kind.category, lead: kind.lead, co: [], content: kind.content, parts, from: [] },
    beneficiaries: `${kind.who}约 ${served} ${HOUSEHOLDS.test(kind.who) ? '户' : '人'}`,
  };
}

const FINISHES = ['09-30', '10-31', '11-30', '12-20'];
/** As people count others: to the hundred where there are thousands. */
const rounded = (count: number): number =>
  count > 2000 ? Math.round(count / 100) * 100 : Math.max(1, Math.round(count));
const HOUSEHOLDS = /家庭$|户$/;

/** What the money buys, in thousandths: kilometres to a tenth, all else in whole pieces. */
const quantity = ({ price, unit }: Kind, wan: number): number => {
  const step = unit === '公里' ? 100 : 1000;
  return Math.max(step, Math.round((wan / price) * (1000 / step)) * step);
};

/** All of `wan`, and no more, from those who give something. */
function fundingOf(
  sources: readonly SampleSource[],
  year: number,
  wan: number,
  draw: Draw,
): readonly Funding[] {
  const giving = sources.filter(({ often }) => draw(10) < often);
  const shared = shares(
    wan,
    giving.map(({ least, most }) => between(draw, least, most)),
  );
  return giving.flatMap(({ id }, i) => {
    const share = shared[i] ?? 0;
    return share > 0 ? [{ source: id, year, fen: share * 1_000_000 }] : [];
  });
}
