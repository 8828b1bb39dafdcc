import { expect, it } from 'vitest';
import { descriptorLimit, unprovedLimits } from './limits.ts';
import { placeOf } from './place.ts';

it.each([
  ['192.0.2.7', '192.0.2.7'],
  ['::ffff:192.0.2.7', '192.0.2.7'],
  ['::FFFF:192.0.2.7', '192.0.2.7'],
  ['2001:db8:1:2:3:4:5:6', '2001:db8:1:2::/64'],
  ['2001:DB8:1:2::9', '2001:db8:1:2::/64'],
  ['2001:db8::9', '2001:db8:0:0::/64'],
  ['fe80::1%eth0', 'fe80:0:0:0::/64'],
  ['::1', '0:0:0:0::/64'],
  ['2001:0db8:0001:0002::192.0.2.7', '2001:db8:1:2::/64'],
  [undefined, ''],
])('%s comes from %s', (address, place) => {
  expect(placeOf(address)).toBe(place);
});

it('strangers leave descriptors for every terminal on the roll, for staff and for files', () => {
  expect(unprovedLimits(1_000_000, 10_000)).toEqual({ all: 12_000, each: 11_000 });
  expect(unprovedLimits(4096, 300)).toEqual({ all: 4096 - 256 - 200 - 300, each: 3340 });
  expect(unprovedLimits(1024, 3000).all).toBe(64);
  expect(descriptorLimit()).toBeGreaterThan(0);
});
