import { inLanguage } from '../../../../shared/protocol/ids.ts';
import { blocksOf } from '../../notices/blocks.ts';
import { sectionOf } from '../../notices/notice.ts';
import { NOTICE_SAID } from '../../notices/notice-words.ts';
import type { NoticePaper } from '../documents.ts';
import { dateText, inGroups, paragraphsOf } from './text.ts';
import { type Given, type Typeset, typeset } from './typeset.ts';
import { ordinal } from './words.ts';

export function noticeSet(paper: NoticePaper): Typeset {
  const { language, notice, hash } = paper;
  const { words, title, head, day, replaces, document } = notice;
  const said = NOTICE_SAID[language];
  const letter = sectionOf(notice, 'rectification');
  const lead = letter && notice.names.bodies.find(({ id }) => id === letter.lead);
  const to = lead ? inLanguage(lead.name, language) : letter?.lead;
  const blocks = [...blocksOf(notice, language), ...written(paper)];
  return typeset('notice', paper, title, {
    number: words.number === '' ? null : words.number,
    to: to === undefined ? null : said.salutation(to),
    preamble: paragraphsOf(words.preamble),
    blocks: blocks.map(({ heading, said: sentences, table, note }, at) => ({
      heading: `${ordinal(at + 1, language)}${heading}`,
      said: sentences.flatMap(paragraphsOf),
      table: table && {
        columns: table.columns.map(({ name, align, width }) => [name, align, width]),
        rows: table.rows,
        sums: table.sums ?? [],
      },
      note,
    })),
    closing: letter ? said.closing : null,
    proof: [
      said.figuresAs(dateText(day, language), head.seq, head.hash.slice(0, 16)),
      ...(replaces === null ? [] : [said.corrects(replaces)]),
    ] satisfies Given,
    'print-of': said.printOf(document),
    print: inGroups(hash),
  });
}

/** What the office has written of problems and next steps, where it has. */
function written({ notice: { words }, language }: NoticePaper) {
  const said = NOTICE_SAID[language];
  return (['problems', 'next'] as const).flatMap((what) =>
    paragraphsOf(words[what]).length === 0
      ? []
      : [{ heading: said[what], said: [words[what]], table: null, note: null }],
  );
}
