import type { RandomBytes } from '../../shared/protocol/ids.ts';
import type { SecrecyDocument } from '../contract/documents.ts';
import { type Contribution, checkCode, fingerprintOf, type KeyDuty, keyDuty, type Self } from './desk.ts';
import { type Agreed, bondOf, isStopped, type Memory, type Shown } from './memory.ts';

/** What is due in the making of the key, bound to what this device remembers of it. */
export type Duty =
  | Exclude<KeyDuty, { is: 'compare' }>
  /** Where `act` is null, this key has gone on elsewhere: only this device has not compared yet. */
  | { readonly is: 'compare'; readonly code: string; readonly act: Contribution | null }
  /** The codes were not the same: nothing more in this ceremony. */
  | { readonly is: 'stopped' }
  /** Another ceremony or key is shown than the one agreed to here. */
  | {
      readonly is: 'other-key';
      /** What differs: the check codes, or with the same code the beginnings of the keys. */
      readonly by: 'code' | 'key';
      readonly agreed: string;
      readonly shown: string | null;
    };

export interface BoundDuty {
  readonly duty: Duty;
  /** What the device is to remember because of this, before it does anything else. */
  readonly learns: Agreed | null;
}

/** What `document` shows of the ceremony. */
export const shownIn = (document: SecrecyDocument, sitting: string): Shown => ({
  sitting,
  ceremony: document.ceremony,
  fingerprint: fingerprintOf(document),
  publicKey: document.publicKey,
});

/** What somebody agrees to who finds this code the same for all; null while certificates are missing. */
export function agreementTo(document: SecrecyDocument, sitting: string): Agreed | null {
  const fingerprint = fingerprintOf(document);
  const { ceremony } = document;
  return fingerprint === null ? null : { sitting, ceremony, fingerprint, publicKey: null, isCompared: true };
}

/** What scrutineer `self` has to do next for the key, on a device that remembers `memory`. */
export function boundDuty(
  document: SecrecyDocument,
  sitting: string,
  self: Self,
  memory: Memory,
  random: RandomBytes,
): BoundDuty {
  if (document.secrecy?.holder !== 'scrutineers') return { duty: { is: 'none' }, learns: null };
  const shown = shownIn(document, sitting);
  if (isStopped(memory, shown)) return { duty: { is: 'stopped' }, learns: null };
  const bond = bondOf(memory, shown);
  if (bond === 'other') return { duty: otherKey(memory, shown), learns: null };
  const duty = keyDuty(document, self, random);
  return bond === 'held' ? afterAgreement(duty, memory) : beforeAgreement(duty, shown, bond);
}

function otherKey({ agreed }: Memory, shown: Shown): Duty {
  const by = agreed?.fingerprint === shown.fingerprint ? 'key' : 'code';
  const [was, is] =
    by === 'key' ? [agreed?.publicKey, shown.publicKey] : [agreed?.fingerprint, shown.fingerprint];
  return { is: 'other-key', by, agreed: checkCode(was ?? ''), shown: is == null ? null : checkCode(is) };
}

/** The code was compared: what was broken off after that goes on without a question. */
function afterAgreement(duty: KeyDuty, { agreed }: Memory): BoundDuty {
  if (duty.is === 'compare') return { duty: { is: 'contribute', act: duty.act }, learns: null };
  const isNew = duty.is === 'made' && agreed !== null && agreed.publicKey === null;
  return { duty, learns: isNew ? { ...agreed, publicKey: duty.publicKey } : null };
}

/**
 * Nothing was agreed to here. Where the key has nevertheless gone past the comparison, another device did it with the same
 * seed, and signed all certificates: a device that remembers nothing takes them, one that remembers an earlier ceremony asks.
 */
function beforeAgreement(duty: KeyDuty, shown: Shown, bond: 'none' | 'later'): BoundDuty {
  const { fingerprint } = shown;
  const isPast = duty.is === 'wait' || duty.is === 'made' || duty.is === 'contribute';
  const isFirst = duty.is === 'contribute' && duty.act.step === 'certificate';
  if (!isPast || isFirst || fingerprint === null) return { duty, learns: null };
  if (bond === 'later')
    return { duty: { is: 'compare', code: checkCode(fingerprint), act: null }, learns: null };
  const publicKey = duty.is === 'made' ? duty.publicKey : null;
  return { duty, learns: { ...shown, fingerprint, publicKey, isCompared: false } };
}
