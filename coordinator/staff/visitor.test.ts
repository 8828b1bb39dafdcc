import { IncomingMessage } from 'node:http';
import { Socket } from 'node:net';
import { TLSSocket } from 'node:tls';
import { expect, it } from 'vitest';
import { cookieNames, cookieOf, isSameOrigin, isSecure } from './visitor.ts';

function asked(headers: Record<string, string>): IncomingMessage {
  return Object.assign(new IncomingMessage(new Socket()), { headers });
}

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

it('over TLS cookies go by names that browsers take over TLS and from this host only', () => {
  expect(isSecure(asked({}))).toBe(false);
  expect(isSecure(new IncomingMessage(new TLSSocket(new Socket())))).toBe(true);
  expect(Object.values(cookieNames(false))).toEqual(['hallvote', 'hallvote-device']);
  expect(Object.values(cookieNames(true))).toEqual(['__Host-hallvote', '__Host-hallvote-device']);
});
