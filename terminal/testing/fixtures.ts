import type { Motion } from '../../shared/kinds/kinds.ts';
import type { Ballot, Seat, SittingState } from '../../shared/protocol/messages.ts';
import type { Round } from '../seat/seat-state.ts';

/** For tests and the screen's gallery: motions, rounds and messages of one small hall. */

const common = {
  voting: 'open',
  seconds: 60,
  quorum: { num: 2, den: 3 },
  basis: 'roll',
} as const;
const half = { kind: 'more-than', num: 1, den: 2 } as const;

export function decision(press: Motion['press'] = 'first'): Motion {
  return {
    ...common,
    press,
    kind: 'decision',
    id: 'm1',
    title: {
      zh: '关于批准《2026年国民经济和社会发展计划》的决议（草案）',
      en: 'Resolution on the 2026 Plan for Economic and Social Development (draft)',
    },
    threshold: half,
  };
}

export const PROJECTS = [
  ['城区老旧供水管网改造', 'Renewal of old water mains in the city'],
  ['新建公办幼儿园六所', 'Six new public kindergartens'],
  ['农村公路安全防护工程', 'Safety barriers on rural roads'],
  ['社区养老服务中心建设', 'Community centres for elderly care'],
  ['老旧小区加装电梯', 'Lifts for old residential blocks'],
  ['公共体育健身场地', 'Public sports grounds'],
  ['中小学校园直饮水', 'Drinking water in schools'],
  ['乡镇卫生院设备更新', 'New equipment for township clinics'],
  ['城市口袋公园', 'Pocket parks'],
  ['公共停车泊位', 'Public parking places'],
  ['农贸市场提升改造', 'Refurbishment of food markets'],
  ['残疾人无障碍改造', 'Barrier-free homes for disabled people'],
] as const;

const items = (count: number) =>
  Array.from({ length: count }, (_, i) => {
    const [zh, en] = PROJECTS[i % PROJECTS.length] ?? ['', ''];
    return { id: `p${i + 1}`, title: { zh, en } };
  });

/** `motion` with as many characters as a title may well have: sixty, in either writing. */
export function longWinded(motion: Motion): Motion {
  const long = (number: number) => ({
    zh: `关于${number}号区域城乡供水一体化及老旧管网漏损治理、农村饮用水水源地规范化建设和应急备用水源工程（含沿线道路恢复与绿化）的实施项目`,
    en: `District ${number}: joint water supply for town and country, renewal of leaking mains, and an emergency source`,
  });
  const titled = <T extends { title: { zh: string } }>(items: readonly T[]) =>
    items.map((item, i) => ({ ...item, title: long(i + 1) }));
  if (motion.kind === 'selection') return { ...motion, candidates: titled(motion.candidates) };
  return motion.kind === 'decision' ? motion : { ...motion, items: titled(motion.items) };
}

export function selection(places = 10, candidates = 12, press: Motion['press'] = 'first'): Motion {
  return {
    ...common,
    press,
    kind: 'selection',
    id: 'm2',
    title: { zh: '2027年度民生实事项目差额票决', en: 'Vote on the livelihood projects of 2027' },
    candidates: items(candidates),
    places,
    threshold: half,
  };
}

export function appraisal(dontKnow = true, count = 10, press: Motion['press'] = 'first'): Motion {
  return {
    ...common,
    press,
    kind: 'appraisal',
    id: 'm3',
    title: { zh: '2026年度民生实事项目满意度测评', en: 'Appraisal of the livelihood projects of 2026' },
    items: items(count),
    dontKnow,
    threshold: half,
  };
}

const SURNAMES = '王李张刘陈杨赵黄周吴';
const NAMES = [
  ['秀兰', 'Xiulan'],
  ['志强', 'Zhiqiang'],
  ['建国', 'Jianguo'],
  ['敏', 'Min'],
  ['海燕', 'Haiyan'],
  ['文博', 'Wenbo'],
  ['德胜', 'Desheng'],
] as const;
const ROMAN = ['Wang', 'Li', 'Zhang', 'Liu', 'Chen', 'Yang', 'Zhao', 'Huang', 'Zhou', 'Wu'] as const;

/** A list of appointments. */
export function itemised(count = 5, press: Motion['press'] = 'first'): Motion {
  return {
    ...common,
    press,
    kind: 'itemised',
    id: 'm4',
    title: { zh: '市人大常委会任命名单（草案）', en: 'Appointments by the Standing Committee (draft)' },
    items: Array.from({ length: count }, (_, i) => {
      const [zh, en] = NAMES[i % NAMES.length] ?? ['', ''];
      return {
        id: `p${i + 1}`,
        title: {
          zh: `${SURNAMES[i % SURNAMES.length]}${zh}为市人民政府副秘书长`,
          en: `${ROMAN[i % ROMAN.length]} ${en}, Deputy Secretary-General`,
        },
      };
    }),
    threshold: half,
  };
}

export const OPENING = 'b'.repeat(64);

export function round(motion: Motion, phase: Round['phase'] = 'open', n = 1, rehearsal = false): Round {
  return { id: `${motion.id}/${rehearsal ? 't' : ''}${n}`, phase, rehearsal, opening: OPENING, motion };
}

export function sittingOf(rev: number, inHand: Round | null): SittingState {
  const title = { zh: '市第十六届人民代表大会第三次会议', en: 'Third Session of the 16th City Congress' };
  return { typ: 'sitting', v: 1, hall: 'h', sitting: 's', rev, title, round: inHand };
}

export function seatOf(rev: number, deputy: string | null, more: Partial<Seat> = {}): Seat {
  return {
    typ: 'seat',
    v: 1,
    hall: 'h',
    sitting: 's',
    terminal: 'T001',
    rev,
    enrolled: true,
    seat: '3排12座',
    deputy:
      deputy === null ? null : { id: deputy, name: '王秀兰', delegation: '城关代表团', title: '高级教师' },
    round: null,
    eligible: deputy !== null,
    counted: null,
    remaining: null,
    ...more,
  };
}

export function ballotOf(id: string, press: number, inRound = 'm1/1', deputy = 'D1'): Ballot {
  return {
    typ: 'ballot',
    v: 1,
    id,
    hall: 'h',
    sitting: 's',
    terminal: 'T001',
    deputy,
    round: inRound,
    opening: OPENING,
    press,
    choice: { kind: 'decision', option: 'for' },
  };
}
