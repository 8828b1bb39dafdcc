import type { List } from '../../../../shared/projects/list.ts';
import { inWan, ofYear, total } from '../../../../shared/projects/money.ts';
import {
  finishOf,
  investment,
  type Part,
  quantityText,
  type Sheet,
} from '../../../../shared/projects/sheet.ts';
import { inLanguage, type Language } from '../../../../shared/protocol/ids.ts';
import { label, TURN_TERMS } from '../../../../shared/terms.ts';
import type { BookletPaper, SheetPaper, SlipPaper } from '../documents.ts';
import { dateText, inGroups, paragraphsOf } from './text.ts';
import { type Given, type Typeset, typeset } from './typeset.ts';
import { ordinal, SAID } from './words.ts';

export function bookletSet(paper: BookletPaper): Typeset {
  const { language, list, hash, number } = paper;
  const said = SAID[language];
  const names = namesOf(list, language);
  const sum = list.projects.reduce((all, { sheet }) => all + investment(sheet), 0);
  return typeset('booklet', paper, said.bookletTitle(list.cycle), {
    number,
    congress: list.congress,
    subtitle: said.chooseAtMost(list.projects.length, list.places),
    'list-title': said.listTitle(list.cycle),
    preface: [said.preface(list.congress, list.cycle, list.projects.length, list.places)],
    rows: list.projects.map(({ sheet }, at) => [
      String(at + 1),
      inLanguage(sheet.title, language),
      inLanguage(sheet.summary, language),
      inWan(investment(sheet)),
      finishOf(sheet) ?? '',
      names.body(sheet.lead),
    ]),
    sums: ['', said.sum, said.projectsAndParts(list.projects.length, partsIn(list)), inWan(sum), '', ''],
    projects: list.projects.map(({ id, sheet }, at) => ({
      n: ordinal(at + 1, language),
      ...sheetGiven(id, sheet, names, language),
    })),
    hash: inGroups(hash),
    words: {
      ...tableWords(list, language),
      project: said.project,
      what: said.what,
      total: said.totalWan,
      lead: said.lead,
      hash: said.listHash,
      'hash-note': said.hashNote(list.projects.length, list.places),
    },
  });
}

/** @throws where the list has no such project. */
export function sheetSet(paper: SheetPaper): Typeset {
  const { language, list, hash, project } = paper;
  const said = SAID[language];
  const found = list.projects.find(({ id }) => id === project);
  if (!found) throw new RangeError(`the list has no project ${project}`);
  return typeset('sheet', paper, inLanguage(found.sheet.title, language), {
    above: said.sheetOf(list.congress, list.cycle),
    project: sheetGiven(found.id, found.sheet, namesOf(list, language), language),
    hash: inGroups(hash),
    words: { ...tableWords(list, language), hash: said.listHash },
  });
}

export function slipSet(paper: SlipPaper): Typeset {
  const { language, list, hash, meeting, turn, candidates, places } = paper;
  const said = SAID[language];
  const rows = candidates.flatMap((id, at) => {
    const sheet = list.projects.find((one) => one.id === id)?.sheet;
    if (!sheet) return [];
    const texts = [inLanguage(sheet.title, language), inLanguage(sheet.summary, language)];
    return [[String(at + 1), ...texts, inWan(investment(sheet))]];
  });
  return typeset('slip', paper, said.slipTitle(list.cycle), {
    meeting,
    turn: turn === 'first' ? null : label(TURN_TERMS[turn], language),
    instructions: said.instructions(rows.length, places),
    head: [said.number, said.project, said.totalWan, said.choose],
    rows,
    hash: inGroups(hash),
    words: { hash: said.listVotedOn },
  });
}

interface Names {
  readonly category: (id: string) => string;
  readonly body: (id: string) => string;
  readonly area: (id: string) => string;
  readonly source: (id: string) => string;
}

/** What the list calls what its sheets speak of. */
function namesOf({ names }: List, language: Language): Names {
  const of = (all: List['names']['bodies']) => {
    const byId = new Map(all.map(({ id, name }) => [id, inLanguage(name, language)]));
    return (id: string) => byId.get(id) ?? id;
  };
  return {
    category: of(names.categories),
    body: of(names.bodies),
    area: of(names.areas),
    source: of(names.sources),
  };
}

const partsIn = ({ projects }: List) => projects.reduce((all, { sheet }) => all + sheet.parts.length, 0);

/** Whether an amount has more places than are printed. */
const isRounded = ({ projects }: List) =>
  projects.some(({ sheet }) =>
    sheet.parts.some(({ funding }) => funding.some(({ fen }) => fen % 10_000 !== 0)),
  );

function tableWords(list: List, language: Language): { readonly [name: string]: string | null } {
  const said = SAID[language];
  return {
    rounding: isRounded(list) ? said.rounding : null,
    number: said.number,
    part: said.part,
    place: said.place,
    target: said.target,
    body: said.lead,
    money: said.wan,
    finish: said.finish,
    source: said.source,
    sum: said.sum,
    content: said.content,
    parts: said.parts,
    'money-by-year': said.moneyByYear,
    from: said.from,
  };
}

function sheetGiven(id: string, sheet: Sheet, names: Names, language: Language): { [name: string]: Given } {
  const said = SAID[language];
  const lastDay = finishOf(sheet);
  return {
    title: inLanguage(sheet.title, language),
    facts: [
      [said.projectCode, id],
      [said.category, names.category(sheet.category)],
      [said.totalWan, inWan(investment(sheet))],
      [said.finish, lastDay === null ? '' : dateText(lastDay, language)],
      [said.lead, names.body(sheet.lead)],
      [said.co, sheet.co.map(names.body).join(said.comma) || '—'],
      [said.beneficiaries, sheet.beneficiaries],
    ],
    content: paragraphsOf(sheet.content),
    parts: sheet.parts.map((part, at) => [
      String(at + 1),
      part.title,
      [names.area(part.area), part.place].filter((text) => text !== '').join(' '),
      `${quantityText(part.target.thousandths)}${language === 'zh' ? '' : '\u00A0'}${part.target.unit}`,
      names.body(part.body),
      inWan(total(part.funding)),
      part.finish,
    ]),
    money: moneyGiven(sheet.parts, names, language),
    from: sheet.from.length > 0 ? sheet.from.join(said.comma) : said.fromNone,
  };
}

/** Money of all parts by source and year, with the sums of both. */
function moneyGiven(parts: readonly Part[], names: Names, language: Language): Given {
  const said = SAID[language];
  const lines = parts.flatMap(({ funding }) => funding);
  const years = [...new Set(lines.map(({ year }) => year))].sort();
  const row = (name: string, of: typeof lines) => [
    name,
    ...years.map((year) => inWan(ofYear(of, year))),
    inWan(total(of)),
  ];
  return {
    years: years.map(said.yearOf),
    rows: [...new Set(lines.map(({ source }) => source))].map((source) =>
      row(
        names.source(source),
        lines.filter((line) => line.source === source),
      ),
    ),
    sums: row(said.sum, lines),
  };
}
