import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pino } from 'pino';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Key } from '../hardware/capabilities.ts';
import { basePower, encode } from '../shared/belenios/group.ts';
import { listText } from '../shared/projects/list.ts';
import { nodeSigner } from '../shared/protocol/ed25519-node.ts';
import { signJws } from '../shared/protocol/jws.ts';
import { keyPairFromSeed, makeKeyPair, thumbprint } from '../shared/protocol/keys.ts';
import { packList } from '../shared/protocol/list-parcel.ts';
import { diskCredentials, memoryCredentials } from './delivery/credential.ts';
import { diskOutbox, memoryOutbox } from './delivery/outbox.ts';
import { steadyClock } from './machine/clock.ts';
import { Disk } from './machine/disk.ts';
import { memoryIdentity, openIdentity } from './machine/identity.ts';
import { Terminal } from './terminal.ts';
import type { TerminalParts } from './terminal-parts.ts';
import { type FailingFiles, failingFiles } from './testing/failing-files.ts';
import { type FakeHall, fakeHall, until } from './testing/fake-hall.ts';
import { decision, round } from './testing/fixtures.ts';
import { Hands } from './testing/hands.ts';
import { LIST, LIST_HASH, listedSelection } from './testing/list-fixtures.ts';

let hall: FakeHall;
let running: Terminal[];

beforeEach(async () => {
  hall = await fakeHall();
  running = [];
});
afterEach(async () => {
  await Promise.all(running.map((terminal) => terminal.stop()));
  await hall.close();
});

async function start(hands: Hands, more: Partial<TerminalParts> = {}): Promise<Terminal> {
  const terminal = new Terminal({
    id: 'T001',
    hall: 'h',
    coordinator: { url: hall.url, key: hall.key.x },
    identity: memoryIdentity(makeKeyPair(randomBytes), 0),
    outbox: memoryOutbox(),
    credentials: memoryCredentials(randomBytes),
    hardware: hands,
    wallClock: Date.now,
    version: '0',
    healthEverySeconds: 0,
    tickMs: 20,
    spreadMs: 0,
    clock: steadyClock,
    random: Math.random,
    randomBytes,
    log: pino({ level: 'silent' }),
    ...more,
  });
  running.push(terminal);
  await terminal.start();
  return terminal;
}

const ballots = () => hall.received.filter((message) => message.typ === 'ballot');

async function checkedIn(hands: Hands, more: Partial<TerminalParts> = {}): Promise<Terminal> {
  const terminal = await start(hands, more);
  await until('the sitting is known', () => terminal.state.sitting !== null && terminal.state.seat !== null);
  hands.tap('04a1b2c3');
  await until('check-in', () => terminal.state.seat?.deputy?.id === 'D-04A1B2C3');
  return terminal;
}

async function cast(hands: Hands, key: Key): Promise<void> {
  await until('keys are live', () => hands.lamps[key - 1] === 'valid');
  hands.press(key);
  hands.press(5);
}

describe('a terminal at a hall', () => {
  test('proves its key for this coordinator, checks in, votes and holds a receipt', async () => {
    const hands = new Hands();
    const identity = memoryIdentity(makeKeyPair(randomBytes), 7);
    const terminal = await checkedIn(hands, { identity });
    expect(hall.proofs).toEqual([
      expect.objectContaining({
        terminal: 'T001',
        key: identity.key.x,
        n: 8,
        coordinator: thumbprint(hall.key.x),
      }),
    ]);
    hall.publish(round(decision()));
    await cast(hands, 2);
    await until('counted', () => terminal.state.vote?.cast.step === 'counted');
    expect(ballots()).toEqual([
      expect.objectContaining({ deputy: 'D-04A1B2C3', choice: { kind: 'decision', option: 'for' } }),
    ]);
  });

  test('fetches the list that its vote names, believes it by its hash alone, and asks for it once', async () => {
    const asked: string[] = [];
    const terminal = await checkedIn(new Hands());
    hall.offerList(LIST_HASH, packList(listText({ ...LIST, places: 9 })));
    hall.publish(round(listedSelection()));
    await until('the vote', () => terminal.state.vote !== null);
    hall.cut();
    await until('the line is cut', () => terminal.state.link === 'down');
    expect(terminal.state.lists.size).toBe(0);
    hall.onSubscribe = (topic) => asked.push(topic);
    hall.offerList(LIST_HASH, packList(listText(LIST)));
    await until('the list', () => terminal.state.lists.has(LIST_HASH));
    expect(terminal.state.lists.get(LIST_HASH)).toEqual(LIST);
    hall.publish(round(listedSelection(), 'open', 2));
    await until('another vote', () => terminal.state.vote?.round.id === 'm2/2');
    expect(asked.filter((topic) => topic.includes('/list/'))).toEqual([`hall/h/list/${LIST_HASH}`]);
  });

  test('offers the credential again when the deputy comes back, for the first offer may have come too late', async () => {
    // An offer without an answer is sent again: the same one counts once.
    const offers = () => new Set(hall.received.flatMap((m) => (m.typ === 'credential' ? m.id : []))).size;
    const terminal = await checkedIn(new Hands());
    await until('an offer', () => offers() === 1);
    hall.deputies.delete('T001');
    hall.publish(null);
    await until('nobody sits here', () => terminal.state.seat?.deputy === null);
    hall.deputies.set('T001', 'D-04A1B2C3');
    hall.publish(null);
    await until('the deputy is back', () => terminal.state.seat?.deputy != null);
    await until('another offer', () => offers() === 2);
  });

  test('every connection carries a proof with a higher number, and a hello', async () => {
    const terminal = await start(new Hands());
    for (const n of [1, 2, 3]) {
      await until(`hello ${n}`, () => hall.received.filter((m) => m.typ === 'hello').length === n);
      await until('up', () => terminal.state.link === 'up' && terminal.state.seat !== null);
      hall.cut();
      await until('down', () => terminal.state.link === 'down');
    }
    expect(hall.proofs.map((proof) => proof.n).slice(0, 3)).toEqual([1, 2, 3]);
  });

  test('an unanswered ballot is sent again at the next connection; PUBACK is not enough', async () => {
    const hands = new Hands();
    const terminal = await checkedIn(hands);
    hall.onBallot = 'silence';
    hall.publish(round(decision()));
    await cast(hands, 3);
    await until('first try', () => ballots().length === 1);
    expect(terminal.state.vote?.cast.step).toBe('sending');
    hall.onBallot = 'receipt';
    hall.cut();
    await until('counted', () => terminal.state.vote?.cast.step === 'counted');
    expect(new Set(ballots().map((ballot) => ballot.id)).size).toBe(1);
  });

  test('a ballot that meets a hold is kept and sent again, the same, when the vote goes on', async () => {
    const hands = new Hands();
    const terminal = await checkedIn(hands);
    hall.onBallot = 'on-hold';
    hall.publish(round(decision()));
    await cast(hands, 3);
    await until('it came', () => ballots().length === 1);
    hall.publish({ ...round(decision()), hold: { reason: '检查设备' } });
    await until('held', () => terminal.state.sitting?.round?.hold !== undefined);
    expect(terminal.state.vote?.cast.step).toBe('sending');
    hall.onBallot = 'receipt';
    hall.publish(round(decision()));
    await until('counted', () => terminal.state.vote?.cast.step === 'counted');
    expect(new Set(ballots().map((ballot) => ballot.id)).size).toBe(1);
  });

  test('G8: a cast ballot outlives the terminal; too late, and the deputy is told', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'hallvote-'));
    const lasting = () => {
      const disk = new Disk(folder);
      const identity = openIdentity(disk, randomBytes);
      return { disk, identity, outbox: diskOutbox(disk, identity.key, () => {}) };
    };
    const hands = new Hands();
    const terminal = await checkedIn(hands, lasting());
    hall.onBallot = 'silence';
    hall.publish(round(decision()));
    await cast(hands, 2);
    await until('it left', () => ballots().length === 1);
    await terminal.stop();
    running = [];

    hall.onBallot = 'too-late';
    hall.publish(round(decision(), 'closed'));
    const again = await start(new Hands(), lasting());
    await until('told', () => again.state.vote?.cast.step === 'refused' || again.state.notice !== null);
    const { vote, notice } = again.state;
    expect(vote?.cast.step === 'refused' ? vote.cast.reason : notice).toBe('too-late');
    expect(lasting().outbox.all()).toEqual([]);
    rmSync(folder, { recursive: true });
  });

  test('G3: believes nothing the coordinator did not sign, or signed for another', async () => {
    const hands = new Hands();
    const terminal = await start(hands);
    await until('state', () => terminal.state.seat !== null && terminal.state.sitting !== null);
    const honest = terminal.state.seat;
    const forger = nodeSigner(keyPairFromSeed(new Uint8Array(32).fill(9)));
    const deputy = { id: 'X', name: 'x', delegation: 'x', title: '' };
    const forged = signJws({ ...honest, rev: 99, deputy }, forger);
    hall.say('T001', forged);
    hall.say('T001', forged.replace(/^[^.]+/, hall.sign({ a: 1 }).split('.')[0] ?? ''));
    hall.say('T001', hall.sign({ ...honest, rev: 99, deputy, terminal: 'T002' }));
    hall.say('T001', hall.sign({ ...honest, rev: 99, deputy, hall: 'another' }));
    hall.say('T001', hall.sign({ ...honest, rev: 99, deputy, surplus: 1 }));
    hall.say('T001', hall.sign({ ...terminal.state.sitting, rev: 99 }));
    hall.say('T001', 'rubbish');
    hall.say('T001', hall.sign({ ...honest, rev: 50 }));
    await until('the honest one', () => terminal.state.seat?.rev === 50);
    expect(terminal.state.seat?.deputy).toBeNull();
    expect(terminal.state.sitting?.rev).toBe(1);
  });

  test('a terminal that is not enrolled says hello and nothing else', async () => {
    hall.enrolled = false;
    const hands = new Hands();
    const terminal = await start(hands, { healthEverySeconds: 0.02 });
    await until('told', () => terminal.state.seat?.enrolled === false);
    hands.tap('04A1B2C3');
    hall.say(
      'T001',
      hall.sign({ typ: 'command', v: 1, id: 'A'.repeat(22), terminal: 'T001', act: 'identify' }),
    );
    await until('identify', () => hands.lamps.every((lamp) => lamp === 'valid'));
    expect(new Set(hall.received.map((message) => message.typ))).toEqual(new Set(['hello']));
  });

  test('reports its health with the round trip measured', async () => {
    await start(new Hands(), { healthEverySeconds: 0.05 });
    await until('health', () => hall.received.some((m) => m.typ === 'health' && m.roundTrip !== null));
  });
});

describe('G8: a terminal whose disk fails', () => {
  let folder: string;
  let files: FailingFiles;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'hallvote-'));
    files = failingFiles();
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  const onDisk = () => {
    const disk = new Disk(folder, files);
    const identity = openIdentity(disk, randomBytes);
    return {
      disk,
      identity,
      outbox: diskOutbox(disk, identity.key, () => {}),
      credentials: diskCredentials(disk, randomBytes),
      healthEverySeconds: 0.05,
    };
  };
  const told = () => hall.received.findLast((message) => message.typ === 'health')?.faults;

  test.each([
    ['ENOSPC', 'disk-full'],
    ['EROFS', 'disk-read-only'],
    ['EACCES', 'disk-denied'],
    ['ENOENT', 'disk-missing'],
    ['EIO', 'disk-failing'],
  ] as const)(
    'says so at the press (%s), sends nothing, and sends it when the disk works again',
    async (code, fault) => {
      const hands = new Hands();
      const terminal = await checkedIn(hands, onDisk());
      hall.publish(round(decision()));
      files.fail = { write: code, remove: code };
      await cast(hands, 2);
      expect(terminal.state.notice?.type).toBe('unrecorded');
      expect(hands.lamps).toEqual(['valid', 'chosen', 'valid', 'valid', 'valid']);
      await until('the fault is told', () => told()?.includes(fault) ?? false);
      expect(ballots()).toEqual([]);
      files.fail = {};
      hands.press(5);
      await until('counted', () => terminal.state.vote?.cast.step === 'counted');
      await until('the fault is over', () => told()?.length === 0);
      expect(ballots()).toHaveLength(1);
    },
  );

  test('starts, connects and checks in on a disk that takes nothing, also after the line was lost', async () => {
    openIdentity(new Disk(folder, files), randomBytes);
    files.fail = { write: 'EROFS', makeFolder: 'EROFS', remove: 'EROFS', move: 'EROFS' };
    const terminal = await checkedIn(new Hands(), onDisk());
    hall.cut();
    await until('down', () => terminal.state.link === 'down');
    await until('up again', () => terminal.state.link === 'up');
    expect(terminal.state.storage).toBe('disk-read-only');
  });

  test('a receipt on a disk that has turned read-only is a receipt', async () => {
    const hands = new Hands();
    const terminal = await checkedIn(hands, onDisk());
    hall.onBallot = 'silence';
    hall.publish(round(decision()));
    await cast(hands, 3);
    await until('it left', () => ballots().length === 1);
    files.fail = { write: 'EROFS', remove: 'EROFS' };
    hall.onBallot = 'receipt';
    hall.cut();
    await until('counted', () => terminal.state.vote?.cast.step === 'counted');
    expect(hands.lamps).toEqual(['off', 'off', 'off', 'off', 'counted']);
  });
});

describe('a terminal whose choice is not sealed', () => {
  const secretRound = { ...round({ ...decision(), voting: 'secret' }), election: undefined };
  const election = { uuid: '3eFVEuVaq6maBEHpe1Zsq4', key: encode(basePower(77n)) };

  /** A deputy before a secret vote, whose credential the hall knows. */
  async function beforeSecretVote(hands: Hands, more: Partial<TerminalParts>, seal = election) {
    const terminal = await checkedIn(hands, more);
    hall.credential = terminal.state.credential ?? '';
    hall.publish({ ...secretRound, election: seal });
    return terminal;
  }
  const brokenRandom = (length: number) => {
    if (length === 64) throw new Error('no randomness');
    return new Uint8Array(randomBytes(length));
  };

  test('says so and gives the keys back where sealing throws', async () => {
    const hands = new Hands();
    let isBroken = false;
    const terminal = await beforeSecretVote(hands, {
      healthEverySeconds: 0.05,
      randomBytes: (length) => (isBroken ? brokenRandom(length) : new Uint8Array(randomBytes(length))),
    });
    await until('keys are live', () => hands.lamps[1] === 'valid');
    isBroken = true;
    hands.press(2);
    hands.press(5);
    await until('told', () => terminal.state.notice?.type === 'unsealed');
    expect(terminal.state.vote?.cast.step).toBe('none');
    expect(hands.lamps[1]).toBe('valid');
    isBroken = false;
    hands.press(3);
    hands.press(5);
    await until('sealed', () => terminal.state.vote?.cast.step === 'sealed');
    expect(terminal.state.isSealingBroken).toBe(false);
  });

  test('says so where there is nothing to seal with', async () => {
    const hands = new Hands();
    const terminal = await beforeSecretVote(hands, {}, { ...election, key: 'f'.repeat(64) });
    await cast(hands, 2);
    await until('told', () => terminal.state.notice?.type === 'unsealed');
    expect(hands.lamps[1]).toBe('valid');
  });

  test('says so where sealing never ends, and lets go of what comes too late', async () => {
    const hands = new Hands();
    // No step of sealing comes about before its time is over.
    const terminal = await beforeSecretVote(hands, { sealWithinMs: 0 });
    await cast(hands, 2);
    await until('told', () => terminal.state.notice?.type === 'unsealed');
    expect(terminal.state.vote?.cast.step).toBe('none');
    expect(hands.lamps[1]).toBe('valid');
  });
});

describe('a terminal whose number is too low', () => {
  test.each([
    ['a number of an old copy', 5_000],
    ['numbers lost altogether', 2 ** 30],
  ])('comes in by itself: %s', async (_what, last) => {
    hall.mostProof = last;
    const terminal = await start(new Hands());
    await until('in', () => terminal.state.link === 'up');
    expect(hall.proofs.length).toBeLessThanOrEqual(4);
  });

  test('one that is refused for another reason says so, and asks with few numbers and ever more seldom', async () => {
    hall.mostProof = Number.MAX_SAFE_INTEGER;
    const clock = {
      ...steadyClock,
      after: (ms: number, then: () => void) => steadyClock.after(ms / 200, then),
    };
    const terminal = await start(new Hands(), { clock });
    await until('said', () => terminal.state.link === 'refused');
    await until('many tries', () => hall.proofs.length === 12);
    expect(hall.proofs.at(-1)?.n).toBeLessThan(2 ** 31);
    hall.mostProof = 0;
    await until('in', () => terminal.state.link === 'up');
  });
});

test('a device that cannot be started is a fault that is shown, and the seat works on', async () => {
  const hands = new Hands();
  hands.panel.start = () => Promise.reject(new Error('no such pin'));
  hands.reader.start = () => Promise.reject(new Error('no such bus'));
  const terminal = await start(hands);
  await until('up', () => terminal.state.link === 'up');
  expect(terminal.state.panel).toMatchObject({ is: 'fault', what: expect.stringContaining('no such pin') });
  expect(terminal.state.reader).toMatchObject({ is: 'fault', what: expect.stringContaining('no such bus') });
});

test('lamps and screen that throw lose no ballot', async () => {
  const hands = new Hands();
  let isBroken = false;
  const terminal = await checkedIn(hands, {
    onState: () => {
      if (isBroken) throw new Error('no screen');
    },
  });
  hall.publish(round(decision()));
  await until('keys are live', () => hands.lamps[1] === 'valid');
  const { show } = hands.panel;
  isBroken = true;
  hands.panel.show = () => {
    throw new Error('no lamps');
  };
  hands.press(2);
  hands.press(5);
  await until('counted', () => terminal.state.vote?.cast.step === 'counted');
  hands.panel.show = show;
});
