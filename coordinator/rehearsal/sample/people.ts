const SURNAMES =
  '王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧程曹袁邓许傅沈曾彭吕苏卢蒋蔡贾丁魏薛叶阎余潘杜戴夏钟汪田任姜范方石姚谭廖邹熊金陆郝孔白崔康毛邱秦江史顾侯邵孟龙万段雷钱汤尹黎易常武乔贺赖龚文';
const GIVEN =
  '建国志强秀英桂芳海燕晓明立新春华玉兰文静永康卫东雪梅国栋佳慧振华丽娟德福思远雅琴长青敏学家和兴旺若涵云飞子涵守正红霞光明淑贞宏伟诗雨庆丰美玲天佑欣怡';
const DISTRICTS = [
  '城东区',
  '城西区',
  '高新区',
  '云溪县',
  '青石县',
  '南浦县',
  '北山县',
  '临河镇联合',
  '驻市部队',
];
const TITLES = [
  '',
  '',
  '',
  '社区党委书记',
  '中学教师',
  '主任医师',
  '企业负责人',
  '村委会主任',
  '工程师',
  '农技员',
];

export interface SamplePerson {
  readonly id: string;
  readonly name: string;
  readonly delegation: string;
  readonly seat: string;
  readonly card: string;
  readonly title: string;
}

const COLUMNS = 14;

/** `n` deputies in delegations, seated row by row: the same ones every time. No person is meant. */
export function samplePeople(n: number): SamplePerson[] {
  return Array.from({ length: n }, (_, i) => {
    const district = Math.floor((i * DISTRICTS.length) / n);
    const surname = SURNAMES[(i * 37 + district * 11) % SURNAMES.length] ?? '王';
    const first = GIVEN[(i * 13) % GIVEN.length] ?? '';
    const second = GIVEN[(i * 29 + 7) % GIVEN.length] ?? '';
    const row = Math.floor(i / COLUMNS) + 1;
    const column = (i % COLUMNS) + 1;
    return {
      id: `D${String(i + 1).padStart(4, '0')}`,
      name: surname + first + (i % 4 === 3 || first === second ? '' : second),
      delegation: `${DISTRICTS[district] ?? ''}代表团`,
      seat: `${String(row).padStart(2, '0')}-${String(column).padStart(2, '0')}`,
      // As a reader reports a 4-byte UID.
      card: (((i + 1) * 2_654_435_761) % 2 ** 32).toString(16).toUpperCase().padStart(8, '0'),
      title: TITLES[(i * 7) % TITLES.length] ?? '',
    };
  });
}
