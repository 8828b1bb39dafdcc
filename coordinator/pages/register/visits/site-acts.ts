import { thousandthsOf } from '../../../../shared/projects/sheet.ts';
import type { PartDocument, WorkDocument } from '../../../contract/register/works.ts';
import { type Kept, SiteAct, type SiteActName } from './kept.ts';

/** What somebody begins at a site. `voice`: what was said there, where it comes from that. */
export interface Begun {
  readonly what: SiteActName;
  readonly part: PartDocument | null;
  readonly voice?: WorkDocument['voices'][number];
}

export interface Beginning {
  readonly person: string;
  readonly now: number;
  /** The day where the telephone is, as `2027-06-20`. */
  readonly day: string;
  readonly id: string;
  /** The project in words. */
  readonly title: string;
}

/** Thirty days are what a body has to answer a finding, unless something else is typed. */
const DUE_DAYS = 30;

/** A draft with what can be known before anything is typed; it has its id from here on. */
export function begun(work: Pick<WorkDocument, 'id'>, { what, part, voice }: Begun, at: Beginning): Kept {
  const { id, person, now: made, day, title } = at;
  return {
    ...{ id, person, made, what },
    project: work.id,
    part: part?.part.id ?? voice?.part ?? null,
    title: part ? `${title} · ${part.part.title}` : title,
    fields: fieldsOf({ what, part, ...(voice && { voice }) }, day),
    photos: [],
    state: { is: 'draft' },
  };
}

function fieldsOf({ what, part, voice }: Begun, day: string): Record<string, string> {
  switch (what) {
    case 'visit': {
      const seq = part?.figure.seq ?? null;
      return { day, verdict: 'none', words: '', found: '', ...(seq !== null && { report: String(seq) }) };
    }
    case 'find':
      return { words: voice?.text ?? '', due: later(day, DUE_DAYS), ...(voice && { voice: voice.voice }) };
    case 'look-back':
      return { day, works: '', users: '', words: '' };
  }
}

/** The day of a moment where the telephone is, as `2027-06-20`. */
export function dayOf(moment: Date): string {
  const two = (n: number) => String(n).padStart(2, '0');
  return `${moment.getFullYear()}-${two(moment.getMonth() + 1)}-${two(moment.getDate())}`;
}

/** The day so many days after `day`. */
export function later(day: string, days: number): string {
  return new Date(Date.parse(`${day}T00:00:00Z`) + days * 86_400_000).toISOString().slice(0, 10);
}

/** So many whole days from `from` to `to`. */
export const daysBetween = (from: string, to: string): number =>
  Math.round((Date.parse(`${to}T00:00:00Z`) - Date.parse(`${from}T00:00:00Z`)) / 86_400_000);

/** What was typed as a quantity, in thousandths; nothing at all is a finding too. Null where it is none. */
export const quantityOf = (typed: string): number | null =>
  /^0+(\.0+)?$/.test(typed.trim()) ? 0 : thousandthsOf(typed);

/** What a draft asks of the register; null where something is missing, or is none. */
export function actOf({ what, id, project, part, fields, photos }: Kept): SiteAct | null {
  const field = (name: string) => (fields[name] ?? '').trim();
  const words = field('words');
  switch (what) {
    case 'visit': {
      const figure = figureOf(fields);
      // Somebody was there and says nothing: no visit.
      if (figure === undefined || (figure === null && words === '' && photos.length === 0)) return null;
      const day = field('day');
      return read({ act: 'visit', project, part, visit: id, day, figure, words, photos: [] });
    }
    case 'find': {
      const voice = field('voice') || null;
      return read({ act: 'find', project, finding: id, part, words, due: field('due'), photos: [], voice });
    }
    case 'look-back':
      return read({
        ...{ act: 'look-back', project, lookBack: id, day: field('day'), works: field('works') },
        ...{ users: field('users'), words, photos: [] },
      });
  }
}

const read = (asked: object): SiteAct | null => SiteAct.safeParse(asked).data ?? null;

/** What a visit says of a figure; undefined where that is half typed. */
function figureOf(fields: Kept['fields']): object | null | undefined {
  const report = Number(fields.report);
  switch (fields.verdict) {
    case 'confirmed':
      return { verdict: 'confirmed', report };
    case 'disputed': {
      const found = quantityOf(fields.found ?? '');
      return found === null ? undefined : { verdict: 'disputed', report, found };
    }
    default:
      return null;
  }
}

/** An id that no other telephone makes, before anything is sent. */
export function freshId(random: (bytes: Uint8Array<ArrayBuffer>) => Uint8Array): string {
  const bytes = random(new Uint8Array(12));
  return `t-${[...bytes].map((byte) => byte.toString(16).padStart(2, '0')).join('')}`;
}
