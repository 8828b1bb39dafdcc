import { TOWN_KINDS, WIDE_KINDS } from './past/kinds.ts';
import type { SampleArea, SampleSource, YearsAsked } from './past/past-years.ts';

/** The years of which the sample's sums are known. */
export const KNOWN_YEARS: readonly number[] = [2019, 2020, 2021, 2022, 2023];

export interface KnownSums {
  /** 件. */
  readonly projects: number;
  /** 项. */
  readonly parts: number;
  /** Of all parts, in 万元. */
  readonly wan: number;
}

interface NamedSource extends SampleSource {
  readonly zh: string;
  readonly en: string;
}

/** An invented register: what its file says, and what its years come to. */
export interface SampleRegisterKind {
  readonly id: string;
  readonly level: 'city' | 'county' | 'town';
  readonly zh: string;
  readonly en: string;
  /** Which congress it is (届). */
  readonly term: { readonly zh: string; readonly en: string };
  /** The first one is the whole of it. */
  readonly areas: readonly SampleArea[];
  /** Each with a person who acts for it, of the same id. */
  readonly bodies: readonly SampleArea[];
  readonly sources: readonly NamedSource[];
  readonly ports: { readonly http: number; readonly https: number };
  /** What {@link KNOWN_YEARS} come to. */
  readonly known: KnownSums;
  readonly list: Pick<YearsAsked, 'seed' | 'lie' | 'kinds' | 'candidates' | 'places' | 'roll' | 'present'>;
}

const named = ([id, zh, en]: readonly [string, string, string]): SampleArea => ({ id, zh, en });

const bodiesOf = (prefix: string): readonly SampleArea[] =>
  (
    [
      ['transport', '交通运输局', 'Transport Bureau'],
      ['education', '教育局', 'Education Bureau'],
      ['health', '卫生健康委', 'Health Commission'],
      ['civil-affairs', '民政局', 'Civil Affairs Bureau'],
      ['housing', '住房城乡建设局', 'Housing and Construction Bureau'],
      ['water', '水务局', 'Water Bureau'],
      ['labour', '人力资源社会保障局', 'Human Resources Bureau'],
      ['city-management', '城市管理局', 'City Management Bureau'],
      ['veterans', '退役军人事务局', 'Veterans Affairs Bureau'],
      ['culture', '文化旅游体育局', 'Culture, Tourism and Sports Bureau'],
    ] as const
  ).map(([id, zh, en]) => ({ id, zh: `${prefix}${zh}`, en }));

const OFFICES_OF_TOWN: readonly SampleArea[] = (
  [
    ['works', '村镇建设办公室', 'Works Office'],
    ['social', '社会事务办公室', 'Social Affairs Office'],
    ['farming', '农业农村办公室', 'Farming Office'],
    ['culture', '文化旅游服务中心', 'Culture Centre'],
  ] as const
).map(named);

const from = (
  id: string,
  zh: string,
  en: string,
  least: number,
  most: number,
  often: number,
): NamedSource => ({
  ...{ id, zh, en, least, most, often },
});

export const CITY: SampleRegisterKind = {
  ...{ id: 'yunxi', level: 'city', zh: '云溪市', en: 'Yunxi', term: { zh: '第九届', en: 'Ninth' } },
  areas: (
    [
      ['city', '全市', 'Whole city'],
      ['east', '东河区', 'Donghe District'],
      ['west', '西山区', 'Xishan District'],
      ['lake', '湖滨区', 'Hubin District'],
      ['north', '北塘县', 'Beitang County'],
      ['south', '南埠县', 'Nanbu County'],
      ['hills', '云岭县', 'Yunling County'],
      ['sands', '白沙县', 'Baisha County'],
    ] as const
  ).map(named),
  bodies: bodiesOf('市'),
  sources: [
    from('city', '市级财政', 'City budget', 38, 60, 10),
    from('county', '县区财政', 'County budgets', 15, 30, 9),
    from('bond', '地方政府专项债券', 'Special bonds', 15, 35, 4),
    from('central', '中央补助', 'Central subsidies', 8, 20, 3),
    from('upper', '省级补助', 'Provincial subsidies', 5, 15, 3),
    from('other', '其他资金', 'Other money', 2, 8, 1),
  ],
  ports: { http: 8090, https: 8453 },
  // The sums of the system that this project was made after: 50 件, 156 项, 106.13 亿元.
  known: { projects: 50, parts: 156, wan: 1_061_300 },
  list: {
    ...{ seed: 2019, lie: 'spread', kinds: WIDE_KINDS },
    ...{ candidates: 12, places: 10, roll: 248, present: 241 },
  },
};

export const COUNTY: SampleRegisterKind = {
  ...{ id: 'beitang', level: 'county', zh: '北塘县', en: 'Beitang' },
  term: { zh: '第十七届', en: 'Seventeenth' },
  areas: (
    [
      ['county', '全县', 'Whole county'],
      ['chengguan', '城关街道', 'Chengguan'],
      ['hexi', '河西街道', 'Hexi'],
      ['liuwan', '柳湾镇', 'Liuwan'],
      ['shiqiao', '石桥镇', 'Shiqiao'],
      ['dongling', '东岭镇', 'Dongling'],
      ['qingping', '清坪镇', 'Qingping'],
      ['baihe', '白河乡', 'Baihe'],
      ['songlin', '松林乡', 'Songlin'],
    ] as const
  ).map(named),
  bodies: bodiesOf('县'),
  sources: [
    from('county', '县级财政', 'County budget', 40, 60, 10),
    from('city', '市级补助', 'City subsidies', 10, 25, 5),
    from('bond', '地方政府专项债券', 'Special bonds', 15, 35, 3),
    from('central', '中央补助', 'Central subsidies', 10, 25, 4),
    from('town', '乡镇配套', 'Town budgets', 4, 12, 4),
  ],
  ports: { http: 8091, https: 8454 },
  // About 200 projects with nearly 3 bn yuan: 29.87 亿元.
  known: { projects: 200, parts: 468, wan: 298_700 },
  list: {
    ...{ seed: 3019, lie: 'local', kinds: WIDE_KINDS },
    ...{ candidates: 48, places: 40, roll: 176, present: 169 },
  },
};

/** A town's register, with these villages. */
export const townOf = (
  id: string,
  [zh, en]: readonly [string, string],
  villages: readonly (readonly [string, string, string])[],
  { seed, port, known }: { readonly seed: number; readonly port: number; readonly known: KnownSums },
): SampleRegisterKind => ({
  ...{ id, level: 'town', zh, en, term: { zh: '第十九届', en: 'Nineteenth' }, known },
  areas: [named(['town', '全镇', 'Whole town']), ...villages.map(named)],
  bodies: OFFICES_OF_TOWN,
  sources: [
    from('town', '镇级财政', 'Town budget', 30, 55, 10),
    from('county', '县级补助', 'County subsidies', 20, 45, 8),
    from('village', '村级自筹', 'Raised by villages', 4, 12, 4),
  ],
  ports: { http: port, https: port + 363 },
  list: {
    ...{ seed, lie: 'spread', kinds: TOWN_KINDS },
    ...{ candidates: 7, places: 5, roll: 64, present: 62 },
  },
});

export const LIUWAN = townOf(
  'liuwan',
  ['柳湾镇', 'Liuwan'],
  [
    ['street', '柳湾社区', 'Liuwan Street'],
    ['shangwan', '上湾村', 'Shangwan'],
    ['xiawan', '下湾村', 'Xiawan'],
    ['changtang', '长塘村', 'Changtang'],
    ['yangping', '杨坪村', 'Yangping'],
    ['zhuyuan', '竹园村', 'Zhuyuan'],
  ],
  { seed: 4019, port: 8092, known: { projects: 25, parts: 44, wan: 1_486 } },
);

export const SHIQIAO = townOf(
  'shiqiao',
  ['石桥镇', 'Shiqiao'],
  [
    ['street', '石桥社区', 'Shiqiao Street'],
    ['qiaotou', '桥头村', 'Qiaotou'],
    ['qiaonan', '桥南村', 'Qiaonan'],
    ['hongshi', '红石村', 'Hongshi'],
    ['baiyan', '白岩村', 'Baiyan'],
  ],
  { seed: 5019, port: 8093, known: { projects: 25, parts: 39, wan: 1_219 } },
);

/** The registers of the sample: a city, and a county and two towns beneath it. */
export const SAMPLE_REGISTERS = { city: CITY, county: COUNTY, town1: LIUWAN, town2: SHIQIAO } as const;
export type SampleName = keyof typeof SAMPLE_REGISTERS;

/** What so many years come to, each as large as those that are known. */
export const sumsLike = ({ known }: SampleRegisterKind, years: number): KnownSums => {
  const share = (sum: number) => Math.round((sum * years) / KNOWN_YEARS.length);
  return { projects: share(known.projects), parts: share(known.parts), wan: share(known.wan) };
};

/** The lists of these years; of {@link KNOWN_YEARS} they come to what is known. */
export function listsOf(kind: SampleRegisterKind, years: readonly number[]): YearsAsked {
  const { areas, sources, list } = kind;
  const { parts, wan } = sumsLike(kind, years.length);
  return {
    ...{ ...list, years, areas: areas.slice(1), sources, parts, wan },
    seed: list.seed + (years[0] ?? 0),
  };
}

/** What {@link KNOWN_YEARS} held. */
export const knownYears = (kind: SampleRegisterKind): YearsAsked => listsOf(kind, KNOWN_YEARS);
