import type { UpdateRefusal, UpdateStep } from '../../shared/update/messages.ts';
import type { VersionState } from './versions.ts';

/** A seat's part in an update: what it has been told, how far it is, and what it waits for. */
export interface UpdaterState {
  /** The manifest that the step is about. */
  readonly manifest: string | null;
  readonly step: UpdateStep;
  /** What is done as soon as the seat is at rest. */
  readonly next: 'install' | 'start' | null;
  /** No vote is open, nothing waits to be sent, nobody is at the keys. */
  readonly isAtRest: boolean;
}

export type UpdaterEvent =
  | { readonly type: 'take'; readonly manifest: string }
  | { readonly type: 'stop' }
  | { readonly type: 'rest'; readonly isAtRest: boolean }
  | { readonly type: 'progress'; readonly percent: number }
  | { readonly type: 'fetched' | 'installed'; readonly refused: UpdateRefusal | null }
  /** Which version holds, as those who install have written it down. */
  | { readonly type: 'versions'; readonly versions: VersionState };

export type UpdaterEffect =
  | { readonly type: 'fetch'; readonly manifest: string }
  | { readonly type: 'cancel' }
  | { readonly type: 'install' }
  /** Ends this program, so that the new version is started on trial. */
  | { readonly type: 'start'; readonly manifest: string };

export interface UpdaterTurn {
  readonly state: UpdaterState;
  readonly effects: readonly UpdaterEffect[];
}

export const IDLE: UpdaterState = { manifest: null, step: { is: 'idle' }, next: null, isAtRest: false };

const quiet = (state: UpdaterState): UpdaterTurn => ({ state, effects: [] });

/** What comes of `event`. Nothing is installed or started while the seat is needed; what makes no sense now is ignored. */
export function update(state: UpdaterState, event: UpdaterEvent): UpdaterTurn {
  switch (event.type) {
    case 'take':
      return take(state, event.manifest);
    case 'stop':
      if (!mayStop(state)) return quiet(state);
      return { state: { ...IDLE, isAtRest: state.isAtRest }, effects: [{ type: 'cancel' }] };
    case 'rest':
      return goOn({ ...state, isAtRest: event.isAtRest });
    case 'progress':
      return quiet(
        state.step.is === 'downloading'
          ? { ...state, step: { is: 'downloading', percent: event.percent } }
          : state,
      );
    case 'fetched':
      return state.step.is === 'downloading' ? done(state, event.refused, 'install') : quiet(state);
    case 'installed':
      return state.step.is === 'installing' ? done(state, event.refused, 'start') : quiet(state);
    case 'versions':
      return quiet(told(state, event.versions));
  }
}

const mayStop = ({ step, next }: UpdaterState): boolean =>
  step.is === 'downloading' || (step.is === 'waiting' && next !== null);

function take(state: UpdaterState, manifest: string): UpdaterTurn {
  const { step } = state;
  const isBusy = step.is === 'installing' || step.is === 'trial';
  const isSame = state.manifest === manifest;
  if (isBusy || (isSame && (mayStop(state) || step.is === 'confirmed'))) return quiet(state);
  return {
    state: { ...state, manifest, step: { is: 'downloading', percent: 0 }, next: null },
    effects: [...(mayStop(state) ? [{ type: 'cancel' } as const] : []), { type: 'fetch', manifest }],
  };
}

function done(state: UpdaterState, refused: UpdateRefusal | null, next: 'install' | 'start'): UpdaterTurn {
  if (refused !== null) return quiet({ ...state, next: null, step: { is: 'refused', why: refused } });
  return goOn({ ...state, next, step: { is: 'waiting' } });
}

/** Does what waited for the seat to be at rest. */
function goOn(state: UpdaterState): UpdaterTurn {
  const { isAtRest, next, manifest } = state;
  if (!isAtRest || next === null || manifest === null) return quiet(state);
  const effect: UpdaterEffect = next === 'install' ? { type: 'install' } : { type: 'start', manifest };
  return { state: { ...state, next: null, step: { is: 'installing' } }, effects: [effect] };
}

function told(state: UpdaterState, { trial, last }: VersionState): UpdaterState {
  if (trial) return { ...state, manifest: trial.manifest, next: null, step: { is: 'trial' } };
  const isNews = state.step.is === 'trial' || state.step.is === 'idle';
  if (!isNews || !last || (state.manifest !== null && state.manifest !== last.manifest)) return state;
  const step: UpdateStep =
    last.became === 'confirmed' ? { is: 'confirmed' } : { is: 'rolled-back', why: last.became };
  return { ...state, manifest: last.manifest, step };
}
