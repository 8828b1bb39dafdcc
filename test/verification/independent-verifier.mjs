/**
 * A verifier of bundles written from `ledger.md` and `bundle.md` alone, with nothing of this project and nothing but
 * what Node brings: the proof that the two pages suffice. `node test/verification/independent-verifier.mjs <bundle> [thumbprint]`
 * prints the recounted results as JSON and exits 0, or names the first thing wrong and exits 1.
 */
import { readFileSync } from 'node:fs';
import {
  Ceremony,
  decode as decodePoint,
  decrypt,
  electionOf,
  factorsOf,
  headerOf,
  knows,
  longest,
  must,
  pedersenTrustees,
  proof as readProof,
  sha256,
  signs,
  singleTrustee,
  sumOf,
  uuidOf,
  Wrong,
  whyNot,
} from './independent-belenios.mjs';
import { actLine, filesOf } from './independent-files.mjs';
import { MANIFEST, MESSAGES, mostKept, OWN } from './independent-forms.mjs';
import { mustBeOfList, readList } from './independent-lists.mjs';
import { archive, parseJws, thumbprint, utf8 } from './independent-signed.mjs';

const FILES = [
  'manifest.jws',
  'ledger.jsonl',
  'keys.json',
  'roll.csv',
  'motions.json',
  'results.json',
  'votes.csv',
  'receipts.csv',
  'acts.csv',
  'report.html',
];
const MORE = /^lists\/[0-9a-f]{64}\.txt$|^elections\/[1-9A-HJ-NP-Za-km-z]{22}\.bel$/;

const same = (a, b) => JSON.stringify(a) === JSON.stringify(b);

// ---- Archive -------------------------------------------------------------------------------------------

function unpack(bytes) {
  const files = new Map();
  let at = 0;
  const take = (name) => {
    must(at + 30 + name.length <= bytes.length, 'the archive is too short');
    const start = at + 30 + name.length;
    at = start + bytes.readUInt32LE(at + 18);
    must(at <= bytes.length, 'the archive is too short');
    files.set(name, bytes.subarray(start, at));
  };
  for (const name of FILES) take(name);
  while (at + 30 <= bytes.length && bytes.readUInt32LE(at) === 0x04034b50) {
    const name = bytes.toString('latin1', at + 30, at + 30 + bytes.readUInt16LE(at + 26));
    must(MORE.test(name) && !files.has(name), 'a file that does not belong there');
    take(name);
  }
  must(archive(files).equals(bytes), 'the archive is not the one its files make');
  return files;
}

// ---- Counting ----------------------------------------------------------------------------------------------

const reaches = (votes, basis, { kind, num, den }) =>
  votes > 0 && (kind === 'more-than' ? votes * den > basis * num : votes * den >= basis * num);
const needed = (basis, { kind, num, den }) =>
  kind === 'more-than' ? Math.floor((basis * num) / den) + 1 : Math.max(1, Math.ceil((basis * num) / den));
const hasQuorum = (present, roll, quorum) => reaches(present, roll, { kind: 'at-least', ...quorum });

function tallyOf(motion, choices) {
  const count = (test) => choices.filter(test).length;
  if (motion.kind === 'decision') {
    const of = (option) => count((choice) => choice.option === option);
    return { kind: 'decision', for: of('for'), against: of('against'), abstain: of('abstain') };
  }
  if (motion.kind === 'selection') {
    const votes = motion.candidates.map(({ id }) => ({ id, votes: count((c) => c.chosen.includes(id)) }));
    return { kind: 'selection', votes };
  }
  if (motion.kind === 'itemised') {
    const items = motion.items.map(({ id }) => {
      const of = (option) => count((c) => c.answers.some((a) => a.item === id && a.option === option));
      return { id, for: of('for'), against: of('against'), abstain: of('abstain') };
    });
    return { kind: 'itemised', items };
  }
  const items = motion.items.map(({ id }) => {
    const of = (grade) => count((c) => c.grades.some((g) => g.item === id && g.grade === grade));
    return {
      id,
      satisfied: of('satisfied'),
      basic: of('basic'),
      dissatisfied: of('dissatisfied'),
      'dont-know': of('dont-know'),
    };
  });
  return { kind: 'appraisal', items };
}

function itemisedOutcome(motion, tally, counts) {
  const items = tally.items.map((item, i) => {
    const { threshold = motion.threshold, basis: named = motion.basis } = motion.items[i];
    const answered = item.for + item.against + item.abstain;
    const basis = named === 'cast' ? answered : counts[named];
    return {
      id: item.id,
      answered,
      notPressed: counts.present - answered,
      basis,
      needed: needed(basis, threshold),
      passed: reaches(item.for, basis, threshold),
    };
  });
  return { kind: 'itemised', items };
}

function outcomeOf(motion, tally, counts) {
  if (motion.kind === 'itemised') return itemisedOutcome(motion, tally, counts);
  const basis = counts[motion.basis];
  const { kind, threshold, places } = motion;
  if (kind === 'decision')
    return { kind, passed: reaches(tally.for, basis, threshold), needed: needed(basis, threshold) };
  if (kind === 'appraisal') {
    const items = tally.items.map((item) => {
      const approval = item.satisfied + item.basic;
      const graded = approval + item.dissatisfied + item['dont-know'];
      const of = motion.basis === 'cast' ? graded : basis;
      const passed = reaches(approval, of, threshold);
      return { id: item.id, graded, approval, basis: of, needed: needed(of, threshold), passed };
    });
    return { kind, items };
  }
  const passes = ({ votes }) => (threshold === null ? votes > 0 : reaches(votes, basis, threshold));
  const sorted = [...tally.votes].sort((a, b) => b.votes - a.votes);
  const passing = sorted.filter(passes);
  const over = passing.length > places;
  const last = over ? passing[places - 1].votes : 0;
  const isTie = over && passing[places].votes === last;
  const standing = (candidate) => {
    if (!passes(candidate)) return 'below-threshold';
    if (!over || candidate.votes > last) return 'selected';
    if (candidate.votes < last) return 'outvoted';
    return isTie ? 'tied' : 'selected';
  };
  return {
    kind,
    needed: threshold === null ? null : needed(basis, threshold),
    order: sorted.map((candidate) => ({
      id: candidate.id,
      votes: candidate.votes,
      rank: 1 + sorted.filter((other) => other.votes > candidate.votes).length,
      standing: standing(candidate),
    })),
    runoffPlaces: isTie ? places - passing.filter(({ votes }) => votes > last).length : 0,
    openPlaces: over ? 0 : places - passing.length,
  };
}

function resultOf(motion, tally, roll, present, cast, source) {
  const counts = { roll, present, cast };
  return {
    source,
    roll,
    present,
    cast,
    notPressed: present - cast,
    basis: motion.basis,
    basisCount: counts[motion.basis],
    threshold: motion.threshold,
    tally,
    outcome: outcomeOf(motion, tally, counts),
  };
}

function tallyFits(motion, tally, cast) {
  if (motion.kind !== tally.kind) return false;
  if (tally.kind === 'decision') return tally.for + tally.against + tally.abstain === cast;
  const ids = (list) => list.map(({ id }) => id);
  if (tally.kind === 'selection')
    return (
      same(ids(tally.votes), ids(motion.candidates)) &&
      tally.votes.every(({ votes }) => votes <= cast) &&
      tally.votes.reduce((sum, { votes }) => sum + votes, 0) <= cast * motion.places
    );
  if (tally.kind === 'itemised')
    return (
      same(ids(tally.items), ids(motion.items)) &&
      tally.items.every((item) => item.for + item.against + item.abstain <= cast)
    );
  return (
    same(ids(tally.items), ids(motion.items)) &&
    tally.items.every(
      (item) =>
        item.satisfied + item.basic + item.dissatisfied + item['dont-know'] <= cast &&
        (motion.dontKnow || item['dont-know'] === 0),
    )
  );
}

/** Counts of an election as the tally they make. */
function tallyOfCounts(motion, counts) {
  const [first] = counts;
  if (motion.kind === 'decision')
    return { kind: 'decision', for: first[0], against: first[1], abstain: first[2] };
  if (motion.kind === 'selection')
    return { kind: 'selection', votes: motion.candidates.map(({ id }, i) => ({ id, votes: first[i] })) };
  if (motion.kind === 'itemised') {
    const items = motion.items.map(({ id }, i) => {
      const [yes, no, abstain] = counts[i];
      return { id, for: yes, against: no, abstain };
    });
    return { kind: 'itemised', items };
  }
  const items = motion.items.map(({ id }, i) => {
    const [satisfied, basic, dissatisfied, dontKnow = 0] = counts[i];
    return { id, satisfied, basic, dissatisfied, 'dont-know': dontKnow };
  });
  return { kind: 'appraisal', items };
}

/** Why a choice on a motion is none; null where it is one. */
function whyInvalid(motion, choice) {
  if ((choice.kind === 'sealed') !== (motion.voting === 'secret')) return 'choice-of-another-kind';
  if (choice.kind === 'sealed') return null;
  if (choice.kind !== motion.kind) return 'choice-of-another-kind';
  if (choice.kind === 'decision') return null;
  const whyNotIds = (ids, known) => {
    if (!ids.every((id) => known.some((item) => item.id === id))) return 'unknown-candidate';
    return new Set(ids).size === ids.length ? null : 'candidate-twice';
  };
  if (choice.kind === 'selection') {
    if (choice.chosen.length > motion.places) return 'too-many-candidates';
    return whyNotIds(choice.chosen, motion.candidates);
  }
  if (choice.kind === 'itemised')
    return whyNotIds(
      choice.answers.map(({ item }) => item),
      motion.items,
    );
  const isOffered = ({ grade }) => motion.dontKnow || grade !== 'dont-know';
  if (!choice.grades.every(isOffered)) return 'grade-not-offered';
  return whyNotIds(
    choice.grades.map(({ item }) => item),
    motion.items,
  );
}

const titled = (title, zh, en) =>
  Object.fromEntries(Object.entries(title).map(([tag, text]) => [tag, text + (tag === 'en' ? en : zh)]));

function followUp(round, held, agenda) {
  const { motion, result } = round;
  if (motion.kind !== 'selection' || !result) return null;
  const { order, runoffPlaces, openPlaces } = result.outcome;
  const having = (standing) =>
    motion.candidates.filter(({ id }) => order.some((o) => o.id === id && o.standing === standing));
  const make = (mark, zh, en, changes) => {
    const named = (n) => {
      const id = `${motion.id}-${mark}${n}`;
      return id.length <= 64 ? id : `${motion.id.slice(0, 40)}-${mark}${n}`;
    };
    let n = held;
    while (agenda.some(({ id }) => id === named(n))) n += 1;
    return {
      ...motion,
      id: named(n),
      title: titled(motion.title, zh, en),
      follows: round.id,
      ...changes,
    };
  };
  if (runoffPlaces > 0) {
    const changes = { candidates: having('tied'), places: runoffPlaces, threshold: null };
    return make('r', '（再次投票）', ' (runoff)', changes);
  }
  const candidates = having('below-threshold');
  if (openPlaces === 0 || candidates.length === 0) return null;
  const places = Math.min(openPlaces, candidates.length);
  return make('s', '（缺额另选）', ' (open places)', { candidates, places });
}

/** Whether two JSON values say the same, members in any order. */
function equal(a, b) {
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) return a === b;
  const names = Object.keys(a);
  return names.length === Object.keys(b).length && names.every((name) => equal(a[name], b[name]));
}

// ---- Replay -----------------------------------------------------------------------------------------------------

const isSealed = ({ typ, choice }) => typ === 'audit' || (typ === 'ballot' && choice.kind === 'sealed');

/** What the message of a card with a key of its own says: UID and counter. */
function tapOf(proof) {
  const [, uid, counter] =
    /^https:\/\/[^\s?#]+\?u=([0-9A-F]{14})&n=([0-9A-F]{6})&m=[0-9A-F]{16}$/.exec(proof) ?? [];
  return { uid, counter: Number.parseInt(counter, 16) };
}

const LAST_TIME = 253402300799999;

/** Whose act each entry by a person is, in which roles; what the hall's rights widen; and who must have confirmed it. */
const CHAIR = { roles: ['chair'], wider: ['operatorForChair', 'operator'] };
const OPERATOR = { roles: ['operator'] };
const SCRUTINEER = { roles: ['scrutineer'] };
const CARD = { ...OPERATOR, second: ['operator', 'chair'], where: 'secondForCards' };
const GIVES_CODES = { roles: ['operator', 'administrator'] };
const ADMINISTRATOR = { roles: ['administrator'] };
const ACTS = {
  ...Object.fromEntries(
    'opened closed held resumed extended announced cleared motion-added'
      .split(' ')
      .map((typ) => [typ, CHAIR]),
  ),
  voided: { roles: ['chair'], second: ['operator', 'scrutineer'] },
  'entered-by-hand': { ...OPERATOR, second: ['chair', 'scrutineer'] },
  ...Object.fromEntries(
    'checked-in-by-hand left terminals-told terminals-enrolled terminals-removed rules-set list-set agenda-set secrecy-set cards-registered'
      .split(' ')
      .map((typ) => [typ, OPERATOR]),
  ),
  'files-read': GIVES_CODES,
  exported: { roles: ['chair', 'operator', 'scrutineer', 'auditor'] },
  'card-issued': CARD,
  'card-marked': CARD,
  'roll-set': { ...OPERATOR, second: ['chair'] },
  'staff-set': ADMINISTRATOR,
  'ceremony-restarted': SCRUTINEER,
  'ceremony-step': SCRUTINEER,
  share: SCRUTINEER,
  'result-signed': SCRUTINEER,
  'code-given': GIVES_CODES,
  'sessions-ended': ADMINISTRATOR,
};
/** What everybody does for themselves, in the first of their roles. */
const OWN_AFFAIRS = ['signed-in', 'signed-out', 'password-chosen', 'authenticator-set'];

/** Reasons that lie in the connection, and those that no message has which can be read. */
const BELIEVED = ['another-terminal', 'wrong-certificate', 'not-allowed', 'too-many'];
const UNREADABLE = ['malformed', 'oversized', 'unknown-version'];

class Replay {
  begun = null;
  boot = null;
  /** Whether nothing but the files was entered since the last start. */
  starting = false;
  staff = new Map();
  rights = { operatorForChair: false, secondForCards: false };
  seating = 'fixed';
  roll = new Map();
  cards = new Map();
  accept = ['uid'];
  counters = new Map();
  terminals = new Map();
  enrolments = [];
  connections = new Map();
  present = new Map();
  byHand = new Set();
  left = new Set();
  /** Lists of projects by their hash. */
  lists = new Map();
  motions = [];
  secrecy = null;
  ceremony = null;
  electionKey = null;
  credentials = new Map();
  owners = new Map();
  rounds = new Map();
  inHand = null;
  /** What was entered under a message's id. */
  ids = new Map();
  checkpoint = null;
  head = { seq: 0, hash: '0'.repeat(64), time: 0 };
  /** Lines of `acts.csv`. */
  acts = [];
  /** Checks that the next rows must pass, one each. */
  due = [];

  row(line) {
    const row = JSON.parse(line);
    const { seq, prev, time, type, body, hash } = row;
    must(JSON.stringify({ seq, prev, time, type, body, hash }) === line, 'a line that is not canonical');
    must(seq === this.head.seq + 1 && prev === this.head.hash, 'the chain breaks');
    must(Number.isInteger(time) && time <= LAST_TIME, 'a time no calendar has');
    must(time >= this.head.time, 'time runs backwards');
    must(hash === sha256(`${seq}\n${prev}\n${time}\n${type}\n${body}`), 'a wrong hash');
    const { says, kid, holds, isCanonical } = parseJws(body);
    must(says.typ === type, 'the type is not that of the body');
    if (Object.hasOwn(MESSAGES, type)) {
      must(MESSAGES[type](says), 'a message of another form');
      must(this.due.length === 0, 'a message inside an act');
      const terminal = this.terminals.get(says.terminal);
      must(body.length <= (isSealed(says) ? 480000 : 16384), 'a message that is too long');
      must(terminal && holds(terminal.key), 'not signed by an enrolled terminal');
      const message = { says, kid, digest: sha256(body) };
      const why = this.whyRefused(message, time);
      must(why === null, `the rules refuse it: ${why}`);
      this.enter(message, row);
      this.starting = false;
    } else {
      if (seq === 1) this.begun = says;
      must((type === 'begun') === (seq === 1), 'a sitting begins once, and first');
      must(isCanonical && holds(this.begun.key), 'not signed by the coordinator');
      must(Object.hasOwn(OWN, type), 'an unknown entry');
      must(OWN[type](says), 'an entry of another form');
      const isHere = says.seq === seq && says.prev === prev && says.sitting === this.begun.sitting;
      must(isHere, 'signed for another place');
      const due = this.due.shift();
      if (due) must(due(says), `another entry belongs here than this ${type}`);
      else {
        this.mustBeTheirs(says);
        this.act(says, row);
      }
      if ('id' in says.by) this.acts.push(actLine(row, says, this));
      this.starting = type === 'started' || (this.starting && says.by.role === 'file');
    }
    this.head = { seq, hash, time };
  }

  /** That somebody is on the staff by that name and has that role. */
  mustBeStaff({ id, name, role }) {
    const person = this.staff.get(id);
    must(person, `${id} is not on the staff`);
    must(person.name === name, `${id} has another name`);
    must(person.roles.includes(role), `${id} is no ${role}`);
    return person;
  }

  /** That whoever an entry is by may do that, by the staff and the rights as they are here. */
  mustBeTheirs(says) {
    const { typ, by, with: second } = says;
    if (by.role === 'file') must(typ === 'begun' || this.starting, 'by the files, but not at a start');
    if (['file', 'clock', 'hall'].includes(by.role)) {
      must(second === undefined, 'confirmed, though no person did it');
      return;
    }
    const person = this.mustBeStaff(by);
    if (OWN_AFFAIRS.includes(typ) || (typ === 'sessions-ended' && says.person === by.id)) {
      must(person.roles[0] === by.role, `not in the first role of ${by.id}`);
      must(second === undefined, 'confirmed, though it need not be');
      return;
    }
    const { roles, wider, second: seconds, where } = ACTS[typ];
    const [setting, role] = wider ?? [];
    must(
      roles.includes(by.role) || (this.rights[setting] && by.role === role),
      `a ${by.role} may not make a ${typ}`,
    );
    if (!seconds || (where && !this.rights[where])) {
      must(second === undefined, 'confirmed, though it need not be');
      return;
    }
    must(second, 'nobody has confirmed it');
    must(second.id !== by.id, 'confirmed by the same person');
    this.mustBeStaff(second);
    must(seconds.includes(second.role), `a ${second.role} may not confirm a ${typ}`);
  }

  /** That a scrutineer's number is that of whoever the entry is by. */
  mustOwn({ by, owner }) {
    must(this.secrecy?.scrutineers?.[owner - 1]?.id === by.id, 'another scrutineer has that number');
  }

  at(terminal) {
    return [...this.present].find(([, where]) => where === terminal)?.[0];
  }

  /** Why the rules refuse a message signed by key `kid`, by the first that does; 'again' and null where none does. */
  whyRefused({ says, kid, digest }, time) {
    if (says.hall !== this.begun.hall) return 'another-sitting';
    const terminal = this.terminals.get(says.terminal);
    if (!terminal) return 'not-enrolled';
    if (kid !== thumbprint(terminal.key)) return 'wrong-key';
    if (says.typ === 'connect') return this.whyNotConnect(says, terminal);
    const before = this.ids.get(says.id);
    if (before && (before.digest !== digest || before.terminal !== says.terminal)) return 'replayed';
    if (before) return before.rejected ?? 'again';
    if (says.sitting !== this.begun.sitting) return 'another-sitting';
    if (says.typ === 'check-in') return this.whyNotCheckIn(says, terminal);
    const seated = this.at(says.terminal);
    if (seated === undefined) return 'not-checked-in';
    if (seated !== says.deputy) return 'another-deputy';
    return says.typ === 'credential' ? this.whyNotCredential(says) : this.whyNotInRound(says, time);
  }

  whyNotConnect({ key, coordinator, terminal, n }, enrolled) {
    if (key !== enrolled.key) return 'wrong-key';
    if (coordinator !== thumbprint(this.begun.key)) return 'another-coordinator';
    return n > (this.connections.get(terminal) ?? 0) ? null : 'old-proof';
  }

  whyNotCheckIn(says, terminal) {
    const card = this.cards.get(says.card);
    const deputy = card && this.roll.get(card.deputy);
    if (!deputy) return 'unknown-card';
    if (card.status !== 'active') return { lost: 'lost-card', cancelled: 'cancelled-card' }[card.status];
    if (!this.accept.includes(card.kind)) return 'card-kind-not-accepted';
    if (card.kind === 'ntag424') {
      if (says.proof === undefined) return 'card-proof-missing';
      const tap = tapOf(says.proof);
      if (tap.uid !== says.card) return 'wrong-card-proof';
      if (tap.counter <= (this.counters.get(says.card) ?? 0)) return 'replayed-tap';
    }
    if (this.seating === 'fixed' && terminal.seat !== deputy.seat) return 'another-seat';
    if ((this.at(says.terminal) ?? deputy.id) !== deputy.id) return 'seat-taken';
    const where = this.present.get(deputy.id) ?? says.terminal;
    return where === says.terminal ? null : 'checked-in-elsewhere';
  }

  whyNotCredential({ sitting, terminal, deputy, credential, proof }) {
    if ((this.owners.get(credential) ?? deputy) !== deputy) return 'credential-in-use';
    const key = decodePoint(credential);
    const hashed = (a) => `hallvote-credential|${sitting}|${terminal}|${deputy}|${a}`;
    return key !== null && knows(key, readProof(proof), hashed) ? null : 'wrong-credential-proof';
  }

  whyNotInRound(says, time) {
    const round = this.rounds.get(says.round);
    if (!round) return this.inHand?.phase === 'open' ? 'another-round' : 'too-early';
    if (round.opening !== says.opening) return 'another-round';
    if (round.phase !== 'open' || this.isTimeUp(round, time)) return 'too-late';
    if (!round.eligible.includes(says.deputy)) return 'not-on-frozen-roll';
    if (round.hold !== null) return 'on-hold';
    return says.typ === 'audit' ? this.whyNotAudit(round, says) : this.whyNotBallot(round, says);
  }

  /** A held round's clock stands still. */
  isTimeUp({ deadline, hold }, time) {
    return hold === null && deadline !== null && time >= deadline;
  }

  whyNotBallot(round, { terminal, deputy, press, choice }) {
    const before = round.ballots.get(deputy);
    if (before && round.motion.press === 'first') return 'already-voted';
    if (before?.terminal === terminal && press <= before.press) return 'older-press';
    const invalid = whyInvalid(round.motion, choice);
    if (invalid || !round.sealed) return invalid;
    if ((round.sealed.cast.get(deputy) ?? 0) >= 50) return 'too-many-ballots';
    return this.whyNotSealed(round, deputy, choice.ballot);
  }

  whyNotAudit(round, { deputy, ballot, votes, randomness }) {
    if (!round.sealed) return 'choice-of-another-kind';
    if ((round.sealed.audits.get(deputy) ?? 0) >= 5) return 'too-many-audits';
    const { questions } = round.sealed.election;
    const fits = (grid) =>
      grid.length === questions.length &&
      questions.every(({ answers }, i) => grid[i].length === answers.length);
    if (!fits(votes) || !fits(randomness)) return 'sealed-malformed';
    return this.whyNotSealed(round, deputy, ballot);
  }

  whyNotSealed({ sealed, ballots }, deputy, ballot) {
    const header = ballot.length > longest(sealed.election) ? null : headerOf(ballot);
    if (!header) return 'sealed-malformed';
    const { uuid, hash } = sealed.election;
    if (header.uuid !== uuid || header.hash !== hash) return 'sealed-for-another-vote';
    const counted = ballots.get(deputy);
    const locked = counted && headerOf(counted.choice.ballot).credential;
    if (locked && locked !== header.credential) return 'voted-elsewhere';
    if (!locked && this.credentials.get(deputy) !== header.credential) return 'wrong-credential';
    const before = header.alphas.map((alpha) => sealed.used.get(`${deputy} ${alpha}`));
    if (before.includes('audits')) return 'opened-for-audit';
    return before.includes('cast') ? 'sealed-copied' : null;
  }

  enter({ says, digest }, { seq }) {
    if (says.typ === 'connect') {
      this.connections.set(says.terminal, says.n);
      return;
    }
    this.ids.set(says.id, { digest, terminal: says.terminal, seq });
    const { typ, deputy: who } = says;
    const round = this.rounds.get(says.round);
    if (typ === 'ballot') {
      round.ballots.set(who, { ...says, seq });
      if (round.sealed) this.use(round.sealed, 'cast', who, says.choice.ballot);
      round.sealed?.ballots.push({ ...says, seq });
    } else if (typ === 'audit') {
      this.use(round.sealed, 'audits', who, says.ballot);
    } else if (typ === 'credential') {
      this.credentials.set(who, says.credential);
      this.owners.set(says.credential, who);
    } else {
      const { deputy, kind } = this.cards.get(says.card);
      if (kind === 'ntag424') this.counters.set(says.card, tapOf(says.proof).counter);
      this.seat(deputy, says.terminal);
    }
  }

  use(sealed, as, deputy, ballot) {
    for (const alpha of headerOf(ballot).alphas) sealed.used.set(`${deputy} ${alpha}`, as);
    sealed[as].set(deputy, 1 + (sealed[as].get(deputy) ?? 0));
  }

  seat(deputy, terminal) {
    if (this.present.get(deputy) === terminal) return;
    this.present.delete(deputy);
    this.present.set(deputy, terminal);
    this.left.delete(deputy);
  }

  unseat(deputy) {
    this.byHand.delete(deputy);
    return this.present.delete(deputy);
  }

  unsettled() {
    return this.inHand?.phase === 'open' || this.inHand?.phase === 'closed';
  }

  roundsOf(motion) {
    return [...this.rounds.values()].filter((round) => round.motion.id === motion);
  }

  act(says, row) {
    const isCheckpoint = this.checkpointBehind();
    switch (says.typ) {
      case 'begun':
        break;
      case 'started':
        if (this.boot !== null && this.boot !== says.boot && this.inHand?.phase === 'open')
          if (this.inHand.deadline !== null && this.inHand.hold === null)
            this.inHand.deadline += row.time - this.head.time;
        this.boot = says.boot;
        break;
      case 'staff-set':
        this.staff = new Map(says.staff.map((person) => [person.id, person]));
        this.rights = says.rights;
        break;
      case 'signed-in':
      case 'signed-out':
      case 'password-chosen':
      case 'authenticator-set':
      case 'sessions-ended':
        break;
      case 'sign-ins-failed':
        for (const { person } of says.counts)
          must(person === null || this.staff.has(person), 'a stranger, named');
        break;
      case 'code-given': {
        const person = this.staff.get(says.person);
        must(person, 'a code for nobody on the staff');
        must(says.by.role !== 'hall' || person.roles.includes('administrator'), 'a code that nobody gave');
        break;
      }
      case 'terminals-told': {
        const { act, terminal = null, on } = says.order;
        must(terminal === null || this.terminals.has(terminal), 'what is told to no terminal');
        const isBusy = act === 'update' || (act === 'self-test' && on);
        must(!isBusy || this.inHand?.phase !== 'open', 'seats kept busy while a vote is open');
        break;
      }
      case 'files-read':
        break;
      case 'exported':
        must(this.inHand?.phase !== 'open', 'a bundle taken away while a vote is open');
        break;
      case 'rules-set':
        this.seating = says.seating;
        this.accept = says.cards ?? ['uid'];
        break;
      case 'roll-set':
        must(this.inHand?.phase !== 'open', 'the roll changed in a vote');
        this.roll = new Map(says.deputies.map((deputy) => [deputy.id, deputy]));
        for (const { id, cards } of says.deputies)
          for (const card of cards)
            if (this.cards.get(card)?.deputy !== id)
              this.cards.set(card, {
                deputy: id,
                status: 'active',
                kind: this.cards.get(card)?.kind ?? 'uid',
              });
        for (const id of this.present.keys()) if (!this.roll.has(id)) this.unseat(id);
        break;
      case 'list-set':
        this.lists.set(sha256(says.text), { text: says.text, ...readList(says.text) });
        break;
      case 'agenda-set':
        for (const motion of says.motions) {
          if (motion.list === undefined) continue;
          must(this.lists.has(motion.list), 'a motion names a list that is not there');
          mustBeOfList(motion, this.lists.get(motion.list));
        }
        for (const motion of this.motions)
          must(
            this.roundsOf(motion.id).every((round) => round.rehearsal) ||
              says.motions.some((other) => equal(other, motion)),
            'a motion changed after its vote',
          );
        this.motions = says.motions;
        break;
      case 'terminals-enrolled': {
        for (const { terminal, seat, key } of says.terminals) {
          publicKey(key);
          const clash = [...this.terminals].some(
            ([id, t]) => id === terminal || t.seat === seat || t.key === key,
          );
          must(!clash, 'a terminal, seat or key is enrolled twice');
          this.terminals.set(terminal, { seat, key });
          this.enrolments.push({ terminal, seat, key, from: row.seq, until: null });
        }
        break;
      }
      case 'terminals-removed':
        for (const terminal of says.terminals) {
          must(this.terminals.delete(terminal), 'no such terminal');
          const enrolled = (each) => each.terminal === terminal && each.until === null;
          this.enrolments.find(enrolled).until = row.seq;
          const deputy = this.at(terminal);
          if (deputy !== undefined) this.present.set(deputy, null);
        }
        break;
      case 'cards-registered':
        for (const { card, counter, deputy, kind, status } of says.cards) {
          this.cards.set(card, { deputy, kind, status });
          this.counters.set(card, Math.max(counter, this.counters.get(card) ?? 0));
        }
        break;
      case 'card-issued':
        must(this.roll.has(says.deputy) && !this.cards.has(says.card), 'a card that cannot be issued');
        this.cards.set(says.card, { deputy: says.deputy, status: 'active', kind: 'uid' });
        break;
      case 'card-marked':
        must(this.cards.has(says.card), 'an unknown card');
        this.cards.get(says.card).status = says.status;
        break;
      case 'checked-in-by-hand': {
        const deputy = this.roll.get(says.deputy);
        must(deputy && !this.present.has(deputy.id), 'who cannot be checked in');
        const own = [...this.terminals].find(([, { seat }]) => seat === deputy.seat)?.[0] ?? null;
        this.seat(deputy.id, own !== null && this.at(own) === undefined ? own : null);
        this.byHand.add(deputy.id);
        break;
      }
      case 'left':
        must(this.unseat(says.deputy), 'who is not present cannot leave');
        this.left.add(says.deputy);
        break;
      case 'opened':
        this.open(says, row, isCheckpoint);
        break;
      case 'closed':
        this.close(says, row, isCheckpoint);
        break;
      case 'held':
      case 'resumed':
      case 'extended':
        this.time(says, row.time);
        break;
      case 'secrecy-set':
        must(!this.needsKey(), 'who holds the key cannot change now');
        for (const { id, name } of says.secrecy?.scrutineers ?? [])
          this.mustBeStaff({ id, name, role: 'scrutineer' });
        this.secrecy = says.secrecy;
        this.beginCeremony();
        break;
      case 'ceremony-restarted':
        must(this.secrecy?.holder === 'scrutineers' && !this.needsKey(), 'no key to make anew');
        this.beginCeremony();
        break;
      case 'ceremony-step':
        this.contribute(says);
        break;
      case 'election-key-set':
        must(this.secrecy?.holder === 'coordinator' && !this.electionKey, 'a key that cannot be set');
        this.electionKey = singleTrustee(says.trustees);
        break;
      case 'ballot-rejected':
        this.reject(says);
        break;
      case 'tallied':
        this.tallied(says);
        this.due = [isCheckpoint];
        break;
      case 'share':
        this.share(says, isCheckpoint);
        break;
      case 'result-signed':
        this.signed(says);
        break;
      case 'announced': {
        const round = this.rounds.get(says.round);
        must(round?.phase === 'closed' && round.result, 'what is not decided cannot be announced');
        round.phase = 'announced';
        break;
      }
      case 'voided': {
        const round = this.rounds.get(says.round);
        must(round && round.phase !== 'voided', 'what cannot be voided');
        if (round.phase === 'open') this.mustHold(round);
        round.phase = 'voided';
        round.reason = says.reason;
        this.due = [isCheckpoint];
        break;
      }
      case 'cleared':
        must(!this.unsettled(), 'a vote is not settled');
        this.inHand = null;
        break;
      case 'motion-added':
        this.addMotion(says.motion);
        break;
      case 'entered-by-hand':
        this.enterByHand(says, row);
        break;
      case 'refused':
        this.refused(says, row);
        break;
      case 'refusals-counted':
        break;
      case 'checkpoint':
        must(this.isCheckpoint(says, this.head), 'a checkpoint of another ledger');
        break;
      default:
        throw new Wrong(`a ${says.typ} does not stand here`);
    }
  }

  isCheckpoint({ typ, at, hash, time }, head) {
    if (typ !== 'checkpoint' || at !== head.seq || hash !== head.hash || time !== head.time) return false;
    this.checkpoint = hash;
    return true;
  }

  /** The check that the next row is a checkpoint of the row before it, which is the head by then. */
  checkpointBehind() {
    return (says) => this.isCheckpoint(says, this.head);
  }

  isResult(round, result) {
    return ({ typ, round: id, result: stored }) => {
      must(typ === 'result' && id === round.id && same(stored, result), `the result of ${round.id} is wrong`);
      round.stored = stored;
      return true;
    };
  }

  mayVote(says, rehearsal) {
    must(!this.unsettled(), 'the vote before is not settled');
    const { motion, round } = says;
    must(
      this.motions.some((known) => equal(known, motion)),
      'a motion that is not on the agenda',
    );
    const before = this.roundsOf(motion.id).filter((other) => other.rehearsal === rehearsal);
    must(round === `${motion.id}/${rehearsal ? 't' : ''}${before.length + 1}`, 'a wrong round');
    must(says.roll === this.roll.size, 'a wrong roll');
    if (rehearsal) return;
    must(!before.some(({ phase }) => phase === 'announced'), 'the motion was decided before');
    must(hasQuorum(this.present.size, this.roll.size, motion.quorum), 'no quorum');
  }

  add(round) {
    this.rounds.set(round.id, round);
    this.inHand = round;
  }

  open(says, row, isCheckpoint) {
    const { round: id, rehearsal, motion, present, roll } = says;
    this.mayVote(says, rehearsal);
    const isSecret = motion.voting === 'secret';
    const key = this.electionKey;
    must(!isSecret || key, 'no key to seal ballots with');
    const seal = isSecret ? { uuid: uuidOf(row.prev, id), key: key.key } : undefined;
    must(same(says.election, seal), 'another election');
    must(same(present, [...this.present.keys()]), 'the wrong deputies are present');
    const deadline = motion.seconds === null ? null : row.time + 1000 * motion.seconds;
    const rest = {
      ...{ opening: row.hash, eligible: present, ballots: new Map() },
      ...{ phase: 'open', hold: null, result: null, wentOn: null, holds: [], extensions: [] },
    };
    const told = { names: this.roll, byHand: false, reason: null };
    const sealed = seal && {
      election: electionOf(seal.uuid, seal.key, this.begun.title, motion),
      ...{ key, used: new Map(), cast: new Map(), audits: new Map(), ballots: [], openedAt: row.time },
      ...{ credentials: null, tally: null, shares: [], counts: null, signed: new Set() },
    };
    this.add({ id, motion, rehearsal, roll, deadline, sealed, ...rest, ...told });
    this.due = [isCheckpoint];
  }

  /** Whether ballots were sealed that still need the key there is. */
  needsKey() {
    return this.unsettled() && this.inHand.sealed && !this.inHand.result;
  }

  beginCeremony() {
    this.electionKey = null;
    this.ceremony = this.secrecy?.holder === 'scrutineers' ? new Ceremony(this.secrecy) : null;
  }

  contribute({ by, owner, step, text }) {
    this.mustOwn({ by, owner });
    must(this.ceremony && !this.electionKey, 'no key is being made');
    const trustees = this.ceremony.take(owner, step, text);
    if (trustees === null) return;
    this.due = [
      ({ typ, trustees: stored }) => {
        this.electionKey = pedersenTrustees(trustees);
        return typ === 'election-key-set' && stored === trustees;
      },
    ];
  }

  mustHold({ sealed }) {
    for (const { seq, choice } of sealed?.ballots ?? [])
      must(whyNot(sealed.election, choice.ballot) === null, `the ballot of entry ${seq} does not hold`);
  }

  reject({ round: id, ballot: seq, reason }) {
    const round = this.rounds.get(id);
    const found = round?.sealed?.ballots.find((ballot) => ballot.seq === seq);
    must(round?.phase === 'open' && found, 'what is rejected is no ballot of an open vote');
    must(whyNot(round.sealed.election, found.choice.ballot) === reason, 'rejected for no such reason');
    round.sealed.ballots = round.sealed.ballots.filter((ballot) => ballot !== found);
    for (const entered of this.ids.values()) if (entered.seq === seq) entered.rejected = reason;
    const last = round.sealed.ballots.findLast(({ deputy }) => deputy === found.deputy);
    if (last) round.ballots.set(found.deputy, last);
    else round.ballots.delete(found.deputy);
  }

  closedSecret(id) {
    const round = this.rounds.get(id);
    must(round?.phase === 'closed' && round.sealed && !round.result, 'no closed secret vote');
    return round;
  }

  tallied({ round: id, ballots, tally }) {
    const round = this.closedSecret(id);
    const { sealed } = round;
    must(!sealed.tally && ballots === round.ballots.size, 'a sum that does not belong here');
    const counted = [...round.ballots.values()].map(({ choice }) => choice.ballot);
    must(tally === sumOf(sealed.election, counted), 'not the sum of the ballots');
    sealed.tally = { text: tally, ballots };
  }

  share({ by, round: id, owner, share }, isCheckpoint) {
    const round = this.closedSecret(id);
    const { election, key, tally, shares } = round.sealed;
    must((key.threshold === null) === (by.role === 'hall'), 'a share by somebody else');
    if (by.role !== 'hall') this.mustOwn({ by, owner });
    const own = key.verificationKeys[owner - 1];
    must(tally && own && !shares.some((other) => other.owner === owner), 'a share nobody needs');
    shares.push({ owner, text: share, factors: factorsOf(election, own, tally.text, share) });
    if (shares.length < (key.threshold ?? 1)) return;
    const parts = shares.map(({ owner: number, factors }) => [number, factors]);
    round.sealed.counts = decrypt(tally.text, parts, key.threshold, tally.ballots);
    const { motion, roll, eligible, ballots } = round;
    const counted = tallyOfCounts(motion, round.sealed.counts);
    round.result = resultOf(motion, counted, roll, eligible.length, ballots.size, 'terminals');
    this.due = [this.isResult(round, round.result), isCheckpoint];
  }

  signed({ by, round: id, owner, signature }) {
    this.mustOwn({ by, owner });
    const round = this.rounds.get(id);
    must(round?.sealed && round.result && round.phase !== 'voided', 'no result to sign');
    const key = round.sealed.key.signingKeys[owner - 1];
    must(key && !round.sealed.signed.has(owner), 'who cannot sign');
    must(same(readProof(signature), signature), 'a signature in another spelling');
    const hash = sha256(JSON.stringify(round.stored));
    const words = `hallvote-result|${this.begun.sitting}|${id}|${round.opening}|${hash}`;
    must(signs(key, words, signature), 'a result that was not signed');
    round.sealed.signed.add(owner);
  }

  /** Hold, resume and extend. */
  time({ typ, round: id, seconds, reason }, now) {
    const round = this.rounds.get(id);
    must(round?.phase === 'open' && !this.isTimeUp(round, now), `nothing open that can be ${typ}`);
    if (typ === 'held') {
      must(round.hold === null, 'held while held');
      round.hold = now;
      round.holds.push({ from: now, until: null, reason });
    } else if (typ === 'resumed') {
      must(round.hold !== null, 'resumed without a hold');
      if (round.deadline !== null) round.deadline = now + Math.max(round.deadline - round.hold, 5000);
      round.hold = null;
      round.wentOn = now;
      round.holds.at(-1).until = now;
    } else {
      must(round.deadline !== null, 'extended, though nothing ends it but the chair');
      round.deadline += 1000 * seconds;
      round.extensions.push({ time: now, seconds });
    }
  }

  close(says, row, isCheckpoint) {
    const round = this.rounds.get(says.round);
    must(round?.phase === 'open', 'what is not open cannot close');
    must(round.hold === null, 'closed while held');
    const inTime = says.by.role !== 'clock' || this.isTimeUp(round, row.time);
    must(inTime, 'closed before its time');
    const kept = says.by.role !== 'clock' && round.wentOn !== null && row.time < round.wentOn + 5000;
    must(!kept, 'closed before what seats kept could come');
    const cast = round.ballots.size;
    must(says.present === this.present.size && says.cast === cast, 'wrong counts at the close');
    const { motion, roll, eligible, sealed } = round;
    round.phase = 'closed';
    this.mustHold(round);
    if (sealed)
      sealed.credentials = eligible
        .flatMap((id) => {
          const counted = round.ballots.get(id);
          return (counted ? headerOf(counted.choice.ballot).credential : this.credentials.get(id)) ?? [];
        })
        .sort();
    if (sealed && cast > 0) {
      this.due = [isCheckpoint];
      return;
    }
    const choices = [...round.ballots.values()].map(({ choice }) => choice);
    round.result = resultOf(motion, tallyOf(motion, choices), roll, eligible.length, cast, 'terminals');
    this.due = [isCheckpoint, this.isResult(round, round.result), isCheckpoint];
  }

  enterByHand(says, row) {
    this.mayVote(says, false);
    const { round: id, motion, present, roll, cast, tally } = says;
    must(
      present === this.present.size && cast <= present && tallyFits(motion, tally, cast),
      'counts that do not fit',
    );
    const result = resultOf(motion, tally, roll, present, cast, 'by-hand');
    const rest = {
      opening: row.hash,
      eligible: [],
      ballots: new Map(),
      deadline: null,
      holds: [],
      extensions: [],
    };
    const told = { names: this.roll, byHand: true, reason: says.reason };
    const round = { id, motion, rehearsal: false, roll, phase: 'closed', result, ...rest, ...told };
    this.add(round);
    this.due = [this.isResult(round, result), this.checkpointBehind()];
  }

  addMotion(motion) {
    const round = this.rounds.get(motion.follows);
    must(round?.phase === 'announced' && !round.rehearsal, 'a motion that follows nothing');
    must(!this.motions.some(({ follows }) => follows === round.id), 'the round was followed before');
    must(
      equal(motion, followUp(round, this.roundsOf(round.motion.id).length, this.motions)),
      'not the motion the rules make',
    );
    const after = this.motions.findIndex(({ id }) => id === round.motion.id);
    this.motions = [...this.motions.slice(0, after + 1), motion, ...this.motions.slice(after + 1)];
  }

  refused({ reason, terminal: sender, message }, row) {
    const bytes = Buffer.from(message, 'base64url');
    const most = mostKept(sender);
    if (BELIEVED.includes(reason) || bytes.length >= most) return;
    const text = bytes.toString('latin1');
    const jws = messageIn(text);
    if (!jws) return;
    must(!UNREADABLE.includes(reason), 'refused as unreadable, though it can be read');
    const terminal = this.terminals.get(jws.says.terminal);
    if (reason === 'wrong-signature') {
      must(!terminal || !jws.holds(terminal.key), 'refused though well signed');
      return;
    }
    const why = this.whyRefused({ ...jws, digest: sha256(text) }, row.time);
    if (reason === 'wrong-card-proof' && why === null && this.cards.get(jws.says.card)?.kind === 'ntag424')
      return;
    if (reason === 'not-enrolled' || reason === 'wrong-key')
      must(why !== null && why !== 'again', 'refused against the rules');
    else must(why === reason, `refused as ${reason}, not as ${why}`);
  }
}

/** The message that a text is, of those that are judged; null where it is none. */
function messageIn(text) {
  try {
    const jws = parseJws(text);
    const { typ } = jws.says;
    return typ !== 'connect' && Object.hasOwn(MESSAGES, typ) && MESSAGES[typ](jws.says) ? jws : null;
  } catch {
    return null;
  }
}

// ---- The bundle -------------------------------------------------------------------------------------------------

export function verify(bytes, expectedKid) {
  const files = unpack(bytes);
  const text = utf8(files.get('ledger.jsonl'));
  must(text.endsWith('\n'), 'the ledger is cut');
  const replay = new Replay();
  for (const line of text.slice(0, -1).split('\n')) {
    try {
      replay.row(line);
    } catch (error) {
      throw new Wrong(`entry ${replay.head.seq + 1}: ${error.message}`);
    }
  }
  must(replay.due.length === 0 && replay.inHand?.phase !== 'open', 'the ledger ends too early');
  const { says: manifest, holds, isCanonical } = parseJws(files.get('manifest.jws').toString('latin1'));
  must(MANIFEST(manifest), 'no manifest');
  must(isCanonical && holds(replay.begun.key), 'the manifest is not signed');
  must(
    manifest.sitting === replay.begun.sitting &&
      manifest.entries === replay.head.seq &&
      manifest.head === replay.head.hash,
    'the manifest is of another ledger',
  );
  const names = [...files.keys()];
  const made = filesOf(replay);
  must(
    same(
      names.slice(FILES.length),
      made.map(([name]) => name).filter((name) => MORE.test(name)),
    ),
    'other lists or elections',
  );
  for (const [name, content] of made)
    must(content.equals(files.get(name)), `${name} is not what was recorded`);
  const hashes = names.slice(1).map((name) => [name, sha256(files.get(name))]);
  must(same(manifest.files, Object.fromEntries(hashes)), 'a file is not the one in the manifest');
  const kid = thumbprint(replay.begun.key);
  // A whole thumbprint, or the fingerprint people compare.
  const expected = expectedKid?.replaceAll(/\s/g, '');
  must(expected === undefined || [kid, kid.slice(0, 16)].includes(expected), 'another coordinator');
  const rounds = [...replay.rounds.values()].map(({ id, phase, result }) => ({ round: id, phase, result }));
  return { kid, entries: replay.head.seq, checkpoint: replay.checkpoint, rounds };
}

if (process.argv[1] === new URL(import.meta.url).pathname) {
  try {
    console.log(JSON.stringify(verify(readFileSync(process.argv[2]), process.argv[3])));
  } catch (error) {
    console.error(`WRONG: ${error.message}`);
    process.exitCode = 1;
  }
}
