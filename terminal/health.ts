import type { DeviceStatus } from '../hardware/capabilities.ts';
import { type DeviceHealth, type Health, MESSAGE_VERSION } from '../shared/messages.ts';
import type { SeatState } from './seat-state.ts';

/** What a seat's state does not tell of its health. `time`: the wall clock, ms since 1970. */
export type HealthAround = Pick<
  Health,
  'id' | 'hall' | 'terminal' | 'version' | 'time' | 'machine' | 'waiting' | 'roundTrip'
> & { readonly firmware: string | null | undefined };

/** What the operator is told of a seat: its devices, its self-test, its line. */
export function healthOf({ panel, reader, selfTest }: SeatState, around: HealthAround): Health {
  return {
    typ: 'health',
    v: MESSAGE_VERSION,
    ...around,
    time: Math.max(0, Math.round(around.time)),
    panel: deviceHealth(panel),
    reader: deviceHealth(reader),
    firmware: around.firmware?.slice(0, 80) ?? null,
    selfTest: selfTest && {
      on: selfTest.on,
      keys: [...selfTest.keys],
      wrong: [...selfTest.wrong],
      card: selfTest.card,
    },
  };
}

function deviceHealth(status: DeviceStatus): DeviceHealth {
  return status.is === 'fault' ? { is: 'fault', what: status.what.slice(0, 200) } : { is: status.is };
}
