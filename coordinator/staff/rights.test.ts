import fastify from 'fastify';
import { afterEach, expect, it } from 'vitest';
import { enforceRights } from './rights.ts';

const app = fastify();
afterEach(() => app.close());

it('a route that does not say who may call it is not served', () => {
  enforceRights(app, { visitorOf: () => ({ isStaff: false, scrutineer: null }), onSignedIn: () => {} });
  app.get('/said', { config: { right: 'staff' } }, async () => 'yes');
  expect(() => app.get('/unsaid', async () => 'yes')).toThrow('GET /unsaid does not say who may call it');
});
