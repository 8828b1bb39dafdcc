import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { packArchive as packed } from '../../coordinator/bundle/export/archive.ts';
import { LedgerError, nextRow } from '../../coordinator/chronicle/row.ts';
import { Actor } from '../../coordinator/contract/person.ts';
import { replay } from '../../coordinator/sitting/chronicle.ts';
import { configure } from '../../coordinator/sitting/configure.ts';
import type { Step } from '../../coordinator/sitting/decided.ts';
import { OWN_VERSION, type OwnEntry } from '../../coordinator/sitting/entries.ts';
import { ownEntry } from '../../coordinator/sitting/own-entry.ts';
import { Motion } from '../../shared/kinds/kinds.ts';
import { toBase64url } from '../../shared/protocol/bytes.ts';
import { nodeSigner } from '../../shared/protocol/ed25519-node.ts';
import { signJws } from '../../shared/protocol/jws.ts';
import type { KeyPair } from '../../shared/protocol/keys.ts';
import type { LedgerRow } from '../../shared/protocol/ledger-hash.ts';
import type { Reason } from '../../shared/protocol/reasons.ts';
import { bundleOf, verdict } from '../support/both-verifiers.ts';
import { filesOf, withFiles, withRows } from '../support/forge.ts';
import { FOR, SAMPLE_MOTIONS, SamplePlay } from '../support/sample-ledger.ts';
import { signText } from '../support/seat-messages.ts';
import { SecretPlay } from '../support/secret-play.ts';
import { COORDINATOR, choose, SCRUTINEERS, SECRET_MOTIONS } from '../support/secret-sample.ts';
import { actor, byOf, STAFFED, usualWho } from '../support/staff.ts';

/**
 * G5 at the forms themselves: entries and messages that a dishonest coordinator, or a seat, signs in a way that the pages
 * forbid. Whatever stands behind the last honest entry is well chained and well signed.
 */

const honest = () => {
  const play = new SamplePlay(3, SAMPLE_MOTIONS.slice(0, 1), 31);
  for (const seat of play.seats) play.checkIn(seat);
  return play;
};
const base = honest().end();
const bundle = bundleOf(base);
const [first] = base.seats;
if (!first) throw new Error('there is a seat');
const end = base.rows.at(-1);
if (!end) throw new Error('there are entries');
const SITTING = 'sample-1';

/** What both verifiers find where one more entry stands at the end. */
function appended(type: string, body: string): string {
  const row = nextRow(end ?? nextRow({ seq: 0, hash: '', time: 0 }, 0, '', ''), end?.time ?? 0, type, body);
  return verdict(remade([...base.rows, row]));
}

/** The bundle of these rows with all its files; of rows that no program of ours reads, with others'. */
function remade(rows: readonly LedgerRow[]): Uint8Array {
  try {
    return bundleOf({ rows, key: base.key });
  } catch (error) {
    if (!(error instanceof LedgerError)) throw error;
    return withRows(bundle, rows, base.key);
  }
}

/** The same, of an entry of the coordinator's with these members, whatever its schema says. */
function own(typ: OwnEntry['typ'], members: object): string {
  const place = { v: OWN_VERSION, sitting: SITTING, seq: base.rows.length + 1, prev: end?.hash };
  return appended(typ, signJws({ typ, ...place, ...byOf(typ), ...members }, nodeSigner(base.key)));
}

const payloadOf = (jws: string): string => Buffer.from(jws.split('.')[1] ?? '', 'base64url').toString();
const withHeader = (header: string, payload: string, key: KeyPair): string => {
  const input = `${toBase64url(Buffer.from(header))}.${toBase64url(Buffer.from(payload))}`;
  return `${input}.${toBase64url(nodeSigner(key).sign(Buffer.from(input)))}`;
};

/** A vote is open; `body` is the next ballot, made of an honest one of the first seat's. */
function cast(make: (payload: string, key: KeyPair) => string): string {
  const play = honest();
  play.act({ act: 'open', motion: 'm1', rehearsal: false });
  const [seat] = play.seats;
  if (!seat) throw new Error('there is a seat');
  const body = make(payloadOf(play.ballot(seat, FOR)), seat.key);
  const rows = play.rows();
  const last = rows.at(-1);
  play.end();
  if (!last) throw new Error('there are entries');
  return verdict(withRows(bundle, [...rows, nextRow(last, last.time, 'ballot', body)], play.key));
}

describe('a message that could be read in two ways', () => {
  const header = ({ kid }: KeyPair) => JSON.stringify({ alg: 'EdDSA', kid, typ: 'hallvote' });
  // The ledger ends in an open vote: that is all that is wrong with an honest ballot here.
  it.each<[string, (payload: string, key: KeyPair) => string, string]>([
    ['none', (payload, key) => signText(payload, key), 'vote-open'],
    [
      'members in another order and with white space',
      (payload, key) => {
        const { typ, ...rest } = z.looseObject({ typ: z.string() }).parse(JSON.parse(payload));
        return signText(JSON.stringify({ ...rest, typ }, null, 1), key);
      },
      'vote-open',
    ],
    [
      'a choice twice',
      (payload, key) =>
        signText(
          payload.replace('"choice":', '"choice":{"kind":"decision","option":"against"},"choice":'),
          key,
        ),
      'body-unreadable',
    ],
    [
      'an option twice',
      (payload, key) => signText(payload.replace('"option":', '"option":"against","option":'), key),
      'body-unreadable',
    ],
    [
      'an option twice, once in another spelling',
      (payload, key) => signText(payload.replace('"option":', '"\\u006fption":"against","option":'), key),
      'body-unreadable',
    ],
    [
      'a key id twice',
      (payload, key) => withHeader(header(key).replace('"kid"', '"kid":"x","kid"'), payload, key),
      'body-unreadable',
    ],
    [
      'a member too many',
      (payload, key) => signText(payload.replace('"press"', '"note":1,"press"'), key),
      'body-unreadable',
    ],
    [
      'half a character',
      (payload, key) => signText(payload.replace('"press"', '"\\ud800":1,"press"'), key),
      'body-unreadable',
    ],
    [
      'nesting without end',
      (payload, key) =>
        signText(payload.replace('"press"', `"note":${'['.repeat(3000)}${']'.repeat(3000)},"press"`), key),
      'body-unreadable',
    ],
    [
      'a fraction of a press',
      (payload, key) => signText(payload.replace('"press":1', '"press":1.5'), key),
      'body-unreadable',
    ],
    [
      'another version',
      (payload, key) => signText(payload.replace('"v":1', '"v":2'), key),
      'body-unreadable',
    ],
  ])('%s', (_, make, problem) => {
    expect(cast(make)).toBe(problem);
  });

  it('in a sealed text, nested deep or with a member twice, is found', () => {
    const sealed = (change: (ballot: string) => string) => {
      const play = new SecretPlay(1, SECRET_MOTIONS, 32, COORDINATOR);
      const [seat] = play.seats;
      if (!seat) throw new Error('there is a seat');
      play.act({ act: 'open', motion: 'm2', rehearsal: false });
      play.forceCast(seat, change(play.seal(seat, choose('c1'))));
      play.reject('sealed-malformed');
      play.act({ act: 'void', round: 'm2/1', reason: '重来' });
      return verdict(bundleOf(play.end()));
    };
    const member = (value: string) => (ballot: string) =>
      ballot.replace(/"answers":.*"signature"/, (all) => `"x":${value},${all.slice(0, 400)}`).slice(0, 400);
    expect(sealed((ballot) => ballot.replace('{"election_uuid"', '{ "election_uuid"'))).toBe('fine');
    const few = /"individual_proofs":.*,"signature"/;
    const deep = (n: number) => (ballot: string) =>
      ballot.replace(few, `"x":${'['.repeat(n)}${']'.repeat(n)}}],"signature"`);
    expect(sealed(deep(13))).toBe('fine');
    expect(sealed(deep(14))).toBe('against-rules');
    expect(sealed(deep(200))).toBe('against-rules');
    expect(sealed((ballot) => ballot.replace(few, '"x":1,"x":1}],"signature"'))).toBe('against-rules');
    expect(sealed(member('1'))).toBe('against-rules');
  });
});

describe('an entry that the page forbids', () => {
  const motion = Motion.parse(SAMPLE_MOTIONS[0]);
  const deputy = { id: 'd1', name: '代表', delegation: '', title: '', seat: '1', cards: ['CARD0001'] };
  const other = { ...deputy, id: 'd2', seat: '2', cards: ['CARD0002'] };
  // y = 2 goes with no x.
  const noPoint = toBase64url(Uint8Array.from([2, ...new Uint8Array(31)]));
  const enrolled = { terminal: 'T9', seat: '9', key: noPoint };
  const refused = { reason: 'malformed', terminal: 'T1' };
  const ofStranger = { ...refused, terminal: null };
  const counted = (count: number) => ({ counts: [{ reason: 'malformed', terminal: null, count }] });
  const message = (bytes: number) => toBase64url(new Uint8Array(bytes));
  const inLanguages = (title: object) => ({ motions: [{ ...motion, title }] });
  const many = ['ar', 'bo', 'de', 'en', 'fr', 'kk', 'ug', 'za'].map((tag) => [tag, '预算']);
  const titled = (zh: string) => ({ motions: [{ ...motion, title: { zh } }] });

  const start = { boot: 'boot-1', mono: 0, version: '0.0.0' };
  it.each<[string, OwnEntry['typ'], object, string]>([
    ['an honest agenda', 'agenda-set', { motions: [motion] }, 'fine'],
    ['a motion twice', 'agenda-set', { motions: [motion, motion] }, 'body-unreadable'],
    ['a title of a key beside C', 'agenda-set', titled('\u0007预算'), 'body-unreadable'],
    ['a title that turns round', 'agenda-set', titled('预算\u202E'), 'body-unreadable'],
    [
      'a motion’s members in another order',
      'agenda-set',
      { motions: [Object.fromEntries(Object.entries(motion).reverse())] },
      'not-canonical',
    ],
    [
      'a title in four languages',
      'agenda-set',
      inLanguages({ zh: '预算', bo: 'སྔོན་རྩིས།', 'mn-Mong': 'ᠲᠥᠰᠦᠪ', ug: 'خامچوت' }),
      'fine',
    ],
    [
      'languages in another order',
      'agenda-set',
      inLanguages({ zh: '预算', ug: 'خامچوت', bo: 'སྔོན་རྩིས།' }),
      'not-canonical',
    ],
    [
      'another language before Chinese',
      'agenda-set',
      inLanguages({ bo: 'སྔོན་རྩིས།', zh: '预算' }),
      'not-canonical',
    ],
    ['a title without Chinese', 'agenda-set', inLanguages({ bo: 'སྔོན་རྩིས།' }), 'body-unreadable'],
    ['an empty text', 'agenda-set', inLanguages({ zh: '预算', bo: '' }), 'body-unreadable'],
    [
      'a member that is no language',
      'agenda-set',
      inLanguages({ zh: '预算', note_1: 'x' }),
      'body-unreadable',
    ],
    ['a tag in another case', 'agenda-set', inLanguages({ zh: '预算', 'mn-mong': 'x' }), 'body-unreadable'],
    [
      'nine languages',
      'agenda-set',
      inLanguages({ zh: '预算', ...Object.fromEntries(many) }),
      'body-unreadable',
    ],
    [
      'eight languages',
      'agenda-set',
      inLanguages({ zh: '预算', ...Object.fromEntries(many.slice(1)) }),
      'fine',
    ],
    ['a title over two lines', 'agenda-set', titled('预算\n草案'), 'fine'],
    ['an honest roll', 'roll-set', { deputies: [deputy, other] }, 'fine'],
    ['a deputy twice', 'roll-set', { deputies: [deputy, { ...other, id: 'd1' }] }, 'body-unreadable'],
    ['a seat twice', 'roll-set', { deputies: [deputy, { ...other, seat: '1' }] }, 'body-unreadable'],
    [
      'a card twice',
      'roll-set',
      { deputies: [deputy, { ...other, cards: ['CARD0001'] }] },
      'body-unreadable',
    ],
    ['scrutineers', 'secrecy-set', { secrecy: SCRUTINEERS }, 'fine'],
    [
      'a scrutineer’s id twice',
      'secrecy-set',
      { secrecy: { ...SCRUTINEERS, scrutineers: ['甲', '乙'].map((name) => ({ id: 's1', name })) } },
      'body-unreadable',
    ],
    ['a key that is no point', 'terminals-enrolled', { terminals: [enrolled] }, 'bad-enrolment'],
    ['a terminal removed', 'terminals-removed', { terminals: ['T1'] }, 'fine'],
    ['a terminal removed twice', 'terminals-removed', { terminals: ['T1', 'T1'] }, 'body-unreadable'],
    ['2,048 bytes refused', 'refused', { ...refused, message: message(2048) }, 'fine'],
    ['2,049 bytes refused', 'refused', { ...refused, message: message(2049) }, 'body-unreadable'],
    ['256 bytes of a stranger’s', 'refused', { ...ofStranger, message: message(256) }, 'fine'],
    ['257 bytes of a stranger’s', 'refused', { ...ofStranger, message: message(257) }, 'body-unreadable'],
    ['a count', 'refusals-counted', counted(1), 'fine'],
    ['a count of nothing', 'refusals-counted', counted(0), 'body-unreadable'],
    ['no counts', 'refusals-counted', { counts: [] }, 'body-unreadable'],
    ['padded base64', 'refused', { ...refused, message: 'AA==' }, 'body-unreadable'],
    ['base64url with bits left over', 'refused', { ...refused, message: 'AB' }, 'body-unreadable'],
    ['no base64 at all', 'refused', { ...refused, message: '*' }, 'body-unreadable'],
    ['a terminal without a name', 'refused', { ...refused, terminal: '', message: '' }, 'body-unreadable'],
    ['a day that does not exist', 'begun', { date: '2027-02-30' }, 'body-unreadable'],
    ['an unknown reason', 'refused', { ...refused, reason: 'whim', message: '' }, 'body-unreadable'],
    ...(['local', 'tls', 'open'] as const).map((wire): [string, OwnEntry['typ'], object, string] => [
      `a start, ${wire}`,
      'started',
      { ...start, wire },
      'fine',
    ]),
    ['a start on no wire that there is', 'started', { ...start, wire: 'plain' }, 'body-unreadable'],
    ['a start that keeps its wire to itself', 'started', start, 'body-unreadable'],
    ['another version', 'cleared', { v: 1 }, 'body-unreadable'],
    [
      'a reason of 201 characters',
      'checked-in-by-hand',
      { deputy: 'd1', reason: '长'.repeat(201) },
      'body-unreadable',
    ],
  ])('%s', (_, typ, members, problem) => {
    expect(own(typ, members)).toBe(problem);
  });

  it('members in another order', () => {
    const step: Step = { typ: 'terminals-removed', by: actor('operator'), terminals: ['T1'] };
    const { by, ...rest } = z.looseObject({ by: Actor }).parse(ownEntry(replay(base.rows), step));
    expect(appended('terminals-removed', signJws({ ...rest, by }, nodeSigner(base.key)))).toBe(
      'not-canonical',
    );
  });

  it('a connect that names another key than the one it is signed with', () => {
    const connect = { typ: 'connect', v: 1, hall: 'sample-hall', terminal: first.terminal };
    const says = (key: string, n: number) =>
      signJws({ ...connect, key, coordinator: base.key.kid, n }, nodeSigner(first.key));
    expect(appended('connect', says(first.key.x, 1))).toBe('fine');
    expect(appended('connect', says(base.key.x, 1))).toBe('against-rules');
    expect(appended('connect', says(first.key.x, 0))).toBe('body-unreadable');
  });

  it('a manifest that names the files in another order, or one twice', () => {
    const files = filesOf(bundle);
    const text = Buffer.from(files['manifest.jws']).toString();
    const honest = payloadOf(text);
    const { files: hashes } = z
      .looseObject({ files: z.record(z.string(), z.string()) })
      .parse(JSON.parse(honest));
    const signed = (manifest: string) => {
      const made = filesOf(withFiles(bundle, {}, base.rows, base.key));
      return verdict(packed({ ...made, 'manifest.jws': Buffer.from(signText(manifest, base.key)) }));
    };
    expect(signed(honest)).toBe('fine');
    const inOrder = JSON.stringify(hashes);
    const reversed = JSON.stringify(Object.fromEntries(Object.entries(hashes).reverse()));
    expect(signed(honest.replace(inOrder, reversed))).toBe('manifest-unreadable');
    expect(signed(honest.replace('"typ":"manifest","v":2', '"v":2,"typ":"manifest"'))).toBe(
      'manifest-unreadable',
    );
    expect(signed(honest.replace('"keys.json"', '"ledger.jsonl":"","keys.json"'))).toBe(
      'manifest-unreadable',
    );
  });
});

describe('a good ballot recorded as refused', () => {
  it.each<[Reason, string]>([
    ['malformed', 'wrongly-refused'],
    ['oversized', 'wrongly-refused'],
    ['unknown-version', 'wrongly-refused'],
    ['wrong-key', 'wrongly-refused'],
    ['not-enrolled', 'wrongly-refused'],
    ['wrong-signature', 'wrongly-refused'],
    ['too-late', 'wrongly-refused'],
    ['unknown-card', 'wrongly-refused'],
    ['not-allowed', 'vote-open'],
    ['too-many', 'vote-open'],
    ['another-terminal', 'vote-open'],
  ])('as %s: %s', (reason, problem) => {
    expect(refusal(reason, (ballot) => ballot)).toBe(problem);
  });

  it.each<[string, Reason, (ballot: string) => string, string]>([
    ['one cut off', 'malformed', (ballot) => ballot.slice(0, -1), 'vote-open'],
    ['one with something behind it', 'malformed', (ballot) => `${ballot}A`, 'vote-open'],
    [
      'a badly signed one',
      'wrong-signature',
      (ballot) => ballot.replace(/.{43}$/, 'A'.repeat(43)),
      'vote-open',
    ],
    [
      'a badly signed one',
      'malformed',
      (ballot) => ballot.replace(/.{43}$/, 'A'.repeat(43)),
      'wrongly-refused',
    ],
    ['one of a terminal that is not enrolled', 'not-enrolled', (ballot) => strange(ballot), 'vote-open'],
    ['one of a terminal that is not enrolled', 'wrong-key', (ballot) => strange(ballot), 'vote-open'],
    ['one of a terminal that is not enrolled', 'too-late', (ballot) => strange(ballot), 'wrongly-refused'],
    ['a request to connect', 'not-enrolled', () => 'CONNECT T9', 'vote-open'],
    ['nothing', 'oversized', () => '', 'vote-open'],
  ])('%s refused as %s is judged by what it is', (_, reason, change, problem) => {
    expect(refusal(reason, change)).toBe(problem);
  });

  const strange = (ballot: string): string => {
    const [, , third] = base.seats;
    return signText(payloadOf(ballot).replace('"terminal":"T1"', '"terminal":"T9"'), third?.key ?? first.key);
  };

  function refusal(reason: Reason, change: (ballot: string) => string): string {
    const play = honest();
    play.act({ act: 'open', motion: 'm1', rehearsal: false });
    const [seat] = play.seats;
    if (!seat) throw new Error('there is a seat');
    const message = toBase64url(Buffer.from(change(play.ballot(seat, FOR))));
    play.enter({ typ: 'refused', reason, terminal: seat.terminal, message });
    const rows = play.rows();
    play.end();
    return verdict(withRows(bundle, rows, play.key));
  }
});

describe('an id that is taken', () => {
  const [, selection] = SAMPLE_MOTIONS;
  const agenda = selection ? [selection, { ...selection, id: `${selection.id}-s1` }] : [];

  it('is not that of a motion made of another, nor may a file bring one that is', () => {
    const play = new SamplePlay(2, agenda, 33);
    for (const seat of play.seats) play.checkIn(seat);
    play.act({ act: 'open', motion: 'm2', rehearsal: false });
    for (const seat of play.seats) play.vote(seat, choose(`c${seat.seat}`, 'c3'));
    play.act({ act: 'close', round: 'm2/1' });
    play.act({ act: 'announce', round: 'm2/1' });
    play.act({ act: 'follow-up', round: 'm2/1' });
    const made = play.end();
    const { motions, ...state } = replay(made.rows);
    expect(motions.map(({ id }) => id)).toEqual(['m2', 'm2-s2', 'm2-s1']);
    expect(verdict(bundleOf(made))).toBe('fine');
    const [first = selection] = motions;
    const again = first ? [...agenda, { ...first, id: 'm2-s2' }] : [];
    const files = {
      ...STAFFED,
      seating: state.seating,
      quorum: state.quorum,
      accept: state.accept,
      cards: [],
      terminals: [],
    };
    const deputies = [...state.deputies.values()];
    expect(
      configure({ ...state, motions }, { ...files, deputies, motions: again }, usualWho('reload')),
    ).toMatchObject({
      ok: false,
      reason: 'motion-twice',
      detail: 'm2-s2',
    });
  });
});
