import { expect, test } from 'vitest';
import { machineFaults } from './machine-faults.ts';

const SOUND = { model: null, celsius: 50, undervoltage: false, diskFree: 8e9, diskSize: 16e9 };

test.each([
  ['a card of 16 GB with half of it free', 8e9, 16e9, []],
  ['a card of 16 GB with 199 MB free', 199e6, 16e9, ['disk']],
  ['a data partition of 64 MB that is nearly empty', 55e6, 60e6, []],
  ['a data partition of 64 MB with 5 MB free', 5e6, 60e6, ['disk']],
  ['a disk of unknown size with 199 MB free', 199e6, null, ['disk']],
  ['a disk that cannot be asked', null, null, []],
])('%s', (_what, diskFree, diskSize, faults) => {
  expect(machineFaults({ ...SOUND, diskFree, diskSize })).toEqual(faults);
});
