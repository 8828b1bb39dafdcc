/**
 * The members and bounds of every entry for `independent-verifier.mjs`, written from `ledger.md` and `bundle.md` alone:
 * each form says whether a value that JSON gave is of it.
 */
const isObject = (value) => typeof value === 'object' && value !== null && !Array.isArray(value);

export const is = (expected) => (value) => value === expected;
export const oneOf =
  (...expected) =>
  (value) =>
    expected.includes(value);
export const either =
  (...forms) =>
  (value) =>
    forms.some((form) => form(value));
export const like = (pattern) => (value) => typeof value === 'string' && pattern.test(value);
export const integer =
  (least, most = Number.MAX_SAFE_INTEGER) =>
  (value) =>
    Number.isSafeInteger(value) && value >= least && value <= most;
const text = (least, most) => (value) =>
  typeof value === 'string' && value.length >= least && value.length <= most;
const UNSEEN = /[^\P{Cc}\t\n\r]|[\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]|\p{Cs}/u;
export const words = (least, most) => (value) => text(least, most)(value) && !UNSEEN.test(value);
export const list =
  (form, least = 0, most = Number.POSITIVE_INFINITY) =>
  (value) =>
    Array.isArray(value) && value.length >= least && value.length <= most && value.every(form);
/** Members in any order; names that end in `?` may be left out. */
const record = (members) => {
  const forms = Object.entries(members).map(([name, form]) => [
    name.replace('?', ''),
    form,
    name.endsWith('?'),
  ]);
  const names = forms.map(([name]) => name);
  return (value) =>
    isObject(value) &&
    Object.keys(value).every((name) => names.includes(name)) &&
    forms.every(([name, form, isOptional]) => (Object.hasOwn(value, name) ? form(value[name]) : isOptional));
};
/** The same, in this order: what the coordinator signs stands in one spelling. */
export const ordered = (members) => {
  const isOne = record(members);
  const names = Object.keys(members).map((name) => name.replace('?', ''));
  return (value) =>
    isOne(value) && Object.keys(value).join() === names.filter((name) => Object.hasOwn(value, name)).join();
};
export const distinct = (values) => new Set(values).size === values.length;

export const id = like(/^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$/);
const messageId = like(/^[A-Za-z0-9_-]{22}$/);
const key = like(/^[A-Za-z0-9_-]{43}$/);
const hash = like(/^[0-9a-f]{64}$/);
const hexPoint = hash;
const Q = 2n ** 252n + 27742317777372353535851937790883648493n;
const scalar = (value) => like(/^(0|[1-9]\d{0,75})$/)(value) && BigInt(value) < Q;
const proofMembers = { challenge: scalar, response: scalar };
const proof = ordered(proofMembers);
const card = like(/^[0-9A-Z]{4,32}$/);
const roundId = like(/^[A-Za-z0-9][A-Za-z0-9._-]{0,63}\/t?[1-9]\d{0,3}$/);
const tag = like(/^[a-z]{2,3}(-[A-Z][a-z]{3})?(-([A-Z]{2}|[0-9]{3}))?$/);
/** A text in one language or more: `zh` first, the others by their tags. */
export const shown = (value) => {
  if (!isObject(value)) return false;
  const [first, ...others] = Object.keys(value);
  return (
    first === 'zh' &&
    others.length <= 7 &&
    others.every((each, i) => tag(each) && each !== 'zh' && (i === 0 || others[i - 1] < each)) &&
    Object.values(value).every(words(1, 2000))
  );
};
const count = integer(0);
const reason = words(1, 200);
const owner = integer(1, 15);
const object = text(2, 2000000);
const seat = words(1, 20);
const kind = oneOf('uid', 'ntag424');
const status = oneOf('active', 'lost', 'cancelled');
const bool = oneOf(true, false);
export const date = (value) =>
  like(/^\d{4}-\d\d-\d\d$/)(value) && new Date(`${value}T00:00:00Z`).toJSON()?.slice(0, 10) === value;

// ---- Motions, choices, results ----------------------------------------------------------------------------------

const part = integer(1, 1000);
const fraction = (value) => ordered({ num: part, den: part })(value) && value.num <= value.den;
const threshold = (value) =>
  ordered({ kind: oneOf('more-than', 'at-least'), num: part, den: part })(value) && value.num <= value.den;
const items = (value) =>
  list(ordered({ id, title: shown, 'note?': shown }), 1, 100)(value) &&
  distinct(value.map((item) => item.id));
const basis = oneOf('roll', 'present', 'cast');
const ruled = { 'threshold?': threshold, 'basis?': basis };
const ruledItems = (value) =>
  list(ordered({ id, title: shown, 'note?': shown, ...ruled }), 1, 100)(value) &&
  distinct(value.map((item) => item.id));
const common = {
  id,
  title: shown,
  'text?': shown,
  voting: oneOf('open', 'secret'),
  press: oneOf('first', 'last'),
  seconds: either(is(null), integer(5, 86400)),
  quorum: fraction,
  basis,
  'follows?': text(0, 140),
};
const selection = ordered({
  ...common,
  kind: is('selection'),
  candidates: items,
  places: integer(1, 100),
  threshold: either(is(null), threshold),
  'list?': hash,
});
const motion = either(
  ordered({ ...common, kind: is('decision'), threshold }),
  (value) => selection(value) && value.places <= value.candidates.length,
  ordered({ ...common, kind: is('appraisal'), items, dontKnow: bool, threshold, 'list?': hash }),
  ordered({ ...common, kind: is('itemised'), items: ruledItems, threshold }),
);
const option = oneOf('for', 'against', 'abstain');
const choice = either(
  record({ kind: is('decision'), option }),
  record({ kind: is('selection'), chosen: list(id, 0, 100) }),
  record({
    kind: is('appraisal'),
    grades: list(
      record({ item: id, grade: oneOf('satisfied', 'basic', 'dissatisfied', 'dont-know') }),
      0,
      100,
    ),
  }),
  record({ kind: is('itemised'), answers: list(record({ item: id, option }), 0, 100) }),
  record({ kind: is('sealed'), ballot: text(1, 300000) }),
);
const tally = either(
  ordered({ kind: is('decision'), for: count, against: count, abstain: count }),
  ordered({ kind: is('selection'), votes: list(ordered({ id, votes: count })) }),
  ordered({
    kind: is('appraisal'),
    items: list(ordered({ id, satisfied: count, basic: count, dissatisfied: count, 'dont-know': count })),
  }),
  ordered({
    kind: is('itemised'),
    items: list(ordered({ id, for: count, against: count, abstain: count })),
  }),
);

// ---- Messages and entries ---------------------------------------------------------------------------------------

const envelope = { typ: text(1, 20), v: is(1), hall: id, terminal: id };
const fromDeputy = { ...envelope, id: messageId, sitting: id, deputy: id };
const grid = (form) => list(list(form, 0, 100), 0, 100);

/** A terminal's messages that stand in a ledger, members in any order. */
export const MESSAGES = {
  connect: record({ ...envelope, key, coordinator: key, n: integer(1) }),
  'check-in': record({ ...envelope, id: messageId, sitting: id, card, 'proof?': text(1, 300) }),
  ballot: record({ ...fromDeputy, round: roundId, opening: hash, press: integer(1), choice }),
  credential: record({ ...fromDeputy, credential: hexPoint, proof: record(proofMembers) }),
  audit: record({
    ...fromDeputy,
    round: roundId,
    opening: hash,
    ballot: text(1, 300000),
    votes: grid(oneOf(0, 1)),
    randomness: grid(scalar),
  }),
};

export const REASONS =
  `malformed oversized unknown-version wrong-signature wrong-key not-enrolled another-terminal
another-sitting another-coordinator old-proof wrong-certificate not-allowed replayed too-many unknown-card lost-card cancelled-card
card-kind-not-accepted card-proof-missing wrong-card-proof replayed-tap another-seat seat-taken checked-in-elsewhere
not-checked-in another-deputy not-on-frozen-roll too-early too-late on-hold another-round already-voted older-press
choice-of-another-kind unknown-candidate candidate-twice too-many-candidates credential-in-use wrong-credential-proof
wrong-credential voted-elsewhere sealed-malformed sealed-for-another-vote sealed-without-proof sealed-copied
opened-for-audit too-many-ballots too-many-audits grade-not-offered`.split(/\s+/);

const deputies = (value) =>
  list(
    ordered({
      id,
      name: words(1, 60),
      delegation: words(0, 60),
      title: words(0, 60),
      seat,
      cards: list(card, 0, 10),
    }),
  )(value) &&
  [value.map((each) => each.id), value.map((each) => each.seat), value.flatMap((each) => each.cards)].every(
    distinct,
  );
const scrutineers = (value) =>
  list(ordered({ id, name: words(1, 60) }), 2, 15)(value) && distinct(value.map((each) => each.id));
const secrecy = either(
  is(null),
  ordered({ holder: is('coordinator') }),
  (value) =>
    ordered({ holder: is('scrutineers'), threshold: integer(1, 15), scrutineers })(value) &&
    value.threshold <= value.scrutineers.length,
);
const refusedMessage = (value) =>
  text(0, 2731)(value) && Buffer.from(value, 'base64url').toString('base64url') === value;

// ---- By whom ----------------------------------------------------------------------------------------------------

const role = oneOf('chair', 'operator', 'scrutineer', 'auditor', 'administrator');
const person = ordered({ role, id, name: words(1, 60) });
const named = (name) => ordered({ role: is(name) });
const [clock, file, hall] = ['clock', 'file', 'hall'].map(named);
/** Entries by these, and by persons where a second one may have confirmed them. */
const by = (...forms) => ({
  by: either(...forms),
  ...(forms.includes(person) ? { 'with?': person } : {}),
});

const NEVER_BOTH = ['operator', 'administrator'];
const staff = (value) =>
  list(ordered({ id, name: words(1, 60), roles: list(role, 1) }), 1, 200)(value) &&
  distinct(value.map((each) => each.id.toLowerCase())) &&
  value.every(({ roles }) => distinct(roles)) &&
  !value.some(
    ({ roles }) => roles.includes('scrutineer') && roles.some((each) => NEVER_BOTH.includes(each)),
  ) &&
  value.some(({ roles }) => roles.includes('administrator'));
const registered = ordered({ card, deputy: id, kind, status, counter: integer(0, 16777215) });
const once = (form, name) => (value) => list(form)(value) && distinct(value.map(name));
const itself = (value) => value;

/** By whom each entry may be. */
const FILES =
  'staff-set rules-set roll-set list-set agenda-set secrecy-set cards-registered terminals-enrolled terminals-removed';
const HALLS =
  'started election-key-set ballot-rejected tallied result refused refusals-counted sign-ins-failed checkpoint';
const EITHER = 'share code-given sessions-ended';
const BY = Object.fromEntries([
  ['begun', by(file)],
  ['closed', by(person, clock)],
  ...FILES.split(' ').map((typ) => [typ, by(person, file)]),
  ...HALLS.split(' ').map((typ) => [typ, by(hall)]),
  ...EITHER.split(' ').map((typ) => [typ, by(person, hall)]),
]);

/** The coordinator's entries: their members in order, behind `typ`, `v`, `sitting`, `seq`, `prev`, `by`, `with`. */
const OWN_MEMBERS = {
  begun: { hall: id, name: shown, congress: shown, title: shown, date, key },
  started: {
    boot: words(0, 64),
    mono: integer(0),
    version: words(0, 40),
    wire: oneOf('local', 'tls', 'open'),
  },
  'staff-set': { staff, rights: ordered({ operatorForChair: bool, secondForCards: bool }) },
  'rules-set': {
    seating: oneOf('fixed', 'free'),
    quorum: fraction,
    'cards?': (value) => once(kind, itself)(value) && value.length > 0,
  },
  'roll-set': { deputies },
  'list-set': { text: text(1, 500000) },
  'agenda-set': { motions: once(motion, (each) => each.id) },
  'terminals-enrolled': { terminals: list(ordered({ terminal: id, seat, key })) },
  'terminals-removed': { terminals: once(id, itself) },
  'terminals-told': {
    order: either(
      ordered({ act: is('identify'), terminal: id }),
      ordered({ act: is('self-test'), terminal: either(is(null), id), on: bool }),
      ordered({ act: is('update'), terminal: either(is(null), id), manifest: hash }),
      ordered({ act: is('stop-update') }),
    ),
  },
  'files-read': {},
  exported: {},
  'cards-registered': { cards: once(registered, (each) => each.card) },
  'card-issued': { deputy: id, card },
  'card-marked': { card, status },
  'checked-in-by-hand': { deputy: id, reason },
  left: { deputy: id, reason },
  opened: {
    round: roundId,
    rehearsal: bool,
    motion,
    present: list(id),
    roll: count,
    'election?': ordered({ uuid: like(/^[1-9A-HJ-NP-Za-km-z]{22}$/), key: hexPoint }),
  },
  closed: { round: roundId, present: count, cast: count },
  held: { round: roundId, reason },
  resumed: { round: roundId },
  extended: { round: roundId, seconds: integer(5, 86400) },
  'secrecy-set': { secrecy },
  'ceremony-step': { owner, step: oneOf('certificate', 'polynomial', 'verification-key'), text: object },
  'ceremony-restarted': { reason },
  'election-key-set': { trustees: object },
  'ballot-rejected': { round: roundId, ballot: count, reason: oneOf(...REASONS) },
  tallied: { round: roundId, ballots: count, tally: object },
  share: { round: roundId, owner, share: object },
  'result-signed': { round: roundId, owner, signature: proof },
  // What a result must be is known by then, in every member.
  result: { round: roundId, result: isObject },
  announced: { round: roundId },
  voided: { round: roundId, reason },
  cleared: {},
  'motion-added': { motion },
  'entered-by-hand': { round: roundId, motion, present: count, roll: count, cast: count, tally, reason },
  refused: { reason: oneOf(...REASONS), terminal: either(is(null), id), message: refusedMessage },
  'refusals-counted': { counts: list((value) => counted(value), 1, 100) },
  'signed-in': {},
  'signed-out': {},
  'sign-ins-failed': {
    counts: (value) =>
      list(ordered({ person: either(is(null), id), count: integer(1) }), 1, 201)(value) &&
      distinct(value.map((each) => each.person)),
  },
  'code-given': { person: id },
  'password-chosen': {},
  'authenticator-set': { on: bool },
  'sessions-ended': { person: id, count: integer(1) },
  checkpoint: { at: count, hash, time: integer(0) },
};
const counted = ordered({ reason: oneOf(...REASONS), terminal: either(is(null), id), count: integer(1) });
const place = { typ: text(1, 20), v: is(5), sitting: id, seq: integer(1), prev: hash };

/** Each entry's form. */
export const OWN = Object.fromEntries(
  Object.entries(OWN_MEMBERS).map(([typ, members]) => [
    typ,
    ordered({ ...place, ...(BY[typ] ?? by(person)), ...members }),
  ]),
);

export const MANIFEST = ordered({
  typ: is('manifest'),
  v: is(2),
  sitting: id,
  program: words(0, 40),
  entries: integer(1),
  head: hash,
  files: (value) => isObject(value) && Object.values(value).every(hash),
});

/** How many bytes are kept of a refused message: of a stranger's few. */
export const mostKept = (terminal) => (terminal === null ? 256 : 2048);
const { refused } = OWN;
OWN.refused = (value) =>
  refused(value) && Buffer.from(value.message, 'base64url').length <= mostKept(value.terminal);
