/**
 * A reader of a register's bundle written from `feed.md` alone, with the pages that it names, nothing of this project and nothing
 * but what Node brings. `node test/verification/independent-register.mjs <bundle> [thumbprint]` prints the figures as JSON and exits 0, or
 * names the first thing wrong and exits 1.
 */
import { readFileSync } from 'node:fs';
import { must, sha256, Wrong } from './independent-belenios.mjs';
import {
  date,
  distinct,
  either,
  id,
  integer,
  is,
  like,
  list,
  oneOf,
  ordered,
  shown,
  words,
} from './independent-forms.mjs';
import { readList } from './independent-lists.mjs';
import { documentsIn, mustBeComputed } from './independent-notices.mjs';
import { archive, parseJws, thumbprint, utf8 } from './independent-signed.mjs';
import { namedBy, WORK_MEMBERS, WORK_WHO, Works, worksFigures } from './independent-works.mjs';

const TYP = 'hallvote-register';
const FILES = ['manifest.jws', 'feed.jsonl', 'report.json', 'report.txt'];
const LIST = /^lists\/([0-9a-f]{64})\.txt$/;
const ATTACHMENT = /^attachments\/([0-9a-f]{64})\.[a-z]{2,5}$/;
const ZEROS = '0'.repeat(64);
const same = (a, b) => JSON.stringify(a) === JSON.stringify(b);

// ---- Forms ------------------------------------------------------------------------------------------------------

const hash = like(/^[0-9a-f]{64}$/);
const key = like(/^[A-Za-z0-9_-]{43}$/);
const year = integer(1954, 2200);
const count = integer(0);
const proposal = like(/^\d{4}-[0-9A-HJKMNP-TV-Z]{7}$/);
const reason = words(1, 1000);
const bool = oneOf(true, false);
const level = oneOf('city', 'county', 'town');
const role = oneOf(
  ...['deputy', 'department', 'government-office', 'congress-office', 'supervision-group'],
  ...['standing-committee', 'auditor', 'administrator'],
);
const person = ordered({ role, id, name: words(1, 60) });
const by = either(person, ordered({ role: oneOf('public', 'file', 'register') }));
const named = (value) =>
  list(ordered({ id, name: shown }), 0, 1000)(value) && distinct(value.map((each) => each.id));
const outcome = either(
  ordered({ is: is('merged'), into: proposal }),
  ordered({ is: is('excluded'), ground: id, reason }),
  ordered({ is: is('not-adopted'), reason }),
  ordered({ is: is('adopted'), project: id }),
);
const round = ordered({
  round: words(1, 140),
  ...{ roll: count, present: count, cast: count, byHand: bool, secret: bool },
  candidates: list(ordered({ project: id, votes: count, selected: bool }), 1, 100),
  tiedPlaces: count,
});
const result = ordered({
  ...{ list: hash, congress: words(1, 2000), hall: id, sitting: id, manifest: hash, key },
  rounds: list(round, 1, 20),
});

const MEMBERS = {
  begun: { name: shown, congress: shown, level, key },
  'vocabulary-set': { categories: named, grounds: named, bodies: named, areas: named, sources: named },
  'cycle-opened': { cycle: year, from: date, to: date },
  'wording-cleared': { proposal, title: words(1, 200), text: words(1, 4000) },
  released: { cycle: year, outcomes: list(ordered({ proposal, outcome }), 1) },
  'list-frozen': { cycle: year, list: hash },
  'list-withdrawn': { cycle: year, list: hash, reason },
  voted: { cycle: year, result },
  'voted-on-paper': {
    ...{ cycle: year, list: hash, roll: integer(1), present: count, cast: count },
    votes: list(ordered({ project: id, votes: count }), 1),
    ...{ chosen: list(id), sheet: hash, reason },
  },
  'child-witnessed': { child: id, key, at: integer(1), hash },
  checkpoint: { at: count, hash, time: count },
  ...WORK_MEMBERS,
};
const SAYS = Object.fromEntries(
  Object.entries(MEMBERS).map(([type, members]) => [
    type,
    ordered({
      ...{ typ: is(type), v: is(1), register: id, seq: integer(1), prev: hash, feed: hash, by },
      'with?': person,
      ...members,
    }),
  ]),
);
const ROW = ordered({
  ...{ seq: integer(1), prev: hash, time: integer(0, 253402300799999) },
  ...{ type: (value) => typeof value === 'string', body: (value) => typeof value === 'string', hash },
});
const REDACTED = ordered({ seq: integer(1), hash });
const MANIFEST = ordered({
  ...{ typ: is('register-manifest'), v: is(1), register: id, key, program: words(0, 40) },
  ...{ seq: integer(1), hash, digest: hash, files: (value) => Object.values(value).every(hash) },
});

const OFFICE = ['congress-office'];
const OFFICES = ['congress-office', 'government-office'];
/** Whose act a type is, and who confirms it. */
const WHO = {
  'cycle-opened': [OFFICE],
  released: [OFFICE],
  voted: [OFFICE],
  'wording-cleared': [OFFICES],
  'list-frozen': [OFFICE, OFFICES],
  'list-withdrawn': [OFFICE, OFFICES],
  'voted-on-paper': [OFFICE, ['congress-office', 'standing-committee']],
  ...WORK_WHO,
};

// ---- Lists ------------------------------------------------------------------------------------------------------

/** What of a list the figures are made of; `readList` says whether it is one. */
function listOf(text) {
  const { places } = readList(text);
  const found = {
    places,
    names: {},
    projects: [],
    used: { categories: [], bodies: [], areas: [], sources: [] },
  };
  for (const line of text.slice(0, -1).split('\n').slice(1)) {
    const at = line.indexOf(' ');
    const [name, value] = [line.slice(0, at), JSON.parse(line.slice(at + 1))];
    const [what, tag] = name.split('.');
    const project = found.projects.at(-1);
    if (['register', 'congress', 'cycle'].includes(name)) found[name] = value;
    else if (!project && Object.hasOwn(found.used, what)) {
      const names = found.names[what] ?? {};
      found.names[what] = { ...names, [value[0]]: { ...names[value[0]], [tag]: value[1] } };
    }
    if (name === 'project') found.projects.push({ id: value, sheet: { title: {}, co: [], parts: [] } });
    if (what === 'title') project.sheet.title[tag] = value;
    if (name === 'lead' || name === 'category' || name === 'co') project.sheet[name] = value;
    const part = project?.sheet.parts.at(-1);
    if (name === 'part') project.sheet.parts.push({ id: value, funding: [] });
    if (['part.title', 'part.body', 'part.area', 'part.finish'].includes(name)) part[name.slice(5)] = value;
    if (name === 'part.target') part.target = { thousandths: value[0], unit: value[1] };
    if (name === 'part.funding') part.funding.push({ source: value[0], year: value[1], fen: value[2] });
    if (name === 'category') found.used.categories.push(value);
    if (name === 'lead' || name === 'part.body') found.used.bodies.push(value);
    if (name === 'co') found.used.bodies.push(...value);
    if (name === 'part.area') found.used.areas.push(value);
    if (name === 'part.funding') found.used.sources.push(value[0]);
  }
  return found;
}

/** That the names of a list are those of the vocabulary: all that it uses and the vocabulary has, and no other. */
function mustBeNamed({ names, used }, vocabulary) {
  for (const [what, ids] of Object.entries(used)) {
    const known = new Map(vocabulary[what].map((each) => [each.id, each.name]));
    const due = [...new Set(ids)]
      .sort()
      .flatMap((each) => (known.has(each) ? [[each, known.get(each)]] : []));
    must(same(names[what] ?? {}, Object.fromEntries(due)), `the ${what} of the list are named otherwise`);
  }
}

// ---- The feed ---------------------------------------------------------------------------------------------------

class Reader {
  constructor(lists, documents) {
    this.lists = lists;
    this.documents = documents;
    this.hashes = [ZEROS];
    this.past = new Map();
    for (const { notice } of documents.values()) this.past.set(notice?.head?.seq, null);
    this.head = { seq: 0, hash: ZEROS, digest: ZEROS, time: 0 };
    this.isSigned = false;
    this.cycles = new Map();
    this.vocabulary = { categories: [], bodies: [], areas: [], sources: [] };
    this.wordings = new Set();
    this.answers = new Set();
    this.manifests = new Set();
    this.files = new Set();
    this.listed = new Set();
    this.yearOf = new Map();
    this.witnessed = new Map();
    this.works = new Works(this);
  }

  line(text) {
    const line = JSON.parse(text);
    must(same(line, line) && JSON.stringify(line) === text, 'another spelling');
    must(ROW(line) || REDACTED(line), 'no line of a feed');
    must(line.seq === this.head.seq + 1, 'lines are missing or out of order');
    const isPublic = Object.hasOwn(line, 'body');
    must(isPublic || line.seq > 1, 'the first entry is hidden');
    if (isPublic) this.row(line);
    const side = isPublic ? 'public' : 'redacted';
    this.head = {
      ...{ seq: line.seq, hash: line.hash, digest: sha256(`${this.head.digest}\n${side}\n${line.hash}`) },
      time: isPublic ? line.time : this.head.time,
    };
    this.isSigned = isPublic;
    this.hashes.push(line.hash);
    if (this.past.has(line.seq)) this.past.set(line.seq, this.snapshot());
  }

  /** What is true now, kept as it is. */
  snapshot() {
    const { rules, projects, events, documents } = this.works;
    return structuredClone({
      ...{ time: this.head.time, vocabulary: this.vocabulary, rules, projects, events, documents },
    });
  }

  row({ seq, prev, time, type, body, hash: given }) {
    must(Object.hasOwn(SAYS, type), 'a type that is not public');
    must(given === sha256(`${seq}\n${prev}\n${time}\n${type}\n${body}`), 'the hash is not that of the row');
    must(prev === this.head.hash, 'it does not follow the line before');
    must(time >= this.head.time, 'time runs backwards');
    const { says, holds, isCanonical } = parseJws(body, TYP);
    must(SAYS[type](says), 'members or bounds are wrong');
    must((type === 'begun') === (seq === 1), 'a beginning where none belongs, or none where one does');
    this.begun ??= says;
    must(isCanonical && holds(this.begun.key), 'it is not signed by the register');
    must(says.register === this.begun.register, 'another register');
    must(says.seq === seq && says.prev === prev, 'signed for another place');
    must(says.feed === this.head.digest, 'a line before it was left out, changed or hidden');
    if (Object.hasOwn(WHO, type)) this.who(says, ...WHO[type]);
    if (Object.hasOwn(WORK_MEMBERS, type)) {
      if (type === 'published') this.published(says, time);
      this.works.entry(says, time);
      for (const file of namedBy(type, says)) this.files.add(file);
    } else if (type !== 'begun') this[type](says);
  }

  published(says, time) {
    const { documents, begun, hashes, past } = this;
    mustBeComputed(says, time, { documents, begun, hashes, thenAt: (seq) => past.get(seq) });
  }

  who({ by: first, with: second }, roles, confirm) {
    must((first.id !== undefined || first.role === 'public') && roles.includes(first.role), 'not their act');
    must(
      !confirm || (second && second.id !== first.id && confirm.includes(second.role)),
      'no second person who may',
    );
  }

  'vocabulary-set'(says) {
    this.vocabulary = says;
  }

  'cycle-opened'({ cycle, from, to }) {
    const before = this.cycles.get(cycle) ?? { year: cycle, frozen: null, decided: null, withdrawn: [] };
    this.cycles.set(cycle, { ...before, from, to });
  }

  'wording-cleared'({ proposal: of }) {
    this.wordings.add(of);
  }

  released({ outcomes }) {
    for (const { proposal: of } of outcomes) {
      must(!this.answers.has(of), 'answered a second time');
      this.answers.add(of);
    }
  }

  open(year) {
    const cycle = this.cycles.get(year);
    must(cycle && !cycle.decided, 'no cycle that could have it');
    return cycle;
  }

  'list-frozen'({ cycle: year, list: name }) {
    const cycle = this.open(year);
    must(!cycle.frozen, 'a list is frozen already');
    const found = this.lists.get(name);
    must(found, 'the list is not there');
    must(
      found.register === this.begun.register &&
        found.congress === this.begun.congress.zh &&
        found.cycle === year &&
        found.projects.length > found.places,
      'not a list of this cycle',
    );
    mustBeNamed(found, this.vocabulary);
    for (const { id: of } of found.projects) {
      must((this.yearOf.get(of) ?? year) === year, 'a project of another cycle');
      this.yearOf.set(of, year);
    }
    this.listed.add(name);
    cycle.frozen = { hash: name, ...found };
  }

  frozen(year, name) {
    const cycle = this.open(year);
    must(cycle.frozen?.hash === name, 'another list');
    return cycle;
  }

  'list-withdrawn'({ cycle: year, list: name }) {
    const cycle = this.frozen(year, name);
    if (!cycle.withdrawn.includes(name)) cycle.withdrawn.push(name);
    cycle.frozen = null;
  }

  voted({ cycle: year, result: said }) {
    const cycle = this.frozen(year, said.list);
    must(said.congress === this.begun.congress.zh, 'another congress');
    must(!this.manifests.has(said.manifest), 'the bundle was counted before');
    this.manifests.add(said.manifest);
    const open = new Set(cycle.frozen.projects.map((each) => each.id));
    const first = said.rounds[0].candidates.map((each) => each.project);
    must(distinct(first) && first.length === open.size, 'other candidates');
    const chosen = new Set();
    for (const { candidates, roll, present, cast } of said.rounds) {
      must(present <= roll && cast <= present, 'counts that cannot be');
      for (const { project, votes } of candidates)
        must(open.has(project) && votes <= cast, 'other candidates, or counts that cannot be');
      for (const { project, selected } of candidates)
        if (selected) {
          open.delete(project);
          chosen.add(project);
        }
    }
    must(chosen.size <= cycle.frozen.places, 'too many are chosen');
    must(said.rounds.at(-1).tiedPlaces === 0, 'places are still open');
    const votesOf = (project) => {
      for (const { candidates, roll } of said.rounds) {
        const found = candidates.find((each) => each.project === project);
        if (found) return { votes: found.votes, roll };
      }
      throw new Wrong('chosen without a vote');
    };
    const { manifest, key: hall, sitting } = said;
    cycle.decided = { vote: { how: 'bundle', manifest, key: hall, sitting }, chosen, votesOf };
    this.begin(cycle);
  }

  'voted-on-paper'({ cycle: year, list: name, roll, present, cast, votes, chosen, sheet }) {
    const cycle = this.frozen(year, name);
    const ids = cycle.frozen.projects.map((each) => each.id);
    must(same(votes.map((each) => each.project).sort(), [...ids].sort()), 'other candidates');
    must(
      present <= roll && cast <= present && votes.every((each) => each.votes <= cast),
      'counts that cannot be',
    );
    must(
      distinct(chosen) && chosen.every((each) => ids.includes(each)) && chosen.length <= cycle.frozen.places,
      'too many or others are chosen',
    );
    this.files.add(sheet);
    cycle.decided = {
      vote: { how: 'paper', sheet },
      chosen: new Set(chosen),
      votesOf: (project) => ({ votes: votes.find((each) => each.project === project).votes, roll }),
    };
    this.begin(cycle);
  }

  begin({ year: of, frozen, decided }) {
    for (const { id: project, sheet } of frozen.projects)
      if (decided.chosen.has(project)) this.works.begin(project, of, sheet);
  }

  'child-witnessed'({ by, child, key: of, at }) {
    const last = this.witnessed.get(child);
    must(by.role === 'register' && child !== this.begun.register, 'nobody witnesses this');
    must(last?.key !== of || at > last.at, 'what was witnessed goes back');
    this.witnessed.set(child, { key: of, at });
  }

  checkpoint({ at, hash: stated }) {
    must(at === this.head.seq && stated === this.head.hash, 'the checkpoint states another entry');
  }
}

// ---- Figures ----------------------------------------------------------------------------------------------------

const sum = (numbers) => numbers.reduce((all, one) => all + one, 0);
const linesOf = ({ sheet }) => sheet.parts.flatMap((each) => each.funding);
const fenOf = (lines) => sum(lines.map((line) => line.fen));
const chosenOf = ({ frozen, decided }) =>
  decided ? frozen.projects.filter((each) => decided.chosen.has(each.id)) : [];
const sumsOf = (projects) => ({
  projects: projects.length,
  parts: sum(projects.map((each) => each.sheet.parts.length)),
  fen: sum(projects.map((each) => fenOf(linesOf(each)))),
});

function cycleFigures(cycle, worksOf) {
  const { year: of, from, to, frozen, withdrawn, decided } = cycle;
  const chosen = chosenOf(cycle);
  return {
    ...{ year: of, from, to },
    list: frozen && { hash: frozen.hash, places: frozen.places, candidates: frozen.projects.length },
    withdrawn,
    vote: decided ? decided.vote : null,
    chosen: chosen.map((each) => {
      const { votes, roll } = decided.votesOf(each.id);
      const { title, parts } = each.sheet;
      return { project: each.id, title, parts: parts.length, fen: fenOf(linesOf(each)), votes, roll };
    }),
    ...sumsOf(chosen),
    yearFen: fenOf(chosen.flatMap(linesOf).filter((line) => line.year === of)),
    works: worksOf(of),
  };
}

function figuresOf({ begun, head, cycles, wordings, answers, works }) {
  const { register, name, congress, level: at, key: own } = begun;
  const all = [...cycles.values()].sort((a, b) => a.year - b.year);
  const day = new Date(head.time).toISOString().slice(0, 10);
  const worksOf = (of) =>
    worksFigures(
      [...works.projects.values()].filter((work) => of === undefined || work.cycle === of),
      works.rules,
      day,
    );
  return {
    ...{ register, name, congress, level: at, key: own, seq: head.seq, hash: head.hash, day },
    cycles: all.map((cycle) => cycleFigures(cycle, worksOf)),
    chosen: sumsOf(all.flatMap(chosenOf)),
    ...{ works: worksOf(), wordings: wordings.size, answers: answers.size },
  };
}

// ---- The bundle -------------------------------------------------------------------------------------------------

function unpack(bytes) {
  const files = new Map();
  let at = 0;
  while (at + 30 <= bytes.length && bytes.readUInt32LE(at) === 0x04034b50) {
    const start = at + 30 + bytes.readUInt16LE(at + 26);
    const name = bytes.toString('latin1', at + 30, start);
    must(!files.has(name), 'a file twice');
    at = start + bytes.readUInt32LE(at + 18);
    must(at <= bytes.length, 'the archive is too short');
    files.set(name, bytes.subarray(start, at));
  }
  const names = [...files.keys()];
  must(same(names.slice(0, FILES.length), FILES), 'no bundle of a register');
  const rest = names.slice(FILES.length);
  const lists = rest.filter((name) => LIST.test(name));
  must(
    same([...lists, ...rest.filter((name) => ATTACHMENT.test(name))], rest),
    'a file that does not belong there',
  );
  must(archive(files).equals(bytes), 'the archive is not the one its files make');
  return files;
}

/** The figures of a register's bundle; throws the first thing wrong. */
export function verifyRegister(bytes, expectedKid) {
  const files = unpack(bytes);
  const lists = new Map();
  for (const [name, content] of files) {
    const [, own] = LIST.exec(name) ?? ATTACHMENT.exec(name) ?? [];
    if (own === undefined) continue;
    must(sha256(content) === own, `${name} is not what its name says`);
    if (LIST.test(name)) lists.set(own, listOf(utf8(content)));
  }
  const reader = new Reader(lists, documentsIn(files));
  const text = utf8(files.get('feed.jsonl'));
  must(text.endsWith('\n'), 'the feed is cut');
  for (const line of text.slice(0, -1).split('\n')) {
    try {
      reader.line(line);
    } catch (error) {
      throw new Wrong(`entry ${reader.head.seq + 1}: ${error.message}`);
    }
  }
  must(reader.isSigned, 'the feed ends with what is not public');
  const { begun, head } = reader;
  const { says: manifest, holds, isCanonical } = parseJws(files.get('manifest.jws').toString('latin1'), TYP);
  must(MANIFEST(manifest) && isCanonical && holds(begun.key), 'the manifest is not signed');
  must(
    same(
      [manifest.register, manifest.key, manifest.seq, manifest.hash, manifest.digest],
      [begun.register, begun.key, head.seq, head.hash, head.digest],
    ),
    'the manifest is of another feed',
  );
  const names = [...files.keys()];
  const hashes = Object.fromEntries(names.slice(1).map((name) => [name, sha256(files.get(name))]));
  must(same(manifest.files, hashes), 'a file is not the one in the manifest');
  for (const name of lists.keys()) must(reader.listed.has(name), 'a list that nobody froze');
  for (const name of names) {
    const [, own] = ATTACHMENT.exec(name) ?? [];
    must(own === undefined || reader.files.has(own), 'an attachment that nobody names');
  }
  const figures = figuresOf(reader);
  must(
    utf8(files.get('report.json')) === `${JSON.stringify(figures, null, 2)}\n`,
    'report.json says otherwise',
  );
  const kid = thumbprint(begun.key);
  const expected = expectedKid?.replaceAll(/\s/g, '');
  must(expected === undefined || [kid, kid.slice(0, 16)].includes(expected), 'another register');
  return figures;
}

if (process.argv[1] === new URL(import.meta.url).pathname) {
  try {
    console.log(JSON.stringify(verifyRegister(readFileSync(process.argv[2]), process.argv[3])));
  } catch (error) {
    console.error(`WRONG: ${error.message}`);
    process.exitCode = 1;
  }
}
