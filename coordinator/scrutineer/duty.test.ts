import { randomBytes } from 'node:crypto';
import { beforeEach, expect, it } from 'vitest';
import { encode } from '../../shared/belenios/group.ts';
import { assembleTrustees } from '../../shared/belenios/pedersen.ts';
import { makeSeed } from '../../shared/belenios/pedersen-trustee.ts';
import { readTrustees } from '../../shared/belenios/trustees.ts';
import type { SecrecyDocument } from '../contract/documents.ts';
import { keyDuty, type Self } from './desk.ts';
import { agreementTo, boundDuty } from './duty.ts';
import { type Memory, MemoryHeld, NOTHING, withAgreed } from './memory.ts';
import { shareOnce } from './share.ts';

const SITTING = 's1';
const one: Self = { owner: 1, seed: makeSeed(randomBytes) };

/** A ceremony of two scrutineers before its first step. */
const begun = (ceremony: number): SecrecyDocument => ({
  secrecy: {
    holder: 'scrutineers',
    threshold: 2,
    scrutineers: [1, 2].map((n) => ({ id: `s${n}`, name: `监票人${n}` })),
  },
  ceremony,
  certificate: [null, null],
  polynomial: [null, null],
  'verification-key': [null, null],
  trustees: null,
  publicKey: null,
});

/** Takes one step of each, as an honest coordinator passes them on. */
function step(document: SecrecyDocument, ...selves: Self[]): SecrecyDocument {
  let next = document;
  for (const self of selves) {
    const duty = keyDuty(document, self, randomBytes);
    if (duty.is !== 'contribute' && duty.is !== 'compare') throw new Error(duty.is);
    const { step, text } = duty.act;
    next = { ...next, [step]: next[step].with(self.owner - 1, text) };
  }
  const whole = (texts: readonly (string | null)[]) => texts.flatMap((text) => text ?? []);
  if (whole(next['verification-key']).length < 2) return next;
  const made = assembleTrustees(
    2,
    whole(next.certificate),
    whole(next.polynomial),
    whole(next['verification-key']),
  );
  const trustees = typeof made === 'string' ? readTrustees(made) : null;
  if (typeof made !== 'string' || !trustees) throw new Error('no key');
  return { ...next, trustees: made, publicKey: encode(trustees.publicKey) };
}

let two: Self;
let certified: SecrecyDocument;
let made: SecrecyDocument;
beforeEach(() => {
  two = { owner: 2, seed: makeSeed(randomBytes) };
  certified = step(begun(1), one, two);
  made = step(step(certified, one, two), one, two);
});

const due = (document: SecrecyDocument, memory: Memory) =>
  boundDuty(document, SITTING, one, memory, randomBytes);
function afterAgreeing(document: SecrecyDocument, memory = NOTHING): Memory {
  const agreed = agreementTo(document, SITTING);
  if (!agreed) throw new Error('nothing to agree to');
  return withAgreed(memory, agreed);
}

it('asks for the comparison once, and goes on by itself after it', () => {
  expect(due(certified, NOTHING).duty).toMatchObject({ is: 'compare', act: { step: 'polynomial' } });
  expect(due(certified, afterAgreeing(certified)).duty).toMatchObject({
    is: 'contribute',
    act: { step: 'polynomial' },
  });
});

it('remembers the key that came of what was compared, and takes no other for it', () => {
  const memory = afterAgreeing(certified);
  const { duty, learns } = due(made, memory);
  expect(duty.is).toBe('made');
  expect(learns).toMatchObject({ publicKey: made.publicKey, isCompared: true });
  if (!learns) throw new Error('nothing learnt');
  const sure = withAgreed(memory, learns);
  expect(due(made, sure)).toMatchObject({ duty: { is: 'made' }, learns: null });
  // Scrutineer 2 and the coordinator make another key of the same certificates.
  const again = step(step(certified, one, two), one, two);
  expect(due(again, sure).duty).toMatchObject({ is: 'other-key', by: 'key' });
});

it('takes no part with other certificates under the number it has agreed to, nor in an earlier ceremony', () => {
  const memory = afterAgreeing(certified);
  const other = step(begun(1), one, { owner: 2, seed: makeSeed(randomBytes) });
  expect(due(other, memory).duty).toMatchObject({ is: 'other-key', by: 'code' });
  expect(due(begun(1), memory).duty).toMatchObject({ is: 'other-key', shown: null });
  expect(due({ ...made, ceremony: 0 }, memory).duty.is).toBe('other-key');
  expect(due(begun(2), memory).duty).toMatchObject({ is: 'contribute', act: { step: 'certificate' } });
});

it('asks where an old key comes back under a new number', () => {
  const later = afterAgreeing({
    ...step(begun(1), one, { ...two, seed: makeSeed(randomBytes) }),
    ceremony: 2,
  });
  expect(due({ ...made, ceremony: 3 }, later).duty).toMatchObject({ is: 'compare', act: null });
});

it('without a memory takes what this key has signed elsewhere, and says that it was not compared here', () => {
  expect(due(made, NOTHING)).toMatchObject({
    duty: { is: 'made' },
    learns: { isCompared: false, publicKey: made.publicKey },
  });
  // A polynomial under its name that it has not signed over these certificates is not taken.
  const other = step(begun(1), one, two);
  const mixed = { ...made, certificate: other.certificate };
  expect(due(mixed, NOTHING)).toMatchObject({ duty: { is: 'not-mine' }, learns: null });
});

it('decrypts with no key but the one that was agreed to, and then one sum only', () => {
  const store = new MemoryHeld();
  const sum = (tally: string) => ({ ballots: 1, electionHash: 'vote', tally });
  const [first, second] = ['[[]]', '[[],[]]'].map(sum);
  if (!first || !second) throw new Error('no sums');
  const share = (tally: typeof first, document = made) =>
    shareOnce(tally, document, SITTING, one, store, randomBytes);
  expect(share(first)).toBe('other-key');
  expect(store.read().decrypted).toEqual({});
  const { learns } = due(made, NOTHING);
  if (learns) store.update((memory) => withAgreed(memory, learns));
  expect(share(first)).not.toBe('other-key');
  expect(share(second)).toBe('second-sum');
  const again = step(step(certified, one, two), one, two);
  expect(share(first, again)).toBe('other-key');
  // A key put in the place of the one these contributions come to.
  expect(due({ ...made, trustees: again.trustees, publicKey: again.publicKey }, NOTHING).duty.is).toBe(
    'not-mine',
  );
});
