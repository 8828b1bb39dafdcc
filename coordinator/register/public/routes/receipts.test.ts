import { expect, it } from 'vitest';
import { type Receipt, Receipts } from './receipts.ts';

const receipt = (code: string): Receipt => ({
  ...{ proposal: '2027-0000000', code, cycle: 2027, title: '', text: '', received: '', attachments: 0 },
});

it('a form that is sent several times at once is sent once, and again only where it came to nothing', async () => {
  let now = 0;
  const receipts = new Receipts(() => now);
  const outcomes = [null, receipt('first'), receipt('second')];
  let sent = 0;
  const send = async () => {
    const outcome = outcomes[sent] ?? null;
    sent += 1;
    await Promise.resolve();
    return outcome;
  };
  const all = await Promise.all([1, 2, 3, 4].map(() => receipts.once('form', send)));
  expect(all.map((each) => each?.code)).toEqual([undefined, 'first', 'first', 'first']);
  expect((await receipts.of('form'))?.code).toBe('first');
  expect(await receipts.of('other')).toBeNull();
  now += 30 * 60_000 + 1;
  expect(await receipts.of('form')).toBeNull();
});
