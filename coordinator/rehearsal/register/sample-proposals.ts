import type { Proposer, Wording } from '../../register/model/wording.ts';
import type { Draw } from './drawing.ts';
import type { SampleArea } from './past/past-years.ts';

/** Something that people ask for, in the words of some of them; `projects`: which kinds of project take it up. */
interface Matter {
  readonly category: string;
  readonly asks: readonly string[];
  readonly why: readonly string[];
  readonly projects: readonly string[];
}

const MATTERS: readonly Matter[] = [
  {
    category: 'childcare',
    asks: ['增加普惠托育点', '社区办一个平价托班', '延长托育园放学时间'],
    why: ['双职工家庭没有老人带孩子', '附近只有民办托班，一个月三千多元', '下班赶不上接孩子'],
    projects: ['nursery', 'children-home'],
  },
  {
    category: 'schooling',
    asks: ['更换教室灯具', '改善黑板反光'],
    why: ['孩子坐在后排看不清黑板', '班上一半学生戴了眼镜'],
    projects: ['school-light'],
  },
  {
    category: 'schooling',
    asks: ['校门口增设红绿灯', '放学时段设家长接送区', '学校门前加减速带'],
    why: ['车速快，孩子过马路很危险', '放学时堵成一团', '上个月差点出事故'],
    projects: ['school-crossing'],
  },
  {
    category: 'schooling',
    asks: ['新建一所高中', '把中学整体搬迁到新区'],
    why: ['学位紧张', '现在的校舍太旧'],
    projects: [],
  },
  {
    category: 'work',
    asks: ['开设养老护理培训班', '多办电商培训', '培训班开到乡镇来'],
    why: ['想学一门手艺，城里的班太远', '返乡后找不到合适的活'],
    projects: ['skills', 'training'],
  },
  {
    category: 'health',
    asks: ['村卫生室添置检查设备', '社区门诊周末也开诊', '卫生室看病能直接报销'],
    why: ['老人看病要坐一个小时的车', '量个心电图都要去县里'],
    projects: ['clinics', 'village-clinic'],
  },
  {
    category: 'health',
    asks: ['扩大“两癌”筛查名额', '到村里做妇女体检'],
    why: ['名额年年不够', '村里妇女舍不得花钱检查'],
    projects: ['screening'],
  },
  {
    category: 'old-age',
    asks: ['办一个老年食堂', '给独居老人送餐上门', '老年食堂增加早餐'],
    why: ['八十岁的老两口做饭不安全', '子女都在外地', '小区里老人多，都盼着'],
    projects: ['canteens', 'meals'],
  },
  {
    category: 'housing',
    asks: ['老楼加装电梯', '加装电梯的补助早点发放'],
    why: ['六楼的老人半年没下过楼', '腿脚不好，买菜都难'],
    projects: ['lifts'],
  },
  {
    category: 'housing',
    asks: ['改造老旧小区下水道', '小区补建停车位', '整修楼道和路灯'],
    why: ['一下雨就倒灌', '夜里楼道漆黑，摔过人', '车停到了消防通道上'],
    projects: ['old-estates'],
  },
  {
    category: 'housing',
    asks: ['更换村里的自来水管', '解决高处用水水压小的问题'],
    why: ['夏天经常停水', '水发黄，不敢喝'],
    projects: ['rural-water', 'tap-water'],
  },
  {
    category: 'housing',
    asks: ['修建跨河大桥', '把国道改线绕城'],
    why: ['两岸来往要绕五公里', '大货车穿城而过'],
    projects: [],
  },
  {
    category: 'support',
    asks: ['补建无障碍坡道', '盲道被占，请恢复', '给残疾人家里装扶手'],
    why: ['坐轮椅进不了门', '盲道通到电线杆上'],
    projects: ['accessible', 'helped-homes'],
  },
  {
    category: 'veterans',
    asks: ['街道设退役军人服务窗口', '给退役军人办专场招聘'],
    why: ['办事要跑市里', '转业后找工作难'],
    projects: ['veterans-service'],
  },
  {
    category: 'housing',
    asks: ['减免我家的物业费', '给我们单位批一块地'],
    why: ['收费不合理', '单位发展需要'],
    projects: [],
  },
];

/** Where people of the city live, by area, and what there is in every other place. */
const PLACES: ReadonlyMap<string, readonly string[]> = new Map([
  ['east', ['人民路', '东门社区', '滨河花园', '解放桥头', '纺织厂宿舍', '第三小学', '育才街', '柳巷']],
  ['west', ['西山大道', '矿务局家属院', '石桥社区', '山前路', '第七中学', '青松里']],
  ['north', ['北塘镇', '杨柳村', '大王庄', '小河口村', '塘沽路', '北塘中心小学']],
  ['south', ['南埠镇', '渔港社区', '白沙村', '赵家湾', '盐场路', '南埠二中']],
]);
const ANYWHERE = ['老街', '中心小学', '卫生院', '集贸市场', '河边', '新村'];

const SURNAMES = '赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨朱秦尤许';
const GIVEN = ['秀英', '建国', '志强', '丽华', '桂兰', '明', '海燕', '国庆', '晓东', '玉梅', '军', '雪'];

/** A proposal as it is sent, and what an office thinks of it afterwards. */
export interface SampleProposal {
  readonly wording: Wording;
  readonly proposer: Proposer | null;
  readonly channel: 'online' | 'letter' | 'telephone' | 'station' | 'meeting';
  readonly category: string;
  readonly area: string;
  /** Kinds of project that take it up; none: nothing does. */
  readonly projects: readonly string[];
}

/** A proposal of somebody who lives in one of `areas`. */
export function sampleProposal(draw: Draw, areas: readonly SampleArea[]): SampleProposal {
  const pick = <T>(all: readonly T[]): T => {
    const one = all[draw(all.length)];
    if (one === undefined) throw new Error('nothing to draw from');
    return one;
  };
  const matter = pick(MATTERS);
  const { id: area, zh } = pick(areas);
  const place = pick(PLACES.get(area) ?? ANYWHERE.map((place) => `${zh}${place}`));
  const ask = pick(matter.asks);
  const ending = pick(['希望尽快解决。', '恳请考虑列入明年的民生实事。', '附近居民都有同感。', '谢谢。']);
  const isNamed = draw(4) > 0;
  const name = `${SURNAMES[draw(SURNAMES.length)]}${pick(GIVEN)}`;
  return {
    wording: {
      title: `${place}${ask}`,
      text: `${place}一带，${pick(matter.why)}。建议${ask}，${ending}`,
      place: { name: place },
    },
    proposer: isNamed
      ? {
          name,
          // 10 as its second digit: no operator gives out such a number.
          telephone: draw(2) === 0 ? `110${String(draw(100_000_000)).padStart(8, '0')}` : null,
          address: null,
        }
      : null,
    channel: pick(['online', 'online', 'online', 'letter', 'telephone', 'station', 'meeting']),
    category: matter.category,
    area,
    projects: matter.projects,
  };
}
