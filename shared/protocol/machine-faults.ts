import type { MachineHealth } from './messages.ts';

/** What can be wrong with the computer at a seat, the worst first. */
export const MACHINE_FAULTS = ['undervoltage', 'disk', 'hot'] as const;
export type MachineFault = (typeof MACHINE_FAULTS)[number];

/** Bytes free, or a tenth of a disk too small for that; and degrees Celsius: a Raspberry Pi slows down at 80. */
const LEAST_DISK = 200e6;
const LEAST_PART = 10;
const MOST_CELSIUS = 80;

/** What is wrong with a machine in this state; none where nothing is, or nothing is known. */
export function machineFaults(machine: MachineHealth | null): MachineFault[] {
  if (machine === null) return [];
  const { undervoltage, diskFree, diskSize, celsius } = machine;
  const leastDisk = Math.min(LEAST_DISK, (diskSize ?? Number.POSITIVE_INFINITY) / LEAST_PART);
  const is: Readonly<Record<MachineFault, boolean>> = {
    undervoltage: undervoltage === true,
    disk: diskFree !== null && diskFree < leastDisk,
    hot: celsius !== null && celsius > MOST_CELSIUS,
  };
  return MACHINE_FAULTS.filter((fault) => is[fault]);
}
