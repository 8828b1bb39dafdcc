import type { UpdateHealth } from '../../shared/update/messages.ts';

/** So many seats fetch at once: the coordinator's line and disk are there for ballots first. */
export const MOST_AT_ONCE = 40;
/** A seat that was told and says nothing of it is told again. */
export const SILENT_MS = 60_000;
/** Where so many seats have given a version up and no more have kept it, no other seat is asked to try it. */
export const MOST_ROLLED_BACK = 3;

/** What is known of a seat. */
export interface SeatUpdate {
  readonly connected: boolean;
  readonly update: UpdateHealth | null;
}

/** A release on its way to some seats. */
export interface Rollout {
  readonly manifest: string;
  readonly wanted: ReadonlySet<string>;
  /** When each was told last, in ms. */
  readonly told: ReadonlyMap<string, number>;
  /** Why it goes no further. */
  readonly stopped: 'operator' | 'rolled-back' | null;
}

/** How far a seat is with `manifest`; null where it has not said anything of it. */
export function stepOf(seat: SeatUpdate | undefined, manifest: string): UpdateHealth['step'] | null {
  return seat?.update?.manifest === manifest ? seat.update.step : null;
}

export const isOver = (step: UpdateHealth['step'] | null): boolean =>
  step?.is === 'confirmed' || step?.is === 'refused' || step?.is === 'rolled-back';

/** Which seats are to be told now, and how the rollout stands after that. */
export function turn(
  rollout: Rollout,
  seats: ReadonlyMap<string, SeatUpdate>,
  now: number,
): { readonly rollout: Rollout; readonly tell: readonly string[] } {
  if (rollout.stopped) return { rollout, tell: [] };
  const { manifest, wanted } = rollout;
  const steps = [...wanted].map((terminal) => {
    const seat = seats.get(terminal);
    return { terminal, seat, step: stepOf(seat, manifest), told: rollout.told.get(terminal) ?? null };
  });
  const count = (is: string) => steps.filter(({ step, told }) => told !== null && step?.is === is).length;
  const failed = count('rolled-back');
  if (failed >= MOST_ROLLED_BACK && failed >= count('confirmed'))
    return { rollout: { ...rollout, stopped: 'rolled-back' }, tell: [] };

  const isFresh = (told: number | null) => told !== null && now - told < SILENT_MS;
  const isFetching = ({ step, told }: (typeof steps)[number]) =>
    step?.is === 'downloading' || (isFresh(told) && (step === null || step.is === 'idle'));
  const room = MOST_AT_ONCE - steps.filter(isFetching).length;
  const tell = steps
    .filter(({ seat, step, told }) => {
      if (!seat?.connected || isFresh(told)) return false;
      // What an earlier try came to is not the answer to this one.
      return told === null ? step?.is !== 'confirmed' : step === null || step.is === 'idle';
    })
    .slice(0, Math.max(0, room))
    .map(({ terminal }) => terminal);
  if (tell.length === 0) return { rollout, tell };
  const told = new Map([...rollout.told, ...tell.map((terminal) => [terminal, now] as const)]);
  return { rollout: { ...rollout, told }, tell };
}
