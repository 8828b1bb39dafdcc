import type { Funding } from '../../../shared/projects/money.ts';
import type { Sheet } from '../../../shared/projects/sheet.ts';

/** A part in short: what, who, where, how much of it, until when, and what it costs the city and its counties, in 万元. */
type ShortPart = readonly [
  title: string,
  area: string,
  quantity: number,
  unit: string,
  finish: string,
  city: number,
  county: number,
];

interface ShortProject {
  readonly id: string;
  readonly title: string;
  readonly en: string;
  readonly summary: string;
  readonly category: string;
  readonly lead: string;
  readonly content: string;
  readonly beneficiaries: string;
  readonly parts: readonly ShortPart[];
}

const THIS_YEAR: readonly ShortProject[] = [
  {
    id: 'nursery',
    title: '新增普惠托育托位',
    en: 'More places in affordable nurseries',
    summary: '新增普惠托位 1200 个，覆盖四个区县',
    category: 'childcare',
    lead: 'health',
    content:
      '利用社区用房和闲置校舍，改建普惠托育点，配备保健室和户外活动场地，托位价格实行政府指导价。建成后由卫健部门备案，每季度公布托位使用情况。',
    beneficiaries: '全市 3 岁以下婴幼儿家庭约 9000 户',
    parts: [
      ['东河区普惠托育点', 'east', 400, '个', '09-30', 320, 160],
      ['西山区普惠托育点', 'west', 350, '个', '10-31', 280, 140],
      ['北塘县普惠托育点', 'north', 250, '个', '10-31', 200, 150],
      ['南埠县普惠托育点', 'south', 200, '个', '11-30', 160, 120],
    ],
  },
  {
    id: 'school-light',
    title: '中小学教室照明改造',
    en: 'Better lighting in classrooms',
    summary: '改造教室照明 2400 间，达到近视防控标准',
    category: 'schooling',
    lead: 'education',
    content: '更换教室和黑板灯具，照度与均匀度达到国家标准，暑假期间施工，完工后由第三方检测并逐校公示。',
    beneficiaries: '86 所学校约 9.6 万名学生',
    parts: [
      ['东河区教室照明', 'east', 900, '间', '08-31', 540, 0],
      ['西山区教室照明', 'west', 600, '间', '08-31', 360, 0],
      ['北塘县、南埠县教室照明', 'north', 900, '间', '08-31', 300, 240],
    ],
  },
  {
    id: 'school-crossing',
    title: '学校周边交通安全设施',
    en: 'Safer roads around schools',
    summary: '在 60 所学校门前设过街设施、减速带和接送区',
    category: 'schooling',
    lead: 'transport',
    content: '按“一校一策”设置信号灯、减速带、隔离护栏和家长接送区，开学前完成标线，组织志愿者护学。',
    beneficiaries: '60 所学校约 7 万名学生和家长',
    parts: [
      ['过街信号灯', 'city', 60, '处', '08-25', 420, 0],
      ['家长接送区', 'city', 45, '处', '08-25', 270, 90],
      ['减速带与护栏', 'city', 18, '公里', '08-25', 150, 60],
    ],
  },
  {
    id: 'skills',
    title: '免费职业技能培训',
    en: 'Free vocational training',
    summary: '培训 8000 人次，发证率不低于八成',
    category: 'work',
    lead: 'labour',
    content: '面向返乡务工人员、失业人员和高校毕业生开设电商、养老护理、数控等课程，考核合格发证并推荐就业。',
    beneficiaries: '城乡劳动者 8000 人次',
    parts: [
      ['养老护理与家政', 'city', 3000, '人次', '11-30', 240, 0],
      ['数控与电商', 'city', 3000, '人次', '11-30', 270, 0],
      ['县区返乡创业', 'city', 2000, '人次', '11-30', 80, 120],
    ],
  },
  {
    id: 'clinics',
    title: '村卫生室和社区门诊提升',
    en: 'Better village clinics',
    summary: '提升村卫生室 120 个、社区门诊 12 个',
    category: 'health',
    lead: 'health',
    content: '补齐远程心电、智慧药房等设备，完善无障碍通道和候诊区，实现门诊费用直接结算。',
    beneficiaries: '农村居民约 34 万人',
    parts: [
      ['村卫生室', 'north', 70, '个', '10-31', 350, 210],
      ['村卫生室', 'south', 50, '个', '10-31', 250, 150],
      ['社区门诊', 'east', 7, '个', '11-30', 280, 0],
      ['社区门诊', 'west', 5, '个', '11-30', 200, 0],
    ],
  },
  {
    id: 'screening',
    title: '适龄妇女“两癌”免费筛查',
    en: 'Free cancer screening for women',
    summary: '免费筛查 5 万人，阳性者全程随访',
    category: 'health',
    lead: 'health',
    content: '为 35 至 64 周岁妇女免费开展宫颈癌和乳腺癌筛查，建立档案，阳性者转诊随访率达到 95% 以上。',
    beneficiaries: '适龄妇女 5 万人',
    parts: [
      ['城区筛查', 'city', 22000, '人', '11-30', 330, 0],
      ['县域筛查', 'city', 28000, '人', '11-30', 280, 140],
    ],
  },
  {
    id: 'canteens',
    title: '社区老年食堂',
    en: 'Canteens for the elderly',
    summary: '新建老年食堂和助餐点 80 个，日供餐 6000 份',
    category: 'old-age',
    lead: 'civil-affairs',
    content: '利用社区用房新建老年食堂，行动不便者送餐上门，价格公示，接受老年人家属监督。',
    beneficiaries: '60 岁以上老人约 2.1 万人',
    parts: [
      ['东河区老年食堂', 'east', 28, '个', '09-30', 280, 140],
      ['西山区老年食堂', 'west', 22, '个', '09-30', 220, 110],
      ['北塘县助餐点', 'north', 16, '个', '10-31', 96, 64],
      ['南埠县助餐点', 'south', 14, '个', '10-31', 84, 56],
    ],
  },
  {
    id: 'lifts',
    title: '老旧小区加装电梯',
    en: 'Lifts in older buildings',
    summary: '加装电梯 100 部，每部补助 20 万元',
    category: 'housing',
    lead: 'housing',
    content: '按居民协商一致、一梯一档的办法加装，统一踏勘和报建，公开补助标准和施工进度。',
    beneficiaries: '老旧小区居民约 1200 户',
    parts: [
      ['东河区加装电梯', 'east', 60, '部', '11-30', 800, 400],
      ['西山区加装电梯', 'west', 40, '部', '11-30', 500, 300],
    ],
  },
  {
    id: 'old-estates',
    title: '老旧小区改造',
    en: 'Renewal of older estates',
    summary: '改造老旧小区 46 个，雨污分流、管线入地',
    category: 'housing',
    lead: 'housing',
    content: '改造给排水、供电、路灯和楼道，补建停车位和充电桩，改造方案经三分之二以上住户同意后实施。',
    beneficiaries: '居民约 1.8 万户',
    parts: [
      ['东河区老旧小区', 'east', 20, '个', '11-30', 2600, 1300],
      ['西山区老旧小区', 'west', 14, '个', '11-30', 1800, 900],
      ['北塘县老旧小区', 'north', 7, '个', '11-30', 700, 700],
      ['南埠县老旧小区', 'south', 5, '个', '11-30', 500, 500],
    ],
  },
  {
    id: 'rural-water',
    title: '农村饮水管网更新',
    en: 'New water mains in villages',
    summary: '更新管网 186 公里，惠及 92 个村',
    category: 'housing',
    lead: 'water',
    content: '更换老化管道和水表，新建加压站 6 座，水质每月检测并在村务栏公示。',
    beneficiaries: '92 个村约 11 万人',
    parts: [
      ['北塘县管网', 'north', 104, '公里', '10-31', 1200, 620],
      ['南埠县管网', 'south', 82, '公里', '10-31', 950, 500],
      ['加压站', 'city', 6, '座', '11-30', 360, 120],
    ],
  },
  {
    id: 'accessible',
    title: '无障碍设施补建',
    en: 'Ramps and tactile paving',
    summary: '补建坡道 160 处、盲道 24 公里，居家改造 900 户',
    category: 'support',
    lead: 'civil-affairs',
    content: '补建公共场所坡道和盲道，为重度残疾人家庭改造卫生间和出入口，逐户验收。',
    beneficiaries: '残疾人和行动不便者约 1.3 万人',
    parts: [
      ['公共场所坡道', 'city', 160, '处', '10-31', 240, 0],
      ['盲道', 'city', 24, '公里', '10-31', 190, 0],
      ['家庭改造', 'city', 900, '户', '11-30', 270, 90],
    ],
  },
  {
    id: 'veterans-service',
    title: '退役军人服务站提升',
    en: 'Service points for veterans',
    summary: '提升乡镇街道服务站 38 个',
    category: 'veterans',
    lead: 'veterans',
    content: '规范乡镇街道退役军人服务站，配备专职人员，开展就业推荐、优抚办理和心理辅导。',
    beneficiaries: '退役军人及家属约 4.2 万人',
    parts: [
      ['城区服务站', 'city', 20, '个', '09-30', 100, 40],
      ['县域服务站', 'city', 18, '个', '09-30', 72, 54],
    ],
  },
];

const inFen = (wan: number): number => wan * 1_000_000;

/** A project with its id, and what it promises. */
export interface SampleProject {
  readonly id: string;
  readonly sheet: Sheet;
}

function projectOf(short: ShortProject, year: number): SampleProject {
  const { id, title, en, summary, category, lead, content, beneficiaries, parts } = short;
  const funding = (city: number, county: number): Funding[] =>
    [
      { source: 'city', year, fen: inFen(city) },
      { source: 'county', year, fen: inFen(county) },
    ].filter(({ fen }) => fen > 0);
  return {
    id: `${id}-${year}`,
    sheet: {
      title: { zh: title, en },
      summary: { zh: summary },
      category,
      lead,
      co: [],
      content,
      beneficiaries,
      parts: parts.map(([part, area, quantity, unit, finish, city, county], i) => ({
        id: String(i + 1),
        title: part,
        body: lead,
        area,
        place: '',
        target: { thousandths: quantity * 1000, unit },
        finish: `${year}-${finish}`,
        funding: funding(city, county),
      })),
      from: [],
    },
  };
}

/** Twelve candidates of a city for `year`, of which ten may be chosen: invented, 37 parts. */
export const sampleProjects = (year: number): readonly SampleProject[] =>
  THIS_YEAR.map((each) => projectOf(each, year));
