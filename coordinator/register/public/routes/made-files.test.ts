import { expect, it } from 'vitest';
import { smallRegister } from '../../model/testing/small-register.ts';
import type { DataFile } from '../data-files.ts';
import { lookOf } from '../frame.ts';
import { publicProposal, publicRegister } from '../public-register.ts';
import { MadeFiles } from './made-files.ts';

const look = () => {
  const view = publicRegister(smallRegister().state(), '2026-10-08', (one) => publicProposal(one, String));
  if (!view) throw new Error('the register has not begun');
  return lookOf(view, 'zh', '/');
};

const counted = (by: DataFile['by'] = [], path = '/data/x.csv') => {
  const times = { made: 0 };
  const make = async () => {
    times.made += 1;
    return '道路';
  };
  return { times, file: { path, type: 'text/csv', kind: 'CSV' as const, by, make } };
};

it('a file is made once as long as nothing changes, then anew, but a busy year’s not more often than twice a minute', async () => {
  let now = 0;
  const files = new MadeFiles(() => now);
  const { times, file } = counted();
  const before = look();
  for (const _ of [1, 2]) expect(await files.content(before, file, false)).toBe('道路');
  await files.content(look(), file, false);
  expect(times.made).toBe(1);
  now = 30_000;
  await files.content(look(), file, false);
  expect(times.made).toBe(2);
});

it('of a small file the size is said, of a large one when it has been made; what names an address that anybody may choose is not kept', async () => {
  const files = new MadeFiles(() => 0);
  const here = look();
  const small = counted();
  expect(await files.bytes(here, small.file, 10, false)).toBe(6);
  const large = { ...counted().file, path: '/data/large.csv' };
  expect(await files.bytes(here, large, 20_000, false)).toBeNull();
  await files.content(here, large, false);
  expect(await files.bytes(here, large, 20_000, false)).toBe(6);
  const named = counted(['address'], '/data/named.json');
  for (const _ of [1, 2]) await files.content(here, named.file, false);
  expect(named.times.made).toBe(2);
});

it('a file that could not be made is tried again', async () => {
  const files = new MadeFiles(() => 0);
  const here = look();
  const { times, file } = counted();
  const failing = { ...file, make: () => Promise.reject(new Error('no memory')) };
  await expect(files.content(here, failing, false)).rejects.toThrow('no memory');
  expect(await files.content(here, file, false)).toBe('道路');
  expect(times.made).toBe(1);
});
