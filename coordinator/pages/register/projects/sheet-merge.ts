import type { NameOf } from '../parts/sheet-view.ts';
import { freePartId, type PartDraft, type SheetDraft } from './sheet-draft.ts';

const isSame = (one: unknown, other: unknown): boolean => JSON.stringify(one) === JSON.stringify(other);

/** Of three that were one before: mine where I have touched it, else theirs. */
const upon = <T>(base: T, mine: T, theirs: T): T => (isSame(base, mine) ? theirs : mine);

/** What I have typed on the sheet `base`, upon the sheet that somebody else has made of it meanwhile: what I have not touched is theirs. */
export function rebased(base: SheetDraft, mine: SheetDraft, theirs: SheetDraft): SheetDraft {
  const of = <K extends keyof SheetDraft>(key: K): SheetDraft[K] => upon(base[key], mine[key], theirs[key]);
  return {
    ...{ title: of('title'), summary: of('summary'), category: of('category'), lead: of('lead') },
    ...{ co: of('co'), content: of('content'), beneficiaries: of('beneficiaries'), from: of('from') },
    parts: partsUpon(base.parts, mine.parts, theirs.parts),
  };
}

type Parts = readonly PartDraft[];

function partsUpon(base: Parts, mine: Parts, theirs: Parts): Parts {
  const was = byId(base);
  const typed = byId(mine);
  const isTheirs = byId(theirs);
  const kept = theirs.flatMap((part) => {
    const before = was.get(part.id);
    const own = typed.get(part.id);
    if (!before) return [part];
    return own ? [partUpon(before, own, part)] : [];
  });
  // What they took away stays away unless I have worked on it; what I added has another id where they took mine.
  const added = mine.filter((part) => {
    const before = was.get(part.id);
    return !before || !(isTheirs.has(part.id) || isSame(before, part));
  });
  const all = [...kept];
  for (const part of added) all.push(byId(all).has(part.id) ? { ...part, id: freePartId(all) } : part);
  return all;
}

function partUpon(base: PartDraft, mine: PartDraft, theirs: PartDraft): PartDraft {
  const of = <K extends keyof PartDraft>(key: K): PartDraft[K] => upon(base[key], mine[key], theirs[key]);
  return {
    ...{ id: theirs.id, title: of('title'), body: of('body'), area: of('area'), place: of('place') },
    ...{ quantity: of('quantity'), unit: of('unit'), finish: of('finish'), funding: of('funding') },
  };
}

const byId = (parts: Parts): ReadonlyMap<string, PartDraft> => new Map(parts.map((part) => [part.id, part]));

/** What a field of a sheet is called. */
export interface FieldNames {
  readonly titleZh: string;
  readonly titleEn: string;
  readonly summaryZh: string;
  readonly summaryEn: string;
  readonly category: string;
  readonly lead: string;
  readonly co: string;
  readonly content: string;
  readonly beneficiaries: string;
  readonly sources: string;
  readonly partTitle: string;
  readonly body: string;
  readonly area: string;
  readonly place: string;
  readonly quantity: string;
  readonly partFinish: string;
  readonly money: string;
}

export interface SheetChange {
  /** The part's title; null where it is of the project itself. */
  readonly part: string | null;
  readonly field: string;
  /** Empty where there was, or is, nothing. */
  readonly before: string;
  readonly after: string;
}

/** Everything in which two sheets differ, as whoever edits them reads it. */
export function sheetChanges(
  was: SheetDraft,
  is: SheetDraft,
  words: FieldNames,
  name: NameOf,
): SheetChange[] {
  const ids = new Set([...was.parts, ...is.parts].map(({ id }) => id));
  return [
    ...apart(null, sheetFields(was, words, name), sheetFields(is, words, name)),
    ...[...ids].flatMap((id) => {
      const [before, after] = [byId(was.parts).get(id), byId(is.parts).get(id)];
      const title = (after ?? before)?.title ?? id;
      return apart(title, partFields(before, words, name), partFields(after, words, name));
    }),
  ];
}

type FieldTexts = readonly (readonly [field: string, text: string])[];

function apart(part: string | null, was: FieldTexts, is: FieldTexts): SheetChange[] {
  return is.flatMap(([field, after], i) => {
    const before = was[i]?.[1] ?? '';
    return before === after ? [] : [{ part, field, before, after }];
  });
}

function sheetFields(sheet: SheetDraft, words: FieldNames, name: NameOf): FieldTexts {
  return [
    [words.titleZh, sheet.title.zh],
    [words.titleEn, sheet.title.en ?? ''],
    [words.summaryZh, sheet.summary.zh],
    [words.summaryEn, sheet.summary.en ?? ''],
    [words.category, name('categories', sheet.category)],
    [words.lead, name('bodies', sheet.lead)],
    [words.content, sheet.content],
    [words.beneficiaries, sheet.beneficiaries],
    [words.sources, sheet.from.join(' ')],
    [words.co, sheet.co.map((id) => name('bodies', id)).join('、')],
  ];
}

/** Of a part that is not there: its fields, empty. */
function partFields(part: PartDraft | undefined, words: FieldNames, name: NameOf): FieldTexts {
  const money = part?.funding.map(({ source, year, wan }) => `${name('sources', source)} ${year} ${wan}`);
  return [
    [words.partTitle, part?.title ?? ''],
    [words.body, part ? name('bodies', part.body) : ''],
    [words.area, part ? name('areas', part.area) : ''],
    [words.place, part?.place ?? ''],
    [words.quantity, part ? `${part.quantity} ${part.unit}` : ''],
    [words.partFinish, part?.finish ?? ''],
    [words.money, money?.join('；') ?? ''],
  ];
}
