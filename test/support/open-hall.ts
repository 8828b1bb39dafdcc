import { randomBytes, X509Certificate } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import type { IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pino } from 'pino';
import type { CardKeys } from '../../coordinator/cards/card-keys.ts';
import { Ledger } from '../../coordinator/chronicle/ledger.ts';
import type { Person } from '../../coordinator/contract/person.ts';
import { type RightSettings, USUAL_SETTINGS } from '../../coordinator/contract/rights.ts';
import { Door } from '../../coordinator/door/door.ts';
import type { PoolLimits } from '../../coordinator/door/fair-pool.ts';
import { descriptorLimit, unprovedLimits } from '../../coordinator/door/limits.ts';
import { Hall } from '../../coordinator/hall/hall.ts';
import { mqttServer, mqttsServer } from '../../coordinator/hall/mqtt-server.ts';
import { ElectionKeyError } from '../../coordinator/hall/secret/own-key.ts';
import type { Done } from '../../coordinator/hall/staff-acts.ts';
import {
  type After,
  type MachineClock,
  machineClock,
  machineTimer,
} from '../../coordinator/process/clock.ts';
import { ProofPool } from '../../coordinator/proofs/proof-pool.ts';
import type { Proofs } from '../../coordinator/proofs/proofs.ts';
import { Chronicle, SITTING_LEDGER } from '../../coordinator/sitting/chronicle.ts';
import type { HallFiles } from '../../coordinator/sitting/configure.ts';
import type { CardKind, Deputy, RegisteredCard } from '../../coordinator/sitting/entries.ts';
import type { Secrecy } from '../../coordinator/sitting/secrecy.ts';
import { type Authority, openAuthority } from '../../coordinator/tls/authority.ts';
import { type Identity, issueServer, makeAuthority } from '../../coordinator/tls/issue.ts';
import { SeatCertificates } from '../../coordinator/wire/seat-certificates.ts';
import { randomSecret, type Secret } from '../../shared/belenios/secret.ts';
import type { DecisionMotion } from '../../shared/kinds/decision.ts';
import type { Motion } from '../../shared/kinds/kinds.ts';
import type { SelectionMotion } from '../../shared/kinds/selection.ts';
import { nodeSigner } from '../../shared/protocol/ed25519-node.ts';
import { type KeyPair, makeKeyPair } from '../../shared/protocol/keys.ts';
import { HANG_MS } from './hang.ts';
import { rethrow } from './rethrow.ts';
import { type Asked, asUsual, STAFF } from './staff.ts';

export const HALL = 'test-hall';
export const SITTING = 'sitting-1';

export const DECISION: DecisionMotion = {
  id: 'm1',
  kind: 'decision',
  title: { zh: '关于工作报告的决议' },
  voting: 'open',
  press: 'last',
  seconds: null,
  quorum: { num: 1, den: 2 },
  basis: 'roll',
  threshold: { kind: 'more-than', num: 1, den: 2 },
};

export const SELECTION: SelectionMotion = {
  id: 'm2',
  kind: 'selection',
  title: { zh: '民生实事项目' },
  voting: 'open',
  press: 'first',
  seconds: null,
  quorum: { num: 1, den: 2 },
  basis: 'roll',
  threshold: { kind: 'more-than', num: 1, den: 2 },
  places: 2,
  candidates: ['c1', 'c2', 'c3'].map((id) => ({ id, title: { zh: `项目${id}` } })),
};

/** A deputy with the seat, terminal and card that go with the number. */
export interface TestSeat {
  readonly deputy: Deputy;
  readonly terminal: string;
  readonly card: string;
  readonly key: KeyPair;
}

export function testSeat(n: number): TestSeat {
  const card = `CARD${String(n).padStart(4, '0')}`;
  const seat = `S${n}`;
  const deputy = { id: `d${n}`, name: `代表${n}`, delegation: '第一代表团', title: '', seat, cards: [card] };
  return { deputy, terminal: `T${n}`, card, key: makeKeyPair(randomBytes) };
}

export interface OpenHallOptions {
  readonly staff?: readonly Person[];
  readonly rights?: RightSettings;
  readonly seats?: readonly TestSeat[];
  readonly motions?: readonly Motion[];
  /** The texts of the lists of projects that they name. */
  readonly lists?: readonly string[];
  readonly seating?: 'fixed' | 'free';
  readonly accept?: readonly CardKind[];
  readonly cards?: readonly RegisteredCard[];
  readonly cardKeys?: CardKeys;
  readonly machine?: MachineClock;
  readonly after?: After;
  /** The folder of an earlier hall, to go on where it was. */
  readonly folder?: string;
  readonly key?: KeyPair;
  /** Who holds the key of secret votes, and that key where it is the coordinator. */
  readonly secrecy?: Secrecy;
  readonly electionKey?: Secret;
  /** How many connections there may be that have proved nothing. */
  readonly doorLimits?: PoolLimits;
  /** Whether it speaks TLS, with a CA of its own. */
  readonly tls?: boolean | TestTls;
  readonly handshake?: { readonly handshakeTimeout: number };
  /** What is wrong with that key's file now; null where nothing is. */
  readonly whyNoElectionKey?: () => string | null;
  /** What checks sealed ballots, made of the threads that do. */
  readonly proofs?: (pool: Proofs) => Proofs;
}

export interface OpenHall {
  readonly hall: Hall;
  /** An act by whoever does it usually. */
  readonly act: (asked: Asked) => Promise<Done>;
  readonly door: Door;
  readonly chronicle: Chronicle;
  readonly key: KeyPair;
  readonly seats: readonly TestSeat[];
  readonly folder: string;
  readonly ledgerFile: string;
  readonly port: number;
  readonly url: string;
  /** What the hall’s files say: who changes it has written other files. */
  readonly disk: { files: HallFiles; idleMs: number };
  /** What a hall with TLS shows and signs with; null in one without. */
  readonly tls: TestTls | null;
  /** Whose connections read the staff’s documents: nobody’s, until the hall is served. */
  readonly readers: { is: (request: IncomingMessage) => boolean };
  /** Log lines so far. */
  readonly log: readonly string[];
  /** Stops the hall and, unless told to keep it, removes its folder. */
  readonly close: (keep?: 'keep') => Promise<void>;
}

/** A hall's CA and its coordinator's certificate, and the terminals' at work. */
export interface TestTls {
  /** PEM of the CA and its key. */
  readonly ca: Identity;
  readonly authority: Authority;
  readonly server: Identity;
}

/** Makes a hall's certificates, good from about now on. */
export async function testTls(now = Date.now()): Promise<TestTls> {
  const making = { random: randomBytes, now };
  const ca = await makeAuthority(HALL, making);
  const opened = await openAuthority(ca.certificate, ca.key, now);
  if (!opened.ok) throw new Error(opened.problem);
  const authority = opened.value;
  return { ca, authority, server: await issueServer(authority, ['127.0.0.1', 'localhost'], making) };
}

/** The real coordinator, ledger on disk and broker on a port, without configuration files and pages. */
export async function openHall(options: OpenHallOptions = {}): Promise<OpenHall> {
  const seats = options.seats ?? Array.from({ length: 3 }, (_, i) => testSeat(i + 1));
  const folder = options.folder ?? mkdtempSync(join(tmpdir(), 'hallvote-test-'));
  const ledgerFile = join(folder, 'sitting.ledger');
  const ledger = Ledger.open(ledgerFile, SITTING_LEDGER);
  const key = options.key ?? makeKeyPair(randomBytes);
  const signer = nodeSigner(key);
  const chronicle = new Chronicle(ledger, signer, options.machine ?? machineClock(), rethrow);
  const files: HallFiles = {
    staff: options.staff ?? STAFF,
    rights: options.rights ?? USUAL_SETTINGS,
    seating: options.seating ?? 'fixed',
    quorum: { num: 1, den: 2 },
    accept: options.accept ?? ['uid'],
    secrecy: options.secrecy ?? null,
    deputies: seats.map((seat) => seat.deputy),
    cards: options.cards ?? [],
    lists: options.lists ?? [],
    motions: options.motions ?? [DECISION, SELECTION],
    terminals: seats.map(({ terminal, deputy, key: { x } }) => ({ terminal, seat: deputy.seat, key: x })),
  };
  const disk = { files, idleMs: 3_600_000 };
  const log: string[] = [];
  const pool = new ProofPool(1);
  const electionKey = options.electionKey ?? randomSecret(randomBytes);
  const door = new Door({
    limits: () => options.doorLimits ?? unprovedLimits(descriptorLimit(), seats.length),
    now: () => performance.now(),
    report: () => {},
  });
  const tls = options.tls === true ? await testTls() : options.tls || null;
  const certificates =
    tls &&
    new SeatCertificates({
      hall: HALL,
      ca: new X509Certificate(tls.ca.certificate),
      authority: tls.authority,
      chronicle,
      random: randomBytes,
    });
  const readers: OpenHall['readers'] = { is: () => false };
  const hall = new Hall({
    begun: {
      hall: HALL,
      name: { zh: '测试会场' },
      congress: { zh: '测试市人民代表大会' },
      sitting: SITTING,
      title: { zh: '第一次全体会议' },
      date: '2027-01-15',
      key: key.x,
    },
    version: 'test',
    wire: tls ? 'tls' : 'local',
    chronicle,
    signer,
    loadFiles: () => ({
      ok: true,
      value: { ...disk.files, idleMs: disk.idleMs, cardKeys: options.cardKeys ?? null },
    }),
    isReader: (request) => readers.is(request),
    proofs: options.proofs?.(pool) ?? pool,
    electionKey: () => {
      const problem = options.whyNoElectionKey?.() ?? null;
      if (problem !== null) throw new ElectionKeyError(problem);
      return electionKey.slice();
    },
    random: randomBytes,
    after: options.after ?? machineTimer,
    door,
    certificates,
    log: pino({ level: 'trace' }, { write: (line: string) => log.push(line) }),
  });
  const started = await hall.start();
  if (!started.ok) throw new Error(started.reason);
  const server =
    tls && certificates
      ? mqttsServer(door, hall.broker, rethrow, {
          server: tls.server,
          ca: new X509Certificate(tls.ca.certificate),
          judge: (certificate) => certificates.judge(certificate),
          ...options.handshake,
        })
      : mqttServer(door, hall.broker, rethrow);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address: AddressInfo | string | null = server.address();
  const port = typeof address === 'object' && address ? address.port : 0;
  return {
    hall,
    act: (asked) => {
      const { act, who } = asUsual(asked);
      return hall.act(act, who);
    },
    door,
    chronicle,
    key,
    seats,
    folder,
    ledgerFile,
    port,
    url: `${tls ? 'mqtts' : 'mqtt'}://127.0.0.1:${port}`,
    tls,
    disk,
    readers,
    log,
    close: async (keep) => {
      server.close();
      await hall.stop();
      await pool.close();
      ledger.close();
      if (!keep) rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** Resolves with what `look` gives once that is neither null, undefined nor false; throws where that seems never to come. */
export async function eventually<T>(
  look: () => T | null | undefined | false,
  what = 'the condition',
): Promise<T> {
  const deadline = performance.now() + HANG_MS;
  for (;;) {
    const seen = look();
    if (seen !== null && seen !== undefined && seen !== false) return seen;
    if (performance.now() > deadline) throw new Error(`${what} never came`);
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
}
