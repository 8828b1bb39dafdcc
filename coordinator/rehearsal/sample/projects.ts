/** A livelihood project: title and a note with lead department and investment, in Chinese and English. */
export interface SampleProject {
  readonly zh: string;
  readonly en: string;
  readonly note: string;
  readonly noteEn: string;
}

const project = (zh: string, en: string, note: string, noteEn: string): SampleProject => ({
  zh,
  en,
  note,
  noteEn,
});

/** Twelve candidates of which ten are chosen. Invented for this sample. */
export const CANDIDATES: readonly SampleProject[] = [
  project(
    '老旧小区改造提升工程（涉及 12 个小区）',
    'Renewal of 12 older housing estates',
    '市住建局牵头，投资 8600 万元',
    'Housing bureau, CNY 86 m',
  ),
  project(
    '城区学校周边接送通道与停车改造',
    'Safe drop-off lanes and parking at town schools',
    '市教育局牵头，投资 1500 万元',
    'Education bureau, CNY 15 m',
  ),
  project(
    '新增公办托育托位 600 个',
    '600 new public nursery places',
    '市卫健委牵头，投资 2200 万元',
    'Health commission, CNY 22 m',
  ),
  project(
    '社区老年食堂建设（30 处）',
    '30 community canteens for the elderly',
    '市民政局牵头，投资 900 万元',
    'Civil affairs bureau, CNY 9 m',
  ),
  project(
    '农村饮用水管网更新（覆盖 46 个村）',
    'New drinking-water mains for 46 villages',
    '市水利局牵头，投资 5400 万元',
    'Water bureau, CNY 54 m',
  ),
  project(
    '市人民医院急诊中心扩建',
    'Larger emergency department at the city hospital',
    '市卫健委牵头，投资 7800 万元',
    'Health commission, CNY 78 m',
  ),
  project(
    '农村公路安全防护提升（120 公里）',
    'Safety works on 120 km of rural roads',
    '市交通局牵头，投资 3600 万元',
    'Transport bureau, CNY 36 m',
  ),
  project(
    '城区公共停车位新增 2000 个',
    '2,000 new public parking spaces',
    '市城管局牵头，投资 4100 万元',
    'Urban management, CNY 41 m',
  ),
  project(
    '背街小巷照明与无障碍改造',
    'Lighting and step-free access in side streets',
    '市城管局牵头，投资 1300 万元',
    'Urban management, CNY 13 m',
  ),
  project(
    '既有多层住宅加装电梯补助（100 部）',
    'Grants for 100 lifts in existing housing',
    '市住建局牵头，投资 2000 万元',
    'Housing bureau, CNY 20 m',
  ),
  project(
    '滨河健身步道与口袋公园（8 处）',
    'Riverside path and 8 pocket parks',
    '市园林局牵头，投资 2600 万元',
    'Parks bureau, CNY 26 m',
  ),
  project(
    '乡镇农产品冷链集散点（10 个）',
    '10 cold-chain depots in townships',
    '市农业农村局牵头，投资 3100 万元',
    'Agriculture bureau, CNY 31 m',
  ),
];

/** Last year's ten, to be appraised. Invented for this sample. */
export const LAST_YEAR: readonly SampleProject[] = [
  project(
    '城区雨污分流改造一期',
    'Separate sewers, phase one',
    '已完工，投资 6200 万元',
    'Finished, CNY 62 m',
  ),
  project(
    '中小学食堂“明厨亮灶”全覆盖',
    'Open kitchens in all school canteens',
    '已完工，投资 700 万元',
    'Finished, CNY 7 m',
  ),
  project(
    '新建社区卫生服务站 15 个',
    '15 new community clinics',
    '已完工，投资 1900 万元',
    'Finished, CNY 19 m',
  ),
  project('新能源公交车更新 80 辆', '80 new electric buses', '已完工，投资 5600 万元', 'Finished, CNY 56 m'),
  project(
    '农村户厕改造 3000 座',
    '3,000 rural household toilets renewed',
    '已完工，投资 1200 万元',
    'Finished, CNY 12 m',
  ),
  project(
    '城区智能红绿灯优化 60 处',
    '60 smart traffic lights',
    '已完工，投资 1500 万元',
    'Finished, CNY 15 m',
  ),
  project(
    '残疾人家庭无障碍改造 500 户',
    'Step-free access for 500 homes',
    '已完工，投资 400 万元',
    'Finished, CNY 4 m',
  ),
  project(
    '公共图书馆延时开放与城市书房',
    'Longer library hours and reading rooms',
    '已完工，投资 800 万元',
    'Finished, CNY 8 m',
  ),
  project(
    '农贸市场标准化改造 9 家',
    '9 food markets renovated',
    '完工 8 家，投资 2300 万元',
    '8 finished, CNY 23 m',
  ),
  project(
    '城区易涝点整治 12 处',
    '12 flood-prone spots mended',
    '完工 9 处，投资 4700 万元',
    '9 finished, CNY 47 m',
  ),
];

/** Who is to be appointed. */
export const NOMINEES: readonly SampleProject[] = [
  project(
    '林静怡',
    'Lin Jingyi',
    '任副院长、审判委员会委员',
    'Vice-president, member of the judicial committee',
  ),
  project('贺志远', 'He Zhiyuan', '任审判委员会委员', 'Member of the judicial committee'),
  project('苏文君', 'Su Wenjun', '任民事审判庭庭长', 'Chief judge of the civil division'),
  project('邓海峰', 'Deng Haifeng', '任刑事审判庭副庭长', 'Deputy chief judge of the criminal division'),
  project('卓玛央金', 'Dolma Yangjin', '任审判员', 'Judge'),
];
