import type { Paper } from '../documents.ts';
import { answerSet } from './answer.ts';
import { bookletSet, sheetSet, slipSet } from './list-papers.ts';
import { noticeSet } from './notice.ts';
import { posterSet } from './poster.ts';
import { receiptSet } from './receipt.ts';
import type { Typeset } from './typeset.ts';

/** What the template of a document is given. */
export function set(paper: Paper): Typeset {
  switch (paper.kind) {
    case 'receipt':
      return receiptSet(paper);
    case 'answer':
      return answerSet(paper);
    case 'booklet':
      return bookletSet(paper);
    case 'sheet':
      return sheetSet(paper);
    case 'slip':
      return slipSet(paper);
    case 'notice':
      return noticeSet(paper);
    case 'poster':
      return posterSet(paper);
  }
}
