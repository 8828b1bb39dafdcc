import { randomBytes } from 'node:crypto';
import { createServer, type Server, type Socket } from 'node:net';
import fc from 'fast-check';
import { generate } from 'mqtt-packet';
import { pino } from 'pino';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { KEYS, type Key, noHardware, type SeatHardware, type Tap } from '../hardware/capabilities.ts';
import { nodeSigner } from '../shared/protocol/ed25519-node.ts';
import { makeKeyPair } from '../shared/protocol/keys.ts';
import { memoryCredentials } from './delivery/credential.ts';
import { memoryOutbox } from './delivery/outbox.ts';
import { steadyClock } from './machine/clock.ts';
import { memoryIdentity } from './machine/identity.ts';
import { screenView } from './screen/screen-view.ts';
import { ScreenView } from './screen/view.ts';
import { Terminal } from './terminal.ts';
import { type FakeHall, fakeHall, HASH, until } from './testing/fake-hall.ts';
import { appraisal, decision, round, seatOf, selection, sittingOf } from './testing/fixtures.ts';

/**
 * Nothing that reaches a terminal by its line ends it, or wedges it: neither what anybody can send, nor what a dishonest
 * coordinator signs.
 */

const RUNS = 300;

let faults: string[];
let running: Terminal[];
let views: ScreenView[];
let key: (key: Key) => void;
let tap: (tap: Tap) => void;

beforeEach(() => {
  faults = [];
  running = [];
  views = [];
});
afterEach(async () => {
  await Promise.all(running.map((terminal) => terminal.stop()));
});

async function start(url: string, coordinator: string): Promise<Terminal> {
  const own = makeKeyPair(randomBytes);
  const none = noHardware();
  const hardware: SeatHardware = {
    panel: { ...none.panel, onPress: (listener) => (key = listener) },
    reader: { ...none.reader, onTap: (listener) => (tap = listener) },
  };
  const log = pino({ level: 'error' }, { write: (line: string) => faults.push(line) });
  const terminal = new Terminal({
    id: 'T001',
    hall: 'h',
    coordinator: { url, key: coordinator },
    identity: memoryIdentity(own, 0),
    signer: nodeSigner(own),
    outbox: memoryOutbox(),
    credentials: memoryCredentials(randomBytes),
    hardware,
    onState: (state) => views.push(ScreenView.parse(screenView(state, 'AbCd'))),
    wallClock: Date.now,
    version: '0',
    healthEverySeconds: 0.05,
    tickMs: 20,
    spreadMs: 0,
    clock: { ...steadyClock, after: (ms, then) => steadyClock.after(Math.min(ms, 50), then) },
    random: Math.random,
    randomBytes,
    log,
  });
  running.push(terminal);
  await terminal.start();
  return terminal;
}

/** Values that fit nowhere. */
const odd = fc.jsonValue({ maxDepth: 2 });

/** Values of the kind of `was`, of the sort nobody thinks of. */
function extremes(was: unknown): readonly unknown[] {
  if (typeof was === 'number') return [0, 1, 2, was + 1, 1e12, Number.MAX_SAFE_INTEGER];
  if (typeof was === 'boolean') return [!was];
  if (typeof was === 'string')
    return ['', 'x', 'x'.repeat(64), '\u202e\u0000汉', 'm1/1', 'm2/t9', 'f'.repeat(64)];
  if (Array.isArray(was))
    return [[], [...was, ...was], was.slice(0, 1), Array.from({ length: 100 }, () => was[0])];
  return [null, {}, 1_000];
}

const elections = { uuid: '3eFVEuVaq6maBEHpe1Zsq4', key: 'a'.repeat(64) };
const ID = 'A'.repeat(22);
const about = { v: 1, hall: 'h', terminal: 'T001', for: ID, digest: 'd'.repeat(43) };
const motions = [decision('last'), selection(3, 5), selection(1, 1), appraisal(true, 3), appraisal(false, 1)];
const genuine: readonly object[] = [
  ...motions.flatMap((motion) => [
    sittingOf(1, round(motion)),
    sittingOf(1, { ...round({ ...motion, voting: 'secret' }), election: elections }),
    seatOf(1, 'D1', { round: `${motion.id}/1`, remaining: 1_000, counted: 3 }),
  ]),
  sittingOf(1, null),
  seatOf(1, null),
  { typ: 'receipt', ...about, sitting: 's', seq: 1, hash: HASH },
  { typ: 'refusal', ...about, reason: 'too-late' },
  { typ: 'command', v: 1, id: ID, terminal: 'T001', act: 'self-test' },
];

/** `message` with each of its members, at any depth, left out, exchanged for something odd, and bent in every way. */
function* bent(message: object): Generator<object> {
  yield message;
  for (let which = 0; ; which += 1) {
    const [first] = membersOf(structuredClone(message)).slice(which);
    if (!first) return;
    const values = [
      ...extremes(first.in[first.name]),
      ...fc.sample(odd, { numRuns: 1, seed: which }),
      undefined,
    ];
    for (const value of values) {
      const copy = structuredClone(message);
      const [member] = membersOf(copy).slice(which);
      if (member) member.in[member.name] = value;
      yield copy;
    }
  }
}

interface Member {
  readonly in: Record<string, unknown>;
  readonly name: string;
}

function membersOf(node: unknown): Member[] {
  if (typeof node !== 'object' || node === null) return [];
  const inside: Record<string, unknown> = Object(node);
  return Object.keys(inside).flatMap((name) => [{ in: inside, name }, ...membersOf(inside[name])]);
}

describe('a terminal and a hostile hall', () => {
  let hall: FakeHall;
  beforeEach(async () => {
    hall = await fakeHall();
  });
  afterEach(() => hall.close());

  /** A card tapped, a vote cast and its receipt: as if nothing had been. */
  async function works(terminal: Terminal, rev: number): Promise<void> {
    const motion = { ...decision(), id: `after${rev}` };
    hall.say('T001', hall.sign({ ...seatOf(rev, 'D9', { round: `${motion.id}/1` }) }));
    hall.sitting = { ...sittingOf(rev, round(motion)) };
    hall.announce();
    await until('the vote', () => terminal.state.vote?.draft?.motion.id === motion.id);
    hall.onBallot = 'receipt';
    key(2);
    key(5);
    await until('counted', () => terminal.state.vote?.cast.step === 'counted');
  }

  test('lives on whatever its coordinator signs, whatever keys are pressed meanwhile', async () => {
    const terminal = await start(hall.url, hall.key.x);
    await until('up', () => terminal.state.seat !== null && terminal.state.sitting !== null);
    let rev = 1;
    for (const message of genuine.flatMap((message) => [...bent(message)])) {
      rev += 1;
      // As new as it can be: of two, the older is passed over.
      const newer = 'rev' in message && typeof message.rev === 'number' ? { ...message, rev } : message;
      const text = hall.sign(newer);
      if ('typ' in newer && newer.typ === 'sitting') hall.announce(text);
      else hall.say('T001', text);
      await new Promise((resolve) => setImmediate(resolve));
      key(KEYS[rev % 5] ?? 1);
      if (rev % 7 === 0) tap({ card: '04A1B2C3' });
    }
    await until('most were believed', () => views.length > rev / 4);
    hall.say('T001', hall.sign({ typ: 'command', v: 1, id: ID, terminal: 'T001', act: 'end-self-test' }));
    await works(terminal, Number.MAX_SAFE_INTEGER);
    // What cannot be sealed, such as a vote with a key that is none, is said so; nothing else has gone wrong.
    expect(faults.filter((line) => !line.includes('sealing a ballot'))).toEqual([]);
  });

  test('lives on whatever anybody puts on its topics', async () => {
    const terminal = await start(hall.url, hall.key.x);
    await until('up', () => terminal.state.seat !== null && terminal.state.sitting !== null);
    const part = fc.oneof(
      fc.base64String({ maxLength: 200 }),
      fc.string({ maxLength: 200 }),
      fc.constant(''),
    );
    const whole = hall.sign(seatOf(5, 'X'));
    const text = fc.oneof(
      fc.string({ maxLength: 500, unit: 'binary' }),
      fc.tuple(part, part, part).map((parts) => parts.join('.')),
      fc
        .tuple(fc.nat({ max: whole.length }), part)
        .map(([at, put]) => whole.slice(0, at) + put + whole.slice(at + 1)),
      fc
        .json()
        .map(
          (json) =>
            `${Buffer.from(json).toString('base64url')}.${Buffer.from(json).toString('base64url')}.AA`,
        ),
    );
    await fc.assert(
      fc.asyncProperty(text, fc.boolean(), async (rubbish, isRetained) => {
        if (isRetained) hall.announce(rubbish);
        else hall.say('T001', rubbish);
        await new Promise((resolve) => setImmediate(resolve));
      }),
      { numRuns: RUNS },
    );
    hall.say('T001', '['.repeat(2_000_000));
    await works(terminal, Number.MAX_SAFE_INTEGER);
    expect(faults).toEqual([]);
  });
});

describe('a terminal and a stranger at its coordinator’s address', () => {
  let server: Server;
  let talk: (socket: Socket) => void;
  const sockets = new Set<Socket>();
  const connack = generate({ cmd: 'connack', returnCode: 0, sessionPresent: false });
  let port: number;

  beforeEach(async () => {
    server = createServer((socket) => {
      sockets.add(socket);
      socket.on('error', () => {});
      socket.on('close', () => sockets.delete(socket));
      talk(socket);
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const address = server.address();
    port = address !== null && typeof address === 'object' ? address.port : 0;
  });
  afterEach(async () => {
    for (const socket of sockets) socket.destroy();
    await new Promise<void>((resolve) => server.close(() => resolve()));
  });

  test('calls again after whatever bytes it is answered', async () => {
    const random = fc.sample(fc.uint8Array({ maxLength: 300 }), { numRuns: 30, seed: 7 });
    const answers = [
      ...random,
      ...random.map((bytes) => Buffer.concat([connack, bytes])),
      generate({ cmd: 'connack', returnCode: 3, sessionPresent: true }),
      Buffer.concat([connack, generate({ cmd: 'suback', messageId: 9, granted: [128] })]),
      Buffer.concat([connack, connack, generate({ cmd: 'puback', messageId: 1 })]),
      Buffer.from([0x30, 0xff, 0xff, 0xff, 0xff, 0xff]),
    ];
    let calls = 0;
    talk = (socket) => {
      const answer = answers[calls % answers.length] ?? Buffer.alloc(0);
      calls += 1;
      socket.write(answer);
      // Whoever is left waiting for more gives up by itself, later.
      socket.end();
    };
    await start(`mqtt://127.0.0.1:${port}`, makeKeyPair(randomBytes).x);
    await until('every answer', () => calls > answers.length);
    expect(faults).toEqual([]);
  });

  test('hangs up on a packet that never ends, long before it fills the memory', async () => {
    let given = 0;
    let isCut = false;
    talk = (socket) => {
      socket.write(connack);
      // PUBLISH of 256 MB (MQTT 3.1.1, 2.2.3).
      socket.write(Buffer.from([0x30, 0xff, 0xff, 0xff, 0x7f]));
      const chunk = Buffer.alloc(2 ** 18);
      const more = () => {
        if (socket.destroyed || given > 64 * 2 ** 20) return;
        given += chunk.length;
        socket.write(chunk, () => setImmediate(more));
      };
      socket.on('close', () => {
        isCut = true;
      });
      more();
    };
    await start(`mqtt://127.0.0.1:${port}`, makeKeyPair(randomBytes).x);
    await until('cut', () => isCut);
    expect(given).toBeLessThan(32 * 2 ** 20);
    expect(faults).toEqual([]);
  });
});
