/** What passwords in China are made of, beyond the lists: guessed in every order before anything else is tried. */

/** Of what is left when all that is guessed first has been taken out, so many characters make a password. */
const LEAST_LEFT = 4;

/** Rows and columns of the keyboard and of the number pad, as fingers walk them; either way. */
const WALKS = [
  '1234567890',
  'qwertyuiop',
  'asdfghjkl',
  'zxcvbnm',
  '1qaz2wsx3edc4rfv5tgb6yhn7ujm8ik9ol0p',
  'qazwsxedcrfvtgbyhnujmikolp',
  'abcdefghijklmnopqrstuvwxyz',
  '147258369',
  '741852963',
];
/** Fewer keys in a row are no walk. */
const LEAST_WALK = 3;

/** Numbers that are said for their sound or their luck, and words that open many doors. */
const WORDS = [
  ...['5201314', '7758521', '7758258', '1314', '520', '521', '168', '518', '588', '668', '688', '886'],
  ...['888', '666', '999', '000', '111', '222', '333', '444', '555', '777', '110', '119', '120'],
  ...['woaini', 'aini', 'woai', 'nihao', 'mima', 'denglu', 'guanliyuan', 'zhongguo', 'beijing', 'shanghai'],
  ...['renda', 'huitang', 'huichang', 'biaojue', 'toupiao', 'zhengfu', 'hallvote', 'congress', 'vote'],
  ...['password', 'passwd', 'pass', 'admin', 'administrator', 'root', 'user', 'test', 'welcome', 'hello'],
  ...['letmein', 'iloveyou', 'love', 'china', 'chair', 'operator', 'auditor', 'scrutineer'],
];

/** A birthday, a mobile number, an identity card's number, a year. */
const NUMBERS = [
  /\d{6}(?:19|20)\d{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])\d{3}[\dx]/g,
  /(?:86)?1[3-9]\d{9}/g,
  /(?:19|20)\d{2}[-./年]?(?:0?[1-9]|1[0-2])[-./月]?(?:0[1-9]|[12]\d|3[01]|[1-9])日?/g,
  /\d{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])(?!\d)/g,
  /(?:19|20)\d{2}/g,
];

/** Stands where something was taken out, so that what stood beside it is not read together. */
const GONE = '\u0000';

function without(text: string, word: string): string {
  return word.length < 2 ? text : text.replaceAll(word, GONE);
}

/** The text without the longest walks over the keyboard. */
function withoutWalks(text: string): string {
  const ways = WALKS.flatMap((walk) => [walk, [...walk].reverse().join('')]);
  let left = '';
  for (let at = 0; at < text.length; ) {
    const longest = Math.max(...ways.map((way) => stepsAlong(way, text, at)));
    left += longest >= LEAST_WALK ? GONE : (text[at] ?? '');
    at += longest >= LEAST_WALK ? longest : 1;
  }
  return left;
}

/** How many characters of `text`, from `at` on, follow one another on `way`. */
function stepsAlong(way: string, text: string, at: number): number {
  const from = way.indexOf(text[at] ?? '');
  if (from < 0) return 0;
  let steps = 0;
  while (at + steps < text.length && way[from + steps] === text[at + steps]) steps += 1;
  return steps;
}

const isLittle = (text: string): boolean => [...text.replaceAll(GONE, '')].length < LEAST_LEFT;

/** A name as it is written, run together, and in its parts; the longest first. */
function partsOf(own: readonly string[]): string[] {
  const apart = /[^\p{L}\p{N}]+/u;
  return own
    .flatMap((name) => [name, name.split(apart).join(''), ...name.split(apart)])
    .sort((a, b) => b.length - a.length);
}

/** Whether nothing is left of `text` but what the person and the hall are called. All in lower case. */
export function isMadeOf(text: string, own: readonly string[]): boolean {
  const left = partsOf(own).reduce(without, text);
  return left !== text && isLittle(left);
}

/**
 * Whether next to nothing is left of `text`, in lower case, when what is guessed first has been taken out: walks over the
 * keyboard, birthdays, telephone numbers, lucky numbers, common words, and what the person and the hall are called.
 */
export function isGuessable(text: string, own: readonly string[]): boolean {
  const named = [...partsOf(own), ...WORDS].sort((a, b) => b.length - a.length).reduce(without, text);
  const counted = (from: string) => NUMBERS.reduce((left, number) => left.replace(number, GONE), from);
  return [text, named, counted(named), counted(text)].some((each) => isLittle(withoutWalks(each)));
}
