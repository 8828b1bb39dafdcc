/**
 * The elections of secret votes for `independent-verifier.mjs`, written from the same two pages: the group Ed25519 in
 * plain numbers, every proof, sums, shares and archives. Nothing of this project, nothing but what Node brings.
 */
import { createHash } from 'node:crypto';

export class Wrong extends Error {}
export const must = (holds, what) => {
  if (!holds) throw new Wrong(what);
};
export const sha256 = (data, encoding = 'hex') => createHash('sha256').update(data).digest(encoding);
export const h64 = (text) => sha256(text, 'base64').slice(0, 43);

// ---- The group: points [X, Y, Z, T] with x = X/Z, y = Y/Z, xy = T/Z on −x² + y² = 1 + dx²y² ---------------------

const P = 2n ** 255n - 19n;
const Q = 2n ** 252n + 27742317777372353535851937790883648493n;
const mod = (n, m) => ((n % m) + m) % m;

function powerMod(base, exponent, m) {
  let result = 1n;
  for (let rest = exponent, square = mod(base, m); rest > 0n; rest >>= 1n, square = (square * square) % m)
    if (rest & 1n) result = (result * square) % m;
  return result;
}

const inverse = (n, m) => powerMod(n, m - 2n, m);
const D = mod(-121665n * inverse(121666n, P), P);
const ROOT = powerMod(2n, (P - 1n) / 4n, P);
const NEUTRAL = [0n, 1n, 1n, 0n];

export function times([x1, y1, z1, t1], [x2, y2, z2, t2]) {
  const a = ((y1 - x1) * (y2 - x2)) % P;
  const b = ((y1 + x1) * (y2 + x2)) % P;
  const c = (((2n * D * t1) % P) * t2) % P;
  const d = (2n * z1 * z2) % P;
  const [e, f, g, h] = [b - a, d - c, d + c, b + a];
  return [(e * f) % P, (g * h) % P, (f * g) % P, (e * h) % P];
}

function square([x, y, z]) {
  const a = (x * x) % P;
  const b = (y * y) % P;
  const h = a + b;
  const e = h - (((x + y) * (x + y)) % P);
  const g = a - b;
  const f = ((2n * z * z) % P) + g;
  return [(e * f) % P, (g * h) % P, (f * g) % P, (e * h) % P];
}

const inverted = ([x, y, z, t]) => [-x, y, z, -t];
const over = (a, b) => times(a, inverted(b));
const product = (points) => points.reduce(times, NEUTRAL);
const isNeutral = ([x, y, z]) => x % P === 0n && (y - z) % P === 0n;
const same = ([x1, y1, z1], [x2, y2, z2]) => (x1 * z2 - x2 * z1) % P === 0n && (y1 * z2 - y2 * z1) % P === 0n;

/** point^0 … point^15 */
function firstPowers(point) {
  const powers = [NEUTRAL];
  while (powers.length < 16) powers.push(times(powers[powers.length - 1], point));
  return powers;
}

/** point^n by four bits at a time; n as it stands, not reduced. */
function powerOf(point, n) {
  const powers = firstPowers(point);
  let result = NEUTRAL;
  for (const digit of n.toString(16)) {
    for (let i = 0; i < 4; i += 1) result = square(result);
    result = times(result, powers[Number.parseInt(digit, 16)]);
  }
  return result;
}

/** As {@link powerOf} for a point that is raised often: the powers of every digit's place are kept. */
function oftenRaised(point) {
  const places = [];
  let base = point;
  for (let i = 0; i < 64; i += 1) {
    const powers = firstPowers(base);
    places.push(powers);
    base = times(powers[15], base);
  }
  return (n) =>
    [...n.toString(16)]
      .reverse()
      .reduce((all, digit, i) => times(all, places[i][Number.parseInt(digit, 16)]), NEUTRAL);
}

export function encode([x, y, z]) {
  const one = inverse(z, P);
  const sign = mod(x * one, P) & 1n;
  return ((sign << 255n) | mod(y * one, P)).toString(16).padStart(64, '0');
}

/** An x that goes with y on the curve; null where there is none. */
export function rootOf(y) {
  const u = mod(y * y - 1n, P);
  const v = mod(D * y * y + 1n, P);
  const x = (u * v ** 3n * powerMod(u * v ** 7n, (P - 5n) / 8n, P)) % P;
  if (mod(v * x * x - u, P) === 0n) return x;
  return mod(v * x * x + u, P) === 0n ? (x * ROOT) % P : null;
}

/** A point from outside, or null where it is none of the group's, or neutral. */
export function decode(text) {
  if (!/^[0-9a-f]{64}$/.test(text)) return null;
  const number = BigInt(`0x${text}`);
  const y = number & (2n ** 255n - 1n);
  let x = y < P ? rootOf(y) : null;
  if (x === null || x === 0n) return null;
  if ((x & 1n) !== number >> 255n) x = P - x;
  const point = [x, y, 1n, (x * y) % P];
  return isNeutral(powerOf(point, Q)) ? point : null;
}

/** As {@link decode}, of a point that somebody computed: sums and what is decrypted of them may be neutral. */
const decodeComputed = (given) => (given === encode(NEUTRAL) ? NEUTRAL : decode(given));

const G = decode(`${'6'.repeat(62)}58`);
const gPower = oftenRaised(G);
const H = (text) => mod(BigInt(`0x${sha256(text)}`), Q);

// ---- JSON that reads in one way ------------------------------------------------------------------------------------

const TOKEN = /("[^"\\]*(?:\\.[^"\\]*)*")[ \t\n\r]*:|"[^"\\]*(?:\\.[^"\\]*)*"|[[\]{}]/gs;

/** What a JSON text says: at most 16 deep, and no object that repeats a member. */
export function parseOnce(given) {
  const value = JSON.parse(given);
  const open = [];
  for (const [token, name] of given.matchAll(TOKEN)) {
    const quoted = name ?? token;
    if (quoted.includes('\\u')) must(!/\p{Cs}/u.test(JSON.parse(quoted)), 'half a surrogate pair');
    if (name !== undefined) {
      const names = open.at(-1);
      const meant = JSON.parse(name);
      must(!names.has(meant), `a member twice: ${meant}`);
      names.add(meant);
    } else if (token === '[' || token === '{') {
      open.push(new Set());
      must(open.length <= 16, 'JSON that nests too deep');
    } else if (token === ']' || token === '}') open.pop();
  }
  return value;
}

// ---- Texts in their one spelling: readers that give what they read, or throw ------------------------------------

const fits = (test) => (value) => {
  must(test(value), 'a text of another form');
  return value;
};
const isText = (value) => typeof value === 'string';
const text = fits(isText);
const hex = fits((value) => isText(value) && /^[0-9a-f]{64}$/.test(value));
const hash64 = fits((value) => isText(value) && /^[A-Za-z0-9+/]{43}$/.test(value));
const isScalar = (value) => isText(value) && /^(0|[1-9]\d{0,75})$/.test(value) && BigInt(value) < Q;
export const scalar = fits(isScalar);
const integer = fits(Number.isSafeInteger);
const list = (of) => (value) => fits(Array.isArray)(value).map((each) => of(each));
const record = (members) => (value) => {
  const names = Object.keys(members);
  must(typeof value === 'object' && value !== null && !Array.isArray(value), 'a text of another form');
  must(Object.keys(value).length === names.length, 'a text with other members');
  return Object.fromEntries(names.map((name) => [name, members[name](value[name])]));
};
function exactly(of, given) {
  const value = of(parseOnce(given));
  must(JSON.stringify(value) === given, 'a text in another spelling');
  return value;
}
/** What `read` gives; null where it finds something wrong. */
function orNull(read) {
  try {
    return read();
  } catch {
    return null;
  }
}

export const proof = record({ challenge: scalar, response: scalar });
const cipher = record({ alpha: hex, beta: hex });
const answer = record({
  choices: list(cipher),
  individual_proofs: list(list(proof)),
  overall_proof: list(proof),
});
const ballot = record({
  election_uuid: text,
  election_hash: hash64,
  credential: hex,
  answers: list(answer),
  signature: record({ hash: hash64, proof }),
});
const signed = record({ message: text, signature: proof });
const ownedKey = record({ pok: proof, public_key: hex, signature: proof });

function point(given) {
  const found = decode(given);
  must(found, `no point: ${given}`);
  return found;
}

function computed(given) {
  const found = decodeComputed(given);
  must(found, `no point: ${given}`);
  return found;
}

/** What a sealed ballot says it is. */
export const headerOf = (given) =>
  orNull(() => {
    const { election_uuid: uuid, election_hash: hash, credential, answers } = parseOnce(given);
    const alphas = list(({ choices }) => list(({ alpha }) => hex(alpha))(choices))(answers).flat();
    return isText(uuid) && isText(hash) && hex(credential) && { uuid, hash, credential, alphas };
  });

/** How long a ballot of the election can be: with scalars of 76 digits. */
export function longest({ uuid, questions }) {
  const [p, n, h] = [64, 76, 43].map((length) => '0'.repeat(length));
  const proofs = (length) => Array(length).fill({ challenge: n, response: n });
  const answers = questions.map(({ answers: { length }, min, max }) => ({
    choices: Array(length).fill({ alpha: p, beta: p }),
    individual_proofs: Array(length).fill(proofs(2)),
    overall_proof: proofs(max - min + 1),
  }));
  const signature = { hash: h, proof: proofs(1)[0] };
  const ballot = { election_uuid: uuid, election_hash: h, credential: p, answers, signature };
  return JSON.stringify(ballot).length;
}

// ---- Proofs ------------------------------------------------------------------------------------------------------

/** Whether a proof of the exponent of `key` holds; `hashed` makes of A what is hashed. */
export function knows(key, { challenge, response }, hashed) {
  const a = times(gPower(BigInt(response)), powerOf(key, BigInt(challenge)));
  return BigInt(challenge) === H(hashed(encode(a)));
}

export const signs = (key, message, given) => knows(key, given, (a) => `sigmsg|${message}|${a}`);

/** Whether the proofs show that one of the values from `min` to `max` is encrypted. */
function holdsInterval(election, [alpha, beta], min, max, context, proofs) {
  if (proofs.length !== max - min + 1) return false;
  const commitments = proofs.map(({ challenge, response }, i) => {
    const [c, r] = [BigInt(challenge), BigInt(response)];
    const a = times(gPower(r), powerOf(alpha, c));
    const b = times(election.yPower(r), powerOf(over(beta, gPower(BigInt(min + i))), c));
    return `${encode(a)},${encode(b)}`;
  });
  const sum = proofs.reduce((all, { challenge }) => all + BigInt(challenge), 0n);
  return mod(sum, Q) === H(`${context}|${commitments.join(',')}`);
}

// ---- Elections -----------------------------------------------------------------------------------------------------

const ALPHABET = '123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz';

export function uuidOf(prev, round) {
  let n = BigInt(`0x${sha256(`hallvote-election|${prev}|${round}`)}`);
  let uuid = '';
  for (; uuid.length < 22; n /= 58n) uuid += ALPHABET[Number(n % 58n)];
  return uuid;
}

const OPTIONS = ['赞成', '反对', '弃权'];
const GRADES = ['满意', '基本满意', '不满意', '不了解'];

function questionsOf(motion) {
  const titles = (items) => items.map(({ title }) => title.zh);
  const question = motion.title.zh;
  if (motion.kind === 'decision') return [{ answers: OPTIONS, min: 1, max: 1, question }];
  if (motion.kind === 'selection')
    return [{ answers: titles(motion.candidates), min: 0, max: motion.places, question }];
  const answers = motion.kind === 'itemised' ? OPTIONS : GRADES.slice(0, motion.dontKnow ? 4 : 3);
  return titles(motion.items).map((item) => ({ answers, min: 0, max: 1, question: item }));
}

const elections = new Map();
/** The election of a secret vote; `sitting` is the sitting's title. */
export function electionOf(uuid, key, sitting, motion) {
  const made = {
    version: 1,
    description: sitting.zh,
    name: motion.title.zh,
    group: 'Ed25519',
    public_key: key,
    questions: questionsOf(motion),
    uuid,
  };
  return readElection(JSON.stringify(made));
}

export function readElection(given) {
  if (!elections.has(given)) {
    const { uuid, public_key, questions } = JSON.parse(given);
    const y = point(public_key);
    const found = {
      text: given,
      uuid,
      hash: h64(given),
      questions,
      yPower: oftenRaised(y),
      checked: new Map(),
    };
    elections.set(given, found);
  }
  return elections.get(given);
}

/** Why a sealed ballot does not hold; null where it does. */
export function whyNot(election, given) {
  if (!election.checked.has(given)) election.checked.set(given, whyNotNow(election, given));
  return election.checked.get(given);
}

function whyNotNow(election, given) {
  const read = orNull(() => exactly(ballot, given));
  if (read === null) return 'sealed-malformed';
  const { election_uuid, election_hash, credential, answers, signature } = read;
  if (election_uuid !== election.uuid || election_hash !== election.hash) return 'sealed-for-another-vote';
  const signer = decode(credential);
  if (signer === null) return 'sealed-without-proof';
  if (answers.length !== election.questions.length) return 'sealed-malformed';
  for (const [i, { choices, individual_proofs, overall_proof }] of answers.entries()) {
    const { min, max, answers: offered } = election.questions[i];
    const ciphers = choices.map(({ alpha, beta }) => [decode(alpha), decode(beta)]);
    if (ciphers.flat().includes(null)) return 'sealed-without-proof';
    if (choices.length !== offered.length || individual_proofs.length !== offered.length)
      return 'sealed-malformed';
    const context = `prove|${election.hash}|${credential}`;
    const pairs = choices.map(({ alpha, beta }) => `${alpha},${beta}`);
    const isWrong = ciphers.some(
      (each, j) => !holdsInterval(election, each, 0, 1, `${context}|${pairs[j]}`, individual_proofs[j]),
    );
    if (isWrong) return 'sealed-without-proof';
    const total = [product(ciphers.map(([alpha]) => alpha)), product(ciphers.map(([, beta]) => beta))];
    const whole = `${context}|${pairs.join(',')}|${total.map(encode).join(',')}`;
    if (!holdsInterval(election, total, min, max, whole, overall_proof)) return 'sealed-without-proof';
  }
  const { signature: _, ...unsigned } = read;
  const digest = h64(JSON.stringify(unsigned));
  const isSigned = signature.hash === digest && knows(signer, signature.proof, (a) => `sig|${digest}|${a}`);
  return isSigned ? null : 'sealed-without-proof';
}

/** The text of the sum of ballots that hold. */
export function sumOf(election, ballots) {
  const all = ballots.map((each) => JSON.parse(each).answers);
  const sum = election.questions.map(({ answers }, i) =>
    answers.map((_, j) => {
      const ciphers = all.map((given) => given[i].choices[j]);
      const of = (half) => encode(product(ciphers.map((each) => point(each[half]))));
      return { alpha: of('alpha'), beta: of('beta') };
    }),
  );
  return JSON.stringify(sum);
}

// ---- Trustees ---------------------------------------------------------------------------------------------------------

function provenKey({ public_key, pok }) {
  const key = point(public_key);
  must(
    knows(key, pok, (a) => `pok|Ed25519|${public_key}|${a}`),
    'a key whose owner does not know it',
  );
  return key;
}

const certKeys = record({
  context: record({ group: text, size: integer, threshold: integer, index: integer }),
  verification: hex,
  encryption: hex,
});

/** The signing key in a certificate of scrutineer `index`. */
function certified({ message, signature }, size, threshold, index) {
  const { context, verification, encryption } = certKeys(parseOnce(message));
  const place = JSON.stringify({ group: 'Ed25519', size, threshold, index });
  must(JSON.stringify(context) === place, 'a certificate for another place');
  const key = point(verification);
  must(point(encryption) && signs(key, message, signature), 'a certificate that is not signed');
  return key;
}

function commitments({ message, signature }, signer, threshold) {
  const { coefexps } = record({ coefexps: list(hex) })(parseOnce(message));
  must(coefexps.length === threshold && signs(signer, message, signature), 'commitments that do not hold');
  return coefexps.map(point);
}

function mustAgree(certs, points, signer, signature) {
  const agreed = JSON.stringify({ certs, coefexps: points.map(encode) });
  must(signs(signer, `certs_sig|${agreed}`, signature), 'a scrutineer who did not agree');
}

/** Scrutineer `index`'s verification key: what all polynomials make it. */
function verificationKey(given, index, signer, points) {
  const key = provenKey(given);
  const made = points.map((own) => product(own.map((each, k) => powerOf(each, BigInt(index) ** BigInt(k)))));
  must(same(key, product(made)), 'a verification key that is not what the polynomials make it');
  must(signs(signer, given.public_key, given.signature), 'a verification key that is not signed');
  return key;
}

const single = (value) => {
  must(Array.isArray(value) && value.length === 1 && value[0].length === 2, 'no trustees');
  must(value[0][0] === 'Single', 'no single key');
  return [['Single', record({ pok: proof, public_key: hex })(value[0][1])]];
};
const pedersen = (value) => {
  must(Array.isArray(value) && value.length === 1 && value[0].length === 2, 'no trustees');
  must(value[0][0] === 'Pedersen', 'no threshold');
  const members = {
    threshold: integer,
    certs: list(signed),
    coefexps: list(signed),
    signatures: list(proof),
    verification_keys: list(ownedKey),
  };
  return [['Pedersen', record(members)(value[0][1])]];
};

export function singleTrustee(given) {
  const [[, entry]] = exactly(single, given);
  const key = provenKey(entry);
  return { text: given, key: encode(key), threshold: null, verificationKeys: [key], signingKeys: [] };
}

const keysRead = new Map();
export function pedersenTrustees(given) {
  if (keysRead.has(given)) return keysRead.get(given);
  const [[, { threshold, certs, coefexps, signatures, verification_keys }]] = exactly(pedersen, given);
  const size = certs.length;
  const counts = [coefexps, signatures, verification_keys].map(({ length }) => length);
  must(
    threshold >= 1 && threshold <= size && counts.every((count) => count === size),
    'trustees that do not fit',
  );
  const signingKeys = certs.map((each, i) => certified(each, size, threshold, i + 1));
  const points = coefexps.map((each, i) => commitments(each, signingKeys[i], threshold));
  for (const [i, each] of signatures.entries()) mustAgree(certs, points[i], signingKeys[i], each);
  const verificationKeys = verification_keys.map((each, i) =>
    verificationKey(each, i + 1, signingKeys[i], points),
  );
  const key = encode(product(points.map(([first]) => first)));
  const found = { text: given, key, threshold, verificationKeys, signingKeys };
  keysRead.set(given, found);
  return found;
}

const polynomial = record({ polynomial: text, secrets: list(text), coefexps: signed, signature: proof });

/** The making of a key by scrutineers, contribution by contribution. */
export class Ceremony {
  #given = { certificate: new Map(), polynomial: new Map(), 'verification-key': new Map() };
  #secrecy;

  constructor(secrecy) {
    this.#secrecy = secrecy;
  }

  #all(step) {
    return this.#secrecy.scrutineers.map((_, i) => this.#given[step].get(i + 1));
  }

  /** Takes a contribution; gives `trustees` when it was the last, else null. */
  take(owner, step, given) {
    const { threshold, scrutineers } = this.#secrecy;
    const size = scrutineers.length;
    const steps = Object.keys(this.#given);
    must(steps.includes(step) && owner >= 1 && owner <= size, 'nobody’s contribution');
    must(!this.#given[step].has(owner), 'a contribution given before');
    const before = steps.slice(0, steps.indexOf(step));
    must(
      before.every((each) => this.#given[each].size === size),
      'a contribution out of turn',
    );
    if (step === 'certificate') {
      const cert = exactly(signed, given);
      certified(cert, size, threshold, owner);
      this.#given.certificate.set(owner, cert);
      return null;
    }
    const certs = this.#all('certificate');
    const signers = certs.map(({ message }) => point(JSON.parse(message).verification));
    must(new Set(signers.map(encode)).size === size, 'two scrutineers with one key');
    const signer = signers[owner - 1];
    if (step === 'polynomial') {
      const read = exactly(polynomial, given);
      const points = commitments(read.coefexps, signer, threshold);
      must(read.secrets.length === size, 'a polynomial without its values');
      mustAgree(certs, points, signer, read.signature);
      this.#given.polynomial.set(owner, { ...read, points });
      return null;
    }
    const key = exactly(ownedKey, given);
    const polynomials = this.#all('polynomial');
    verificationKey(
      key,
      owner,
      signer,
      polynomials.map(({ points }) => points),
    );
    this.#given[step].set(owner, key);
    if (this.#given[step].size < size) return null;
    const made = {
      threshold,
      certs,
      coefexps: polynomials.map(({ coefexps }) => coefexps),
      signatures: polynomials.map(({ signature }) => signature),
      verification_keys: this.#all(step),
    };
    return JSON.stringify([['Pedersen', made]]);
  }
}

// ---- Decryption -----------------------------------------------------------------------------------------------------

const shareForm = record({ decryption_factors: list(list(hex)), decryption_proofs: list(list(proof)) });

/** The factors of a share of the tally, all proofs of it checked. */
export function factorsOf(election, key, tally, given) {
  const { decryption_factors: factors, decryption_proofs: proofs } = exactly(shareForm, given);
  const ciphers = JSON.parse(tally);
  const shape = (lists) => lists.map(({ length }) => length).join();
  must(shape(factors) === shape(ciphers) && shape(proofs) === shape(ciphers), 'a share of another shape');
  return ciphers.map((question, i) =>
    question.map(({ alpha: given }, j) => {
      const [alpha, factor] = [computed(given), computed(factors[i][j])];
      const [c, r] = [BigInt(proofs[i][j].challenge), BigInt(proofs[i][j].response)];
      const a = times(gPower(r), powerOf(key, c));
      const b = times(powerOf(alpha, r), powerOf(factor, c));
      const hashed = `decrypt|${election.hash}|${encode(key)}|${encode(a)},${encode(b)}`;
      must(c === H(hashed), 'a share that does not hold');
      return factor;
    }),
  );
}

/** The counts that shares of [owner, factors] give, question by question. */
export function decrypt(tally, shares, threshold, most) {
  const counts = new Map();
  for (let n = 0; n <= most; n += 1) counts.set(encode(gPower(BigInt(n))), n);
  const owners = shares.map(([owner]) => BigInt(owner));
  const coefficients = owners.map((owner) =>
    owners
      .filter((other) => other !== owner)
      .reduce((all, other) => mod(all * other * inverse(mod(other - owner, Q), Q), Q), 1n),
  );
  return JSON.parse(tally).map((question, i) =>
    question.map(({ beta }, j) => {
      const parts = shares.map(([, factors], k) =>
        threshold === null ? factors[i][j] : powerOf(factors[i][j], coefficients[k]),
      );
      const count = counts.get(encode(over(computed(beta), product(parts))));
      must(count !== undefined, 'shares that decrypt to no count');
      return count;
    }),
  );
}

// ---- The archive -------------------------------------------------------------------------------------------------------

function tarFile(name, content, timestamp) {
  const octal = (n) => n.toString(8).padStart(11, '0');
  const header = Buffer.alloc(512);
  header.write(name, 0);
  header.write(`0000644\0${'0000000\0'.repeat(2)}${octal(content.length)}\0${octal(timestamp)}\0`, 100);
  header.write('        0', 148);
  const sum = header.reduce((all, byte) => all + byte, 0);
  header.write(`${sum.toString(8).padStart(6, '0')}\0 `, 148);
  return Buffer.concat([header, content, Buffer.alloc(-content.length & 511)]);
}

/** The `.bel` file of an election. */
export function archiveOf({ timestamp, election, trustees, credentials, ballots, tally, shares, counts }) {
  const files = [];
  const put = (name, content) => files.push(tarFile(name, Buffer.from(content), timestamp));
  const data = (content) => {
    put(`${sha256(content)}.data.json`, content);
    return sha256(content);
  };
  let parent;
  let height = 0;
  const event = (type, payload) => {
    const content = JSON.stringify({ parent, height, type, payload });
    parent = sha256(content);
    height += 1;
    put(`${parent}.event.json`, content);
  };
  put('BELENIOS', JSON.stringify({ version: 1, timestamp: String(timestamp) }));
  const parts = [election, trustees, JSON.stringify(credentials)].map(data);
  const setup = { election: parts[0], trustees: parts[1], credentials: parts[2] };
  event('Setup', data(JSON.stringify(setup)));
  for (const each of ballots) event('Ballot', data(each));
  event('EndBallots');
  const sized = {
    num_tallied: tally.ballots,
    total_weight: tally.ballots,
    encrypted_tally: data(tally.text),
  };
  event('EncryptedTally', data(JSON.stringify(sized)));
  for (const { owner, text: share } of shares)
    event('PartialDecryption', data(JSON.stringify({ owner, payload: data(share) })));
  if (counts !== null) event('Result', data(JSON.stringify({ result: counts })));
  return Buffer.concat(files);
}

/** The counts of an election, from its `.bel` file alone, everything in it checked. */
export function recount(bytes) {
  const found = { data: new Map(), events: [], timestamp: 0 };
  for (let at = 0; at < bytes.length; ) {
    const name = bytes.toString('latin1', at, at + 100).replace(/\0.*$/s, '');
    const end = at + 512 + Number.parseInt(bytes.toString('latin1', at + 124, at + 135), 8);
    const content = bytes.toString('utf8', at + 512, end);
    if (at === 0) found.timestamp = Number(JSON.parse(content).timestamp);
    else if (name.endsWith('.event.json')) found.events.push(JSON.parse(content));
    else found.data.set(name.slice(0, 64), content);
    at = end + (-(end - at) & 511);
  }
  const all = (type) =>
    found.events.filter((event) => event.type === type).map(({ payload }) => found.data.get(payload));
  const [setup, sized, result] = ['Setup', 'EncryptedTally', 'Result'].map((type) =>
    JSON.parse(all(type)[0]),
  );
  const election = readElection(found.data.get(setup.election));
  const trustees = found.data.get(setup.trustees);
  const { key, threshold, verificationKeys } = trustees.startsWith('[["Single"')
    ? singleTrustee(trustees)
    : pedersenTrustees(trustees);
  must(JSON.parse(election.text).public_key === key, 'not sealed with the trustees’ key');
  const ballots = all('Ballot');
  must(
    ballots.every((each) => whyNot(election, each) === null),
    'a ballot that does not hold',
  );
  const last = [...new Map(ballots.map((each) => [headerOf(each).credential, each])).values()];
  const tally = { text: sumOf(election, last), ballots: last.length };
  const shares = all('PartialDecryption').map((each) => {
    const { owner, payload } = JSON.parse(each);
    const given = found.data.get(payload);
    return {
      owner,
      text: given,
      factors: factorsOf(election, verificationKeys[owner - 1], tally.text, given),
    };
  });
  const parts = shares.map(({ owner, factors }) => [owner, factors]);
  const counts = decrypt(tally.text, parts, threshold, tally.ballots);
  must(
    sized.num_tallied === tally.ballots && JSON.stringify(counts) === JSON.stringify(result.result),
    'a wrong result',
  );
  const credentials = JSON.parse(found.data.get(setup.credentials));
  must(
    ballots.every((each) => credentials.includes(headerOf(each).credential)),
    'a ballot of nobody who may vote',
  );
  const { timestamp } = found;
  const rest = { credentials, ballots, tally, shares, counts };
  const made = archiveOf({ timestamp, election: election.text, trustees, ...rest });
  must(made.equals(bytes), 'an archive that is not the one its contents make');
  return counts;
}
