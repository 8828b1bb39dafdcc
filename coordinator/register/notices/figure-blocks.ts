import { GRADE_TERMS, label } from '../../../shared/terms.ts';
import { LIGHT_TERMS, percentText, REASON_TERMS } from '../../contract/register/work-words.ts';
import type { Light } from '../model/work/light.ts';
import { type Block, center, LIGHT_SIGNS, left, type Reading, right } from './block.ts';
import { behind } from './lines.ts';
import { type Notice, type SectionOf, sectionOf } from './notice.ts';

const lightText = (light: Light, language: Notice['language']): string =>
  `${LIGHT_SIGNS[light]} ${label(LIGHT_TERMS[light], language)}`;

/** Every project with its light, progress and money. */
export function projectsBlock(
  { order, lines }: SectionOf<'projects'>,
  { notice, said, text, name }: Reading,
  language: Notice['language'],
): Block {
  const sums = sectionOf(notice, 'sums');
  const rows = lines.map((line, at) => {
    const points = behind(line);
    const { before } = line;
    return [
      String(at + 1),
      [
        text(line.title),
        said.doneOf(line.done, line.parts),
        line.disputed > 0 ? said.disputed : '',
        line.isShare ? said.share : '',
      ]
        .filter((one) => one !== '')
        .join('\n'),
      name('bodies', line.lead),
      [
        lightText(line.light, language),
        label(REASON_TERMS[line.because], language),
        ...(before && before.light !== line.light
          ? [said.lightBefore(label(LIGHT_TERMS[before.light], language))]
          : []),
      ].join('\n'),
      [
        said.actual(line.permille),
        said.planned(line.planned),
        ...(order === 'behind' && points !== null ? [said.rank(points)] : []),
        ...(before ? [said.since(line.permille - before.permille)] : []),
      ].join('\n'),
      [said.invested(line.fen), said.appropriated(line.appropriated), said.paid(line.paid)].join('\n'),
    ];
  });
  const total = sums && [
    '',
    said.sum,
    '',
    '',
    said.actual(sums.permille),
    [said.invested(sums.fen), said.appropriated(sums.appropriated), said.paid(sums.paid)].join('\n'),
  ];
  return {
    heading: said.projects[order],
    said: [],
    table: {
      columns: [
        center(said.number, 0.8),
        left(said.project, 3.4),
        left(said.lead, 2.2),
        left(said.light, 2),
        left(said.progress, 2.1),
        left(said.money3, 2.5),
      ],
      rows,
      sums: total,
    },
    note: [
      said.ofRule(notice.rules.yellow, notice.rules.red),
      ...(notice.before ? [said.ofBefore(notice.before.document)] : []),
      said.rounding,
    ].join(said.space),
  };
}

/** Money by source, year and category. */
export function moneyBlock(
  { sources, years, categories }: SectionOf<'money'>,
  { notice, said, name }: Reading,
): Block {
  const whole = sources.reduce((sum, { fen }) => sum + fen, 0);
  const sums = sectionOf(notice, 'sums');
  return {
    heading: said.money,
    said: [
      sources.map(({ source, fen }) => `${name('sources', source)} ${said.yuan(fen)}`).join(said.stop) ||
        said.yuan(whole),
      years.map(({ year, fen }) => `${said.yearOf(String(year))} ${said.yuan(fen)}`).join(said.stop) || '',
    ].filter((one) => one !== ''),
    table: {
      columns: [
        left(said.category, 3),
        center(said.count, 1.6),
        left(said.money3, 3),
        right(said.progress, 1.6),
      ],
      rows: categories.map((one) => [
        name('categories', one.category),
        `${one.projects} / ${one.parts}`,
        [said.invested(one.fen), said.appropriated(one.appropriated), said.paid(one.paid)].join('\n'),
        percentText(one.permille),
      ]),
      sums: sums && [
        said.sum,
        `${sums.projects} / ${sums.parts}`,
        [said.invested(sums.fen), said.appropriated(sums.appropriated), said.paid(sums.paid)].join('\n'),
        percentText(sums.permille),
      ],
    },
    note: said.rounding,
  };
}

/** What the hall has judged. */
export function gradesBlock(
  { lines }: SectionOf<'grades'>,
  { said, text }: Reading,
  language: Notice['language'],
): Block {
  const of = (grade: 'satisfied' | 'basic' | 'dissatisfied') =>
    lines.filter(({ graded }) => graded?.grade === grade).length;
  const none = lines.filter(({ graded }) => !graded).length;
  const counts = { satisfied: of('satisfied'), basic: of('basic'), dissatisfied: of('dissatisfied') };
  return {
    heading: said.grades,
    said: [said.ofGrades(counts, none)],
    table: {
      columns: [
        left(said.project, 3),
        left(said.grade, 2.4),
        left(said.votes, 2.4),
        right(said.rate, 1.4),
        left(said.what, 2.4),
      ],
      rows: lines.map(({ title, graded }) => {
        if (!graded) return [text(title), said.ungraded, '—', '—', '—'];
        const { satisfied, basic, cast, roll, by, how, grade } = graded;
        const rate = cast === 0 ? '—' : percentText(Math.floor(((satisfied + basic) * 1000) / cast));
        return [
          text(title),
          label(GRADE_TERMS[grade], language),
          said.votesOf(graded),
          rate,
          `${said.gradedBy[by]}${said.comma}${said.gradedHow[how]}\n${said.basisOf(cast, roll)}`,
        ];
      }),
      sums: null,
    },
    note: null,
  };
}
