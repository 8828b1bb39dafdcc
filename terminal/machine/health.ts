import type { DeviceStatus } from '../../hardware/capabilities.ts';
import { type DeviceHealth, type Health, MESSAGE_VERSION } from '../../shared/protocol/messages.ts';
import type { SeatDetails } from '../../shared/protocol/seat-details.ts';
import type { SeatFault } from '../../shared/protocol/seat-faults.ts';
import type { SeatState } from '../seat/seat-state.ts';

/** What a seat's state does not tell of its health. `time`: the wall clock, ms since 1970. */
export type HealthAround = Pick<
  Health,
  'id' | 'hall' | 'terminal' | 'version' | 'time' | 'machine' | 'waiting' | 'roundTrip' | 'update'
> & {
  readonly firmware: string | null | undefined;
  readonly details?: SeatDetails | undefined;
};

/** What the operator is told of a seat: its devices, its self-test, its line. */
export function healthOf(state: SeatState, around: HealthAround): Health {
  const { panel, reader, selfTest } = state;
  const { details, ...rest } = around;
  return {
    typ: 'health',
    v: MESSAGE_VERSION,
    ...rest,
    time: Math.max(0, Math.round(around.time)),
    ...(details ? { details } : {}),
    panel: deviceHealth(panel),
    reader: deviceHealth(reader),
    faults: seatFaults(state),
    firmware: around.firmware?.slice(0, 80) ?? null,
    selfTest: selfTest && {
      on: selfTest.on,
      keys: [...selfTest.keys],
      wrong: [...selfTest.wrong],
      card: selfTest.card,
    },
  };
}

/** What keeps the seat from taking votes, beside its devices. */
export function seatFaults({ storage, isSealingBroken, isScreenLost }: SeatState): SeatFault[] {
  return [
    ...(storage === null ? [] : [storage]),
    ...(isSealingBroken ? (['sealing'] as const) : []),
    ...(isScreenLost ? (['screen'] as const) : []),
  ];
}

function deviceHealth(status: DeviceStatus): DeviceHealth {
  if (status.is !== 'fault') return { is: status.is };
  const { what, zh } = status;
  // One line for operators of either language.
  return { is: 'fault', what: (zh === undefined ? what : `${zh} · ${what}`).slice(0, 200) };
}
