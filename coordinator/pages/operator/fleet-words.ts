import type { Language } from '../../../shared/protocol/ids.ts';
import type { BootReason, ProgramEnd } from '../../../shared/protocol/seat-details.ts';
import { label, TERMS } from '../../../shared/terms.ts';
import type { FleetView, TerminalView } from '../../contract/documents.ts';

export type Away = NonNullable<TerminalView['away']>['why'];
type Screen = NonNullable<FleetView['screen']>['is'];

export interface FleetWords {
  /** Titles of columns. */
  readonly columns: Readonly<Record<string, string>>;
  readonly caption: string;
  readonly hint: string;
  readonly summary: (seats: number, unheard: number) => string;
  readonly allAlike: string;
  readonly differs: (most: string | null) => string;
  readonly only: (title: string, value: string) => string;
  readonly sortBy: (title: string, isDown: boolean | null) => string;
  readonly filters: Readonly<Record<'all' | 'differs' | 'fault' | 'away', string>>;
  readonly csv: string;
  readonly unknown: string;
  readonly simulated: string;
  readonly online: string;
  readonly away: Readonly<Record<Away, string>>;
  readonly before: string;
  readonly boot: Readonly<Record<BootReason, string>>;
  readonly ended: Readonly<Record<ProgramEnd, string>>;
  readonly power: Readonly<Record<'now' | 'since' | 'fine', string>>;
  readonly clock: Readonly<Record<'set' | 'unset', string>>;
  readonly screen: Readonly<Record<Screen, string>>;
  readonly since: (time: string) => string;
  readonly diskReadOnly: string;
  readonly duration: (days: number, hours: number, minutes: number) => string;
  readonly seconds: (seconds: string) => string;
}

const zh: FleetWords = {
  columns: {
    seat: label(TERMS.seat, 'zh'),
    terminal: label(TERMS.terminal, 'zh'),
    state: '状态',
    version: '程序版本',
    image: '系统映像',
    model: '机型',
    uptime: '已开机',
    boot: '上次启动',
    ended: '程序上次结束',
    power: '供电',
    celsius: '温度',
    disk: '磁盘剩余',
    clock: '对时',
    offset: '时钟偏差',
    screen: '屏幕',
    build: '页面版本',
    reader: '读卡器',
    firmware: '面板固件',
    roundTrip: '往返',
    waiting: '待送',
  },
  caption: '席位机群',
  hint: '每项以多数席位为准，与多数不同的标 ≠。离线席位显示最后所知的情况。',
  summary: (seats, unheard) => `${seats} 席${unheard > 0 ? `，其中 ${unheard} 席未曾报告，不参与比较` : ''}`,
  allAlike: '全场一致',
  differs: (most) => (most === null ? '各席不一' : `与多数不同，多数为 ${most}`),
  only: (title, value) => `只看 ${title} 为 ${value} 的席位`,
  sortBy: (title, isDown) =>
    isDown === null ? `按${title}排序` : `按${title}${isDown ? '降' : '升'}序，点按反转`,
  filters: { all: '全部', differs: '与多数不同', fault: '故障', away: '离线' },
  csv: '下载表格 CSV',
  unknown: '无或未知',
  simulated: '模拟',
  online: '在线',
  away: {
    orderly: '有序停止',
    panel: '因面板故障重启中',
    fault: '程序故障后停止',
    lost: '失去联系',
    never: '主机启动后未见',
  },
  before: '离线前',
  boot: {
    'power-on': '通电',
    reboot: '有序重启',
    orderly: '有序关机或重启',
    'power-cut': '断电',
    'under-voltage': '电压不足断电',
    watchdog: '看门狗复位',
    unclean: '死机或断电',
  },
  ended: {
    orderly: '有序停止',
    panel: '因面板重启',
    fault: '程序故障',
    killed: '被终止',
    machine: '随机器中断',
  },
  power: { now: '电压过低', since: '开机后曾过低', fine: '正常' },
  clock: { set: '已对时', unset: '未对时' },
  screen: { drawn: '有画面', lost: '无画面', starting: '启动中' },
  since: (time) => `自\u00a0${time}`,
  diskReadOnly: '只读',
  duration: (d, h, m) => (d > 0 ? `${d} 天 ${h} 时` : h > 0 ? `${h} 时 ${m} 分` : `${m} 分`),
  seconds: (s) => `${s} 秒`,
};

const en: FleetWords = {
  columns: {
    seat: label(TERMS.seat, 'en'),
    terminal: label(TERMS.terminal, 'en'),
    state: 'State',
    version: 'Program',
    image: 'Image',
    model: 'Machine',
    uptime: 'Up for',
    boot: 'Last start',
    ended: 'Last end',
    power: 'Power',
    celsius: 'Heat',
    disk: 'Disk free',
    clock: 'Clock',
    offset: 'Offset',
    screen: 'Screen',
    build: 'Page',
    reader: 'Reader',
    firmware: 'Panel',
    roundTrip: 'Round trip',
    waiting: 'Unsent',
  },
  caption: 'Fleet of seats',
  hint: 'What most seats have is taken for right; what differs from it is marked ≠. A seat that is away shows what was known of it last.',
  summary: (seats, unheard) =>
    `${seats} seats${unheard > 0 ? `, ${unheard} of which have told nothing yet and are not compared` : ''}`,
  allAlike: 'All alike',
  differs: (most) => (most === null ? 'seats differ' : `differs: most have ${most}`),
  only: (title, value) => `Show only seats with ${title} ${value}`,
  sortBy: (title, isDown) =>
    isDown === null
      ? `Sort by ${title}`
      : `Sorted by ${title}, ${isDown ? 'descending' : 'ascending'}; press to turn round`,
  filters: { all: 'All', differs: 'Differs', fault: 'Faulty', away: 'Away' },
  csv: 'Download CSV',
  unknown: 'none or unknown',
  simulated: 'simulated',
  online: 'online',
  away: {
    orderly: 'stopped in order',
    panel: 'restarting for its panel',
    fault: 'stopped by a fault',
    lost: 'lost',
    never: 'not seen since the coordinator’s start',
  },
  before: 'before it went',
  boot: {
    'power-on': 'power on',
    reboot: 'orderly reboot',
    orderly: 'orderly shutdown or reboot',
    'power-cut': 'power cut',
    'under-voltage': 'cut off by low voltage',
    watchdog: 'watchdog reset',
    unclean: 'crash or power cut',
  },
  ended: {
    orderly: 'in order',
    panel: 'for its panel',
    fault: 'by a fault',
    killed: 'killed',
    machine: 'with its machine',
  },
  power: { now: 'voltage too low', since: 'was too low since start', fine: 'fine' },
  clock: { set: 'set', unset: 'not set' },
  screen: { drawn: 'drawn', lost: 'shows nothing', starting: 'starting' },
  since: (time) => `since ${time}`,
  diskReadOnly: 'read-only',
  duration: (d, h, m) => (d > 0 ? `${d} d ${h} h` : h > 0 ? `${h} h ${m} min` : `${m} min`),
  seconds: (s) => `${s} s`,
};

export const fleetWords: Record<Language, FleetWords> = { zh, en };
