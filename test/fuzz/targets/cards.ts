import { type I2cBus, I2cError } from '../../../hardware/i2c.ts';
import { authenticate, CardRefusal, rotated, unpadded } from '../../../hardware/ntag424/ev2.ts';
import { personalise } from '../../../hardware/ntag424/personalise.ts';
import { SimulatedNtag424 } from '../../../hardware/ntag424/simulated-ntag424.ts';
import { EVENT_SIZE, keyEvents, TypedCards } from '../../../hardware/readers/input-events.ts';
import { Pn532 } from '../../../hardware/readers/pn532.ts';
import { parseFrame } from '../../../hardware/readers/pn532-frames.ts';
import { readTapMessage, type Transceive, uriOf } from '../../../hardware/readers/tap-message.ts';
import { ToCardDesk } from '../../../shared/protocol/card-desk.ts';
import { readProof } from '../../../shared/protocol/card-proof.ts';
import { CardNumber } from '../../../shared/protocol/messages.ts';
import { cardKey, checkProof, SDM_KEY, toHex, writeProof } from '../../../shared/protocol/ntag424.ts';
import { once } from '../once.ts';
import { mustEqual, mustHold, type Target, utf8 } from '../target.ts';
import type { Targets } from './all.ts';

/** What comes from a card, or from a chip that says it is a reader. */

const MASTER = Uint8Array.from({ length: 16 }, (_, i) => i * 17);
const UID = Uint8Array.of(4, 0xa1, 0xb2, 0xc3, 0xd4, 0xe5, 0xf6);
const BASE = 'https://hallvote.invalid/';
const ZEROS = () => new Uint8Array(16);
const MOST_ANSWERS = 80;

/** Answers a card gives one after the other, each behind its length; then it is gone. */
function answers(input: Uint8Array): Transceive {
  let at = 0;
  let given = 0;
  return async () => {
    const length = input[at];
    given += 1;
    if (length === undefined || given > MOST_ANSWERS) throw new I2cError('the card was taken away');
    const answer = input.slice(at + 1, at + 1 + length);
    at += 1 + length;
    return answer;
  };
}

const lengthFirst = (all: readonly Uint8Array[]): Uint8Array =>
  Buffer.concat(all.flatMap((each) => [Uint8Array.of(each.length), each]));

/** What a card that is in order answered while `work` went on. */
async function recorded(
  card: SimulatedNtag424,
  work: (transceive: Transceive) => Promise<unknown>,
): Promise<Uint8Array> {
  const all: Uint8Array[] = [];
  card.layDown();
  await work(async (apdu) => {
    const answer = await card.transceive(apdu);
    all.push(answer);
    return answer;
  });
  return lengthFirst(all);
}

const card = (): SimulatedNtag424 => new SimulatedNtag424(toHex(UID), ZEROS);
const keys = [0, 1, 2, 3, 4].map((number) => cardKey(MASTER, UID, number));
const recordings = await (async () => {
  const fresh = card();
  const made = await recorded(fresh, (transceive) =>
    personalise({ uid: fresh.uid, transceive }, keys, ZEROS),
  );
  const tapped = await recorded(fresh, readTapMessage);
  const again = await recorded(fresh, (transceive) =>
    personalise({ uid: fresh.uid, transceive }, keys, ZEROS),
  );
  return { made, tapped, again };
})();

const expected = (error: unknown): boolean => error instanceof CardRefusal || error instanceof I2cError;

const tap: Target = {
  run: async (input) => {
    try {
      const message = await readTapMessage(answers(input));
      if (message !== null)
        mustHold(/^[\x21-\x7e]{0,320}$/.test(message), 'a message with characters it cannot have');
    } catch (error) {
      if (!expected(error)) throw error;
    }
  },
  seeds: () => ({ tapped: recordings.tapped }),
};

/** A URI is the prefix and the rest of exactly these bytes. */
const ndef: Target = {
  run: (input) => {
    const uri = uriOf(input);
    if (uri === null) return;
    const length = input[2] ?? 0;
    mustHold(
      uri.endsWith(Buffer.from(input.subarray(5, 4 + length)).toString('latin1')),
      'the URI is another',
    );
  },
  seeds: () => ({
    uri: Uint8Array.of(0xd1, 1, 12, 0x55, 4, ...Buffer.from('example.org')),
    empty: Uint8Array.of(0xd1, 1, 1, 0x55, 0),
  }),
};

const known = once(() =>
  [1, 2, 0xffffff].map((n) => writeProof(BASE, cardKey(MASTER, UID, SDM_KEY), UID, n)),
);

/** A one-time message is one of the card's, or of no card; what is read is written back the same. */
const proof: Target = {
  run: (input) => {
    const text = utf8(input);
    const read = readProof(text);
    if (read !== null) {
      const { uid, counter, mac } = read;
      const n = counter.toString(16).padStart(6, '0').toUpperCase();
      mustHold(text.endsWith(`?u=${uid}&n=${n}&m=${toHex(mac)}`), 'another message was read');
    }
    const tail = (of: string) => of.slice(of.indexOf('?'));
    if (checkProof(text, MASTER).ok)
      mustHold(
        known().some((each) => tail(each) === tail(text)),
        'a tap was forged',
      );
  },
  seeds: () => ({ first: known()[0] ?? '', last: known()[2] ?? '' }),
};

/** Whatever a card answers, it gets its keys or is refused in words. */
const issue: Target = {
  run: async (input) => {
    try {
      await personalise({ uid: toHex(UID), transceive: answers(input) }, keys, ZEROS);
    } catch (error) {
      if (!expected(error)) throw error;
    }
  },
  seeds: () => ({ made: recordings.made, again: recordings.again }),
};

/** No card that lacks the key is taken for one that has it. */
const session: Target = {
  run: async (input) => {
    const own = keys[0] ?? MASTER;
    try {
      await authenticate(
        answers(input),
        0,
        own,
        Uint8Array.from({ length: 16 }, (_, i) => i),
      );
      mustHold(false, 'a card without the key was let in');
    } catch (error) {
      if (!expected(error)) throw error;
    }
    const plain = unpadded(input);
    if (plain !== null) mustHold(input[plain.length] === 0x80, 'padding was taken that is none');
    mustEqual([...rotated(input)].sort(), [...input].sort(), 'rotating loses bytes');
  },
  seeds: () => ({ made: recordings.made, short: lengthFirst([Uint8Array.of(0x91, 0xae)]) }),
};

/** A frame's data stands in it between a header and sums that fit. */
const frame: Target = {
  run: (input) => {
    const read = parseFrame(input);
    if (read.is === 'short')
      mustHold(read.length > input.length && read.length <= 263, 'a length no frame has');
    if (read.is !== 'data') return;
    const sum = read.data.reduce((all, byte) => all + byte, 0xd5);
    const length = read.data.length + 1;
    const made = [0, 0xff, length, -length & 0xff, 0xd5, ...read.data, -sum & 0xff];
    mustHold(Buffer.from(input).includes(Buffer.from(made)), 'other data than stand in the frame');
  },
  seeds: () => ({
    ack: Uint8Array.of(0, 0, 0xff, 0, 0xff, 0),
    version: Uint8Array.of(0, 0, 0xff, 6, 0xfa, 0xd5, 3, 0x32, 1, 6, 7, 0xe8, 0),
    error: Uint8Array.of(0, 0, 0xff, 1, 0xff, 0x7f, 0x81, 0),
  }),
};

/** A bus on which every read gives the next bytes of `input`, each read behind its length. */
function bus(input: Uint8Array): I2cBus {
  const next = answers(input);
  return {
    limit: { write: 96, read: 96 },
    write: async () => {},
    read: async (_, length) => {
      const given = await next(new Uint8Array());
      return Uint8Array.from({ length }, (_, i) => given[i] ?? 0);
    },
  };
}

const chip: Target = {
  run: async (input) => {
    const pn532 = new Pn532(bus(input), async () => {});
    try {
      await pn532.begin();
      const found = await pn532.find();
      if (found === null) return;
      mustHold(/^([0-9A-F]{2})+$/.test(found.uid), 'a UID that is none');
      await readTapMessage((apdu) => pn532.exchange(apdu));
      await pn532.release();
    } catch (error) {
      if (!expected(error)) throw error;
    }
  },
  seeds: () => {
    const ack = Uint8Array.of(1, 0, 0, 0xff, 0, 0xff, 0);
    const answer = (...data: number[]) => {
      const sum = data.reduce((all, byte) => all + byte, 0xd5);
      return Uint8Array.of(
        1,
        0,
        0,
        0xff,
        data.length + 1,
        -(data.length + 1) & 0xff,
        0xd5,
        ...data,
        -sum & 0xff,
        0,
      );
    };
    const begun = [ack, answer(3, 0x32, 1, 6, 7), ack, answer(0x15), ack, answer(0x33)];
    const one = answer(0x4b, 1, 1, 0, 4, 0x20, 4, 1, 2, 3, 4);
    return {
      none: lengthFirst([...begun, ack, answer(0x4b, 0)]),
      card: lengthFirst([...begun, ack, one, ack, answer(0x41, 0, 0x6a, 0x82), ack, answer(0x53, 0)]),
      message: lengthFirst([
        ...begun,
        ack,
        one,
        ack,
        answer(0x41, 0, 0x90, 0),
        ack,
        answer(0x41, 0, 0x90, 0),
        ack,
        answer(0x41, 0, 0, 5, 0x90, 0),
      ]),
    };
  },
};

/** A number that is typed is one a message can carry; both word sizes read the same keys. */
const typed: Target = {
  run: (input) => {
    const cards = new TypedCards();
    const wide = EVENT_SIZE[64];
    const events = [...keyEvents(input, wide)];
    for (const [i, event] of events.entries()) {
      const number = cards.take(event, i * 10);
      if (number !== null)
        mustHold(CardNumber.safeParse(number).success, 'a card’s number that cannot be sent');
    }
    // The last 16 bytes of an event are one on a machine of 32 bits.
    const narrow = Buffer.concat(
      Array.from({ length: Math.floor(input.length / wide) }, (_, i) =>
        input.subarray(i * wide + 8, (i + 1) * wide),
      ),
    );
    mustEqual([...keyEvents(narrow, EVENT_SIZE[32])], events, 'the two word sizes differ');
  },
  seeds: () => {
    const event = (code: number, value: number) => {
      const bytes = Buffer.alloc(24);
      bytes.writeUInt16LE(1, 16);
      bytes.writeUInt16LE(code, 18);
      bytes.writeInt32LE(value, 20);
      return bytes;
    };
    const press = (codes: readonly number[]) =>
      Buffer.concat(codes.flatMap((code) => [event(code, 1), event(code, 0)]));
    return { number: press([2, 3, 4, 5, 28]), letters: press([30, 42, 48, 79, 80, 96]) };
  },
};

const desk: Target = {
  run: (input) => {
    let line: unknown;
    try {
      line = JSON.parse(utf8(input));
    } catch {
      return;
    }
    const order = ToCardDesk.safeParse(line);
    if (order.success)
      mustEqual(
        ToCardDesk.parse(JSON.parse(JSON.stringify(order.data))),
        order.data,
        'an order is read otherwise',
      );
  },
  seeds: () => ({
    personalise: JSON.stringify({ personalise: { uid: toHex(UID), keys: keys.map(toHex) } }),
    skip: '{"skip":"04A1"}',
    end: '{"end":true}',
  }),
};

export const cards: Targets = {
  'card-tap': tap,
  ndef,
  'card-proof': proof,
  'card-issue': issue,
  'card-session': session,
  'pn532-frame': frame,
  pn532: chip,
  'typed-card': typed,
  'card-desk': desk,
};
