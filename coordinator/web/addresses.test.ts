import type { NetworkInterfaceInfo } from 'node:os';
import { expect, it } from 'vitest';
import { reachableHosts, shownHost, urlOf } from './addresses.ts';

const common = { netmask: '', mac: '', cidr: null };
const v4 = (address: string, internal = false): NetworkInterfaceInfo => ({
  ...common,
  address,
  internal,
  family: 'IPv4',
});
const v6 = (address: string, internal = false): NetworkInterfaceInfo => ({
  ...common,
  address,
  internal,
  family: 'IPv6',
  scopeid: 0,
});

const MACHINE = {
  lo: [v4('127.0.0.1', true), v6('::1', true)],
  eth0: [v6('fd00::10'), v6('fe80::1'), v4('192.168.10.1')],
  wlan0: [v4('10.0.0.7'), v4('169.254.3.4')],
};

it('names every address by which another machine reaches this one, and no loopback', () => {
  expect(reachableHosts('0.0.0.0', MACHINE)).toEqual(['192.168.10.1', '10.0.0.7']);
  expect(reachableHosts('::', MACHINE)).toEqual(['192.168.10.1', '10.0.0.7', 'fd00::10']);
  expect(reachableHosts('0.0.0.0', { lo: MACHINE.lo })).toEqual([]);
});

it('names the one that is configured', () => {
  expect(reachableHosts('192.168.10.1', MACHINE)).toEqual(['192.168.10.1']);
  expect(reachableHosts('127.0.0.1', MACHINE)).toEqual(['127.0.0.1']);
  expect([shownHost('0.0.0.0'), shownHost('::'), shownHost('10.0.0.7')]).toEqual([
    'localhost',
    'localhost',
    '10.0.0.7',
  ]);
});

it('writes them so that they can be copied into terminal.yaml', () => {
  expect(urlOf('mqtt', '192.168.10.1', 1883)).toBe('mqtt://192.168.10.1:1883');
  expect(urlOf('mqtt', 'fd00::10', 1883)).toBe('mqtt://[fd00::10]:1883');
});
