import { dictionary } from '@zxcvbn-ts/language-common';
import { isGuessable, isMadeOf } from './guessable.ts';

export const LEAST_PASSWORD = 10;
/** Far beyond any sentence; what is longer is no password. */
export const MOST_PASSWORD = 256;

/** Why a password cannot be chosen, with one sentence for the person who tried. */
export const PASSWORD_REFUSALS = {
  'too-short': {
    zh: `密码至少 ${LEAST_PASSWORD} 个字符；可以用一句话`,
    en: `A password has at least ${LEAST_PASSWORD} characters; a sentence is welcome`,
  },
  'too-long': {
    zh: `密码最多 ${MOST_PASSWORD} 个字符`,
    en: `A password has at most ${MOST_PASSWORD} characters`,
  },
  common: {
    zh: '这样的密码最先会被猜到（常用密码、生日、手机号、键盘顺序）；请换一个，一句话最好',
    en: 'Passwords like this are guessed first (common ones, birthdays, telephone numbers, keys in a row); choose another, best a sentence',
  },
  yours: {
    zh: '密码不能只由您的姓名、编号或会场代号组成',
    en: 'A password cannot be made of your name, your id or the hall’s',
  },
} as const satisfies Record<string, { zh: string; en: string }>;
export type PasswordRefusal = keyof typeof PASSWORD_REFUSALS;

/** The ones that are long enough to be chosen, of the commonest 50,000 (xato-net’s, as zxcvbn-ts keeps them). */
const COMMONEST: ReadonlySet<string> = new Set(
  dictionary['passwords-common'].filter((each) => each.length >= LEAST_PASSWORD),
);

/** A few characters again and again: 1111111111, 1212121212, abcabcabcabc. */
const AGAIN_AND_AGAIN = /^(.{1,4})\1+$/u;

/** Whether every character follows the one before by the same step: 0123456789, zyxwvutsrq; past 9 comes 0. */
function isRun(text: string): boolean {
  const codes = [...text].map((character) => character.codePointAt(0) ?? 0);
  const isDigits = /^\d+$/.test(text);
  const steps = codes.slice(1).map((code, i) => code - (codes[i] ?? 0));
  return [1, -1].some((way) => steps.every((step) => step === way || (isDigits && step === -9 * way)));
}

/** Whose password it is to be; `hall`: the hall's id. */
export interface Chooser {
  readonly id: string;
  readonly name: string;
  readonly hall: string;
}

/** Why this person cannot have this password; null where they can. There are no rules of composition: a long sentence is best. */
export function refusalOfPassword(password: string, { id, name, hall }: Chooser): PasswordRefusal | null {
  const lower = (text: string) => text.normalize('NFKC').toLowerCase();
  const text = lower(password);
  const length = [...text].length;
  if (length < LEAST_PASSWORD) return 'too-short';
  if (length > MOST_PASSWORD) return 'too-long';
  const own = [id, name, hall].map(lower);
  if (isMadeOf(text, own)) return 'yours';
  const isCommon = COMMONEST.has(text) || AGAIN_AND_AGAIN.test(text) || isRun(text) || isGuessable(text, own);
  return isCommon ? 'common' : null;
}
