import type { LiveTerminal } from '../hall/broker/live-terminals.ts';
import type { Sitting } from '../sitting/state.ts';
import type { FleetView } from './documents.ts';

/** What seldom changes at enrolled terminals, of those that have told. */
export function fleetDocument(state: Sitting, live: ReadonlyMap<string, LiveTerminal>): FleetView[] {
  return [...state.terminals.keys()].flatMap((terminal) => {
    const { standing } = live.get(terminal) ?? { standing: null };
    return standing === null ? [] : [{ terminal, ...standing }];
  });
}
