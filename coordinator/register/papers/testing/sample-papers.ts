import { type List, listHash, namesIn } from '../../../../shared/projects/list.ts';
import type { Part, Sheet } from '../../../../shared/projects/sheet.ts';
import type { Language } from '../../../../shared/protocol/ids.ts';
import type {
  Answered,
  AnswerPaper,
  BookletPaper,
  PosterPaper,
  ReceiptPaper,
  SheetPaper,
  Site,
  SlipPaper,
} from '../documents.ts';

const TITLES = [
  ['城区老旧小区加装电梯', 'Lifts for old blocks of flats', '为城区 40 个老旧小区多层住宅加装电梯 60 部'],
  ['农村饮水管网改造', 'Rural water mains', '更换老旧供水管网 120 公里，受益 26 个行政村'],
  ['学校操场改造', 'School playgrounds', '改造 8 所中小学运动场地'],
  ['社区养老服务中心', 'Community care for the elderly', '新建社区养老服务中心 6 处、助餐点 20 个'],
  ['公共停车位建设', 'Public parking', '新增公共停车位 2,000 个'],
  ['县乡道路安全防护', 'Safer county roads', '完善临水临崖路段防护设施 85 公里'],
  ['乡镇卫生院设备更新', 'Equipment for town clinics', '为 12 所乡镇卫生院更新影像和急救设备'],
  ['普惠托育服务', 'Affordable nurseries', '新增普惠托位 600 个'],
  ['公共充电设施', 'Public charging points', '新建新能源汽车公共充电桩 500 个'],
  ['口袋公园', 'Pocket parks', '新建口袋公园 10 个，新增绿地 6 万平方米'],
  ['残疾人家庭无障碍改造', 'Barrier-free homes', '完成困难残疾人家庭无障碍改造 300 户'],
  ['智慧安防小区', 'Safer estates', '建设智慧安防小区 30 个'],
] as const;

const named = (...all: [string, string, string][]) => new Map(all.map(([id, zh, en]) => [id, { zh, en }]));
const NAMES = {
  categories: named(['elderly', '老有所养', 'Care for the elderly'], ['housing', '住有所居', 'Housing']),
  bodies: named(
    ['housing', '市住房和城乡建设局', 'Housing and Construction'],
    ['transport', '市交通运输局', 'Transport'],
    ['civil', '市民政局', 'Civil Affairs'],
    ['development', '经济技术开发区管理委员会', 'Development Zone'],
  ),
  areas: named(['north', '城北街道', 'North'], ['river', '清河镇', 'Qinghe Town']),
  sources: named(
    ['city', '市级财政', 'City'],
    ['county', '县区配套', 'Counties'],
    ['special', '上级专项资金', 'Special funds'],
  ),
};

const part = (n: number, project: number): Part => ({
  id: String(n),
  title: `${['新建', '改造提升', '设备购置', '管网配套'][n % 4]}（第${n}期）`,
  body: n % 2 === 0 ? 'housing' : 'transport',
  area: n % 2 === 0 ? 'north' : 'river',
  place: n % 3 === 0 ? '人民路东段至滨河大道' : '',
  target: { thousandths: 12_500 * n + project * 1000, unit: ['部', '公里', '平方米'][n % 3] ?? '处' },
  finish: `2027-${String(6 + (n % 6)).padStart(2, '0')}-30`,
  funding: [
    { source: 'city', year: 2027, fen: 120_000_000_00 / 8 + n * 1_234_500 },
    { source: 'county', year: 2027, fen: 40_000_000_00 / 8 },
    ...(n % 2 === 0 ? [{ source: 'special', year: 2028, fen: 10_000_000_00 }] : []),
  ],
});

const sheet = (at: number, parts: number): Sheet => {
  const [zh = '', en = '', summary = ''] = TITLES[at % TITLES.length] ?? [];
  return {
    title: { zh, en },
    summary: { zh: summary, en: `${en}, done within the year` },
    category: at % 2 === 0 ? 'housing' : 'elderly',
    lead: ['housing', 'transport', 'civil', 'development'][at % 4] ?? 'civil',
    co: at % 3 === 0 ? ['civil', 'development'] : [],
    content: `${summary}。群众多年反映，现有设施老化，出行和生活不便。\n项目按照“先急后缓、成熟先行”的原则分期实施，建成后由所在街道（乡镇）负责日常管护。`,
    beneficiaries: '沿线及周边居民约 2.3 万人',
    parts: Array.from({ length: parts }, (_, n) => part(n + 1, at)),
    from: Array.from({ length: at % 5 }, (_, n) => `2027-7K3QM${at % 10}${'ABCDE'[n]}`),
  };
};

/** A list of so many projects, with so many parts together. */
export function sampleList(projects = 12, parts = 43, places = 10): List {
  const sheets = Array.from({ length: projects }, (_, at) => ({
    id: `p${String(at + 1).padStart(2, '0')}`,
    sheet: sheet(at, Math.floor((parts * (at + 1)) / projects) - Math.floor((parts * at) / projects)),
  }));
  return {
    register: 'city',
    congress: '清河市人民代表大会',
    cycle: 2027,
    places,
    names: namesIn(sheets, NAMES),
    projects: sheets,
  };
}

const issued = (language: Language) => ({
  language,
  issuer:
    language === 'zh' ? '清河市人民代表大会常务委员会办公室' : 'Office of the Standing Committee, Qinghe',
  date: '2026-12-08',
});

const ADDRESS = 'https://minsheng.qinghe.example/follow/2027-7K3QM0A';

export const sampleReceipt = (
  language: Language = 'zh',
  change: Partial<ReceiptPaper> = {},
): ReceiptPaper => ({
  ...issued(language),
  kind: 'receipt',
  code: '2027-7K3QM0A',
  cycle: 2027,
  title: '希望给幸福里小区 3 号楼加装电梯',
  text: '我们楼一共七层，住的多是六十岁以上的老人，上下楼很不方便，买菜、看病都要歇几次。希望政府能帮助加装电梯，居民愿意按楼层分摊一部分费用。',
  channel: 'station',
  received: '2026-10-08',
  attachments: 2,
  address: ADDRESS,
  ...change,
});

export const CHOSEN: Answered = {
  is: 'adopted',
  project: '城区老旧小区加装电梯',
  vote: {
    isChosen: true,
    count: { votes: 143, roll: 164 },
    list: listHash(sampleList()),
    proof: { how: 'bundle', hash: '9c'.repeat(32) },
  },
};

export const sampleAnswer = (
  language: Language = 'zh',
  answer: Answered = CHOSEN,
  change: Partial<AnswerPaper> = {},
): AnswerPaper => ({
  ...issued(language),
  kind: 'answer',
  number: language === 'zh' ? '清人办函〔2026〕12号' : null,
  congress: language === 'zh' ? '清河市第八届人民代表大会第三次会议' : 'the Congress of Qinghe',
  to: language === 'zh' ? '张建国' : 'Zhang Jianguo',
  code: '2027-7K3QM0A',
  cycle: 2027,
  title: '希望给幸福里小区 3 号楼加装电梯',
  received: '2026-10-08',
  answer,
  address: ADDRESS,
  ...change,
});

const ofList = (language: Language, list: List) => ({ ...issued(language), list, hash: listHash(list) });

export const sampleBooklet = (language: Language = 'zh', list = sampleList()): BookletPaper => ({
  ...ofList(language, list),
  kind: 'booklet',
  number: language === 'zh' ? '清政〔2026〕41号' : null,
});

export const sampleSheet = (language: Language = 'zh', list = sampleList(), project = 'p04'): SheetPaper => ({
  ...ofList(language, list),
  kind: 'sheet',
  project,
});

export const sampleSlip = (
  language: Language = 'zh',
  list = sampleList(),
  change: Partial<SlipPaper> = {},
): SlipPaper => ({
  ...ofList(language, list),
  kind: 'slip',
  meeting: '清河市第八届人民代表大会第三次会议',
  turn: 'first',
  candidates: list.projects.map(({ id }) => id),
  places: list.places,
  ...change,
});

const poster = (change: Partial<Site>): Site => ({
  title: '幸福里小区加装电梯（12 部）',
  area: { zh: '城北街道', en: 'North' },
  place: '人民路 88 号幸福里小区 1—6 号楼',
  body: { zh: '市住房和城乡建设局', en: 'Housing and Construction' },
  target: { thousandths: 12_000, unit: '部' },
  finish: '2027-11-30',
  fen: 864_000_000,
  address: 'https://minsheng.qinghe.example/projects/p01/parts/1',
  ...change,
});

export const samplePoster = (change: Partial<PosterPaper> = {}, site: Partial<Site> = {}): PosterPaper => ({
  ...issued('zh'),
  kind: 'poster',
  size: 'a4',
  congress: { zh: '清河市人民代表大会', en: 'People’s Congress of Qinghe' },
  cycle: 2027,
  project: { zh: '城区老旧小区加装电梯', en: 'Lifts for old blocks of flats' },
  vote: CHOSEN.is === 'adopted' ? CHOSEN.vote : null,
  sites: [poster(site)],
  ...change,
});
