/** 七有一保障: what livelihood projects are for, where register.yaml has no list of its own. */
export const CATEGORIES = [
  { id: 'childcare', name: { zh: '幼有所育', en: 'Care for children' } },
  { id: 'schooling', name: { zh: '学有所教', en: 'Education' } },
  { id: 'work', name: { zh: '劳有所得', en: 'Work and income' } },
  { id: 'health', name: { zh: '病有所医', en: 'Health care' } },
  { id: 'old-age', name: { zh: '老有所养', en: 'Care in old age' } },
  { id: 'housing', name: { zh: '住有所居', en: 'Housing and surroundings' } },
  { id: 'support', name: { zh: '弱有所扶', en: 'Support for the weak' } },
  { id: 'veterans', name: { zh: '优军服务保障', en: 'Services for service members' } },
] as const;

/** 不列入情形: why a proposal does not become a livelihood project, where register.yaml has no list of its own. */
export const GROUNDS = [
  { id: 'large', name: { zh: '重大开发建设类项目', en: 'A large development project' } },
  {
    id: 'other-money',
    name: {
      zh: '以上级财政资金或社会资本投入为主的项目',
      en: 'Paid mainly by a higher level or by private capital',
    },
  },
  {
    id: 'not-general',
    name: { zh: '不具有普惠性、公益性的项目', en: 'Without general benefit or public good' },
  },
  {
    id: 'several-years',
    name: { zh: '建设周期跨年度的项目', en: 'Construction crosses the year' },
  },
] as const;

/** Which of {@link CATEGORIES} are sectors of OC4IDS, where register.yaml says nothing of it: those that mean the same. */
export const SECTORS = { schooling: 'education', health: 'health' } as const;
