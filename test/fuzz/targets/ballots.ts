import { z } from 'zod';
import { checkBallot, readElection } from '../../../shared/belenios/ballot.ts';
import { receive, send } from '../../../shared/belenios/channel.ts';
import { encode, secretBasePower } from '../../../shared/belenios/group.ts';
import { unlockKey } from '../../../shared/belenios/key-file.ts';
import { isOpening } from '../../../shared/belenios/opening.ts';
import {
  certificateIn,
  readCertificates,
  readPolynomials,
  verificationKeyIn,
} from '../../../shared/belenios/pedersen.ts';
import {
  decryptionKey,
  makeCertificate,
  makePolynomial,
  makeVerificationKey,
} from '../../../shared/belenios/pedersen-trustee.ts';
import { secretOf } from '../../../shared/belenios/secret.ts';
import { passwordKey, secretBox } from '../../../shared/belenios/sodium-wasm.ts';
import { readShare, readTally, shareText, tallyText } from '../../../shared/belenios/tally-text.ts';
import { readTrustees } from '../../../shared/belenios/trustees.ts';
import { toBase64url } from '../../../shared/protocol/bytes.ts';
import { sealedHeader } from '../../../shared/protocol/sealed-header.ts';
import { seededBytes } from '../../support/sample-ledger.ts';
import { signedAnew } from '../../support/sign-anew.ts';
import { keptElection } from '../elections.ts';
import { once } from '../once.ts';
import { mustEqual, mustHold, type Target, utf8 } from '../target.ts';
import type { Targets } from './all.ts';

/** What seats and scrutineers send of secret votes. */

/** For what is made anew at every input; what inputs are compared with has randomness of its own. */
const random = seededBytes(5);

const election = once(() => {
  const held = keptElection('ballots');
  const read = readElection(held.record.election);
  if (!read) throw new Error('there is no election');
  return { held, read };
});
const record = () => election().held.record;

/** Proofs take a millisecond each. */
const SLOW = { base: 400, perKib: 40 };

/** Nobody without the credential makes a ballot that holds; what holds can be read by the quick look, too. */
const sealed: Target = {
  run: (input) => {
    const text = utf8(input);
    const { read } = election();
    const header = sealedHeader(text);
    const checked = checkBallot(read, text);
    isOpening(read, text, {
      votes: [
        [1, 0],
        [1, 1, 0],
      ],
      randomness: [
        ['1', '2'],
        ['3', '4', '5'],
      ],
    });
    if (!checked.ok) return;
    mustHold(record().ballots.includes(text), 'a ballot was forged');
    mustEqual(
      [header?.credential, header?.electionHash],
      [checked.credential, read.hash],
      'the quick look sees another ballot',
    );
  },
  seeds: () => Object.fromEntries(record().ballots.map((text, i) => [`ballot-${i}`, text])),
  most: 300_000,
  time: SLOW,
};

const Ciphers = z.object({
  answers: z.array(
    z.object({ choices: z.unknown(), individual_proofs: z.unknown(), overall_proof: z.unknown() }),
  ),
});

/** Who has the credential can sign what they like: what holds has ciphertexts and proofs that nobody changed. */
const signedBallot: Target = {
  run: (input) => {
    const { read, held } = election();
    const [credential] = held.secrets;
    if (!credential) throw new Error('there is a credential');
    let text: string;
    try {
      text = signedAnew(utf8(input), credential, random);
    } catch {
      // Not even the shape of a ballot.
      return;
    }
    if (!checkBallot(read, text).ok) return;
    const [first] = record().ballots;
    mustEqual(
      Ciphers.parse(JSON.parse(text)),
      Ciphers.parse(JSON.parse(first ?? '')),
      'another ballot holds',
    );
  },
  seeds: sealed.seeds,
  most: 24_000,
  time: SLOW,
};

/** Canonical: what is read is written back as it stood. */
const tally: Target = {
  run: (input) => {
    const text = utf8(input);
    const read = readTally(text);
    if (read) mustHold(tallyText(read) === text, 'another spelling was taken');
    const share = readShare(text);
    if (share) mustHold(shareText(share) === text, 'another spelling was taken');
  },
  seeds: () => ({ tally: record().tally.text, share: record().shares[0]?.text ?? '' }),
  most: 16_384,
  time: SLOW,
};

const ceremony = once(() => {
  const random = seededBytes(6);
  const place = (i: number) => ({ size: 2, threshold: 2, index: i + 1 });
  const seeds = ['1'.repeat(22), '2'.repeat(22)];
  const made = (text: string | object) => (typeof text === 'string' ? text : '');
  const certificates = seeds.map((seed, i) => makeCertificate(seed, place(i), random));
  const polynomials = seeds.map((seed, i) => made(makePolynomial(seed, place(i), certificates, random)));
  const keys = seeds.map((seed, i) =>
    made(makeVerificationKey(seed, place(i), certificates, polynomials, random)),
  );
  return { place, seeds, certificates, polynomials, keys };
});

/** What everybody checks of a polynomial; what is sent in secret each recipient checks for themselves. */
const publicPart = (text: string) =>
  z.object({ coefexps: z.unknown(), signature: z.unknown() }).parse(JSON.parse(text));

const bobsKey = once(() => {
  const { place, seeds, certificates, polynomials } = ceremony();
  const key = decryptionKey(seeds[1] ?? '', place(1), certificates, polynomials);
  if ('what' in key) throw new Error(key.what);
  return key;
});

/** The key is the election's own: no other file of trustees holds. */
const trustees: Target = {
  run: (input) => {
    const text = utf8(input);
    const read = readTrustees(text);
    if (read) mustHold(text === record().trustees, 'trustees were forged');
  },
  seeds: () => ({ pedersen: record().trustees }),
  most: 16_384,
  time: SLOW,
};

/** One step of a scrutineer: it holds only as its owner made it, and who lies is the one who sent it. */
const step: Target = {
  run: (input) => {
    const text = utf8(input);
    const { place, seeds, certificates, polynomials, keys } = ceremony();
    const [certificate = '', otherCertificate = ''] = certificates;
    const [polynomial = '', other = ''] = polynomials;
    if (certificateIn(text, place(0))) mustHold(text === certificate, 'a certificate was forged');
    readCertificates([text, otherCertificate], 2);
    const agreed = readPolynomials(certificates, [text, other], 2);
    if ('what' in agreed) mustHold(agreed.owner === 1, 'the wrong one is blamed');
    else mustEqual(publicPart(text), publicPart(polynomial), 'a polynomial was forged');
    const key = decryptionKey(seeds[1] ?? '', place(1), certificates, [text, other]);
    if ('what' in key) mustHold(key.owner === 1, 'the wrong one is blamed');
    else mustEqual([...key], [...bobsKey()], 'another key came of it');
    const whole = readPolynomials(certificates, polynomials, 2);
    if (!('what' in whole) && verificationKeyIn(text, 1, whole))
      mustHold(text === keys[0], 'a key was forged');
  },
  seeds: () => ({
    certificate: ceremony().certificates[0] ?? '',
    polynomial: ceremony().polynomials[0] ?? '',
    key: ceremony().keys[0] ?? '',
  }),
  most: 16_384,
  time: SLOW,
};

const ALICE = secretOf(11n);
const BOB = secretOf(12n);
const MESSAGE = '{"secret":"5"}';
const sent = once(() => send(ALICE, secretBasePower(BOB), MESSAGE, seededBytes(7)));

/** What arrives is what was sent, or nothing. */
const channel: Target = {
  run: (input) => {
    const text = utf8(input);
    const got = receive(secretBasePower(ALICE), BOB, text);
    if (got !== null) mustHold(got === MESSAGE, 'another message arrived');
    // Who signs with their own key is not Alice.
    const forged = send(secretOf(13n), secretBasePower(BOB), text, random);
    mustHold(receive(secretBasePower(ALICE), BOB, forged) === null, 'a message was forged');
  },
  seeds: () => ({ sent: sent(), plain: MESSAGE }),
  time: SLOW,
};

const PASSWORD = 'correct horse';
const LIGHT = { ops: 1, mem: 8192 };
const Cost = z.object({ header: z.object({ ops: z.literal(LIGHT.ops), mem: z.literal(LIGHT.mem) }) });

const keyFile = once(() => {
  const [salt, nonce] = [new Uint8Array(16).fill(1), new Uint8Array(24).fill(2)];
  const header = {
    what: 'hallvote scrutineer key',
    v: 1,
    sitting: 's',
    scrutineer: 's1',
    ceremony: 1,
    ...LIGHT,
    salt: toBase64url(salt),
    nonce: toBase64url(nonce),
  };
  const key = passwordKey(new TextEncoder().encode(PASSWORD), salt, LIGHT.ops, LIGHT.mem);
  if (!key) throw new Error('there is no memory');
  const inner = JSON.stringify({ header, seed: '1'.repeat(22) });
  const box = secretBox(new TextEncoder().encode(inner), nonce, key);
  return `${JSON.stringify({ header, box: toBase64url(box) }, null, 2)}\n`;
});

/** A key file opens to the key it was locked with, or says why not. Costly headers are left out: they take a second. */
const lockedKey: Target = {
  run: (input) => {
    const text = utf8(input);
    const isLight = Cost.safeParse(parsed(text)).success;
    if (!isLight && /"mem"/.test(text)) return;
    const opened = unlockKey(text, PASSWORD);
    if (typeof opened === 'object')
      mustEqual(
        opened,
        { sitting: 's', scrutineer: 's1', ceremony: 1, seed: '1'.repeat(22) },
        'another key came out',
      );
  },
  seeds: () => ({ light: keyFile() }),
};

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

/** A point is written in one way. */
const electionText: Target = {
  run: (input) => {
    const text = utf8(input);
    const read = readElection(text);
    if (!read) return;
    const said = z.object({ public_key: z.string() }).parse(JSON.parse(text));
    mustHold(encode(read.publicKey) === said.public_key, 'the key is written otherwise');
    checkBallot(read, record().ballots[0] ?? '');
  },
  seeds: () => ({ election: record().election }),
  time: SLOW,
};

export const ballots: Targets = {
  'sealed-ballot': sealed,
  'sealed-ballot-signed': signedBallot,
  tally,
  trustees,
  'ceremony-step': step,
  channel,
  'key-file': lockedKey,
  election: electionText,
};
