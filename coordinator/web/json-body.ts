import type { FastifyInstance } from 'fastify';
import { readsOneWay } from '../../shared/protocol/strict-json.ts';

/** Takes JSON bodies and no others, and of them none that nests deep or repeats a member: which is known before it is parsed. */
export function takeJson(app: FastifyInstance): void {
  // Refuses `__proto__` and `constructor.prototype` too.
  const parse = app.getDefaultJsonParser('error', 'error');
  app.removeAllContentTypeParsers();
  app.addContentTypeParser('application/json', { parseAs: 'string' }, (request, body, done) => {
    if (typeof body === 'string' && readsOneWay(body)) void parse(request, body, done);
    else done(Object.assign(new Error('the body nests too deep, or repeats a member'), { statusCode: 400 }));
  });
}
