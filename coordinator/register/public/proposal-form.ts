import type { Look } from './frame.ts';

/** What somebody has typed into the form, as they typed it. */
export interface Typed {
  readonly title: string;
  readonly text: string;
  readonly area: string;
  readonly place: string;
  readonly name: string;
  readonly telephone: string;
  readonly address: string;
}

export const NOTHING_TYPED: Typed = {
  ...{ title: '', text: '', area: '', place: '', name: '', telephone: '', address: '' },
};

/** So many characters fit each field. */
export const MOST_TYPED: Readonly<Record<keyof Typed, number>> = {
  ...{ title: 60, text: 2000, area: 140, place: 100, name: 60, telephone: 40, address: 200 },
};

/** What nobody sees, left behind by copying. */
const UNSEEN = /[^\P{Cc}\t\n]|[\u061C\u200B\u200E\u200F\u202A-\u202E\u2060-\u2069\uFEFF]|\p{Cs}/gu;

/** What somebody typed, without what nobody sees. */
export const plain = (value: unknown): string =>
  typeof value === 'string'
    ? value
        .replace(/\r\n?|[\u2028\u2029]/g, '\n')
        .replace(UNSEEN, '')
        .trim()
    : '';

/** What a form brings, each field cut to a little more than fits: what is too long is said, and still there. */
export function typedIn(fields: Readonly<Record<string, unknown>>): Typed {
  const field = (name: keyof Typed) => plain(fields[name]).slice(0, MOST_TYPED[name] + 500);
  const line = (name: keyof Typed) => field(name).replace(/\s+/g, ' ');
  return {
    title: line('title'),
    text: field('text'),
    area: line('area'),
    place: line('place'),
    name: line('name'),
    telephone: line('telephone'),
    address: line('address'),
  };
}

/** A field that cannot be taken as it is, and why. */
export interface Wrong {
  readonly field: string;
  readonly words: string;
}

/** What is wrong with the matter itself: asked before anything else is filled in. */
export function wrongMatter({ t }: Look, { title, text }: Typed): readonly Wrong[] {
  const wrong: Wrong[] = [];
  if (title === '') wrong.push({ field: 'title', words: t('请写一个标题', 'Give it a title') });
  if (text === '') wrong.push({ field: 'text', words: t('请写明要办什么事', 'Say what is to be done') });
  return wrong;
}

/** Everything that is wrong with what was typed. */
export function wrongIn(look: Look, typed: Typed): readonly Wrong[] {
  const { t, register } = look;
  const long = (Object.keys(MOST_TYPED) as (keyof Typed)[])
    .filter((field) => typed[field].length > MOST_TYPED[field])
    .map((field) => ({
      field,
      words: t(`最多${MOST_TYPED[field]}个字`, `At most ${MOST_TYPED[field]} characters`),
    }));
  const unknown =
    typed.area !== '' && !register.areas.has(typed.area)
      ? [{ field: 'area' as const, words: t('请从列表中选择', 'Choose one of the list') }]
      : [];
  return [...wrongMatter(look, typed), ...long, ...unknown];
}

/** Where it is, in words: the area by its Chinese name, and what was typed of the place; null where neither was said. */
export function placeOfTyped({ register }: Look, { area, place }: Typed): { readonly name: string } | null {
  const name = [register.areas.get(area)?.zh ?? '', place].join(' ').trim();
  return name === '' ? null : { name };
}

/** Who sends it, as far as they say. */
export function proposerOf({ name, telephone, address }: Typed) {
  const or = (text: string) => (text === '' ? null : text);
  const one = { name: or(name), telephone: or(telephone), address: or(address) };
  return one.name === null && one.telephone === null && one.address === null ? null : one;
}
