import { randomBytes, X509Certificate } from 'node:crypto';
import { existsSync, mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createServer } from 'node:tls';
import { afterEach, describe, expect, it, onTestFinished } from 'vitest';
import { issueServer } from '../../coordinator/tls/issue.ts';
import { Disk } from '../../terminal/machine/disk.ts';
import {
  eventually,
  type OpenHall,
  openHall,
  type TestSeat,
  testSeat,
  testTls,
} from '../support/open-hall.ts';
import { isWelcome, play } from '../support/played-line.ts';
import { issuedFor, tlsOf } from '../support/shown-certificates.ts';

const DAY_MS = 86_400_000;
const real = await testTls();

let open: OpenHall | null = null;
afterEach(async () => {
  await open?.close();
  open = null;
});

const reach = (hall: OpenHall) => ({ ...hall, ca: tlsOf(hall).ca.certificate });
const first = (hall: OpenHall): TestSeat => hall.seats[0] ?? testSeat(1);

describe('a seat over TLS', () => {
  it('comes by its certificate by itself, keeps it, and shows it at the next start', async () => {
    open = await openHall({ tls: true });
    const one = first(open);
    const seat = play(reach(open), one);
    await eventually(() => isWelcome(seat), 'the seat’s welcome');
    expect(existsSync(join(seat.folder, 'certificate.pem'))).toBe(true);
    const entries = open.chronicle.state.head.seq;
    await seat.link.stop();
    const again = play(reach(open), one, seat.folder);
    await eventually(() => isWelcome(again), 'its welcome with what it kept');
    // One connection, entered once: nothing had to be asked for.
    expect(open.chronicle.state.head.seq).toBe(entries + 1);
  });

  it('takes up its session again when it comes back, at the first attempt', async () => {
    open = await openHall({ tls: true });
    const seat = play(reach(open), first(open));
    await eventually(() => isWelcome(seat), 'the seat’s welcome');
    for (const _ of [1, 2, 3]) {
      seat.told.length = 0;
      seat.link.hangUp();
      await eventually(() => isWelcome(seat), 'its welcome when it is back');
    }
    expect(seat.log).toEqual([]);
  });

  it('waits while it is not enrolled, and is at work as soon as it is', async () => {
    open = await openHall({ tls: true, seats: [testSeat(1)] });
    const stranger = testSeat(9);
    const seat = play(reach(open), stranger);
    const { claimants } = open.hall.broker;
    await eventually(() => claimants.named(stranger.terminal).length === 1, 'the claim');
    await open.act({ act: 'enrol', terminal: 'T9', key: stranger.key.x, seat: 'S9' });
    await eventually(() => isWelcome(seat), 'the seat’s welcome');
  });

  it('asks for another where its own opens nothing any more', async () => {
    open = await openHall({ tls: true });
    const one = first(open);
    const folder = mkdtempSync(join(tmpdir(), 'hallvote-wire-'));
    const old = await issuedFor(open, one, { now: Date.now() - 400 * DAY_MS });
    new Disk(folder).write('certificate.pem', old);
    const seat = play(reach(open), one, folder);
    await eventually(() => isWelcome(seat), 'the seat’s welcome');
    const kept = new Disk(folder).read('certificate.pem');
    const until = kept && 'text' in kept ? Date.parse(new X509Certificate(kept.text).validTo) : 0;
    expect(until).toBeGreaterThan(Date.now() + 300 * DAY_MS);
  });
});

describe('a seat believes no coordinator but its own', () => {
  /** Something at a port that shows a certificate; what it hears. */
  async function impostor(shown: { readonly certificate: string; readonly key: string }) {
    const heard: Buffer[] = [];
    let tries = 0;
    const server = createServer({ cert: shown.certificate, key: shown.key }, (socket) => {
      socket.on('data', (data) => heard.push(data));
      socket.on('error', () => {});
    });
    server.on('connection', () => {
      tries += 1;
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    onTestFinished(() => void server.close());
    const address = server.address();
    const port = typeof address === 'object' && address ? address.port : 0;
    return { url: `mqtts://127.0.0.1:${port}`, heard, tries: () => tries };
  }

  const making = (now = Date.now()) => ({ random: randomBytes, now });
  const seat = testSeat(1);
  const cases: [string, RegExp, () => Promise<{ certificate: string; key: string }>][] = [
    [
      'of another CA',
      /not of this hall/,
      async () => issueServer((await testTls()).authority, ['127.0.0.1'], making()),
    ],
    [
      'of another CA, and ended long ago',
      /not of this hall/,
      async () => issueServer((await testTls()).authority, ['127.0.0.1'], making(Date.UTC(2020, 0))),
    ],
    ['for another name', /not for 127/, () => issueServer(real.authority, ['other.example'], making())],
  ];
  it.each(cases)('that shows a certificate %s, and says nothing to it', async (_what, why, shown) => {
    const other = await impostor(await shown());
    const { log } = play({ url: other.url, ca: real.ca.certificate, key: seat.key }, seat);
    await eventually(() => log.some((line) => why.test(line)), 'its refusal');
    await eventually(() => other.tries() > 1, 'another try');
    expect(other.heard).toEqual([]);
  });

  it('and judges by the hall’s time whether its certificate is still good, not by its own clock', async () => {
    // The machine that runs this test takes the certificate for ended; the hall's ledger does not, and then does.
    const then = Date.UTC(2020, 0);
    const tls = await testTls(then);
    let time = then;
    const machine = { boot: 'b', mono: () => 0, wall: () => time };
    open = await openHall({ tls, machine });
    const one = first(open);
    const hall = reach(open);
    const played = play(hall, one);
    await eventually(() => isWelcome(played), 'the seat’s welcome');
    await played.link.stop();
    const { seats, folder, key } = open;
    await open.close('keep');
    time += 390 * DAY_MS;
    open = await openHall({ tls, seats, folder, key, machine: { ...machine, boot: 'c' } });
    const late = play(reach(open), one, played.folder);
    await eventually(() => isWelcome(late), 'its welcome near the end');
    await late.link.stop();
    await open.close('keep');
    time += 30 * DAY_MS;
    open = await openHall({ tls, seats, folder, key, machine: { ...machine, boot: 'd' } });
    const last = play(reach(open), one, played.folder);
    await eventually(() => last.log.some((line) => /has ended on/.test(line)), 'the end of its belief');
  });
});
