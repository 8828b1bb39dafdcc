import { readdirSync, readFileSync } from 'node:fs';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import type { Paper } from './documents.ts';
import { qrPicture } from './layout/typeset.ts';
import { sourcePaperFiles } from './paper-files.ts';
import { facesIn, pdfOf, readPaper } from './testing/read-paper.ts';
import {
  CHOSEN,
  sampleAnswer,
  sampleBooklet,
  sampleList,
  samplePoster,
  sampleReceipt,
  sampleSheet,
  sampleSlip,
} from './testing/sample-papers.ts';

const ALL: readonly (readonly [string, Paper])[] = (['zh', 'en'] as const).flatMap((language) =>
  [
    sampleReceipt(language),
    sampleAnswer(language),
    sampleBooklet(language),
    sampleSheet(language),
    sampleSlip(language),
    { ...samplePoster(), language },
  ].map((paper) => [`${paper.kind} in ${language}`, paper] as const),
);
const OURS = ['NotoSansSC-Medium', 'NotoSerifSC-Bold', 'NotoSerifSC-Regular'];

/** What would be a command, a formula or markup somewhere. */
const STRANGE = [
  ...['#eval("1+1")', '#read("/etc/passwd")', '$x^2$', '*bold* _k_ `raw`', '@ref <label>', '\\\\ \\u{41}'],
  ...['// no comment', '/* nor this */', '= heading', '- item', '"quoted" \'single\' -- --- ...', '#{ } [ ]'],
  ...['#import "@preview/cetz:0.1.0": *', '<script>alert(1)</script>', '=HYPERLINK("x")', '&lt;', '%PDF'],
  ...['😀', '㐂 𠮷 䶮', '{"a":1}', '</h5:div>'],
];

it.each(ALL)('a %s is the same bytes each time, dated as it says, in our faces only', (_what, paper) => {
  const pdf = pdfOf(paper);
  expect(Buffer.from(pdfOf(paper)).equals(pdf)).toBe(true);
  expect(Buffer.from(pdf).toString('latin1')).toContain('/CreationDate (D:20261208');
  expect(OURS).toEqual(expect.arrayContaining([...facesIn(pdf)]));
});

it('no face of the machine stands in for what ours lack', () => {
  const text = 'ཏ ئۇيغۇر मानक 😀 𠮷 𓀀 ‱ ∮ Ω й 가';
  const paper = sampleReceipt('zh', { text, title: text });
  expect(OURS).toEqual(expect.arrayContaining([...facesIn(pdfOf(paper))]));
  expect(readPaper(paper).text).toContain(text);
});

it.each(STRANGE)('%s is text, wherever it is written', (strange) => {
  const list = sampleList(2, 2, 1);
  const strangeList = {
    ...list,
    congress: strange,
    projects: list.projects.map(({ id, sheet }) => ({
      id,
      sheet: {
        ...sheet,
        title: { zh: strange },
        summary: { zh: strange },
        content: strange,
        beneficiaries: strange,
        parts: sheet.parts.map((part) => ({ ...part, title: strange, place: strange })),
      },
    })),
  };
  const papers: readonly Paper[] = [
    sampleReceipt('zh', { title: strange, text: strange, issuer: strange }),
    sampleAnswer('zh', { is: 'excluded', ground: strange, reason: strange }, { to: strange, title: strange }),
    sampleBooklet('zh', strangeList),
    sampleSheet('zh', strangeList, 'p01'),
    sampleSlip('zh', strangeList, { meeting: strange }),
    samplePoster(
      { issuer: strange, congress: { zh: strange }, project: { zh: strange } },
      { title: strange, place: strange, body: { zh: strange }, address: 'https://a.example' },
    ),
  ];
  const times = [4, 5, 16, 6, 5, 6];
  for (const [at, paper] of papers.entries()) {
    // Lines end at spaces, and these are not read.
    const read = readPaper(paper).text.replaceAll(' ', '');
    expect(read.split(strange.replaceAll(' ', '')).length - 1).toBe(times[at]);
  }
});

it('whatever is proposed can be printed', () => {
  fc.assert(
    fc.property(
      fc.string({ unit: 'binary', maxLength: 300 }),
      fc.string({ unit: 'grapheme' }),
      (text, title) => {
        const answer = { is: 'not-adopted', reason: text } as const;
        expect(readPaper(sampleReceipt('zh', { text, title })).pages).toBe(1);
        expect(readPaper(sampleAnswer('en', answer, { title, to: text })).pages).toBeGreaterThan(0);
      },
    ),
    { numRuns: 40 },
  );
});

it('a receipt stays on its page, however much was asked for', () => {
  const long = { title: '长'.repeat(200), text: 'W'.repeat(4000), attachments: 20, issuer: '办'.repeat(60) };
  for (const language of ['zh', 'en'] as const)
    expect(readPaper(sampleReceipt(language, long)).pages).toBe(1);
});

it('a poster is one page a site, however long its words are, with the address that its code leads to', () => {
  const long = { title: '长'.repeat(200), place: 'W'.repeat(200), body: { zh: '局'.repeat(2000) } };
  const address = `https://minsheng.qinghe.example/projects/${'p'.repeat(64)}/parts/${'1'.repeat(64)}`;
  for (const size of ['a4', 'a3'] as const) {
    const paper = samplePoster({ size, project: { zh: '名'.repeat(2000) } }, { ...long, address });
    const { pages, text } = readPaper({ ...paper, sites: [...paper.sites, ...paper.sites] });
    expect({ size, pages }).toEqual({ size, pages: 2 });
    expect(text.split(address)).toHaveLength(3);
  }
  const { text } = readPaper(samplePoster());
  for (const words of [
    '幸福里小区加装电梯',
    '12 部',
    '2027年11月30日',
    '864 万元',
    '8,640,000 yuan',
    '入选，143 / 164 票',
  ])
    expect(text).toContain(words);
});

it('an answer says what became of the proposal, and how to verify it', () => {
  const { text } = readPaper(sampleAnswer());
  expect(text).toContain('得143票（应到代表164人）');
  expect(text).toContain('入选2027年度民生实事项目');
  expect(text).toContain('9c9c9c9c');
  const merged = { is: 'merged', into: '2027-AAAAAAA', title: '加装电梯', became: CHOSEN } as const;
  expect(readPaper(sampleAnswer('zh', merged)).text).toContain('入选，143 / 164 票');
  const paper = {
    ...CHOSEN,
    vote: { ...chosenVote(), count: null, proof: { how: 'paper', hash: '0f'.repeat(32) } },
  } as const;
  expect(readPaper(sampleAnswer('en', paper)).text).toContain('selected (on paper)');
  const excluded = { is: 'excluded', ground: '跨年度实施的项目', reason: '工期十八个月' } as const;
  const said = readPaper(sampleAnswer('zh', excluded)).text;
  expect(said).toContain('不列入民生实事项目的情形：跨年度实施的项目');
  expect(said).not.toContain('指纹');
});

it('a booklet has a cover, the list and a sheet for each candidate, and ends with the fingerprint of the list', () => {
  const paper = sampleBooklet();
  const { pages, text } = readPaper(paper);
  expect(pages).toBe(1 + 1 + 12 + 1);
  expect(text).toContain('12件，43项');
  expect(text.replaceAll(' ', '')).toContain(paper.hash);
  expect(text).toContain('十二、智慧安防小区');
});

it('sums of money are those of the list', () => {
  const list = sampleList(2, 3, 1);
  const { text } = readPaper(sampleBooklet('zh', list));
  expect(text).toContain('7004.94');
});

it('30 candidates and more fit the ballot', () => {
  expect(readPaper(sampleSlip('zh', sampleList(30, 80, 24))).pages).toBe(1);
  expect(readPaper(sampleSlip('zh', sampleList(100, 100, 80))).pages).toBe(3);
});

it('a ballot names those who may be chosen now, and no others', () => {
  const { text } = readPaper(
    sampleSlip('zh', sampleList(), { candidates: ['p02', 'p05'], places: 1, turn: 'runoff' }),
  );
  expect(text).toContain('再次投票');
  expect(text).toContain('农村饮水管网改造');
  expect(text).toContain('候选项目2件，应选1件');
  expect(text).not.toContain('口袋公园');
});

it('templates load nothing but each other and what they are given', () => {
  const { templates } = sourcePaperFiles();
  for (const name of readdirSync(templates)) {
    const text = readFileSync(`${templates}/${name}`, 'utf8');
    for (const [, from] of text.matchAll(
      /#?(?:import|include|read|json|yaml|csv|toml|xml|cbor)\b[^\n]*"([^"\n]+)"/g,
    ))
      expect(from).toMatch(/^(official\.typ|project\.typ|\/data\.json|svg)$/);
  }
});

it('a QR code has light modules around it', () => {
  expect(qrPicture('https://a.example')).toMatch(/viewBox="0 0 (\d+) \1"/);
});

function chosenVote() {
  if (CHOSEN.is !== 'adopted' || !CHOSEN.vote) throw new Error('the sample was voted on');
  return CHOSEN.vote;
}
