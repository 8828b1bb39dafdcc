import { createPrivateKey, X509Certificate } from 'node:crypto';
import { mkdirSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { isIP } from 'node:net';
import { join } from 'node:path';
import { describeFault } from '../process/fault.ts';
import { writePublic, writeSecret } from '../process/key-file.ts';
import { type Authority, openAuthority } from '../tls/authority.ts';
import { type Identity, issueServer, type Making, makeAuthority } from '../tls/issue.ts';
import { certificateFingerprint } from './fingerprint.ts';

/** What the hall shows and believes on its network. */
export interface HallCertificates {
  /** What the servers show, and its key, both PEM. */
  readonly server: Identity;
  /** What browsers and seats must trust to believe that; null where the hall brings a certificate and names no CA. */
  readonly trust: X509Certificate | null;
  /** The hall's own CA, of which the terminals' certificates are. */
  readonly ca: X509Certificate;
  /** Signs for the CA; null where its key is not on this machine. */
  readonly authority: Authority | null;
  /** What the operator is to know; each says what to do. */
  readonly notes: readonly string[];
}

export interface CertificateParts {
  /** Where the hall's data is kept; the certificates are in `tls` there. */
  readonly data: string;
  readonly hall: string;
  /** Names and addresses by which the coordinator is reached. */
  readonly names: readonly string[];
  /** The certificate that the hall brings. */
  readonly own: { readonly cert: string; readonly key: string; readonly ca?: string | undefined } | null;
  readonly making: Making;
}

export type Opened =
  | { readonly ok: true; readonly value: HallCertificates }
  | { readonly ok: false; readonly problem: string };

/** A certificate that ends sooner is made anew, or its end is spoken of. */
const SOON_MS = 30 * 86_400_000;

const fileOf = (data: string, name: string) => join(data, 'tls', name);

/** The file that seats and browsers are given. */
export const caFile = (data: string): string => fileOf(data, 'ca.crt');

class Problem extends Error {}

/**
 * Opens the hall's certificates, and makes what is missing: the CA at the hall's first start, the coordinator's certificate
 * whenever it does not fit any more and the CA's key is here. `problem` names file and cure.
 */
export async function openCertificates(parts: CertificateParts): Promise<Opened> {
  try {
    return { ok: true, value: await open(parts) };
  } catch (error) {
    const line = error instanceof Problem ? error.message : describeFault(parts.data, error);
    if (line === null) throw error;
    return { ok: false, problem: line };
  }
}

async function open(parts: CertificateParts): Promise<HallCertificates> {
  const { data, own, making } = parts;
  const notes: string[] = [];
  mkdirSync(join(data, 'tls'), { recursive: true, mode: 0o700 });
  const ca = await theAuthority(parts, notes);
  const server = own ? ownServer(own, making.now, notes) : await theServer(parts, ca, notes);
  const trust = own ? (own.ca === undefined ? null : certificateAt(own.ca)) : ca.certificate;
  return { server, trust, ca: ca.certificate, authority: ca.authority, notes };
}

interface Ca {
  readonly certificate: X509Certificate;
  readonly authority: Authority | null;
}

async function theAuthority({ data, hall, making }: CertificateParts, notes: string[]): Promise<Ca> {
  const crt = caFile(data);
  const key = fileOf(data, 'ca.key');
  if (!isThere(crt)) {
    // As the coordinator's key: never beside a ledger, whose seats know another.
    const ledger = readdirSync(data).find((name) => name.endsWith('.ledger'));
    if (ledger !== undefined)
      throw new Problem(
        `${crt} has gone; the hall’s seats and browsers trust it → put it back from the copy, or make a new CA (hallvote certificates new) and bring it to all seats`,
      );
    await makeCa(data, hall, making);
  }
  const certificate = certificateAt(crt);
  if (!isThere(key)) {
    notes.push(
      `${key} is not here: certificates can be neither issued nor renewed on this machine → bring it back for as long as terminals are enrolled`,
    );
    return { certificate, authority: null };
  }
  const opened = await openAuthority(readFileSync(crt, 'utf8'), secretAt(key), making.now);
  if (!opened.ok) throw new Problem(`${crt}: ${opened.problem}`);
  const left = Date.parse(certificate.validTo) - making.now;
  if (left < 12 * SOON_MS)
    notes.push(`${crt} ends on ${dayOf(certificate)} → make a new CA before that, and bring it to all seats`);
  return { certificate, authority: opened.value };
}

/** The fingerprint of the CA that is there, as people compare it. */
export function fingerprintIn(
  data: string,
): { readonly ok: true; readonly value: string } | { readonly ok: false; readonly problem: string } {
  try {
    return { ok: true, value: certificateFingerprint(certificateAt(caFile(data))) };
  } catch (error) {
    if (error instanceof Problem) return { ok: false, problem: error.message };
    throw error;
  }
}

/** Makes a CA in the place of the one that is there, if any: nobody believes what that one has signed any more. */
export async function makeCa(data: string, hall: string, making: Making): Promise<void> {
  const made = await makeAuthority(hall, making);
  mkdirSync(join(data, 'tls'), { recursive: true, mode: 0o700 });
  // The certificate last: it is the sign that there is a CA.
  writeSecret(fileOf(data, 'ca.key'), made.key);
  writePublic(caFile(data), made.certificate);
}

/** The coordinator's certificate: the one that is there while it fits, else a new one. */
async function theServer(
  { data, names, making }: CertificateParts,
  { certificate: ca, authority }: Ca,
  notes: string[],
): Promise<Identity> {
  const file = fileOf(data, 'coordinator.pem');
  const found = isThere(file) ? identityIn(file) : null;
  const why = found === null ? 'is missing' : misfit(found.certificate, ca, names, making.now);
  if (found !== null && why === null) return found;
  if (authority !== null) {
    const made = await issueServer(authority, names, making);
    writeSecret(file, made.certificate + made.key);
    return made;
  }
  const isUsable = found !== null && isFrom(found.certificate, ca) && !isOver(found.certificate, making.now);
  const told = `${file} ${why}, and ${fileOf(data, 'ca.key')}, which would sign another, is not here → bring it back for one start`;
  if (!isUsable) throw new Problem(told);
  notes.push(told);
  return found;
}

function isFrom(pem: string, ca: X509Certificate): boolean {
  const certificate = new X509Certificate(pem);
  return certificate.checkIssued(ca) && certificate.verify(ca.publicKey);
}

const isOver = (pem: string, at: number) => Date.parse(new X509Certificate(pem).validTo) < at;

/** Why the coordinator's certificate does not do any more; null where it does. */
function misfit(pem: string, ca: X509Certificate, names: readonly string[], now: number): string | null {
  if (!isFrom(pem, ca)) return 'is of another CA';
  const certificate = new X509Certificate(pem);
  if (isOver(pem, now + SOON_MS)) return `ends on ${dayOf(certificate)}`;
  const isFor = (name: string) =>
    (isIP(name) ? certificate.checkIP(name) : certificate.checkHost(name)) !== undefined;
  const lacking = names.filter((name) => !isFor(name));
  return lacking.length > 0 ? `is not for ${lacking.join(', ')}` : null;
}

/** What the hall brings. */
function ownServer(own: { cert: string; key: string }, now: number, notes: string[]): Identity {
  const certificate = certificateAt(own.cert);
  const key = secretAt(own.key);
  if (!certificate.checkPrivateKey(privateKeyIn(own.key, key)))
    throw new Problem(`${own.key}: is not the key of ${own.cert} → name the two that belong together`);
  const end = Date.parse(certificate.validTo);
  if (end < now)
    throw new Problem(`${own.cert}: has ended on ${dayOf(certificate)} → renew it where it came from`);
  if (end < now + SOON_MS)
    notes.push(`${own.cert} ends on ${dayOf(certificate)} → renew it where it came from`);
  return { certificate: readFileSync(own.cert, 'utf8'), key };
}

function identityIn(file: string): Identity {
  const text = secretAt(file);
  const at = text.indexOf('-----BEGIN PRIVATE KEY-----');
  try {
    const certificate = new X509Certificate(text);
    if (!certificate.checkPrivateKey(createPrivateKey(text.slice(at)))) throw new Error('another key');
  } catch {
    throw new Problem(`${file}: is damaged → remove it: another is made at the next start`);
  }
  return { certificate: text.slice(0, at), key: text.slice(at) };
}

function certificateAt(file: string): X509Certificate {
  if (!isThere(file))
    throw new Problem(
      `${file}: there is no such certificate → correct tls in hall.yaml, or put it there; the first start makes the hall’s CA`,
    );
  try {
    return new X509Certificate(readFileSync(file, 'utf8'));
  } catch {
    throw new Problem(`${file}: is no PEM certificate → put it back from the copy`);
  }
}

function privateKeyIn(file: string, pem: string) {
  try {
    return createPrivateKey(pem);
  } catch {
    throw new Problem(`${file}: is no PEM private key without a password → write it as one`);
  }
}

/** A text that only this user may read. */
function secretAt(file: string): string {
  const stat = statSync(file, { throwIfNoEntry: false });
  if (!stat?.isFile())
    throw new Problem(`${file}: there is no such key → correct tls in hall.yaml, or put it there`);
  if ((stat.mode & 0o077) !== 0) throw new Problem(`${file}: others can read this key → run chmod 600 on it`);
  return readFileSync(file, 'utf8');
}

const isThere = (file: string) => statSync(file, { throwIfNoEntry: false })?.isFile() === true;

const dayOf = ({ validTo }: X509Certificate) => new Date(validTo).toISOString().slice(0, 10);
