import { inYuan, wanText } from '../../../../shared/projects/money.ts';
import { quantityText } from '../../../../shared/projects/sheet.ts';
import { inLanguage, type Text, tagFor } from '../../../../shared/protocol/ids.ts';
import type { PosterPaper, Site } from '../documents.ts';
import { dateText, shortened } from './text.ts';
import { type Given, qrPicture, type Typeset, typeset } from './typeset.ts';
import { SAID } from './words.ts';

/** As much of a title as can be read from across a street. */
const MOST_TITLE = 60;

/** Both languages of something; null where it is not said in English. */
interface Both {
  readonly zh: string;
  readonly en: string | null;
}

const bothOf = (text: Text): Both => ({
  zh: shortened(text.zh, MOST_TITLE),
  en: tagFor(text, 'en') === 'zh' ? null : shortened(inLanguage(text, 'en'), 2 * MOST_TITLE),
});
const both = (zh: string, en: string | null): { readonly [name: string]: Given } => ({ zh, en });
const given = ({ zh, en }: Both) => both(zh, en);

/** `1234567.00` as `1,234,567`, `0.50` as it is. */
const grouped = (digits: string): string =>
  digits.replace(/\.00$/, '').replace(/\B(?=(\d{3})+(?!\d))(?<!\.\d*)/g, ',');

/** What hangs where a part is carried out. */
export function posterSet(paper: PosterPaper): Typeset {
  const { size, congress, cycle, project, sites } = paper;
  return typeset('poster', paper, `${shortened(project.zh, MOST_TITLE)} ${cycle}`, {
    size,
    congress: given(bothOf(congress)),
    above: both(WORDS.zh.above(cycle), WORDS.en.above(cycle)),
    project: given(bothOf(project)),
    sites: sites.map((site) => ({
      title: shortened(site.title, 2 * MOST_TITLE),
      facts: factsOf(paper, site),
      address: site.address,
    })),
    qr: sites.map(({ address }) => qrPicture(address, { outdoors: true })),
    scan: both(WORDS.zh.scan, WORDS.en.scan),
    steps: WORDS.zh.steps.map((zh, at) => both(zh, WORDS.en.steps[at] ?? null)),
  });
}

/** Name and value of each fact, in both languages. */
function factsOf({ vote }: PosterPaper, site: Site): Given {
  const [zh, en] = [SAID.zh, SAID.en];
  const { area, place, body, target, finish, fen } = site;
  const where = [area.zh, place].filter((each) => each !== '').join(' ');
  const facts: readonly (readonly [Both, Both])[] = [
    [
      { zh: zh.place, en: en.place },
      { zh: where, en: bothOf(area).en },
    ],
    [{ zh: zh.lead, en: WORDS.en.body }, bothOf(body)],
    [
      { zh: zh.target, en: en.target },
      { zh: `${quantityText(target.thousandths)} ${target.unit}`, en: null },
    ],
    [
      { zh: zh.finish, en: en.finish },
      { zh: dateText(finish, 'zh'), en: dateText(finish, 'en') },
    ],
    [
      { zh: WORDS.zh.money, en: WORDS.en.money },
      { zh: `${grouped(wanText(fen))} 万元`, en: `${grouped(inYuan(fen))} yuan` },
    ],
    ...(vote
      ? [
          [
            { zh: WORDS.zh.vote, en: WORDS.en.vote },
            {
              zh: zh.standing(vote.isChosen, vote.count, vote.proof.how),
              en: en.standing(vote.isChosen, vote.count, vote.proof.how),
            },
          ] as const,
        ]
      : []),
  ];
  return facts.map(([name, value]) => ({ name: given(name), value: given(value) }));
}

const WORDS = {
  zh: {
    above: (cycle: number) => `${cycle}年度民生实事项目`,
    money: '投资',
    vote: '代表票决',
    scan: '扫码看承诺、看进展、提意见',
    steps: [
      '用手机扫描二维码，打开本子项目的公开页，不用注册；',
      '现场与公示不符，或有意见建议，在该页填写，可附照片；',
      '凭查询码随时看办理结果，意见由监督小组跟踪到底。',
    ],
  },
  en: {
    above: (cycle: number) => `Livelihood project of ${cycle}`,
    body: 'Responsible',
    money: 'Investment',
    vote: 'Vote',
    scan: 'Scan: the promise, the progress, and your say',
    steps: [
      'The code opens the page of this part; no account is needed.',
      'If what you see here is not so, say it on that page, with photographs.',
      'A code of your own shows what becomes of it; the supervision group follows it up.',
    ],
  },
} as const;
