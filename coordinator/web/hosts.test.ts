import { expect, it } from 'vitest';
import { isOwnHost, refuseHost } from './hosts.ts';

const NAMES = ['Vote.city.gov.cn'];

it.each([
  '192.168.1.20:8080',
  '8.8.8.8',
  '[::1]:8080',
  '[fe80::1]',
  'localhost:8080',
  'coordinator',
  'Coordinator.local',
  'hall.home.arpa:80',
  'hall.lan',
  'vote.city.gov.cn:8443',
  'vote.city.gov.cn.',
])('takes %s for its own', (host) => {
  expect(isOwnHost(host, NAMES)).toBe(true);
});

it.each([
  'evil.example',
  'vote.city.gov.cn.evil.example',
  'evil-vote.city.gov.cn',
  '192.168.1.20.evil.example',
  'local.example',
  '127.0.0.1@evil.example',
  '[::1',
  '[evil.example]',
  'a b',
  '',
  undefined,
])('does not take %s for its own', (host) => {
  expect(isOwnHost(host, NAMES)).toBe(false);
});

it('names what to write, and repeats nothing but a name', () => {
  expect(refuseHost('vote.example:80')).toContain('names: ["vote.example"]');
  expect(refuseHost('<script>.example')).not.toContain('script');
  expect(refuseHost(undefined)).toContain('name.example');
});
