import 'reflect-metadata';
import { createPublicKey, webcrypto } from 'node:crypto';
import { isIP } from 'node:net';
import {
  AuthorityKeyIdentifierExtension,
  BasicConstraintsExtension,
  ExtendedKeyUsage,
  ExtendedKeyUsageExtension,
  type Extension,
  KeyUsageFlags,
  KeyUsagesExtension,
  PemConverter,
  SubjectAlternativeNameExtension,
  SubjectKeyIdentifierExtension,
  X509CertificateGenerator,
} from '@peculiar/x509';
import type { RandomBytes } from '../../shared/protocol/ids.ts';
import { isAcceptableKey } from '../../shared/protocol/keys.ts';
import { type Authority, SIGNATURE } from './authority.ts';
import { terminalUri } from './terminal-uri.ts';

/** A certificate with its private key, both PEM. */
export interface Identity {
  readonly certificate: string;
  readonly key: string;
}

/** What every act of issuing needs from outside. `now`: ms since 1970. */
export interface Making {
  readonly random: RandomBytes;
  readonly now: number;
}

const DAY_MS = 86_400_000;
/** Clocks of a hall are not in step: what is issued now is good for who is behind by less than this. */
const SLACK_MS = DAY_MS;

/** How long each kind is good for. A hall's CA outlives its terminals; browsers take no server's for longer than 398 days. */
export const LIFETIME_DAYS = { authority: 3_650, server: 397, terminal: 397 } as const;

/** The authority's and a server's keys, which browsers must know: P-256. */
const P256 = { name: 'ECDSA', namedCurve: 'P-256' } as const;

/** Makes a hall's certificate authority: it signs servers and terminals, and no further authority. */
export async function makeAuthority(hall: string, making: Making): Promise<Identity> {
  const keys = await webcrypto.subtle.generateKey(P256, true, ['sign', 'verify']);
  const name = [{ O: [hall] }, { CN: [`${hall} Hallvote CA`] }];
  const certificate = await X509CertificateGenerator.create({
    serialNumber: serial(making.random),
    subject: name,
    issuer: name,
    ...validity(making.now, LIFETIME_DAYS.authority),
    signingAlgorithm: SIGNATURE,
    publicKey: keys.publicKey,
    signingKey: keys.privateKey,
    extensions: [
      new BasicConstraintsExtension(true, 0, true),
      new KeyUsagesExtension(KeyUsageFlags.keyCertSign | KeyUsageFlags.cRLSign, true),
      await SubjectKeyIdentifierExtension.create(keys.publicKey),
    ],
  });
  return { certificate: pem(certificate.toString('pem')), key: await privatePem(keys.privateKey) };
}

/**
 * A new key and certificate for the coordinator, good for `names`: names and addresses by which it is reached.
 * @throws {RangeError} where there are none.
 */
export async function issueServer(
  authority: Authority,
  names: readonly string[],
  making: Making,
): Promise<Identity> {
  const [first] = names;
  if (first === undefined) throw new RangeError('a server has a name');
  const keys = await webcrypto.subtle.generateKey(P256, true, ['sign', 'verify']);
  const certificate = await issue(authority, making, {
    commonName: 'hallvote coordinator',
    days: LIFETIME_DAYS.server,
    publicKey: keys.publicKey,
    names: [...new Set(names)].map((value) => ({ type: isIP(value) ? 'ip' : 'dns', value })),
    usage: ExtendedKeyUsage.serverAuth,
  });
  return { certificate, key: await privatePem(keys.privateKey) };
}

/** Whose key a terminal's certificate is for: `key` is the Ed25519 public key it signs its messages with. */
export interface Holder {
  readonly hall: string;
  readonly terminal: string;
  readonly key: string;
}

/** The certificate of a terminal, on its own key; its private half never leaves the terminal. `null`: the key is none. */
export async function issueTerminal(
  authority: Authority,
  { hall, terminal, key }: Holder,
  making: Making,
): Promise<string | null> {
  if (!isAcceptableKey(key)) return null;
  const jwk = { kty: 'OKP', crv: 'Ed25519', x: key };
  return issue(authority, making, {
    commonName: terminal,
    days: LIFETIME_DAYS.terminal,
    publicKey: new Uint8Array(
      createPublicKey({ key: jwk, format: 'jwk' }).export({ format: 'der', type: 'spki' }),
    ),
    names: [{ type: 'url', value: terminalUri(hall, terminal) }],
    usage: ExtendedKeyUsage.clientAuth,
  });
}

interface Leaf {
  readonly commonName: string;
  readonly days: number;
  readonly publicKey: CryptoKey | Uint8Array<ArrayBuffer>;
  readonly names: { type: 'ip' | 'dns' | 'url'; value: string }[];
  readonly usage: ExtendedKeyUsage;
}

type CryptoKey = webcrypto.CryptoKey;

/** RFC 5280 §4.2: what is critical there is critical here, and nothing stands in it that has no use. */
async function issue(authority: Authority, making: Making, leaf: Leaf): Promise<string> {
  const extensions: Extension[] = [
    new BasicConstraintsExtension(false, undefined, true),
    new KeyUsagesExtension(KeyUsageFlags.digitalSignature, true),
    new ExtendedKeyUsageExtension([leaf.usage]),
    new SubjectAlternativeNameExtension(leaf.names),
    await SubjectKeyIdentifierExtension.create(leaf.publicKey),
    await AuthorityKeyIdentifierExtension.create(authority.certificate.publicKey),
  ];
  const certificate = await X509CertificateGenerator.create({
    serialNumber: serial(making.random),
    subject: [{ CN: [leaf.commonName] }],
    issuer: authority.certificate.subjectName,
    ...validity(making.now, leaf.days, authority.certificate.notAfter.getTime()),
    signingAlgorithm: SIGNATURE,
    publicKey: leaf.publicKey,
    signingKey: authority.key,
    extensions,
  });
  return pem(certificate.toString('pem'));
}

/** Nothing is good for longer than what signed it. */
function validity(now: number, days: number, atMost = Number.POSITIVE_INFINITY) {
  return {
    notBefore: new Date(now - SLACK_MS),
    notAfter: new Date(Math.min(now + days * DAY_MS, atMost)),
  };
}

/** 128 random bits, positive and without leading zeros (RFC 5280 §4.1.2.2). */
function serial(random: RandomBytes): string {
  const bytes = Buffer.from(random(16));
  bytes[0] = ((bytes[0] ?? 0) & 0x3f) | 0x40;
  return bytes.toString('hex');
}

async function privatePem(key: CryptoKey): Promise<string> {
  return pem(PemConverter.encode(await webcrypto.subtle.exportKey('pkcs8', key), 'PRIVATE KEY'));
}

function pem(text: string): string {
  return `${text.trim()}\n`;
}
