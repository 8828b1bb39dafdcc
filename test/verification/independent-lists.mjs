/** Lists of projects for `independent-verifier.mjs`, written from `list.md` alone. */

import { must } from './independent-belenios.mjs';
import { date, id, integer, list, shown, words } from './independent-forms.mjs';

const NAMED = ['categories', 'bodies', 'areas', 'sources'];
const sameValue = (value, other) => JSON.stringify(value) === JSON.stringify(other);

/** The lines of a text, taken one by one, each `name value`. */
class Lines {
  constructor(text) {
    must(text.endsWith('\n'), 'the list is cut');
    this.lines = text.slice(0, -1).split('\n');
    this.at = 0;
  }

  /** The value of the next line, which has this name and a value of this form. */
  take(name, form) {
    const line = this.lines[this.at] ?? '';
    must(line.startsWith(`${name} `), `the list has no ${name} where it belongs`);
    const written = line.slice(name.length + 1);
    const value = JSON.parse(written);
    must(
      JSON.stringify(value) === written && written.normalize('NFC') === written,
      `${name} is spelt otherwise`,
    );
    must(form(value), `${name} is not of its form`);
    this.at += 1;
    return value;
  }

  /** Whether the next line has this name, or one of these tags behind it. */
  isNext(start) {
    return (this.lines[this.at] ?? '').startsWith(start);
  }

  /** A text, a line for every language. */
  text(name) {
    const said = Object.create(null);
    while (this.isNext(`${name}.`)) {
      const tag = this.lines[this.at].slice(name.length + 1).split(' ')[0];
      must(!Object.hasOwn(said, tag), `${name} twice`);
      said[tag] = this.take(`${name}.${tag}`, words(1, 2000));
    }
    must(shown(said), `${name} is no text`);
    return said;
  }
}

function takeNames(lines, what) {
  const named = [];
  while (lines.isNext(`${what}.`)) {
    const tag = lines.lines[lines.at].slice(what.length + 1).split(' ')[0];
    const pair = ([key, text]) => id(key) && words(1, 2000)(text);
    const [key, text] = lines.take(`${what}.${tag}`, (value) => list(() => true, 2, 2)(value) && pair(value));
    const last = named.at(-1);
    if (last?.key === key) {
      must(!Object.hasOwn(last.text, tag), `${what} names ${key} twice`);
      last.text[tag] = text;
    } else {
      must(last === undefined || last.key < key, `${what} are in another order`);
      named.push({ key, text: Object.assign(Object.create(null), { [tag]: text }) });
    }
  }
  must(
    named.length <= 1000 && named.every(({ text }) => shown(text)),
    `${what} are not named as they should be`,
  );
}

function takePart(lines) {
  lines.take('part', id);
  lines.take('part.title', words(1, 200));
  lines.take('part.body', id);
  lines.take('part.area', id);
  lines.take('part.place', words(0, 200));
  lines.take(
    'part.target',
    (value) => list(() => true, 2, 2)(value) && integer(1, 1e12)(value[0]) && words(1, 20)(value[1]),
  );
  lines.take('part.finish', date);
  let n = 0;
  for (; lines.isNext('part.funding '); n += 1)
    lines.take(
      'part.funding',
      (value) =>
        list(() => true, 3, 3)(value) &&
        id(value[0]) &&
        integer(1954, 2200)(value[1]) &&
        integer(0, 1e13)(value[2]),
    );
  must(n <= 50, 'a part has too many lines of money');
}

function takeProject(lines) {
  const project = { id: lines.take('project', id), title: lines.text('title'), note: lines.text('summary') };
  lines.take('category', id);
  lines.take('lead', id);
  lines.take('co', list(id, 0, 20));
  lines.take('content', words(0, 4000));
  lines.take('beneficiaries', words(0, 200));
  lines.take('from', list(id, 0, 500));
  let parts = 0;
  for (; lines.isNext('part '); parts += 1) takePart(lines);
  must(parts <= 200, 'a project has too many parts');
  return project;
}

/** What a ballot is made of, of a list in its one spelling. */
export function readList(text) {
  const lines = new Lines(text);
  must(lines.lines[0] === 'hallvote-list 1', 'no list of projects');
  lines.at = 1;
  lines.take('register', id);
  lines.take('congress', words(1, 2000));
  lines.take('cycle', integer(1954, 2200));
  const places = lines.take('places', integer(1, 100));
  for (const what of NAMED) takeNames(lines, what);
  const n = lines.take('candidates', integer(1, 100));
  const projects = Array.from({ length: n }, () => takeProject(lines));
  must(lines.at === lines.lines.length, 'the list has more lines');
  must(new Set(projects.map((project) => project.id)).size === n, 'the list has a project twice');
  return { places, projects };
}

/** That a motion is about what the list says that it names. */
export function mustBeOfList(motion, { places, projects }) {
  const items = motion.candidates ?? motion.items;
  const find = (item) => projects.find((project) => project.id === item.id);
  must(
    items.every((item) => sameValue(item, find(item))),
    'a candidate that is not on the list',
  );
  if (motion.kind !== 'selection' || motion.follows !== undefined) return;
  must(
    sameValue(items, projects) && motion.places === places,
    'other candidates or places than the list has',
  );
}
