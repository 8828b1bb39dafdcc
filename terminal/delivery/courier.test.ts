import { beforeEach, describe, expect, test } from 'vitest';
import { backoffMs } from '../../shared/backoff.ts';
import { sha256Base64url } from '../../shared/protocol/bytes.ts';
import { nodeSigner } from '../../shared/protocol/ed25519-node.ts';
import { parseJws } from '../../shared/protocol/jws.ts';
import { keyPairFromSeed } from '../../shared/protocol/keys.ts';
import { Ballot, CheckIn } from '../../shared/protocol/messages.ts';
import { manualClock } from '../machine/clock.ts';
import { ballotOf } from '../testing/fixtures.ts';
import { messageId } from '../testing/gallery.ts';
import { Courier } from './courier.ts';
import { memoryOutbox } from './outbox.ts';

const signer = nodeSigner(keyPairFromSeed(new Uint8Array(32).fill(7)));

let clock: ReturnType<typeof manualClock>;
let sent: string[];
let outbox: ReturnType<typeof memoryOutbox>;
let courier: Courier;
const make = () =>
  new Courier({ outbox, signer, transmit: (jws) => sent.push(jws), clock, random: () => 0.5 });
const idOf = (jws: string) => Ballot.or(CheckIn).parse(parseJws(jws)?.payload).id;
const tap = (card: string): CheckIn => ({
  typ: 'check-in',
  v: 1,
  id: messageId(),
  hall: 'h',
  sitting: 's',
  terminal: 'T001',
  card,
});

beforeEach(() => {
  clock = manualClock();
  sent = [];
  outbox = memoryOutbox();
  courier = make();
});

describe('the courier', () => {
  test('sends the same bytes again, ever more seldom, until the receipt', () => {
    courier.linkUp();
    const ballot = ballotOf(messageId(), 1);
    courier.send(ballot);
    clock.advance(600_000);
    const before = sent.length;
    expect(before).toBeGreaterThan(20);
    expect(before).toBeLessThan(40);
    expect(new Set(sent).size).toBe(1);
    const [jws = ''] = sent;
    expect(courier.settle({ for: ballot.id, digest: sha256Base64url(jws) })).toBe(ballot.id);
    clock.advance(600_000);
    expect(sent).toHaveLength(before);
    expect(outbox.all()).toEqual([]);
  });

  test('an answer to other bytes, or with another id, settles nothing', () => {
    courier.linkUp();
    const ballot = ballotOf(messageId(), 1);
    courier.send(ballot);
    expect(courier.settle({ for: ballot.id, digest: sha256Base64url('x') })).toBeNull();
    expect(courier.settle({ for: messageId(), digest: sha256Base64url(sent[0] ?? '') })).toBeNull();
    expect(courier.waiting).toBe(1);
    // A refusal of what could not be read names the digest only.
    expect(courier.settle({ for: null, digest: sha256Base64url(sent[0] ?? '') })).toBe(ballot.id);
  });

  test('is silent while the link is down and sends everything when it is back', () => {
    const [a, b] = [ballotOf(messageId(), 1, 'm1/1'), ballotOf(messageId(), 2, 'm2/1')];
    courier.send(a);
    courier.send(b);
    clock.advance(60_000);
    expect(sent).toEqual([]);
    courier.linkUp();
    expect(sent.map(idOf)).toEqual([a.id, b.id]);
    courier.linkDown();
    clock.advance(60_000);
    expect(sent).toHaveLength(2);
  });

  test('what is not to come now waits in silence and goes out again, the same bytes, when it may', () => {
    courier.linkUp();
    const ballot = ballotOf(messageId(), 1);
    courier.send(ballot);
    const [jws = ''] = sent;
    courier.wait({ for: ballot.id, digest: sha256Base64url(jws) });
    clock.advance(600_000);
    expect(sent).toEqual([jws]);
    expect(outbox.all()).toHaveLength(1);
    courier.again();
    expect(sent).toEqual([jws, jws]);
  });

  test('after a restart it carries on with what the outbox holds', () => {
    const ballot = ballotOf(messageId(), 1);
    courier.send(ballot);
    const restarted = make();
    restarted.linkUp();
    expect(sent.map(idOf)).toEqual([ballot.id]);
  });

  test('a later press, or another card, takes the place of the earlier', () => {
    const [first, second] = [ballotOf(messageId(), 1), ballotOf(messageId(), 2)];
    const [card, other] = [tap('04A1B2C3'), tap('99999999')];
    for (const message of [first, card, second, other]) courier.send(message);
    courier.linkUp();
    expect(sent.map(idOf)).toEqual([second.id, other.id]);
  });

  test('check-ins do not outlive the process', () => {
    courier.send(tap('04A1B2C3'));
    expect(make().waiting).toBe(0);
  });
});

test('back-off doubles up to its limit and is spread over the upper half', () => {
  const range = { firstMs: 100, mostMs: 1_000 };
  const least = [0, 1, 2, 3, 4, 50].map((attempt) => backoffMs(attempt, range, () => 0));
  const most = [0, 1, 2, 3, 4, 50].map((attempt) => backoffMs(attempt, range, () => 0.9999));
  expect(least).toEqual([50, 100, 200, 400, 500, 500]);
  expect(most).toEqual([100, 200, 400, 800, 1_000, 1_000]);
});
