import type { AppraisalMotion } from '../../shared/kinds/appraisal.ts';
import { itemsOfList } from '../../shared/kinds/motion-list.ts';
import type { SelectionMotion } from '../../shared/kinds/selection.ts';
import { type List, listHash, namesIn } from '../../shared/projects/list.ts';
import type { Sheet } from '../../shared/projects/sheet.ts';
import { appraisal, PROJECTS, selection } from './fixtures.ts';

/** For tests and the screen's gallery: a frozen list with the sheets of its projects, short, usual and as long as may be. */

const CONTENT =
  '城区建成于2000年以前的供水管网漏损率高，夏季高峰水压不足，群众反映集中。改造老旧供水主管和小区支管，更换水表和阀门，恢复路面与绿化，同步建设分区计量和漏损监测；施工分段进行，每段停水不超过六小时，提前三天公告。完工后管网漏损率降到百分之九以下，末端水压达到标准，水质检测结果每季度公布。';

const YEARS = [2027, 2028] as const;

function part(i: number, longest: boolean): Sheet['parts'][number] {
  return {
    id: String(i + 1),
    title: longest
      ? '城乡供水一体化及老旧管网漏损治理、农村饮用水水源地规范化建设和应急备用水源工程（含沿线道路恢复与绿化）'
      : (['供水主管改造', '小区支管改造', '分区计量'][i % 3] ?? ''),
    body: 'water',
    area: i % 2 === 0 ? 'old-town' : 'east',
    place: longest ? '解放路、人民路、中山路、建设路、和平路沿线及相邻十二个小区' : '解放路沿线',
    target: { thousandths: i % 2 === 0 ? 18_500 : 12_000_000, unit: i % 2 === 0 ? '公里' : '户' },
    finish: '2027-11-30',
    funding: YEARS.map((year) => ({ source: year === 2027 ? 'city' : 'county', year, fen: 721_250_000 })),
  };
}

function sheetOf(title: Sheet['title'], i: number): Sheet {
  const isLongest = i === 1;
  return {
    title,
    summary: { zh: '市水务局牵头，总投资 4327.50 万元', en: 'Water bureau, CNY 43.3 m' },
    category: 'water',
    lead: 'water',
    co: isLongest ? ['housing', 'transport', 'parks'] : ['housing'],
    content: isLongest ? CONTENT.repeat(27).slice(0, 4000) : CONTENT,
    beneficiaries: '城区约三万户居民',
    parts: Array.from({ length: isLongest ? 200 : 3 }, (_, n) => part(n, isLongest)),
    from: ['2027-7K3QM0A'],
  };
}

const projects = PROJECTS.map(([zh, en], i) => ({ id: `p${i + 1}`, sheet: sheetOf({ zh, en }, i) }));
const named = (...names: readonly (readonly [string, string, string])[]) =>
  new Map(names.map(([id, zh, en]) => [id, { zh, en }] as const));

export const LIST: List = {
  register: 'city',
  congress: '市人民代表大会',
  cycle: 2027,
  places: 10,
  names: namesIn(projects, {
    categories: named(['water', '供水', 'Water']),
    bodies: named(
      ['water', '市水务局', 'Water bureau'],
      ['housing', '市住房和城乡建设局', 'Housing bureau'],
      ['transport', '市交通运输局', 'Transport bureau'],
      ['parks', '市园林绿化管理中心', 'Parks'],
    ),
    areas: named(['old-town', '老城区', 'Old town'], ['east', '城东街道', 'East']),
    sources: named(['city', '市级财政', 'City'], ['county', '区级财政', 'District']),
  }),
  projects,
};
export const LIST_HASH = listHash(LIST);

const listed = { list: LIST_HASH };

export function listedSelection(): SelectionMotion {
  const motion = selection();
  if (motion.kind !== 'selection') throw new Error('no selection');
  return { ...motion, ...listed, candidates: itemsOfList(LIST) };
}

export function listedAppraisal(dontKnow = true): AppraisalMotion {
  const motion = appraisal(dontKnow);
  if (motion.kind !== 'appraisal') throw new Error('no appraisal');
  return { ...motion, ...listed, items: itemsOfList(LIST).slice(0, 10) };
}
