import { exactWan, fenOfWan } from '../../../../shared/projects/money.ts';
import { quantityText, Sheet, thousandthsOf } from '../../../../shared/projects/sheet.ts';
import type { Text } from '../../../../shared/protocol/ids.ts';

export interface FundingDraft {
  readonly source: string;
  readonly year: string;
  readonly wan: string;
}

export interface PartDraft {
  readonly id: string;
  readonly title: string;
  readonly body: string;
  readonly area: string;
  readonly place: string;
  readonly quantity: string;
  readonly unit: string;
  readonly finish: string;
  readonly funding: readonly FundingDraft[];
}

/** A sheet while it is typed. */
export interface SheetDraft {
  readonly title: Text;
  readonly summary: Text;
  readonly category: string;
  readonly lead: string;
  readonly co: readonly string[];
  readonly content: string;
  readonly beneficiaries: string;
  readonly parts: readonly PartDraft[];
  readonly from: readonly string[];
}

/** What cannot stand so; `part`: in which part, counted from 1. */
export interface Wrong {
  readonly what:
    | 'title'
    | 'summary'
    | 'category'
    | 'lead'
    | 'part'
    | 'quantity'
    | 'finish'
    | 'money'
    | 'sheet';
  readonly part?: number;
}

export const EMPTY_SHEET: SheetDraft = {
  title: { zh: '' },
  summary: { zh: '' },
  category: '',
  lead: '',
  co: [],
  content: '',
  beneficiaries: '',
  parts: [],
  from: [],
};

/** An id that none of these parts has. */
export function freePartId(parts: readonly { readonly id: string }[]): string {
  const taken = new Set(parts.map(({ id }) => id));
  let n = parts.length + 1;
  while (taken.has(`p${n}`)) n += 1;
  return `p${n}`;
}

/** A part that is still to be written, done by the end of its year by whoever leads. */
export function emptyPart(parts: readonly { readonly id: string }[], year: number, lead: string): PartDraft {
  const funding = [{ source: '', year: String(year), wan: '' }];
  return {
    ...{ id: freePartId(parts), title: '', body: lead, area: '', place: '', quantity: '', unit: '', funding },
    finish: `${year}-12-31`,
  };
}

export const draftOf = ({ parts, ...sheet }: Sheet): SheetDraft => ({
  ...sheet,
  parts: parts.map(({ target, funding, ...part }) => ({
    ...part,
    quantity: quantityText(target.thousandths),
    unit: target.unit,
    funding: funding.map(({ source, year, fen }) => ({ source, year: String(year), wan: exactWan(fen) })),
  })),
});

/** The sheet that was typed, its money and quantities exact; or everything in it that cannot stand so. */
export function sheetOf(
  draft: SheetDraft,
): { readonly ok: true; readonly sheet: Sheet } | { readonly ok: false; readonly wrong: readonly Wrong[] } {
  const wrong: Wrong[] = [];
  const need = (is: boolean, what: Wrong['what'], part?: number) => {
    if (!is) wrong.push(part === undefined ? { what } : { what, part });
  };
  need(draft.title.zh.trim() !== '', 'title');
  need(draft.summary.zh.trim() !== '', 'summary');
  need(draft.category !== '', 'category');
  need(draft.lead !== '', 'lead');
  const parts = draft.parts.map((part, i) => {
    const { quantity, unit, funding, ...rest } = part;
    const thousandths = thousandthsOf(quantity);
    const said = [part.title, part.body, part.area, unit].every((each) => each.trim() !== '');
    need(said, 'part', i + 1);
    need(thousandths !== null, 'quantity', i + 1);
    need(/^\d{4}-\d{2}-\d{2}$/.test(part.finish), 'finish', i + 1);
    // A line on which nothing is said yet is none.
    const lines = funding
      .filter(({ source, wan }) => source !== '' || wan.trim() !== '')
      .map(({ source, year, wan }) => ({ source, year: Number(year), fen: fenOfWan(wan) }));
    need(
      lines.every(({ source, fen }) => source !== '' && fen !== null),
      'money',
      i + 1,
    );
    return { ...rest, target: { thousandths, unit: unit.trim() }, funding: lines };
  });
  if (wrong.length > 0) return { ok: false, wrong };
  const read = Sheet.safeParse({
    ...draft,
    title: said(draft.title),
    summary: said(draft.summary),
    parts,
  });
  return read.success ? { ok: true, sheet: read.data } : { ok: false, wrong: [{ what: 'sheet' }] };
}

/** A text without the languages in which nothing is said. */
const said = (text: Text): Record<string, string> =>
  Object.fromEntries(
    Object.entries(text).flatMap(([tag, each]) => (each.trim() === '' ? [] : [[tag, each.trim()]])),
  );
