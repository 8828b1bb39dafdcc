import { z } from 'zod';
import { qrPath } from '../../../../shared/qr.ts';
import { dateText, dayOf, printable } from './text.ts';

/** The documents there are: each has a template of its name. */
export const Template = z.enum(['receipt', 'answer', 'booklet', 'sheet', 'slip', 'poster', 'notice']);

/** A document on its way to the engine: which template, and all that stands in it as JSON. */
export const Typeset = z.strictObject({ template: Template, data: z.string() });
export type Typeset = z.infer<typeof Typeset>;

/** What a template is given: texts, numbers, and lists of them. */
export type Given = string | number | null | readonly Given[] | { readonly [name: string]: Given };

/** All templates know these. */
interface Common {
  readonly language: 'zh' | 'en';
  readonly issuer: string;
  readonly date: string;
}

/** `given` and what every document has, every text of it made {@link printable}. `title`: what the file is called inside. */
export function typeset(
  template: Typeset['template'],
  { language, issuer, date }: Common,
  title: string,
  given: { readonly [name: string]: Given },
): Typeset {
  const all = { ...given, title, issuer, lang: language, day: dayOf(date), date: dateText(date, language) };
  // A picture that we drew, or several of them, is no text.
  const { qr, ...texts } = { qr: null, ...all };
  return { template, data: JSON.stringify({ ...asPrinted(texts), qr }) };
}

/** A QR code of `text` as a picture; `outdoors` it stays readable when it is worn. */
export function qrPicture(text: string, how: { readonly outdoors?: boolean } = {}): string {
  const { side, path } = qrPath(text, how);
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${side} ${side}"><path d="${path}"/></svg>`;
}

function asPrinted(given: { readonly [name: string]: Given }): { readonly [name: string]: Given } {
  return Object.fromEntries(Object.entries(given).map(([name, value]) => [name, printed(value)]));
}

function printed(given: Given): Given {
  if (typeof given === 'string') return printable(given);
  if (given === null || typeof given === 'number') return given;
  return isList(given) ? given.map(printed) : asPrinted(given);
}

const isList = (given: object): given is readonly Given[] => Array.isArray(given);
