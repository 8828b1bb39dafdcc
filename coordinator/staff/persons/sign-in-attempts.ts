import { sha256Hex } from '../../../shared/protocol/bytes.ts';
import type { Failures, Try } from '../failures.ts';
import type { Lane } from '../hash-queue.ts';

/** Who tries to sign in, and from where. */
export interface Trying {
  /** The person's id as it was typed, whether there is one or not. */
  readonly person: string;
  readonly address: string;
  /** What this browser was given when that very person signed in on it; null where it was given nothing. */
  readonly device: string | null;
}

export interface Attempt {
  /** The line in which the secret is looked at: it always is, so that whoever has it comes in whatever others have tried. */
  readonly lane: Lane;
  /** What is said where that line is full, and where a slow one was wrong: ms until the next attempt is an ordinary one; 0: now. */
  readonly wait: number;
  /** It did not fail: it counts for nothing. */
  readonly succeeded: () => void;
}

/**
 * Takes an attempt for failed until it has succeeded. A known device has an allowance of its own, which nobody else can use
 * up; others share that of their address and that of the person they try to be, and beyond either they wait in the slow line.
 */
export function attempt(failures: Failures, { person, address, device }: Trying): Attempt {
  const known = device === null ? null : failures.try(`device ${person} ${sha256Hex(device)}`);
  if (known?.ok) return { lane: 'known', wait: 0, succeeded: known.succeeded };
  // A person's name may be as long as a request; an address is short.
  const tries: readonly Try[] = [
    failures.try(`address ${address}`),
    failures.try(`person ${sha256Hex(person)}`),
  ];
  return {
    lane: tries.every(({ ok }) => ok) ? 'stranger' : 'slow',
    wait: Math.max(...tries.map((each) => (each.ok ? 0 : each.wait))),
    succeeded: () => {
      for (const each of tries) if (each.ok) each.succeeded();
    },
  };
}
