import { z } from 'zod';
import type { Value } from '../../shared/protocol/value.ts';
import type { Rollback } from '../../shared/update/messages.ts';

/** What the program on trial says of itself. */
export const Word = z.strictObject({ hasHeard: z.boolean(), isDrawn: z.boolean() });
export type Word = Value<typeof Word>;

/** So long a program on trial has for each thing it must show. */
export const TRIAL_MS = 180_000;

/** How long each thing has been missing, in ms. */
export interface Patience {
  readonly silent: number;
  readonly unheard: number;
  readonly undrawn: number;
}
export const FRESH: Patience = { silent: 0, unheard: 0, undrawn: 0 };

export interface Look {
  /** Since the last look, in ms. */
  readonly passed: number;
  /** What the program says; null where it has said nothing since it was started. */
  readonly word: Word | null;
  /** Whether the coordinator takes connections from this machine, as found without the program on trial. */
  readonly isReachable: boolean;
  /** Whether the page has to be drawn: it was, under the version before. */
  readonly page: boolean;
}

export type Judgement =
  | { readonly is: 'wait'; readonly patience: Patience }
  | { readonly is: 'confirmed' }
  | { readonly is: 'rolled-back'; readonly why: Rollback };

/**
 * Whether a version on trial is well. It is when it has heard its coordinator and its page is drawn. A network that is down for
 * everybody is not its fault: the time without its coordinator counts only while others reach it from this machine, and the
 * trial goes on for as long as it takes. A program that says nothing, or draws nothing where something was drawn before, needs
 * no network for that.
 */
export function judge(before: Patience, { passed, word, isReachable, page }: Look): Judgement {
  if (word?.hasHeard && (word.isDrawn || !page)) return { is: 'confirmed' };
  const patience: Patience = {
    silent: word === null ? before.silent + passed : 0,
    unheard: word?.hasHeard || !isReachable ? before.unheard : before.unheard + passed,
    undrawn: page && word && !word.isDrawn ? before.undrawn + passed : before.undrawn,
  };
  if (patience.silent > TRIAL_MS) return { is: 'rolled-back', why: 'hung' };
  if (patience.undrawn > TRIAL_MS) return { is: 'rolled-back', why: 'no-page' };
  if (patience.unheard > TRIAL_MS) return { is: 'rolled-back', why: 'no-coordinator' };
  return { is: 'wait', patience };
}
