import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { topics } from '../../shared/protocol/topics.ts';
import { eventually, HALL, type OpenHall, openHall } from '../support/open-hall.ts';
import { RawMqtt } from '../support/raw-mqtt.ts';
import { HandSeat, proof } from '../support/seat-messages.ts';

let open: OpenHall;
beforeEach(async () => {
  open = await openHall();
});
afterEach(() => open.close());

const entries = () => open.chronicle.state.head.seq;
const STAFF_TOPIC = topics(HALL).staff('deputies');

/** A page that asks for what it may not read until it is cut off. */
async function nosyPage(n: number): Promise<void> {
  const page = new RawMqtt(open.port);
  page.connect(`web-${String(n).padStart(8, '0')}`);
  await page.packet('connack');
  for (let i = 1; i <= 40 && !page.closed; i += 1) page.subscribe(STAFF_TOPIC, i);
  await page.end();
}

describe('refusals of strangers', () => {
  it('share one allowance, whatever connections they come by, and are counted beyond it', async () => {
    const before = entries();
    await Promise.all(Array.from({ length: 30 }, (_, n) => nosyPage(n)));
    const waiting = Array.from({ length: 10 }, async (_, n) => {
      const spare = { ...(open.seats[0] ?? never()), terminal: `SPARE${n}` };
      const raw = new RawMqtt(open.port);
      raw.connect(spare.terminal, proof(open, spare));
      await raw.packet('connack');
      for (let i = 1; i <= 40 && !raw.closed; i += 1) raw.subscribe(STAFF_TOPIC, i);
      await raw.end();
    });
    await Promise.all(waiting);
    expect(entries() - before).toBeLessThan(130);
  });

  it('do not keep an honest terminal from having its own recorded', async () => {
    await Promise.all(Array.from({ length: 10 }, (_, n) => nosyPage(n)));
    const hand = await new HandSeat(open, open.seats[0] ?? never()).begin();
    hand.say('rubbish');
    expect(await hand.refusal()).toBe('malformed');
    const last = () => open.chronicle.state.refusals.at(-1);
    await eventually(() => last()?.terminal === 'T1', 'the terminal’s own');
  });
});

function never(): never {
  throw new Error('there are seats');
}
