import { randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { CardKeys } from '../../coordinator/cards/card-keys.ts';
import { Ledger } from '../../coordinator/chronicle/ledger.ts';
import { ledgerLine } from '../../coordinator/chronicle/line.ts';
import { SITTING_LEDGER } from '../../coordinator/sitting/chronicle.ts';
import { type CardKind, isMessageEntryType, type RegisteredCard } from '../../coordinator/sitting/entries.ts';
import { personalise } from '../../hardware/ntag424/personalise.ts';
import { SimulatedNtag424 } from '../../hardware/ntag424/simulated-ntag424.ts';
import { readTapMessage } from '../../hardware/readers/tap-message.ts';
import { readProof } from '../../shared/protocol/card-proof.ts';
import { parseJwsOfAnyLength } from '../../shared/protocol/jws.ts';
import type { LedgerRow } from '../../shared/protocol/ledger-hash.ts';
import { cardKey, checkProof, fromHex, SDM_KEY, toHex, writeProof } from '../../shared/protocol/ntag424.ts';
import { bundleOf, verdict } from '../support/both-verifiers.ts';
import { rewrite, withRows } from '../support/forge.ts';
import { eventually, type OpenHall, openHall, type TestSeat, testSeat } from '../support/open-hall.ts';
import { checkIn, HandSeat, sign } from '../support/seat-messages.ts';

const hex = (text: string): Uint8Array => fromHex(text) ?? new Uint8Array();
const MASTER = hex('8F1C2D3E4A5B69788796A5B4C3D2E1F0');
const UID = ['04A1B2C3D4E5F6', '04A1B2C3D4E5F7'] as const;
const [CARD, OTHER] = UID;

/** The message of the `n`-th reading of a card. */
function tap(n: number, card: string = CARD, master = MASTER): string {
  const uid = hex(card);
  return writeProof('https://hall.example/t', cardKey(master, uid, SDM_KEY), uid, n);
}

const line = (card: string, deputy: string, change: Partial<RegisteredCard> = {}): RegisteredCard => ({
  card,
  deputy,
  kind: 'ntag424',
  status: 'active',
  counter: 0,
  ...change,
});

const seats: readonly TestSeat[] = [1, 2, 3].map(testSeat);
let open: OpenHall;

async function begin(
  cards: readonly RegisteredCard[] = [line(CARD, 'd1'), line(OTHER, 'd2')],
  accept: readonly CardKind[] = ['uid', 'ntag424'],
  earlier: Partial<Pick<OpenHall, 'folder' | 'key'>> = {},
): Promise<HandSeat> {
  open = await openHall({ seats, cards, accept, cardKeys: new CardKeys(MASTER), ...earlier });
  return new HandSeat(open, first()).begin();
}

function first(): TestSeat {
  const [seat] = seats;
  if (!seat) throw new Error('there are three seats');
  return seat;
}

const present = () => [...open.chronicle.state.presence.keys()];

beforeEach(() => {
  for (const seat of seats) expect(seat.deputy.cards).toEqual([seat.card]);
});
afterEach(() => open.close());

describe('G3 authentic: a card with a key of its own', () => {
  it('checks in once with each tap, and gets the same receipt for the same message', async () => {
    const hand = await begin();
    const message = checkIn(first(), { card: CARD, proof: tap(1) });
    const jws = sign(message, first().key);
    hand.say(jws);
    await hand.receipt(message.id);
    hand.say(jws);
    await eventually(() => hand.told.filter(({ typ }) => typ === 'receipt').length === 2);
    const again = checkIn(first(), { card: CARD, proof: tap(7) });
    hand.tell(again);
    await hand.receipt(again.id);
    expect(present()).toEqual(['d1']);
    expect(open.chronicle.state.counters.get(CARD)).toBe(7);
  });

  const wrong: [string, string, string | undefined][] = [
    ['no message at all, as a copied UID gives', 'card-proof-missing', undefined],
    ['a message that is none', 'wrong-card-proof', 'https://hall.example/'],
    ['the message of another genuine card', 'wrong-card-proof', tap(9, OTHER)],
    ['a message under another key', 'wrong-card-proof', tap(9, CARD, hex('00'.repeat(16)))],
    ['a counter put up by hand', 'wrong-card-proof', tap(8).replace('n=000008', 'n=000009')],
    ['a tap used before', 'replayed-tap', tap(5)],
    ['a tap from before that', 'replayed-tap', tap(4)],
  ];

  it.each(wrong)('refuses %s as %s', async (_what, reason, proof) => {
    const hand = await begin();
    const good = checkIn(first(), { card: CARD, proof: tap(5) });
    hand.tell(good);
    await hand.receipt(good.id);
    await open.act({ act: 'leave', deputy: 'd1', reason: '测试' });
    hand.tell(checkIn(first(), { card: CARD, ...(proof === undefined ? {} : { proof }) }));
    expect(await hand.refusal()).toBe(reason);
    expect(present()).toEqual([]);
    expect(open.chronicle.state.counters.get(CARD)).toBe(5);
    const next = checkIn(first(), { card: CARD, proof: tap(6) });
    hand.tell(next);
    await hand.receipt(next.id);
    expect(present()).toEqual(['d1']);
  });

  it('refuses a tap kept from an earlier sitting', async () => {
    const hand = await begin([line(CARD, 'd1', { counter: 40 })]);
    hand.tell(checkIn(first(), { card: CARD, proof: tap(40) }));
    expect(await hand.refusal()).toBe('replayed-tap');
    const fresh = checkIn(first(), { card: CARD, proof: tap(41) });
    hand.tell(fresh);
    await hand.receipt(fresh.id);
  });

  it('refuses lost and cancelled cards, and another deputy’s seat, whatever the tap proves', async () => {
    const hand = await begin([
      line(CARD, 'd1', { status: 'lost' }),
      line(OTHER, 'd2'),
      line('04000000000001', 'd1', { status: 'cancelled' }),
    ]);
    hand.tell(checkIn(first(), { card: CARD, proof: tap(1) }));
    expect(await hand.refusal(1)).toBe('lost-card');
    hand.tell(checkIn(first(), { card: '04000000000001', proof: tap(1, '04000000000001') }));
    expect(await hand.refusal(2)).toBe('cancelled-card');
    hand.tell(checkIn(first(), { card: OTHER, proof: tap(1, OTHER) }));
    expect(await hand.refusal(3)).toBe('another-seat');
  });

  it('accepts only the kinds the hall accepts', async () => {
    const hand = await begin([line(CARD, 'd1')], ['ntag424']);
    hand.tell(checkIn(first()));
    expect(await hand.refusal(1)).toBe('card-kind-not-accepted');
    const good = checkIn(first(), { card: CARD, proof: tap(1) });
    hand.tell(good);
    await hand.receipt(good.id);
    await open.close();
    const other = await begin([line(CARD, 'd1')], ['uid']);
    other.tell(checkIn(first(), { card: CARD, proof: tap(2) }));
    expect(await other.refusal(1)).toBe('card-kind-not-accepted');
    const plain = checkIn(first(), { proof: 'what a card without a key says means nothing' });
    other.tell(plain);
    await other.receipt(plain.id);
  });

  it('takes up the counters where the ledger left them', async () => {
    const hand = await begin();
    const good = checkIn(first(), { card: CARD, proof: tap(3) });
    hand.tell(good);
    await hand.receipt(good.id);
    await open.close('keep');
    await hand.end();
    const again = await begin([line(CARD, 'd1'), line(OTHER, 'd2')], ['uid', 'ntag424'], open);
    again.tell(checkIn(first(), { card: CARD, proof: tap(3) }));
    expect(await again.refusal()).toBe('replayed-tap');
    const registered = rows().filter(({ type }) => type === 'cards-registered');
    expect(registered).toHaveLength(1);
  });

  it('leaves a card as staff marked it until its line in the register says something new', async () => {
    await begin();
    await open.act({ act: 'mark-card', card: CARD, status: 'lost' });
    const status = () => open.chronicle.state.cards.get(CARD)?.status;
    const reread = async (cards: readonly RegisteredCard[]) => {
      await open.close('keep');
      await begin(cards, ['uid', 'ntag424'], open);
    };
    await reread([line(CARD, 'd1'), line(OTHER, 'd2', { counter: 2 })]);
    expect(status()).toBe('lost');
    await reread([line(CARD, 'd1', { status: 'cancelled' })]);
    expect(status()).toBe('cancelled');
    await reread([line(CARD, 'd1')]);
    expect(status()).toBe('active');
  });
});

describe('G3 authentic: from the desk to the seat', () => {
  it('a card that was given its keys checks in with what a reader reads from it', async () => {
    const chip = new SimulatedNtag424(CARD, () => randomBytes(16));
    const keys = new CardKeys(MASTER);
    const firstTap = await personalise(chip, keys.of(hex(CARD)), () => randomBytes(16));
    const hand = await begin([line(CARD, 'd1', { counter: readProof(firstTap)?.counter ?? 0 })], ['ntag424']);
    hand.tell(checkIn(first(), { card: CARD, proof: firstTap }));
    expect(await hand.refusal()).toBe('replayed-tap');
    const proof = (await readTapMessage(chip.transceive)) ?? '';
    const message = checkIn(first(), { card: CARD, proof });
    hand.tell(message);
    await hand.receipt(message.id);
    expect(present()).toEqual(['d1']);
  });
});

function rows(): LedgerRow[] {
  const ledger = Ledger.read(open.ledgerFile, SITTING_LEDGER);
  const all = [...ledger.rows()];
  ledger.close();
  return all;
}

/** A sitting with taps accepted, replayed, forged and missing. */
async function taps(): Promise<LedgerRow[]> {
  const hand = await begin([line(CARD, 'd1', { counter: 3 }), line(OTHER, 'd2')], ['ntag424']);
  const attempts = [tap(3), tap(4, CARD, hex('11'.repeat(16))), tap(4, OTHER), undefined, tap(5), tap(5)];
  for (const proof of attempts) {
    const message = checkIn(first(), { card: CARD, ...(proof === undefined ? {} : { proof }) });
    hand.tell(message);
    await eventually(() =>
      hand.told.some((told) => (told.typ === 'receipt' || told.typ === 'refusal') && told.for === message.id),
    );
  }
  return rows();
}

describe('G5 verifiable: taps', () => {
  it('a ledger with taps verifies, and holds no key', async () => {
    const all = await taps();
    expect(open.chronicle.state.refusals.map(({ reason }) => reason)).toEqual([
      'replayed-tap',
      'wrong-card-proof',
      'wrong-card-proof',
      'card-proof-missing',
      'replayed-tap',
    ]);
    const bundle = bundleOf({ rows: all, key: open.key });
    expect(verdict(bundle)).toBe('fine');
    const kept = [...all.map(ledgerLine), ...open.log, Buffer.from(bundle).toString('latin1')].join('\n');
    const bodies = all.map(({ body }) => JSON.stringify(parseJwsOfAnyLength(body)?.payload)).join('\n');
    for (const key of [MASTER, ...new CardKeys(MASTER).of(hex(CARD))])
      for (const text of [toHex(key), toHex(key).toLowerCase(), Buffer.from(key).toString('base64url')])
        expect(kept.includes(text) || bodies.includes(text)).toBe(false);
  });

  it('keys do not come out of the object that holds them', () => {
    const keys = new CardKeys(MASTER);
    expect(JSON.stringify(keys)).toBe('{}');
    expect(Object.keys(keys)).toEqual([]);
  });

  it('with the coordinator’s key, a tap used twice, below the floor or of a kind not accepted is found', async () => {
    const all = await taps();
    const bundle = bundleOf({ rows: all, key: open.key });
    const forged = (change: (says: Record<string, unknown>) => object) => {
      const changed = all.map((row) => {
        const says = z.record(z.string(), z.unknown()).parse(parseJwsOfAnyLength(row.body)?.payload);
        return isMessageEntryType(row.type) ? row : { ...row, body: sign(change(says), open.key) };
      });
      return verdict(withRows(bundle, rewrite(changed, open.key), open.key));
    };
    expect(forged((says) => says)).toBe('fine');
    const of = (typ: string, change: object) => (says: Record<string, unknown>) =>
      says.typ === typ ? { ...says, ...change } : says;
    const floor = (counter: number) => of('cards-registered', { cards: [line(CARD, 'd1', { counter })] });
    expect(forged(floor(2))).toBe('wrongly-refused');
    expect(forged(floor(5))).not.toBe('fine');
    expect(forged(of('rules-set', { cards: ['uid'] }))).toBe('wrongly-refused');
    // The terminal helps the forger: a message of its own with a tap that was used.
    const time = all.at(-1)?.time ?? 0;
    const withTap = (proof: string) => {
      const body = sign(checkIn(first(), { card: CARD, proof }), first().key);
      const more = rewrite([...all, { time, type: 'check-in', body }], open.key);
      return verdict(bundleOf({ rows: more, key: open.key }));
    };
    expect(withTap(tap(5))).toBe('against-rules');
    expect(withTap(tap(6, OTHER))).toBe('against-rules');
    // What nobody can tell without the cards' keys, as bundle.md says.
    expect(withTap(tap(6, CARD, hex('11'.repeat(16))))).toBe('fine');
  });
});

describe('ledger.md', () => {
  it('gives an example that holds', () => {
    const page = readFileSync(new URL('../../coordinator/sitting/ledger.md', import.meta.url), 'utf8');
    const [, start = '', end = ''] = /\n(https:\S+)\n\s+(&m=\S+)\n/.exec(page) ?? [];
    const [, master = ''] = /made with the master key `([0-9A-F]{32})`/.exec(page) ?? [];
    expect(checkProof(start + end, hex(master))).toMatchObject({ ok: true, counter: 42 });
  });
});
