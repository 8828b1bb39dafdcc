import fastify from 'fastify';
import { afterEach, expect, it } from 'vitest';
import { keepGate } from './gate.ts';

const app = fastify();
afterEach(() => app.close());

it('a route that does not say who may call it is not served', () => {
  keepGate(app, {
    persons: { used: () => {}, program: 'hallvote' },
    may: () => true,
    visitorOf: () => null,
    onSignedIn: () => {},
  });
  app.get('/said', { config: { needs: ['read'] } }, async () => 'yes');
  expect(() => app.get('/unsaid', async () => 'yes')).toThrow('GET /unsaid does not say who may call it');
});
