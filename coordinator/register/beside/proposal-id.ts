import type { RandomBytes } from '../../../shared/protocol/ids.ts';
import { makeCode } from '../../staff/persons/typed-codes.ts';

/** A proposal's number in public, drawn by lot among those that are not taken. */
export function drawProposalId(cycle: number, isTaken: (id: string) => boolean, random: RandomBytes): string {
  for (;;) {
    const id = `${cycle}-${makeCode(7, random)}`;
    if (!isTaken(id)) return id;
  }
}

/** The number of what somebody says at a site, drawn by lot likewise. */
export function drawVoiceId(isTaken: (id: string) => boolean, random: RandomBytes): string {
  for (;;) {
    const id = `V-${makeCode(8, random)}`;
    if (!isTaken(id)) return id;
  }
}
