import { randomBytes } from 'node:crypto';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { type AddressInfo, connect, createServer, type Server } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import mqtt from 'mqtt';
import { pino } from 'pino';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { makeBundle } from '../../coordinator/bundle/export/bundle.ts';
import { Ledger } from '../../coordinator/chronicle/ledger.ts';
import { secretDocuments } from '../../coordinator/contract/secret-documents.ts';
import { SITTING_LEDGER } from '../../coordinator/sitting/chronicle.ts';
import type { Key, SeatHardware } from '../../hardware/capabilities.ts';
import { readElection, sealBallot } from '../../shared/belenios/ballot.ts';
import { basePower, isSame, NEUTRAL, over, power, secretPower } from '../../shared/belenios/group.ts';
import { decryptionKey } from '../../shared/belenios/pedersen-trustee.ts';
import { inverse, mod, scalarNumber } from '../../shared/belenios/scalar.ts';
import { randomSecret, secretOf } from '../../shared/belenios/secret.ts';
import { sodium } from '../../shared/belenios/sodium.ts';
import { sumOfBallots } from '../../shared/belenios/sum.ts';
import { nodeSigner } from '../../shared/protocol/ed25519-node.ts';
import { electionText } from '../../shared/protocol/secret-election.ts';
import { PUBLIC_TOPICS, topics } from '../../shared/protocol/topics.ts';
import { diskCredentials } from '../../terminal/delivery/credential.ts';
import { diskOutbox } from '../../terminal/delivery/outbox.ts';
import { steadyClock } from '../../terminal/machine/clock.ts';
import { Disk } from '../../terminal/machine/disk.ts';
import { numbered } from '../../terminal/machine/identity.ts';
import { legendOf } from '../../terminal/seat/seat.ts';
import { Terminal } from '../../terminal/terminal.ts';
import { PROGRAM } from '../support/both-verifiers.ts';
import {
  eventually,
  HALL,
  type OpenHall,
  openHall,
  SELECTION,
  type TestSeat,
  testSeat,
} from '../support/open-hall.ts';
import { Scrutineers, scrutineersOf } from '../support/scrutineers.ts';

/** Candidates whose ids are nowhere else, so that every place that names one can be counted. */
const CANDIDATES = ['qzplantedone', 'qzplantedtwo', 'qzplantedthree', 'qzplantedfour'];
const MOTION = {
  ...SELECTION,
  voting: 'secret' as const,
  press: 'last' as const,
  candidates: CANDIDATES.map((id) => ({ id, title: { zh: `${id}标题` } })),
};

/** Presses of somebody who chooses the candidates in `chosen` (by number): yes or no on each, submit, cast. */
const pressesOf = (chosen: readonly number[]): Key[] => [
  ...CANDIDATES.map((_, i): Key => (chosen.includes(i) ? 2 : 3)),
  5,
  5,
];

/** A seat with its real program, worked by hand, its data on disk, its line to the hall recorded. */
class RecordedSeat implements SeatHardware {
  readonly folder: string;
  readonly terminal: Terminal;
  #press: (key: Key) => void = () => {};
  #tap: (card: string) => void = () => {};
  readonly #who: TestSeat;
  readonly #device = { onStatus: () => {}, start: async () => {}, stop: async () => {} };
  readonly panel: SeatHardware['panel'] = {
    ...this.#device,
    firmware: null,
    onPress: (listener) => {
      this.#press = listener;
    },
    show: () => {},
  };
  readonly reader: SeatHardware['reader'] = {
    ...this.#device,
    onTap: (listener) => {
      this.#tap = (card) => listener({ card });
    },
  };

  constructor(open: OpenHall, who: TestSeat, url: string, folder: string, log: string[]) {
    this.#who = who;
    this.folder = join(folder, who.terminal);
    const disk = new Disk(this.folder);
    this.terminal = new Terminal({
      id: who.terminal,
      hall: HALL,
      coordinator: { url, key: open.key.x },
      identity: numbered(who.key, disk),
      outbox: diskOutbox(disk, who.key, () => {}),
      disk,
      credentials: diskCredentials(disk, randomBytes),
      hardware: this,
      wallClock: Date.now,
      version: 'test',
      healthEverySeconds: 0,
      tickMs: 20,
      spreadMs: 0,
      clock: steadyClock,
      random: Math.random,
      randomBytes,
      log: pino({ level: 'trace' }, { write: (line: string) => log.push(line) }),
    });
  }

  async checkIn(): Promise<void> {
    await this.terminal.start();
    await eventually(() => this.terminal.state.seat, 'the seat’s state');
    this.#tap(this.#who.card);
    await eventually(
      () =>
        this.terminal.state.seat?.credential === this.terminal.state.credential &&
        this.terminal.state.credential,
      'the credential',
    );
  }

  /** Presses keys, each as soon as it means something. */
  async press(...keys: Key[]): Promise<void> {
    for (const key of keys) {
      await eventually(() => legendOf(this.terminal.state)[key - 1] !== null, `key ${key}`);
      this.#press(key);
    }
  }

  async counted(): Promise<void> {
    await eventually(() => this.terminal.state.vote?.cast.step === 'counted', 'the receipt');
  }
}

/** A wire tap between seats and hall: every byte, both ways. */
function wireTap(port: number): Promise<{ server: Server; url: string; bytes: Buffer[] }> {
  const bytes: Buffer[] = [];
  const server = createServer((near) => {
    const far = connect(port, '127.0.0.1');
    for (const [from, to] of [
      [near, far],
      [far, near],
    ] as const) {
      from.on('data', (chunk: Buffer) => {
        bytes.push(chunk);
        to.write(chunk);
      });
      from.on('close', () => to.destroy());
      from.on('error', () => to.destroy());
    }
  });
  return new Promise((resolve) =>
    server.listen(0, '127.0.0.1', () => {
      const address: AddressInfo | string | null = server.address();
      const at = typeof address === 'object' && address ? address.port : 0;
      resolve({ server, url: `mqtt://127.0.0.1:${at}`, bytes });
    }),
  );
}

/** All files below a folder, as text. */
function filesIn(folder: string): string {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => readFileSync(join(entry.parentPath, entry.name), 'latin1'))
    .join('\n');
}

/** A record with everything inside its messages read too: what is in base64url, and what is in that. */
function readable(text: string): string {
  const inner = [...text.matchAll(/[A-Za-z0-9_-]{40,}/g)].map(([part]) =>
    Buffer.from(part, 'base64url').toString('latin1'),
  );
  return `${text}\n${inner.join('\n')}`;
}

const count = (text: string, what: string): number => text.split(what).length - 1;

let cleanUp: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const each of cleanUp.reverse()) await each();
  cleanUp = [];
});

/** A whole sitting with these choices, everything about it recorded. */
async function recorded(choices: readonly (readonly number[])[]) {
  const open = await openHall({
    seats: choices.map((_, i) => testSeat(i + 1)),
    motions: [MOTION],
    secrecy: scrutineersOf(3, 2),
  });
  cleanUp.push(() => open.close());
  const scrutineers = new Scrutineers(open, 3);
  await scrutineers.makeKey();
  const tap = await wireTap(open.port);
  cleanUp.push(async () => void tap.server.close());
  const folder = mkdtempSync(join(tmpdir(), 'hallvote-g6-'));
  cleanUp.push(async () => rmSync(folder, { recursive: true, force: true }));
  const display: string[] = [];
  const page = await mqtt.connectAsync(open.url, {
    clientId: 'web-0123456789ab',
    protocolVersion: 4,
    clean: true,
  });
  cleanUp.push(() => page.endAsync(true));
  page.on('message', (topic, payload) => display.push(`${topic} ${payload}`));
  await page.subscribeAsync(
    PUBLIC_TOPICS.map((what) => topics(HALL).public(what)),
    { qos: 1 },
  );
  const logs: string[] = [];
  const seats = open.seats.map((who) => new RecordedSeat(open, who, tap.url, folder, logs));
  cleanUp.push(async () => {
    await Promise.all(seats.map(({ terminal }) => terminal.stop()));
  });
  for (const seat of seats) await seat.checkIn();
  await open.act({ act: 'open', motion: MOTION.id, rehearsal: false });
  for (const [i, seat] of seats.entries()) {
    await eventually(() => seat.terminal.state.vote?.draft, 'the ballot');
    await seat.press(...pressesOf(choices[i] ?? []));
    await seat.counted();
  }
  await open.act({ act: 'close', round: 'm2/1' });
  await eventually(() => open.chronicle.state.current?.sealed?.tally, 'the sum');
  const disks = filesIn(folder);
  const wal = `${readFileSync(open.ledgerFile, 'latin1')}\n${readFileSync(`${open.ledgerFile}-wal`, 'latin1')}`;
  const before = {
    wire: Buffer.concat(tap.bytes).toString('latin1'),
    display: display.join('\n'),
    disks,
    wal,
    log: [...open.log, ...logs].join('\n'),
  };
  await scrutineers.decrypt(1);
  await scrutineers.decrypt(2);
  await open.act({ act: 'announce', round: 'm2/1' });
  const ledger = Ledger.read(open.ledgerFile, SITTING_LEDGER);
  const made = makeBundle([...ledger.rows()], nodeSigner(open.key), PROGRAM);
  ledger.close();
  if (!made.ok) throw new Error(made.problem);
  return { open, scrutineers, seats, before, bundle: Buffer.from(made.bytes).toString('latin1') };
}

describe('G6: a secret vote, recorded whole', () => {
  it('names every candidate as often as every other, on the wire, on disks, in ledger, log and display', async () => {
    const { before, bundle, open } = await recorded([[0, 1], [0], [0, 1], []]);
    for (const [what, record] of Object.entries(before)) {
      const text = readable(record);
      const often = CANDIDATES.map((id) => count(text, id));
      // The motion itself names each alike: what is more of one would be somebody's choice.
      expect(new Set(often).size, `${what}: ${often}`).toBe(1);
      if (what === 'wire' || what === 'wal') expect(often[0], what).toBeGreaterThan(0);
      for (const sign of ['"kind":"selection","chosen"', '"votes":[[', '"randomness"'])
        expect(count(text, sign), `${what}: ${sign}`).toBe(0);
    }
    // The bundle tells the sum, and the report names who is selected: no ballot, no deputy beside a candidate.
    const text = readable(bundle);
    expect(count(text, '"kind":"selection","chosen"')).toBe(0);
    for (const { deputy } of open.seats)
      expect(text).not.toMatch(new RegExp(`"${deputy.id}"[^\\n]{0,400}qzplanted`));
  });

  it('leaves ballots that differ in their numbers alone, whatever was chosen', async () => {
    const { open } = await recorded([[0, 1], [], [3], [1, 2]]);
    const skeletons = [...(open.chronicle.state.current?.ballots.values() ?? [])].map(({ choice }) =>
      choice.kind === 'sealed' ? choice.ballot.replace(/"[0-9a-f]{64}"|"\d+"|"[A-Za-z0-9+/]{43}"/g, '#') : '',
    );
    expect(new Set(skeletons).size).toBe(1);
    expect(skeletons[0]).toContain('#');
  });

  it('gives a scrutineer too few, with everything else in hand, nothing', async () => {
    const { open, scrutineers } = await recorded([[0], [0, 1]]);
    const { state } = open.chronicle;
    const { certificate, polynomial } = secretDocuments.secrecy(state);
    const texts = (all: readonly (string | null)[]) => all.flatMap((text) => text ?? []);
    const keyOf = (owner: number) => {
      const seed = scrutineers.selves[owner - 1]?.seed ?? '';
      const key = decryptionKey(
        seed,
        { size: 3, threshold: 2, index: owner },
        texts(certificate),
        texts(polynomial),
      );
      if ('what' in key) throw new Error(key.what);
      return key;
    };
    const ballot = state.current?.ballots.get('d1')?.choice;
    const [ciphers = []] = ballot?.kind === 'sealed' ? sumOfBallots([ballot.ballot], [4]) : [];
    const opened = (key: (alpha: Uint8Array) => Uint8Array) =>
      ciphers.map(({ alpha, beta }) => {
        const plain = over(beta, key(alpha));
        if (isSame(plain, NEUTRAL)) return 0;
        return isSame(plain, basePower(1n)) ? 1 : null;
      });
    // One key alone, weighted as it would be beside either other one, or not at all.
    const one = keyOf(1);
    const weights = [1n, mod(2n * inverse(1n)), mod(3n * inverse(2n))];
    for (const weight of weights)
      expect(opened((alpha) => power(secretPower(alpha, one), weight)).every((vote) => vote === null)).toBe(
        true,
      );
    // Two together could: which is what "threshold" means, and that this test can tell.
    const both = mod(2n * scalarNumber(one) - scalarNumber(keyOf(2)));
    expect(opened((alpha) => secretPower(alpha, secretOf(both)))).toEqual([1, 0, 0, 0]);
  });

  it('keeps on a seat’s disk a sealed ballot at most, also while the hall is out of reach', async () => {
    const { open, seats } = await recorded([[0, 1]]);
    const [seat] = seats;
    if (!seat) throw new Error('no seat');
    await open.act({ act: 'void', round: 'm2/1', reason: 'x' });
    await open.act({ act: 'open', motion: MOTION.id, rehearsal: false });
    await eventually(
      () => seat.terminal.state.vote?.round.id === 'm2/2' && seat.terminal.state.vote.draft,
      'the ballot',
    );
    await seat.press(...pressesOf([0, 1]).slice(0, -1));
    await eventually(() => seat.terminal.state.vote?.cast.step === 'sealed', 'the seal');
    open.hall.broker.disconnect('T1');
    await eventually(
      () => seat.terminal.state.link === 'down' || seat.terminal.state.vote?.cast.step === 'sealed',
      'the line',
    );
    await seat.press(5);
    const held = readable(filesIn(seat.folder));
    expect(count(held, '"chosen"')).toBe(0);
    for (const id of CANDIDATES) expect(count(held, id)).toBe(0);
  });

  it('seals in the same steps whatever is chosen', () => {
    const key = basePower(12345n);
    const motion = { ...MOTION, places: 4 };
    const seal = { uuid: '3eFVEuVaq6maBEHpe1Zsq4', key: '' };
    const text = electionText(
      { ...seal, key: Buffer.from(key).reverse().toString('hex') },
      { zh: '会' },
      motion,
    );
    const election = readElection(text);
    if (!election) throw new Error('no election');
    const credential = randomSecret(randomBytes);
    const calls = (vote: number[]) => {
      const names = [
        'multiply',
        'multiplyBase',
        'add',
        'subtract',
        'addScalars',
        'subtractScalars',
        'multiplyScalars',
        'reduce',
        'sha256',
        'wipe',
      ] as const;
      const spies = names.map((name) => vi.spyOn(sodium, name));
      sealBallot(election, credential, [vote], randomBytes);
      const made = spies.map((spy) => spy.mock.calls.length);
      for (const spy of spies) spy.mockRestore();
      return made;
    };
    const blank = calls([0, 0, 0, 0]);
    for (const vote of [
      [1, 0, 0, 0],
      [0, 0, 0, 1],
      [1, 1, 0, 1],
      [1, 1, 1, 1],
    ])
      expect(calls(vote)).toEqual(blank);
    expect(blank.every((n) => n > 0)).toBe(true);
  });
});
