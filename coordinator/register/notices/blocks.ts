import { quantityText } from '../../../shared/projects/sheet.ts';
import { inLanguage } from '../../../shared/protocol/ids.ts';
import { monthText, percentText } from '../../contract/register/work-words.ts';
import { dateText } from '../papers/layout/text.ts';
import { type Block, type Column, center, left, type Reading, right } from './block.ts';
import { gradesBlock, moneyBlock, projectsBlock } from './figure-blocks.ts';
import type { Notice, Section, SectionOf } from './notice.ts';
import { NOTICE_SAID, type NoticeSaid } from './notice-words.ts';

/** All that a document's figures say, in order. */
export function blocksOf(notice: Notice, language: Notice['language'] = notice.language): readonly Block[] {
  const named = (what: keyof Notice['names']) =>
    new Map(notice.names[what].map(({ id, name }) => [id, inLanguage(name, language)]));
  const names = {
    categories: named('categories'),
    bodies: named('bodies'),
    areas: named('areas'),
    sources: named('sources'),
  };
  const reading: Reading = {
    notice,
    said: NOTICE_SAID[language],
    text: (text) => inLanguage(text, language),
    name: (what, id) => names[what].get(id) ?? id,
  };
  return notice.sections.map((section) => blockOf(section, reading, language));
}

function blockOf(section: Section, reading: Reading, language: Notice['language']): Block {
  const { said } = reading;
  switch (section.is) {
    case 'sums':
      return { heading: said.sums, said: [said.ofSums(section)], table: null, note: null };
    case 'projects':
      return projectsBlock(section, reading, language);
    case 'late':
      return listed(said.late, section.lines, said.none.late, [
        [left(said.project, 3), (line) => reading.text(line.title)],
        [left(said.part, 3), (line) => line.called],
        [left(said.lead, 3), (line) => reading.name('bodies', line.body)],
        [
          left(said.months, 2),
          (line) => line.months.map((month) => monthText(month, language)).join(said.comma),
        ],
      ]);
    case 'unfinished':
      return listed(
        section.all ? said.unfinished.all : said.unfinished.past,
        section.lines,
        section.all ? said.none.unfinished : said.none.past,
        [
          [left(said.project, 3), (line) => reading.text(line.title)],
          [left(said.part, 3), (line) => line.called],
          [left(said.lead, 3), (line) => reading.name('bodies', line.body)],
          [center(said.finish, 2), (line) => line.finish],
          [right(said.progress, 1.3), (line) => percentText(line.permille)],
        ],
      );
    case 'findings':
      return listed(said.findings, section.lines, said.none.findings, [
        [left(said.project, 2.4), (line) => reading.text(line.title)],
        [left(said.problem, 4), (line) => line.words],
        [left(said.lead, 2), (line) => reading.name('bodies', line.body)],
        [left(said.due, 2), (line) => `${line.due}\n${line.isPast ? said.past : said.states[line.state]}`],
        [
          left(said.answer, 3),
          (line) => (line.answer === null ? '—' : `${line.answer}\n${said.states[line.state]}`),
        ],
      ]);
    case 'inspections':
      return listed(said.inspections, section.lines, said.none.inspections, [
        [center(said.day, 1.6), (line) => line.day],
        [left(said.what, 3), (line) => `${said.inspection[line.kind]}\n${line.title}`],
        [
          left(said.project, 3),
          (line) => line.projects.map(({ title }) => reading.text(title)).join(said.comma),
        ],
        [left(said.content, 4), (line) => (line.words === '' ? '—' : line.words)],
      ]);
    case 'changes':
      return listed(said.changes, section.lines, said.none.changes, [
        [left(said.project, 3), (line) => reading.text(line.title)],
        [center(said.what, 1.3), (line) => said.change[line.kind]],
        [center(said.day, 1.8), (line) => line.day],
        [left(said.decision, 3), (line) => line.decision],
        [left(said.reason, 3), (line) => line.reason],
      ]);
    case 'shrunk':
      return listed(said.shrunk, section.lines, said.none.shrunk, [
        [left(said.project, 3), (line) => reading.text(line.title)],
        [left(said.part, 3), (line) => line.called],
        [left(said.promised, 3), (line) => targetText(line.promised, said)],
        [left(said.now, 3), (line) => (line.now ? targetText(line.now, said) : said.gone)],
      ]);
    case 'money':
      return moneyBlock(section, reading);
    case 'grades':
      return gradesBlock(section, reading, language);
    case 'rectification':
      return rectificationBlock(section, reading, language);
    case 'look-backs':
      return lookBacksBlock(section, reading);
  }
}

/** A table of `lines`, each column beside what stands in it; where there are none, a sentence. */
function listed<L>(
  heading: string,
  lines: readonly L[],
  none: string,
  columns: readonly (readonly [Column, (line: L) => string])[],
): Block {
  if (lines.length === 0) return { heading, said: [none], table: null, note: null };
  const rows = lines.map((line) => columns.map(([, cell]) => cell(line)));
  return {
    ...{ heading, said: [], note: null },
    table: { columns: columns.map(([column]) => column), rows, sums: null },
  };
}

const targetText = (
  { thousandths, unit, finish }: { thousandths: number; unit: string; finish: string },
  said: NoticeSaid,
): string => said.target(quantityText(thousandths), unit, finish);

function rectificationBlock(
  section: SectionOf<'rectification'>,
  { said, text, name }: Reading,
  language: Notice['language'],
): Block {
  const { title, lead, since, due, counts, orders, explanations } = section;
  const date = (day: string) => dateText(day, language);
  return {
    heading: said.rectification,
    said: [
      said.why(text(title), date(since), counts),
      ...orders.map((order) => `${said.orderOf(date(order.day), date(order.due))}${order.words}`),
      said.ground,
      said.must(name('bodies', lead), date(due)),
      said.explained(explanations),
    ],
    table: null,
    note: null,
  };
}

function lookBacksBlock({ lines }: SectionOf<'look-backs'>, { said, text, name }: Reading): Block {
  const visited = lines.filter(({ visits }) => visits.length > 0);
  const not = visited.filter(({ visits }) => visits.at(-1)?.works !== 'yes').length;
  return {
    heading: said['look-backs'],
    said: [said.ofLookBacks(visited.length, lines.length, not)],
    table: {
      columns: [
        left(said.project, 3),
        left(said.lead, 2.2),
        center(said.day, 1.8),
        center(said.works, 1.6),
        left(said.users, 3),
        left(said.content, 3),
      ],
      rows: lines.flatMap(({ title, lead, visits }) =>
        visits.length === 0
          ? [[text(title), name('bodies', lead), '—', said.notVisited, '—', '—']]
          : visits.map((one) => [
              text(title),
              name('bodies', lead),
              one.day,
              said.worksOf[one.works],
              one.users === '' ? '—' : one.users,
              one.words === '' ? '—' : one.words,
            ]),
      ),
      sums: null,
    },
    note: null,
  };
}
