/**
 * A verifier of bundles written from `ledger.md` and `bundle.md` alone, with nothing of this project and nothing but
 * what Node brings: the proof that the two pages suffice. `node test/independent-verifier.mjs <bundle> [thumbprint]`
 * prints the recounted results as JSON and exits 0, or names the first thing wrong and exits 1.
 */
import { createHash, createPublicKey, verify as verifySignature } from 'node:crypto';
import { readFileSync } from 'node:fs';

const FILES = [
  'manifest.jws',
  'ledger.jsonl',
  'keys.json',
  'roll.csv',
  'motions.json',
  'results.json',
  'votes.csv',
  'report.html',
];

class Wrong extends Error {}
const must = (holds, what) => {
  if (!holds) throw new Wrong(what);
};
const same = (a, b) => JSON.stringify(a) === JSON.stringify(b);
const sha256 = (data, encoding = 'hex') => createHash('sha256').update(data).digest(encoding);

// ---- Archive -------------------------------------------------------------------------------------------

const CRC_TABLE = Uint32Array.from({ length: 256 }, (_, n) => {
  let crc = n;
  for (let bit = 0; bit < 8; bit += 1) crc = (crc >>> 1) ^ (crc & 1 ? 0xedb88320 : 0);
  return crc;
});

function crc32(bytes) {
  let crc = ~0;
  for (const byte of bytes) crc = (crc >>> 8) ^ CRC_TABLE[(crc ^ byte) & 0xff];
  return ~crc >>> 0;
}

/** Numbers as [value, bytes] pairs, little-endian. */
function numbers(...pairs) {
  const out = Buffer.alloc(pairs.reduce((sum, [, size]) => sum + size, 0));
  let at = 0;
  for (const [value, size] of pairs) {
    out.writeUIntLE(value, at, size);
    at += size;
  }
  return out;
}

function archive(files) {
  const parts = [];
  const directory = [];
  let offset = 0;
  for (const name of FILES) {
    const content = files.get(name);
    const stamps = [
      [0, 2],
      [0, 2],
      [0, 2],
      [0x21, 2],
    ];
    const sizes = [
      [crc32(content), 4],
      [content.length, 4],
      [content.length, 4],
      [name.length, 2],
    ];
    const head = numbers([0x04034b50, 4], [20, 2], ...stamps, ...sizes, [0, 2]);
    const rest = [
      [0, 2],
      [0, 2],
      [0, 2],
      [0, 2],
      [0, 4],
      [offset, 4],
    ];
    directory.push(
      numbers([0x02014b50, 4], [20, 2], [20, 2], ...stamps, ...sizes, ...rest),
      Buffer.from(name),
    );
    parts.push(head, Buffer.from(name), content);
    offset += head.length + name.length + content.length;
  }
  const size = directory.reduce((sum, part) => sum + part.length, 0);
  const end = numbers([0x06054b50, 4], [0, 2], [0, 2], [8, 2], [8, 2], [size, 4], [offset, 4], [0, 2]);
  return Buffer.concat([...parts, ...directory, end]);
}

function unpack(bytes) {
  const files = new Map();
  let at = 0;
  for (const name of FILES) {
    must(at + 30 + name.length <= bytes.length, 'the archive is too short');
    const start = at + 30 + name.length;
    at = start + bytes.readUInt32LE(at + 18);
    must(at <= bytes.length, 'the archive is too short');
    files.set(name, bytes.subarray(start, at));
  }
  must(archive(files).equals(bytes), 'the archive is not the one its files make');
  return files;
}

// ---- Signatures ------------------------------------------------------------------------------------------

const thumbprint = (x) => sha256(`{"crv":"Ed25519","kty":"OKP","x":"${x}"}`, 'base64url');

/** y of the points of order 1, 2, 4 and 8; a canonical y is below p. */
const P = 2n ** 255n - 19n;
const SMALL = [
  0n,
  1n,
  P - 1n,
  BigInt('0x05fc536d880238b13933c6d305acdfd5f098eff289f4c345b027b2c28f95e826'),
  BigInt('0x7a03ac9277fdc74ec6cc392cfa53202a0f67100d760b3cba4fd83d3d706a17c7'),
];

const keys = new Map();
function publicKey(x) {
  if (!keys.has(x)) {
    const bytes = Buffer.from(x, 'base64url');
    must(bytes.length === 32 && bytes.toString('base64url') === x, `bad key ${x}`);
    const y = BigInt(`0x${Buffer.from(bytes).reverse().toString('hex')}`) & (2n ** 255n - 1n);
    must(y < P && !SMALL.includes(y), `bad key ${x}`);
    keys.set(x, createPublicKey({ key: { kty: 'OKP', crv: 'Ed25519', x }, format: 'jwk' }));
  }
  return keys.get(x);
}

function decode(part) {
  const bytes = Buffer.from(part, 'base64url');
  must(bytes.toString('base64url') === part, 'base64url that is not canonical');
  return bytes;
}

const utf8 = (bytes) => new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);

function parseJws(text) {
  const parts = text.split('.');
  must(parts.length === 3, 'no JWS');
  const [header, payload, signature] = parts.map(decode);
  const { alg, kid, typ, ...others } = JSON.parse(utf8(header));
  must(alg === 'EdDSA' && typ === 'hallvote' && Object.keys(others).length === 0, 'a bad JWS header');
  const says = JSON.parse(utf8(payload));
  must(says.v === 1, 'an unknown version');
  const holds = (x) =>
    kid === thumbprint(x) &&
    verifySignature(null, Buffer.from(`${parts[0]}.${parts[1]}`), publicKey(x), signature);
  return { says, holds, isCanonical: JSON.stringify(says) === utf8(payload) };
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

function outcomeOf(motion, tally, basis) {
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
  const basisCount = { roll, present, cast }[motion.basis];
  return {
    source,
    roll,
    present,
    cast,
    notPressed: present - cast,
    basis: motion.basis,
    basisCount,
    threshold: motion.threshold,
    tally,
    outcome: outcomeOf(motion, tally, basisCount),
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
  return (
    same(ids(tally.items), ids(motion.items)) &&
    tally.items.every(
      (item) =>
        item.satisfied + item.basic + item.dissatisfied + item['dont-know'] <= cast &&
        (motion.dontKnow || item['dont-know'] === 0),
    )
  );
}

function isValid(motion, choice) {
  if (choice.kind !== motion.kind || !same(Object.keys(choice).sort(), CHOICES[choice.kind])) return false;
  const distinct = (ids, known) =>
    new Set(ids).size === ids.length && ids.every((id) => known.some((item) => item.id === id));
  if (choice.kind === 'decision') return ['for', 'against', 'abstain'].includes(choice.option);
  if (choice.kind === 'selection')
    return choice.chosen.length <= motion.places && distinct(choice.chosen, motion.candidates);
  const offered = ['satisfied', 'basic', 'dissatisfied', ...(motion.dontKnow ? ['dont-know'] : [])];
  const items = choice.grades.map(({ item }) => item);
  const isGrade = ({ item, grade, ...others }) =>
    item !== undefined && offered.includes(grade) && Object.keys(others).length === 0;
  return distinct(items, motion.items) && choice.grades.every(isGrade);
}

function followUp(round, n) {
  const { motion, result } = round;
  if (motion.kind !== 'selection' || !result) return null;
  const { order, runoffPlaces, openPlaces } = result.outcome;
  const having = (standing) =>
    motion.candidates.filter(({ id }) => order.some((o) => o.id === id && o.standing === standing));
  const make = (mark, zh, en, changes) => {
    const id = `${motion.id}-${mark}${n}`;
    return {
      ...motion,
      id: id.length <= 64 ? id : `${motion.id.slice(0, 40)}-${mark}${n}`,
      title: { zh: motion.title.zh + zh, en: (motion.title.en ?? motion.title.zh) + en },
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

/** The members of a terminal's message, sorted. */
const MESSAGES = {
  connect: ['coordinator', 'hall', 'key', 'n', 'terminal', 'typ', 'v'],
  'check-in': ['card', 'hall', 'id', 'sitting', 'terminal', 'typ', 'v'],
  ballot: ['choice', 'deputy', 'hall', 'id', 'opening', 'press', 'round', 'sitting', 'terminal', 'typ', 'v'],
};

/** Members that may be left out: the last of their entry. */
const OPTIONAL = { 'check-in': 'proof', 'rules-set': 'cards' };
const without = (members, optional) => members.filter((member) => member !== optional);

/** What the message of a card with a key of its own says: UID and counter. */
function tapOf(proof) {
  const [, uid, counter] =
    /^https:\/\/[^\s?#]+\?u=([0-9A-F]{14})&n=([0-9A-F]{6})&m=[0-9A-F]{16}$/.exec(proof) ?? [];
  return { uid, counter: Number.parseInt(counter, 16) };
}

/** The members of the coordinator's entries, in order, behind `typ`, `v`, `sitting`, `seq`. */
const OWN = {
  begun: ['hall', 'name', 'congress', 'title', 'date', 'key'],
  started: ['boot', 'mono', 'version'],
  'rules-set': ['seating', 'quorum'],
  'roll-set': ['deputies'],
  'agenda-set': ['motions'],
  'terminals-enrolled': ['by', 'terminals'],
  'terminals-removed': ['by', 'terminals'],
  'cards-registered': ['cards'],
  'card-issued': ['deputy', 'card'],
  'card-marked': ['card', 'status'],
  'checked-in-by-hand': ['deputy', 'reason'],
  left: ['deputy', 'reason'],
  opened: ['round', 'rehearsal', 'motion', 'present', 'roll'],
  closed: ['round', 'by', 'present', 'cast'],
  result: ['round', 'result'],
  announced: ['round'],
  voided: ['round', 'reason'],
  cleared: [],
  'motion-added': ['motion'],
  'entered-by-hand': ['round', 'motion', 'present', 'roll', 'cast', 'tally', 'reason'],
  refused: ['reason', 'terminal', 'message'],
  checkpoint: ['at', 'hash', 'time'],
};

/** The members of a choice, sorted. */
const CHOICES = {
  decision: ['kind', 'option'],
  selection: ['chosen', 'kind'],
  appraisal: ['grades', 'kind'],
};

const LAST_TIME = 253402300799999;

const UNJUDGED = [
  'malformed',
  'oversized',
  'unknown-version',
  'wrong-key',
  'not-enrolled',
  'another-terminal',
  'not-allowed',
  'too-many',
];

class Replay {
  begun = null;
  boot = null;
  seating = 'fixed';
  roll = new Map();
  cards = new Map();
  accept = ['uid'];
  counters = new Map();
  terminals = new Map();
  connections = new Map();
  present = new Map();
  motions = [];
  rounds = new Map();
  inHand = null;
  ids = new Set();
  checkpoint = null;
  head = { seq: 0, hash: '0'.repeat(64), time: 0 };
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
    const { says, holds, isCanonical } = parseJws(body);
    must(says.typ === type, 'the type is not that of the body');
    if (Object.hasOwn(MESSAGES, type)) {
      const members = without(Object.keys(says), OPTIONAL[type]).sort();
      must(same(members, MESSAGES[type]), 'a message with other members');
      must(this.due.length === 0, 'a message inside an act');
      const terminal = this.terminals.get(says.terminal);
      must(body.length <= 16384 && terminal && holds(terminal.key), 'not signed by an enrolled terminal');
      must(this.accepts(says, time), 'the rules refuse it');
      this.enter(says, row);
    } else {
      if (seq === 1) this.begun = says;
      must((type === 'begun') === (seq === 1), 'a sitting begins once, and first');
      must(isCanonical && holds(this.begun.key), 'not signed by the coordinator');
      must(Object.hasOwn(OWN, type), 'an unknown entry');
      const members = ['typ', 'v', 'sitting', 'seq', ...OWN[type]];
      if (Object.hasOwn(says, OPTIONAL[type])) members.push(OPTIONAL[type]);
      must(same(Object.keys(says), members), 'an entry with other members');
      must(says.seq === seq && says.sitting === this.begun.sitting, 'signed for another place');
      const due = this.due.shift();
      if (due) must(due(says), `another entry belongs here than this ${type}`);
      else this.act(says, row);
    }
    this.head = { seq, hash, time };
  }

  at(terminal) {
    return [...this.present].find(([, where]) => where === terminal)?.[0];
  }

  accepts(says, time) {
    if (says.hall !== this.begun.hall) return false;
    if (says.typ === 'connect')
      return (
        says.coordinator === thumbprint(this.begun.key) && says.n > (this.connections.get(says.terminal) ?? 0)
      );
    if (says.sitting !== this.begun.sitting || this.ids.has(says.id)) return false;
    if (!/^[A-Za-z0-9_-]{22}$/.test(says.id)) return false;
    const seated = this.at(says.terminal);
    if (says.typ === 'check-in') {
      const card = this.cards.get(says.card);
      const deputy = card && this.roll.get(card.deputy);
      if (!deputy || card.status !== 'active' || !this.accept.includes(card.kind)) return false;
      if (says.proof !== undefined && !/^.{1,300}$/su.test(says.proof)) return false;
      const tap = tapOf(says.proof);
      const isFresh = tap.uid === says.card && tap.counter > (this.counters.get(says.card) ?? 0);
      if (card.kind === 'ntag424' && !isFresh) return false;
      if (this.seating === 'fixed' && this.terminals.get(says.terminal).seat !== deputy.seat) return false;
      const where = this.present.get(deputy.id) ?? says.terminal;
      return (seated === undefined || seated === deputy.id) && where === says.terminal;
    }
    const round = this.rounds.get(says.round);
    if (seated === undefined || seated !== says.deputy || round?.opening !== says.opening) return false;
    if (round.phase !== 'open' || (round.deadline !== null && time >= round.deadline)) return false;
    if (!round.eligible.includes(says.deputy)) return false;
    if (!Number.isSafeInteger(says.press) || says.press < 1) return false;
    const before = round.ballots.get(says.deputy);
    if (before && round.motion.press === 'first') return false;
    if (before?.terminal === says.terminal && says.press <= before.press) return false;
    return isValid(round.motion, says.choice);
  }

  enter(says) {
    if (says.typ === 'connect') {
      this.connections.set(says.terminal, says.n);
      return;
    }
    this.ids.add(says.id);
    if (says.typ === 'ballot') this.rounds.get(says.round).ballots.set(says.deputy, says);
    else {
      const { deputy, kind } = this.cards.get(says.card);
      if (kind === 'ntag424') this.counters.set(says.card, tapOf(says.proof).counter);
      this.seat(deputy, says.terminal);
    }
  }

  seat(deputy, terminal) {
    if (this.present.get(deputy) === terminal) return;
    this.present.delete(deputy);
    this.present.set(deputy, terminal);
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
          if (this.inHand.deadline !== null) this.inHand.deadline += row.time - this.head.time;
        this.boot = says.boot;
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
        for (const id of this.present.keys()) if (!this.roll.has(id)) this.present.delete(id);
        break;
      case 'agenda-set':
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
        }
        break;
      }
      case 'terminals-removed':
        for (const terminal of says.terminals) {
          must(this.terminals.delete(terminal), 'no such terminal');
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
        break;
      }
      case 'left':
        must(this.present.delete(says.deputy), 'who is not present cannot leave');
        break;
      case 'opened':
        this.open(says, row, isCheckpoint);
        break;
      case 'closed':
        this.close(says, row, isCheckpoint);
        break;
      case 'announced':
        must(this.rounds.get(says.round)?.phase === 'closed', 'what is not closed cannot be announced');
        this.rounds.get(says.round).phase = 'announced';
        break;
      case 'voided': {
        const round = this.rounds.get(says.round);
        must(round && round.phase !== 'voided', 'what cannot be voided');
        round.phase = 'voided';
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
      must(
        typ === 'result' && id === round.id && equal(stored, result),
        `the result of ${round.id} is wrong`,
      );
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
    must(motion.voting === 'open', 'a secret vote');
    must(same(present, [...this.present.keys()]), 'the wrong deputies are present');
    const deadline = motion.seconds === null ? null : row.time + 1000 * motion.seconds;
    const rest = { opening: row.hash, eligible: present, ballots: new Map(), phase: 'open', result: null };
    this.add({ id, motion, rehearsal, roll, deadline, ...rest });
    this.due = [isCheckpoint];
  }

  close(says, row, isCheckpoint) {
    const round = this.rounds.get(says.round);
    must(round?.phase === 'open', 'what is not open cannot close');
    const inTime = says.by === 'chair' || (round.deadline !== null && row.time >= round.deadline);
    must(inTime, 'closed before its time');
    const cast = round.ballots.size;
    must(says.present === this.present.size && says.cast === cast, 'wrong counts at the close');
    const { motion, roll, eligible } = round;
    const choices = [...round.ballots.values()].map(({ choice }) => choice);
    round.phase = 'closed';
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
    const rest = { opening: row.hash, eligible: [], ballots: new Map(), deadline: null };
    const round = { id, motion, rehearsal: false, roll, phase: 'closed', result, ...rest };
    this.add(round);
    this.due = [this.isResult(round, result), this.checkpointBehind()];
  }

  addMotion(motion) {
    const round = this.rounds.get(motion.follows);
    must(round?.phase === 'announced' && !round.rehearsal, 'a motion that follows nothing');
    must(!this.motions.some(({ follows }) => follows === round.id), 'the round was followed before');
    must(
      equal(motion, followUp(round, this.roundsOf(round.motion.id).length)),
      'not the motion the rules make',
    );
    const after = this.motions.findIndex(({ id }) => id === round.motion.id);
    this.motions = [...this.motions.slice(0, after + 1), motion, ...this.motions.slice(after + 1)];
  }

  refused({ reason, message }, row) {
    const bytes = Buffer.from(message, 'base64url');
    if (UNJUDGED.includes(reason) || bytes.length >= 2048) return;
    let jws;
    try {
      jws = parseJws(bytes.toString('latin1'));
    } catch {
      return;
    }
    const terminal = this.terminals.get(jws.says.terminal);
    if (!terminal || !['check-in', 'ballot'].includes(jws.says.typ)) return;
    if (reason === 'wrong-signature') must(!jws.holds(terminal.key), 'refused though well signed');
    else if (reason === 'wrong-card-proof' && this.cards.get(jws.says.card)?.kind === 'ntag424') return;
    else must(!this.accepts(jws.says, row.time), 'refused against the rules');
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
  must(isCanonical && manifest.typ === 'manifest' && holds(replay.begun.key), 'the manifest is not signed');
  must(
    manifest.sitting === replay.begun.sitting &&
      manifest.entries === replay.head.seq &&
      manifest.head === replay.head.hash,
    'the manifest is of another ledger',
  );
  const hashes = FILES.slice(1).map((name) => [name, sha256(files.get(name))]);
  must(same(manifest.files, Object.fromEntries(hashes)), 'a file is not the one in the manifest');
  const kid = thumbprint(replay.begun.key);
  must(expectedKid === undefined || expectedKid === kid, 'another coordinator');
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
