import { createPrivateKey, X509Certificate } from 'node:crypto';
import { isIP } from 'node:net';
import { connect, createSecureContext, type SecureContext, type TLSSocket } from 'node:tls';
import { toBase64url } from '../../shared/protocol/bytes.ts';
import type { RandomBytes } from '../../shared/protocol/ids.ts';
import type { KeyPair } from '../../shared/protocol/keys.ts';
import type { Certificate } from '../../shared/protocol/messages.ts';
import type { Clock } from '../machine/clock.ts';
import type { Disk } from '../machine/disk.ts';
import { selfSigned } from './self-signed.ts';
import { whyNotServer } from './server-certificate.ts';

const FILE = 'certificate.pem';

export interface SeatWireParts {
  readonly terminal: string;
  readonly key: KeyPair;
  /** PEM of the CA that the seat was provisioned with. */
  readonly ca: string | Uint8Array;
  /** Where the certificate is kept; in memory without. */
  readonly disk?: Pick<Disk, 'read' | 'write'> | undefined;
  readonly clock: Pick<Clock, 'now'>;
  readonly random: RandomBytes;
}

/** What the terminal shows: the certificate that the hall has issued, or one of its own making. */
export type Shown = 'issued' | 'own';

/**
 * A seat's side of TLS: whom it believes, and what it shows. It shows a certificate for the key it signs with, of its own making
 * until the hall has issued one; a certificate that opens nothing any more is followed by its own once, and so renewed.
 */
export class SeatWire {
  readonly #parts: SeatWireParts;
  readonly #ca: X509Certificate;
  readonly #key: string;
  #issued: string | null;
  #own: string | null = null;
  #next: Shown;
  /** What was shown last, with what OpenSSL made of it, and at each port who was believed, and the session begun. */
  #made: {
    readonly certificate: string;
    readonly context: SecureContext;
    readonly known: Map<number, { readonly server: X509Certificate; readonly session: Buffer | undefined }>;
  } | null = null;
  /** The hall's time, and when it was heard. */
  #heard: { readonly time: number; readonly at: number } | null = null;
  /** The certificate of the server that was believed last. */
  #believed: X509Certificate | null = null;

  /** @throws where `ca` is no certificate. */
  constructor(parts: SeatWireParts) {
    this.#parts = parts;
    this.#ca = new X509Certificate(parts.ca);
    const { x, seed } = parts.key;
    const jwk = { kty: 'OKP', crv: 'Ed25519', x, d: toBase64url(seed) };
    const key = createPrivateKey({ key: jwk, format: 'jwk' });
    this.#key = key.export({ format: 'pem', type: 'pkcs8' }).toString();
    const found = parts.disk?.read(FILE) ?? null;
    this.#issued = found !== null && 'text' in found && this.#isOwn(found.text) ? found.text : null;
    this.#next = this.#issued === null ? 'own' : 'issued';
  }

  /**
   * A line to `host`. What is written to it waits until the other end has shown to be the coordinator; where it does not,
   * `refuse` hears why, and the line ends.
   */
  async line(
    host: string,
    port: number,
    refuse: (why: string) => void,
  ): Promise<{ readonly socket: TLSSocket; readonly shown: Shown }> {
    const shown = this.#next;
    const made = await this.#contextOf(shown);
    const { server: before, session } = made.known.get(port) ?? {};
    const socket = connect({
      host,
      port,
      // RFC 6066 §3: an address is no name.
      ...(isIP(host) === 0 && { servername: host }),
      secureContext: made.context,
      ...(session && { session }),
      rejectUnauthorized: false,
    });
    socket.setNoDelay(true);
    socket.cork();
    // It ends with one; whoever holds the line hears of that.
    socket.on('error', () => {});
    socket.on('session', (next: Buffer) => {
      const known = made.known.get(port);
      if (known) made.known.set(port, { ...known, session: next });
    });
    socket.once('secureConnect', () => {
      // Who takes a session up again shows no certificate, and is who began it: nobody else has its secret.
      const server = socket.isSessionReused() ? before : socket.getPeerX509Certificate();
      const why = this.#whyNot(server, host);
      if (server && why === null) {
        this.#believed = server;
        made.known.set(port, { server, session });
        socket.uncork();
        return;
      }
      made.known.delete(port);
      refuse(why ?? 'it shows no certificate');
      socket.destroy();
    });
    return { socket, shown };
  }

  /** The coordinator is there and takes no connection with what was shown. */
  refused(shown: Shown): void {
    this.#made = null;
    this.#next = shown === 'own' && this.#issued !== null ? 'issued' : 'own';
  }

  /**
   * What the coordinator says of time and certificate.
   * @returns whether the terminal is to come again, since it now has something better to show, or must not believe the server any more.
   */
  told({ time, certificate }: Certificate, host: string, shown: Shown): boolean {
    this.#heard = { time, at: this.#parts.clock.now() };
    if (certificate !== null && this.#isOwn(certificate)) {
      this.#issued = certificate;
      this.#next = 'issued';
      // Where it cannot be kept, another is issued after the next start.
      this.#parts.disk?.write(FILE, certificate);
    }
    const isBetter = shown === 'own' && this.#next === 'issued';
    return isBetter || this.#whyNot(this.#believed ?? undefined, host) !== null;
  }

  #whyNot(server: X509Certificate | undefined, host: string): string | null {
    const now = this.#heard && this.#heard.time + (this.#parts.clock.now() - this.#heard.at);
    return whyNotServer(server, { ca: this.#ca, host, now });
  }

  async #contextOf(shown: Shown) {
    const { key, terminal, random } = this.#parts;
    this.#own ??= this.#issued === null || shown === 'own' ? await selfSigned(key, terminal, random) : null;
    const certificate = (shown === 'issued' ? this.#issued : null) ?? this.#own ?? '';
    if (this.#made?.certificate === certificate) return this.#made;
    const context = createSecureContext({
      cert: certificate,
      key: this.#key,
      ca: this.#ca.toString(),
      minVersion: 'TLSv1.2',
    });
    this.#made = { certificate, context, known: new Map() };
    return this.#made;
  }

  /** Whether a certificate is for this terminal's key. */
  #isOwn(pem: string): boolean {
    try {
      const { crv, x } = new X509Certificate(pem).publicKey.export({ format: 'jwk' });
      return crv === 'Ed25519' && x === this.#parts.key.x;
    } catch {
      return false;
    }
  }
}
