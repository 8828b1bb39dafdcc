import { IncomingMessage } from 'node:http';
import { Socket } from 'node:net';
import { expect, it } from 'vitest';
import { addressOf, cookieOf, isSameOrigin } from './visitor.ts';

function asked(headers: Record<string, string>, remoteAddress?: string): IncomingMessage {
  const socket = new Socket();
  Object.defineProperty(socket, 'remoteAddress', { value: remoteAddress });
  return Object.assign(new IncomingMessage(socket), { headers });
}

it('takes an IPv6 network for one, and an IPv4 address for itself in either form', () => {
  const of = (address?: string) => addressOf(asked({}, address));
  expect(of('2001:db8:1:2::1')).toBe(of('2001:db8:1:2:ffff::9'));
  expect(of('2001:db8:1:2::1')).not.toBe(of('2001:db8:1:3::1'));
  expect(of('::ffff:10.0.0.7')).toBe(of('10.0.0.7'));
  expect(of('10.0.0.7')).not.toBe(of('10.0.0.8'));
  expect(of('fe80::1%eth0')).toBe(of('fe80::2%eth0'));
  expect(of(undefined)).toBe('');
});

it('reads the cookie of that name and no other', () => {
  const request = asked({ cookie: 'xhallvote=1; hallvote-device=2;hallvote=3; hallvote=4' });
  expect(cookieOf(request, 'hallvote')).toBe('3');
  expect(cookieOf(request, 'hallvote-device')).toBe('2');
  expect(cookieOf(request, 'device')).toBeUndefined();
  expect(cookieOf(asked({}), 'hallvote')).toBeUndefined();
});

it('knows another site by its origin', () => {
  const host = '10.0.0.1:8080';
  expect(isSameOrigin(asked({ host }))).toBe(true);
  expect(isSameOrigin(asked({ host, origin: 'http://10.0.0.1:8080' }))).toBe(true);
  for (const origin of ['null', 'http://[', 'http://10.0.0.1', 'http://evil.example'])
    expect(isSameOrigin(asked({ host, origin }))).toBe(false);
});
