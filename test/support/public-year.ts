import { REGISTER_ROUTES } from '../../coordinator/contract/register/routes.ts';
import { sampleScan } from '../../coordinator/rehearsal/register/sample-scan.ts';
import { sheet as sampleSheet } from '../../shared/projects/testing/sample-sheet.ts';
import { answered, releaseDrafted, type TestRegister, YEAR } from './running-register.ts';

const WISHES = [
  ['人民路加装路灯', '人民路东段没有路灯，晚上老人小孩出门不安全，建议加装太阳能路灯。', 'housing', 'east'],
  [
    '社区食堂开到晚上七点',
    '许多独居老人晚饭没有着落，希望社区食堂延长到晚上七点，并能送餐上门。',
    'old-age',
    'west',
  ],
  [
    '村口公交站加遮雨棚',
    '北塘县东岭村口公交站没有遮雨棚，下雨天上学的孩子都淋着等车。',
    'schooling',
    'north',
  ],
  [
    '乡镇卫生院夜间儿科门诊',
    '孩子夜里发烧要跑四十公里到市里，希望乡镇卫生院每周有几晚儿科门诊。',
    'health',
    'south',
  ],
  ['老旧小区加装电梯', '向阳小区六层楼没有电梯，住的多是老人，建议纳入加装电梯计划。', 'housing', 'east'],
  ['零工市场建休息室', '城南零工市场几百人天天在路边等活，没有厕所也没有热水。', 'work', 'city'],
] as const;

const PROJECTS = [
  [
    'lamps',
    '城区道路照明补盲',
    '新装路灯2000盏，消除120条背街小巷暗区',
    'housing',
    'city-management',
    320_000_000,
  ],
  [
    'canteens',
    '社区助餐点建设',
    '新建改造社区助餐点60个，日供餐不少于8000份',
    'old-age',
    'civil-affairs',
    186_500_000,
  ],
  ['paediatrics', '基层儿科夜诊', '30所乡镇卫生院开设夜间儿科门诊', 'health', 'health', 97_000_000],
  ['bus-shelters', '农村公交候车亭', '新建农村公交候车亭400座', 'schooling', 'transport', 64_800_000],
] as const;

function sheetOf(
  [, title, summary, category, lead, fen]: (typeof PROJECTS)[number],
  from: readonly string[],
) {
  const [one] = sampleSheet(title).parts;
  if (!one) throw new Error('no part');
  const funding = [
    { source: 'city', year: YEAR, fen: Math.round(fen * 0.6) },
    { source: 'county', year: YEAR, fen: Math.round(fen * 0.3) },
    { source: 'upper', year: YEAR + 1, fen: Math.round(fen * 0.1) },
  ];
  return {
    title: { zh: title },
    summary: { zh: summary },
    ...{ category, lead, from: [...from], co: ['housing'] },
    content: `${summary}。优先安排群众反映集中、安全隐患突出的地点，年内全部完工并投入使用。`,
    beneficiaries: '全市约32万居民',
    parts: [
      {
        ...one,
        id: '1',
        title: `${title}（城区）`,
        body: lead,
        area: 'east',
        place: '人民路、建设街沿线',
        target: { thousandths: 1_200_000, unit: '处' },
        funding,
      },
      {
        ...one,
        id: '2',
        title: `${title}（县乡）`,
        body: lead,
        area: 'north',
        place: '',
        target: { thousandths: 800_500, unit: '处' },
        funding: funding.slice(0, 2),
      },
    ],
  };
}

/** A year in a running register: six proposals of a deputy, answered; four candidates, frozen, and voted on by paper. */
export async function playYear(
  register: TestRegister,
  until: 'answered' | 'frozen' | 'voted',
): Promise<readonly string[]> {
  const act = async (person: string, what: Parameters<TestRegister['act']>[1]) => {
    const asked = await register.act(person, what);
    if (asked.is === 'refused') throw new Error(`${what.act}: ${asked.reason}`);
    if (asked.is === 'done') return;
    const confirmed = await (await register.as('gov')).ask(REGISTER_ROUTES.confirmWaiting, {
      body: { id: asked.id },
    });
    if (answered(confirmed).is === 'done') return;
    const other = await (await register.as('congress2')).ask(REGISTER_ROUTES.confirmWaiting, {
      body: { id: asked.id },
    });
    if (answered(other).is !== 'done') throw new Error(`${what.act} was not confirmed`);
  };
  const ids: string[] = [];
  const deputy = await register.as('deputy1');
  for (const [title, text, category, area] of WISHES) {
    const body = {
      cycle: YEAR,
      channel: 'meeting' as const,
      wording: { title, text, place: null },
      proposer: null,
      attachments: [],
    };
    const received = answered(await deputy.ask(REGISTER_ROUTES.propose, { body }));
    if (received.is !== 'received') throw new Error(received.reason);
    const proposal = received.proposal;
    ids.push(proposal);
    await act('gov', { act: 'clear-wording', proposal, title, text });
    await act('gov', { act: 'classify', proposal, category, area });
  }
  const [lamps = '', canteen = '', shelter = '', night = '', lift = '', hall = ''] = ids;
  await act('deputy2', { act: 'second', proposal: lamps });
  for (const [at, one] of PROJECTS.entries()) {
    const from = [lamps, canteen, night, shelter][at] ?? '';
    await act('gov', { act: 'draft-project', project: one[0], cycle: YEAR, sheet: sheetOf(one, [from]) });
    await act('gov', { act: 'name-candidate', project: one[0] });
  }
  const outcomes = [
    [lamps, { is: 'adopted', project: 'lamps' }],
    [canteen, { is: 'adopted', project: 'canteens' }],
    [shelter, { is: 'adopted', project: 'bus-shelters' }],
    [night, { is: 'adopted', project: 'paediatrics' }],
    [
      lift,
      {
        is: 'excluded',
        ground: 'several-years',
        reason: '加装电梯须业主表决、设计和施工，跨两个年度，已转住建局按老旧小区改造计划办理。',
      },
    ],
    [hall, { is: 'merged', into: lift }],
  ] as const;
  for (const [proposal, outcome] of outcomes) await act('gov', { act: 'draft-decision', proposal, outcome });
  await releaseDrafted(register);
  if (until === 'answered') return ids;
  const projects = PROJECTS.map(([id]) => id);
  await act('gov', { act: 'submit-list', cycle: YEAR, places: 3, projects });
  const { submitted } = answered(
    await (await register.as('gov')).ask(REGISTER_ROUTES.cycle, { params: { year: String(YEAR) } }),
  );
  const list = submitted?.hash ?? '';
  await act('congress', { act: 'freeze-list', cycle: YEAR, list });
  if (until === 'frozen') return ids;
  const scan = new Uint8Array(await sampleScan());
  const uploaded = answered(
    await (await register.as('congress')).ask(REGISTER_ROUTES.upload, { body: scan }),
  );
  if (uploaded.is === 'refused') throw new Error(uploaded.reason);
  await act('congress', {
    act: 'enter-paper-result',
    cycle: YEAR,
    list,
    ...{ roll: 164, present: 160, cast: 158 },
    votes: projects.map((project, i) => ({ project, votes: [143, 150, 121, 60][i] ?? 0 })),
    chosen: projects.slice(0, 3),
    sheet: uploaded.hash,
    reason: '会场停电，改用纸质票',
  });
  return ids;
}
